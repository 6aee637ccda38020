"""Someone asks for support by themselves. Pure.

A way that needs a professional closes nothing: the request is kept, and the person is told whom to
ask beside it (PSP-5).
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid5

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.core.refusal import Refusal
from alongside.core.words import gettext_noop as _
from alongside.practice.codes import Pathway

# Who floods the page fills a list that one person can look through, and no disk.
MOST_APART = 5_000
# How long it can be brought back.
KEPT_AFTER_PUT_AWAY = timedelta(days=30)


@dataclass(frozen=True)
class AskedWords:
    """What somebody says of themselves. Everything but a name and a way to reach them is open."""

    called: str
    phone: str = ""
    reach_by: str = ""
    phone_note: str = ""
    county: str = ""
    language: str = ""
    wish: str = ""
    pathway: Pathway = Pathway.SELF_REFERRAL


def why_not_ask(actor: Actor, words: AskedWords) -> Refusal | None:
    if not actor.may(Permission.SUPPORT_ASK):
        return Refusal("not-a-stranger", _("This form is for people who ask for themselves."))
    if not words.called.strip():
        return Refusal("no-name", _("What can we call you? Any name is fine."), field="called")
    if not (words.phone.strip() or words.reach_by.strip()):
        return NO_WAY
    return None


FULL = Refusal("full", _("Very many people wrote today. Please call us."))


def why_not_wait_apart(waiting: int) -> Refusal | None:
    """A flood ends where nobody could look at it any more."""
    return FULL if waiting >= MOST_APART else None


NO_WAY = Refusal(
    "no-way-to-reach", _("Write a phone number, or below it what else works."), field="phone"
)


def request_id(agency_id: UUID, made_id: UUID) -> UUID:
    """The id of the request: five clicks make one, and a guessed id meets nobody else's."""
    return uuid5(agency_id, made_id.hex)
