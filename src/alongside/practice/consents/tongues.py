"""The languages in which a consent is there. English stands in the sections themselves, every other
one beside it in the same version."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from alongside.core.words import gettext_noop as _
from alongside.practice import catalog
from alongside.practice.consents.codes import Category, Purpose

ENGLISH = "en"
Beside = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class InTongues:
    """``beside`` holds the same words in other languages, by their code."""

    beside: Beside = field(default_factory=dict, kw_only=True)

    def told(self, name: str, language: str) -> str:
        """``name`` is one of its own fields."""
        english = str(getattr(self, name))
        return english if language == ENGLISH else self.beside[language].get(name, english)


@dataclass(frozen=True)
class Tongue:
    """How a text is put together in one language. ``native_speaker`` and ``lawyer``: who of them
    read its texts, empty for nobody yet."""

    code: str
    name: str
    native_speaker: str
    lawyer: str
    written_day: str
    months: tuple[str, ...]
    until_day: str
    until_event: str
    no_end: str
    covered: str
    categories: Mapping[Category, str]
    purposes: Mapping[Purpose, str]

    @property
    def looked_over(self) -> bool:
        return bool(self.native_speaker and self.lawyer)

    def day(self, day: date) -> str:
        """``November 22, 2026``: on paper nobody should have to guess."""
        month = self.months[day.month - 1]
        return self.written_day.format(day=day.day, month=month, year=day.year)


def english() -> Tongue:
    """The language the file is written in."""
    return Tongue(
        code=ENGLISH,
        name="English",
        native_speaker="ours",
        lawyer="ours",
        written_day="{month} {day}, {year}",
        months=_MONTHS,
        until_day=_("Until {day}."),
        until_event=_("Until this happens: {event}."),
        no_end=_("It has no end of its own. I can take it back at any time."),
        covered=_("health plan or provider under HIPAA"),
        categories={code: catalog.name("consent_category", code) for code in Category},
        purposes={code: catalog.name("consent_purpose", code) for code in Purpose},
    )


_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def tongue_of(code: str, entry: Mapping[str, Any]) -> Tongue:
    """A section ``[language.es]`` that was found whole."""
    return Tongue(
        code=code,
        **{name: entry[name] for name in _SAID},
        written_day=entry["day"],
        months=tuple(entry["months"]),
        categories={Category(one): name for one, name in entry["category"].items()},
        purposes={Purpose(one): name for one, name in entry["purpose"].items()},
    )


_READ = ("native_speaker", "lawyer")
_SAID = ("name", *_READ, "until_day", "until_event", "no_end", "covered")
_GAPS = {
    "day": ("{day}", "{month}", "{year}"),
    "until_day": ("{day}",),
    "until_event": ("{event}",),
}
_LISTS = {"category": Category, "purpose": Purpose}
Found = Iterator[tuple[tuple[str | int, ...], str]]


def mistakes_of_languages(languages: object) -> Found:
    """What a section ``[language.es]`` lacks."""
    for code, entry in languages.items() if isinstance(languages, dict) else ():
        if not isinstance(entry, dict):
            yield ("language", code), f"“{code}” must be a section: [language.{code}]."
            continue
        for path, what in _of_language(entry):
            yield ("language", code, *path), what


def _of_language(entry: Mapping[str, Any]) -> Found:
    for key in ("day", *_SAID):
        said = entry.get(key)
        if not isinstance(said, str) or not (said or key in _READ):
            yield (key,), f"A language needs “{key}”, a text."
        elif lost := [gap for gap in _GAPS.get(key, ()) if gap not in said]:
            yield (key,), f"“{key}” needs {', '.join(lost)}."
    months = entry.get("months")
    if not isinstance(months, list) or len(months) != len(_MONTHS):
        yield ("months",), "“months” is a list of twelve names."
    for key, wanted in _LISTS.items():
        named = entry.get(key)
        if not isinstance(named, dict) or set(named) != {one.value for one in wanted}:
            yield (key,), f"“{key}” needs a name for each of {', '.join(wanted)}."
    for key in entry.keys() - {"day", "months", *_SAID, *_LISTS}:
        yield (key,), f"“{key}” is unknown here."


def mistakes_beside(
    entry: Mapping[str, Any], languages: object, said: frozenset[str] | set[str]
) -> Found:
    """``said``: the texts of a section that each language must have, with the same gaps."""
    texts = {key: value for key, value in entry.items() if key in said}
    for code in languages if isinstance(languages, dict) else ():
        there = entry.get(code)
        if not isinstance(there, dict):
            yield (code,), f"The texts in “{code}” are missing."
            continue
        for key, value in texts.items():
            same = there.get(key)
            if not isinstance(same, str) or not same:
                yield (code, key), f"“{key}” is missing in “{code}”."
            elif ("{discloser}" in str(value)) != ("{discloser}" in same):
                yield (code, key), "“{discloser}” must stand in each language or in none."
        for key in there.keys() - texts.keys():
            yield (code, key), f"“{key}” has no English beside it."
