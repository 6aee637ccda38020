"""The writer's word on a hint about the role. Kept, so that it does not come back in that note."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.refusal import ensure
from alongside.encounters import rules
from alongside.encounters.codes import HintAnswerKind
from alongside.encounters.models import Encounter, HintAnswer
from alongside.people.queries import participants_visible_to
from alongside.practice.role import HintKind


@transaction.atomic
def answer_hint(
    encounter_id: UUID,
    participant_id: UUID,
    kind: HintKind,
    phrase: str,
    answer: HintAnswerKind,
    *,
    by: Actor,
    at: datetime,
) -> HintAnswer:
    """Keep one answer for each phrase: another one takes its place, the same changes nothing.

    The note need not exist yet. Where it does, it is the writer's own and about this participant,
    else ``DoesNotExist``.
    """
    person = participants_visible_to(by).only("pk").get(pk=participant_id)
    ensure(rules.why_not_write(by, has_profile=True))
    if Encounter.objects.filter(pk=encounter_id).exists():
        Encounter.objects.only("pk").get(pk=encounter_id, participant_id=person.pk, author_id=by.id)
    row, made = HintAnswer.objects.get_or_create(
        author_id=by.id,
        encounter_id=encounter_id,
        kind=kind.value,
        phrase=phrase,
        defaults={
            "agency_id": by.agency_id,
            "participant_id": person.pk,
            "answer": answer.value,
            "answered_at": at,
        },
    )
    if row.participant_id != person.pk:
        raise HintAnswer.DoesNotExist
    if made or _changed(row, answer, at):
        detail = {"hint": str(row.pk), "kind": kind.value, "answer": answer.value}
        target = f"Encounter/{encounter_id}"
        record(by=by, at=at, verb="hint.answered", target=target, detail=detail)
    return row


def _changed(row: HintAnswer, answer: HintAnswerKind, at: datetime) -> bool:
    others = HintAnswer.objects.filter(pk=row.pk).exclude(answer=answer.value)
    if not others.update(answer=answer.value, answered_at=at):
        return False
    row.refresh_from_db()
    return True
