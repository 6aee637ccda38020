"""Names as people say them, and what may be kept of a person. No Django, no database, no clock."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.core.refusal import Refusal
from alongside.core.words import gettext_noop as _
from alongside.people.codes import IdentifierKind

LONGEST_KEY = 200  # letters


def name_key(name: str) -> str:
    """Small letters without accents or marks, for search: ``"Núñez, Ines"`` → ``"nunez ines"``.
    At most 200: one sign may be a whole phrase in plain letters, and a key has its length."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(letters.split())[:LONGEST_KEY].rstrip()


def short_name(name: str) -> str:
    """First name and one letter, for lists others may glimpse: ``"Gia Rivera"`` → ``"Gia R."``."""
    words = name.split()
    if len(words) < 2:
        return name
    return f"{words[0]} {words[-1][0].upper()}."


def initials(name: str) -> str:
    words = [word for word in name.split() if word[0].isalpha()]
    return "".join(
        word[0].upper() for word in (words[:1] + words[-1:] if len(words) > 1 else words)
    )


def first_name(name: str) -> str:
    return name.split()[0] if name.split() else name


@dataclass(frozen=True)
class NewParticipant:
    """What is known of a person. Unknown is empty, never a guess; only the name is needed.

    ``born_on_as_written`` keeps what a sheet said; ``batch_id`` is the import it came with.
    """

    name: str
    pronouns: str = ""
    born_on: date | None = None
    born_on_as_written: str = ""
    phone: str = ""
    phone_note: str = ""
    reach_by: str = ""
    county: str = ""
    language: str = ""
    population: str = ""
    own_words: str = ""
    batch_id: UUID | None = None


FACTS = tuple(field.name for field in fields(NewParticipant) if field.name != "batch_id")


@dataclass(frozen=True)
class Difference:
    """One fact that changed; ``old`` stays readable for ever."""

    field: str
    old: str
    new: str


def differences(before: NewParticipant, after: NewParticipant) -> list[Difference]:
    """What ``after`` says otherwise than ``before``, in the order of the form."""
    pairs = [(name, getattr(before, name), getattr(after, name)) for name in FACTS]
    return [Difference(n, str(b or ""), str(a or "")) for n, b, a in pairs if a != b]


def why_not_add(by: Actor) -> Refusal | None:
    """Whoever writes records or brings sheets in; a referrer, of whom they send; and anyone who
    asks for support, of themselves."""
    adding = (
        Permission.PARTICIPANT_WRITE,
        Permission.IMPORT_MANAGE,
        Permission.REFERRAL_SEND,
        Permission.SUPPORT_ASK,
    )
    if any(by.may(permission) for permission in adding):
        return None
    return NOT_YOURS_TO_WRITE


def why_not_write(by: Actor) -> Refusal | None:
    return None if by.may(Permission.PARTICIPANT_WRITE) else NOT_YOURS_TO_WRITE


def why_not_write_about_oneself(by: Actor) -> Refusal | None:
    """Whoever writes records, and a participant of their own: queries show them no other."""
    if by.may(Permission.PARTICIPANT_WRITE) or by.may(Permission.OWN_WRITE):
        return None
    return NOT_YOURS_TO_WRITE


def why_not_keep(person: NewParticipant, *, on: date) -> Refusal | None:
    """``on`` is today in the agency."""
    if not person.name.strip():
        return Refusal("no-name", _("Write the name this person goes by."), field="name")
    if person.born_on and person.born_on > on:
        return Refusal(
            "born-later", _("This birth date is still to come. Check the year."), field="born_on"
        )
    return None


def why_not_join(name: str, *, user_id: UUID | None, by: Actor) -> Refusal | None:
    """Someone with an account gains sight of the record; that follows from a match only."""
    if not name.strip():
        return Refusal("no-name", _("Write who this is."), field="name")
    if user_id is not None and not by.may(Permission.MATCH_WRITE):
        return Refusal("not-matched", _("A supporter joins through a match. Ask your coordinator."))
    return None


def why_not_leave(*, user_id: UUID | None, by: Actor) -> Refusal | None:
    if user_id is None or by.may(Permission.MATCH_WRITE):
        return None
    return Refusal("not-matched", _("A supporter leaves through a match. Ask your coordinator."))


def why_not_until(since: date | None, until: date, *, on: date) -> Refusal | None:
    if until > on:
        return Refusal("later", _("This day is still to come."), field="until")
    if since and until < since:
        return Refusal("before", _("This day is before they joined."), field="until")
    return None


NOT_YOURS_TO_WRITE = Refusal(
    "not-yours", _("Your role reads this record and does not write in it.")
)


MOST_LABEL, MOST_VALUE = 80, 500
# Who may ask for a number or address in full, beside seeing the person. A supervisor needs to know
# where someone lives in a hard moment, and no member number; whoever bills needs that number alone.
_KEEPS = frozenset({Permission.PARTICIPANT_WRITE, Permission.PRIVACY_MANAGE})
_COMES = _KEEPS | {Permission.HAND_OFF_ANSWER}
# A participant keeps right by themselves where they live and where mail is safe.
_OWN = frozenset({Permission.OWN_READ})
WHO_READS: Mapping[IdentifierKind, frozenset[Permission]] = {
    IdentifierKind.MEDICAID: _KEEPS | {Permission.BILLING_READ},
    IdentifierKind.HOME: _COMES | _OWN,
    IdentifierKind.MAILING: _COMES | _OWN,
    IdentifierKind.EMAIL: _COMES | _OWN,
    IdentifierKind.OTHER: _KEEPS,
}


def kinds_read_by(by: Actor) -> frozenset[IdentifierKind]:
    return frozenset(
        kind for kind, rights in WHO_READS.items() if any(by.may(right) for right in rights)
    )


def tidy_identifier(kind: IdentifierKind, value: str) -> str:
    """Digits of a member number without what stands between them; all else line by line, as typed.
    ``"0123 456-789"`` → ``"0123456789"``."""
    if kind is IdentifierKind.MEDICAID:
        bare = re.sub(r"[\s.\-]", "", value)
        return bare if bare.isdecimal() and bare.isascii() else " ".join(value.split())
    lines = (" ".join(line.split()) for line in value.splitlines())
    return "\n".join(line for line in lines if line)


def why_not_identifier(
    kind: IdentifierKind, label: str, value: str, *, there: Iterable[IdentifierKind] = ()
) -> Refusal | None:
    """``there`` are the kinds that stand already: of each but the other numbers one is enough."""
    if not value:
        return Refusal("nothing", _("Type what is to be kept here."), field="value")
    if len(value) > MOST_VALUE or len(label) > MOST_LABEL:
        return Refusal("too-long", _("This is too long. Keep only the number or the address."))
    if kind is IdentifierKind.OTHER:
        return (
            None
            if label
            else Refusal(
                "no-label", _("Say what this number is, for example: court file."), field="label"
            )
        )
    if kind in set(there):
        return Refusal(
            "there-already", _("There is one already. Show it, then correct it."), field="kind"
        )
    return None


def look_again(kind: IdentifierKind, value: str, *, digits: int) -> Refusal | None:
    """Advice only: it is kept all the same. ``digits`` is how many a member number has (dated)."""
    if kind is not IdentifierKind.MEDICAID or (value.isdecimal() and len(value) == digits):
        return None
    return Refusal(
        "unusual",
        _("Kept. A ForwardHealth number has {digits} digits. Please look once more at the card."),
        {"digits": digits},
    )


DOES_NOT_OPEN = Refusal(
    "does-not-open",
    _("This cannot be opened now. Nothing is lost. Please tell who runs Alongside for you."),
)
