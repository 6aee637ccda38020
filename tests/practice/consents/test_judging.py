"""What a consent must hold, by kind, and on which days it may be relied on."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from alongside.practice.consents import (
    APART,
    Category,
    ConsentFacts,
    ConsentKind,
    Ending,
    Purpose,
    RecipientFacts,
    RecipientKind,
    Signer,
    Statement,
    book,
    kind_of,
    missing_elements,
    mixed,
    statements_of,
    why_not_fit,
    why_not_rely,
)
from tests.consents.made import SIGNED_ON, VERSION, whole
from tests.factories import TODAY

K = ConsentKind
kinds = st.sampled_from(list(K))
days = st.dates(SIGNED_ON - timedelta(days=400), SIGNED_ON + timedelta(days=400))

# How each element is taken away from a consent that lacks nothing.
WITHOUT = {
    "participant": {"participant": " "},
    "discloser": {"discloser": ""},
    "information": {"categories": frozenset()},
    "recipient": {"recipients": ()},
    "purpose": {"purpose": None},
    "revocation": {"statements": frozenset({"proceedings", "redisclosure", "refusal"})},
    "end": {"ends": None},
    "signature": {"signer_name": ""},
    "signed_on": {"signed_on": None},
    "redisclosure": {"statements": frozenset({"revocation", "refusal"})},
    "refusal": {"statements": frozenset({"revocation", "redisclosure"})},
    "fits": {"answer": ""},
}


def asked_for(kind: ConsentKind) -> list[str]:
    found = kind_of(VERSION, kind)
    assert found is not None
    return [element for element in WITHOUT if element in found.elements]


def lacking(facts: ConsentFacts) -> list[str]:
    return [refusal.code for refusal in missing_elements(facts)]


@pytest.mark.practice("PSP-6")
@pytest.mark.parametrize("kind", list(K))
def test_a_whole_consent_of_each_kind_holds(kind):
    facts = whole(kind)
    assert (lacking(facts), mixed(facts), why_not_rely(facts, on=TODAY)) == ([], None, None)


@pytest.mark.practice("PSP-6")
@pytest.mark.parametrize(
    ("kind", "element"),
    [
        pytest.param(kind, element, id=f"{kind} without {element}")
        for kind in K
        for element in asked_for(kind)
    ],
)
def test_each_missing_element_is_named_by_one_sentence(kind, element):
    facts = whole(kind, **WITHOUT[element])
    found = missing_elements(facts)
    assert [refusal.code for refusal in found] == [element]
    assert [refusal.sentence for refusal in found] == [book().elements[element].missing]


def test_the_ten_elements_of_the_rule_are_asked_for():
    """2.31(a) has nine for every consent; the tenth is for treatment, payment and operations."""
    nine = set(list(WITHOUT)[:9])
    for kind in K:
        assert nine <= set(asked_for(kind)), kind
    assert {"redisclosure", "refusal"} <= set(asked_for(K.TPO))
    assert "fits" in asked_for(K.CRIMINAL_JUSTICE)
    assert "fits" in asked_for(K.COUNSELING_NOTES)


@pytest.mark.practice("PSP-6")
@given(kind=kinds, on=days, data=st.data())
def test_a_consent_lacking_an_element_is_never_relied_on(kind, on, data):
    element = data.draw(st.sampled_from(asked_for(kind)))
    assert why_not_rely(whole(kind, **WITHOUT[element]), on=on) is not None


@pytest.mark.practice("PSP-6")
@given(kind=kinds, on=days, signed=days, ends=days, revoked=st.none() | days)
def test_it_is_relied_on_between_its_signing_and_its_end_and_never_after_it_was_taken_back(
    kind, on, signed, ends, revoked
):
    assume(ends >= signed)
    facts = whole(kind, signed_on=signed, ends=Ending.DATE, ends_on=ends, revoked_on=revoked)
    in_time = signed <= on <= ends and (revoked is None or on < revoked)
    assert (why_not_rely(facts, on=on) is None) == in_time


@given(kind=kinds, on=days, event=days)
def test_from_the_day_its_event_happened_on_it_is_not_relied_on(kind, on, event):
    facts = whole(kind, ends=Ending.EVENT, ends_on=None, ends_event="Case closed", event_on=event)
    assert (why_not_rely(facts, on=on) is None) == (SIGNED_ON <= on < event)


@given(kind=kinds, on=days)
def test_what_was_written_by_mistake_is_never_relied_on(kind, on):
    assert why_not_rely(whole(kind, mistaken=True), on=on).code == "mistaken"


@pytest.mark.practice("PSP-6")
@given(kind=kinds, purpose=st.sampled_from(list(Purpose)), on=days)
def test_a_legal_case_never_mixes_with_anything_else(kind, purpose, on):
    facts = whole(kind, purpose=purpose)
    if (kind is K.PROCEEDINGS) != (purpose is Purpose.PROCEEDINGS):
        assert mixed(facts).code == "combined"
        assert why_not_rely(facts, on=on) is not None


@given(kind=kinds, more=st.sets(st.sampled_from(list(Category)), min_size=1), on=days)
def test_a_counselors_notes_never_mix_with_anything_else(kind, more, on):
    facts = whole(kind, categories=frozenset(more))
    notes = Category.COUNSELING_NOTES in more
    if notes and (kind is not K.COUNSELING_NOTES or len(more) > 1):
        assert why_not_rely(facts, on=on) is not None
    if kind is K.COUNSELING_NOTES and not notes:
        assert why_not_rely(facts, on=on) is not None


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        pytest.param(whole(ends=Ending.NONE, ends_on=None), "end", id="no end, but not for care"),
        pytest.param(
            whole(ends_on=SIGNED_ON - timedelta(days=1)), "ended", id="ends before it was signed"
        ),
        pytest.param(
            whole(purpose=Purpose.OTHER, purpose_words=""), "purpose", id="another purpose, unsaid"
        ),
        pytest.param(
            whole(signer=Signer.AUTHORIZED, signer_name="Ann"),
            "signature",
            id="signed for another, unsaid how they may",
        ),
        pytest.param(whole(version="1999"), "version", id="under rules nobody knows"),
        pytest.param(whole(signed_on=date(2023, 1, 1)), "version", id="signed before its version"),
        pytest.param(
            whole(recipients=(RecipientFacts(RecipientKind.CLASS, "My doctors"),)),
            "recipient-kind",
            id="a class where names are asked for",
        ),
        pytest.param(
            whole(recipients=(RecipientFacts(RecipientKind.INTERMEDIARY, "Health hub"),)),
            "recipient",
            id="through someone, but to nobody",
        ),
        pytest.param(whole(firm=True), "firm", id="held until its end, but not criminal"),
    ],
)
def test_what_is_not_relied_on(facts, code):
    assert why_not_rely(facts, on=TODAY).code == code


def test_treatment_payment_operations_may_have_a_class_and_no_end():
    facts = whole(
        K.TPO,
        recipients=(RecipientFacts(RecipientKind.CLASS, "My treating providers"),),
        ends=Ending.NONE,
        ends_on=None,
    )
    assert why_not_rely(facts, on=TODAY + timedelta(days=9999)) is None


def test_signed_for_another_with_how_they_may():
    facts = whole(signer=Signer.AUTHORIZED, signer_name="Ann", signer_relationship="Guardian")
    assert why_not_rely(facts, on=TODAY) is None


def test_one_of_two_taken_out_leaves_the_other():
    one = whole().recipients[0]
    out = replace(one, revoked_on=TODAY)
    assert why_not_rely(whole(recipients=(out,)), on=TODAY).code == "recipient-revoked"
    assert why_not_rely(whole(recipients=(out, one)), on=TODAY) is None


@pytest.mark.practice("PSP-6")
@pytest.mark.parametrize(
    ("kind", "answer", "instead"),
    [
        pytest.param(K.CRIMINAL_JUSTICE, "family", K.GENERAL, id="family treatment court"),
        pytest.param(K.CRIMINAL_JUSTICE, "chips", K.GENERAL, id="CHIPS"),
        pytest.param(K.CRIMINAL_JUSTICE, "juvenile", K.GENERAL, id="juvenile justice"),
        pytest.param(K.COUNSELING_NOTES, "peer", K.GENERAL, id="peer notes"),
    ],
)
def test_whoever_picks_the_wrong_kind_is_told_which_one_is_right(kind, answer, instead):
    found = kind_of(VERSION, kind)
    told = found.answer(answer)
    refusal = why_not_fit(found, answer)
    assert (refusal.code, refusal.sentence, told.instead) == ("other-kind", told.why, instead)
    assert why_not_rely(whole(kind, answer=answer), on=TODAY).code == "fits"


def test_only_criminal_justice_may_hold_until_its_end():
    firm = [kind for kind in K if kind_of(VERSION, kind).may_be_firm]
    assert firm == [K.CRIMINAL_JUSTICE]
    kind = kind_of(VERSION, K.CRIMINAL_JUSTICE)
    assert statements_of(kind, firm=True) == ("firm", "copy")
    facts = whole(K.CRIMINAL_JUSTICE, firm=True, statements=frozenset({"firm", "copy"}))
    assert why_not_rely(facts, on=TODAY) is None


@pytest.mark.practice("PSP-6", "MPR-4")
@pytest.mark.parametrize(
    ("kind", "purpose", "said"),
    [
        pytest.param(K.GENERAL, Purpose.TREATMENT, True, id="a doctor, for treatment"),
        pytest.param(K.GENERAL, Purpose.PAYMENT, True, id="a health plan, for payment"),
        pytest.param(K.COUNSELING_NOTES, Purpose.TREATMENT, True, id="a counselor's own notes"),
        pytest.param(K.GENERAL, Purpose.COURT_OR_COUNTY, False, id="a social worker"),
        pytest.param(K.PROCEEDINGS, Purpose.PROCEEDINGS, False, id="a legal case"),
    ],
)
def test_who_gets_it_for_care_may_pass_it_on_and_the_form_says_so(kind, purpose, said):
    found = kind_of(VERSION, kind)
    statements = frozenset(statements_of(found, purpose=purpose))
    assert (Statement.REDISCLOSURE in statements) is said
    assert lacking(whole(kind, purpose=purpose, statements=statements)) == []
    less = whole(kind, purpose=purpose, statements=statements - {Statement.REDISCLOSURE})
    assert lacking(less) == (["redisclosure"] if said else [])


def test_what_stands_alone_stands_in_no_other_kind():
    for kind in set(K) - APART:
        found = kind_of(VERSION, kind)
        assert Purpose.PROCEEDINGS not in found.purposes
        assert Category.COUNSELING_NOTES not in found.categories


def test_an_older_form_counts_only_if_it_was_signed_in_its_time():
    old = replace(
        whole(signed_on=date(2025, 5, 1), ends_on=TODAY + timedelta(days=30)),
        version="before-2024",
        statements=frozenset({"revocation"}),
    )
    assert why_not_rely(old, on=TODAY) is None
    late = replace(old, signed_on=date(2026, 2, 16))
    assert why_not_rely(late, on=TODAY).code == "version"
