"""Typed text on its way to a note: saved within a second, kept for its author alone.

A draft is not yet the record: its beginning and its putting away are events, its keystrokes not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.refusal import Refused, ensure
from alongside.encounters import queries, rules
from alongside.encounters.actions.notes import TAKEN
from alongside.encounters.models import Encounter, NoteDraft
from alongside.people.queries import participants_visible_to

KEPT_AFTER_PUT_AWAY = timedelta(days=1)
Fields = Mapping[str, object]


@dataclass(frozen=True)
class Kept:
    """``conflict``: another window had saved other words meanwhile; they lie in ``draft.other``."""

    draft: NoteDraft
    conflict: bool = False


def save_draft(
    encounter_id: UUID,
    participant_id: UUID,
    fields: Fields,
    *,
    seen: datetime | None,
    corrects: bool = False,
    by: Actor,
    at: datetime,
) -> Kept:
    """Keep what was typed. ``seen`` is when this window last knew the draft to be saved."""
    try:
        return _save(encounter_id, participant_id, fields, seen, corrects, by=by, at=at)
    except IntegrityError:
        # Two windows began the same draft at once; the second look finds the first one's.
        return _save(encounter_id, participant_id, fields, seen, corrects, by=by, at=at)


@transaction.atomic
def _save(
    encounter_id: UUID,
    participant_id: UUID,
    fields: Fields,
    seen: datetime | None,
    corrects: bool,
    *,
    by: Actor,
    at: datetime,
) -> Kept:
    person = participants_visible_to(by).only("pk").get(pk=participant_id)
    ensure(rules.why_not_write(by, has_profile=True))
    draft = NoteDraft.objects.filter(author_id=by.id, encounter_id=encounter_id).first()
    if draft is None:
        if not corrects and Encounter.objects.filter(pk=encounter_id).exists():
            raise Refused(TAKEN)
        draft = NoteDraft.objects.create(
            agency_id=by.agency_id,
            author_id=by.id,
            participant_id=person.pk,
            encounter_id=encounter_id,
            corrects=corrects,
            fields=dict(fields),
            saved_at=at,
        )
        record(by=by, at=at, verb="draft.begun", target=f"Encounter/{encounter_id}")
        return Kept(draft)
    conflict = seen != draft.saved_at and rules.words_lost(draft.fields, fields)
    if conflict:
        draft.other = draft.fields
    draft.fields, draft.saved_at, draft.dropped_at = dict(fields), at, None
    draft.save(update_fields=["fields", "other", "saved_at", "dropped_at"])
    return Kept(draft, conflict)


@transaction.atomic
def drop_draft(encounter_id: UUID, *, by: Actor, at: datetime) -> None:
    """Put a draft away. For a day it can be taken back; what was put away before that goes."""
    NoteDraft.objects.filter(author_id=by.id, dropped_at__lt=at - KEPT_AFTER_PUT_AWAY).delete()
    draft = queries.drafts_of(by).get(encounter_id=encounter_id)
    NoteDraft.objects.filter(pk=draft.pk).update(dropped_at=at)
    record(by=by, at=at, verb="draft.put-away", target=f"Encounter/{encounter_id}")


@transaction.atomic
def restore_draft(encounter_id: UUID, *, by: Actor, at: datetime) -> None:
    """Take a draft back that was put away."""
    draft = NoteDraft.objects.get(
        author_id=by.id,
        encounter_id=encounter_id,
        dropped_at__isnull=False,
        participant__in=participants_visible_to(by).values("pk"),
    )
    NoteDraft.objects.filter(pk=draft.pk).update(dropped_at=None)
    record(by=by, at=at, verb="draft.taken-back", target=f"Encounter/{encounter_id}")
