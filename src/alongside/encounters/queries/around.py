"""What happened around check-ins: times together by month, plans agreed, milestones, being back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice
from uuid import UUID

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.encounters.codes import EncounterKind, NoteStatus
from alongside.encounters.models import Encounter
from alongside.encounters.queries.notes import encounters_visible_to
from alongside.encounters.queries.own import own_notes
from alongside.outcomes.queries import milestones
from alongside.plans.queries import versions_agreed

MOST_NAMED = 40


class Kind(StrEnum):
    MILESTONE = "milestone"
    PLAN = "plan"
    BACK = "back"


@dataclass(frozen=True)
class Happening:
    """``words`` of a milestone are the participant's; ``number`` counts the versions of a plan."""

    on: date
    kind: Kind
    words: str = ""
    number: int = 0

    def say(self) -> Say:
        if self.kind is Kind.MILESTONE:
            return Say(_("“{words}”"), {"words": self.words})
        if self.kind is Kind.PLAN:
            return Say(_("Plan, version {number}"), {"number": self.number})
        return Say(_("Back with support"))


@dataclass(frozen=True)
class Around:
    """``months``: the first day of each month between the ends, and how often the two met."""

    months: tuple[tuple[date, int], ...]
    happened: tuple[Happening, ...]


def around(viewer: Actor, *, participant_id: UUID, since: date, until: date) -> Around:
    """Between two days, both included; what the viewer may see of it. Four queries."""
    counted: dict[date, int] = dict(
        _together(viewer)
        .filter(participant_id=participant_id, on__range=(since.replace(day=1), until))
        .annotate(month=TruncMonth("on"))
        .values_list("month")
        .annotate(n=Count("pk"))
        .order_by()
    )
    months = tuple((month, counted.get(month, 0)) for month in _months(since, until))
    happened = sorted(
        _happened(viewer, participant_id, since, until),
        key=lambda one: (one.on, one.kind, one.number),
    )
    return Around(months, tuple(happened))


def _together(viewer: Actor) -> QuerySet[Encounter]:
    """Times that stand: of their own those that are signed, of colleagues those they may read."""
    if viewer.may(Permission.OWN_READ):
        return own_notes(viewer).filter(kind=EncounterKind.CONTACT)
    contacts = encounters_visible_to(viewer).filter(kind=EncounterKind.CONTACT)
    return contacts.exclude(status=NoteStatus.ENTERED_IN_ERROR)


def _happened(viewer: Actor, participant_id: UUID, since: date, until: date) -> Iterator[Happening]:
    among = milestones.of(viewer, participant_id=participant_id)
    days = among.filter(on__range=(since, until)).prefetch_related(None)
    yield from (Happening(one.on, Kind.MILESTONE, one.words) for one in islice(days, MOST_NAMED))
    versions = versions_agreed(viewer, participant_id=participant_id)
    agreed = versions.filter(agreed_on__range=(since, until)).values_list("agreed_on", "number")
    yield from (Happening(on, Kind.PLAN, number=number) for on, number in agreed[:MOST_NAMED] if on)
    returned = milestones.returns(viewer, participant_id=participant_id)
    back = returned.filter(back_on__range=(since, until)).values_list("back_on", flat=True)
    yield from (Happening(on, Kind.BACK) for on in back[:MOST_NAMED] if on)


def _months(since: date, until: date) -> Iterator[date]:
    month = since.replace(day=1)
    while month <= until:
        yield month
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
