from enum import StrEnum

from alongside.core.words import gettext_noop as _


class SamePersonAnswer(StrEnum):
    OPEN = "open"
    SAME = "same"
    DIFFERENT = "different"


class IdentifierKind(StrEnum):
    """By what others know a participant."""

    MEDICAID = "medicaid"
    HOME = "home-address"
    MAILING = "mailing-address"
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
