"""The participant's own voice on a note."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.refusal import ensure
from alongside.encounters import queries, rules
from alongside.encounters.models import AddedWords
from alongside.encounters.queries.answers import answers_visible_to
from alongside.tenancy.hidden import once


def add_words(
    words_id: UUID,
    encounter_id: UUID,
    *,
    words: str,
    signed_name: str,
    by: Actor,
    at: datetime,
) -> AddedWords:
    """Keep what the participant wrote on the supporter's phone, once however often it is sent."""
    seen = queries.encounters_visible_to(by).filter(pk=encounter_id)
    return once(
        lambda pk: _add(pk, encounter_id, words, signed_name, by=by, at=at),
        words_id,
        mine=AddedWords.objects.filter(pk=words_id, encounter__in=seen).first,
    )


@transaction.atomic
def _add(
    words_id: UUID, encounter_id: UUID, words: str, signed_name: str, *, by: Actor, at: datetime
) -> AddedWords:
    encounter = queries.encounters_visible_to(by).select_related("supporter").get(pk=encounter_id)
    ensure(rules.why_not_write(by, has_profile=True))
    ensure(rules.why_not_add_words(encounter.facts(), words=words, signed_name=signed_name))
    added = AddedWords.objects.create(
        pk=words_id,
        agency_id=by.agency_id,
        encounter=encounter,
        words=words.strip(),
        signed_name=signed_name.strip(),
        added_at=at,
        phone_of_id=by.id,
    )
    record(by=by, at=at, verb="note.answered", target=f"Encounter/{encounter_id}")
    return added


@transaction.atomic
def see_answer(words_id: UUID, *, by: Actor, at: datetime) -> None:
    """Whoever walks with the participant read what they wrote from their own pages."""
    found = answers_visible_to(by).get(pk=words_id)
    ensure(rules.why_not_see_answer(by))
    if AddedWords.objects.filter(pk=words_id, seen_at=None).update(seen_at=at):
        record(by=by, at=at, verb="note.answer-read", target=f"Encounter/{found.encounter_id}")


@transaction.atomic
def unsee_answer(words_id: UUID, *, by: Actor, at: datetime) -> None:
    """Back on the list of what is still to read."""
    found = answers_visible_to(by).get(pk=words_id)
    ensure(rules.why_not_see_answer(by))
    if AddedWords.objects.filter(pk=words_id, seen_at__isnull=False).update(seen_at=None):
        record(by=by, at=at, verb="note.answer-unread", target=f"Encounter/{found.encounter_id}")
