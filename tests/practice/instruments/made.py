"""Invented instruments, small enough to count by hand."""

from decimal import Decimal

from alongside.practice.instruments import (
    Band,
    Group,
    Instrument,
    Item,
    Kind,
    Method,
    Option,
    ScoreRule,
)


def scale(low=1, high=5):
    return tuple(Option(str(n), f"{n} of {high}", Decimal(n)) for n in range(low, high + 1))


def item(key, **more):
    return Item(key, more.pop("text", f"How is {key}?"), more.pop("kind", Kind.CHOICE), **more)


def made(n=4, *, low=1, high=5, groups=False, **rule):
    keys = tuple(f"q{k}" for k in range(n))
    items = tuple(item(key, options=scale(low, high)) for key in keys)
    entries = (Group("g", "Some questions", items),) if groups else items
    rule = {"minimum": n, **rule}
    return Instrument(
        "made", 1, "Made up", "", entries, (ScoreRule("total", "Total", keys, **rule),)
    )


MEAN = Method.MEAN
CUT = (Band(Decimal(0), "Below the cut"), Band(Decimal(12), "At the cut or above"))
