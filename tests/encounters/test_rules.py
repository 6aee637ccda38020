from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.encounters.codes import AppointmentStatus, NoteStatus
from alongside.encounters.rules import (
    APPOINTMENT_MOVES,
    NOTE_MOVES,
    NewNote,
    NoteFacts,
    Times,
    WallTimes,
    default_times,
    faults,
    times_on_wall,
    why_not_add_words,
    why_not_correct,
    why_not_move,
    why_not_plan,
    why_not_sign,
    why_not_sign_brought_over,
    why_not_times,
    why_not_undo,
    why_not_void,
    why_not_write,
)

CHICAGO = "America/Chicago"
NOW = datetime(2026, 11, 19, 16, 30, tzinfo=UTC)
AUTHOR = Actor(UUID(int=1), UUID(int=9), permissions=frozenset({Permission.NOTE_WRITE}))
OTHER = Actor(UUID(int=2), UUID(int=9))
MORNING = times_on_wall(date(2026, 11, 19), time(9, 30), time(10, 20), CHICAGO)
READY = NewNote(times=MORNING, mode="face_to_face", processes=("connecting",))
SIGNED = NoteFacts(AUTHOR.id, AUTHOR.id, NoteStatus.SIGNED)


def code(refusal):
    return refusal and refusal.code


def test_every_status_has_its_moves():
    assert set(NOTE_MOVES) == set(NoteStatus)
    assert set(APPOINTMENT_MOVES) == set(AppointmentStatus)


@pytest.mark.parametrize(
    ("on", "start", "end", "minutes"),
    [
        pytest.param(date(2026, 11, 19), time(10, 30), time(11, 20), 50, id="a morning"),
        pytest.param(date(2026, 11, 19), time(23, 30), time(0, 20), 50, id="over midnight"),
        pytest.param(date(2026, 3, 8), time(1, 30), time(3, 30), 60, id="clocks go forward"),
        pytest.param(date(2026, 11, 1), time(0, 30), time(2, 30), 180, id="clocks go back"),
        pytest.param(date(2026, 11, 1), time(1, 50), time(1, 10), 20, id="the hour that is twice"),
        pytest.param(date(2026, 3, 8), time(2, 30), time(3, 15), -15, id="an hour that is not"),
        pytest.param(date(2026, 11, 19), time(9), time(9), 1440, id="the same time is a whole day"),
    ],
)
def test_minutes_are_real_time_passed(on, start, end, minutes):
    times = times_on_wall(on, start, end, CHICAGO)
    assert (times.on, times.minutes) == (on, minutes)


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        pytest.param(MORNING, None, id="an hour ago"),
        pytest.param(
            times_on_wall(date(2026, 11, 19), time(10, 30), time(11, 25), CHICAGO),
            None,
            id="ends within the hour",
        ),
        pytest.param(
            times_on_wall(date(2026, 11, 19), time(10, 30), time(11, 45), CHICAGO),
            "in-the-future",
            id="ends later than that",
        ),
        pytest.param(
            times_on_wall(date(2026, 11, 18), time(9), time(9), CHICAGO), "too-long", id="a day"
        ),
        pytest.param(
            times_on_wall(date(2026, 3, 8), time(2, 30), time(3, 15), CHICAGO),
            "ends-before-start",
            id="in the hour that was skipped",
        ),
        pytest.param(Times(date(2026, 11, 19)), "no-duration", id="no times"),
        pytest.param(Times(date(2026, 11, 19), minutes=30), None, id="minutes only"),
    ],
)
def test_why_not_times(times, expected):
    assert code(why_not_times(times, NOW)) == expected


@pytest.mark.parametrize(
    ("now", "planned", "expected"),
    [
        pytest.param(
            datetime(2026, 11, 19, 16, 33, tzinfo=UTC),
            {},
            WallTimes(date(2026, 11, 19), time(9, 45), time(10, 30)),
            id="the 45 minutes until now, to five minutes",
        ),
        pytest.param(
            datetime(2026, 11, 20, 6, 10, tzinfo=UTC),
            {},
            WallTimes(date(2026, 11, 19), time(23, 25), time(0, 10)),
            id="just after midnight it began yesterday",
        ),
        pytest.param(
            datetime(2026, 11, 19, 17, 22, tzinfo=UTC),
            {"planned_start": NOW},
            WallTimes(date(2026, 11, 19), time(10, 30), time(11, 20)),
            id="from the appointment until now",
        ),
        pytest.param(
            datetime(2026, 11, 19, 20, tzinfo=UTC),
            {"planned_start": NOW, "planned_end": NOW + timedelta(minutes=60)},
            WallTimes(date(2026, 11, 19), time(10, 30), time(11, 30)),
            id="as planned, when that has passed",
        ),
        pytest.param(
            datetime(2026, 11, 21, 20, tzinfo=UTC),
            {"planned_start": NOW},
            WallTimes(date(2026, 11, 19), time(10, 30), time(11, 15)),
            id="days later the usual length",
        ),
    ],
)
def test_default_times(now, planned, expected):
    assert default_times(now, CHICAGO, **planned) == expected


@pytest.mark.practice("SVC-6", "PROC-1")
@pytest.mark.parametrize(
    ("note", "expected"),
    [
        pytest.param(READY, [], id="times, how, and connecting are enough"),
        pytest.param(replace(READY, processes=("planning", "connecting")), [], id="any order"),
        pytest.param(replace(READY, processes=()), ["no-process"], id="no process"),
        pytest.param(replace(READY, mode=""), ["no-mode"], id="how is not said"),
        pytest.param(
            replace(READY, done_for="Called the landlord"), ["no-permission"], id="no permission"
        ),
        pytest.param(
            replace(READY, done_for="Called", permission_words="“Please call him for me”"),
            [],
            id="done for the person, who said yes",
        ),
        pytest.param(
            replace(READY, activities=("doing_for",)),
            ["no-done-for"],
            id="did what for the person?",
        ),
        pytest.param(
            replace(READY, array="isde"), ["no-array-reason"], id="another array, no reason"
        ),
        pytest.param(
            replace(READY, array="isde", array_own_reason="Cooking"),
            [],
            id="another, with a reason",
        ),
        pytest.param(replace(READY, array="peer_support"), [], id="the proposed array"),
        pytest.param(
            replace(READY, mode="", processes=()),
            ["no-mode", "no-process"],
            id="all is said at once",
        ),
    ],
)
def test_faults(note, expected):
    assert [f.code for f in faults(note, advised="peer_support", now=NOW)] == expected
    assert code(why_not_sign(note, advised="peer_support", now=NOW)) == (expected or [None])[0]


@pytest.mark.parametrize(
    ("actor", "has_profile", "expected"),
    [
        pytest.param(AUTHOR, True, None, id="a supporter with a profile"),
        pytest.param(AUTHOR, False, "no-profile", id="without one"),
        pytest.param(OTHER, True, "not-a-supporter", id="someone who writes no notes"),
    ],
)
def test_why_not_write(actor, has_profile, expected):
    assert code(why_not_write(actor, has_profile=has_profile)) == expected


@pytest.mark.parametrize(
    ("note", "actor", "reason", "seen", "expected"),
    [
        pytest.param(SIGNED, AUTHOR, "wrong day", 0, None, id="the author, with a reason"),
        pytest.param(SIGNED, OTHER, "wrong day", 0, "not-author", id="someone else may not"),
        pytest.param(SIGNED, AUTHOR, " ", 0, "no-reason", id="no reason"),
        pytest.param(
            replace(SIGNED, versions=1), AUTHOR, "x", 0, "changed-meanwhile", id="an old page"
        ),
        pytest.param(
            replace(SIGNED, status=NoteStatus.ENTERED_IN_ERROR), AUTHOR, "x", 0, "in-error",
            id="a mistake stays a mistake",
        ),
        pytest.param(
            replace(SIGNED, status=NoteStatus.BROUGHT_OVER), AUTHOR, "x", 0, "not-signed",
            id="from a sheet: sign first",
        ),
    ],
)  # fmt: skip
def test_why_not_correct(note, actor, reason, seen, expected):
    assert code(why_not_correct(note, actor, reason=reason, seen=seen)) == expected


BROUGHT = NoteFacts(None, AUTHOR.id, NoteStatus.BROUGHT_OVER)


@pytest.mark.parametrize(
    ("note", "actor", "reason", "expected"),
    [
        pytest.param(SIGNED, AUTHOR, "wrong person", None, id="the author"),
        pytest.param(SIGNED, OTHER, "wrong person", "not-author", id="someone else may not"),
        pytest.param(BROUGHT, AUTHOR, "not mine", None, id="the supporter of an old sheet"),
        pytest.param(SIGNED, AUTHOR, "", "no-reason", id="no reason"),
        pytest.param(
            replace(SIGNED, status=NoteStatus.ENTERED_IN_ERROR), AUTHOR, "x", "in-error", id="twice"
        ),
    ],
)
def test_why_not_void(note, actor, reason, expected):
    assert code(why_not_void(note, actor, reason=reason)) == expected


@pytest.mark.parametrize(
    ("note", "actor", "expected"),
    [
        pytest.param(BROUGHT, AUTHOR, None, id="who was there"),
        pytest.param(BROUGHT, OTHER, "not-author", id="who was not"),
        pytest.param(SIGNED, AUTHOR, "not-brought-over", id="signed before"),
    ],
)
def test_why_not_sign_brought_over(note, actor, expected):
    assert code(why_not_sign_brought_over(note, actor)) == expected


@pytest.mark.practice("PEER-8")
@pytest.mark.parametrize(
    ("status", "words", "name", "expected"),
    [
        pytest.param(NoteStatus.SIGNED, "I said all three.", "", None, id="words alone"),
        pytest.param(NoteStatus.SIGNED, "", "Gia Rivera", None, id="a name alone"),
        pytest.param(NoteStatus.SIGNED, " ", "", "nothing-said", id="nothing"),
        pytest.param(NoteStatus.ENTERED_IN_ERROR, "Hm", "", "in-error", id="on a mistake"),
    ],
)
def test_why_not_add_words(status, words, name, expected):
    note = replace(SIGNED, status=status)
    assert code(why_not_add_words(note, words=words, signed_name=name)) == expected


@pytest.mark.parametrize(
    ("status", "to", "expected"),
    [
        pytest.param("planned", "missed", None, id="it did not happen"),
        pytest.param("planned", "met", None, id="it did"),
        pytest.param("missed", "met", None, id="it did after all"),
        pytest.param("cancelled", "met", "settled", id="called off means called off"),
        pytest.param("cancelled", "planned", None, id="unless it is planned again"),
    ],
)
def test_why_not_move(status, to, expected):
    assert code(why_not_move(AppointmentStatus(status), AppointmentStatus(to))) == expected


def test_a_meeting_with_a_note_stays_met():
    assert code(why_not_undo(has_note=True, to=AppointmentStatus.PLANNED)) == "has-note"
    assert why_not_undo(has_note=False, to=AppointmentStatus.PLANNED) is None


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param(NOW + timedelta(days=2), None, None, id="in two days"),
        pytest.param(NOW - timedelta(days=2), None, "in-the-past", id="two days ago"),
        pytest.param(NOW + timedelta(days=400), None, "too-far", id="more than a year"),
        pytest.param(NOW, NOW, "ends-before-start", id="no time at all"),
        pytest.param(NOW, NOW + timedelta(hours=1), None, id="an hour"),
    ],
)
def test_why_not_plan(start, end, expected):
    assert code(why_not_plan(start, end, NOW)) == expected
