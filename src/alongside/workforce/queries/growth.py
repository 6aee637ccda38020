"""How supporters grow, viewer first: one's own, one's team's, or, for who manages, everyone's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.practice.codes import CredentialKind
from alongside.practice.growth.codes import (
    COMPETENCIES,
    CompetencyWord,
    KnowledgeArea,
    Skill,
    Whose,
)
from alongside.practice.growth.competencies import Standing, standing_of
from alongside.practice.growth.hours import BeginningFacts, Hours, Learned, in_service, orientation
from alongside.practice.growth.path import PathFacts, Step, path_of
from alongside.practice.rules import rules_on
from alongside.workforce.models import (
    AgendaLine,
    CompetencyView,
    Credential,
    Learning,
    SignOff,
    Supervision,
    Supporter,
)
from alongside.workforce.rules.growth import Relation


def growing(viewer: Actor) -> QuerySet[Supporter]:
    """Supporters whose growth the viewer may see: by name, with who signs in as them."""
    rows = Supporter.objects.filter(agency_id=viewer.agency_id, voided_at=None)
    if not viewer.may(Permission.SUPPORTER_WRITE):
        relation = Q(user_id=viewer.id)
        if viewer.may(Permission.SIGHT_TEAM):
            relation |= in_team(viewer)
        rows = rows.filter(relation)
    return rows.select_related("user").order_by("name", "id")


def in_team(viewer: Actor) -> Q:
    """Supporters whom the viewer looks out for today, standing in included. Nobody supervises
    themselves."""
    team = Q(user__supervisor_id__in=viewer.teams, user__is_active=True)
    return team & ~Q(user_id=viewer.id)


def relation_to(viewer: Actor, supporter: Supporter) -> Relation:
    """What the viewer is to a supporter that ``growing`` gave, by the same words as its filter."""
    mine = supporter.user_id == viewer.id
    team = Supporter.objects.filter(in_team(viewer), pk=supporter.pk)
    supervises = not mine and viewer.may(Permission.SUPERVISION_WRITE) and team.exists()
    return Relation(mine, supervises, viewer.may(Permission.SUPPORTER_WRITE))


def own_growth(viewer: Actor) -> Supporter:
    return growing(viewer).get(user_id=viewer.id)


def learning_of(viewer: Actor, *, supporter_id: UUID) -> QuerySet[Learning]:
    """Entries that stand, newest first, with their files."""
    return _learning(viewer, supporter_id).filter(voided_at=None)


def learning_before(viewer: Actor, *, supporter_id: UUID) -> QuerySet[Learning]:
    """What was taken back or corrected since."""
    return _learning(viewer, supporter_id).exclude(voided_at=None)


def _learning(viewer: Actor, supporter_id: UUID) -> QuerySet[Learning]:
    seen = growing(viewer).filter(pk=supporter_id).order_by()
    rows = Learning.objects.filter(supporter__in=seen).select_related("file", "corrected_by")
    return rows.order_by("-on", "-id")


def supervision_of(viewer: Actor, *, supporter_id: UUID) -> QuerySet[Supervision]:
    return _supervision(viewer, supporter_id).filter(voided_at=None)


def supervision_before(viewer: Actor, *, supporter_id: UUID) -> QuerySet[Supervision]:
    return _supervision(viewer, supporter_id).exclude(voided_at=None)


def _supervision(viewer: Actor, supporter_id: UUID) -> QuerySet[Supervision]:
    seen = growing(viewer).filter(pk=supporter_id).order_by()
    rows = Supervision.objects.filter(supporter__in=seen)
    return rows.select_related("signed_by", "corrected_by").order_by("-on", "-id")


def agenda_of(viewer: Actor, *, supporter_id: UUID) -> QuerySet[AgendaLine]:
    """Open lines first; for the two of them alone."""
    seen = growing(viewer).filter(pk=supporter_id).filter(Q(user_id=viewer.id) | in_team(viewer))
    rows = AgendaLine.objects.filter(supporter__in=seen.order_by())
    return rows.select_related("added_by", "done_by").order_by("-id")


def team_beside(viewer: Actor, *, supporter_id: UUID) -> QuerySet[Supporter]:
    """Others of the viewer's team, who may have sat in the same group."""
    return growing(viewer).filter(in_team(viewer)).exclude(pk=supporter_id)


@dataclass(frozen=True)
class Way:
    """One certificate and the steps of its life."""

    credential: Credential
    steps: tuple[Step, ...]


def ways(viewer: Actor, *, supporter_id: UUID, on: date) -> list[Way]:
    """The life of each certificate that stands. Two queries."""
    seen = growing(viewer).filter(pk=supporter_id).order_by()
    rows = Credential.objects.filter(supporter__in=seen, voided_at=None)
    learned = _learned_for(learning_of(viewer, supporter_id=supporter_id), "for_certificate")
    rules = rules_on(on)
    newest = sorted(rows, key=lambda row: row.expires_on or row.certified_on or on, reverse=True)
    return [Way(row, path_of(_path_facts(row, learned), on, rules)) for row in newest]


def _path_facts(row: Credential, learned: Sequence[Learned]) -> PathFacts:
    return PathFacts(
        kind=CredentialKind(row.kind),
        in_training=row.in_training,
        training_hours=row.training_hours,
        exam_on=row.exam_on,
        certified_on=row.certified_on,
        expires_on=row.expires_on,
        hours_before=row.continuing_hours,
        learned=learned,
    )


def _learned_for(
    rows: Sequence[Learning] | QuerySet[Learning], purpose: str
) -> tuple[Learned, ...]:
    """``purpose`` is the name of one of the three marks of an entry."""
    return tuple(Learned(row.on, row.minutes) for row in rows if getattr(row, purpose))


@dataclass(frozen=True)
class Counted:
    """``orientation`` is ``None`` where the first day is not known."""

    orientation: Hours | None
    in_service: Hours


def counted(supporter: Supporter, rows: Sequence[Learning], on: date) -> Counted:
    rules = rules_on(on)
    begun = BeginningFacts(supporter.began_on, supporter.experienced, supporter.volunteer)
    return Counted(
        orientation(begun, _learned_for(rows, "for_orientation"), on, rules),
        in_service(_learned_for(rows, "for_in_service"), on, rules),
    )


@dataclass(frozen=True)
class Competency:
    """One of the 23, with both views, the sign-off and what is next."""

    kind: str
    code: str
    number: int
    own: CompetencyView | None
    supervisors: CompetencyView | None
    sign_off: SignOff | None
    standing: Standing

    @property
    def signed(self) -> bool:
        return self.sign_off is not None


def competencies(viewer: Actor, *, supporter_id: UUID) -> list[Competency]:
    """All of them in order. Two queries."""
    seen = growing(viewer).filter(pk=supporter_id).order_by()
    views = {
        (row.competency, Whose(row.whose)): row
        for row in CompetencyView.objects.filter(supporter__in=seen, replaced_at=None)
        .select_related("said_by", "file")
        .order_by("id")
    }
    signed = {
        row.competency: row
        for row in SignOff.objects.filter(supporter__in=seen, taken_back_at=None).select_related(
            "signed_by"
        )
    }
    return [_competency(code, number, views, signed) for number, code in enumerate(COMPETENCIES, 1)]


def _competency(
    code: str,
    number: int,
    views: dict[tuple[str, Whose], CompetencyView],
    signed: dict[str, SignOff],
) -> Competency:
    own, theirs = views.get((code, Whose.SELF)), views.get((code, Whose.SUPERVISOR))
    return Competency(
        kind=_kind_of(code),
        code=code,
        number=number,
        own=own,
        supervisors=theirs,
        sign_off=signed.get(code),
        standing=standing_of(
            CompetencyWord(own.word) if own else None,
            CompetencyWord(theirs.word) if theirs else None,
            signed=code in signed,
        ),
    )


def _kind_of(code: str) -> str:
    """The catalog that a competency stands in."""
    areas = {area.value for area in KnowledgeArea}
    if code not in areas and code not in {skill.value for skill in Skill}:
        raise LookupError(code)
    return "knowledge_area" if code in areas else "skill"


def views_of(viewer: Actor, *, supporter_id: UUID, competency: str) -> QuerySet[CompetencyView]:
    """Every view of one competency there ever was, newest first."""
    seen = growing(viewer).filter(pk=supporter_id).order_by()
    rows = CompetencyView.objects.filter(supporter__in=seen, competency=competency)
    return rows.select_related("said_by", "file").order_by("-id")


def sign_offs_of(viewer: Actor, *, supporter_id: UUID, competency: str) -> QuerySet[SignOff]:
    seen = growing(viewer).filter(pk=supporter_id).order_by()
    rows = SignOff.objects.filter(supporter__in=seen, competency=competency)
    return rows.select_related("signed_by").order_by("-id")


def view_with_file(
    viewer: Actor, *, supporter_id: UUID, view_id: UUID, removed: bool = False
) -> CompetencyView:
    """A view whose file is there; with ``removed``, one whose file can be put back."""
    seen = growing(viewer).filter(pk=supporter_id).order_by()
    rows = CompetencyView.objects.filter(supporter__in=seen).exclude(file=None)
    return rows.select_related("file").get(pk=view_id, file__removed_at__isnull=not removed)
