"""Notes are corrected forward: what stood before stays readable, with who, when and why."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.refusal import STALE, Refused, ensure
from alongside.core.words import gettext_noop as _
from alongside.encounters import queries, rules
from alongside.encounters.actions.kept import keep_in
from alongside.encounters.actions.notes import content_of, link_goals, the_writer
from alongside.encounters.codes import AppointmentStatus, EncounterKind, NoteStatus
from alongside.encounters.models import (
    Appointment,
    Encounter,
    EncounterGoal,
    NoteDraft,
    NoteVersion,
)
from alongside.encounters.rules import NewNote
from alongside.encounters.rules.kept import NewKept
from alongside.referrals.actions.rhythm import recount_contacts

AS_WRITTEN = _("as written in the old sheet")
_LINKS = frozenset(
    {"id", "agency", "participant", "supporter", "author", "signed_by", "batch_id", "read_at"}
)


def correct_note(
    encounter_id: UUID,
    note: NewNote,
    *,
    reason: str,
    seen: int,
    by: Actor,
    at: datetime,
    kept: NewKept | None = None,
) -> Encounter:
    """Put ``note`` in place of what the note said. ``seen`` is how many versions the form knew;
    ``kept`` is a part to keep apart from now on."""
    try:
        return _correct(encounter_id, note, kept, reason=reason, seen=seen, by=by, at=at)
    except IntegrityError as someone_was_faster:
        raise Refused(STALE) from someone_was_faster


@transaction.atomic
def _correct(
    encounter_id: UUID,
    note: NewNote,
    kept: NewKept | None,
    *,
    reason: str,
    seen: int,
    by: Actor,
    at: datetime,
) -> Encounter:
    encounter = queries.the_note(by, encounter_id=encounter_id)
    versions = len(encounter.versions.all())
    facts = encounter.facts(versions=versions)
    ensure(rules.why_not_correct(facts, by, reason=reason, seen=seen))
    writer = the_writer(by)
    fields = content_of(note, writer, participant_id=encounter.participant_id, by=by, now=at)
    _keep_version(encounter, versions + 1, reason, by=by, at=at)
    _claim(
        encounter,
        status=NoteStatus.AMENDED.value,
        signed_at=at,
        signed_by_id=by.id,
        read_at=None,
        **fields,
    )
    EncounterGoal.objects.filter(encounter=encounter).delete()
    link_goals(encounter, note, by)
    if kept:
        keep_in(encounter, kept, by=by, at=at)
    NoteDraft.objects.filter(author_id=by.id, encounter_id=encounter_id).delete()
    if encounter.on != note.times.on:
        _recount(encounter)
    record(by=by, at=at, verb="note.corrected", target=f"Encounter/{encounter_id}")
    return queries.the_note(by, encounter_id=encounter_id)


def _keep_version(
    encounter: Encounter, number: int, reason: str, *, by: Actor, at: datetime
) -> None:
    # Two corrections at once ask for the same number, and the database lets one in.
    NoteVersion.objects.create(
        agency_id=by.agency_id,
        encounter=encounter,
        number=number,
        text=as_it_stands(encounter),
        reason=reason,
        replaced_at=at,
        replaced_by_id=by.id,
    )


@transaction.atomic
def void_note(encounter_id: UUID, *, reason: str, by: Actor, at: datetime) -> Encounter:
    """Mark a note as entered in error. It stays readable and counts for nothing."""
    encounter = queries.the_note(by, encounter_id=encounter_id)
    ensure(rules.why_not_void(encounter.facts(), by, reason=reason))
    _claim(encounter, status=NoteStatus.ENTERED_IN_ERROR.value, error_reason=reason)
    Appointment.objects.filter(encounter=encounter).update(
        status=AppointmentStatus.PLANNED.value, encounter=None
    )
    NoteDraft.objects.filter(encounter_id=encounter_id).delete()
    if encounter.kind == EncounterKind.CONTACT:
        _recount(encounter)
    record(by=by, at=at, verb="note.entered-in-error", target=f"Encounter/{encounter_id}")
    return queries.the_note(by, encounter_id=encounter_id)


@transaction.atomic
def sign_brought_over(encounter_id: UUID, *, by: Actor, at: datetime) -> Encounter:
    """The supporter signs for a contact that an old sheet tells of. Its words stay as written."""
    encounter = queries.the_note(by, encounter_id=encounter_id)
    ensure(rules.why_not_sign_brought_over(encounter.facts(), by))
    writer = the_writer(by)
    advice = writer.advice(
        encounter.on,
        processes=tuple(encounter.processes),
        activities=tuple(encounter.activities),
        going_along=encounter.going_along,
        words=encounter.what_we_did,
        allowed=queries.arrays_paid_for(
            by, participant_id=encounter.participant_id, on=encounter.on
        ),
    )
    advised = advice.array.value if advice.array else ""
    chosen = encounter.array or advised
    _claim(
        encounter,
        status=NoteStatus.SIGNED.value,
        author_id=by.id,
        signed_at=at,
        signed_by_id=by.id,
        array=chosen,
        array_advised=advised,
        array_reasons=[str(reason) for reason in advice.reasons],
        array_own_reason="" if chosen == advised else AS_WRITTEN,
        support_label=advice.label if chosen == advised else "",
    )
    record(by=by, at=at, verb="note.signed-from-sheet", target=f"Encounter/{encounter_id}")
    return queries.the_note(by, encounter_id=encounter_id)


def as_it_stands(encounter: Encounter) -> dict[str, object]:
    """Every field of a note's content as plain JSON, goals with their words."""
    text: dict[str, object] = {
        field.name: field.value_to_string(encounter)
        if field.name in ("on", "started_at", "ended_at", "signed_at", "miles")
        and getattr(encounter, field.attname) is not None
        else getattr(encounter, field.attname)
        for field in Encounter._meta.concrete_fields
        if field.name not in _LINKS
    }
    text["goals"] = [link.goal.words for link in encounter.goal_links.all()]
    text["signed_by"] = encounter.signed_by.name if encounter.signed_by else ""
    return text


def _claim(encounter: Encounter, **changes: object) -> None:
    # Claim by condition: one writer wins on SQLite and PostgreSQL alike.
    won = Encounter.objects.filter(
        pk=encounter.pk, status=encounter.status, signed_at=encounter.signed_at
    ).update(**changes)
    if not won:
        raise Refused(STALE)


def _recount(encounter: Encounter) -> None:
    recount_contacts(encounter.participant_id, days=queries.contact_days(encounter.participant_id))
