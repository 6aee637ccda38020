"""Who is served: by what people say, through which door, and never with a lost request."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.practice import eligibility
from alongside.practice.codes import Pathway, Population, ReferrerRole
from alongside.practice.eligibility import Answer, EligibilityFacts, assess

ON = date(2026, 11, 22)
SELF = EligibilityFacts(
    population=Population.ADULT_SELF_IDENTIFIED,
    born_on=date(1988, 4, 18),
    county="Dunn",
    pathway=Pathway.SELF_REFERRAL,
)
COURT = EligibilityFacts(
    born_on=date(1988, 4, 18),
    county="Dunn Co.",
    pathway=Pathway.FAMILY_TREATMENT_COURT,
    has_referring_professional=True,
    referrer_role=ReferrerRole.SOCIAL_WORKER,
    contract_counties=frozenset({"Dunn", "Pepin"}),
    contract_pathways=frozenset({Pathway.FAMILY_TREATMENT_COURT, Pathway.CHIPS}),
)


def said(facts: EligibilityFacts) -> list[str]:
    return [str(reason) for reason in assess(facts, ON).reasons]


@pytest.mark.practice("SVC-1")
@pytest.mark.parametrize(
    ("facts", "answer", "first"),
    [
        pytest.param(
            SELF,
            "yes",
            "Adult who says mental health or substance use is a concern: their own word is enough.",
            id="own word is enough",
        ),
        pytest.param(
            replace(
                SELF, population=None, own_words="return to use last month, wants back in groups"
            ),
            "yes",
            "Said in their own words. That is enough.",
            id="own words on the sheet",
        ),
        pytest.param(
            replace(SELF, population=Population.AFFECTED_BY_OTHERS_USE),
            "yes",
            "Affected by someone else's use: supported in their own right.",
            id="someone else's use",
            marks=pytest.mark.practice("MPR-3"),
        ),
        pytest.param(
            replace(SELF, population=None, own_words="housing + job"),
            "ask",
            "Not said yet what they would like support with. When you talk, ask whether "
            "mental health, substance use or someone else's use is part of it. "
            "Their word is enough.",
            id="not said yet",
        ),
        pytest.param(
            replace(COURT, population=Population.NOT_SAID),
            "yes",
            "FTC is one of the doors this program is for.",
            id="the pathway says it",
        ),
    ],
)
def test_who_they_are(facts, answer, first):
    assert (assess(facts, ON).answer, said(facts)[0]) == (answer, first)


@pytest.mark.practice("SVC-1", "MPR-6")
@given(
    st.builds(
        EligibilityFacts,
        population=st.none() | st.sampled_from(Population),
        own_words=st.text(),
        born_on=st.none() | st.dates(),
        county=st.text(max_size=20),
        pathway=st.sampled_from(Pathway),
        has_referring_professional=st.booleans(),
        referrer_role=st.none() | st.sampled_from(ReferrerRole),
    )
)
def test_every_answer_has_reasons_and_none_asks_for_proof(facts):
    found = assess(facts, ON)
    words = " ".join(map(str, found.reasons)).lower()
    assert found.reasons
    assert [
        w for w in ("proof", "prove", "diagnos", "document", "denied", "reject") if w in words
    ] == []


@pytest.mark.practice("PSP-5")
@pytest.mark.parametrize(
    ("pathway", "whom"),
    [
        pytest.param(Pathway.FAMILY_TREATMENT_COURT, "their county social worker", id="FTC"),
        pytest.param(Pathway.CHIPS, "their county social worker", id="CHIPS"),
        pytest.param(Pathway.JUVENILE_JUSTICE, "their county social worker", id="juvenile justice"),
        pytest.param(Pathway.CCS, "their CCS service facilitator", id="CCS"),
    ],
)
def test_a_door_without_its_professional_says_whom_to_ask_and_keeps_the_request(pathway, whom):
    found = assess(replace(SELF, pathway=pathway), ON)
    assert found.answer is Answer.ASK
    assert str(found.ask_whom) == f"Please ask {whom} to send a referral. We keep the request here."
    assert str(found.reasons[0]).endswith(
        f"needs a referral from {whom}. Nothing is lost meanwhile."
    )


@pytest.mark.practice("PSP-5")
@pytest.mark.parametrize(
    ("role", "answer"),
    [
        pytest.param(ReferrerRole.SOCIAL_WORKER, "yes", id="county social worker"),
        pytest.param(ReferrerRole.COURT_COORDINATOR, "yes", id="court coordinator"),
        pytest.param(ReferrerRole.NOT_SAID, "yes", id="a professional, role not said"),
        pytest.param(None, "yes", id="a professional, role not known"),
        pytest.param(ReferrerRole.SERVICE_FACILITATOR, "ask", id="another pathway's professional"),
        pytest.param(ReferrerRole.THEMSELVES, "ask", id="the person themselves"),
    ],
)
def test_who_opens_family_treatment_court(role, answer):
    assert assess(replace(COURT, referrer_role=role), ON).answer == answer


def test_nobody_needs_a_referral_to_ask_by_themselves():
    found = assess(SELF, ON)
    assert (found.answer, found.ask_whom) == (Answer.YES, None)
    assert "Nobody else has to make the referral." in said(SELF)


@pytest.mark.practice("SVC-1")
@pytest.mark.parametrize(
    ("born", "pathway", "answer", "words"),
    [
        pytest.param(date(1988, 1, 1), Pathway.SELF_REFERRAL, "yes", "An adult.", id="adult"),
        pytest.param(date(2008, 11, 22), Pathway.SELF_REFERRAL, "yes", "An adult.", id="18 today"),
        pytest.param(
            date(2008, 11, 23),
            Pathway.SELF_REFERRAL,
            "yes",
            "17 years old: a young person on the way to adult life.",
            id="18 tomorrow",
        ),
        pytest.param(
            date(2012, 1, 1),
            Pathway.JUVENILE_JUSTICE,
            "ask",
            "14 years old: juvenile justice is for youth.",
            id="youth in juvenile justice",
        ),
        pytest.param(
            date(2012, 1, 1),
            Pathway.SELF_REFERRAL,
            "ask",
            "14 years old: younger than most we serve. Ask who could be a good fit.",
            id="14",
        ),
        pytest.param(
            date(2020, 1, 1),
            Pathway.SELF_REFERRAL,
            "no",
            "6 years old by the birth date. Is the date right? This service is for young people "
            "and adults; a parent can be supported in their own right.",
            id="a child, or a wrong date",
        ),
        pytest.param(
            None,
            Pathway.SELF_REFERRAL,
            "yes",
            "Birth date not known. It can be filled in later.",
            id="unknown",
        ),
        pytest.param(
            date(2027, 1, 1),
            Pathway.SELF_REFERRAL,
            "yes",
            "Birth date not known. It can be filled in later.",
            id="a date ahead is unknown",
        ),
    ],
)
def test_age(born, pathway, answer, words):
    facts = replace(SELF, born_on=born, pathway=pathway)
    assert words in said(facts)
    assert assess(facts, ON).answer == answer


@pytest.mark.practice("PSP-10")
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({}, None, id="covered"),
        pytest.param(
            {"county": "Hennepin MN"},
            "Hennepin MN is not in a current contract. Ask who could pay, or who is near.",
            id="elsewhere",
        ),
        pytest.param(
            {"county": ""}, "County not known. Ask where they live.", id="county not known"
        ),
        pytest.param(
            {"pathway": Pathway.CCS, "referrer_role": ReferrerRole.SERVICE_FACILITATOR},
            "CCS is not in a current contract. Ask who could pay.",
            id="no contract for the pathway",
        ),
        pytest.param(
            {"pathway": Pathway.NOT_SAID},
            "Not said how they came to us. Ask when you talk.",
            id="not said",
        ),
    ],
)
def test_contracts_make_a_question_and_never_a_no(changes, words):
    found = assess(replace(COURT, **changes), ON)
    assert found.answer is (Answer.ASK if words else Answer.YES)
    assert words is None or words in map(str, found.reasons)


def test_open_questions_stand_first():
    facts = replace(COURT, has_referring_professional=False, county="Hennepin MN")
    first, second, *rest = said(facts)
    assert first.startswith("FTC needs a referral")
    assert second.startswith("Hennepin MN is not")
    assert rest == ["FTC is one of the doors this program is for.", "An adult."]


@pytest.mark.practice("MPR-1")
def test_no_place_in_the_journey_is_a_fact_that_could_decide():
    fields = EligibilityFacts.__dataclass_fields__
    assert [name for name in fields if "journey" in name or "place" in name] == []


@pytest.mark.parametrize(
    ("born", "age"),
    [
        (date(2008, 2, 29), 18),
        (date(2000, 11, 22), 26),
        (date(2000, 11, 23), 25),
        (ON, 0),
        (None, None),
    ],
)
def test_age_on(born, age):
    assert eligibility.age_on(born, ON) == age
