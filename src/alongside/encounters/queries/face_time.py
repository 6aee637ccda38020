"""Minutes face to face, by supporter and day: what the supervision of the state counts by.

Sums only. Whoever may see how a supporter grows may see them, and learns nothing of anybody else.
"""

from collections import defaultdict
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Sum

from alongside.core.actor import Actor
from alongside.encounters.codes import EncounterKind, NoteStatus
from alongside.encounters.models import Encounter
from alongside.practice.codes import Mode
from alongside.workforce.queries import growing

LOOKED_BACK = timedelta(days=180)


def face_time(
    viewer: Actor, *, on: date, supporter_id: UUID | None = None
) -> dict[UUID, list[tuple[date, int]]]:
    """Contacts face to face that stand, of the last half year, for those in sight. One query."""
    people = growing(viewer).order_by()
    if supporter_id is not None:
        people = people.filter(pk=supporter_id)
    rows = (
        Encounter.objects.filter(
            supporter__in=people,
            kind=EncounterKind.CONTACT,
            mode=Mode.FACE_TO_FACE,
            on__gte=on - LOOKED_BACK,
            on__lte=on,
            minutes__isnull=False,
        )
        .exclude(status=NoteStatus.ENTERED_IN_ERROR)
        .order_by()
        .values_list("supporter_id", "on")
        .annotate(n=Sum("minutes"))
    )
    found: dict[UUID, list[tuple[date, int]]] = defaultdict(list)
    for supporter, day, minutes in rows:
        found[supporter].append((day, minutes))
    return found
