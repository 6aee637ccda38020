"""Rows that were found to be one person. What hangs on them has moved to the row that is kept,
where reads find it; the log stays as it was written, so whoever reads it asks for all rows."""

from collections.abc import Collection, Mapping
from uuid import UUID

from alongside.core.actor import Actor
from alongside.people.models import Participant
from alongside.people.queries import Seen, participants_visible_to


def rows_of_person(viewer: Actor, *, participant_id: UUID) -> list[UUID]:
    """The row in sight first, then those that became it; raises ``Participant.DoesNotExist``."""
    found = [participants_visible_to(viewer).only("pk").get(pk=participant_id).pk]
    rows, more = Participant.objects.filter(agency_id=viewer.agency_id), found
    while more:
        also = rows.filter(same_as__in=more).exclude(pk__in=found).order_by("pk")
        more = list(also.values_list("pk", flat=True))
        found = found + more
    return found


def known_as(viewer: Actor, *, ids: Collection[UUID]) -> Mapping[UUID, Seen]:
    """For each of these rows the person in sight whom it stands for; nobody where there is none."""
    now = {pk: pk for pk in ids}
    seen: dict[UUID, Seen] = {}
    left = set(now.values())
    while left:
        people = participants_visible_to(viewer).filter(pk__in=left)
        seen |= {pk: Seen(pk, name) for pk, name in people.values_list("pk", "name")}
        hidden = Participant.objects.filter(agency_id=viewer.agency_id, pk__in=left - seen.keys())
        kept = dict(hidden.exclude(same_as=None).values_list("pk", "same_as_id"))
        now = {pk: kept.get(at) or at for pk, at in now.items()}
        left = {at for at in kept.values() if at is not None} - seen.keys()
    return {pk: seen[at] for pk, at in now.items() if at in seen}
