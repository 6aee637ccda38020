"""A participant's own voice, from their own pages: words on a note, and about a planned time."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from alongside.accounts.codes import Permission
from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.refusal import STALE, Refused, ensure
from alongside.encounters.codes import AppointmentStatus, Wish
from alongside.encounters.models import AddedWords, AddedWordsVersion, Appointment
from alongside.encounters.queries import own as queries
from alongside.encounters.rules import own as rules
from alongside.tenancy.hidden import once


def answer_note(
    words_id: UUID, encounter_id: UUID, *, words: str, signed_name: str, by: Actor, at: datetime
) -> AddedWords:
    """Add own words to a note, or sign that it was read; once however often it is sent."""
    return once(
        lambda pk: _answer(pk, encounter_id, words, signed_name, by=by, at=at),
        words_id,
        mine=queries.own_words(by).filter(pk=words_id, encounter_id=encounter_id).first,
    )


@transaction.atomic
def _answer(
    words_id: UUID, encounter_id: UUID, words: str, signed_name: str, *, by: Actor, at: datetime
) -> AddedWords:
    note = queries.own_notes(by).get(pk=encounter_id)
    ensure(rules.why_not_say(words, signed_name, by))
    added = AddedWords.objects.create(
        pk=words_id,
        agency_id=by.agency_id,
        encounter_id=note.pk,
        words=words.strip(),
        signed_name=signed_name.strip()[:200],
        added_at=at,
        phone_of_id=by.id,
        from_outside=True,
    )
    record(by=by, at=at, verb="note.answered", target=f"Encounter/{encounter_id}")
    return added


def change_own_words(
    words_id: UUID, *, words: str, signed_name: str, seen: int, by: Actor, at: datetime
) -> AddedWords:
    """Say it otherwise; what it said stays readable. A name is given anew, to the new words."""
    try:
        return _change(words_id, words, signed_name, seen, by=by, at=at)
    except IntegrityError as someone_was_faster:
        raise Refused(STALE) from someone_was_faster


@transaction.atomic
def _change(
    words_id: UUID, words: str, signed_name: str, seen: int, *, by: Actor, at: datetime
) -> AddedWords:
    added = queries.own_words(by).get(pk=words_id)
    versions = added.versions.count()
    gone = added.taken_back_at is not None
    ensure(
        rules.why_not_say_again(
            words, signed_name, by, taken_back=gone, seen=seen, versions=versions
        )
    )
    # Two changes at once ask for the same number, and the database lets one in.
    AddedWordsVersion.objects.create(
        agency_id=by.agency_id,
        added=added,
        number=versions + 1,
        words=added.words,
        signed_name=added.signed_name,
        replaced_at=at,
    )
    AddedWords.objects.filter(pk=words_id).update(
        words=words.strip(),
        signed_name=signed_name.strip()[:200],
        changed_at=at,
        from_outside=True,
        seen_at=None,
    )
    record(by=by, at=at, verb="note.answer-changed", target=f"Encounter/{added.encounter_id}")
    added.refresh_from_db()
    return added


@transaction.atomic
def take_own_words_back(words_id: UUID, *, by: Actor, at: datetime) -> None:
    """Out of the note from now on, for everyone. They can bring it back."""
    added = queries.own_words(by).get(pk=words_id)
    ensure(None if by.may(Permission.OWN_WRITE) else rules.NOT_YOURS)
    if AddedWords.objects.filter(pk=words_id, taken_back_at=None).update(taken_back_at=at):
        target = f"Encounter/{added.encounter_id}"
        record(by=by, at=at, verb="note.answer-taken-back", target=target)


@transaction.atomic
def bring_own_words_back(words_id: UUID, *, by: Actor, at: datetime) -> None:
    added = queries.own_words(by).get(pk=words_id)
    ensure(None if by.may(Permission.OWN_WRITE) else rules.NOT_YOURS)
    gone = AddedWords.objects.filter(pk=words_id, taken_back_at__isnull=False)
    if gone.update(taken_back_at=None):
        target = f"Encounter/{added.encounter_id}"
        record(by=by, at=at, verb="note.answer-brought-back", target=target)


@transaction.atomic
def wish_about(
    appointment_id: UUID, wish: str, words: str, *, by: Actor, at: datetime
) -> Appointment:
    """Say that one cannot come or would like another time. The supporter sees it on their day and
    in the calendar; what was said before gives way."""
    planned = queries.own_appointments(by).get(pk=appointment_id)
    status = AppointmentStatus(planned.status)
    ensure(rules.why_not_wish(wish, words, by, status=status, starts_at=planned.starts_at, at=at))
    _say(planned, wish=Wish(wish).value, wish_words=words.strip(), wished_at=at)
    record(by=by, at=at, verb="appointment.wished", target=f"Appointment/{appointment_id}")
    planned.refresh_from_db()
    return planned


@transaction.atomic
def take_wish_back(appointment_id: UUID, *, by: Actor, at: datetime) -> None:
    """I can come after all."""
    planned = queries.own_appointments(by).exclude(wish="").get(pk=appointment_id)
    ensure(None if by.may(Permission.OWN_WRITE) else rules.NOT_YOURS)
    _say(planned, wish="", wish_words="", wished_at=None)
    record(by=by, at=at, verb="appointment.wish-taken-back", target=f"Appointment/{appointment_id}")


def _say(planned: Appointment, **said: object) -> None:
    same = Appointment.objects.filter(
        pk=planned.pk, status=planned.status, starts_at=planned.starts_at
    )
    if not same.update(wish_settled_at=None, **said):
        raise Refused(STALE)
