"""A participant's own way in: a link that works once, a name to sign in with, its end. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.core.refusal import Refusal
from alongside.core.words import gettext_noop as _
from alongside.people.codes import LinkWay

# A letter may lie for a while. What stood on a colleague's screen may have been photographed: it is
# for the person sitting beside, and for the way home.
LINK_LIFE = {LinkWay.MAIL: timedelta(days=7), LinkWay.SHOWN: timedelta(days=1)}
SHORTEST_NAME, LONGEST_NAME = 3, 30
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")


class Door(StrEnum):
    """Where a participant stands with coming in by themselves."""

    NONE = "none"
    LINK_OPEN = "link-open"
    LINK_OLD = "link-old"
    IN = "in"
    CLOSED = "closed"


@dataclass(frozen=True)
class OwnLinkFacts:
    """Open until used, taken back, or past ``expires_at``."""

    expires_at: datetime
    used: bool = False
    taken_back: bool = False

    def is_open(self, at: datetime) -> bool:
        return not self.used and not self.taken_back and at < self.expires_at


def door(link: OwnLinkFacts | None, *, active: bool | None, at: datetime) -> Door:
    """``link`` is the newest; ``active`` is ``None`` where there is no account. An open link counts
    before an account: it is there because the way in was lost."""
    if active is False:
        return Door.CLOSED
    if link is not None and link.is_open(at):
        return Door.LINK_OPEN
    if active:
        return Door.IN
    if link is None or link.used or link.taken_back:
        return Door.NONE
    return Door.LINK_OLD


def why_not_keep_door(by: Actor) -> Refusal | None:
    if by.may(Permission.PARTICIPANT_WRITE):
        return None
    return Refusal("not-yours", _("Only who writes in this record gives a link of their own."))


def why_not_give_own_link(
    *, way: LinkWay, email: str, asked: bool, closed: bool, no_mail: bool, taken: bool
) -> Refusal | None:
    """``no_mail``: they said that no e-mail may come. ``taken``: someone else signs in with it."""
    if not asked:
        return Refusal(
            "not-asked",
            _("Ask them first. Their own page is their wish, never a duty."),
            field="asked",
        )
    if closed:
        return Refusal("closed", _("Their access is closed. Open it again first."))
    if way is LinkWay.SHOWN:
        return None
    if not email.strip():
        return Refusal(
            "no-address",
            _("Write their e-mail address, or show the link on this screen."),
            field="email",
        )
    if no_mail:
        return Refusal(
            "no-mail",
            _("They said: no e-mail. Show the link on this screen instead."),
            field="email",
        )
    if taken:
        return Refusal(
            "address-taken",
            _("Someone else signs in with this address. Show the link on this screen instead."),
            field="email",
        )
    return None


def why_not_come_in(link: OwnLinkFacts | None, at: datetime) -> Refusal | None:
    """One sentence whatever is wrong, so that a stranger learns nothing from a guessed link."""
    return None if link is not None and link.is_open(at) else OWN_LINK_IS_OVER


def why_not_take_back_own_link(link: OwnLinkFacts) -> Refusal | None:
    if link.used:
        return Refusal("used", _("This link was used already. You can close their access."))
    if link.taken_back:
        return Refusal("taken-back", _("This link was taken back already."))
    return None


def tidy_name(name: str) -> str:
    return name.strip().lower()


def why_not_user_name(name: str, *, taken: bool) -> Refusal | None:
    """``name`` as ``tidy_name`` gives it."""
    if not SHORTEST_NAME <= len(name) <= LONGEST_NAME:
        return Refusal(
            "length",
            _("Use {least} to {most} letters or numbers."),
            {"least": SHORTEST_NAME, "most": LONGEST_NAME},
            field="user_name",
        )
    if not _NAME.fullmatch(name):
        return Refusal(
            "letters",
            _("Use only letters from a to z, numbers, dots and dashes. No spaces."),
            field="user_name",
        )
    if taken:
        return Refusal(
            "name-taken",
            _("This name is not free. Add a number or try another one."),
            field="user_name",
        )
    return None


OWN_LINK_IS_OVER = Refusal(
    "link-is-over", _("This link does not work any more. Ask your supporter for a new one.")
)
GIVEN_ALREADY = Refusal("given", _("This link was given a moment ago."))
ADDRESS_NOT_FREE = Refusal(
    "address-not-free",
    _("This address cannot be used here. Leave it empty or try another one."),
    field="email",
)
