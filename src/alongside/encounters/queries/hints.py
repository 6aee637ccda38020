"""What writers made of hints, for those who improve the engine. A phrase is a piece of a note:
only those who see the participant read it; all others see how many of which kind."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from alongside.core.actor import Actor
from alongside.encounters.codes import HintAnswerKind
from alongside.encounters.models import HintAnswer
from alongside.people.queries import participants_visible_to


@dataclass(frozen=True)
class HintTally:
    """``writers`` counts people, so that one unhappy writer is not taken for many."""

    kind: str
    not_helpful: int
    writers: int
    last: datetime


def answered_hints(viewer: Actor, *, encounter_id: UUID) -> frozenset[tuple[str, str]]:
    """Kind and phrase of the hints the viewer has answered for one note of their own."""
    return frozenset(
        HintAnswer.objects.filter(
            author_id=viewer.id,
            agency_id=viewer.agency_id,
            encounter_id=encounter_id,
            participant__in=participants_visible_to(viewer).values("pk"),
        )
        .exclude(answer=HintAnswerKind.TAKEN_BACK)
        .values_list("kind", "phrase")
    )


def hint_tallies(viewer: Actor) -> list[HintTally]:
    """By kind of hint, the most often put away first. No word of any note. One query."""
    rows = (
        _not_helpful(viewer)
        .values_list("kind")
        .annotate(n=Count("pk"), writers=Count("author_id", distinct=True), last=Max("answered_at"))
        .order_by("-n", "kind")
    )
    return [HintTally(*row) for row in rows]


def hint_phrases(
    viewer: Actor, *, kind: str = "", before: tuple[datetime, UUID] | None = None
) -> QuerySet[HintAnswer]:
    """Phrases whose hint did not help, newest first, of notes about people the viewer sees."""
    found = _not_helpful(viewer).filter(
        participant__in=participants_visible_to(viewer).values("pk")
    )
    if kind:
        found = found.filter(kind=kind)
    if before is not None:
        at, key = before
        found = found.filter(answered_at__lte=at).filter(Q(answered_at__lt=at) | Q(id__lt=key))
    return found.only("kind", "phrase", "answered_at").order_by("-answered_at", "-id")


def _not_helpful(viewer: Actor) -> QuerySet[HintAnswer]:
    return HintAnswer.objects.filter(
        agency_id=viewer.agency_id, answer=HintAnswerKind.NOT_HELPFUL
    ).order_by()
