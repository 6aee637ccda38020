"""Which service array: first the sort of help, then the credential on that day."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.practice import catalog
from alongside.practice.arrays import ArrayFacts, Sure, advise, read_signs
from alongside.practice.arrays.signs import Giving, license_covers
from alongside.practice.codes import (
    Activity,
    CredentialKind,
    GoingAlong,
    Process,
    ServiceArray,
)
from alongside.practice.credentials import CredentialFacts, standing_on

ON = date(2026, 11, 22)


def _standing(kind: CredentialKind, begins: date, ends: date):
    return standing_on([CredentialFacts(kind, begins, ends)], ON)


CPS = _standing(CredentialKind.CPS, date(2025, 7, 8), date(2027, 7, 8))
LAPSED = _standing(CredentialKind.CPS, date(2024, 11, 21), date(2026, 11, 21))
PARENT = _standing(CredentialKind.CPPS, date(2025, 7, 8), date(2027, 7, 8))
NEVER = standing_on([], ON)
TRAINING = standing_on([CredentialFacts(CredentialKind.CPS, in_training=True)], ON)
A, P = Activity, Process
TALK = ArrayFacts(CPS, frozenset({P.CONNECTING}), frozenset({A.MUTUAL_RELATIONSHIP}))
YOGA = ArrayFacts(CPS, activities=frozenset({A.TEACHING_OR_TREATMENT}), words="taught her yoga")


def test_the_reason_as_a_supporter_reads_it():
    found = advise(TALK, ON)
    assert [str(reason) for reason in found.reasons] == [
        "because the help came from the relationship",
        "and you are certified on this day (until Jul 2027)",
    ]
    assert [str(change) for change in found.would_change] == [
        "If you were teaching or treating, it is ISDE or Wellness Management."
    ]


@pytest.mark.practice("PEER-2")
@pytest.mark.parametrize(
    ("changes", "array", "label", "sure"),
    [
        pytest.param({}, "peer_support", "peer support", "sure", id="CPS, help from relationship"),
        pytest.param(
            {"standing": LAPSED}, "wellness_management", "peer mentoring", "likely", id="lapsed"
        ),
        pytest.param(
            {"standing": TRAINING}, "wellness_management", "peer mentoring", "likely", id="training"
        ),
        pytest.param(
            {"standing": PARENT}, "wellness_management", "peer mentoring", "likely", id="parent PS"
        ),
        pytest.param(
            {"processes": frozenset(), "activities": frozenset()},
            "peer_support",
            "peer support",
            "likely",
            id="nothing to go on yet",
        ),
        pytest.param(
            {"activities": frozenset()},
            "peer_support",
            "peer support",
            "likely",
            id="only connecting, as on an empty page",
        ),
        pytest.param(
            {"processes": frozenset(), "activities": frozenset({A.SKILL_PRACTICE})},
            "peer_support",
            "peer support",
            "likely",
            id="a skill practiced side by side",
        ),
        pytest.param(
            {"activities": frozenset({A.DOING_FOR})},
            "peer_support",
            "peer support",
            "ask",
            id="done for the person",
        ),
        pytest.param(
            {"going_along": GoingAlong.COURT, "processes": frozenset(), "activities": frozenset()},
            "peer_support",
            "peer support",
            "sure",
            id="went along to court",
        ),
    ],
)
def test_peer_support_needs_a_certificate_on_that_day(changes, array, label, sure):
    found = advise(replace(TALK, **changes), ON)
    assert (found.array, found.label, found.sure) == (array, label, sure)


@pytest.mark.practice("PEER-3")
@pytest.mark.parametrize(
    ("facts", "array"),
    [
        pytest.param({"activities": {A.SKILL_PRACTICE}}, "isde", id="a life skill"),
        pytest.param({"activities": {A.NAVIGATING_SYSTEMS}}, "isde", id="forms and offices"),
        pytest.param({"going_along": GoingAlong.COURT}, "isde", id="went along to court"),
        pytest.param({"activities": {A.WELLNESS_PRACTICE}}, "wellness_management", id="wellness"),
        pytest.param(
            {"going_along": GoingAlong.SELF_HELP_GROUP}, "wellness_management", id="self-help"
        ),
        pytest.param({"processes": {P.PLANNING}}, "isde", id="planning only"),
        pytest.param({"processes": {P.CONNECTING}}, "wellness_management", id="connecting"),
        pytest.param({}, "wellness_management", id="nothing to go on yet"),
    ],
)
def test_from_a_supporter_who_is_not_certified_it_is_peer_mentoring(facts, array):
    sets = {k: frozenset(v) if isinstance(v, set) else v for k, v in facts.items()}
    found = advise(ArrayFacts(NEVER, **sets), ON)
    assert (found.array, found.label) == (array, "peer mentoring")
    assert "peer mentoring (not certified)" in str(found.reasons[1])
    last = "With a certificate that holds on this day it would be Peer Support."
    assert str(found.would_change[-1]) == last


@pytest.mark.practice("PEER-4")
@pytest.mark.parametrize("standing", [CPS, NEVER], ids=["certified", "not certified"])
@pytest.mark.parametrize(
    ("facts", "array", "sure"),
    [
        pytest.param({"ticked": True}, "wellness_management", "sure", id="by activity"),
        pytest.param({"words": "gave him a massage"}, "wellness_management", "sure", id="massage"),
        pytest.param({"words": "led a TRE session"}, "wellness_management", "sure", id="TRE"),
        pytest.param({"words": "taught a budgeting class"}, "isde", "sure", id="a lesson"),
        pytest.param(
            {"words": "Did yoga 45 min at the studio", "other_license": "yoga teacher (RYT200)"},
            "wellness_management",
            "likely",
            id="yoga by a yoga teacher",
        ),
        pytest.param(
            {"words": "Did yoga 45 min at the studio"},
            "wellness_management",
            "ask",
            id="yoga, and nobody says who led it",
        ),
        pytest.param(
            {"ticked": True, "going_along": GoingAlong.OTHER, "words": "rode along to yoga"},
            "wellness_management",
            "ask",
            id="chosen and gone along: ask the array lead",
        ),
    ],
)
def test_a_lesson_or_treatment_is_not_peer_support(standing, facts, array, sure):
    facts = dict(facts)
    ticked = frozenset({A.TEACHING_OR_TREATMENT}) if facts.pop("ticked", False) else frozenset()
    found = advise(ArrayFacts(standing, frozenset({P.CONNECTING}), ticked, **facts), ON)
    assert (found.array, found.label, found.sure) == (array, "", sure)


@pytest.mark.practice("PEER-4")
@pytest.mark.parametrize(
    ("words", "giving"),
    [
        pytest.param("taught her three yoga poses", Giving.GIVEN, id="taught"),
        pytest.param(
            "drove to the studio and gave yoga lesson", Giving.GIVEN, id="drove, then gave"
        ),
        pytest.param("massage session with him", Giving.GIVEN, id="session with"),
        pytest.param("Did acupuncture on her", Giving.GIVEN, id="did on"),
        pytest.param("yoga together", Giving.MENTIONED, id="who led it is not said"),
        pytest.param("talked about court, did yoga 45 min", Giving.MENTIONED, id="talk, then yoga"),
        pytest.param("rode along to yoga", Giving.NOT_SEEN, id="rode along"),
        pytest.param("went w/ her to yoga class", Giving.NOT_SEEN, id="went with"),
        pytest.param("went with her to yoga and massage", Giving.NOT_SEEN, id="went to both"),
        pytest.param("her massage therapist taught her a stretch", Giving.NOT_SEEN, id="other"),
        pytest.param("the instructor led yoga", Giving.NOT_SEEN, id="the instructor led"),
        pytest.param("she did yoga this morning", Giving.NOT_SEEN, id="the person's own"),
        pytest.param("she taught me a yoga pose", Giving.NOT_SEEN, id="mutual"),
        pytest.param("talked about acupuncture", Giving.NOT_SEEN, id="a talk about it"),
        pytest.param("no yoga today, too tired", Giving.NOT_SEEN, id="did not happen"),
        pytest.param("worked on toolbox - music, walks, yoga", Giving.NOT_SEEN, id="in a toolbox"),
        pytest.param("tres cafes con ella", Giving.NOT_SEEN, id="tres is not TRE"),
        pytest.param("coffee @ the Raw Deal", Giving.NOT_SEEN, id="nothing of the kind"),
        pytest.param("", Giving.NOT_SEEN, id="empty"),
    ],
)
def test_what_the_words_say_about_giving(words, giving):
    assert read_signs(words).giving is giving


@pytest.mark.parametrize(
    ("held", "practice", "covers"),
    [
        ("yoga teacher (RYT200)", "yoga", True),
        ("LMT", "massage", True),
        ("TRE provider", "TRE", True),
        ("LMT", "yoga", False),
        ("", "yoga", False),
        ("LMT", "", False),
    ],
)
def test_what_another_license_is_for(held, practice, covers):
    assert license_covers(held, practice) is covers


@pytest.mark.practice("SVC-7")
@pytest.mark.parametrize(
    ("facts", "array", "sure"),
    [
        pytest.param(
            {"activities": frozenset({A.JOB_SKILLS})}, "employment_skills", "likely", id="chosen"
        ),
        pytest.param({"words": "job fair @ library"}, "employment_skills", "likely", id="in words"),
        pytest.param(
            {"activities": frozenset({A.JOB_SKILLS, A.GOING_ALONG})},
            "employment_skills",
            "ask",
            id="beside other help: ask",
        ),
        pytest.param(
            {"words": "job fair", "going_along": GoingAlong.OTHER},
            "peer_support",
            "likely",
            id="went along to the job fair",
        ),
        pytest.param(
            {"words": "her job is stressful", "processes": frozenset({P.SUPPORTING})},
            "peer_support",
            "likely",
            id="talk about a job",
        ),
    ],
)
def test_job_skills(facts, array, sure):
    found = advise(ArrayFacts(CPS, **facts), ON)
    assert (found.array, found.sure) == (array, sure)


CLINICAL = {term.code for term in catalog.service_arrays() if "clinical" in term.marks}
EVERY = st.builds(
    ArrayFacts,
    st.sampled_from([CPS, LAPSED, PARENT, NEVER, TRAINING]),
    st.frozensets(st.sampled_from(Process)),
    st.frozensets(st.sampled_from(Activity)),
    st.none() | st.sampled_from(GoingAlong),
    st.sampled_from(["", "rode along to yoga", "taught yoga", "job fair", "talked"]) | st.text(),
    st.sampled_from(["", "LMT", "yoga teacher"]),
)


@pytest.mark.practice("SVC-3")
@given(EVERY)
def test_nothing_clinical_is_ever_proposed(facts):
    assert advise(facts, ON).array not in CLINICAL


@pytest.mark.practice("PEER-2", "PEER-3", "PEER-4")
@given(EVERY)
def test_the_promises_hold_for_every_encounter(facts):
    found = advise(facts, ON)
    assert found.array is not None
    assert found.reasons
    assert all(str(reason) for reason in (*found.reasons, *found.would_change))
    if found.array is ServiceArray.PEER_SUPPORT:
        assert facts.standing is CPS
        assert found.label == "peer support"
    if facts.standing is not CPS:
        assert found.label in ("", "peer mentoring")
    if Activity.TEACHING_OR_TREATMENT in facts.activities:
        assert found.label == ""
        assert found.array in (ServiceArray.ISDE, ServiceArray.WELLNESS_MANAGEMENT)
    assert found.sure in Sure
