"""Signing a note, and writing down a try to reach someone."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from alongside.audit.actions import record
from alongside.audit.writing import insert_many
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.core.refusal import Refusal, Refused, ensure
from alongside.core.words import gettext_noop as _
from alongside.encounters import queries, rules
from alongside.encounters.actions.kept import keep_in
from alongside.encounters.codes import AppointmentStatus, EncounterKind, NoteStatus
from alongside.encounters.models import Appointment, Encounter, EncounterGoal, NoteDraft
from alongside.encounters.rules import NewNote
from alongside.encounters.rules.kept import NewKept
from alongside.people.queries import participants_visible_to, seen_by
from alongside.plans.queries import goal_ids_of
from alongside.practice.arrays import ArrayAdvice
from alongside.practice.arrays.questions import known
from alongside.practice.codes import AttemptEnding
from alongside.referrals.actions.rhythm import contact_happened
from alongside.tenancy.hidden import where_taken

TAKEN = Refusal("taken", _("This page was used for another note. Open a new one."))


def sign_note(
    encounter_id: UUID,
    participant_id: UUID,
    note: NewNote,
    *,
    by: Actor,
    at: datetime,
    appointment_id: UUID | None = None,
    kept: NewKept | None = None,
) -> Encounter:
    """Sign a note once: the id was made when the form opened, so every repeat gives the same note.

    The service array is advised here again, from the certificate that held on the day. ``kept`` is
    a part that stays off the participant's pages.
    """
    meeting = appointment_id
    try:
        return _sign(encounter_id, participant_id, note, kept, by=by, at=at, meeting=meeting)
    except IntegrityError as failed:
        made = _made_before(encounter_id, participant_id, by, failed)
        if made is None:
            raise
        return made


@transaction.atomic
def _sign(
    encounter_id: UUID,
    participant_id: UUID,
    note: NewNote,
    kept: NewKept | None,
    *,
    by: Actor,
    at: datetime,
    meeting: UUID | None,
) -> Encounter:
    person = seen_by(by, participant_id=participant_id)
    writer = the_writer(by)
    fields = content_of(note, writer, participant_id=person.pk, by=by, now=at)
    encounter = Encounter(
        pk=encounter_id,
        agency_id=by.agency_id,
        participant_id=person.pk,
        supporter_id=writer.supporter_id,
        author_id=by.id,
        kind=EncounterKind.CONTACT.value,
        status=NoteStatus.SIGNED.value,
        signed_at=at,
        signed_by_id=by.id,
        **fields,
    )
    insert_many([encounter])
    link_goals(encounter, note, by)
    if kept:
        keep_in(encounter, kept, by=by, at=at)
    if meeting is not None:
        Appointment.objects.filter(
            pk=meeting, participant_id=person.pk, supporter_id=writer.supporter_id, encounter=None
        ).update(status=AppointmentStatus.MET.value, encounter=encounter)
    NoteDraft.objects.filter(author_id=by.id, encounter_id=encounter_id).delete()
    contact_happened(person.pk, on=note.times.on, by=by, at=at)
    record(by=by, at=at, verb="note.signed", target=f"Encounter/{encounter_id}")
    return encounter


def the_writer(by: Actor) -> queries.Writer:
    """The actor's own supporter profile; refuses those who do not write notes."""
    writer = queries.writer(by)
    refusal = rules.why_not_write(by, has_profile=writer is not None)
    if refusal is not None or writer is None:
        raise Refused(refusal or TAKEN)
    return writer


def content_of(
    note: NewNote, writer: queries.Writer, *, participant_id: UUID, by: Actor, now: datetime
) -> dict[str, object]:
    """The columns of a note's content, with the array as advised and as chosen."""
    advice = writer.advice(
        note.times.on,
        processes=note.processes,
        activities=note.activities,
        going_along=note.going_along,
        words=note.what_we_did,
        answers=note.array_answers,
        allowed=queries.arrays_paid_for(by, participant_id=participant_id, on=note.times.on),
    )
    ensure(rules.why_not_sign(note, advised=_advised(advice), now=now))
    return {
        "on": note.times.on,
        "started_at": note.times.started_at,
        "ended_at": note.times.ended_at,
        "minutes": note.times.minutes,
        "mode": note.mode,
        "place": note.place,
        "place_words": note.place_words,
        "going_along": note.going_along,
        "service": note.service,
        "processes": list(note.processes),
        "activities": list(note.activities),
        "what_we_did": note.what_we_did,
        "participant_words": note.participant_words,
        "what_next": note.what_next,
        "done_for": note.done_for,
        "permission_words": note.permission_words,
        "miles": note.miles,
        **_array_of(note, advice),
    }


def _advised(advice: ArrayAdvice) -> str:
    return advice.array.value if advice.array else ""


def _array_of(note: NewNote, advice: ArrayAdvice) -> dict[str, object]:
    """The array as advised and as chosen; where the two part, with the writer's reason."""
    advised = _advised(advice)
    other = rules.chose_otherwise(note.array, advised)
    chosen, _none = rules.array_of(note.array)
    return {
        "array": chosen if other else advised,
        "array_advised": advised,
        "array_answers": known(note.array_answers),
        "array_reasons": [str(reason) for reason in advice.reasons],
        "array_own_reason": note.array_own_reason if other else "",
        "support_label": "" if other else advice.label,
    }


def link_goals(encounter: Encounter, note: NewNote, by: Actor) -> None:
    """Only goals of this participant are linked; others are as absent."""
    if not note.goal_ids:
        return
    theirs = goal_ids_of(by, participant_id=encounter.participant_id)
    insert_many(
        EncounterGoal(agency_id=encounter.agency_id, encounter=encounter, goal_id=goal_id)
        for goal_id in dict.fromkeys(note.goal_ids)
        if goal_id in theirs
    )


def _made_before(
    encounter_id: UUID, participant_id: UUID, by: Actor, failed: IntegrityError
) -> Encounter | None:
    """The note that an earlier click made; an id of someone else's note tells nothing about it."""
    found = (
        queries.encounters_visible_to(by)
        .filter(pk=encounter_id, author_id=by.id, participant_id=participant_id)
        .first()
    )
    if found is not None:
        return found
    if where_taken(failed) == Encounter._meta.db_table:
        raise Refused(TAKEN)
    return None


def log_attempt(
    encounter_id: UUID, participant_id: UUID, ending: AttemptEnding, *, by: Actor, at: datetime
) -> Encounter:
    """Write down a try to reach someone. It is worth seeing, and it is not a contact."""
    try:
        return _log_attempt(encounter_id, participant_id, ending, by=by, at=at)
    except IntegrityError as failed:
        made = _made_before(encounter_id, participant_id, by, failed)
        if made is None:
            raise
        return made


@transaction.atomic
def _log_attempt(
    encounter_id: UUID, participant_id: UUID, ending: AttemptEnding, *, by: Actor, at: datetime
) -> Encounter:
    person = participants_visible_to(by).only("pk").get(pk=participant_id)
    writer = the_writer(by)
    encounter = Encounter.objects.create(
        pk=encounter_id,
        agency_id=by.agency_id,
        participant_id=person.pk,
        supporter_id=writer.supporter_id,
        author_id=by.id,
        kind=EncounterKind.ATTEMPT.value,
        status=NoteStatus.SIGNED.value,
        ending=ending.value,
        on=local_date(at, by.time_zone),
        started_at=at,
        signed_at=at,
        signed_by_id=by.id,
    )
    record(by=by, at=at, verb="attempt.logged", target=f"Encounter/{encounter_id}")
    return encounter
