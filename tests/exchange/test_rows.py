"""Whole rows, and every row of the sheets we were given: imported, or with a reason why not."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.exchange.codes import FIELDS_OF, SheetKind
from alongside.exchange.codes import ContactField as C
from alongside.exchange.codes import ProblemKind as K
from alongside.exchange.rules.columns import propose
from alongside.exchange.rules.contacts import ContactRow, read_contact
from alongside.exchange.rules.hours import Span
from alongside.exchange.rules.layout import Layout, Reading, layout_of
from alongside.exchange.rules.problems import as_json
from alongside.exchange.rules.referrals import ReferralRow, read_referral
from alongside.exchange.rules.staff import StaffRow, read_staff
from alongside.practice.codes import (
    AttemptEnding,
    Audience,
    ContactKind,
    CredentialKind,
    LivedExperience,
    Mode,
    Pathway,
    Place,
    ReferrerRole,
    ServiceArray,
)
from tests.exchange.test_sheets import sheet_of

TODAY = date(2026, 11, 22)
READ: dict[SheetKind, Callable[[Sequence[str], Layout], Reading[Any]]] = {
    SheetKind.STAFF: read_staff,
    SheetKind.REFERRALS: read_referral,
    SheetKind.CONTACTS: read_contact,
}


def readings(name: str, kind: SheetKind) -> list[Reading[Any]]:
    sheet = sheet_of(name, kind)
    cells = [row.cells for row in sheet.rows]
    layout = layout_of(
        kind, propose(kind, sheet.header, cells[:100]), cells, today=TODAY, header=sheet.header
    )
    return [READ[kind](row, layout) for row in cells]


@pytest.mark.practice("PSP-5")
@pytest.mark.parametrize(
    ("name", "kind", "rows", "sort_out", "problems"),
    [
        pytest.param(
            "referrals.csv",
            SheetKind.REFERRALS,
            118,
            {K.NOT_A_PERSON: 1},
            {
                K.PHONE_INCOMPLETE: 12,
                K.BIRTH_DATE_MISSING: 5,
                K.BIRTH_DATE_IMPOSSIBLE: 5,
                K.BIRTH_DATE_UNREADABLE: 3,
                K.NOT_A_PERSON: 1,
            },
            id="referrals",
        ),
        pytest.param(
            "referrals_old.csv",
            SheetKind.REFERRALS,
            30,
            {},
            {K.PHONE_INCOMPLETE: 3, K.BIRTH_DATE_IMPOSSIBLE: 2, K.BIRTH_DATE_MISSING: 1},
            id="old referrals",
        ),
        pytest.param(
            "contact_log.xlsx",
            SheetKind.CONTACTS,
            3000,
            {
                K.SUPPORTER_UNKNOWN: 85,
                K.END_BEFORE_START: 59,
                K.DATE_IN_THE_FUTURE: 33,
                K.NO_DURATION: 15,
            },
            {
                K.ARRAY_UNKNOWN: 501,
                K.SUPPORTER_UNKNOWN: 86,
                K.TIMES_UNKNOWN: 65,
                K.END_BEFORE_START: 59,
                K.TIMES_AND_MINUTES_DISAGREE: 40,
                K.DATE_IN_THE_FUTURE: 33,
                K.NO_DURATION: 16,
            },
            id="contact log",
        ),
        pytest.param("staff.csv", SheetKind.STAFF, 14, {}, {K.HOURS_UNKNOWN: 3}, id="staff"),
    ],
)
def test_every_row_of_the_sheets_is_read_or_says_why_not(
    name: str,
    kind: SheetKind,
    rows: int,
    sort_out: dict[K, int],
    problems: dict[K, int],
) -> None:
    found = readings(name, kind)
    assert len(found) == rows
    assert Counter(r.sort_out.kind for r in found if r.sort_out) == sort_out
    assert Counter(p.kind for r in found for p in r.problems) == problems
    assert all((r.row is None) == (r.sort_out is not None) for r in found)


def test_a_referral_row() -> None:
    row = readings("referrals.csv", SheetKind.REFERRALS)[6].row
    assert isinstance(row, ReferralRow)
    assert (row.name.said, row.born_on, row.received_on) == (
        "Quinn Lor",
        date(1988, 4, 18),
        date(2026, 7, 27),
    )
    assert (row.phone.full, row.phone.note, row.county) == ("+17156128474", "mom's", "Pierce")
    assert (row.pathway, row.pathway_as_written) == (Pathway.JUVENILE_JUSTICE, "Juvenile Justice")
    assert row.referrer is not None
    assert (row.referrer.role, row.referrer.email) == (
        ReferrerRole.SOCIAL_WORKER,
        "pat.olsen@dunn.example",
    )
    assert (row.court_on, row.asked_for) == (
        date(2026, 10, 13),
        "someone who's been thru child protection",
    )


@pytest.mark.practice("PSP-5")
def test_what_a_referral_does_not_say_is_unknown_and_said_so() -> None:
    layout = layout_of(
        SheetKind.REFERRALS,
        {"name": 0, "referred_on": 1, "born_on": 2, "county": 3, "pathway": 4},
        [],
        today=TODAY,
    )
    reading = read_referral(["Gia", "", "", "", ""], layout)
    assert reading.sort_out is None
    assert reading.row is not None
    assert (reading.row.received_on, reading.row.born_on, reading.row.county) == (None, None, "")
    assert reading.row.pathway is Pathway.NOT_SAID
    assert [p.kind for p in reading.problems] == [
        K.DATE_MISSING,
        K.BIRTH_DATE_MISSING,
        K.COUNTY_MISSING,
        K.PATHWAY_MISSING,
    ]
    later = read_referral(["Gia", "1/1/2030", "x", "Polk", "circus"], layout)
    assert [p.kind for p in later.problems] == [
        K.DATE_IN_THE_FUTURE,
        K.BIRTH_DATE_UNREADABLE,
        K.PATHWAY_UNKNOWN,
    ]


@pytest.mark.practice("PEER-1", "PSP-3")
def test_a_staff_row() -> None:
    rows = [r.row for r in readings("staff.csv", SheetKind.STAFF)]
    dale = rows[3]
    assert isinstance(dale, StaffRow)
    assert dale.credential is not None
    assert dale.credential.kind is CredentialKind.CPS
    assert (dale.credential.certified_on, dale.credential.expires_on) == (
        date(2025, 2, 5),
        date(2027, 2, 5),
    )
    assert dale.experiences == (
        LivedExperience.INCARCERATION,
        LivedExperience.FAMILY_DISRUPTION,
        LivedExperience.SUBSTANCE_USE,
    )
    assert dale.audience is Audience.STAFF
    assert (dale.languages, dale.counties) == (("English",), ("Barron", "Dunn", "Buffalo"))
    assert (rows[0].credential, rows[0].languages) == (None, ("English", "Spanish"))
    assert rows[0].continuing_hours == Decimal("4.5")
    assert [row.credential is None for row in rows].count(True) == 4


def test_a_certificate_that_ends_before_it_begins_keeps_its_beginning() -> None:
    columns = {"name": 0, "credential": 1, "certified_on": 2, "expires_on": 3}
    layout = layout_of(SheetKind.STAFF, columns, [], today=TODAY)
    reading = read_staff(["Mai Her", "CPS", "7/3/24", "7/3/23"], layout)
    assert reading.row is not None
    assert reading.row.credential is not None
    assert (reading.row.credential.certified_on, reading.row.credential.expires_on) == (
        date(2024, 7, 3),
        None,
    )
    assert [p.kind for p in reading.problems] == [K.EXPIRES_BEFORE_CERTIFIED]


@pytest.mark.practice("PEER-1")
@pytest.mark.parametrize(
    ("written", "kind", "in_training"),
    [
        pytest.param("In training", CredentialKind.CPS, True, id="in training"),
        pytest.param("trainee", CredentialKind.CPS, True, id="a trainee"),
        pytest.param("Student", CredentialKind.CPS, True, id="a student"),
        pytest.param("CPS (in-training)", CredentialKind.CPS, True, id="with its name"),
        pytest.param("CPPS trainee", CredentialKind.CPPS, True, id="of parents"),
        pytest.param("CPS", CredentialKind.CPS, False, id="certified"),
        pytest.param("recovery coach training", CredentialKind.RECOVERY_COACH, False, id="done"),
        pytest.param("nursing student", CredentialKind.OTHER, False, id="of something else"),
    ],
)
def test_in_training_is_the_way_to_a_certificate(
    written: str, kind: CredentialKind, in_training: bool
) -> None:
    layout = layout_of(SheetKind.STAFF, {"name": 0, "credential": 1}, [], today=TODAY)
    row = read_staff(["Mai Her", written], layout).row
    assert row is not None
    assert row.credential is not None
    assert (row.credential.kind, row.credential.in_training) == (kind, in_training)


def test_in_training_and_a_day_of_the_certificate_is_asked_about() -> None:
    columns = {"name": 0, "credential": 1, "certified_on": 2, "expires_on": 3}
    layout = layout_of(SheetKind.STAFF, columns, [], today=TODAY)
    reading = read_staff(["Mai Her", "trainee", "7/3/24", ""], layout)
    assert reading.row is not None
    assert reading.row.credential is not None
    assert reading.row.credential.certified_on is None
    assert [p.kind for p in reading.problems] == [K.CREDENTIAL_DATE_UNREADABLE]


FIELDS = ("on", "started", "ended", "minutes", "name", "supporter", "note", "outcome")
COLUMNS = {field: at for at, field in enumerate(FIELDS)}


def contact(
    on: str = "6/1/26",
    start: str = "",
    end: str = "",
    minutes: str = "",
    who: str = "Gia R.",
    by: str = "KL5",
    note: str = "",
    outcome: str = "",
) -> Reading[ContactRow]:
    cells = [on, start, end, minutes, who, by, note, outcome]
    return read_contact(cells, layout_of(SheetKind.CONTACTS, COLUMNS, [cells], today=TODAY))


@pytest.mark.parametrize(
    ("start", "end", "minutes", "span", "problem"),
    [
        pytest.param("18:15", "19:45", "90", Span(time(18, 15), time(19, 45), 90), None, id="all"),
        pytest.param("2-3pm", "", "", Span(time(14), time(15), 60), None, id="in one cell"),
        pytest.param("23:30", "00:30", "60", Span(time(23, 30), time(0, 30), 60), None, id="night"),
        pytest.param("23:30", "02:00", "", Span(time(23, 30), time(2), 150), None, id="late night"),
        pytest.param("", "", "30", Span(None, None, 30), K.TIMES_UNKNOWN, id="minutes alone"),
        pytest.param(
            "17:10",
            "17:55",
            "75",
            Span(time(17, 10), time(17, 55), 45),
            K.TIMES_AND_MINUTES_DISAGREE,
            id="times hold over minutes",
        ),
        pytest.param(
            "17:10",
            "17:10",
            "20",
            Span(None, None, 20),
            K.TIMES_AND_MINUTES_DISAGREE,
            id="one time",
        ),
        pytest.param("2:00", "3:00", "", Span(None, None, 60), K.TIME_UNSURE, id="am or pm"),
        pytest.param("soon", "later", "20", Span(None, None, 20), K.TIME_UNREADABLE, id="words"),
    ],
)
def test_hours_that_can_be_true_go_in(
    start: str, end: str, minutes: str, span: Span, problem: K | None
) -> None:
    reading = contact(start=start, end=end, minutes=minutes)
    assert reading.row is not None
    assert Span(reading.row.started, reading.row.ended, reading.row.minutes) == span
    assert [p.kind for p in reading.problems][:1] == ([problem] if problem else [])


@pytest.mark.parametrize(
    ("reading", "kind", "offer"),
    [
        pytest.param(
            contact(start="16:45", end="16:15", minutes="30"),
            K.END_BEFORE_START,
            {C.STARTED: "16:15", C.ENDED: "16:45"},
            id="swapped",
        ),
        pytest.param(
            contact(start="17:10", end="17:10", minutes="99999999"),
            K.TOO_LONG,
            {},
            id="one time and no end of minutes",
        ),
        pytest.param(
            contact(start="16:45", end="12:15", minutes="30"),
            K.END_BEFORE_START,
            {C.STARTED: "16:45", C.ENDED: "17:15"},
            id="not swapped: from the start on",
        ),
        pytest.param(
            contact(on="2036-10-05", minutes="30"),
            K.DATE_IN_THE_FUTURE,
            {C.ON: "2026-10-05"},
            id="a day to come",
        ),
        pytest.param(contact(on="someday", minutes="30"), K.DATE_UNREADABLE, {}, id="no day"),
        pytest.param(contact(on="1/1/1955", minutes="9"), K.DATE_LONG_AGO, {}, id="long ago"),
        pytest.param(contact(by="??", minutes="30"), K.SUPPORTER_UNKNOWN, {}, id="no supporter"),
        pytest.param(contact(who="??", minutes="30"), K.NO_NAME, {}, id="nobody"),
        pytest.param(contact(), K.NO_DURATION, {}, id="no length"),
        pytest.param(contact(minutes="0"), K.NO_DURATION, {}, id="no minutes"),
        pytest.param(contact(start="05:00", end="23:30"), K.TOO_LONG, {}, id="day and night"),
    ],
)
def test_what_cannot_be_true_waits_for_a_person_with_an_offer(
    reading: Reading[ContactRow], kind: K, offer: dict[C, str]
) -> None:
    assert reading.row is None
    assert reading.sort_out is not None
    assert (reading.sort_out.kind, dict(reading.sort_out.mend)) == (kind, offer)


@pytest.mark.practice("SVC-10")
@pytest.mark.parametrize(
    ("note", "outcome", "kind", "ending"),
    [
        ("no show, left txt", "", ContactKind.ATTEMPT, AttemptEnding.NOT_THERE),
        ("LVM", "", ContactKind.ATTEMPT, AttemptEnding.LEFT_MESSAGE),
        ("No answer x2", "", ContactKind.ATTEMPT, AttemptEnding.NO_ANSWER),
        ("Cancelled - sick kid", "", ContactKind.ATTEMPT, AttemptEnding.CALLED_OFF),
        ("", "No Show", ContactKind.ATTEMPT, AttemptEnding.NOT_THERE),
        ("walked", "no", ContactKind.ATTEMPT, AttemptEnding.NOT_THERE),
        ("no show last week, met today", "", ContactKind.WITH_PERSON, None),
        ("NA meeting", "attended", ContactKind.WITH_PERSON, None),
        ("group - 6 ppl - topic: anger", "", ContactKind.GROUP, None),
    ],
)
def test_a_try_that_reached_nobody_is_not_a_contact(
    note: str, outcome: str, kind: ContactKind, ending: AttemptEnding | None
) -> None:
    row = contact(minutes="10", note=note, outcome=outcome).row
    assert row is not None
    assert (row.kind, row.ending) == (kind, ending)


def test_a_try_needs_no_length() -> None:
    assert contact(note="no show, left txt").sort_out is None


@pytest.mark.practice("SVC-5", "SVC-9")
def test_words_for_how_where_and_the_array() -> None:
    rows = [r.row for r in readings("contact_log.xlsx", SheetKind.CONTACTS) if r.row]
    modes = {(row.mode_as_written, row.mode) for row in rows}
    assert modes == {
        ("", None),
        ("F2F", Mode.FACE_TO_FACE),
        ("in person", Mode.FACE_TO_FACE),
        ("phone", Mode.TELEPHONE),
        ("zoom", Mode.VIDEO),
        ("text", Mode.TEXT_MESSAGE),
        ("fb messenger", Mode.SOCIAL_MEDIA),
    }
    assert {(row.place_as_written, row.place) for row in rows} == {
        ("car", Place.OTHER_COMMUNITY),
        ("court", Place.OTHER_COMMUNITY),
        ("clinic", Place.OUTPATIENT),
        ("office", Place.RECOVERY_CENTER),
        ("library", Place.COMMUNITY),
        ("home", Place.COMMUNITY),
        ("her work", Place.COMMUNITY),
        ("coffee shop", Place.COMMUNITY),
        ("jail", Place.JAIL),
        ("ER", Place.PRIMARY_CARE),
    }
    assert {(row.array_as_written, row.array) for row in rows} == {
        ("", None),
        ("?", None),
        ("PS", ServiceArray.PEER_SUPPORT),
        ("Peer Support", ServiceArray.PEER_SUPPORT),
        ("ISDE", ServiceArray.ISDE),
        ("WMR", ServiceArray.WELLNESS_MANAGEMENT),
    }


CELLS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            *("", "??", "n/a", "0", "-1", "1e9", "99999999999999 hrs", "24:00", "2-3pm", "3-2pm"),
            *("1/1/0000", "31/12/9999", "2/29/26", "99999", "60000", "0.99999", "13 Smarch 2026"),
            *("12:99", "25", "noon-midnight", "715", "(", ")(", "@", ",", ", ,", "Jr.", "O'", "-"),
            "x" * 5_000,
            "9" * 5_000,
            "a@" * 2_000,
        ]
    ),
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(list(SheetKind)), st.lists(st.lists(CELLS, max_size=14), max_size=4))
def test_whatever_stands_in_a_row_is_read_or_waits(kind: SheetKind, rows: list[list[str]]) -> None:
    columns = {field.value: at for at, field in enumerate(FIELDS_OF[kind])}
    layout = layout_of(kind, columns, rows, today=TODAY)
    propose(kind, [field.value for field in FIELDS_OF[kind]], rows)
    for row in rows:
        reading = READ[kind](row, layout)
        assert (reading.row is None) == (reading.sort_out is not None)
        assert all(str(problem.say) for problem in reading.problems)
        json.dumps([as_json(problem) for problem in reading.problems])
