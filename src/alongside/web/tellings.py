"""What was told, in words: the same on the page, in the PDF and in the sheet."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import formats
from django.utils.translation import gettext, ngettext

from alongside.core.clock import local
from alongside.core.words import Say
from alongside.practice import catalog
from alongside.practice.disclosure import WAY_WORDS, Basis, Way, book, ground
from alongside.web.templatetags.words import say


def to_whom(row: Any) -> str:
    named = ", ".join(part for part in (row.name, row.organization, row.address) if part)
    if row.basis != Basis.PARTICIPANT:
        return named
    return gettext("%(name)s (the participant)") % {"name": named or row.participant.name}


def told(row: Any) -> str:
    """The kinds of what was told, and the words of whoever told it."""
    kinds = ", ".join(gettext(catalog.term("consent_category", c).short) for c in row.categories)
    return ". ".join(part for part in (kinds, row.what) if part)


def why(row: Any) -> str:
    """What it was for, and the ground."""
    purpose = gettext(catalog.name("consent_purpose", row.purpose)) if row.purpose else ""
    basis = gettext(ground(Basis(row.basis)).name)
    signed = row.scope.get("signed_on") if row.scope else ""
    if signed:
        day = _day(date.fromisoformat(signed))
        basis = gettext("By the consent of %(day)s") % {"day": day}
    return ". ".join(part for part in (purpose, row.purpose_words, basis) if part)


def facts(row: Any) -> list[tuple[str, str]]:
    """What the ground asked to write down."""
    known = row.facts or {}
    return [(label_of(code), value) for code, value in known.items()]


def label_of(code: str) -> str:
    found = book().facts.get(code)
    return gettext(found.label) if found else code


def way(row: Any) -> str:
    return gettext(WAY_WORDS[Way(row.way)])


def when(first: datetime, last: datetime, times: int, zone: str) -> str:
    """One moment, or first, last and how often."""
    if times < 2:
        return moment(first, zone)
    often = ngettext("%(n)d time", "%(n)d times", times) % {"n": times}
    return gettext("%(often)s, from %(first)s to %(last)s") % {
        "often": often,
        "first": moment(first, zone),
        "last": moment(last, zone),
    }


def moment(at: datetime, zone: str) -> str:
    return formats.date_format(local(at, zone), "M j, Y, g:i a")


def _day(on: date) -> str:
    return formats.date_format(on, "M j, Y")


def lines(groups: Sequence[Any], zone: str) -> Iterator[tuple[str, str, str, str]]:
    """An accounting as rows of words."""
    for group in groups:
        row = group.row
        by = gettext("%(way)s, by %(who)s") % {"way": way(row), "who": row.by.name}
        yield (
            when(group.first_at, group.last_at, group.times, zone),
            to_whom(row),
            told(row),
            f"{why(row)}. {by[:1].upper()}{by[1:]}.",
        )


def head() -> list[str]:
    return [
        gettext("When"),
        gettext("To whom"),
        gettext("What"),
        gettext("Why, and on what ground"),
    ]


def notice_of(row: Any) -> dict[str, str] | None:
    """What goes along, for a paper: the law's own sentence first."""
    found = row.travels()
    if found is None:
        return None
    lines = (say(_with_years(line)) for line in found.lines)
    return {"title": say(found.title), "words": "\n\n".join([found.words, *lines])}


def _with_years(line: Say) -> Say:
    """Days on paper say their year: a paper is read when this year is over."""
    facts = {
        name: _day(fact) if isinstance(fact, date) else fact for name, fact in line.facts.items()
    }
    return Say(line.text, facts)
