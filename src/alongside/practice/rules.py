"""What a state, payer or program decides, dated: ``rules_on(date)`` picks what is in force."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise
from typing import Any

from alongside.practice.catalog_errors import CatalogError, Lines, read_text, read_toml, refuse
from alongside.practice.codes import CredentialKind, ServiceArray

WISCONSIN = "wisconsin"


@dataclass(frozen=True)
class Rules:
    """The rules of one period. Days and months are calendar days and months."""

    contact_every_days: int
    contact_soon_days: int
    first_contact_within_days: int
    desk_calls_within_days: int
    plan_every_months: int
    plan_soon_days: int
    check_in_every_days: int
    check_in_soon_days: int
    education_hours: int
    education_years: int
    certificate_years: int
    certificate_soon_days: int
    training_hours: int
    peer_support_credentials: tuple[str, ...]
    array_relationship: ServiceArray
    array_skill: ServiceArray
    array_wellness: ServiceArray
    array_work: ServiceArray
    array_learning: ServiceArray
    supervision_minutes: int
    supervision_every_days: int
    supervision_every_hours: int
    supervision_soon_days: int
    remind_first_days: int
    remind_second_days: int
    remind_third_days: int
    orientation_hours: int
    orientation_experienced_hours: int
    orientation_volunteer_hours: int
    orientation_within_months: int
    in_service_hours: int
    member_number_digits: int
    adult_from: int
    transition_age_from: int
    transition_age_to: int
    youth_from: int


def rules_on(on: date, jurisdiction: str = WISCONSIN) -> Rules:
    """The rules in force on ``on``. Before the first period, the first period is used."""
    periods = _periods(jurisdiction)
    in_force = [rules for begins, rules in periods if begins <= on]
    return in_force[-1] if in_force else periods[0][1]


def read_periods(text: str, where: str) -> tuple[tuple[date, Rules], ...]:
    """(first day, rules) in order of time; raises ``CatalogError`` that a person can act on."""
    entries = read_toml(text, where)
    refuse(_mistakes_of(entries, Lines(text), where))
    return tuple(_period(entry) for entry in entries["period"])


def mistakes() -> Iterator[CatalogError]:
    """Everything that is wrong in the jurisdictions, for the start of the program."""
    for source in sorted(_folder().iterdir(), key=lambda source: source.name):
        if source.name.endswith(".toml") and not source.name.startswith(_READ_ELSEWHERE):
            where = f"practice/jurisdictions/{source.name}"
            try:
                text = read_text(source, where)
                entries = read_toml(text, where)
            except CatalogError as error:
                yield error
            else:
                yield from _mistakes_of(entries, Lines(text), where)


def _mistakes_of(entries: dict[str, Any], lines: Lines, where: str) -> Iterator[CatalogError]:
    for key in entries.keys() - {"name", "period"}:
        yield CatalogError(where, lines.of(key), f"“{key}” is unknown here.")
    periods = entries.get("period")
    if not isinstance(periods, list) or not all(isinstance(p, dict) for p in periods or [0]):
        yield CatalogError(where, lines.of("period"), "The file has no [[period]].")
        return
    for number, period in enumerate(periods):
        for path, what in _wrong(period):
            yield CatalogError(where, lines.of("period", number, *path), what)
    for number, (before, after) in enumerate(pairwise(periods), start=1):
        earlier, later = before.get("from"), after.get("from")
        if _is_day(earlier) and _is_day(later) and later <= earlier:
            what = f"The period from {later} comes after the one from {earlier}: " + (
                "both begin on the same day." if later == earlier else "put them in order of time."
            )
            yield CatalogError(where, lines.of("period", number, "from"), what)


def _wrong(period: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    """(path, sentence) for each mistake in one period."""
    begins = period.get("from")
    if not _is_day(begins):
        yield ("from",), "A [[period]] needs a “from” date such as 2026-01-01."
        return
    known = [field.name for field in fields(Rules)]
    for key in known:
        if key not in period:
            yield (), f"The period from {begins} needs “{key}”."
    for key, value in period.items():
        if key not in {"from", *known}:
            yield (key,), f"The period from {begins} has “{key}”, which is unknown."
        elif key == _LIST and not _are_credentials(value):
            kinds = ", ".join(sorted(CredentialKind))
            yield (key,), f"“{key}” from {begins} must be a list of these: {kinds}."
        elif key in _ARRAYS and value not in set(ServiceArray):
            arrays = ", ".join(sorted(ServiceArray))
            yield (key,), f"“{key}” from {begins} must be one of these: {arrays}."
        elif key not in {"from", _LIST, *_ARRAYS} and (type(value) is not int or value < 0):
            yield (key,), f"“{key}” from {begins} must be a whole number, 0 or more."


def _is_day(value: object) -> bool:
    return type(value) is date


def _are_credentials(value: object) -> bool:
    kinds = set(CredentialKind)
    return isinstance(value, list) and all(isinstance(v, str) and v in kinds for v in value)


def _period(entry: dict[str, Any]) -> tuple[date, Rules]:
    values = {key: value for key, value in entry.items() if key != "from"}
    values |= {key: ServiceArray(values[key]) for key in _ARRAYS}
    return entry["from"], Rules(**{**values, _LIST: tuple(values[_LIST])})


_READ_ELSEWHERE = "part_2"  # consent: ``practice.consents``
_LIST = "peer_support_credentials"
_ARRAYS = frozenset(field.name for field in fields(Rules) if field.type is ServiceArray)


def _folder() -> Traversable:
    return files("alongside.practice").joinpath("jurisdictions")


@cache
def _periods(jurisdiction: str) -> tuple[tuple[date, Rules], ...]:
    source = _folder().joinpath(f"{jurisdiction}.toml")
    if not jurisdiction.isidentifier() or not source.is_file():
        raise LookupError(f"There are no rules for “{jurisdiction}”.")
    where = f"practice/jurisdictions/{jurisdiction}.toml"
    return read_periods(read_text(source, where), where)
