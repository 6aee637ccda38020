"""The way of a certificate, hours, supervision and skills: seen from one day, by dated rules."""

import ast
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.practice import growth
from alongside.practice.cadence import DueState
from alongside.practice.codes import CredentialKind, CredentialStanding
from alongside.practice.credentials import CredentialFacts, standing_on
from alongside.practice.growth.codes import COMPETENCIES, CompetencyWord
from alongside.practice.growth.competencies import Gap, standing_of
from alongside.practice.growth.hours import (
    BeginningFacts,
    Learned,
    in_service,
    in_words,
    orientation,
    orientation_asked,
)
from alongside.practice.growth.path import (
    PathFacts,
    PathStep,
    StepState,
    education_of,
    missing,
    path_of,
    reminder_on,
)
from alongside.practice.growth.supervision import SupervisionFacts, asked, supervision_due
from alongside.practice.rules import rules_on

ON = date(2026, 11, 19)
RULES = rules_on(ON)
CPS = CredentialKind.CPS
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
LEARNED = st.lists(st.builds(Learned, DAYS, st.integers(1, 40).map(lambda n: n * 15)), max_size=12)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.practice("PEER-1")
@pytest.mark.parametrize(
    ("facts", "states", "first"),
    [
        pytest.param(
            PathFacts(CPS, in_training=True),
            ["next", "later", "later"],
            "48 hours; none written down yet",
            id="just begun",
        ),
        pytest.param(
            PathFacts(CPS, in_training=True, training_hours=Decimal("30.5")),
            ["next", "later", "later"],
            "30.5 of 48 hours; 17.5 to go",
            id="in the middle of the training",
        ),
        pytest.param(
            PathFacts(CPS, in_training=True, training_hours=Decimal(48)),
            ["done", "next", "later"],
            "No day for the exam yet. Training without the exam is no certificate.",
            id="training done, no exam",
        ),
        pytest.param(
            PathFacts(CPS, True, Decimal(48), exam_on=day("2026-12-05")),
            ["done", "next", "later"],
            "Planned for 2026-12-05",
            id="exam ahead",
        ),
        pytest.param(
            PathFacts(CPS, True, Decimal(48), exam_on=day("2026-11-05")),
            ["done", "over", "later"],
            "Was on 2026-11-05. Ask for the result and write the certificate down.",
            id="exam behind, no certificate",
        ),
        pytest.param(
            PathFacts(CPS, certified_on=day("2025-01-01"), expires_on=day("2026-12-31")),
            ["done", "done", "done", "next", "later"],
            "0 of 20 hours; 20 to go by 2026-12-31",
            id="certified, hours missing",
        ),
        pytest.param(
            PathFacts(
                CPS,
                certified_on=day("2025-01-01"),
                expires_on=day("2026-12-31"),
                hours_before=Decimal(12),
                learned=(Learned(day("2026-01-05"), 480),),
            ),
            ["done", "done", "done", "done", "next"],
            "The hours are all there. Renew by 2026-12-31.",
            id="certified, hours there",
        ),
        pytest.param(
            PathFacts(CPS, certified_on=day("2024-11-19"), expires_on=day("2026-11-18")),
            ["done", "done", "over", "over", "over"],
            "Ran out on 2026-11-18. Since then it counts as lapsed.",
            id="ran out yesterday",
        ),
        pytest.param(
            PathFacts(CPS, certified_on=day("2025-01-01")),
            ["done", "done", "done", "next", "unknown"],
            "0 of 20 hours; 20 to go",
            id="last day not known",
        ),
        pytest.param(
            PathFacts(CPS),
            ["next", "later", "unknown"],
            "48 hours; none written down yet",
            id="nothing known",
        ),
        pytest.param(
            PathFacts(CredentialKind.RECOVERY_COACH, certified_on=day("2025-01-01")),
            ["done"],
            "",
            id="another kind has only its dates",
        ),
    ],
)
def test_the_way_of_a_certificate(facts, states, first):
    steps = path_of(facts, ON, RULES)
    assert [step.state for step in steps] == states
    assert str(missing(steps)[0].say if missing(steps) else "") == first


@pytest.mark.practice("PEER-1")
def test_hours_count_inside_the_period_only_and_each_once():
    facts = PathFacts(
        CPS,
        certified_on=day("2025-01-01"),
        expires_on=day("2026-12-31"),
        learned=tuple(
            Learned(day(on), 60) for on in ("2024-12-31", "2025-01-01", "2026-12-31", "2027-01-01")
        ),
    )
    assert education_of(facts, ON, RULES).done == 120


def test_where_only_the_last_day_is_known_the_period_is_reckoned_back():
    facts = PathFacts(
        CPS,
        expires_on=day("2026-12-31"),
        learned=(Learned(day("2024-12-31"), 60), Learned(day("2025-01-01"), 60)),
    )
    assert education_of(facts, ON, RULES).done == 60


@pytest.mark.practice("PEER-1")
@pytest.mark.parametrize(
    ("left", "step", "words"),
    [
        pytest.param(121, None, "", id="not yet"),
        pytest.param(120, "first", "120 days left: it holds until 2027-03-19.", id="120"),
        pytest.param(61, "first", "61 days left: it holds until 2027-01-19.", id="61"),
        pytest.param(60, "second", "60 days left: it holds until 2027-01-18.", id="60"),
        pytest.param(30, "third", "30 days left: it holds until 2026-12-19.", id="30"),
        pytest.param(1, "third", "One day left: it holds until 2026-11-20.", id="tomorrow"),
        pytest.param(0, "third", "Today is its last day.", id="today"),
        pytest.param(
            -1, "over", "Ran out on 2026-11-18. Since then it counts as lapsed.", id="yesterday"
        ),
    ],
)
def test_reminders(left, step, words):
    found = reminder_on(ON + timedelta(days=left), ON, RULES)
    assert (found and found.step, str(found.say) if found else "") == (step, words)


@given(DAYS, DAYS)
def test_a_reminder_says_over_exactly_when_the_certificate_has_lapsed(expires_on, on):
    facts = CredentialFacts(CPS, expires_on - timedelta(days=700), expires_on)
    lapsed = standing_on((facts,), on).standing is CredentialStanding.LAPSED
    reminder = reminder_on(expires_on, on, RULES)
    assert lapsed == (reminder is not None and reminder.step == "over")


@given(st.booleans(), st.none() | DAYS, st.none() | DAYS, DAYS, LEARNED)
def test_in_training_is_never_done_and_nothing_is_counted_twice(
    in_training, certified, expires, on, learned
):
    facts = PathFacts(CPS, in_training, None, None, certified, expires, None, tuple(learned))
    steps = {step.step: step.state for step in path_of(facts, on, RULES)}
    standing = standing_on((CredentialFacts(CPS, certified, expires, in_training),), on).standing
    held = steps[PathStep.CERTIFIED] is StepState.DONE
    assert held == (standing is CredentialStanding.CERTIFIED)
    found = education_of(facts, on, RULES)
    assert found is None or found.done <= sum(one.minutes for one in learned)


def sat(*days_and_minutes: tuple[str, int]) -> tuple[Learned, ...]:
    return tuple(Learned(day(on), minutes) for on, minutes in days_and_minutes)


@pytest.mark.practice("SVC-8")
@pytest.mark.parametrize(
    ("talks", "face", "state", "words"),
    [
        pytest.param((), None, DueState.DUE, "No full hour written down yet.", id="never, unknown"),
        pytest.param(
            (),
            0,
            DueState.SOON,
            "No full hour yet; 0 of 30 hours face to face so far.",
            id="never, but nobody met either",
        ),
        pytest.param(
            (),
            30,
            DueState.DUE,
            "No full hour yet; 30 of 30 hours face to face so far.",
            id="never, and thirty hours met",
        ),
        pytest.param(
            sat(("2026-11-18", 60)),
            40,
            DueState.SETTLED,
            "A full hour on 2026-11-18. The next one by 2026-11-25.",
            id="yesterday",
        ),
        pytest.param(
            sat(("2026-11-14", 60)),
            40,
            DueState.SOON,
            "A full hour on 2026-11-14. The next one by 2026-11-21.",
            id="the week is nearly over",
        ),
        pytest.param(
            sat(("2026-11-12", 60)),
            40,
            DueState.SOON,
            "A full hour on 2026-11-12. The next one by 2026-11-19.",
            id="the seventh day is still in time",
        ),
        pytest.param(
            sat(("2026-11-11", 60)),
            40,
            DueState.DUE,
            "8 days since the last full hour; 40 of 30 hours face to face since.",
            id="both are used up",
        ),
        pytest.param(
            sat(("2026-11-11", 60)),
            29,
            DueState.SOON,
            "8 days since the last full hour; 29 of 30 hours face to face since.",
            id="the hours face to face still hold",
        ),
        pytest.param(
            sat(("2026-11-11", 60)),
            None,
            DueState.DUE,
            "8 days since the last full hour.",
            id="only the week is known",
        ),
        pytest.param(
            sat(("2026-11-12", 30), ("2026-11-18", 30)),
            40,
            DueState.SETTLED,
            "A full hour on 2026-11-18. The next one by 2026-11-25.",
            id="two halves within a week are an hour",
        ),
        pytest.param(
            sat(("2026-11-11", 30), ("2026-11-18", 30)),
            40,
            DueState.DUE,
            "No full hour yet; 40 of 30 hours face to face so far.",
            id="two halves a week apart are none",
        ),
        pytest.param(
            sat(("2026-11-20", 60)),
            None,
            DueState.DUE,
            "No full hour written down yet.",
            id="tomorrow does not count today",
        ),
    ],
)
def test_the_next_hour_with_the_supervisor(talks, face, state, words):
    met = None if face is None else ((ON, face * 60),)
    found = supervision_due(SupervisionFacts(talks, met), ON, RULES)
    assert (found.state, str(found.say)) == (state, words)


def test_only_hours_face_to_face_after_the_last_talk_count():
    met = ((day("2026-11-11"), 1800), (day("2026-11-12"), 90), (day("2026-11-20"), 999))
    found = supervision_due(SupervisionFacts(sat(("2026-11-11", 60)), met), ON, RULES)
    assert (found.face_minutes, found.hour_on, found.days_since) == (90, day("2026-11-11"), 8)


def test_what_is_asked_follows_from_the_dated_rules():
    hour = "An hour each week, or an hour for each 30 hours face to face."
    other = "90 minutes every 14 days, or for each 30 hours face to face."
    changed = replace(RULES, supervision_minutes=90, supervision_every_days=14)
    assert [str(asked(rules)) for rules in (RULES, changed)] == [hour, other]
    assert str(orientation_asked(RULES)) == (
        "40 hours in 3 months, or 20 with six months of experience. "
        "Volunteers: 40 before they work alone."
    )


@given(LEARNED, DAYS)
def test_an_hour_more_never_makes_supervision_more_due(talks, on):
    order = [DueState.SETTLED, DueState.SOON, DueState.DUE]
    before = supervision_due(SupervisionFacts(talks), on, RULES)
    after = supervision_due(SupervisionFacts([*talks, Learned(on, 60)]), on, RULES)
    assert order.index(after.state) <= order.index(before.state)
    assert after.state is DueState.SETTLED


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        pytest.param(BeginningFacts(), None, id="first day not known"),
        pytest.param(
            BeginningFacts(day("2026-10-01")),
            "10 of 40 hours; 30 to go by 2027-01-01",
            id="new, nothing said",
        ),
        pytest.param(
            BeginningFacts(day("2026-10-01"), experienced=True),
            "10 of 20 hours; 10 to go by 2027-01-01",
            id="with experience",
        ),
        pytest.param(
            BeginningFacts(day("2026-05-01"), experienced=False),
            "10 of 40 hours; 30 were missing on 2026-08-01",
            id="three months are over",
        ),
        pytest.param(
            BeginningFacts(day("2026-10-01"), volunteer=True),
            "10 of 40 hours; 30 to go",
            id="volunteers: before they work alone",
        ),
    ],
)
def test_orientation(facts, words):
    found = orientation(facts, [Learned(day("2026-10-05"), 600)], ON, RULES)
    assert (found and str(found.say)) == words


def test_in_service_hours_are_those_of_the_year():
    learned = [Learned(day(on), 240) for on in ("2025-12-31", "2026-01-01", "2026-11-19")]
    found = in_service(learned, ON, RULES)
    assert (str(found.say), found.source) == ("8 of 8 hours: all there", "DHS 36.12")


@pytest.mark.parametrize(("minutes", "words"), [(0, "0"), (15, "0.25"), (90, "1.5"), (1200, "20")])
def test_hours_as_people_write_them(minutes, words):
    assert in_words(minutes) == words


W = CompetencyWord


@pytest.mark.practice("SVC-8")
@pytest.mark.parametrize(
    ("own", "supervisors", "signed", "gap"),
    [
        pytest.param(None, None, False, Gap.NOBODY_LOOKED, id="nobody looked"),
        pytest.param(W.SHOWING, None, False, Gap.SUPERVISOR_VIEW_MISSING, id="own view only"),
        pytest.param(None, W.LEARNING, False, Gap.OWN_VIEW_MISSING, id="supervisor's only"),
        pytest.param(W.SHOWING, W.WITH_HELP, False, Gap.SEEN_DIFFERENTLY, id="far apart"),
        pytest.param(W.WITH_HELP, W.ON_MY_OWN, False, Gap.GROWING, id="nearly"),
        pytest.param(W.ON_MY_OWN, W.SHOWING, False, Gap.READY, id="both see it"),
        pytest.param(W.NOT_YET, W.SHOWING, True, None, id="signed off"),
    ],
)
def test_two_views_of_one_skill(own, supervisors, signed, gap):
    assert standing_of(own, supervisors, signed=signed).gap is gap


@pytest.mark.practice("SVC-8")
def test_there_are_ten_areas_and_thirteen_skills_and_no_code_twice():
    assert (len(COMPETENCIES), len(set(COMPETENCIES))) == (23, 23)


def test_no_function_reads_the_clock():
    folder = Path(growth.__file__).parent
    calls = {
        node.func.attr
        for path in folder.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert calls & {"today", "now", "utcnow", "time", "localtime"} == set()
