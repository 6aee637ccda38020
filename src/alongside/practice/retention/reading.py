"""Reads ``jurisdictions/retention/*.toml``: the federal rules, and those of a state on top."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from alongside.practice.catalog_errors import CatalogError, Lines, read_text, read_toml, refuse
from alongside.practice.retention.facts import Asked, Kept, Rule, Since, TimeToAnswer
from alongside.practice.rules import WISCONSIN

FEDERAL = "federal"
MARKS = ("S", "S2", "K", "own")
MOST_YEARS = 100
T = TypeVar("T")

_RULE = {"key", "from", "covers", "years", "since", "name", "says", "source", "mark"}
_RULE_MAY = {"minor_until", "youngest"}
_TIME = {"kind", "from", "days", "longer", "source", "mark"}


def rules_on(on: date, jurisdiction: str = WISCONSIN) -> tuple[Rule, ...]:
    """The rules that hold on ``on``, one of each key: federal, then the jurisdiction's own. Before
    its first version, the first is used."""
    found = [rule for rules, _times in _both(jurisdiction) for rule in rules]
    return tuple(_in_force(found, lambda rule: rule.key, lambda rule: rule.begins, on))


def time_for(asked: Asked, on: date, jurisdiction: str = WISCONSIN) -> TimeToAnswer:
    """How long an answer may take: what the jurisdiction sets, else the federal rule."""
    for _rules, times in reversed(_both(jurisdiction)):
        of_kind = [time for time in times if time.asked is asked]
        for time in _in_force(of_kind, lambda time: time.asked, lambda time: time.begins, on):
            return time
    raise LookupError(f"There is no time to answer for “{asked}”.")


def _in_force(
    found: Iterable[T], key: Callable[[T], str], begins: Callable[[T], date], on: date
) -> Iterator[T]:
    versions: dict[str, list[T]] = {}
    for one in found:
        versions.setdefault(key(one), []).append(one)
    for of_key in versions.values():
        ordered = sorted(of_key, key=begins)
        yield ([one for one in ordered if begins(one) <= on] or ordered[:1])[-1]


def read(text: str, where: str) -> tuple[tuple[Rule, ...], tuple[TimeToAnswer, ...]]:
    """Rules and times of one file; raises ``CatalogError`` that a person can act on."""
    entries = read_toml(text, where)
    refuse(_mistakes_of(entries, Lines(text), where))
    return (
        tuple(map(_rule, entries.get("rule", ()))),
        tuple(map(_time, entries.get("time", ()))),
    )


def texts() -> Iterator[str]:
    """Every sentence a person can see, for the collection of texts to translate."""
    for source in _sources():
        where = f"practice/jurisdictions/retention/{source.name}"
        for rule in read(read_text(source, where), where)[0]:
            yield from (rule.name, rule.says)


def mistakes() -> Iterator[CatalogError]:
    """Everything that is wrong in these files, for the start of the program."""
    for source in _sources():
        where = f"practice/jurisdictions/retention/{source.name}"
        try:
            text = read_text(source, where)
            entries = read_toml(text, where)
        except CatalogError as error:
            yield error
        else:
            yield from _mistakes_of(entries, Lines(text), where)
            if source.name == f"{FEDERAL}.toml":
                yield from _left_out(entries, where)


def _left_out(entries: Mapping[str, Any], where: str) -> Iterator[CatalogError]:
    times = entries.get("time", ())
    said = {time.get("kind") for time in times} if _are_tables(times) else set(Asked)
    for asked in Asked:
        if asked.value not in said:
            what = f"There is no [[time]] of the kind “{asked.value}”; each needs one."
            yield CatalogError(where, 1, what)


def _are_tables(found: object) -> bool:
    return isinstance(found, list) and all(isinstance(one, dict) for one in found)


def _mistakes_of(entries: Mapping[str, Any], lines: Lines, where: str) -> Iterator[CatalogError]:
    for key in entries.keys() - {"name", "rule", "time"}:
        yield CatalogError(where, lines.of(key), f"“{key}” is unknown here.")
    for key, wrong in (("rule", _wrong_rule), ("time", _wrong_time)):
        found = entries.get(key, [])
        if not _are_tables(found):
            yield CatalogError(where, lines.of(key), f"Write each {key} as [[{key}]].")
            continue
        seen: set[tuple[object, object]] = set()
        for number, entry in enumerate(found):
            for name, what in wrong(entry):
                yield CatalogError(where, lines.of(key, number, name), what)
            mark = (str(entry.get("key", entry.get("kind"))), str(entry.get("from")))
            if mark in seen:
                what = f"“{mark[0]}” begins twice on {mark[1]}."
                yield CatalogError(where, lines.of(key, number), what)
            seen.add(mark)


def _wrong_rule(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield from _shape(entry, _RULE, _RULE_MAY)
    if "covers" in entry and entry["covers"] not in set(Kept):
        yield "covers", f"“covers” must be one of these: {', '.join(Kept)}."
    since = entry.get("since", [])
    if not isinstance(since, list) or not set(map(str, since)) <= set(Since) or since == []:
        yield "since", f"“since” must be a list of these: {', '.join(Since)}."
    for name in ("years", "minor_until", "youngest"):
        if name in entry and not _is_number(entry[name], MOST_YEARS):
            yield name, f"“{name}” must be a whole number from 0 to {MOST_YEARS}."
    if _is_number(entry.get("years"), MOST_YEARS) and entry["years"] == 0:
        yield "years", "“years” must be 1 or more."
    until, youngest = entry.get("minor_until", 0), entry.get("youngest", 0)
    if _is_number(until, MOST_YEARS) and _is_number(youngest, MOST_YEARS) and youngest > until:
        yield "youngest", "“youngest” must not be more than “minor_until”."


def _wrong_time(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield from _shape(entry, _TIME, set())
    if "kind" in entry and entry["kind"] not in set(Asked):
        yield "kind", f"“kind” must be one of these: {', '.join(Asked)}."
    for name in ("days", "longer"):
        if name in entry and not _is_number(entry[name], 3660):
            yield name, f"“{name}” must be a whole number of days."


def _shape(entry: Mapping[str, Any], must: set[str], may: set[str]) -> Iterator[tuple[str, str]]:
    for name in sorted(must - entry.keys()):
        yield "", f"“{name}” is missing."
    for name in sorted(entry.keys() - must - may):
        yield name, f"“{name}” is unknown here."
    if "from" in entry and type(entry["from"]) is not date:
        yield "from", "“from” must be a date such as 2026-01-01."
    if "mark" in entry and entry["mark"] not in MARKS:
        yield "mark", f"“mark” must be one of these: {', '.join(MARKS)}."
    for name in sorted(must & {"key", "name", "says", "source"} & entry.keys()):
        if not isinstance(entry[name], str) or not entry[name].strip():
            yield name, f"“{name}” must be words."


def _is_number(value: object, most: int) -> bool:
    return type(value) is int and 0 <= value <= most


def _rule(entry: Mapping[str, Any]) -> Rule:
    return Rule(
        key=entry["key"],
        begins=entry["from"],
        covers=Kept(entry["covers"]),
        years=entry["years"],
        since=tuple(Since(one) for one in entry["since"]),
        name=entry["name"],
        says=entry["says"],
        source=entry["source"],
        mark=entry["mark"],
        minor_until=entry.get("minor_until", 0),
        youngest=entry.get("youngest", 0),
    )


def _time(entry: Mapping[str, Any]) -> TimeToAnswer:
    return TimeToAnswer(
        asked=Asked(entry["kind"]),
        begins=entry["from"],
        days=entry["days"],
        longer=entry["longer"],
        source=entry["source"],
        mark=entry["mark"],
    )


def _folder() -> Traversable:
    return files("alongside.practice").joinpath("jurisdictions", "retention")


def _sources() -> list[Traversable]:
    return sorted(
        (one for one in _folder().iterdir() if one.name.endswith(".toml")), key=lambda one: one.name
    )


@cache
def _read_file(name: str) -> tuple[tuple[Rule, ...], tuple[TimeToAnswer, ...]]:
    where = f"practice/jurisdictions/retention/{name}.toml"
    source = _folder().joinpath(f"{name}.toml")
    return read(read_text(source, where), where) if source.is_file() else ((), ())


def _both(jurisdiction: str) -> tuple[tuple[tuple[Rule, ...], tuple[TimeToAnswer, ...]], ...]:
    """The federal file, and the jurisdiction's own, which may be missing."""
    if not jurisdiction.isidentifier():
        raise LookupError(f"There are no rules for “{jurisdiction}”.")
    return (_read_file(FEDERAL), _read_file(jurisdiction))
