"""Certificate, contract and ticks: what decides where words and facts part."""

from dataclasses import replace

import pytest

from alongside.practice.arrays import ArrayFacts, Sure, advise
from alongside.practice.codes import Activity, GoingAlong, Process, ServiceArray
from alongside.practice.rules import rules_on
from tests.practice.arrays.people import (
    COACH,
    CPS,
    FROM_TOMORROW,
    LAPSED_YESTERDAY,
    LAST_DAY,
    NEVER,
    ON,
    PARENT,
    TRAINING,
)

A = ServiceArray
TALK = ArrayFacts(CPS, frozenset({Process.CONNECTING}), frozenset({Activity.MUTUAL_RELATIONSHIP}))
SAT = "sat with her, told her about my own first year, she said she felt understood"


@pytest.mark.practice("PEER-1", "PEER-2")
@pytest.mark.parametrize(
    ("standing", "label", "why"),
    [
        pytest.param(CPS, "peer support", "certified on this day (until Jul 2027)", id="CPS"),
        pytest.param(LAST_DAY, "peer support", "(until Nov 2026)", id="on the last day"),
        pytest.param(LAPSED_YESTERDAY, "peer mentoring", "ran out on 2026-11-21", id="yesterday"),
        pytest.param(FROM_TOMORROW, "peer mentoring", "exam not passed yet", id="from tomorrow"),
        pytest.param(TRAINING, "peer mentoring", "in training, exam not passed yet", id="training"),
        pytest.param(PARENT, "peer mentoring", "certified (end date not known)", id="parent PS"),
        pytest.param(COACH, "peer mentoring", "not certified", id="recovery coach"),
        pytest.param(NEVER, "peer mentoring", "not certified", id="never"),
    ],
)
def test_the_certificate_of_the_day_makes_the_name(standing, label, why):
    for facts in (replace(TALK, standing=standing), ArrayFacts(standing, words=SAT)):
        found = advise(facts, ON)
        assert found.label == label
        assert why in " ".join(map(str, found.reasons))


@pytest.mark.practice("PSP-10")
@pytest.mark.parametrize(
    ("facts", "allowed", "array", "sure", "why"),
    [
        pytest.param(TALK, {A.PEER_SUPPORT}, A.PEER_SUPPORT, "sure", None, id="in the contract"),
        pytest.param(
            TALK, {A.ISDE}, A.PEER_SUPPORT, "ask", "does not pay for Peer Support", id="not in it"
        ),
        pytest.param(TALK, None, A.PEER_SUPPORT, "sure", None, id="no contract known"),
        pytest.param(
            replace(TALK, standing=NEVER), {A.ISDE}, A.ISDE, "likely", "pays for ISDE",
            id="mentoring under the one that is paid",
        ),
        pytest.param(
            replace(TALK, standing=NEVER), {A.PEER_SUPPORT}, A.WELLNESS_MANAGEMENT, "ask",
            "does not pay for Wellness Management", id="neither is paid",
        ),
        pytest.param(
            ArrayFacts(NEVER, answers={"what": "skill", "who": "me"}), {A.WELLNESS_MANAGEMENT},
            A.ISDE, "ask", "does not pay for ISDE", id="a lesson stays what it is",
        ),
        pytest.param(
            ArrayFacts(CPS, answers={"what": "errand"}), set(), None, "sure", None, id="no service"
        ),
    ],
)  # fmt: skip
def test_what_the_contract_pays_for(facts, allowed, array, sure, why):
    known = None if allowed is None else frozenset(allowed)
    found = advise(replace(facts, allowed=known), ON)
    assert (found.array, found.sure) == (array, sure)
    told = [reason for reason in found.reasons if reason.source == "PSP-10"]
    assert [why in str(reason) for reason in told] == ([True] if why else [])


@pytest.mark.practice("PEER-4", "PEER-6")
@pytest.mark.parametrize(
    ("words", "sure", "change"),
    [
        pytest.param(SAT, "sure", None, id="the words say the same"),
        pytest.param("ok", "sure", None, id="the words say little"),
        pytest.param(
            "did EMDR with her on the crash and processed the trauma", "ask",
            "The words sound like no service; what did the two of you do?", id="no service",
        ),
        pytest.param(
            "taught him to budget and pay bills, he filled in the sheet", "likely",
            "If a skill of daily life was the aim, look at ISDE.", id="a lesson",
        ),
        pytest.param(
            "explained to her parents what bipolar is, with the booklet", "likely",
            "The words sound like learning about a condition; if that was the aim, look there.",
            id="learning",
        ),
    ],
)  # fmt: skip
def test_ticks_decide_and_words_that_say_otherwise_make_it_less_sure(words, sure, change):
    along = replace(TALK, going_along=GoingAlong.OTHER, words=words)
    found = advise(along, ON)
    assert (found.array, found.sure) == (A.PEER_SUPPORT, sure)
    assert (change in map(str, found.would_change)) is (change is not None)


@pytest.mark.practice("PEER-4")
@pytest.mark.parametrize(
    ("words", "array"),
    [
        pytest.param("Taught her to read a lease and email the landlord.", A.ISDE, id="a skill"),
        pytest.param("Practiced job interview answers twice.", A.EMPLOYMENT_SKILLS, id="work"),
        pytest.param(SAT, A.PEER_SUPPORT, id="the relationship"),
    ],
)
def test_processes_alone_leave_it_to_the_words(words, array):
    found = advise(ArrayFacts(CPS, frozenset({Process.CONNECTING}), words=words), ON)
    assert found.array is array


@pytest.mark.practice("PEER-2")
@pytest.mark.parametrize(
    ("words", "sure"), [("", Sure.LIKELY), (SAT, Sure.SURE)], ids=["an empty page", "it tells why"]
)
def test_connecting_is_in_every_meeting_so_it_alone_makes_nothing_sure(words, sure):
    found = advise(ArrayFacts(CPS, frozenset({Process.CONNECTING}), words=words), ON)
    assert (found.array, found.sure) == (A.PEER_SUPPORT, sure)


@pytest.mark.practice("PEER-6")
def test_the_lead_is_asked_only_where_it_says_so():
    assert advise(TALK, ON).ask_the_lead is False
    doubt = replace(TALK, activities=frozenset({Activity.DOING_FOR}), processes=frozenset())
    assert (advise(doubt, ON).sure, advise(doubt, ON).ask_the_lead) == (Sure.ASK, True)


@pytest.mark.practice("PEER-3")
def test_which_array_a_kind_of_help_stands_under_is_dated_data():
    later = replace(
        rules_on(ON), array_work=A.NON_TRADITIONAL, array_wellness=A.PHYSICAL_HEALTH_MONITORING
    )
    worked = ArrayFacts(NEVER, words="worked on her resume and a job application")
    assert advise(worked, ON).array is A.EMPLOYMENT_SKILLS
    assert advise(worked, ON, later).array is A.NON_TRADITIONAL
    found = advise(replace(TALK, standing=NEVER), ON, later)
    assert (found.array, found.label) == (A.PHYSICAL_HEALTH_MONITORING, "peer mentoring")
