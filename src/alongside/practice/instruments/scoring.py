"""From answers to scores, with each step told. The same answers give the same scores, always.

What was not answered is left out: it is no zero and no middle. With fewer answers than the rule
asks for there is no score.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice.instruments.answers import Answers, WrongAnswer, number, plain, problems
from alongside.practice.instruments.definition import Instrument, Item, Method, ScoreRule

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Step:
    """What one answer counted for. ``counted`` is ``raw``, turned round where the rule says so."""

    item: Item
    raw: Decimal
    counted: Decimal
    turned: bool


@dataclass(frozen=True)
class Score:
    """``value`` is ``None`` when there were not enough answers. ``low`` and ``high`` bound it,
    where the questions have bounds. ``filled_up``: the rule spread the answers over the others."""

    rule: ScoreRule
    value: Decimal | None
    steps: tuple[Step, ...]
    low: Decimal | None
    high: Decimal | None
    filled_up: bool
    words: str
    say: Say

    @property
    def answered(self) -> int:
        return len(self.steps)


def scores(instrument: Instrument, answers: Answers) -> tuple[Score, ...]:
    """Every score of the instrument. Raises ``WrongAnswer`` for an answer that cannot be."""
    for item, why in problems(instrument, answers).items():
        raise WrongAnswer(item, why)
    items = {item.link_id: item for item in instrument.questions()}
    return tuple(
        _score(rule, [items[key] for key in rule.items], answers) for rule in instrument.scores
    )


def turned(value: Decimal, low: Decimal, high: Decimal) -> Decimal:
    """The value seen from the other end of its range; twice is the value again."""
    return low + high - value


def _score(rule: ScoreRule, items: Sequence[Item], answers: Answers) -> Score:
    steps = tuple(step for item in items if (step := _step(rule, item, answers)))
    low, high = _bounds(rule, items)
    if len(steps) < rule.minimum:
        facts: dict[str, object] = {"n": len(steps), "all": len(items), "least": rule.minimum}
        say = Say(_("Not enough answers: {n} of {all}. It takes {least}."), facts)
        return Score(rule, None, steps, low, high, filled_up=False, words="", say=say)
    total = sum((step.counted for step in steps), Decimal(0))
    filled_up = rule.method is Method.SUM and rule.prorate and len(steps) < len(items)
    if rule.method is Method.MEAN:
        value = _rounded(total / len(steps))
    elif filled_up:
        value = _rounded(total * len(items) / len(steps))
    else:
        value = total
    say = _told(rule, value, len(steps), len(items), filled_up=filled_up)
    return Score(rule, value, steps, low, high, filled_up, _words(rule, value), say)


def _step(rule: ScoreRule, item: Item, answers: Answers) -> Step | None:
    raw = number(item, answers[item.link_id]) if item.link_id in answers else None
    if raw is None:
        return None
    within = item.range
    if item.link_id in rule.reversed and within is not None:
        return Step(item, raw, turned(raw, *within), turned=True)
    return Step(item, raw, raw, turned=False)


def _bounds(rule: ScoreRule, items: Sequence[Item]) -> tuple[Decimal | None, Decimal | None]:
    """Between which numbers the score lies when every question is answered."""
    ranges = [item.range for item in items]
    if any(one is None for one in ranges):
        return None, None
    lows = [one[0] for one in ranges if one]
    highs = [one[1] for one in ranges if one]
    if rule.method is Method.MEAN:
        return _rounded(sum(lows, Decimal(0)) / len(lows)), _rounded(
            sum(highs, Decimal(0)) / len(highs)
        )
    return sum(lows, Decimal(0)), sum(highs, Decimal(0))


def _words(rule: ScoreRule, value: Decimal) -> str:
    return next((band.words for band in reversed(rule.bands) if value >= band.least), "")


def _told(rule: ScoreRule, value: Decimal, n: int, of: int, *, filled_up: bool) -> Say:
    facts: dict[str, object] = {"value": plain(value), "n": n, "all": of}
    if rule.method is Method.MEAN:
        return Say(_("{value}, the mean of {n} answers out of {all}."), facts)
    if filled_up:
        return Say(_("{value}, from {n} answers out of {all}, spread over all of them."), facts)
    return Say(_("{value}, the sum of {n} answers out of {all}."), facts)


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(HUNDREDTH, ROUND_HALF_UP)
