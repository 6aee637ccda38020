"""What may be told, to whom, on which ground: by table, and never beyond what was said yes to."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.consents.rules.disclosures import Told, grouped, years_before
from alongside.core.words import Say
from alongside.practice.catalog_errors import CatalogError
from alongside.practice.consents import Category, ConsentKind, Purpose, RecipientFacts
from alongside.practice.consents.codes import Ending, RecipientKind
from alongside.practice.disclosure import (
    BY_HAND,
    EVERYTHING,
    WAY_WORDS,
    Basis,
    Way,
    book,
    consented,
    needed,
    notice_on,
    proposal,
    scope_of,
    travels,
    why_not_disclose,
)
from alongside.practice.disclosure.book import read_book
from alongside.practice.disclosure.deciding import COVERS
from tests.architecture.source import PACKAGE
from tests.consents.disclosing import PAT, SIGNED, a_leave, asked
from tests.factories import NOW, TODAY

C = Category


def code_of(*args: Any, **kwargs: Any) -> str:
    refusal = why_not_disclose(*args, **kwargs)
    return refusal.code if refusal else ""


@pytest.mark.practice("PSP-6")
@pytest.mark.parametrize(
    ("consent", "said", "code"),
    [
        pytest.param({}, {}, "", id="consented, named, and no more than that"),
        pytest.param({"signed_on": None}, {}, "not-signed", id="not signed yet"),
        pytest.param(
            {"signed_on": TODAY + timedelta(days=1)}, {}, "not-signed", id="signed later only"
        ),
        pytest.param({"ends_on": TODAY}, {}, "", id="its last day still counts"),
        pytest.param(
            {"ends_on": TODAY - timedelta(days=1)}, {}, "ended", id="ended the day before"
        ),
        pytest.param({"event_on": TODAY}, {}, "ended", id="what ends it has happened"),
        pytest.param({"revoked_on": TODAY}, {}, "revoked", id="taken back today"),
        pytest.param(
            {"recipient": replace(PAT, revoked_on=TODAY)},
            {},
            "recipient-revoked",
            id="taken back for them alone",
        ),
        pytest.param({"mistaken": True}, {}, "mistaken", id="written down by mistake"),
        pytest.param({"statements": frozenset()}, {}, "revocation", id="an element is lacking"),
        pytest.param(
            {},
            {"categories": frozenset({C.RECEIVED, C.NOTES})},
            "not-consented",
            id="notes were not named",
        ),
        pytest.param(
            {}, {"purpose": Purpose.PAYMENT}, "other-purpose", id="it was for something else"
        ),
        pytest.param({}, {"purpose": Purpose.COURT_OR_COUNTY}, "", id="for just this"),
        pytest.param({}, {"categories": frozenset()}, "no-category", id="nothing chosen"),
        pytest.param(
            {"categories": frozenset({C.NOTES})},
            {"categories": frozenset({C.NOTES})},
            "more-than-needed",
            id="consented, and more than the county needs",
        ),
        pytest.param(
            {"categories": frozenset({C.NOTES})},
            {"categories": frozenset({C.NOTES}), "facts": {"why_more": "She asked me to."}},
            "",
            id="more than needed, with a reason",
        ),
        pytest.param(
            {"categories": frozenset({C.WHOLE_RECORD}), "purpose": Purpose.AT_MY_REQUEST},
            {"categories": frozenset({C.GOALS})},
            "",
            id="everything holds each part",
        ),
        pytest.param(
            {"categories": frozenset({C.WHOLE_RECORD}), "purpose": Purpose.AT_MY_REQUEST},
            {"categories": frozenset({C.COUNSELING_NOTES})},
            "not-consented",
            id="everything holds no counseling notes",
        ),
        pytest.param(
            {
                "kind": ConsentKind.TPO,
                "purpose": Purpose.TPO,
                "ends": Ending.NONE,
                "ends_on": None,
                "statements": frozenset(
                    {"revocation", "redisclosure", "refusal", "proceedings", "money", "copy"}
                ),
                "recipient": RecipientFacts(RecipientKind.CLASS, "My treating providers"),
            },
            {"name": ""},
            "no-name",
            id="a group is told through someone",
        ),
        pytest.param(
            {"kind": ConsentKind.PROCEEDINGS, "purpose": Purpose.PROCEEDINGS}
            | {"purpose_words": "State v. G. R.", "categories": frozenset({C.ATTENDANCE})}
            | {"statements": frozenset({"revocation", "refusal", "copy"})},
            {"categories": frozenset({C.ATTENDANCE})},
            "other-purpose",
            id="a consent for court is never meant by the way",
        ),
        pytest.param(
            {"kind": ConsentKind.PROCEEDINGS, "purpose": Purpose.PROCEEDINGS}
            | {"purpose_words": "State v. G. R.", "categories": frozenset({C.ATTENDANCE})}
            | {"statements": frozenset({"revocation", "refusal", "copy"})},
            {"categories": frozenset({C.ATTENDANCE}), "purpose": Purpose.PROCEEDINGS},
            "",
            id="a consent for court, asked for by its name",
        ),
    ],
)
def test_under_a_consent(consent, said, code):
    assert code_of(asked(**said), [a_leave(**consent)]) == code


def test_without_a_consent_that_names_them_nothing_is_told():
    assert code_of(asked(), []) == "not-named"


def test_a_consent_that_holds_counts_beside_one_that_does_not():
    assert code_of(asked(), [a_leave(revoked_on=TODAY), a_leave()]) == ""


def test_of_several_that_do_not_hold_the_newest_says_why():
    leaves = [a_leave(ends_on=TODAY - timedelta(days=2)), a_leave(revoked_on=TODAY)]
    assert code_of(asked(), leaves) == "ended"


def ground(basis: Basis, facts: dict[str, str], **more: Any) -> Any:
    plain = {"basis": basis, "facts": facts, "what": "What is needed", "privacy": True}
    return asked(**{**plain, "categories": frozenset(), **more})


ORDER = {
    "court": "Dunn County Circuit Court",
    "order_number": "26 CV 12",
    "order_on": "2026-11-10",
    "order_says": "Attendance, to the court",
    "subpoena": "yes",
}
EMERGENCY = {"emergency": "She did not wake up", "why_not_asked": "She could not speak"}


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        pytest.param(ground(Basis.EMERGENCY, EMERGENCY), "", id="emergency, with its facts"),
        pytest.param(
            ground(Basis.EMERGENCY, {"why_not_asked": "No"}), "no-emergency", id="which emergency?"
        ),
        pytest.param(
            ground(Basis.EMERGENCY, {"emergency": "Fell"}),
            "no-why-not-asked",
            id="emergency: why was she not asked?",
        ),
        pytest.param(
            ground(Basis.EMERGENCY, EMERGENCY, organization=""),
            "no-organization",
            id="emergency: to whom, and where from",
        ),
        pytest.param(
            ground(Basis.EMERGENCY, EMERGENCY, categories=frozenset({C.COUNSELING_NOTES})),
            "too-much",
            id="emergency: no counseling notes",
        ),
        pytest.param(ground(Basis.COURT_ORDER, ORDER), "", id="order and subpoena"),
        pytest.param(
            ground(Basis.COURT_ORDER, {**ORDER, "order_number": ""}),
            "no-order-number",
            id="a subpoena alone",
        ),
        pytest.param(
            ground(Basis.COURT_ORDER, {**ORDER, "subpoena": ""}),
            "no-subpoena",
            id="an order that compels nobody",
        ),
        pytest.param(
            ground(Basis.COURT_ORDER, {**ORDER, "order_on": "2027-01-01"}),
            "day-to-come",
            id="an order of next year",
        ),
        pytest.param(
            ground(Basis.COURT_ORDER, {**ORDER, "order_on": "last week"}),
            "day-to-come",
            id="a day that is none",
        ),
        pytest.param(
            ground(Basis.COURT_ORDER, ORDER, privacy=False),
            "privacy-officer",
            id="an order is for the privacy officer",
        ),
        pytest.param(
            ground(Basis.MANDATED_REPORT, {"report": "Bruises"}), "", id="a report of abuse"
        ),
        pytest.param(
            ground(Basis.MANDATED_REPORT, {"report": "Bruises"}, categories=frozenset({C.NOTES})),
            "record-stays",
            id="the record behind a report stays",
        ),
        pytest.param(
            ground(Basis.CRIME, {"crime": "Threatened Rosa at the center"}), "", id="a crime here"
        ),
        pytest.param(
            ground(Basis.CRIME, {"crime": "A threat"}, categories=frozenset({C.ATTENDANCE})),
            "record-stays",
            id="the record behind a crime stays",
        ),
        pytest.param(
            ground(Basis.AUDIT, {"audit_for": "The state", "agreement_on": "2026-01-05"}),
            "",
            id="an audit, agreed in writing",
        ),
        pytest.param(
            ground(Basis.AUDIT, {"audit_for": "The state"}), "no-agreement-on", id="not agreed"
        ),
        pytest.param(
            ground(Basis.RESEARCH, {"project": "How long people stay"}),
            "no-review-on",
            id="research that nobody looked at",
        ),
        pytest.param(
            ground(Basis.QSOA, {"service": "Billing", "agreement_on": "2026-01-05"}),
            "",
            id="someone who works for us",
        ),
        pytest.param(
            ground(Basis.OPERATIONS, {"why_needed": "Billing"}),
            "part-2-applies",
            id="operations, where Part 2 applies",
        ),
        pytest.param(
            ground(Basis.OPERATIONS, {"why_needed": "Billing"}, protected=False),
            "",
            id="operations, where it was switched off",
        ),
        pytest.param(
            ground(
                Basis.OPERATIONS,
                {"why_needed": "All"},
                protected=False,
                categories=frozenset({C.NOTES}),
            ),
            "too-much",
            id="even then not the notes",
        ),
        pytest.param(
            ground(Basis.PARTICIPANT, {}, name="", organization="", privacy=False),
            "",
            id="the participant themselves",
        ),
        pytest.param(ground(Basis.PARTICIPANT, {}, what=" "), "no-what", id="what was it?"),
        pytest.param(
            ground(Basis.QSOA, {"service": "A", "agreement_on": "2026-01-05"}, organization=""),
            "no-organization",
            id="which organization?",
        ),
    ],
)
def test_other_grounds_need_their_own_facts(wanted, code):
    assert code_of(wanted) == code


@pytest.mark.parametrize("basis", list(Basis))
@pytest.mark.parametrize("missing", range(5))
def test_a_ground_without_one_of_its_facts_is_none(basis, missing):
    facts = dict.fromkeys(book().grounds[basis].facts, "2026-01-05")
    if missing < len(facts):
        gone = list(facts)[missing]
        facts[gone] = "   "
        more = {"protected": basis is not Basis.OPERATIONS}
        assert code_of(ground(basis, facts, **more)) == f"no-{gone.replace('_', '-')}"


some = st.frozensets(st.sampled_from(list(Category)))
purposes = st.sampled_from(list(Purpose))
days = st.dates(date(2026, 9, 1), date(2027, 9, 1))


@pytest.mark.practice("PSP-6")
@given(
    yes=some,
    wanted=some,
    meant=purposes,
    purpose=st.none() | purposes,
    on=days,
    back=st.none() | days,
    gone=st.none() | days,
    ends=days,
    why=st.sampled_from(["", "Because"]),
)
def test_nothing_leaves_outside_consent_purpose_and_category(
    yes, wanted, meant, purpose, on, back, gone, ends, why
):
    leave = a_leave(
        categories=yes,
        purpose=meant,
        purpose_words="x",
        revoked_on=back,
        ends_on=ends,
        recipient=replace(PAT, revoked_on=gone),
    )
    said = asked(categories=wanted, purpose=purpose, on=on, facts={"why_more": why})
    if why_not_disclose(said, [leave]) is None:
        assert wanted
        assert wanted <= consented(leave.consent)
        assert (purpose or meant) in COVERS[meant]
        assert wanted <= needed(purpose or meant) | {C.COUNSELING_NOTES} or why
        assert SIGNED <= on <= ends
        assert back is None or on < back
        assert gone is None or on < gone
        assert C.COUNSELING_NOTES not in wanted or C.COUNSELING_NOTES in yes


@given(yes=some, meant=purposes, purpose=st.none() | purposes, on=days)
def test_the_proposal_is_the_least_and_passes_the_gate(yes, meant, purpose, on):
    leave = a_leave(categories=yes, purpose=meant, purpose_words="x")
    least = proposal([leave], purpose=purpose, on=on)
    assert least <= consented(leave.consent) & (needed(purpose or meant) | {C.COUNSELING_NOTES})
    if least:
        assert code_of(asked(categories=least, purpose=purpose, on=on), [leave]) == ""


@pytest.mark.parametrize(
    ("yes", "purpose", "least"),
    [
        pytest.param({C.ATTENDANCE, C.NOTES}, Purpose.COURT_OR_COUNTY, {C.ATTENDANCE}, id="county"),
        pytest.param({C.WHOLE_RECORD}, Purpose.PAYMENT, needed(Purpose.PAYMENT), id="payment"),
        pytest.param({C.GOALS}, Purpose.PAYMENT, set(), id="nothing that it needs"),
        pytest.param(
            {C.WHOLE_RECORD},
            Purpose.AT_MY_REQUEST,
            EVERYTHING - {C.WHOLE_RECORD},
            id="at their request: all they said",
        ),
    ],
)
def test_what_is_proposed(yes, purpose, least):
    leave = a_leave(categories=frozenset(yes), purpose=purpose)
    assert proposal([leave], purpose=None, on=TODAY) == least


@pytest.mark.parametrize(
    ("day", "words"),
    [
        pytest.param(
            date(2024, 4, 15),
            "42 CFR part 2 prohibits unauthorized disclosure of these records.",
            id="before the 2024 rule",
        ),
        pytest.param(
            date(2024, 4, 16),
            "42 CFR part 2 prohibits unauthorized use or disclosure of these records.",
            id="since it took effect",
        ),
        pytest.param(
            TODAY,
            "42 CFR part 2 prohibits unauthorized use or disclosure of these records.",
            id="today",
        ),
        pytest.param(
            date(1980, 1, 1),
            "42 CFR part 2 prohibits unauthorized disclosure of these records.",
            id="before there was one",
        ),
    ],
)
def test_the_notice_is_the_one_in_force(day, words):
    assert notice_on(day).words == words


def test_the_scope_of_the_consent_travels_in_plain_words():
    leave = a_leave(information="Only since March", purpose_words="Hearing in June")
    found = travels("2024-short", scope_of(leave))
    assert found is not None
    assert str(found).splitlines()[2:] == [
        "This is told by a consent signed on 2026-11-02. It lets Milkweed Row tell it.",
        "Who may hear it: Pat Olsen.",
        "What may be told: That I was referred, and that it arrived; "
        "Whether we have talked for the first time; The days we met.",
        "More exactly: Only since March",
        "What it is for: To keep the county or family court up to date.",
        "In the words of the consent: Hearing in June",
        "It holds until 2027-05-02.",
        "The person may take it back at any time.",
    ]


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        pytest.param(
            {"ends": Ending.EVENT, "ends_on": None, "ends_event": "My hearing is over"},
            "It holds until this happens: My hearing is over.",
            id="an event",
        ),
        pytest.param({"ends": Ending.NONE, "ends_on": None}, "It has no end by date.", id="none"),
        pytest.param({"firm": True}, "It was agreed to hold until its end.", id="firm"),
        pytest.param(
            {"categories": frozenset({C.WHOLE_RECORD})},
            "What may be told: Everything in my record.",
            id="everything is said in one word",
        ),
    ],
)
def test_how_the_scope_says_it(changes, line):
    found = travels("2024-short", scope_of(a_leave(**changes)))
    assert found is not None
    assert line in [str(one) for one in found.lines]
    assert all(isinstance(one, Say) for one in found.lines)


def test_without_a_notice_nothing_travels():
    assert travels("", {}) is None


def test_every_way_has_words_and_what_is_written_by_hand_is_no_page():
    assert set(WAY_WORDS) == set(Way)
    assert not {Way.PORTAL, Way.API, Way.FEED, Way.EXPORT, Way.PDF} & set(BY_HAND)


def test_repeats_are_one_line_with_first_last_and_how_often():
    day = timedelta(days=1)
    lines = [
        Told(("Pat", "received"), NOW, NOW, 1, "a"),
        Told(("Pat", "received"), NOW - 3 * day, NOW - 2 * day, 4, "b"),
        Told(("Sam", "received"), NOW - day, NOW - day, 1, "c"),
    ]
    found = grouped(lines)
    assert [(g.row, g.times, g.first_at, g.last_at) for g in found] == [
        ("a", 5, NOW - 3 * day, NOW),
        ("c", 1, NOW - day, NOW - day),
    ]


@pytest.mark.parametrize(
    ("on", "years", "then"),
    [
        pytest.param(date(2026, 11, 22), 3, date(2023, 11, 22), id="three"),
        pytest.param(date(2024, 2, 29), 6, date(2018, 2, 28), id="a leap day"),
    ],
)
def test_how_far_back(on, years, then):
    assert years_before(on, years) == then


SOURCE = PACKAGE / "practice" / "jurisdictions" / "part_2_disclosure.toml"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param(
            'kind = "yes"', 'kind = "maybe"', "must be one of line, text, day, yes", id="kind"
        ),
        pytest.param("from = 2024-04-16", "from = 1980-01-01", "in order", id="order of notices"),
        pytest.param(
            "[basis.qsoa]", "[basis.other]", "basis.qsoa. is missing", id="a ground unknown"
        ),
        pytest.param('facts = ["crime"]', 'facts = ["crimes"]', "no fact", id="a fact unknown"),
        pytest.param('payment = ["received"', 'payment = ["all"', "must be one of", id="a word"),
        pytest.param("\nwork_together =", "\nworking =", "needs.work_together", id="a purpose"),
        pytest.param("[fact.why_more]", "[fact.more]", "why_more", id="a fact gone"),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_line(old, new, said):
    text = SOURCE.read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(CatalogError, match=said):
        read_book(text.replace(old, new, 1))
