"""Answers as they come from a page or a file: read, and held against the question they answer.

An answer that is not there stays not there. A wrong one is refused by the name of its question.
"""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice.instruments.definition import Instrument, Item, Kind

# Stored as JSON: the code of an option, a whole number, a decimal number as text, true, or words.
Answer = str | int | bool
Answers = Mapping[str, Answer]

LONGEST_ANSWER = 4_000
MOST_DIGITS = 12
_DIGITS = frozenset("+-.0123456789")
_FEWEST, _MOST = Decimal(-(10**9)), Decimal(10**9)


class WrongAnswer(ValueError):
    """``item`` is the ``link_id`` of the one question whose answer cannot be."""

    def __init__(self, item: str, say: Say) -> None:
        super().__init__(item, str(say))
        self.item, self.say = item, say


def problems(instrument: Instrument, answers: Mapping[str, object]) -> dict[str, Say]:
    """Every answer that cannot be, by question; one nobody asked for as well."""
    found: dict[str, Say] = {}
    items = {item.link_id: item for item in instrument.questions()}
    for link_id, answer in answers.items():
        item = items.get(link_id)
        if item is None:
            found[link_id] = Say(_("“{item}” is no question here."), {"item": link_id})
        elif why := problem(item, answer):
            found[link_id] = why
    return found


def problem(item: Item, answer: object) -> Say | None:
    """Why ``answer`` cannot be one to ``item``."""
    facts: dict[str, object] = {"item": item.text}
    match item.kind:
        case Kind.CHOICE:
            if not isinstance(answer, str) or item.option(answer) is None:
                return Say(_("“{item}”: choose one of the answers."), facts)
        case Kind.BOOLEAN:
            if not isinstance(answer, bool):
                return Say(_("“{item}”: choose yes or no."), facts)
        case Kind.INTEGER | Kind.DECIMAL:
            return _wrong_number(item, answer)
        case _:
            if not isinstance(answer, str) or len(answer) > (item.longest or LONGEST_ANSWER):
                facts["most"] = item.longest or LONGEST_ANSWER
                return Say(_("“{item}”: use at most {most} letters."), facts)
    return None


def _wrong_number(item: Item, answer: object) -> Say | None:
    value = None if isinstance(answer, bool) else _decimal(answer)
    whole = item.kind is Kind.INTEGER
    if value is None or (whole and not isinstance(answer, int)):
        sentence = _("“{item}”: write a whole number.") if whole else _("“{item}”: write a number.")
        return Say(sentence, {"item": item.text})
    low, high = item.low, item.high
    if (low is not None and value < low) or (high is not None and value > high):
        facts: dict[str, object] = {"item": item.text, "low": plain(low), "high": plain(high)}
        if low is None:
            return Say(_("“{item}”: at most {high}."), facts)
        if high is None:
            return Say(_("“{item}”: at least {low}."), facts)
        return Say(_("“{item}”: a number from {low} to {high}."), facts)
    return None


def number(item: Item, answer: Answer) -> Decimal | None:
    """What an answer counts for in a score; ``None`` where it counts for nothing."""
    match item.kind:
        case Kind.CHOICE:
            option = item.option(str(answer))
            return option.value if option else None
        case Kind.BOOLEAN:
            return Decimal(1 if answer is True else 0)
        case Kind.INTEGER | Kind.DECIMAL:
            return _decimal(answer)
        case _:
            return None


def read(item: Item, typed: str) -> Answer | None:
    """What someone typed or chose, as it is stored; nothing typed is no answer.

    Raises ``WrongAnswer``.
    """
    words = typed.strip()
    if not words:
        return None
    answer: Answer = words
    if item.kind is Kind.BOOLEAN:
        answer = {"true": True, "false": False}.get(words, words)
    elif item.kind is Kind.INTEGER and words.lstrip("+-").isascii():
        digits = words.lstrip("+-").isdigit() and len(words) <= MOST_DIGITS
        answer = int(words) if digits and words.count("-") + words.count("+") <= 1 else words
    elif item.kind is Kind.DECIMAL:
        answer = words.replace(",", ".", 1)
    if why := problem(item, answer):
        raise WrongAnswer(item.link_id, why)
    return answer


def shown(item: Item, answer: Answer | None) -> str:
    """An answer as people read it; empty where there is none, and for yes and no its code."""
    if answer is None:
        return ""
    if item.kind is Kind.CHOICE:
        option = item.option(str(answer))
        return option.text if option else str(answer)
    if item.kind is Kind.BOOLEAN:
        return _("Yes") if answer is True else _("No")
    return str(answer)


def plain(value: Decimal | None) -> str:
    """A number without needless zeros: ``Decimal("47.00")`` → ``"47"``."""
    if value is None:
        return ""
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def _decimal(answer: object) -> Decimal | None:
    # No power of ten: nine signs of one can stand for a million digits.
    if isinstance(answer, str) and (len(answer) > MOST_DIGITS or not _DIGITS.issuperset(answer)):
        return None
    try:
        value = Decimal(str(answer))
    except InvalidOperation:
        return None
    return value if value.is_finite() and _FEWEST <= value <= _MOST else None
