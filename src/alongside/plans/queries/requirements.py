"""Reading what is asked of people: one list, that participant and supporter share."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import UUID

from django.db.models import Max, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from alongside.core.actor import Actor
from alongside.core.words import Say
from alongside.files.models import StoredFile
from alongside.people.models import CareTeamMember
from alongside.people.queries import participants_visible_to
from alongside.plans.codes import RequirementState, Rhythm
from alongside.plans.models import (
    Requirement,
    RequirementChange,
    RequirementEvidence,
    RequirementPerson,
    RequirementQuestion,
)
from alongside.plans.rules import requirements as rules
from alongside.plans.rules.required_paper import PaperLine
from alongside.plans.rules.requirements import RequirementFacts, Since
from alongside.practice import catalog
from alongside.referrals.queries.episodes import began_with_us

STANDS = Q(evidence__voided_at=None)


@dataclass(frozen=True)
class Listed:
    """One line of the list: the row, what a rule sees of it, and the day it is next looked for.
    ``waiting``: questions that nobody answered yet."""

    row: Requirement
    facts: RequirementFacts
    next_on: date | None
    past: bool
    waiting: int = 0

    @property
    def is_open(self) -> bool:
        return self.facts.state in rules.OPEN

    @property
    def when(self) -> Say:
        return rules.past_words(self.facts) if self.past else rules.when_words(self.facts)

    @property
    def how_far(self) -> Say | None:
        return rules.how_far(self.facts)

    @property
    def state_name(self) -> str:
        return rules.STATE_NAMES[self.facts.state]


def requirements_visible_to(viewer: Actor, *, taken_back: bool = False) -> QuerySet[Requirement]:
    """Whoever sees the person sees what is asked of them, with how often it was done so far."""
    found = Requirement.objects.filter(
        agency_id=viewer.agency_id, participant__in=participants_visible_to(viewer)
    )
    return (found if taken_back else found.filter(voided_at=None)).annotate(
        done=Coalesce(Sum("evidence__times", filter=STANDS), 0),
        last_on=Max("evidence__on", filter=STANDS & Q(evidence__times__gt=0)),
    )


def facts_of(row: Requirement) -> RequirementFacts:
    """``row`` comes from ``requirements_visible_to``."""
    return RequirementFacts(
        state=RequirementState(row.state),
        rhythm=Rhythm(row.rhythm),
        due_on=row.due_on,
        how_many=row.how_many,
        done=cast(int, getattr(row, "done", 0)),
        last_on=cast("date | None", getattr(row, "last_on", None)),
        theirs=row.theirs,
        taken_back=row.voided_at is not None,
    )


def listed(viewer: Actor, *, participant_id: UUID, today: date) -> list[Listed]:
    """The whole list, the next thing first. Four queries, however long it is."""
    rows = (
        requirements_visible_to(viewer)
        .filter(participant_id=participant_id)
        .prefetch_related(*_beside())
        .order_by("id")
    )
    return _in_order(rows, today)


def coming(viewer: Actor, *, participant_id: UUID, today: date, most: int = 3) -> list[Listed]:
    """What comes next, a few lines in one query; for pages about something else."""
    rows = requirements_visible_to(viewer).filter(
        participant_id=participant_id, state__in=[state.value for state in rules.OPEN]
    )
    return _in_order(rows.order_by("id"), today)[:most]


def still_asked(viewer: Actor, *, participant_id: UUID, today: date) -> list[Listed]:
    """Everything but what is no longer asked, in one query."""
    rows = requirements_visible_to(viewer).filter(participant_id=participant_id)
    rows = rows.exclude(state=RequirementState.NOT_ASKED).order_by("id")
    return _in_order(rows, today)


def dated(
    viewer: Actor, *, since: date, until: date, user_id: UUID | None = None
) -> QuerySet[Requirement]:
    """What has its day in [since, until), of those with whom a colleague walks now; for a
    calendar."""
    walks = CareTeamMember.objects.filter(user_id=user_id or viewer.id, until=None)
    return (
        Requirement.objects.filter(
            agency_id=viewer.agency_id,
            participant__in=participants_visible_to(viewer),
            participant_id__in=walks.values("participant_id"),
            voided_at=None,
            state__in=[state.value for state in rules.OPEN],
            due_on__gte=since,
            due_on__lt=until,
        )
        .select_related("participant")
        .order_by("due_on", "id")
    )


def one(viewer: Actor, *, participant_id: UUID, requirement_id: UUID, today: date) -> Listed:
    """One thing with all that belongs to it, taken back or not."""
    rows = (
        requirements_visible_to(viewer, taken_back=True)
        .filter(pk=requirement_id, participant_id=participant_id)
        .select_related("by", "participant")
        .prefetch_related(*_beside())
    )
    found = _in_order(rows, today)
    if not found:
        raise Requirement.DoesNotExist
    return found[0]


def history(viewer: Actor, *, requirement_id: UUID) -> QuerySet[RequirementChange]:
    """Everything that happened to it, the newest first."""
    seen = requirements_visible_to(viewer, taken_back=True).filter(pk=requirement_id)
    return (
        RequirementChange.objects.filter(requirement__in=seen.values("pk"))
        .select_related("by")
        .order_by("-id")
    )


def taken_back(viewer: Actor, *, participant_id: UUID) -> QuerySet[Requirement]:
    found = requirements_visible_to(viewer, taken_back=True)
    return found.filter(participant_id=participant_id).exclude(voided_at=None).order_by("-id")


def evidence_visible_to(viewer: Actor) -> QuerySet[RequirementEvidence]:
    """What was taken back is among it."""
    people = participants_visible_to(viewer)
    return RequirementEvidence.objects.filter(
        agency_id=viewer.agency_id, requirement__participant__in=people
    ).select_related("requirement__participant", "file", "by")


def file_of(viewer: Actor, *, participant_id: UUID, evidence_id: UUID) -> StoredFile:
    """The file that shows it; raises ``DoesNotExist`` where there is none."""
    row = evidence_visible_to(viewer).get(
        pk=evidence_id, requirement__participant_id=participant_id, voided_at=None
    )
    if row.file is None:
        raise StoredFile.DoesNotExist
    return row.file


def questions_ever(viewer: Actor) -> QuerySet[RequirementQuestion]:
    """Those that were taken back, too."""
    people = participants_visible_to(viewer)
    return RequirementQuestion.objects.filter(
        agency_id=viewer.agency_id, requirement__participant__in=people
    ).select_related("requirement")


def questions_visible_to(viewer: Actor) -> QuerySet[RequirementQuestion]:
    return questions_ever(viewer).filter(voided_at=None)


def to_hold_against(viewer: Actor, *, participant_id: UUID, today: date) -> Since:
    """What a day can be held against: of birth, and when the two began, where they are known."""
    born = participants_visible_to(viewer).values_list("born_on", flat=True).get(pk=participant_id)
    return Since(today, born, began_with_us(viewer, participant_id=participant_id))


def _beside() -> tuple["Prefetch[str]", ...]:
    evidence = RequirementEvidence.objects.filter(voided_at=None).select_related("file", "by")
    people = RequirementPerson.objects.select_related("member")
    asked = RequirementQuestion.objects.filter(voided_at=None).select_related("answered_by")
    return (
        Prefetch("evidence", evidence.order_by("-on", "-id")),
        Prefetch("people", people.order_by("id")),
        Prefetch("questions", asked.order_by("-id")),
    )


def _in_order(rows: Iterable[Requirement], today: date) -> list[Listed]:
    found = [_listed(row, today) for row in rows]
    return rules.in_order(found, lambda one: one.facts, today)


def _listed(row: Requirement, today: date) -> Listed:
    facts = facts_of(row)
    asked = getattr(row, "_prefetched_objects_cache", {}).get("questions", ())
    waiting = sum(1 for question in asked if question.answered_at is None)
    return Listed(row, facts, rules.next_on(facts, today), rules.is_past(facts, today), waiting)


def as_paper(lines: Iterable[Listed]) -> list[PaperLine]:
    """The list as it is taken along; ``lines`` come from ``listed``."""
    return [_as_paper(line) for line in lines]


def _as_paper(line: Listed) -> PaperLine:
    row = line.row
    people = [one.member.name for one in row.people.all()]
    return PaperLine(
        words=row.words,
        when=line.when,
        state=line.state_name,
        set_by=catalog.name("set_by", row.set_by),
        set_by_name=row.set_by_name,
        official=row.official,
        what_counts=row.what_counts,
        how_far=line.how_far,
        ask=tuple(filter(None, [*people, row.ask_words])),
        shown=tuple(_shown(one) for one in row.evidence.all()),
    )


def _shown(one: RequirementEvidence) -> str:
    return " ".join(filter(None, [one.on.isoformat(), one.words]))
