"""The life of a question to the array lead, the words that go along, and which are alike."""

from uuid import UUID

import pytest

from alongside.accounts.codes import Role
from alongside.accounts.rules import permissions_of
from alongside.core.actor import Actor
from alongside.encounters import rules
from alongside.encounters.codes import QuestionStatus as S
from alongside.encounters.rules import LikeFacts, NewAnswer, QuestionFacts
from alongside.encounters.rules.asking import LONGEST_PROPOSED, words_to_ask
from alongside.encounters.rules.likeness import likeness

pytestmark = pytest.mark.practice("PEER-6")
ROSA, KATE, AGENCY = UUID(int=1), UUID(int=2), UUID(int=9)


def actor(role: Role, key: UUID = ROSA) -> Actor:
    return Actor(key, AGENCY, permissions=permissions_of([role]))


SUPPORTER, LEAD = actor(Role.SUPPORTER), actor(Role.ARRAY_LEAD, KATE)


def code(refusal):
    return refusal.code if refusal else None


def question(status=S.OPEN, **facts):
    return QuestionFacts(ROSA, status, **facts)


def test_the_table_of_moves_knows_every_status():
    assert set(rules.QUESTION_MOVES) == set(S)


@pytest.mark.parametrize(
    ("who", "words", "named", "expected"),
    [
        pytest.param(SUPPORTER, "Yoga or talk?", True, None, id="a supporter asks"),
        pytest.param(LEAD, "Yoga?", True, "not-a-supporter", id="who writes no notes has none"),
        pytest.param(SUPPORTER, "Yoga?", False, "no-array-lead", id="nobody is named"),
        pytest.param(SUPPORTER, "  ", True, "no-words", id="nothing to read"),
        pytest.param(SUPPORTER, "a" * 2001, True, "too-long", id="a book"),
    ],
)
def test_why_not_ask(who, words, named, expected):
    assert code(rules.why_not_ask(who, words=words, lead_named=named)) == expected


def answer(**changes):
    facts = {"choice": "isde", "reason": "A skill.", "shared_words": "Made a budget."}
    return NewAnswer(**{**facts, **changes})


@pytest.mark.parametrize(
    ("found", "given", "who", "expected"),
    [
        pytest.param(question(), answer(), LEAD, None, id="an open question"),
        pytest.param(question(), answer(), SUPPORTER, "not-the-lead", id="by a supporter"),
        pytest.param(question(), answer(choice=""), LEAD, "no-array", id="no array chosen"),
        pytest.param(question(), answer(choice="none"), LEAD, None, id="no service at all"),
        pytest.param(question(), answer(reason=" "), LEAD, "no-reason", id="without a reason"),
        pytest.param(question(), answer(shared_words=""), LEAD, "no-words", id="without words"),
        pytest.param(
            question(),
            answer(choice="peer_support"),
            LEAD,
            "not-certified",
            marks=pytest.mark.practice("PEER-2"),
            id="Peer Support without a certificate that day",
        ),
        pytest.param(
            question(certified=True), answer(choice="peer_support"), LEAD, None, id="with one"
        ),
        pytest.param(
            question(S.ANSWERED, answers=1), answer(seen=1), LEAD, None, id="a correction"
        ),
        pytest.param(
            question(S.ANSWERED, answers=2),
            answer(seen=1),
            LEAD,
            "changed-meanwhile",
            id="corrected in another window meanwhile",
        ),
        pytest.param(
            question(S.ANSWERED, answers=1),
            answer(),
            LEAD,
            "changed-meanwhile",
            id="two leads answer at once",
        ),
        pytest.param(question(S.TAKEN_BACK), answer(), LEAD, "taken-back", id="taken back"),
        pytest.param(
            question(S.WITHDRAWN, answers=1), answer(seen=1), LEAD, "withdrawn", id="withdrawn"
        ),
    ],
)
def test_why_not_answer(found, given, who, expected):
    assert code(rules.why_not_answer(found, who, given)) == expected


@pytest.mark.parametrize(
    ("status", "who", "expected"),
    [
        pytest.param(S.OPEN, SUPPORTER, None, id="the asker, while it is open"),
        pytest.param(S.OPEN, LEAD, "not-asker", id="someone else"),
        pytest.param(S.ANSWERED, SUPPORTER, "answered", id="after the answer"),
    ],
)
def test_why_not_take_back(status, who, expected):
    assert code(rules.why_not_take_back(question(status), who)) == expected


@pytest.mark.parametrize(
    ("status", "who", "expected"),
    [
        pytest.param(S.ANSWERED, SUPPORTER, None, id="an answer"),
        pytest.param(S.WITHDRAWN, SUPPORTER, None, id="also one that is no example any more"),
        pytest.param(S.OPEN, SUPPORTER, "no-answer", id="not yet"),
        pytest.param(S.ANSWERED, LEAD, "not-asker", id="someone else's note"),
    ],
)
def test_why_not_take_over(status, who, expected):
    assert code(rules.why_not_take_over(question(status), who)) == expected


@pytest.mark.parametrize(
    ("status", "reason", "withdraw", "restore"),
    [
        pytest.param(S.ANSWERED, "Too short.", None, "not-withdrawn", id="an example"),
        pytest.param(S.ANSWERED, "", "no-reason", "not-withdrawn", id="without a reason"),
        pytest.param(S.WITHDRAWN, "Again.", "withdrawn", None, id="withdrawn"),
        pytest.param(S.OPEN, "No.", "open", "not-withdrawn", id="not answered"),
    ],
)
def test_withdrawing_and_restoring(status, reason, withdraw, restore):
    facts = question(status)
    assert code(rules.why_not_withdraw(facts, LEAD, reason=reason)) == withdraw
    assert code(rules.why_not_restore(facts, LEAD)) == restore
    assert code(rules.why_not_withdraw(facts, SUPPORTER, reason="x")) == "not-the-lead"
    assert code(rules.why_not_restore(facts, SUPPORTER)) == "not-the-lead"


@pytest.mark.parametrize(
    ("choice", "advised", "parts"),
    [
        pytest.param("", "isde", False, id="as proposed"),
        pytest.param("isde", "isde", False, id="the proposed one, chosen"),
        pytest.param("isde", "peer_support", True, id="another"),
        pytest.param("none", "peer_support", True, id="none, where one was proposed"),
        pytest.param("none", "", False, id="none, as proposed"),
        pytest.param("isde", "", True, id="one, where none was proposed"),
    ],
)
def test_when_choice_and_advice_part(choice, advised, parts):
    assert rules.chose_otherwise(choice, advised) is parts


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        pytest.param(
            "Taught Gia the breathing from my yoga class.",
            "Taught the person the breathing from my yoga class.",
            id="the person",
        ),
        pytest.param("GIA RIVERA came.", "The person came.", id="first and last name are one"),
        pytest.param("gia rivera was tired", "The person was tired", id="typed small"),
        pytest.param("Saw her aunt Tasha.", "Saw her aunt someone.", id="a name inside"),
        pytest.param("Marisol wanted tea.", "Someone wanted tea.", id="a name that begins"),
        pytest.param("Rode to Menomonie.", "Rode to someone.", id="a place is taken out, too"),
        pytest.param("Met Ana's boss.", "Met someone's boss.", id="whose"),
        pytest.param("Call 715-555-0144 first.", "Call … first.", id="a number"),
        pytest.param("Wrote to gia@mail.example", "Wrote to …", id="mail"),
        pytest.param("We live at 12 Main Street.", "We live at …", id="an address"),
        pytest.param(
            "On Tuesday at the DMV I said I'm glad. We left. Then AA.",
            "On Tuesday at the DMV I said I'm glad. We left. Then AA.",
            id="days, letters and oneself are nobody",
        ),
        pytest.param("Rosa Parks Center", "Someone", id="names in a row"),
    ],
)
def test_words_without_names(written, plain):
    assert words_to_ask(written, "Gia Rivera", ["Tasha Rivera", "Hope House"]) == plain


def test_long_words_are_cut_between_two():
    words = words_to_ask("we walked " * 200, "Gia")
    assert len(words) <= LONGEST_PROPOSED + 2
    assert words.endswith("walked …") or words.endswith("we …")


YOGA = "Showed the person three breathing exercises from my yoga class before we talked."


@pytest.mark.parametrize(
    ("note", "found", "alike"),
    [
        pytest.param(
            LikeFacts(False, "Breathing exercises from yoga, then her week."),
            LikeFacts(False, YOGA),
            True,
            id="half of the telling words",
        ),
        pytest.param(
            LikeFacts(True, "Breathing exercises from yoga, then her week."),
            LikeFacts(False, YOGA),
            False,
            marks=pytest.mark.practice("PEER-2"),
            id="another standing: an answer for one is none for the other",
        ),
        pytest.param(
            LikeFacts(False, "Rode along to the hearing, sat on the bench."),
            LikeFacts(False, YOGA),
            False,
            id="another story",
        ),
        pytest.param(
            LikeFacts(False, "Yoga today."), LikeFacts(False, YOGA), False, id="one word is few"
        ),
        pytest.param(
            LikeFacts(
                False,
                "Breathing exercises; read the letter from court; packed boxes; bought stamps.",
                frozenset({"teaching_or_treatment"}),
            ),
            LikeFacts(False, YOGA, frozenset({"teaching_or_treatment"})),
            True,
            id="a quarter of the words and the same sort of activity",
        ),
        pytest.param(
            LikeFacts(False, "", frozenset({"job_skills"})),
            LikeFacts(False, "", frozenset({"job_skills"})),
            True,
            id="no words, the same activities",
        ),
        pytest.param(
            LikeFacts(False, "", frozenset({"mutual_relationship"})),
            LikeFacts(False, "", frozenset({"mutual_relationship"})),
            False,
            id="what is said of every meeting tells nothing",
        ),
    ],
)
def test_alike(note, found, alike):
    assert (likeness(note, found) > 0) is alike


def test_the_most_alike_come_first_and_few():
    note = LikeFacts(False, "yoga breathing class exercises")
    found = [
        LikeFacts(False, "court bench hearing"),
        LikeFacts(False, "yoga breathing at the lake"),
        LikeFacts(False, "breathing exercises in a yoga class"),
        LikeFacts(False, "yoga class at breathing place"),
    ]
    assert rules.most_alike(note, found, most=2) == [2, 3]
