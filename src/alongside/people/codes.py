from enum import StrEnum

from alongside.core.words import gettext_noop as _


class Printed(StrEnum):
    """A page or a file about a person that is there to be carried away, as the log calls it."""

    RECORD = "participant.printed"
    PLAN = "plan.printed"
    WORKSHEET = "worksheet.printed"
    REQUIRED = "requirement.printed"
    REQUIRED_SHEET = "requirement.exported"
    CONSENT = "consent.printed"
    UPDATE = "update.printed"
    WHOLE = "record.printed"
    ANSWER = "record-request.printed"
    TOLD = "disclosure.printed"


class SamePersonAnswer(StrEnum):
    OPEN = "open"
    SAME = "same"
    DIFFERENT = "different"


class IdentifierKind(StrEnum):
    """By what others know a participant."""

    MEDICAID = "medicaid"
    HOME = "home-address"
    MAILING = "mailing-address"
    EMAIL = "email"
    OTHER = "other"


class IdentifierEnding(StrEnum):
    """Why a row is history."""

    CORRECTED = "corrected"
    REMOVED = "removed"


# What a kind is called, and what it is for, for the person who types it.
IDENTIFIER_WORDS: dict[IdentifierKind, tuple[str, str]] = {
    IdentifierKind.MEDICAID: (
        _("Medicaid number"),
        _("The member number on the ForwardHealth card."),
    ),
    IdentifierKind.HOME: (_("Home address"), _("Where they live now, if they want to tell.")),
    IdentifierKind.MAILING: (_("Mailing address"), _("Where a letter is safe to send.")),
    IdentifierKind.EMAIL: (_("E-mail address"), _("Where a message is safe to send.")),
    IdentifierKind.OTHER: (
        _("Another number"),
        _("A number that a program asks for. Say below what it is."),
    ),
}


class OpeningReview(StrEnum):
    """How far the privacy officer's look at a record opened in an emergency has come."""

    WAITING = "waiting"
    ASKED = "asked"
    ANSWERED = "answered"
    RIGHT = "right"
    NOT_RIGHT = "not-right"


# For the one who reads the list.
REVIEW_WORDS: dict[OpeningReview, str] = {
    OpeningReview.WAITING: _("waits for a look"),
    OpeningReview.ASKED: _("asked, no answer yet"),
    OpeningReview.ANSWERED: _("answered"),
    OpeningReview.RIGHT: _("found right"),
    OpeningReview.NOT_RIGHT: _("found not right"),
}


class LinkWay(StrEnum):
    """How a link of their own reaches a participant."""

    MAIL = "mail"
    SHOWN = "shown"


class AskedHow(StrEnum):
    """How a participant said that they want to come in by themselves."""

    ALOUD = "aloud"
    PHONE = "phone"
    WRITING = "writing"


ASKED_WORDS: dict[AskedHow, str] = {
    AskedHow.ALOUD: _("Said it to me"),
    AskedHow.PHONE: _("Said it on the phone"),
    AskedHow.WRITING: _("Wrote it"),
}


class Way(StrEnum):
    """By what someone may be reached."""

    CALL = "call"
    VOICEMAIL = "voicemail"
    TEXT = "text"
    EMAIL = "email"
    POST = "post"


class May(StrEnum):
    YES = "yes"
    NO = "no"
    WHEN = "when"


class Says(StrEnum):
    """What a message may tell."""

    NEUTRAL = "neutral"
    AGENCY = "agency"


WAY_WORDS: dict[Way, str] = {
    Way.CALL: _("Call me"),
    Way.VOICEMAIL: _("Leave a message on my phone"),
    Way.TEXT: _("Text me"),
    Way.EMAIL: _("E-mail me"),
    Way.POST: _("Send me a letter"),
}
MAY_WORDS: dict[May, str] = {
    May.YES: _("Yes"),
    May.NO: _("No"),
    May.WHEN: _("Sometimes"),
}
SAYS_WORDS: dict[Says, str] = {
    Says.NEUTRAL: _("Only a first name and “please call back”"),
    Says.AGENCY: _("You may say the name of the program"),
}
# The same, short, for the colleague who has the phone in hand.
WAY_SHORT: dict[Way, str] = {
    Way.CALL: _("calls"),
    Way.VOICEMAIL: _("voicemail"),
    Way.TEXT: _("texts"),
    Way.EMAIL: _("e-mail"),
    Way.POST: _("letters"),
}
