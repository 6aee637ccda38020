"""What a participant says from their own pages: to a note, and about a time that is planned. The
sentences are theirs to read: grade 6. Pure."""

from datetime import datetime

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.core.refusal import Refusal
from alongside.core.words import gettext_noop as _
from alongside.encounters.codes import AppointmentStatus, Wish

LONGEST_WORDS, LONGEST_WISH = 20000, 200
NOTHING_SAID = Refusal(
    "nothing-said", _("Write a few words, or sign with your name."), field="words"
)
NOT_YOURS = Refusal("not-yours", _("This is not yours to change."))


def why_not_say(words: str, signed_name: str, by: Actor) -> Refusal | None:
    """Words, a name, or both."""
    if not by.may(Permission.OWN_WRITE):
        return NOT_YOURS
    if not words.strip() and not signed_name.strip():
        return NOTHING_SAID
    if len(words) > LONGEST_WORDS:
        return Refusal("too-long", _("That is very long. Please make it shorter."), field="words")
    return None


def why_not_say_again(
    words: str, signed_name: str, by: Actor, *, taken_back: bool, seen: int, versions: int
) -> Refusal | None:
    """``seen`` is how many earlier texts the page knew."""
    if taken_back:
        return Refusal("taken-back", _("You took these words back. Bring them back first."))
    if seen != versions:
        return Refusal(
            "changed-meanwhile",
            _("You changed these words on another page. Look at them again, then save."),
        )
    return why_not_say(words, signed_name, by)


def why_not_wish(
    wish: str,
    words: str,
    by: Actor,
    *,
    status: AppointmentStatus,
    starts_at: datetime,
    at: datetime,
) -> Refusal | None:
    if not by.may(Permission.OWN_WRITE):
        return NOT_YOURS
    if status is not AppointmentStatus.PLANNED or starts_at < at:
        return Refusal("settled", _("This time has passed or was called off. Call your supporter."))
    if wish not in set(Wish):
        return Refusal("no-wish", _("Choose one of the two."), field="wish")
    if wish == Wish.OTHER_TIME and not words.strip():
        return Refusal("no-words", _("Say which days or times suit you."), field="words")
    if len(words) > LONGEST_WISH:
        return Refusal("too-long", _("Please say it in fewer words."), field="words")
    return None
