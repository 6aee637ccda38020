"""Every write to what is asked of a participant: by who walks alongside, or by themselves."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from alongside.accounts.codes import Permission
from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.refusal import STALE, Refusal, Refused, ensure
from alongside.core.words import gettext_noop as _
from alongside.people.queries import care_team, participants_visible_to
from alongside.plans.codes import RequirementChangeKind as Kind
from alongside.plans.codes import RequirementState
from alongside.plans.models import Requirement, RequirementChange, RequirementPerson
from alongside.plans.queries import requirements as queries
from alongside.plans.rules import requirements as rules
from alongside.plans.rules.requirements import NewRequirement, RequirementFacts
from alongside.tenancy.hidden import free_id

TEXTS = ("words", "set_by", "set_by_name", "official", "rhythm", "what_counts", "ask_words")
NOT_AROUND = Refusal("not-around", _("Choose people who are around them now."), field="people")


@transaction.atomic
def add_requirement(
    participant_id: UUID,
    new: NewRequirement,
    *,
    by: Actor,
    at: datetime,
    requirement_id: UUID | None = None,
) -> Requirement:
    """A ``requirement_id`` made by the form makes five clicks one."""
    person = participants_visible_to(by).get(pk=participant_id)
    ensure(rules.why_not_write(by))
    _ensure_sound(participant_id, new, by=by, at=at)
    mine = queries.requirements_visible_to(by).filter(participant_id=participant_id)
    there = mine.filter(pk=requirement_id or new_id()).first()
    if there is not None:
        return there
    row = Requirement.objects.create(
        pk=free_id(Requirement, requirement_id),
        agency_id=by.agency_id,
        participant=person,
        **_fields(new),
        theirs=not by.may(Permission.PLAN_WRITE),
        at=at,
        by_id=by.id,
    )
    _name_people(row, new.people, by=by)
    tell(row, Kind.BEGUN, by=by, at=at)
    record(by=by, at=at, verb="requirement.begun", target=f"Requirement/{row.pk}")
    return row


@transaction.atomic
def correct_requirement(
    requirement_id: UUID,
    new: NewRequirement,
    *,
    why: str,
    revision: int,
    by: Actor,
    at: datetime,
) -> Requirement:
    """Say it otherwise, with why; what it said before stays readable."""
    row = queries.requirements_visible_to(by).get(pk=requirement_id)
    ensure(rules.why_not_change(queries.facts_of(row), by))
    _ensure_sound(row.participant_id, new, by=by, at=at)
    before = _as_it_stands(row)
    people = {one.member_id for one in row.people.all()}
    fields = _fields(new)
    if all(getattr(row, key) == value for key, value in fields.items()) and people == set(
        new.people
    ):
        return row
    ensure(rules.why_not_say_why(why))
    claim(row, revision, **fields)
    row.people.all().delete()
    _name_people(row, new.people, by=by)
    tell(row, Kind.CORRECTED, text=before, why=why, by=by, at=at)
    record(by=by, at=at, verb="requirement.corrected", target=f"Requirement/{row.pk}")
    return queries.requirements_visible_to(by).get(pk=requirement_id)


@transaction.atomic
def move_requirement(
    requirement_id: UUID,
    to: RequirementState,
    *,
    words: str = "",
    revision: int,
    by: Actor,
    at: datetime,
) -> Requirement:
    """How far it is now. ``words``: who said so, or why."""
    row = queries.requirements_visible_to(by).get(pk=requirement_id)
    ensure(rules.why_not_move_requirement(queries.facts_of(row), to, by))
    claim(row, revision, state=to.value)
    tell(row, Kind.MOVED, now=to, why=words, by=by, at=at)
    record(by=by, at=at, verb=f"requirement.{to.value}", target=f"Requirement/{row.pk}")
    return queries.requirements_visible_to(by).get(pk=requirement_id)


@transaction.atomic
def take_back_requirement(
    requirement_id: UUID, *, why: str = "", revision: int, by: Actor, at: datetime
) -> None:
    """Written down by mistake: on no list from now on, and it can be put back."""
    row = queries.requirements_visible_to(by).get(pk=requirement_id)
    ensure(rules.why_not_change(queries.facts_of(row), by))
    claim(row, revision, voided_at=at)
    tell(row, Kind.TAKEN_BACK, why=why, by=by, at=at)
    record(by=by, at=at, verb="requirement.taken-back", target=f"Requirement/{row.pk}")


@transaction.atomic
def put_back_requirement(requirement_id: UUID, *, by: Actor, at: datetime) -> None:
    found = queries.requirements_visible_to(by, taken_back=True)
    row = found.exclude(voided_at=None).get(pk=requirement_id)
    facts = RequirementFacts(RequirementState(row.state), theirs=row.theirs)
    ensure(rules.why_not_change(facts, by))
    won = Requirement.objects.filter(pk=row.pk, voided_at=row.voided_at).update(
        voided_at=None, revision=F("revision") + 1
    )
    if not won:
        raise Refused(STALE)
    tell(row, Kind.PUT_BACK, by=by, at=at)
    record(by=by, at=at, verb="requirement.put-back", target=f"Requirement/{row.pk}")


def claim(row: Requirement, revision: int, **fields: object) -> None:
    # Claim by condition: of two people who change the same thing, one is asked to look again.
    won = Requirement.objects.filter(pk=row.pk, revision=revision, voided_at=None).update(
        **fields, revision=F("revision") + 1
    )
    if not won:
        raise Refused(STALE)


def tell(
    row: Requirement,
    kind: Kind,
    *,
    text: dict[str, object] | None = None,
    now: RequirementState | None = None,
    why: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """One line of its history. ``row`` is as it was loaded, before the claim."""
    before = text if text is not None else {"state": row.state}
    RequirementChange.objects.create(
        agency_id=by.agency_id,
        requirement=row,
        kind=kind.value,
        text=before,
        now_state=now.value if now else "",
        why=why.strip(),
        at=at,
        by_id=by.id,
    )


def _fields(new: NewRequirement) -> dict[str, object]:
    said = {key: value for key, value in asdict(new).items() if key != "people"}
    return {key: value.strip() if key in TEXTS else value for key, value in said.items()}


def _as_it_stands(row: Requirement) -> dict[str, object]:
    return {
        **{key: getattr(row, key) for key in TEXTS},
        "due_on": row.due_on.isoformat() if row.due_on else "",
        "how_many": row.how_many,
        "people": [str(one.member_id) for one in row.people.all()],
    }


def _ensure_sound(participant_id: UUID, new: NewRequirement, *, by: Actor, at: datetime) -> None:
    today = local_date(at, by.time_zone)
    since = queries.to_hold_against(by, participant_id=participant_id, today=today)
    ensure(rules.why_not_keep(new, since))


def _name_people(row: Requirement, people: Iterable[UUID], *, by: Actor) -> None:
    wanted = set(people)
    if not wanted:
        return
    around = care_team(by, participant_id=row.participant_id).filter(pk__in=wanted)
    known = list(around.values_list("pk", flat=True))
    if set(known) != wanted:
        raise Refused(NOT_AROUND)
    RequirementPerson.objects.bulk_create(
        RequirementPerson(agency_id=by.agency_id, requirement=row, member_id=pk) for pk in known
    )
