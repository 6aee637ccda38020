"""Passwords that the people of this program would be guessed to choose."""

from collections.abc import Iterable

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Words of the program and of the field, as someone who knows where you work would try them.
WORDS = [
    "alongside",
    "recovery",
    "sober",
    "sobriety",
    "peer",
    "support",
    "supporter",
    "specialist",
    "coach",
    "counselor",
    "wellness",
    "wisconsin",
    "county",
    "treatment",
    "court",
    "together",
    "hope",
    "serenity",
    "onedayatatime",
    "password",
    "welcome",
    "letmein",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "spring",
    "summer",
    "autumn",
    "winter",
    "sunday",
    "monday",
    "friday",
]


class WordsOfThePlace:
    """Refuses a password that is only such words, names of the agency, digits and signs."""

    def __init__(self, words: Iterable[str] = WORDS) -> None:
        self.words = tuple(words)

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        agency = getattr(user, "agency", None)
        names = agency.name.lower().split() if agency is not None else []
        rest = password.lower()
        for word in sorted((*self.words, *names), key=len, reverse=True):
            rest = rest.replace(word, " ")
        if sum(letter.isalpha() for letter in rest) < 4 and any(map(str.isalpha, password)):
            raise ValidationError(self.get_help_text(), code="password_of_the_place")

    def get_help_text(self) -> str:
        return _(
            "Someone who knows where you work would try this. "
            "Choose words that have nothing to do with it."
        )
