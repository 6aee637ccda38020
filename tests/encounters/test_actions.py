from dataclasses import replace
from datetime import date, time, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from alongside.accounts.codes import Role
from alongside.audit.models import AuditEvent
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.encounters import actions
from alongside.encounters.codes import AppointmentStatus, NoteStatus
from alongside.encounters.models import (
    AddedWords,
    Encounter,
    EncounterGoal,
    NoteDraft,
    NoteVersion,
)
from alongside.encounters.rules import times_on_wall
from alongside.people.models import CareTeamMember, Participant
from alongside.practice.codes import AttemptEnding
from tests.encounters.notes import a_note
from tests.factories import (
    AppointmentFactory,
    EncounterFactory,
    GoalFactory,
    ParticipantFactory,
    PlanFactory,
    SupporterFactory,
)

pytestmark = pytest.mark.django_db


def sign(pair, now, *, note=None, encounter_id=None, **more):
    return actions.sign_note(
        encounter_id or new_id(),
        pair.participant.pk,
        note or a_note(),
        by=pair.actor,
        at=now,
        **more,
    )


def verbs():
    return list(AuditEvent.objects.order_by("seq").values_list("verb", "target"))


def nothing_was_written():
    return (Encounter.objects.count(), AuditEvent.objects.count()) == (0, 0)


@pytest.mark.practice("SVC-12", "PEER-2")
def test_signing_keeps_the_note_its_array_and_the_rhythm(pair, now):
    note = sign(pair, now)
    pair.participant.refresh_from_db()
    pair.episode.refresh_from_db()
    assert (note.status, note.minutes, note.array, note.array_advised, note.support_label) == (
        "signed",
        50,
        "peer_support",
        "peer_support",
        "peer support",
    )
    assert note.array_reasons == [
        "because the help came from the relationship",
        "the note tells of “Sat with”",
        "and you are certified on this day (until Jul 2027)",
    ]
    assert pair.participant.last_contact_on == date(2026, 11, 19)
    assert (pair.episode.last_contact_on, pair.episode.contact_due_on) == (
        date(2026, 11, 19),
        date(2026, 12, 19),
    )
    assert verbs() == [("note.signed", f"Encounter/{note.pk}")]


@pytest.mark.practice("PEER-3")
def test_without_a_certificate_on_that_day_it_is_peer_mentoring(pair, now):
    pair.supporter.credentials.update(expires_on=date(2026, 11, 18))
    note = sign(pair, now)
    assert (note.array, note.support_label) == ("wellness_management", "peer mentoring")


@pytest.mark.practice("PEER-4")
def test_a_lesson_is_not_peer_support_even_from_a_peer(pair, now):
    note = sign(pair, now, note=a_note(activities=("teaching_or_treatment",)))
    assert (note.array, note.support_label) == ("wellness_management", "")


def test_another_array_is_kept_with_both_reasons(pair, now):
    chosen = a_note(array="isde", array_own_reason="We practiced the bus route.")
    note = sign(pair, now, note=chosen)
    assert (note.array, note.array_advised, note.array_own_reason, note.support_label) == (
        "isde",
        "peer_support",
        "We practiced the bus route.",
        "",
    )


def test_the_same_click_again_gives_the_same_note(pair, now):
    encounter_id = new_id()
    first = sign(pair, now, encounter_id=encounter_id)
    again = sign(pair, now, encounter_id=encounter_id, note=a_note(what_we_did="Other words"))
    assert (again.pk, again.what_we_did) == (first.pk, "Sat with her before court.")
    assert (Encounter.objects.count(), len(verbs())) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_five_clicks_at_once_make_one_note(pair, now):
    encounter_id, start, made = new_id(), Barrier(5), []

    def click():
        start.wait()
        try:
            made.append(sign(pair, now, encounter_id=encounter_id).pk)
        finally:
            connections.close_all()

    clicks = [Thread(target=click) for _ in range(5)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()
    assert made == [encounter_id] * 5
    assert (Encounter.objects.count(), len(verbs())) == (1, 1)


def test_an_id_of_someone_elses_note_tells_nothing(pair, now):
    other = EncounterFactory(participant=ParticipantFactory(agency=pair.participant.agency))
    with pytest.raises(Refused) as refused:
        sign(pair, now, encounter_id=other.pk)
    assert refused.value.refusal.code == "taken"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"processes": ()}, "no-process", id="no process"),
        pytest.param({"done_for": "Called"}, "no-permission", id="no permission"),
        pytest.param({"array": "isde"}, "no-array-reason", id="another array without a reason"),
        pytest.param(
            {"times": times_on_wall(date(2026, 11, 20), time(9), time(10), "America/Chicago")},
            "in-the-future",
            id="tomorrow",
        ),
    ],
)
def test_refused_writes_nothing(pair, now, changes, expected):
    with pytest.raises(Refused) as refused:
        sign(pair, now, note=a_note(**changes))
    assert (refused.value.refusal.code, nothing_was_written()) == (expected, True)


def test_whoever_cannot_see_the_person_cannot_write(pair, now):
    CareTeamMember.objects.update(until=date(2026, 11, 18))
    with pytest.raises(Participant.DoesNotExist):
        sign(pair, now)
    assert nothing_was_written()


def test_coordinators_write_no_notes(pair, now, actor):
    with pytest.raises(Refused) as refused:
        actions.sign_note(
            new_id(), pair.participant.pk, a_note(), by=actor(Role.COORDINATOR), at=now
        )
    assert (refused.value.refusal.code, nothing_was_written()) == ("not-a-supporter", True)


def test_goals_of_this_person_are_linked_and_no_others(pair, now):
    own = GoalFactory(plan=PlanFactory(episode=pair.episode))
    strange = GoalFactory(agency=pair.participant.agency)
    sign(pair, now, note=a_note(goal_ids=(own.pk, strange.pk)))
    assert list(EncounterGoal.objects.values_list("goal_id", flat=True)) == [own.pk]


def test_the_appointment_and_the_draft_end_in_the_note(pair, now):
    meeting = AppointmentFactory(participant=pair.participant, supporter=pair.supporter)
    encounter_id = new_id()
    actions.save_draft(
        encounter_id, pair.participant.pk, {"a": "b"}, seen=None, by=pair.actor, at=now
    )
    note = sign(pair, now, encounter_id=encounter_id, appointment_id=meeting.pk)
    meeting.refresh_from_db()
    assert (meeting.status, meeting.encounter_id) == (AppointmentStatus.MET, note.pk)
    assert NoteDraft.objects.count() == 0


def test_signing_stays_cheap(pair, now):
    sign(pair, now)
    with CaptureQueriesContext(connection) as queries:
        sign(pair, now + timedelta(days=1))
    statements = [q["sql"].split()[0] for q in queries if "SAVEPOINT" not in q["sql"]]
    assert len(statements) <= 12, statements


@pytest.mark.practice("SVC-10")
def test_a_try_is_written_down_and_is_no_contact(pair, now):
    encounter_id = new_id()
    for _ in range(2):
        attempt = actions.log_attempt(
            encounter_id, pair.participant.pk, AttemptEnding.LEFT_MESSAGE, by=pair.actor, at=now
        )
    pair.participant.refresh_from_db()
    pair.episode.refresh_from_db()
    assert (attempt.kind, attempt.ending, attempt.minutes) == ("attempt", "left_message", None)
    assert (pair.participant.last_contact_on, pair.episode.last_contact_on) == (None, None)
    assert verbs() == [("attempt.logged", f"Encounter/{encounter_id}")]


def correct(pair, note, now, *, content=None, seen=0, reason="It was the day before."):
    return actions.correct_note(
        note.pk, content or a_note(), reason=reason, seen=seen, by=pair.actor, at=now
    )


def test_a_correction_keeps_what_stood_and_counts_again(pair, now):
    goal = GoalFactory(plan=PlanFactory(episode=pair.episode))
    note = sign(pair, now, note=a_note(goal_ids=(goal.pk,), participant_words="I said it."))
    day_before = times_on_wall(date(2026, 11, 18), time(9), time(10), "America/Chicago")
    changed = correct(pair, note, now, content=a_note(times=day_before, what_we_did="Coffee."))
    version = NoteVersion.objects.get()
    pair.episode.refresh_from_db()
    assert (changed.status, changed.what_we_did, changed.on) == (
        NoteStatus.AMENDED,
        "Coffee.",
        date(2026, 11, 18),
    )
    assert (version.number, version.reason, version.replaced_by_id) == (
        1,
        "It was the day before.",
        pair.actor.id,
    )
    stood = ("on", "what_we_did", "participant_words", "goals", "signed_by", "minutes")
    assert [version.text[name] for name in stood] == [
        "2026-11-19",
        "Sat with her before court.",
        "I said it.",
        [goal.words],
        "Rosa Quaas",
        50,
    ]
    assert pair.episode.last_contact_on == date(2026, 11, 18)
    assert verbs()[1:] == [("note.corrected", f"Encounter/{note.pk}")]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param({"reason": ""}, "no-reason", id="without a reason"),
        pytest.param({"seen": 1}, "changed-meanwhile", id="from an old page"),
    ],
)
def test_a_refused_correction_changes_nothing(pair, now, more, expected):
    note = sign(pair, now)
    with pytest.raises(Refused) as refused:
        correct(pair, note, now, content=a_note(what_we_did="Other"), **more)
    note.refresh_from_db()
    assert refused.value.refusal.code == expected
    assert (note.what_we_did, NoteVersion.objects.count()) == ("Sat with her before court.", 0)


def test_someone_else_cannot_correct(pair, now):
    note = sign(pair, now)
    colleague = SupporterFactory(agency=pair.participant.agency)
    CareTeamMember.objects.create(
        agency=pair.participant.agency,
        participant=pair.participant,
        user=colleague.user,
        name=colleague.name,
        role="supporter",
    )
    by = replace(pair.actor, id=colleague.user_id)
    with pytest.raises(Refused) as refused:
        actions.correct_note(note.pk, a_note(), reason="x", seen=0, by=by, at=now)
    assert refused.value.refusal.code == "not-author"


def test_a_mistake_stays_readable_and_counts_for_nothing(pair, now):
    meeting = AppointmentFactory(participant=pair.participant, supporter=pair.supporter)
    earlier = times_on_wall(date(2026, 11, 10), time(9), time(10), "America/Chicago")
    sign(pair, now, note=a_note(times=earlier))
    note = sign(pair, now, appointment_id=meeting.pk)
    actions.void_note(note.pk, reason="That was Tou.", by=pair.actor, at=now)
    for row in (note, meeting, pair.episode):
        row.refresh_from_db()
    assert (note.status, note.error_reason, note.what_we_did) == (
        NoteStatus.ENTERED_IN_ERROR,
        "That was Tou.",
        "Sat with her before court.",
    )
    assert (meeting.status, meeting.encounter_id) == ("planned", None)
    assert pair.episode.last_contact_on == date(2026, 11, 10)
    with pytest.raises(Refused):
        actions.void_note(note.pk, reason="again", by=pair.actor, at=now)


def test_a_contact_from_an_old_sheet_is_signed_as_written(pair, now):
    note = EncounterFactory(
        participant=pair.participant,
        supporter=pair.supporter,
        author=None,
        status=NoteStatus.BROUGHT_OVER,
        array="isde",
        array_as_written="ISDE",
        signed_at=None,
        signed_by=None,
    )
    signed = actions.sign_brought_over(note.pk, by=pair.actor, at=now)
    assert (signed.status, signed.array, signed.array_own_reason, signed.author_id) == (
        "signed",
        "isde",
        "as written in the old sheet",
        pair.actor.id,
    )
    with pytest.raises(Refused):
        actions.sign_brought_over(note.pk, by=pair.actor, at=now)


@pytest.mark.practice("PEER-8")
def test_the_participant_adds_words_and_signs_once(pair, now):
    note, words_id = sign(pair, now), new_id()
    for _ in range(2):
        actions.add_words(
            words_id,
            note.pk,
            words="I did not shake.",
            signed_name="Gia Rivera",
            by=pair.actor,
            at=now,
        )
    assert list(AddedWords.objects.values_list("words", "signed_name", "phone_of_id")) == [
        ("I did not shake.", "Gia Rivera", pair.actor.id)
    ]
    assert len(verbs()) == 2


def keep(pair, at, fields, *, seen=None, encounter_id):
    return actions.save_draft(
        encounter_id, pair.participant.pk, fields, seen=seen, by=pair.actor, at=at
    )


def test_two_windows_on_one_draft_keep_both_texts(pair, now):
    encounter_id = new_id()
    first = keep(pair, now, {"w": "one"}, encounter_id=encounter_id)
    later = now + timedelta(seconds=1)
    own = keep(pair, later, {"w": "one two"}, seen=first.draft.saved_at, encounter_id=encounter_id)
    other = keep(pair, later, {"w": "three"}, seen=first.draft.saved_at, encounter_id=encounter_id)
    draft = NoteDraft.objects.get()
    assert (first.conflict, own.conflict, other.conflict) == (False, False, True)
    assert (draft.fields, draft.other) == ({"w": "three"}, {"w": "one two"})
    assert verbs() == [("draft.begun", f"Encounter/{encounter_id}")]


def test_a_draft_put_away_can_be_taken_back_for_a_day(pair, now):
    encounter_id = new_id()
    keep(pair, now, {"w": "one"}, encounter_id=encounter_id)
    actions.drop_draft(encounter_id, by=pair.actor, at=now)
    with pytest.raises(NoteDraft.DoesNotExist):
        actions.drop_draft(encounter_id, by=pair.actor, at=now)
    actions.restore_draft(encounter_id, by=pair.actor, at=now)
    assert NoteDraft.objects.get().dropped_at is None
    actions.drop_draft(encounter_id, by=pair.actor, at=now)
    other = new_id()
    keep(pair, now, {"w": "two"}, encounter_id=other)
    actions.drop_draft(other, by=pair.actor, at=now + timedelta(days=2))
    assert list(NoteDraft.objects.values_list("encounter_id", flat=True)) == [other]


def test_no_draft_over_a_signed_note(pair, now):
    note = sign(pair, now)
    with pytest.raises(Refused):
        keep(pair, now, {"w": "late"}, encounter_id=note.pk)
