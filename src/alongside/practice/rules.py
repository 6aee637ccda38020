"""What a state, payer or program decides, dated: ``rules_on(date)`` picks what is in force."""

import tomllib
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise

WISCONSIN = "wisconsin"


class BrokenRules(ValueError):
    """A jurisdiction file does not hold what it must; the sentence says where and what."""


@dataclass(frozen=True)
class Rules:
    """The rules of one period. Days and months are calendar days and months."""

    contact_every_days: int
    contact_soon_days: int
    first_contact_within_days: int
    plan_every_months: int
    plan_soon_days: int
    education_hours: int
    education_years: int
    certificate_years: int
    certificate_soon_days: int
    training_hours: int
    peer_support_credentials: tuple[str, ...]
    supervision_minutes: int
    supervision_every_days: int
    supervision_every_hours: int
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
    """(first day, rules) in order of time; raises ``BrokenRules`` that a person can act on."""
    try:
        entries = tomllib.loads(text).get("period", [])
    except tomllib.TOMLDecodeError as error:
        raise BrokenRules(f"{where} cannot be read: {error}.") from error
    if not entries:
        raise BrokenRules(f"{where} has no [[period]].")
    read = sorted((_period(entry, where) for entry in entries), key=lambda pair: pair[0])
    for (earlier, _), (later, _) in pairwise(read):
        if earlier == later:
            raise BrokenRules(f"{where} has two periods from {later}.")
    return tuple(read)


def _period(entry: dict[str, object], where: str) -> tuple[date, Rules]:
    begins = entry.get("from")
    if not isinstance(begins, date):
        raise BrokenRules(f"{where}: a [[period]] needs a “from” date such as 2026-01-01.")
    known = {field.name for field in fields(Rules)}
    for key in known - set(entry):
        raise BrokenRules(f"{where}: the period from {begins} needs “{key}”.")
    for key in set(entry) - known - {"from"}:
        raise BrokenRules(f"{where}: the period from {begins} has an unknown “{key}”.")
    numbers = {key: _number(entry[key], key, begins, where) for key in known - {_LIST}}
    credentials = entry[_LIST]
    if not isinstance(credentials, list):
        raise BrokenRules(f"{where}: “{_LIST}” from {begins} must be a list.")
    return begins, Rules(peer_support_credentials=tuple(map(str, credentials)), **numbers)


def _number(value: object, key: str, begins: date, where: str) -> int:
    if not isinstance(value, int) or value < 0:
        raise BrokenRules(f"{where}: “{key}” from {begins} must be a whole number.")
    return value


_LIST = "peer_support_credentials"


@cache
def _periods(jurisdiction: str) -> tuple[tuple[date, Rules], ...]:
    source = files("alongside.practice").joinpath("jurisdictions", f"{jurisdiction}.toml")
    if not jurisdiction.isidentifier() or not source.is_file():
        raise LookupError(f"There are no rules for “{jurisdiction}”.")
    where = f"jurisdictions/{jurisdiction}.toml"
    return read_periods(source.read_text(encoding="utf-8"), where)
