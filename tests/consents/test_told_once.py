"""The id that a form sends opens the gate once, for what that form said."""

import pytest

from alongside.consents import actions, queries
from alongside.consents.models import Disclosure
from alongside.consents.rules import Recipient
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.practice.consents import Category
from alongside.practice.disclosure import BY_HAND, Basis, Way
from tests.consents.disclosing import a_consent, wanted
from tests.factories import NOW, TODAY, ParticipantFactory, walk_alongside

pytestmark = pytest.mark.django_db


def refused(pair, **changes) -> str:
    with pytest.raises(Refused) as found:
        actions.disclose(wanted(pair, **changes), by=pair.actor, at=NOW)
    assert Disclosure.objects.count() == 1
    return found.value.refusal.code


OTHERWISE = [
    pytest.param({"categories": frozenset({Category.NOTES})}, id="more than was consented"),
    pytest.param({"what": "All of it"}, id="other words"),
    pytest.param({"way": Way.FAX}, id="another way"),
    pytest.param({"recipient": Recipient(referrer_id=new_id())}, id="someone else"),
]


@pytest.mark.parametrize("changes", OTHERWISE)
def test_the_id_of_a_told_line_opens_the_gate_for_nothing_else(pair, changes):
    a_consent(pair)
    one = wanted(pair)
    actions.disclose(one, by=pair.actor, at=NOW)
    assert refused(pair, id=one.id, **changes) == "told-otherwise"


def test_the_id_of_a_told_line_is_none_of_another_person_or_ground(pair, agency):
    a_consent(pair)
    one = wanted(pair)
    actions.disclose(one, by=pair.actor, at=NOW)
    other = ParticipantFactory(agency=agency)
    walk_alongside(pair.supporter, other)
    for changes in ({"participant_id": other.pk}, {"basis": Basis.PARTICIPANT}):
        with pytest.raises(Disclosure.DoesNotExist):
            actions.disclose(wanted(pair, id=one.id, **changes), by=pair.actor, at=NOW)


@pytest.mark.practice("PSP-6")
@pytest.mark.parametrize("way", sorted(set(Way) - set(BY_HAND)))
def test_what_the_program_itself_showed_or_made_stays_in_the_accounting(pair, way):
    a_consent(pair)
    row = actions.disclose(wanted(pair, way=way), by=pair.actor, at=NOW)
    with pytest.raises(Refused) as found:
        actions.withdraw_disclosure(row.pk, reason="A slip.", by=pair.actor, at=NOW)
    assert found.value.refusal.code == "it-happened"
    mine = {"participant_id": pair.participant.pk}
    assert len(queries.accounting(pair.actor, **mine, years=3, on=TODAY)) == 1


def test_a_line_that_was_taken_back_tells_nothing_more(pair):
    a_consent(pair)
    one = wanted(pair)
    actions.disclose(one, by=pair.actor, at=NOW)
    actions.withdraw_disclosure(one.id, reason="A slip.", by=pair.actor, at=NOW)
    assert refused(pair, id=one.id) == "told-otherwise"
