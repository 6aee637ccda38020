"""What changed between check-ins, as lines of points: per outcome and per level. Pure.

First and latest stand side by side. There is no verdict in it: more is not called better.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from alongside.practice import catalog
from alongside.practice.instruments import (
    Answers,
    Instrument,
    Item,
    Kind,
    Level,
    Score,
    number,
    plain,
    shown,
)


@dataclass(frozen=True)
class Reading:
    """One finished check-in, in the wording it was given to."""

    on: date
    instrument: Instrument
    answers: Answers
    scores: Sequence[Score]


@dataclass(frozen=True)
class Point:
    """``words`` is the answer as it was chosen, or the number of a score."""

    on: date
    value: Decimal
    words: str


@dataclass(frozen=True)
class Line:
    """``scale`` names values along the edge, where answers have words."""

    key: str
    title: str
    question: str
    points: tuple[Point, ...]
    low: Decimal
    high: Decimal
    scale: tuple[tuple[Decimal, str], ...] = ()
    level: Level | None = None
    band: str = ""

    @property
    def first(self) -> Point:
        return self.points[0]

    @property
    def latest(self) -> Point:
        return self.points[-1]

    @property
    def told_twice(self) -> bool:
        return len(self.points) > 1


def lines(readings: Sequence[Reading]) -> list[Line]:
    """Oldest reading first. Scores, then outcomes; of an instrument without scores each question.

    Wordings of one instrument go on in one line while they measure on the same range.
    """
    found: dict[str, Line] = {}
    for reading in readings:
        for line in _of(reading):
            before = found.get(line.key)
            fits = before is not None and (before.low, before.high) == (line.low, line.high)
            earlier = before.points if before is not None and fits else ()
            found[line.key] = _with(line, earlier)
    return list(found.values())


def levels(found: Iterable[Line]) -> list[Line]:
    return [line for line in found if line.level is not None]


def _with(line: Line, earlier: tuple[Point, ...]) -> Line:
    points = (*earlier, *line.points)
    return Line(
        line.key,
        line.title,
        line.question,
        points,
        line.low,
        line.high,
        line.scale,
        line.level,
        line.band,
    )


def _of(reading: Reading) -> Iterable[Line]:
    scale = _common_scale(reading.instrument)
    for score in reading.scores:
        if score.value is None or score.low is None or score.high is None:
            continue
        title = score.rule.title
        if score.rule.outcome:
            title = catalog.name("outcome", score.rule.outcome)
        point = Point(reading.on, score.value, plain(score.value))
        fits = bool(scale) and (scale[0][0], scale[-1][0]) == (score.low, score.high)
        yield Line(
            key=f"score-{score.rule.key}",
            title=title,
            question="",
            points=(point,),
            low=score.low,
            high=score.high,
            scale=scale if fits else (),
            level=score.rule.level,
            band=score.words,
        )
    yield from _of_items(reading)


def _of_items(reading: Reading) -> Iterable[Line]:
    every = not reading.instrument.scores
    for item in reading.instrument.questions():
        if not (every or item.outcome) or item.link_id not in reading.answers:
            continue
        answer = reading.answers[item.link_id]
        value, within = number(item, answer), item.range
        if value is None or within is None:
            continue
        title = catalog.name("outcome", item.outcome) if item.outcome else item.text
        words = shown(item, answer)
        yield Line(
            key=f"item-{item.outcome or item.link_id}",
            title=title,
            question=item.text if item.outcome else "",
            points=(Point(reading.on, value, words),),
            low=within[0],
            high=within[1],
            scale=_scale(item),
        )


def _scale(item: Item) -> tuple[tuple[Decimal, str], ...]:
    if item.kind is not Kind.CHOICE:
        return ()
    named = [(one.value, one.text) for one in item.options if one.value is not None]
    return tuple(sorted(named))


def _common_scale(instrument: Instrument) -> tuple[tuple[Decimal, str], ...]:
    """The words of the answers, where all the questions share them."""
    seen: Mapping[tuple[tuple[Decimal, str], ...], None] = dict.fromkeys(
        scale for item in instrument.questions() if (scale := _scale(item))
    )
    return next(iter(seen)) if len(seen) == 1 else ()
