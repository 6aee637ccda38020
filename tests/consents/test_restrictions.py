"""What we agreed to hold back is refused at the gate, whatever a consent says."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.accounts.codes import Role
from alongside.accounts.queries import actor_for
from alongside.audit.models import AuditEvent
from alongside.consents import actions
from alongside.consents.models import Disclosure
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.practice.consents import Category
from alongside.practice.disclosure import Basis, Restriction, ground, why_not_despite
from alongside.practice.retention import Asked
from alongside.retention import actions as rights
from alongside.retention.codes import AskedBy, Outcome
from alongside.retention.rules.requests import NewAnswer, NewRequest
from tests.consents.disclosing import a_consent, asked, wanted
from tests.factories import NOW, TODAY, UserFactory, own_account

ALL = Restriction()
NOTES = frozenset({Category.NOTES})


@pytest.mark.parametrize(
    ("restriction", "changes", "names", "held"),
    [
        pytest.param(ALL, {}, (), True, id="all of it from everyone"),
        pytest.param(Restriction(NOTES), {}, (), False, id="something else is held back"),
        pytest.param(Restriction(frozenset({Category.RECEIVED})), {}, (), True, id="just this is"),
        pytest.param(
            Restriction(NOTES),
            {"categories": frozenset({Category.WHOLE_RECORD})},
            (),
            True,
            id="the whole record holds it, too",
        ),
        pytest.param(Restriction(whom="Lakeside Clinic"), {}, (), False, id="from someone else"),
        pytest.param(Restriction(whom="dunn county"), {}, (), True, id="from where they work"),
        pytest.param(Restriction(whom="Olsen"), {}, (), True, id="by a part of the name"),
        pytest.param(
            Restriction(whom="Olsen, Dunn County DHS, Menomonie"), {}, (), True, id="said at length"
        ),
        pytest.param(
            Restriction(whom="Lakeside"),
            {"name": "", "organization": ""},
            ("Ann Lee", "Lakeside Clinic"),
            True,
            id="whom the consent names",
        ),
        pytest.param(
            Restriction(whom="Judge Káren M. Olsen, Circuit Court"), {}, (), True, id="one word"
        ),
        pytest.param(Restriction(whom="Dr. of M"), {}, (), True, id="words that tell nobody apart"),
        pytest.param(Restriction(whom="Judge of Lakeside"), {}, (), False, id="titles are nobody"),
        pytest.param(
            Restriction(whom="Lakeside"),
            {"name": "", "organization": ""},
            (),
            True,
            id="to nobody knows whom",
        ),
        pytest.param(
            Restriction(NOTES),
            {"basis": Basis.QSOA, "categories": frozenset()},
            (),
            True,
            id="nobody says what is told",
        ),
    ],
)
def test_what_a_restriction_reaches(restriction, changes, names, held):
    refusal = why_not_despite(asked(**changes), [restriction], *names)
    assert (refusal is not None) is held


def test_what_the_law_asks_for_goes_before_and_nothing_else():
    before = {one for one in Basis if why_not_despite(asked(basis=one), [ALL]) is None}
    by_law = {Basis.MANDATED_REPORT, Basis.CRIME, Basis.COURT_ORDER, Basis.AUDIT}
    assert before == {Basis.PARTICIPANT, Basis.EMERGENCY, *by_law}
    assert {one for one in Basis if ground(one).despite_restriction} == before


@pytest.fixture
def officer(pair):
    user = UserFactory(agency=pair.participant.agency, roles=[Role.PRIVACY_OFFICER], name="Olu Ade")
    return actor_for(user)


def restrict(pair, officer, outcome=Outcome.AGREED, *categories, whom=""):
    new = NewRequest(Asked.RESTRICT, "Not a word on the days", TODAY, AskedBy.PHONE)
    made = rights.ask_for_record(
        pair.participant.pk, new, request_id=new_id(), by=pair.actor, at=NOW
    )
    answer = NewAnswer(outcome, "We spoke of it.", "", categories, whom)
    return rights.answer_request(made.pk, answer, by=officer, at=NOW)


def held(pair, **changes):
    before = Disclosure.objects.count()
    try:
        actions.disclose(wanted(pair, **changes), by=pair.actor, at=NOW)
    except Refused as refused:
        assert Disclosure.objects.count() == before
        return refused.refusal.code
    return ""


@pytest.mark.django_db
@pytest.mark.practice("PSP-6")
def test_what_was_agreed_is_refused_until_it_ends_with_their_yes(pair, officer):
    a_consent(pair)
    row = restrict(pair, officer, Outcome.AGREED, Category.ATTENDANCE, whom="Dunn County")
    days = {"categories": frozenset({Category.ATTENDANCE})}
    assert (held(pair, **days), held(pair)) == ("held-back", "")
    facts = {"emergency": "Did not wake up", "why_not_asked": "Could not speak"}
    assert held(pair, **days, basis=Basis.EMERGENCY, facts=facts, what="All") == ""
    rights.open_request_again(row.pk, by=officer, at=NOW)
    assert held(pair, **days) == "held-back"
    for by in (pair.actor, officer):
        with pytest.raises(Refused) as found:
            rights.withdraw_request(row.pk, by=by, at=NOW)
        assert found.value.refusal.code == "still-held"
    assert held(pair, **days) == "held-back"
    for by, reason, code in ((pair.actor, "Yes", "not-yours"), (officer, " ", "no-reason")):
        with pytest.raises(Refused) as found:
            rights.end_restriction(row.pk, reason, by=by, at=NOW)
        assert found.value.refusal.code == code
    rights.end_restriction(row.pk, "She said so on the phone.", by=officer, at=NOW)
    assert held(pair, **days) == ""
    with pytest.raises(Refused) as found:
        rights.end_restriction(row.pk, "Again", by=officer, at=NOW)
    assert found.value.refusal.code == "not-held"
    ended = AuditEvent.objects.filter(verb="record-request.restriction-ended")
    assert ended.get().target == f"RecordRequest/{row.pk}"


@pytest.mark.django_db
def test_what_was_not_agreed_to_holds_nothing_back(pair, officer):
    a_consent(pair)
    restrict(pair, officer, Outcome.NOT_AGREED)
    assert held(pair) == ""


@pytest.mark.django_db
def test_another_answer_holds_back_no_less_than_the_first(pair, officer):
    a_consent(pair)
    row = restrict(pair, officer, Outcome.AGREED, Category.RECEIVED, whom="Dunn County")
    assert held(pair) == "held-back"
    rights.open_request_again(row.pk, by=officer, at=NOW)
    less = (
        NewAnswer(Outcome.NOT_AGREED, "The court asks for it."),
        NewAnswer(Outcome.AGREED, "", "", (Category.NOTES,), "Dunn County"),
        NewAnswer(Outcome.AGREED, "", "", (), "Lakeside"),
    )
    for answer in less:
        with pytest.raises(Refused) as found:
            rights.answer_request(row.pk, answer, by=officer, at=NOW)
        assert found.value.refusal.code == "still-held"
    assert held(pair) == "held-back"
    rights.answer_request(row.pk, NewAnswer(Outcome.AGREED, ""), by=officer, at=NOW)
    assert held(pair) == "held-back"
    rights.end_restriction(row.pk, "She said so.", by=officer, at=NOW)
    rights.open_request_again(row.pk, by=officer, at=NOW)
    rights.answer_request(row.pk, less[0], by=officer, at=NOW)
    assert held(pair) == ""


@pytest.mark.django_db
def test_the_gate_asks_once_more_only_where_something_is_held_back(pair, officer):
    a_consent(pair)
    counts = []
    for whom in ("", "Lakeside"):
        if whom:
            restrict(pair, officer, whom=whom)
        actions.disclose(wanted(pair), by=pair.actor, at=NOW)
        with CaptureQueriesContext(connection) as found:
            actions.disclose(wanted(pair), by=pair.actor, at=NOW)
        counts.append(len(found))
    assert counts[1] - counts[0] == 1


@pytest.mark.django_db
def test_the_participant_reads_what_is_held_back_and_that_it_ended(pair, officer, signed_in):
    row = restrict(pair, officer, Outcome.AGREED, Category.ATTENDANCE, whom="Lakeside")
    own = signed_in(own_account(pair.participant))
    page = own.get(reverse("portal:own_rights")).content.decode()
    assert (
        "We hold back: The days we met." in page,
        "We do not tell it to: Lakeside." in page,
    ) == (True, True)
    rights.end_restriction(row.pk, "She said so.", by=officer, at=NOW)
    page = own.get(reverse("portal:own_rights")).content.decode()
    said = ("We hold back", "This has ended.", "How it ended")
    assert [words in page for words in said] == [False, True, True]
    rights.open_request_again(row.pk, by=officer, at=NOW)
    rights.answer_request(row.pk, NewAnswer(Outcome.NOT_AGREED, "No"), by=officer, at=NOW)
    page = own.get(reverse("portal:own_rights")).content.decode()
    assert ("This has ended." in page, "We cannot do it so." in page) == (False, True)
