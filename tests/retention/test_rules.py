"""Requests, holds and disposals as rules: who, when, and why not."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from alongside.accounts.codes import Role
from alongside.accounts.rules import permissions_of
from alongside.core.actor import Actor
from alongside.core.ids import new_id
from alongside.core.words import Say
from alongside.practice.retention import Asked, Kept, Standing, rules_on
from alongside.retention import rules
from alongside.retention.codes import AskedBy, DisposalStatus, Outcome, RequestStatus
from alongside.retention.rules import DisposalFacts, requests
from alongside.retention.rules.requests import NewAnswer, NewRequest, RequestFacts

TODAY = date(2026, 11, 19)


def who(*roles: Role) -> Actor:
    return Actor(new_id(), UUID(int=1), permissions_of(roles))


OFFICER, ADMIN = who(Role.PRIVACY_OFFICER), who(Role.ADMINISTRATOR)
SUPPORTER, BILLING = who(Role.SUPPORTER), who(Role.BILLING)
ASKED = NewRequest(Asked.CORRECT, "The day is wrong", TODAY, AskedBy.PHONE)
OPEN = RequestFacts(Asked.CORRECT, RequestStatus.OPEN)
NO = replace(OPEN, status=RequestStatus.ANSWERED, outcome=Outcome.KEPT_AS_IT_IS)
DUE = Standing((), True, TODAY)
KEPT = Standing((), False, TODAY, Say("A rule keeps it."))
PROPOSED = DisposalFacts(DisposalStatus.PROPOSED, OFFICER.id)


def code(refusal):
    return refusal.code if refusal else ""


def test_each_table_of_moves_is_whole():
    assert set(requests.REQUEST_MOVES) == set(RequestStatus)
    assert set(rules.DISPOSAL_MOVES) == set(DisposalStatus)
    assert set(requests.OUTCOMES) == set(Asked)
    assert {one for found in requests.OUTCOMES.values() for one in found} == set(Outcome)


@pytest.mark.parametrize(
    ("new", "by", "expected"),
    [
        pytest.param(ASKED, SUPPORTER, "", id="a supporter takes it down"),
        pytest.param(ASKED, BILLING, "not-yours", id="billing does not"),
        pytest.param(replace(ASKED, words=" "), OFFICER, "no-words", id="nothing said"),
        pytest.param(
            replace(ASKED, words="", asked=Asked.COPY), OFFICER, "", id="a copy needs no words"
        ),
        pytest.param(
            replace(ASKED, asked_on=date(2026, 11, 20)), OFFICER, "later", id="a day to come"
        ),
        pytest.param(replace(ASKED, why="a" * 5000), OFFICER, "too-long", id="a whole book"),
    ],
)
def test_asking(new, by, expected):
    assert code(requests.why_not_ask(new, by, on=TODAY)) == expected


@pytest.mark.parametrize(
    ("facts", "answer", "by", "expected"),
    [
        pytest.param(OPEN, NewAnswer(Outcome.CORRECTED, "Done"), OFFICER, "", id="corrected"),
        pytest.param(
            OPEN, NewAnswer(Outcome.CORRECTED, "", "NoteVersion/1"), OFFICER, "", id="by its row"
        ),
        pytest.param(OPEN, NewAnswer(Outcome.CORRECTED, ""), OFFICER, "no-correction", id="which?"),
        pytest.param(OPEN, NewAnswer(Outcome.KEPT_AS_IT_IS, ""), OFFICER, "no-reason", id="why?"),
        pytest.param(OPEN, NewAnswer(Outcome.GIVEN, "Yes"), OFFICER, "outcome", id="no fit"),
        pytest.param(OPEN, NewAnswer(Outcome.CORRECTED, "x"), SUPPORTER, "not-yours", id="not you"),
        pytest.param(NO, NewAnswer(Outcome.CORRECTED, "Done"), OFFICER, "moved", id="answered"),
    ],
)
def test_answering(facts, answer, by, expected):
    assert code(requests.why_not_answer(facts, answer, by)) == expected


@pytest.mark.parametrize(
    ("facts", "words", "expected"),
    [
        pytest.param(NO, "The bus was late", "", id="after a no"),
        pytest.param(NO, " ", "no-words", id="without words"),
        pytest.param(OPEN, "The bus was late", "no-answer", id="before an answer"),
        pytest.param(
            replace(NO, outcome=Outcome.CORRECTED), "Thanks", "no-answer", id="after a yes"
        ),
    ],
)
def test_disagreeing(facts, words, expected):
    assert code(requests.why_not_disagree(facts, words, SUPPORTER)) == expected


@pytest.mark.parametrize(
    ("facts", "reason", "expected"),
    [
        pytest.param(OPEN, "Old paper", "", id="once"),
        pytest.param(OPEN, "", "no-reason", id="without a reason"),
        pytest.param(replace(OPEN, longer=True), "Old paper", "longer", id="a second time"),
        pytest.param(
            replace(OPEN, may_be_longer=False), "Old paper", "longer", id="where no rule gives it"
        ),
        pytest.param(NO, "Old paper", "not-open", id="answered already"),
    ],
)
def test_taking_longer(facts, reason, expected):
    assert code(requests.why_not_longer(facts, reason, OFFICER)) == expected


@pytest.mark.parametrize(
    ("status", "by", "expected"),
    [
        pytest.param(RequestStatus.WITHDRAWN, SUPPORTER, "", id="withdrawn by mistake"),
        pytest.param(RequestStatus.ANSWERED, SUPPORTER, "not-yours", id="answered: the officer"),
        pytest.param(RequestStatus.ANSWERED, OFFICER, "", id="the officer looks once more"),
        pytest.param(RequestStatus.OPEN, OFFICER, "moved", id="open already"),
    ],
)
def test_opening_again(status, by, expected):
    assert code(requests.why_not_open_again(replace(OPEN, status=status), by)) == expected


@pytest.mark.parametrize(
    ("disposal", "found", "by", "expected"),
    [
        pytest.param(PROPOSED, DUE, ADMIN, "", id="a second person"),
        pytest.param(PROPOSED, DUE, OFFICER, "oneself", id="the same person"),
        pytest.param(PROPOSED, DUE, who(Role.PRIVACY_OFFICER), "", id="another privacy officer"),
        pytest.param(PROPOSED, DUE, SUPPORTER, "not-yours", id="a supporter"),
        pytest.param(PROPOSED, KEPT, ADMIN, "not-due", id="something keeps it now"),
        pytest.param(
            replace(PROPOSED, status=DisposalStatus.DONE), DUE, ADMIN, "done", id="done already"
        ),
        pytest.param(
            replace(PROPOSED, status=DisposalStatus.TAKEN_BACK),
            DUE,
            ADMIN,
            "taken-back",
            id="taken back",
        ),
    ],
)
def test_confirming(disposal, found, by, expected):
    assert code(rules.why_not_confirm(disposal, found, by)) == expected


@pytest.mark.parametrize(
    ("years", "reason", "expected"),
    [
        pytest.param({Kept.RECORD: 10}, "Our funder", "", id="longer"),
        pytest.param({Kept.RECORD: 7}, "As the law", "", id="as long"),
        pytest.param({Kept.RECORD: 6}, "Room", "shorter", id="shorter"),
        pytest.param({Kept.CONSENT: 101}, "Ever", "too-long", id="for ever"),
        pytest.param({Kept.RECORD: 10}, " ", "no-reason", id="without a reason"),
        pytest.param({}, "Back to the law", "", id="as the law asks again"),
    ],
)
def test_keeping_longer(years, reason, expected):
    assert code(rules.why_not_keep_for(years, rules_on(TODAY), reason)) == expected
