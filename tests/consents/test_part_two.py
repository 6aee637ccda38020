"""To whom Part 2 applies: to everyone but those all of whose programs it was switched off for."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from alongside.accounts.actions import ContractTerms, add_contract, change_contract
from alongside.accounts.codes import Role
from alongside.accounts.models import RoleGrant
from alongside.accounts.queries import actor_for
from alongside.audit.models import AuditEvent
from alongside.consents import actions, queries
from alongside.consents.models import PartTwoSwitch
from alongside.consents.queries import gate
from alongside.core.refusal import Refused
from alongside.practice.codes import Pathway, Population
from alongside.practice.disclosure import Basis, Program, Support, why_protected
from alongside.practice.funding import ContractFacts, RequestFacts
from alongside.referrals.models import Episode, Referral
from tests.consents.disclosing import a_consent, wanted
from tests.factories import NOW, ParticipantFactory, a_pair

JAN, MAY, JUNE = date(2026, 1, 1), date(2026, 5, 1), date(2026, 6, 30)
TODAY, DEC = date(2026, 11, 19), date(2026, 12, 31)
ADULTS = Population.ADULT_LONG_TERM


def program(name="Ours", *, off=False, begins=JAN, ends=None, **whom):
    limits = ContractFacts(**{key: frozenset(value) for key, value in whom.items()})
    return Program(name, limits, begins, ends, off)


def support(county="Dunn", pathway=Pathway.CCS, population=None, begins=MAY, ends=None):
    return Support(RequestFacts(county, pathway, population), begins, ends)


OFF = program("Free", off=True)
CCS_OFF = program("CCS", off=True, pathways={Pathway.CCS})
COURT = program("Court", pathways={Pathway.FAMILY_TREATMENT_COURT})
NONE, THEIRS, UNKNOWN = "no program", "a program of theirs", "Not all"


@pytest.mark.parametrize(
    ("supports", "programs", "why"),
    [
        pytest.param([], [OFF], NONE, id="who is in no program is protected"),
        pytest.param([support()], [], UNKNOWN, id="support that no contract is for is protected"),
        pytest.param([support()], [program()], THEIRS, id="a program is protected by default"),
        pytest.param([support()], [OFF], None, id="every program of theirs is switched off"),
        pytest.param([support()], [CCS_OFF, COURT], None, id="another program is not theirs"),
        pytest.param([support()], [OFF, program()], THEIRS, id="one of two they could be under"),
        pytest.param(
            [support(), support(pathway=Pathway.FAMILY_TREATMENT_COURT, begins=JAN, ends=MAY)],
            [CCS_OFF, COURT],
            THEIRS,
            id="a program they once were in",
        ),
        pytest.param(
            [support(pathway=Pathway.NOT_SAID)],
            [OFF, COURT],
            THEIRS,
            id="not said: perhaps the court",
        ),
        pytest.param(
            [support(pathway=Pathway.NOT_SAID)], [CCS_OFF], UNKNOWN, id="not said: not surely CCS"
        ),
        pytest.param(
            [support(county="")],
            [OFF, program("Dunn", counties={"Dunn"})],
            THEIRS,
            id="a county nobody said: perhaps that one",
        ),
        pytest.param(
            [support(county="dunn county")],
            [program(off=True, counties={"Dunn"})],
            None,
            id="a county in other words",
        ),
        pytest.param(
            [support()],
            [program(off=True, populations={ADULTS})],
            UNKNOWN,
            id="a group nobody said is not surely theirs",
        ),
        pytest.param(
            [support()],
            [OFF, program("Old", ends=date(2026, 4, 30))],
            None,
            id="a program that was over before they came",
        ),
        pytest.param(
            [support(ends=date(2026, 6, 1))],
            [OFF, program("New", begins=date(2026, 7, 1))],
            None,
            id="a program that began after they left",
        ),
        pytest.param(
            [support(begins=None)],
            [OFF, program("Old", ends=date(2026, 4, 30))],
            THEIRS,
            id="nobody knows since when: perhaps then",
        ),
        pytest.param([support(begins=None)], [OFF], UNKNOWN, id="nobody knows since when"),
        pytest.param(
            [support(begins=date(2020, 1, 1))], [OFF], UNKNOWN, id="years before the program began"
        ),
        pytest.param(
            [support()],
            [program(off=True, ends=date(2026, 8, 31))],
            UNKNOWN,
            id="support goes on after the program ended",
        ),
        pytest.param(
            [support()], [program(off=True, ends=DEC)], None, id="a program that lasts for now"
        ),
        pytest.param(
            [support()],
            [program(off=True, ends=JUNE), program(off=True, begins=date(2026, 7, 1))],
            None,
            id="one program after the other",
        ),
        pytest.param(
            [support()],
            [program(off=True, ends=JUNE), program(off=True, begins=date(2026, 7, 3))],
            UNKNOWN,
            id="a day between two programs",
        ),
        pytest.param(
            [support(ends=JUNE)],
            [program(off=True, ends=JUNE)],
            None,
            id="support and program ended on one day",
        ),
    ],
)
def test_who_is_protected_and_why(supports, programs, why):
    found = why_protected(supports, programs, on=TODAY)
    assert (found is None) == (why is None)
    assert found is None or why in found.text


@pytest.fixture
def officer(actor):
    return actor(Role.PRIVACY_OFFICER)


def a_program(by, **changes):
    terms = {"funder": "County", "name": "CCS", "starts_on": JAN, "pathways": [Pathway.CCS.value]}
    return add_contract(ContractTerms(**{**terms, **changes}), by=by, at=NOW)


def switch(contract, by, *, applies=False, seen=0, reason="No federal money, says counsel"):
    pk = contract.pk if contract else None
    return actions.switch_part_two(pk, applies=applies, reason=reason, seen=seen, by=by, at=NOW)


def in_ccs(pair, **changes):
    plain = {"pathway": Pathway.CCS.value, "received_on": MAY, "entered_at": NOW, "county": "Dunn"}
    of = {"agency": pair.participant.agency, "participant": pair.participant}
    row = Referral.objects.create(**of, **{**plain, **changes})
    if row.voided_at is None:
        Episode.objects.filter(participant=pair.participant).update(referral=row)
    return row


def applies_to(pair):
    return queries.part_two_applies(pair.actor, participant_id=pair.participant.pk, on=TODAY)


@pytest.mark.django_db
def test_a_program_is_switched_off_with_a_reason_and_on_again(pair, officer):
    in_ccs(pair)
    contract = a_program(officer)
    a_consent(pair)
    assert applies_to(pair)
    for wrong, code in (
        ({"contract": contract, "by": officer, "reason": " "}, "no-reason"),
        ({"contract": contract, "by": pair.actor}, "not-yours"),
        ({"contract": None, "by": officer}, "per-program"),
        ({"contract": contract, "by": officer, "applies": True}, "stale"),
        ({"contract": contract, "by": officer, "seen": 3}, "stale"),
    ):
        with pytest.raises(Refused) as found:
            switch(**wrong)
        assert found.value.refusal.code == code
    switch(contract, officer)
    assert not applies_to(pair)
    row = actions.disclose(wanted(pair), by=pair.actor, at=NOW)
    assert (row.protected, row.notice) == (False, "")
    switch(contract, officer, applies=True, seen=1, reason="A county grant began")
    row = actions.disclose(wanted(pair), by=pair.actor, at=NOW)
    assert (row.protected, row.notice) == (True, "2024-short")
    said = AuditEvent.objects.filter(verb__startswith="part-two.").order_by("seq")
    assert [(one.verb, one.detail["contract"]) for one in said] == [
        ("part-two.switched-off", str(contract.pk)),
        ("part-two.switched-on", str(contract.pk)),
    ]


@pytest.mark.django_db
def test_each_is_looked_at_by_the_programs_of_their_own(pair, officer):
    other = a_pair(pair.participant.agency)
    in_ccs(pair)
    in_ccs(other, pathway=Pathway.FAMILY_TREATMENT_COURT.value)
    alone = ParticipantFactory(agency=pair.participant.agency)
    contract = a_program(officer)
    a_program(officer, name="Court", pathways=[Pathway.FAMILY_TREATMENT_COURT.value])
    switch(contract, officer)
    assert (applies_to(pair), applies_to(other)) == (False, True)
    why = queries.why_part_two_applies(other.actor, participant_id=other.participant.pk, on=TODAY)
    assert why is not None
    assert why.facts == {"program": "Court"}
    three = [pair.participant.pk, other.participant.pk, alone.pk]
    with CaptureQueriesContext(connection) as asked:
        found = gate.at_the_gate(officer, ids=()).protected(three, on=TODAY)
    assert (list(found.values()), len(asked)) == ([False, True, True], 2)


@pytest.mark.django_db
def test_an_import_that_was_undone_counts_for_nothing(pair, officer):
    in_ccs(pair)
    in_ccs(pair, pathway=Pathway.FAMILY_TREATMENT_COURT.value, voided_at=NOW)
    a_program(officer, name="Court", pathways=[Pathway.FAMILY_TREATMENT_COURT.value])
    switch(a_program(officer), officer)
    assert not applies_to(pair)


@pytest.mark.django_db
def test_a_contract_that_is_for_others_since_is_protected_again(pair, officer):
    in_ccs(pair)
    contract = a_program(officer)
    switch(contract, officer)
    wider = ContractTerms("County", "All of them", JAN)
    change_contract(contract.pk, wider, by=officer, at=NOW)
    assert applies_to(pair)
    assert queries.program(officer, contract_id=contract.pk).lapsed
    switch(contract, officer, seen=1, reason="Looked at once more")
    assert not applies_to(pair)


@pytest.mark.django_db
def test_a_contract_that_lasts_longer_since_is_protected_again_and_one_that_ends_sooner_is_not(
    pair, officer
):
    in_ccs(pair)
    contract = a_program(officer, ends_on=DEC)
    switch(contract, officer)
    of = {"pathways": [Pathway.CCS.value]}
    sooner = ContractTerms("County", "CCS", JAN, ends_on=date(2026, 11, 30), **of)
    change_contract(contract.pk, sooner, by=officer, at=NOW)
    assert not applies_to(pair)
    for ends_on in (date(2027, 1, 31), None):
        longer = ContractTerms("County", "CCS", JAN, ends_on=ends_on, **of)
        change_contract(contract.pk, longer, by=officer, at=NOW)
        assert applies_to(pair)


@pytest.mark.django_db
def test_where_someone_lives_now_says_nothing_of_support_that_is_over(pair, officer):
    in_ccs(pair, county="")
    switch(a_program(officer, counties=["Dunn"]), officer)
    type(pair.participant).objects.filter(pk=pair.participant.pk).update(county="Dunn")
    assert not applies_to(pair)
    Episode.objects.filter(participant=pair.participant).update(status="concluded", ended_on=TODAY)
    assert applies_to(pair)


@pytest.mark.django_db
def test_what_an_agency_once_switched_off_as_a_whole_stays_so_until_it_is_on_again(pair, officer):
    PartTwoSwitch.objects.create(
        agency=pair.participant.agency,
        number=1,
        applies=False,
        reason="Counsel",
        set_at=NOW,
        set_by_id=officer.id,
    )
    elsewhere = a_pair(ParticipantFactory().agency)
    assert (applies_to(pair), applies_to(elsewhere)) == (False, True)
    switch(None, officer, applies=True, seen=1, reason="Program by program from now on")
    assert applies_to(pair)


@pytest.mark.django_db
def test_the_gate_asks_once_more_only_where_a_program_is_switched_off(pair, officer):
    a_consent(pair)
    in_ccs(pair)
    counts = []
    for off in (False, True):
        if off:
            switch(a_program(officer), officer)
        actions.disclose(wanted(pair), by=pair.actor, at=NOW)
        with CaptureQueriesContext(connection) as asked:
            actions.disclose(wanted(pair), by=pair.actor, at=NOW)
        counts.append(len(asked))
    assert counts[1] - counts[0] == 1


@pytest.mark.django_db
def test_care_and_payment_need_no_consent_only_where_part_two_is_switched_off(pair, officer):
    in_ccs(pair)
    plain = {"basis": Basis.OPERATIONS, "facts": {"why_needed": "Billing"}}
    with pytest.raises(Refused) as found:
        actions.disclose(wanted(pair, **plain), by=_sees(pair), at=NOW)
    assert found.value.refusal.code == "part-2-applies"
    switch(a_program(officer), officer)
    row = actions.disclose(wanted(pair, **plain), by=_sees(pair), at=NOW)
    assert row.protected is False


def _sees(pair):
    """The pair's supporter, who is the privacy officer, too."""
    user = pair.supporter.user
    of = {"agency": user.agency, "user": user, "role": Role.PRIVACY_OFFICER.value}
    RoleGrant.objects.get_or_create(**of)
    return actor_for(user)


@pytest.mark.django_db
def test_a_switch_says_why(pair, officer):
    with pytest.raises(IntegrityError), transaction.atomic():
        PartTwoSwitch.objects.create(
            agency=pair.participant.agency,
            contract=a_program(officer),
            number=1,
            applies=False,
            reason="",
            set_at=NOW,
            set_by_id=officer.id,
        )
