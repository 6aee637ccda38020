"""Our own instruments, from TOML that a practitioner can read; what the agency loads is FHIR."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from alongside.practice import codes
from alongside.practice.catalog_errors import CatalogError, Lines, read_toml
from alongside.practice.instruments.checking import check
from alongside.practice.instruments.definition import (
    Band,
    BrokenInstrument,
    Group,
    Instrument,
    Item,
    Kind,
    Level,
    Method,
    Option,
    ScoreRule,
)

_TOP = {"version", "title", "intro", "source", "scales", "groups", "scores"}
_GROUP = {"key", "title", "items"}
_ITEM = {"key", "text", "help", "scale", "not_me", "outcome"}
_SCORE = {"key", "title", "items", "method", "reversed", "minimum", "outcome", "level", "bands"}


def read(text: str, *, where: str, key: str) -> Instrument:
    """Raises ``CatalogError`` with file, line and what is wrong."""
    top = read_toml(text, where)
    lines = Lines(text)
    try:
        _known(top, _TOP, where, lines)
        scales = {name: _options(found) for name, found in top["scales"].items()}
        groups = tuple(
            _group(one, scales, where, lines, ("groups", n)) for n, one in enumerate(top["groups"])
        )
        scores = tuple(
            _score(one, where, lines, ("scores", n)) for n, one in enumerate(top.get("scores", []))
        )
        found = Instrument(
            key=key,
            version=top["version"],
            title=top["title"],
            intro=top["intro"],
            entries=groups,
            scores=scores,
            source=top.get("source", ""),
        )
        return check(found)
    except BrokenInstrument as error:
        raise CatalogError(where, _line(text, error.where), f"{error.say}") from error
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        if isinstance(error, CatalogError):
            raise
        raise CatalogError(
            where, 1, f"Something is missing or of the wrong kind: {error}"
        ) from error


def _line(text: str, where: str) -> int:
    at = text.find(f'"{where}"') if where else -1
    return text.count("\n", 0, at) + 1 if at >= 0 else 1


def _known(
    table: Mapping[str, Any], known: set[str], where: str, lines: Lines, *spot: str | int
) -> None:
    for name in table:
        if name not in known:
            raise CatalogError(where, lines.of(*spot, name), f"Nobody knows “{name}” here.")


def _options(found: Sequence[Mapping[str, Any]]) -> tuple[Option, ...]:
    return tuple(
        Option(str(one["code"]), one["text"], Decimal(one["value"]) if "value" in one else None)
        for one in found
    )


def _group(
    one: Mapping[str, Any],
    scales: Mapping[str, tuple[Option, ...]],
    where: str,
    lines: Lines,
    spot: tuple[str | int, ...],
) -> Group:
    _known(one, _GROUP, where, lines, *spot)
    items = []
    for n, item in enumerate(one["items"]):
        _known(item, _ITEM, where, lines, *spot, "items", n)
        outcome = item.get("outcome", "")
        if outcome and outcome not in set(codes.Outcome):
            line = lines.of(*spot, "items", n, "outcome")
            raise CatalogError(where, line, f"“{outcome}” is none of the expected outcomes.")
        items.append(_item(item, scales, outcome))
    return Group(one["key"], one["title"], tuple(items))


def _item(one: Mapping[str, Any], scales: Mapping[str, tuple[Option, ...]], outcome: str) -> Item:
    scale = one.get("scale")
    options = () if scale is None else scales[scale]
    if one.get("not_me"):
        options += scales["not_me"]
    kind = Kind.TEXT if scale is None else Kind.CHOICE
    return Item(one["key"], one["text"], kind, options, help=one.get("help", ""), outcome=outcome)


def _score(
    one: Mapping[str, Any], where: str, lines: Lines, spot: tuple[str | int, ...]
) -> ScoreRule:
    _known(one, _SCORE, where, lines, *spot)
    return ScoreRule(
        key=one["key"],
        title=one["title"],
        items=tuple(one["items"]),
        method=Method(one.get("method", "sum")),
        reversed=tuple(one.get("reversed", ())),
        minimum=one.get("minimum", len(one["items"])),
        bands=tuple(Band(Decimal(str(b["from"])), b["words"]) for b in one.get("bands", ())),
        outcome=one.get("outcome", ""),
        level=Level(one["level"]) if "level" in one else None,
    )
