"""The words of the demo, read from ``words/*.toml``, and how gaps in them are filled."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_SITUATIONS = ("everyday", "steps", "family_and_court", "hard_days")
_FORMS = {
    "she": ("she", "her", "her", "hers"),
    "he": ("he", "him", "his", "his"),
    "they": ("they", "them", "their", "theirs"),
}
_PRONOUNS = {"she": "she/her", "he": "he/him", "they": "they/them"}
_PLURAL = {"has": "have", "was": "were", "is": "are", "goes": "go"}
_SINGULAR = re.compile(
    r"\b([Tt]hey) (has|was|is|goes|wants|hates|likes|knows|keeps|sleeps|drives|brings|reads|texts"
    r"|calls|says|rides|writes|needs|picks)\b"
)


@dataclass(frozen=True)
class Situation:
    """What two people may do together, and the words to tell of it."""

    name: str
    mode: str
    place: str
    places: tuple[str, ...]
    minutes: tuple[int, int]
    processes: tuple[str, ...]
    activities: tuple[str, ...]
    areas: tuple[str, ...]
    did: tuple[str, ...]
    more: tuple[str, ...]
    said: tuple[str, ...]
    next: tuple[str, ...]
    weight: int
    service: str = "mentoring"
    going_along: str = ""
    needs: str = ""
    months: tuple[int, ...] = ()


@dataclass(frozen=True)
class Names:
    """How to speak of someone in a sentence."""

    first: str
    pronoun: str = "they"
    kid: str = "the little one"

    def fill(self, text: str, **more: str) -> str:
        they, them, their, theirs = _FORMS[self.pronoun]
        gaps = {"they": they, "them": them, "their": their, "theirs": theirs, "first": self.first}
        gaps |= {key.capitalize(): value.capitalize() for key, value in gaps.items()}
        gaps["First"] = self.first
        text = text.replace("{them}self", "himself" if self.pronoun == "he" else "{them}self")
        for _round in range(2):  # what fills a gap may have gaps of its own
            for key, value in {**more, **gaps, "kid": self.kid}.items():
                text = text.replace("{" + key + "}", value)
        return self._agree(text)

    def _agree(self, text: str) -> str:
        if self.pronoun != "they":
            return text
        return _SINGULAR.sub(lambda m: f"{m[1]} {_PLURAL.get(m[2], m[2][:-1])}", text)

    @property
    def pronouns(self) -> str:
        return _PRONOUNS[self.pronoun]


@cache
def book(name: str) -> dict[str, Any]:
    text = files("alongside.demo").joinpath("words", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def situations() -> dict[str, Situation]:
    return {
        name: Situation(name=name, **{k: _fixed(v) for k, v in entry.items()})
        for part in _SITUATIONS
        for name, entry in book(part).items()
    }


def _fixed(value: object) -> Any:
    return tuple(value) if isinstance(value, list) else value
