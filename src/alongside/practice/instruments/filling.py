"""An instrument on the screen: a few questions per page, what was typed read back. Pure.

Names of form fields count the questions (``q3``), since a linkId may hold any sign. ``w3`` is what
the page showed, so that two who answer the same question at once both keep their answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice.instruments.answers import Answer, Answers, WrongAnswer, read, shown
from alongside.practice.instruments.definition import Group, Instrument, Item, Kind

MOST_ON_A_PAGE = 5
YES_NO: tuple[tuple[str, str], ...] = (("true", _("Yes")), ("false", _("No")))


@dataclass(frozen=True)
class Page:
    """Page ``number`` of ``of``, both from 1. ``first`` counts its first question in the whole."""

    number: int
    of: int
    title: str
    items: tuple[Item, ...]
    first: int

    def named(self) -> list[tuple[str, Item]]:
        """Each question with the number that names its fields."""
        return [(str(self.first + n), item) for n, item in enumerate(self.items)]


@dataclass(frozen=True)
class Row:
    """One question as the page shows it. ``other``: what someone else answered meanwhile."""

    number: str
    item: Item
    value: str
    was: str
    error: Say | None = None
    other: str = ""

    @property
    def choices(self) -> list[tuple[str, str]]:
        if self.item.kind is Kind.CHOICE:
            return [(option.code, option.text) for option in self.item.options]
        return list(YES_NO) if self.item.kind is Kind.BOOLEAN else []


@dataclass(frozen=True)
class Typed:
    """``answers`` that can be kept (``None``: taken away); ``errors`` and ``raw`` by question."""

    answers: Mapping[str, Answer | None]
    was: Mapping[str, Answer | None]
    errors: Mapping[str, Say]
    raw: Mapping[str, str]


def pages(instrument: Instrument) -> tuple[Page, ...]:
    """Group by group, at most five questions each, none without a question."""
    parts: list[tuple[str, list[Item]]] = []
    _spread(instrument.entries, "", parts)
    found: list[tuple[str, tuple[Item, ...]]] = []
    for title, items in parts:
        for n in range(0, len(items), MOST_ON_A_PAGE):
            found.append((title, tuple(items[n : n + MOST_ON_A_PAGE])))
    listed, first = [], 1
    for number, (title, some) in enumerate(found, start=1):
        listed.append(Page(number, len(found), title, some, first))
        first += len(some)
    return tuple(listed)


Parts = list[tuple[str, list[Item]]]


def _spread(entries: tuple[Item | Group, ...], title: str, parts: Parts) -> None:
    loose: list[Item] = []
    for entry in entries:
        if isinstance(entry, Item):
            loose.append(entry)
            continue
        if loose:
            parts.append((title, loose))
            loose = []
        _spread(entry.entries, entry.text or title, parts)
    if loose:
        parts.append((title, loose))


def rows(
    page: Page,
    answers: Answers,
    *,
    typed: Typed | None = None,
    others: Mapping[str, Answer] | None = None,
) -> list[Row]:
    """The questions of a page with what stands there, or with what was just typed."""
    found = []
    for number, item in page.named():
        kept = written(answers.get(item.link_id))
        other = (others or {}).get(item.link_id)
        value = typed.raw.get(item.link_id, kept) if typed else kept
        error = typed.errors.get(item.link_id) if typed else None
        found.append(Row(number, item, value, kept, error, shown(item, other)))
    return found


def typed(page: Page, data: Mapping[str, str]) -> Typed:
    """What was sent with a page. A question that was not on it is left as it is."""
    answers: dict[str, Answer | None] = {}
    was: dict[str, Answer | None] = {}
    errors: dict[str, Say] = {}
    raw: dict[str, str] = {}
    for number, item in page.named():
        if not item.asks or f"q{number}" not in data:
            continue
        raw[item.link_id] = data[f"q{number}"]
        try:
            answers[item.link_id] = read(item, data[f"q{number}"])
        except WrongAnswer as wrong:
            errors[item.link_id] = wrong.say
        was[item.link_id] = _was(item, data.get(f"w{number}", ""))
    return Typed(answers, was, errors, raw)


def _was(item: Item, words: str) -> Answer | None:
    try:
        return read(item, words)
    except WrongAnswer:
        return None


def written(answer: Answer | None) -> str:
    """An answer as a form field holds it."""
    if answer is None:
        return ""
    return str(answer).lower() if isinstance(answer, bool) else str(answer)


def open_questions(instrument: Instrument, answers: Answers) -> int:
    """How many questions have no answer; words of one's own are no question left open."""
    asked = [item for item in instrument.questions() if item.kind is not Kind.TEXT]
    return sum(1 for item in asked if item.link_id not in answers)
