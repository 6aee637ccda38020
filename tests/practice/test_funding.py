"""Who could pay: a contract that does not fit says in which part."""

import pytest

from alongside.practice.codes import Pathway, Population
from alongside.practice.funding import ContractFacts, RequestFacts, why_not_pay

DUNN = RequestFacts("Dunn Co.", Pathway.CHIPS, Population.ADULT_SELF_IDENTIFIED)


@pytest.mark.practice("PSP-10")
@pytest.mark.parametrize(
    ("contract", "request_facts", "reasons"),
    [
        pytest.param(ContractFacts(), RequestFacts(), [], id="no limits"),
        pytest.param(ContractFacts(frozenset({"dunn"})), DUNN, [], id="the county"),
        pytest.param(
            ContractFacts(frozenset({"Polk"})),
            DUNN,
            ["not for this county: Dunn Co."],
            id="another county",
        ),
        pytest.param(
            ContractFacts(frozenset({"Polk"})),
            RequestFacts(),
            ["county not known yet"],
            id="which county?",
        ),
        pytest.param(
            ContractFacts(pathways=frozenset({"ccs"})),
            DUNN,
            ["not for this way in: CHIPS"],
            id="another way in",
        ),
        pytest.param(
            ContractFacts(pathways=frozenset({"ccs"})),
            RequestFacts("Dunn"),
            ["not said yet how they came to us"],
            id="which way in?",
        ),
        pytest.param(
            ContractFacts(populations=frozenset({"affected_by_others_use"})),
            DUNN,
            ["not for this group: …"],
            id="another group",
        ),
        pytest.param(
            ContractFacts(populations=frozenset({"affected_by_others_use"})),
            RequestFacts("Dunn", population=Population.NOT_SAID),
            [],
            id="a group nobody said",
        ),
        pytest.param(
            ContractFacts(frozenset({"Polk"}), frozenset({"chips"}), frozenset({"x"})),
            DUNN,
            ["not for this county: Dunn Co.", "not for this group: …"],
            id="two of three",
        ),
    ],
)
def test_a_contract_says_what_does_not_fit(contract, request_facts, reasons):
    assert [_short(str(say)) for say in why_not_pay(contract, request_facts)] == reasons


def _short(text: str) -> str:
    return "not for this group: …" if text.startswith("not for this group: ") else text
