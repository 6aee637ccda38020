"""A referrer's way in: a link that works once. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.core.refusal import Refusal
from alongside.core.words import gettext_noop as _

LINK_LIFE = timedelta(days=14)


class Standing(StrEnum):
    """Where a referrer stands with coming in."""

    NO_LINK = "no-link"
    LINK_OPEN = "link-open"
    LINK_OLD = "link-old"
    IN = "in"
    CLOSED = "closed"


STANDING_NAMES = {
    Standing.NO_LINK: _("no link yet"),
    Standing.LINK_OPEN: _("link not used yet"),
    Standing.LINK_OLD: _("link too old"),
    Standing.IN: _("comes in by themselves"),
    Standing.CLOSED: _("access closed"),
}


@dataclass(frozen=True)
class LinkFacts:
    """Open until used, taken back, or past ``expires_at``."""

    expires_at: datetime
    used: bool = False
    taken_back: bool = False


def standing(link: LinkFacts | None, *, active: bool | None, at: datetime) -> Standing:
    """``link`` is the newest; ``active`` is ``None`` where there is no account."""
    if active is not None:
        return Standing.IN if active else Standing.CLOSED
    if link is None or link.taken_back or link.used:
        return Standing.NO_LINK
    return Standing.LINK_OPEN if at < link.expires_at else Standing.LINK_OLD


def why_not_keep_referrers(actor: Actor) -> Refusal | None:
    if actor.may(Permission.REFERRAL_WRITE):
        return None
    return Refusal("not-desk", _("Only a coordinator gives links to referrers."))


def why_not_give_link(
    *, name: str, email: str, of_someone_else: bool, closed: bool, another: bool = False
) -> Refusal | None:
    """``of_someone_else``: somebody other than this referrer signs in with the address.
    ``another``: neither name nor address are the known ones; consents name people, and whoever
    takes over someone's desk is none of those."""
    if not name.strip():
        return Refusal("no-name", _("Write who this is."), field="name")
    if not email.strip():
        return Refusal(
            "no-address", _("Write their work e-mail. The link goes there."), field="email"
        )
    if another:
        return Refusal(
            "another",
            _(
                "Another name and another address: this looks like someone else. "
                "Give them a link of their own, because consents name people."
            ),
            field="name",
        )
    if of_someone_else:
        return Refusal(
            "address-taken",
            _("Someone already signs in with this e-mail address. Use another one."),
            field="email",
        )
    if closed:
        return Refusal(
            "closed", _("Their access is closed. Open it again first, then send a link.")
        )
    return None


def why_not_use(link: LinkFacts | None, at: datetime) -> Refusal | None:
    """One sentence whatever is wrong, so that a stranger learns nothing from a guessed link."""
    if link is None or link.used or link.taken_back or at >= link.expires_at:
        return LINK_IS_OVER
    return None


def why_not_take_back(link: LinkFacts) -> Refusal | None:
    if link.used:
        return Refusal("used", _("This link was used already. You can close their access."))
    if link.taken_back:
        return Refusal("taken-back", _("This link was taken back already."))
    return None


GIVEN_ALREADY = Refusal("given", _("This link was given a moment ago."))
LINK_IS_OVER = Refusal(
    "link-is-over",
    _("This link does not work any more. Ask the agency for a new one."),
)
SOMEONE_ELSE_IS_IN = Refusal(
    "someone-else",
    _("Someone else is signed in here. Sign out first, then open the link again."),
)
