"""Reading a note of the team, and saying what was done well in it."""

from datetime import datetime
from typing import cast
from uuid import UUID

from django.db import transaction

from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.refusal import STALE, Refused, ensure
from alongside.encounters import queries
from alongside.encounters.models import Affirmation, AffirmationVersion, Encounter, NoteReading
from alongside.encounters.rules import readings as rules
from alongside.tenancy.hidden import once


@transaction.atomic
def read_note(encounter_id: UUID, *, seen: int, by: Actor, at: datetime) -> NoteReading:
    """Keep that the note was read as it stands: with ``seen`` corrections, as its page told."""
    note, facts = queries.led_note(by, encounter_id=encounter_id)
    ensure(rules.why_not_read(facts, by, seen=seen))
    reading, new = NoteReading.objects.get_or_create(
        encounter=note,
        reader_id=by.id,
        version=facts.versions,
        taken_back_at=None,
        defaults={"agency_id": by.agency_id, "read_at": at},
    )
    if new:
        # Only what stands: a correction between the two leaves the note to be read.
        Encounter.objects.filter(pk=note.pk, signed_at=note.signed_at, read_at=None).update(
            read_at=at
        )
        detail = {"version": facts.versions}
        record(by=by, at=at, verb="note.read", target=f"Encounter/{note.pk}", detail=detail)
    return reading


@transaction.atomic
def unread_note(encounter_id: UUID, *, by: Actor, at: datetime) -> None:
    """Put a note back among those to read; nothing happens where the actor has not read it."""
    note, facts = queries.led_note(by, encounter_id=encounter_id)
    current = NoteReading.objects.filter(encounter=note, version=facts.versions, taken_back_at=None)
    mine = current.filter(reader_id=by.id)
    if not mine.exists():
        return
    mine.update(taken_back_at=at)
    if not current.exists():
        Encounter.objects.filter(pk=note.pk).update(read_at=None)
    record(by=by, at=at, verb="note.to-read-again", target=f"Encounter/{note.pk}")


def give_affirmation(
    affirmation_id: UUID, encounter_id: UUID, *, words: str, by: Actor, at: datetime
) -> Affirmation:
    """Say to the writer of a note what was done well, once however often it is sent."""
    seen = queries.affirmations_visible_to(by)
    return once(
        lambda pk: _give(pk, encounter_id, words, by=by, at=at),
        affirmation_id,
        mine=seen.filter(pk=affirmation_id, encounter_id=encounter_id).first,
    )


@transaction.atomic
def _give(
    affirmation_id: UUID, encounter_id: UUID, words: str, *, by: Actor, at: datetime
) -> Affirmation:
    note, facts = queries.led_note(by, encounter_id=encounter_id)
    ensure(rules.why_not_affirm(facts, by, words=words))
    given = Affirmation.objects.create(
        pk=affirmation_id,
        agency_id=by.agency_id,
        encounter=note,
        to_id=cast(UUID, note.author_id),  # the rule refuses a note that nobody wrote
        words=words.strip(),
        given_at=at,
        given_by_id=by.id,
    )
    _record("affirmation.given", given, by=by, at=at)
    return given


@transaction.atomic
def correct_affirmation(
    affirmation_id: UUID, *, words: str, by: Actor, at: datetime
) -> Affirmation:
    """Say it otherwise. What it said before stays readable, and the writer finds it on their day
    once more."""
    given = _standing(affirmation_id, by)
    ensure(rules.why_not_correct_affirmation(given.given_by_id, by, words=words))
    if words.strip() == given.words:
        return given
    won = Affirmation.objects.filter(pk=given.pk, words=given.words, taken_back_at=None).update(
        words=words.strip(), seen_at=None
    )
    if not won:
        raise Refused(STALE)
    AffirmationVersion.objects.create(
        agency_id=by.agency_id,
        affirmation=given,
        number=AffirmationVersion.objects.filter(affirmation=given).count() + 1,
        words=given.words,
        replaced_at=at,
        replaced_by_id=by.id,
    )
    _record("affirmation.corrected", given, by=by, at=at)
    given.refresh_from_db()
    return given


@transaction.atomic
def take_back_affirmation(affirmation_id: UUID, *, by: Actor, at: datetime) -> None:
    given = _standing(affirmation_id, by)
    ensure(rules.why_not_take_back_affirmation(given.given_by_id, by))
    if not Affirmation.objects.filter(pk=given.pk, taken_back_at=None).update(taken_back_at=at):
        raise Refused(STALE)
    _record("affirmation.taken-back", given, by=by, at=at)


@transaction.atomic
def restore_affirmation(affirmation_id: UUID, *, by: Actor, at: datetime) -> None:
    """Undo taking it back."""
    given = queries.affirmations_visible_to(by).get(pk=affirmation_id)
    ensure(rules.why_not_take_back_affirmation(given.given_by_id, by))
    gone = Affirmation.objects.filter(pk=given.pk, taken_back_at__isnull=False)
    if not gone.update(taken_back_at=None):
        raise Refused(STALE)
    _record("affirmation.restored", given, by=by, at=at)


@transaction.atomic
def see_affirmation(affirmation_id: UUID, *, by: Actor, at: datetime) -> None:
    """The writer has read it: it leaves their day, and stays on the note. A second tap is none."""
    given = queries.affirmations_visible_to(by).get(pk=affirmation_id, to_id=by.id)
    if Affirmation.objects.filter(pk=given.pk, seen_at=None).update(seen_at=at):
        _record("affirmation.seen", given, by=by, at=at)


def _standing(affirmation_id: UUID, by: Actor) -> Affirmation:
    return queries.affirmations_visible_to(by).get(pk=affirmation_id, taken_back_at=None)


def _record(verb: str, given: Affirmation, *, by: Actor, at: datetime) -> None:
    target, detail = f"Encounter/{given.encounter_id}", {"affirmation": str(given.pk)}
    record(by=by, at=at, verb=verb, target=target, detail=detail)
