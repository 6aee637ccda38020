"""Reading the log, and finding what was done to it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside import tenancy
from alongside.audit import reading
from alongside.audit.models import AuditEvent, ChainHead
from alongside.audit.rules import (
    Finding,
    Head,
    Homes,
    Link,
    Row,
    StoredEvent,
    Walk,
    follow,
)
from alongside.core.actor import Actor


@dataclass(frozen=True)
class Wanted:
    """Which events to show: who did it, what was done, to what, and when (from, until before).
    Without ``targets`` to anything."""

    actor_id: UUID | None = None
    verb: str = ""
    targets: frozenset[str] = frozenset()
    since: datetime | None = None
    before: datetime | None = None


def events_visible_to(viewer: Actor) -> QuerySet[AuditEvent]:
    """The agency's events, newest first, for those who may read the log; nothing for others."""
    if not viewer.may("audit.read"):
        return AuditEvent.objects.none()
    return AuditEvent.objects.filter(agency_id=viewer.agency_id).order_by("-seq")


def events(viewer: Actor, *, wanted: Wanted) -> QuerySet[AuditEvent]:
    found = events_visible_to(viewer)
    if wanted.actor_id is not None:
        found = found.filter(actor_id=wanted.actor_id)
    if wanted.verb:
        found = found.filter(verb=wanted.verb)
    if wanted.targets:
        found = found.filter(target__in=wanted.targets)
    if wanted.since is not None:
        found = found.filter(at__gte=wanted.since)
    if wanted.before is not None:
        found = found.filter(at__lt=wanted.before)
    return found


def looks_at(
    viewer: Actor, *, targets: Iterable[str], verbs: Iterable[str]
) -> QuerySet[AuditEvent]:
    """Who opened one record, by all it is called, for whoever may read the log and for the person
    it is about: that it is theirs, the caller has looked."""
    if not (viewer.may("audit.read") or viewer.may("own.read")):
        return AuditEvent.objects.none()
    return AuditEvent.objects.filter(
        agency_id=viewer.agency_id, target__in=list(targets), verb__in=list(verbs)
    ).order_by("-seq")


def page(
    viewer: Actor, *, wanted: Wanted, below: int | None, limit: int
) -> tuple[Sequence[AuditEvent], int | None]:
    """``limit`` events with a lower place than ``below``, and the key of the page after."""
    found = events(viewer, wanted=wanted)
    if below is not None:
        found = found.filter(seq__lt=below)
    rows = list(found[: limit + 1])
    return rows[:limit], rows[limit - 1].seq if len(rows) > limit else None


@dataclass(frozen=True)
class Between:
    """Events with one of ``verbs`` between two moments, of one actor or about some rows only."""

    verbs: frozenset[str]
    since: datetime
    before: datetime
    actor_id: UUID | None = None
    targets: frozenset[str] | None = None


def between(viewer: Actor, *, asked: Between) -> QuerySet[AuditEvent]:
    """The newest first. What came in at one moment stands in the order of the chain."""
    found = events_visible_to(viewer).filter(
        at__gte=asked.since, at__lt=asked.before, verb__in=asked.verbs
    )
    if asked.actor_id is not None:
        found = found.filter(actor_id=asked.actor_id)
    if asked.targets is not None:
        found = found.filter(target__in=asked.targets)
    return found.order_by("-at", "-seq")


def after_event(found: QuerySet[AuditEvent], last: int | None) -> QuerySet[AuditEvent]:
    """The rest of a list by time, after the event with this place in the chain."""
    at = found.filter(seq=last).values_list("at", flat=True).first() if last else None
    if at is None:
        return found
    return found.filter(Q(at__lt=at) | Q(at=at, seq__lt=last))


def agencies_with_events(known: Iterable[UUID] = ()) -> list[UUID]:
    """Every agency with a chain, or with events whose chain was taken away; where the database
    keeps agencies apart, the latter are found among ``known`` only."""
    with tenancy.at_the_door():
        found = set(ChainHead.objects.values_list("agency_id", flat=True))
        ordered = AuditEvent.objects.order_by("agency_id").values_list("agency_id", flat=True)
        agency_id = ordered.first()
        while agency_id is not None:
            found.add(agency_id)
            agency_id = ordered.filter(agency_id__gt=agency_id).first()
    for agency_id in set(known) - found:
        with tenancy.working_for(agency_id):
            if AuditEvent.objects.filter(agency_id=agency_id).exists():
                found.add(agency_id)
    return sorted(found)


def head_of(agency_id: UUID) -> Head | None:
    with tenancy.working_for(agency_id):
        head = ChainHead.objects.filter(pk=agency_id).first()
    return Head(head.seq, head.hash) if head else None


def holds(agency_id: UUID, head: Head) -> bool:
    """Whether the chain still goes through a head that was written down earlier."""
    with tenancy.working_for(agency_id):
        return AuditEvent.objects.filter(agency_id=agency_id, seq=head.seq, hash=head.hash).exists()


def verify(agency_id: UUID) -> list[Finding]:
    """Everything that is wrong with an agency's chain, in order; an empty list means whole. Events
    that are added meanwhile are none of it."""
    with tenancy.working_for(agency_id):
        head = head_of(agency_id)
        ends = Link(head.seq, head.hash) if head else Link()
        beyond = reading.rows_beyond(agency_id)
        rows = reading.rows(agency_id, after=0, until=ends.seq)
        if not beyond and follow(rows, agency_id=agency_id, link=Link()) == ends:
            return []
        walk = Walk(head).over(_stored(agency_id, until=ends.seq, beyond=beyond))
        homes = Homes(walk.broken, _followers(agency_id, walk)) if walk.broken else None
        return sorted(walk.findings | set(homes.findings() if homes else ()))


def _stored(agency_id: UUID, *, until: int, beyond: Sequence[Row]) -> Iterator[StoredEvent]:
    """All rows in order, for whoever tells what was done to them."""
    early = [row for row in beyond if row[0] < 1]
    late = [row for row in beyond if row[0] > until]
    for row in chain(early, reading.rows(agency_id, after=0, until=until), late):
        yield reading.as_event(agency_id, row)


def _followers(agency_id: UUID, walk: Walk) -> dict[str, int]:
    """For the hashes that broken rows name: the place behind the event with that hash."""
    wanted = {link for row in walk.broken.values() for link in (row.previous, row.hash)}
    rows = AuditEvent.objects.filter(agency_id=agency_id).order_by("seq")
    links = rows.values_list("seq", "previous", "hash").iterator(chunk_size=5000)
    found: dict[str, int] = {}
    for seq, previous, own in links:
        if seq in walk.broken:
            continue
        if own in wanted:
            found[own] = seq + 1
        if previous in wanted:
            found[previous] = seq
    if walk.head is not None and walk.head.hash in wanted:
        found[walk.head.hash] = walk.head.seq + 1
    return found
