"""What runs out and what is due among those in sight, for My day and for supervisors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.practice.codes import CredentialKind
from alongside.practice.growth.hours import Learned
from alongside.practice.growth.path import Reminder, reminder_on
from alongside.practice.growth.supervision import (
    SupervisionDue,
    SupervisionFacts,
)
from alongside.practice.growth.supervision import (
    supervision_due as due_on,
)
from alongside.practice.rules import rules_on
from alongside.workforce.models import Credential, Supervision, Supporter
from alongside.workforce.queries.growth import growing, in_team

Face = Mapping[UUID, Sequence[tuple[date, int]]]
LOOKED_BACK = timedelta(days=365)


@dataclass(frozen=True)
class RunningOut:
    """A certificate near its last day, or past it, with nothing newer in its place."""

    supporter_id: UUID
    user_id: UUID | None
    name: str
    mine: bool
    kind: CredentialKind
    expires_on: date
    reminder: Reminder


def credentials_running_out(viewer: Actor, *, on: date) -> list[RunningOut]:
    """The nearest first: one's own, one's team's, or everyone's for who manages. One query."""
    rules = rules_on(on)
    newer = Credential.objects.filter(
        supporter=OuterRef("supporter"), kind=OuterRef("kind"), voided_at=None, in_training=False
    ).exclude(pk=OuterRef("pk"))
    stands = Q(expires_on__gt=OuterRef("expires_on")) | Q(
        expires_on=None, certified_on__gte=OuterRef("expires_on")
    )
    rows = (
        Credential.objects.filter(
            supporter__in=growing(viewer).filter(_here()).order_by(),
            voided_at=None,
            in_training=False,
            expires_on__lte=on + timedelta(days=rules.remind_first_days),
        )
        .exclude(Exists(newer.filter(stands)))
        .annotate(name=F("supporter__name"), user_id=F("supporter__user_id"))
        .order_by("expires_on", "id")
    )
    found = []
    for row in rows:
        reminder = reminder_on(row.expires_on, on, rules) if row.expires_on else None
        if row.expires_on is None or reminder is None:
            continue
        found.append(
            RunningOut(
                supporter_id=row.supporter_id,
                user_id=row.user_id,
                name=row.name,
                mine=row.user_id == viewer.id,
                kind=CredentialKind(row.kind),
                expires_on=row.expires_on,
                reminder=reminder,
            )
        )
    return found


def _here() -> Q:
    """Those who work here now; a profile without a sign-in may be someone who begins."""
    return Q(user=None) | Q(user__is_active=True)


@dataclass(frozen=True)
class SupervisionLine:
    supporter_id: UUID
    user_id: UUID | None
    name: str
    due: SupervisionDue


def supervision_due(viewer: Actor, *, on: date, face: Face | None = None) -> list[SupervisionLine]:
    """When the next hour is due for each of the viewer's team, or of everyone for who manages.

    ``face``: minutes face to face by day for each supporter, from the floor above
    (``encounters.queries.face_time``); without them only the week counts. Two queries.
    """
    people = growing(viewer).filter(user__is_active=True)
    if not viewer.may(Permission.SUPPORTER_WRITE):
        people = people.filter(in_team(viewer))
    return _lines(list(people), on=on, face=face)


def own_supervision_due(viewer: Actor, *, on: date, face: Face | None = None) -> SupervisionDue:
    """For the viewer's own next hour. Raises ``Supporter.DoesNotExist`` for who is none."""
    supporter = growing(viewer).get(user_id=viewer.id)
    return _due(supporter.pk, _sat([supporter], on), on, face)


def supervision_of_one(
    viewer: Actor, *, supporter_id: UUID, on: date, face: Face | None = None
) -> SupervisionDue:
    supporter = growing(viewer).get(pk=supporter_id)
    return _due(supporter.pk, _sat([supporter], on), on, face)


def _lines(people: Sequence[Supporter], *, on: date, face: Face | None) -> list[SupervisionLine]:
    sat = _sat(people, on)
    return [
        SupervisionLine(one.pk, one.user_id, one.name, _due(one.pk, sat, on, face))
        for one in people
    ]


def _sat(people: Sequence[Supporter], on: date) -> dict[UUID, list[Learned]]:
    rows = Supervision.objects.filter(
        supporter__in=[one.pk for one in people],
        voided_at=None,
        on__gte=on - LOOKED_BACK,
        on__lte=on,
    )
    found: dict[UUID, list[Learned]] = defaultdict(list)
    for supporter_id, day, minutes in rows.order_by().values_list("supporter_id", "on", "minutes"):
        found[supporter_id].append(Learned(day, minutes))
    return found


def _due(
    supporter_id: UUID, sat: Mapping[UUID, list[Learned]], on: date, face: Face | None
) -> SupervisionDue:
    met = None if face is None else face.get(supporter_id, ())
    return due_on(SupervisionFacts(sat.get(supporter_id, ()), met), on, rules_on(on))
