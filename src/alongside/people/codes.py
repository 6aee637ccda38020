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
