"""What participants did on their own pages and that waits for those who walk with them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import (
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from alongside.core.actor import Actor
from alongside.encounters.queries.due import walked_with
from alongside.people.models import Participant
from alongside.people.queries import participants_visible_to
from alongside.plans.codes import PlanStatus, Side, SigningKind
from alongside.plans.models import (
    PlanVersion,
    RequirementEvidence,
    RequirementQuestion,
    SigningStep,
)
from alongside.referrals.codes import EpisodeStatus

NEW = timedelta(days=7)  # how long what was done stands as new


@dataclass(frozen=True)
class CameIn:
    """``signed``: their name stands, and the supporter's is missing. ``otherwise``: not like this,
    they said of the plan. ``asks`` are questions without an answer; ``did`` what they showed these
    days."""

    participant: Participant
    signed: bool
    otherwise: bool
    asks: int
    did: int


def came_in_today(viewer: Actor, *, at: datetime, most: int) -> list[CameIn]:
    """From all with whom the viewer walks, in one query."""
    return _came_in(walked_with(viewer), at)[:most]


def came_in_from(viewer: Actor, *, participant_id: UUID, at: datetime) -> CameIn | None:
    found = _came_in(participants_visible_to(viewer).filter(pk=participant_id), at)
    return found[0] if found else None


def _came_in(people: QuerySet[Participant], at: datetime) -> list[CameIn]:
    waits = PlanVersion.objects.filter(
        _of_an_open_plan(""),
        status=PlanStatus.OFFERED,
        participant_agreed_at__isnull=False,
        supporter_agreed_at=None,
    )
    answers = SigningStep.objects.filter(
        _of_an_open_plan("version__"), version__status=PlanStatus.DRAFT, kind=SigningKind.ANSWERED
    ).order_by("-id")
    about = {"requirement__participant": OuterRef("pk"), "requirement__voided_at": None}
    asked = RequirementQuestion.objects.filter(**about, voided_at=None, answered_at=None)
    shown = RequirementEvidence.objects.filter(
        **about, voided_at=None, theirs=True, at__gte=at - NEW
    )
    rows = people.annotate(
        signed=Exists(waits),
        answered=Subquery(answers.values("voice")[:1]),
        asks=_number(asked),
        did=_number(shown),
    )
    # Chosen here, not in the database: it begins with the few who walk with the viewer.
    found = [_as_came_in(row) for row in rows.order_by("name_key", "pk")]
    return [one for one in found if one.signed or one.otherwise or one.asks or one.did]


def _of_an_open_plan(of: str) -> Q:
    """Of the participant of the row around it, and nothing that was taken back or is over."""
    stands = {f"{of}plan__voided_at": None, f"{of}plan__episode__voided_at": None}
    over = {f"{of}plan__episode__status": EpisodeStatus.CONCLUDED}
    return Q(**stands, **{f"{of}plan__episode__participant": OuterRef("pk")}) & ~Q(**over)


def _as_came_in(row: Any) -> CameIn:
    return CameIn(row, row.signed, row.answered == Side.PARTICIPANT, row.asks, row.did)


def _number(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("requirement__participant").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), Value(0))
