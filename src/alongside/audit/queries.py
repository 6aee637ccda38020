"""Reading the log, and finding what was done to it."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import QuerySet

from alongside.audit.models import AuditEvent, ChainHead
from alongside.audit.rules import GENESIS, EventFacts, Finding, StoredEvent, is_whole
from alongside.core.actor import Actor


def events_visible_to(viewer: Actor) -> QuerySet[AuditEvent]:
    """The agency's events, newest first, for those who may read the log; nothing for others."""
    if not viewer.may("audit.read"):
        return AuditEvent.objects.none()
    return AuditEvent.objects.filter(agency_id=viewer.agency_id).order_by("-seq")


def agencies_with_events() -> list[UUID]:
    return list(ChainHead.objects.order_by("agency_id").values_list("agency_id", flat=True))


def stored(agency_id: UUID) -> Iterator[StoredEvent]:
    rows = AuditEvent.objects.filter(agency_id=agency_id).order_by("seq")
    for row in rows.iterator(chunk_size=2000):
        facts = EventFacts(
            row.agency_id, row.seq, row.at, row.actor_id, row.verb, row.target, row.detail
        )
        yield StoredEvent(facts, row.previous, row.hash)


def verify(agency_id: UUID) -> list[Finding]:
    """Everything that is wrong with an agency's chain, in order; an empty list means whole."""
    findings: list[Finding] = []
    broken: list[StoredEvent] = []
    head = ChainHead.objects.filter(pk=agency_id).first()
    expected, previous = 1, GENESIS
    for row in stored(agency_id):
        seq = row.facts.seq
        findings += [_missing(n) for n in range(expected, seq)][:1000]
        if not is_whole(row):
            broken.append(row)
        elif row.previous != previous and expected == seq:
            findings.append(_relinked(seq))
        if head is None or seq > head.seq:
            findings.append(_added(seq))
        expected, previous = seq + 1, row.hash
    if head is not None:
        findings += [_missing(n) for n in range(expected, head.seq + 1)][:1000]
        if expected == head.seq + 1 and previous != head.hash:
            findings.append(_relinked(head.seq))
    findings += _changed_or_swapped(broken)
    return sorted(set(findings), key=lambda finding: finding.seq)


def _changed_or_swapped(broken: list[StoredEvent]) -> list[Finding]:
    """Two rows that are whole again once their places are exchanged were swapped."""
    hashes = {row.facts.seq: (row.previous, row.hash) for row in broken}
    found = []
    for row in broken:
        seq = row.facts.seq
        home = [
            other
            for other, (previous, stored_hash) in hashes.items()
            if other != seq and _at(row.facts, other).hash_after(previous) == stored_hash
        ]
        if home:
            found.append(Finding("swapped", seq, f"Event {seq} was swapped with event {home[0]}."))
        else:
            found.append(Finding("changed", seq, f"Event {seq} was changed after it was written."))
    return found


def _at(facts: EventFacts, seq: int) -> EventFacts:
    return EventFacts(
        facts.agency_id, seq, facts.at, facts.actor_id, facts.verb, facts.target, facts.detail
    )


def _missing(seq: int) -> Finding:
    return Finding("missing", seq, f"Event {seq} is missing.")


def _added(seq: int) -> Finding:
    return Finding("added", seq, f"Event {seq} was added past the end of the chain.")


def _relinked(seq: int) -> Finding:
    return Finding("changed", seq, f"Event {seq} does not follow from the event before it.")
