"""Change over time for pages and papers: charts, a table beside each, first and latest in words.
Pure: a ``Tongue`` says sentences and days in the reader's language.

Nothing here judges: no color, word or arrow says that more is better.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.outcomes.rules.trend import Line, levels
from alongside.papers.charts import (
    Axis,
    Drawing,
    Mark,
    Point,
    Series,
    bar_chart,
    line_chart,
)

LEVELS = "levels"
MOST_TICKS = 7


@dataclass(frozen=True)
class Tongue:
    """How the reader's language says a sentence, a day, a month, and a month in few letters."""

    say: Callable[[Say | str], str]
    day: Callable[[date], str]
    month: Callable[[date], str]
    short: Callable[[date], str]


@dataclass(frozen=True)
class Event:
    """Something that happened around, with the number that finds it on a chart."""

    on: date
    sign: str
    say: Say


@dataclass(frozen=True)
class Table:
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Picture:
    """One chart with its title, its words and its table."""

    title: str
    question: str
    chart: Drawing
    told: str
    table: Table


def in_words(line: Line) -> Say:
    """First and latest, as they were said."""
    facts: dict[str, object] = {"latest": line.latest.words, "on": line.latest.on}
    if not line.told_twice:
        return Say(_("{latest} ({on})"), facts)
    facts |= {"first": line.first.words, "first_on": line.first.on}
    if line.first.words == line.latest.words:
        return Say(_("{first} ({first_on}), and {latest} again ({on})"), facts)
    return Say(_("{first} ({first_on}), then {latest} ({on})"), facts)


def events(said: Iterable[tuple[date, Say]]) -> tuple[Event, ...]:
    """Numbered in the order in which they happened."""
    ordered = sorted(said, key=lambda one: one[0])
    return tuple(Event(on, str(n), say) for n, (on, say) in enumerate(ordered, start=1))


def picture(
    found: Sequence[Line], key: str, happened: Sequence[Event], tongue: Tongue
) -> Picture | None:
    """The chart of one line, or of the three levels together; ``None`` for a key without one."""
    shown = levels(found) if key == LEVELS else [line for line in found if line.key == key]
    if not shown:
        return None
    title = _("What I can build on") if key == LEVELS else shown[0].title
    words = " ".join(f"{tongue.say(line.title)}: {told(line, tongue)}." for line in shown)
    days = sorted({point.on for line in shown for point in line.points})
    between = [one for one in happened if days[0] <= one.on <= days[-1]]
    chart = line_chart(
        [Series(tongue.say(line.title), _points(line)) for line in shown],
        key=key,
        title=tongue.say(title),
        told=words,
        days=[(day, tongue.month(day)) for day in _spread(days)],
        values=_axis(shown[0], tongue),
        marks=[Mark(one.on, one.sign) for one in between],
    )
    question = tongue.say(shown[0].question) if key != LEVELS else ""
    return Picture(tongue.say(title), question, chart, words, _table(shown, days, tongue))


def months_picture(months: Sequence[tuple[date, int]], tongue: Tongue) -> Picture | None:
    """How often the two met, month by month."""
    if not any(count for _month, count in months):
        return None
    shown = months[-12:]
    title = tongue.say(_("Times together, by month"))
    words = " ".join(f"{tongue.month(month)}: {count}." for month, count in shown)
    bars = [(tongue.short(month), count) for month, count in shown]
    chart = bar_chart(bars, key="months", title=title, told=words)
    head = (tongue.say(_("Month")), tongue.say(_("Times")))
    rows = tuple((tongue.month(month), str(count)) for month, count in shown)
    return Picture(title, "", chart, words, Table(head, rows))


def overview(found: Sequence[Line], tongue: Tongue) -> Table:
    """Every line with first and latest."""
    head = (_("About"), _("First"), _("Latest"))
    rows = [
        (
            tongue.say(line.title),
            f"{tongue.say(line.first.words)} ({tongue.day(line.first.on)})",
            f"{tongue.say(line.latest.words)} ({tongue.day(line.latest.on)})"
            if line.told_twice
            else "",
        )
        for line in found
    ]
    return Table(tuple(map(tongue.say, head)), tuple(rows))


def sheet(found: Sequence[Line], tongue: Tongue) -> list[tuple[str, ...]]:
    """For a spreadsheet: one row for each answer of each check-in, days as ISO."""
    head = tuple(map(tongue.say, (_("About"), _("Day"), _("Value"), _("In words"))))
    return [
        head,
        *(
            (
                tongue.say(line.title),
                point.on.isoformat(),
                str(point.value),
                tongue.say(point.words),
            )
            for line in found
            for point in line.points
        ),
    ]


def told(line: Line, tongue: Tongue) -> str:
    """First and latest in the reader's language: answers are sentences of it, too."""
    sentence = in_words(line)
    facts = {
        name: tongue.day(fact) if isinstance(fact, date) else tongue.say(str(fact))
        for name, fact in sentence.facts.items()
    }
    return tongue.say(Say(sentence.text, facts))


def _points(line: Line) -> tuple[Point, ...]:
    return tuple(Point(point.on, float(point.value)) for point in line.points)


def _axis(line: Line, tongue: Tongue) -> Axis:
    if line.scale:
        named = tuple((float(value), tongue.say(word)) for value, word in line.scale)
    else:
        named = tuple((float(value), f"{float(value):g}") for value in _steps(line.low, line.high))
    return Axis(named, float(line.low), float(line.high))


def _steps(low: Decimal, high: Decimal) -> list[Decimal]:
    """At most six round values between the ends, both ends among them."""
    if low == high:
        return [low]
    quarter = (high - low) / 4
    return [low + quarter * n for n in range(5)]


def _spread(days: Sequence[date]) -> list[date]:
    """Days to name along the edge: the ends, and few enough between that they have room."""
    if len(days) <= 3:
        return list(days)
    return [days[0], days[len(days) // 2], days[-1]]


def _table(shown: Sequence[Line], days: Sequence[date], tongue: Tongue) -> Table:
    head = (tongue.say(_("Day")), *(tongue.say(line.title) for line in shown))
    rows = []
    for day in days:
        said = [{point.on: point.words for point in line.points} for line in shown]
        rows.append((tongue.day(day), *(tongue.say(one.get(day, "")) for one in said)))
    return Table(head, tuple(rows))
