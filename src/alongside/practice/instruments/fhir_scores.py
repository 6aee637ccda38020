"""Scores in a Questionnaire: one extension each, named by a urn of ours and not by an address.

``urn:alongside:score`` holds: key, title, method (sum, mean), item (one each), reversed (one each),
minimumAnswered, prorate, band (from, words), outcome, level. See docs/instruments.md.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NoReturn

from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice.instruments.definition import (
    Band,
    BrokenInstrument,
    Level,
    Method,
    ScoreRule,
)

SCORE = "urn:alongside:score"
_ONE = {"key": "valueCode", "title": "valueString", "method": "valueCode"}
_ONE |= {"minimumAnswered": "valueInteger", "prorate": "valueBoolean"}
_ONE |= {"outcome": "valueCode", "level": "valueCode"}
_MANY = {"item": "valueString", "reversed": "valueString"}


def read(extensions: Sequence[object]) -> tuple[tuple[ScoreRule, ...], list[object]]:
    """The scores among the extensions, and the others as they are. Raises ``BrokenInstrument``."""
    ours: list[ScoreRule] = []
    kept: list[object] = []
    for one in extensions:
        if isinstance(one, Mapping) and one.get("url") == SCORE:
            ours.append(_score(one))
        else:
            kept.append(one)
    return tuple(ours), kept


def write(score: ScoreRule) -> dict[str, object]:
    parts: list[dict[str, object]] = [
        {"url": "key", "valueCode": score.key},
        {"url": "title", "valueString": score.title},
        {"url": "method", "valueCode": score.method.value},
    ]
    parts += [{"url": "item", "valueString": key} for key in score.items]
    parts += [{"url": "reversed", "valueString": key} for key in score.reversed]
    parts.append({"url": "minimumAnswered", "valueInteger": score.minimum})
    if score.prorate:
        parts.append({"url": "prorate", "valueBoolean": True})
    for band in score.bands:
        cut = {"url": "from", "valueDecimal": _number(band.least)}
        words = {"url": "words", "valueString": band.words}
        parts.append({"url": "band", "extension": [cut, words]})
    if score.outcome:
        parts.append({"url": "outcome", "valueCode": score.outcome})
    if score.level:
        parts.append({"url": "level", "valueCode": score.level.value})
    return {"url": SCORE, "extension": parts}


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _refuse(where: str, sentence: str, **facts: object) -> NoReturn:
    raise BrokenInstrument(where, Say(sentence, facts))


def _score(extension: Mapping[str, object]) -> ScoreRule:
    inner = extension.get("extension")
    one: dict[str, object] = {}
    many: dict[str, list[str]] = {"item": [], "reversed": []}
    bands: list[Band] = []
    for part in inner if isinstance(inner, list) else []:
        _part(part, one, many, bands)
    key = str(one.get("key", ""))
    minimum = one.get("minimumAnswered", len(many["item"]))
    return ScoreRule(
        key=key,
        title=str(one.get("title", "")),
        items=tuple(many["item"]),
        method=Method(_among(one.get("method", "sum"), [m.value for m in Method], key)),
        reversed=tuple(many["reversed"]),
        minimum=minimum if isinstance(minimum, int) else 0,
        prorate=one.get("prorate") is True,
        bands=tuple(bands),
        outcome=str(one.get("outcome", "")),
        level=Level(_among(one["level"], list(Level), key)) if "level" in one else None,
    )


def _part(
    part: object, one: dict[str, object], many: dict[str, list[str]], bands: list[Band]
) -> None:
    table = part if isinstance(part, Mapping) else {}
    name = str(table.get("url", ""))
    if name == "band":
        bands.append(_band(table))
    elif name in _MANY:
        many[name].append(str(table.get(_MANY[name], "")))
    elif name in one:
        _refuse(SCORE, _("A score says “{name}” twice."), name=name)
    elif name in _ONE:
        if _ONE[name] not in table:
            _refuse(SCORE, _("In a score “{name}” must be a {kind}."), name=name, kind=_ONE[name])
        one[name] = table[_ONE[name]]
    else:
        _refuse(SCORE, _("A score knows no “{name}”."), name=name[:60])


def _band(table: Mapping[str, object]) -> Band:
    inner = table.get("extension")
    parts = {
        str(one.get("url")): one
        for one in (inner if isinstance(inner, list) else [])
        if isinstance(one, Mapping)
    }
    least = parts.get("from", {}).get("valueDecimal")
    if isinstance(least, bool) or not isinstance(least, int | float):
        _refuse(SCORE, _("A cut point needs “from” as a valueDecimal, and “words”."))
    return Band(Decimal(str(least)), str(parts.get("words", {}).get("valueString", "")))


def _among(value: object, known: Sequence[str], score: str) -> str:
    if str(value) not in known:
        sentence = _("The score “{score}” says “{value}”. Known are: {known}.")
        _refuse(score, sentence, score=score, value=str(value)[:40], known=", ".join(known))
    return str(value)
