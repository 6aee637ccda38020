"""Supervisors of the invented agency: notes read, a word on some of them, and who stands in."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F

from alongside.accounts.actions import NewTimeAway, set_time_away
from alongside.accounts.models import User
from alongside.audit.actions import Event, Line, record_lines
from alongside.core.actor import Actor
from alongside.demo.chance import Clock, Dice
from alongside.demo.team import Team, Walker
from alongside.encounters.actions import (
    answer_note_question,
    ask_on_note,
    close_note_question,
    give_affirmation,
    see_affirmation,
)
from alongside.encounters.models import Encounter, NoteReading
from alongside.encounters.queries import notes_led
from alongside.encounters.queries.readings import STANDS

READ_AFTER = timedelta(days=3)
# Which note, counted back from yesterday; words; whether the writer has read them.
AFFIRMED = (
    (0, "You asked what had worked before and wrote it down in their words, not ours.", False),
    (5, "You waited until the silence was over. That is when the real sentence came.", True),
)
# Which note; the question; the answer; closed.
ASKED = (
    (1, "Is there someone else who could drive on Thursdays, if you are sick?", "", False),
    (
        2,
        "How did the two of you end it? I could not tell from the note.",
        "With a walk to the bus. They set the next time, I only wrote it down.",
        False,
    ),
    (
        6,
        "What made you go along that day instead of talking it through beforehand?",
        "They asked me twice. I said I would sit there and not speak, and I did not.",
        True,
    ),
)


def read_up(agency_id: UUID, team: Team, clock: Clock, first: Walker) -> None:
    """All but the last days' notes are read; then a word on some notes of the first supporter."""
    leads = {
        user.pk: user.supervisor_id
        for user in User.objects.filter(agency_id=agency_id)
        if user.supervisor_id
    }
    actors = {one.actor.id: one.actor for one in team.staff.values()}
    _read(agency_id, leads, actors, clock)
    lead = leads.get(first.actor.id)
    if lead in actors:
        _speak(actors[lead], first, clock)
    supervisor, other = team.staff["supervisor"].actor, team.staff["supervisor2"].actor
    _be_away(supervisor, other, clock, 12, 16)
    _be_away(other, None, clock, 27, 31)


def _read(
    agency_id: UUID, leads: dict[UUID, UUID], actors: dict[UUID, Actor], clock: Clock
) -> None:
    notes = Encounter.objects.filter(
        agency_id=agency_id,
        kind="contact",
        status__in=STANDS,
        read_at=None,
        signed_at__lt=clock.ago(4, 12),
        author_id__in=leads,
    ).order_by("signed_at", "id")
    rows = [
        NoteReading(
            agency_id=agency_id,
            encounter=note,
            reader_id=leads[note.author_id],
            version=len(note.versions.all()),
            read_at=note.signed_at + READ_AFTER,
        )
        for note in notes.prefetch_related("versions")
        if note.author_id and note.signed_at and leads[note.author_id] in actors
    ]
    NoteReading.objects.bulk_create(rows, batch_size=300)
    for begin in range(0, len(rows), 500):
        some = [row.encounter_id for row in rows[begin : begin + 500]]
        Encounter.objects.filter(pk__in=some).update(read_at=F("signed_at") + READ_AFTER)
    record_lines((_line(row, actors[row.reader_id]) for row in rows), agency_id=agency_id)


def _line(row: NoteReading, by: Actor) -> Line:
    event = Event("note.read", f"Encounter/{row.encounter_id}", {"version": row.version})
    return Line(event, by, row.read_at)


def _speak(lead: Actor, first: Walker, clock: Clock) -> None:
    """On the newest notes, so that the words stand where the demo looks."""
    dice, by = Dice("readings"), first.actor
    notes = list(
        notes_led(lead)
        .filter(author_id=by.id, status__in=STANDS, signed_at__lt=clock.ago(1, 8))
        .order_by("-signed_at", "-id")[:10]
    )

    def after(note: Encounter, hours: int) -> datetime:
        return min(
            (note.signed_at or clock.now) + timedelta(hours=hours), clock.now - timedelta(minutes=1)
        )

    for number, words, seen in AFFIRMED:
        note = notes[number]
        at = after(note, 3)
        key = give_affirmation(dice.id_at(at), note.pk, words=words, by=lead, at=at).pk
        if seen:
            see_affirmation(key, by=by, at=after(note, 7))
    for number, words, answer, closed in ASKED:
        note = notes[number]
        at = after(note, 3)
        key = ask_on_note(dice.id_at(at), note.pk, words=words, by=lead, at=at).pk
        if answer:
            answer_note_question(key, words=answer, seen=1, by=by, at=after(note, 6))
        if closed:
            close_note_question(key, by=lead, at=after(note, 9))


def _be_away(lead: Actor, stand_in: Actor | None, clock: Clock, first: int, last: int) -> None:
    new = NewTimeAway(
        lead.id, clock.day(-first), clock.day(-last), stand_in.id if stand_in else None
    )
    at = clock.ago(5, 14)
    set_time_away(Dice("away", str(first)).id_at(at), new, by=lead, at=at)
