"""Everything that is held about one person, row by row, for the person: to see, print and copy.

The rows come from the same walk as a disposal's, so that nothing is kept of someone that they would
not be shown, but for what ``rules.parts`` names with its reason.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Field, ForeignKey, Model, QuerySet
from django.db.models.fields import BinaryField

from alongside.accounts.models import User
from alongside.audit.queries import looks_at
from alongside.core.actor import Actor
from alongside.core.clock import local, local_date
from alongside.core.sealing import CannotOpen
from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.people.codes import OpeningReview, Printed
from alongside.people.models import EmergencyOpening, Identifier, Participant
from alongside.people.queries import participants_visible_to
from alongside.people.queries.same import rows_of_person
from alongside.plans.queries.tools import names
from alongside.practice import catalog
from alongside.practice.consents import cited
from alongside.referrals.models import Referrer
from alongside.retention.queries.kept_back import but_for_kept_back
from alongside.retention.queries.reach import Rows, chunks, reach, rows_about, whole_person
from alongside.retention.rules.parts import (
    CHAPTERS,
    INNER,
    NOT_FOR_THEM,
    WORDS,
    Chapter,
    Part,
)
from alongside.workforce.models import Supporter

CODE = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")
# Columns whose codes have a field's word in a catalog.
TERMS: Mapping[str, str] = {
    "processes": "process",
    "activities": "activity",
    "area": "growth_area",
    "area_before": "growth_area",
    "component": "core_component",
    "categories": "consent_category",
    "about": "hard_talk",
    "handed_to": "hand_off_to",
    "role": "care_team_role",
    "pathway": "pathway",
    "population": "population",
    "place": "place",
    "mode": "mode",
    "array": "service_array",
    "array_advised": "service_array",
    "going_along": "going_along",
    "service": "service",
    "end_reason": "conclusion_reason",
}


@dataclass(frozen=True)
class Entry:
    """One row: its label, the day it stands by, and (label, words) for all that it says. ``code``
    words are the program's own and translated; the others are people's."""

    title: str
    on: date | None
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Held:
    """What there is, before any of it is read: chapters with how many rows each holds. Whatever is
    kept apart is no part of it, whoever asks: this is what the participant gets."""

    person: Participant
    rows: Rows
    counts: Mapping[str, int]


# How a record is taken out of here, in part or whole, and how it is opened: by who walks along, in
# an emergency, with all that is held, or for a number or an address.
TAKEN = (*Printed, "record.copied", "check-in.exported", "worksheet.exported")
NUMBER = "identifier.shown"
LOOKS = (
    *("participant.opened", "emergency.opened", "emergency.looked", "record.shown"),
    *(NUMBER, *TAKEN),
)
TOOK = Say(_("Printed or took along a part of it, or all."))
SAW_NUMBER = Say(_("Looked at a number or an address."))
IN_EMERGENCY = {
    True: _("In an emergency, on {day}. We looked it over."),
    False: _("In an emergency, on {day}. We have yet to look it over."),
}
LOOKED_OVER = (OpeningReview.RIGHT, OpeningReview.NOT_RIGHT)


@dataclass(frozen=True)
class Looked:
    """Someone who opened the record, on how many days, and when last. ``how`` says what was more
    than a look: in an emergency, and whether that was looked over; at a number; to take along."""

    who: str
    days: int
    last_on: date
    how: tuple[Say, ...] = ()


@dataclass
class _Names:
    """Who wrote what: names of colleagues, supporters and referrers, looked up once."""

    found: dict[type[Model], dict[Any, str]] = field(default_factory=dict)
    tools: dict[str, str] = field(default_factory=dict)

    def of(self, model: type[Model], key: Any) -> str:
        return self.found.get(model, {}).get(key, "")


def held_about(viewer: Actor, *, participant_id: UUID) -> Held:
    """Raises ``Participant.DoesNotExist`` for someone out of the viewer's sight."""
    person = participants_visible_to(viewer).get(pk=participant_id)
    found = rows_about(viewer, ids=whole_person(viewer, participant_id=participant_id))
    rows = but_for_kept_back(viewer, found)
    count = {model._meta.label: len(pks) for model, pks in rows.items()}
    counts = {c.key: sum(count.get(part.model, 0) for part in c.parts) for c in CHAPTERS}
    return Held(person, rows, counts)


def entries(viewer: Actor, held: Held, chapter: Chapter) -> Iterator[Entry]:
    """Every row of a chapter, part by part, the newest first."""
    known = _names_of(viewer)
    for part in chapter.parts:
        for row in rows_of_part(held, part):
            yield _entry(viewer, part, row, known)


def rows_of_part(held: Held, part: Part) -> Iterator[Any]:
    """The rows themselves, some at a time."""
    model = next((m for m in held.rows if m._meta.label == part.model), None)
    if model is None:
        return
    keys = _newest_first(model, part, held.rows[model])
    for some in chunks(keys):
        found = {row.pk: row for row in model._base_manager.filter(pk__in=some)}
        yield from (found[key] for key in some if key in found)


def _newest_first(model: type[Model], part: Part, keys: list[Any]) -> list[Any]:
    if not part.when:
        return keys
    days: list[tuple[Any, Any]] = []
    for some in chunks(keys):
        rows = model._base_manager.filter(pk__in=some)
        days += rows.values_list("pk", part.when)
    known = sorted((d for d in days if d[1] is not None), key=lambda d: (d[1], d[0]), reverse=True)
    return [key for key, _day in known] + [key for key, day in days if day is None]


def _names_of(viewer: Actor) -> _Names:
    models: tuple[Any, ...] = (User, Supporter, Referrer)
    return _Names(
        {
            model: dict(
                model._base_manager.filter(agency_id=viewer.agency_id).values_list("pk", "name")
            )
            for model in models
        },
        {key: definition.name for key, definition in names(viewer).items()},
    )


def _entry(viewer: Actor, part: Part, row: Any, known: _Names) -> Entry:
    at = getattr(row, part.when) if part.when else None
    on = local_date(at, viewer.time_zone) if isinstance(at, datetime) else at
    model: Any = type(row)
    lines = ((label_of(f), words_of(viewer, f, row, known)) for f in shown_fields(model))
    return Entry(part.title, on, tuple((label, words) for label, words in lines if words))


@cache
def shown_fields(model: Any) -> tuple[Field[Any, Any], ...]:
    """What a person is shown of a row: all but what says nothing to anybody."""
    return tuple(
        f
        for f in model._meta.concrete_fields
        if f.name not in INNER | NOT_FOR_THEM.get(model._meta.label, frozenset())
        and not (isinstance(f, ForeignKey) and _inside(f))
    )


def _inside(key: ForeignKey[Any, Any]) -> bool:
    """Whether it only joins a row to another of the same record."""
    return key.related_model in reach().keys


def label_of(f: Field[Any, Any]) -> str:
    return WORDS.get(f.name) or str(f.verbose_name).capitalize()


def words_of(viewer: Actor, f: Field[Any, Any], row: Any, known: _Names) -> str:
    if isinstance(f, ForeignKey):
        return known.of(f.related_model, getattr(row, f.attname))
    try:
        value = getattr(row, f.attname)
    except CannotOpen:
        return ""
    if f.name == "tool":
        return known.tools.get(str(value), "")
    if f.choices and value:
        return _term(f.name, str(value))
    if isinstance(f, BinaryField) and not isinstance(value, str):
        return ""
    return plain(viewer, value, f.name)


def plain(viewer: Actor, value: Any, name: str = "") -> str:
    """A value as a person reads it; nothing for what is empty."""
    if value is None or value == "" or value is False or value == [] or value == {}:
        return ""
    if isinstance(value, datetime):
        at = local(value, viewer.time_zone)
        return f"{_day(at.date())}, {at:%I:%M %p}".replace(", 0", ", ")
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, Mapping):
        said = ((_phrase(str(key)), plain(viewer, one, str(key))) for key, one in value.items())
        return "\n".join(f"{key}: {text}" for key, text in said if text)
    if isinstance(value, list | tuple):
        texts = [text for one in value if (text := plain(viewer, one, name))]
        return ("; " if all(len(text) < 60 for text in texts) else "\n").join(texts)
    if value is True:
        return "yes"
    if isinstance(value, int | float | Decimal):
        return str(value)
    if name == "source":
        return cited(str(value))
    return _term(name, value) if name in TERMS else str(value)


def _term(name: str, code: str) -> str:
    kind = TERMS.get(name)
    if kind is not None:
        try:
            return catalog.term(kind, code).name
        except (KeyError, LookupError, ValueError):
            pass
    return _phrase(code) if CODE.fullmatch(code) else code


def _phrase(code: str) -> str:
    return code.replace("_", " ").replace("-", " ").capitalize() if CODE.fullmatch(code) else code


def _day(on: date) -> str:
    return f"{on:%b} {on.day}, {on.year}"


def who_looked(viewer: Actor, *, participant_id: UUID) -> list[Looked]:
    """Who opened the record, by name: for whoever may read the log, and for the person themselves;
    nothing for others."""
    try:
        rows = rows_of_person(viewer, participant_id=participant_id)
    except Participant.DoesNotExist:
        return []
    numbers = Identifier.objects.filter(agency_id=viewer.agency_id, participant__in=rows)
    targets = [f"Participant/{pk}" for pk in rows]
    targets += [f"Identifier/{pk}" for pk in numbers.values_list("pk", flat=True)]
    found_there = looks_at(viewer, targets=targets, verbs=LOOKS)
    seen: QuerySet[Any, Any] = found_there.values_list("actor_id", "at", "verb")
    days: dict[Any, Counter[date]] = {}
    verbs: dict[Any, set[str]] = {}
    for actor_id, at, verb in seen.iterator(chunk_size=2000):
        days.setdefault(actor_id, Counter())[local_date(at, viewer.time_zone)] += 1
        verbs.setdefault(actor_id, set()).add(verb)
    known, emergencies = _names_of(viewer).found[User], _emergencies(viewer, rows)
    found = [
        Looked(
            known.get(actor_id, ""),
            len(counted),
            max(counted),
            (*emergencies.get(actor_id, ()), *_more_than_a_look(verbs[actor_id])),
        )
        for actor_id, counted in days.items()
    ]
    return sorted(found, key=lambda one: (-one.last_on.toordinal(), one.who))


def _more_than_a_look(verbs: set[str]) -> Iterator[Say]:
    if NUMBER in verbs:
        yield SAW_NUMBER
    if verbs & set(TAKEN):
        yield TOOK


def _emergencies(viewer: Actor, rows: list[UUID]) -> dict[Any, list[Say]]:
    """By whom, each with its day, the newest first. One query."""
    found: dict[Any, list[Say]] = {}
    openings = EmergencyOpening.objects.filter(agency_id=viewer.agency_id, participant__in=rows)
    for one in openings.order_by("-opened_at"):
        words = IN_EMERGENCY[OpeningReview(one.review) in LOOKED_OVER]
        day = local_date(one.opened_at, viewer.time_zone)
        found.setdefault(one.opened_by_id, []).append(Say(words, {"day": day}))
    return found


def raw_rows(held: Held) -> Iterator[tuple[str, str, Iterator[dict[str, Any]]]]:
    """(table, title, rows) with every column that a person is shown, as it is stored: for a copy
    that a program reads."""
    for chapter in CHAPTERS:
        for part in chapter.parts:
            model = next((m for m in held.rows if m._meta.label == part.model), None)
            if model is not None and held.rows[model]:
                yield part.model, part.title, (as_data(row) for row in rows_of_part(held, part))


def as_data(row: Model) -> dict[str, Any]:
    """A row as JSON and sheets can hold it; what is shut or not for them is empty or absent."""
    said: dict[str, Any] = {"id": str(row.pk)}
    hidden = NOT_FOR_THEM.get(row._meta.label, frozenset())
    for f in type(row)._meta.concrete_fields:
        if f.name in ("id", "agency") or f.name in hidden:
            continue
        try:
            said[f.attname] = _plain(getattr(row, f.attname))
        except CannotOpen:
            said[f.attname] = None
    return said


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return None
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    return value.isoformat() if isinstance(value, date | time) else str(value)


__all__ = [
    "Entry",
    "Held",
    "Looked",
    "as_data",
    "entries",
    "held_about",
    "raw_rows",
    "rows_of_part",
    "who_looked",
]
