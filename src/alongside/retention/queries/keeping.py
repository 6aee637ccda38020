"""Holds and disposals, for those who keep them."""

from typing import Generic, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.retention.models import Disposal, LegalHold

PAGE = 50
M = TypeVar("M", bound=Model)


class Page(NamedTuple, Generic[M]):
    rows: list[M]
    next: UUID | None


def holds_visible_to(viewer: Actor) -> QuerySet[LegalHold]:
    """Holds of the agency, lifted ones included, newest first."""
    holds = LegalHold.objects.filter(agency_id=viewer.agency_id)
    found = holds.select_related("participant", "placed_by", "lifted_by").order_by("-id")
    return found if viewer.may(Permission.PRIVACY_MANAGE) else found.none()


def hold_of(viewer: Actor, *, participant_id: UUID) -> LegalHold | None:
    """The one that stands."""
    return holds_visible_to(viewer).filter(participant_id=participant_id, lifted_at=None).first()


def disposals_visible_to(viewer: Actor) -> QuerySet[Disposal]:
    """Proposed, taken back and done, newest first: for who proposes and who confirms."""
    rows = Disposal.objects.filter(agency_id=viewer.agency_id)
    found = rows.select_related("proposed_by", "done_by", "taken_back_by").order_by("-id")
    may = viewer.may(Permission.PRIVACY_MANAGE) or viewer.may(Permission.DISPOSAL_CONFIRM)
    return found if may else found.none()


def page_of(viewer: Actor, rows: QuerySet[M], *, before: UUID | None) -> Page[M]:
    """One page of rows that go by ``-id``, of a list that the viewer was given, and the key of the
    next."""
    found = list((rows.filter(Q(pk__lt=before)) if before else rows)[: PAGE + 1])
    return Page(found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None)
