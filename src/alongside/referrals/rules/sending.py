"""What a referrer sends, adds and takes back, and in what words why not. Pure."""

import secrets
from dataclasses import dataclass
from datetime import date

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.core.refusal import Refusal
from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice.codes import Pathway
from alongside.referrals.codes import Knows

# No letters or digits that are read or heard as another, and no vowels: no word comes of it.
_LETTERS = "23456789CFGHJMPQRVWX"
LONGEST_WORDS = 4000

KNOWS_NAMES: dict[Knows, str] = {
    Knows.AGREED: _("Yes, they know and they want this"),
    Knows.WANTS_TO_HEAR_MORE: _("They know, and want to hear more first"),
    Knows.NOT_YET: _("Not yet"),
}
# What the desk reads of it, and what to do first.
KNOWS_AT_THE_DESK: dict[Knows, Say] = {
    Knows.AGREED: Say(_("They know of the referral and want it, the referrer says.")),
    Knows.WANTS_TO_HEAR_MORE: Say(
        _("They know of the referral and want to hear more first. Ask before you plan anything.")
    ),
    Knows.NOT_YET: Say(
        _("They do not know of the referral yet. Talk with the referrer before you call.")
    ),
}


@dataclass(frozen=True)
class SentWords:
    """A whole referral as a referrer sends it. Empty is not known, never a guess."""

    pathway: Pathway
    name: str
    county: str
    knows: Knows
    born_on: date | None = None
    language: str = ""
    phone: str = ""
    phone_note: str = ""
    reach_by: str = ""
    asked_for: str = ""
    reason: str = ""
    next_court_on: date | None = None
    urgent_words: str = ""
    organization: str = ""
    role: str = ""
    referrer_phone: str = ""


def new_reference() -> str:
    """A number that says nothing: ``"7QMX-3CPH"``."""
    picked = "".join(secrets.choice(_LETTERS) for _place in range(8))
    return f"{picked[:4]}-{picked[4:]}"


def why_not_refer(actor: Actor) -> Refusal | None:
    if actor.may(Permission.REFERRAL_SEND):
        return None
    return Refusal("not-referrer", _("Only a referrer sends this form."))


def why_not_send(words: SentWords, *, today: date) -> Refusal | None:
    if not words.name.strip():
        return Refusal("no-name", _("Write the name this person goes by."), field="name")
    if words.pathway is Pathway.NOT_SAID:
        return Refusal("no-pathway", _("Choose what the referral is about."), field="pathway")
    if words.born_on is not None and words.born_on > today:
        return Refusal(
            "born-later", _("This birth date is still to come. Check the year."), field="born_on"
        )
    if words.next_court_on is not None and words.next_court_on < today:
        return Refusal(
            "court-is-over",
            _("This day is over. Write the next one, or leave it empty."),
            field="next_court_on",
        )
    return None


def why_not_add(words: str) -> Refusal | None:
    if not words.strip():
        return Refusal("nothing-written", _("Write what the program should know."), field="words")
    if len(words) > LONGEST_WORDS:
        return Refusal(
            "too-long",
            _("This is too long. Use at most {most} letters."),
            {"most": LONGEST_WORDS},
            field="words",
        )
    return None


SENT_ALREADY = Refusal("sent-already", _("This referral was sent already. You can add to it."))
TAKEN_BACK_ALREADY = Refusal("taken-back", _("You took this referral back already."))
