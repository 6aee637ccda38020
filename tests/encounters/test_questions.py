"""A question to the array lead: asked once, answered, corrected, taken over, kept as an example."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from alongside.accounts.codes import Role
from alongside.accounts.models import Contract, User
from alongside.accounts.queries import actor_for
from alongside.audit.models import AuditEvent
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.encounters import actions, queries
from alongside.encounters.actions import NewQuestion
from alongside.encounters.codes import HintAnswerKind
from alongside.encounters.models import ArrayQuestion, Encounter, HintAnswer, NoteDraft
from alongside.encounters.rules import LikeFacts, NewAnswer
from alongside.people.models import CareTeamMember
from alongside.practice.role import HintKind
from tests.encounters.notes import a_note
from tests.factories import (
    NOW,
    TODAY,
    EncounterFactory,
    ParticipantFactory,
    SupporterFactory,
    UserFactory,
    a_pair,
    walk_alongside,
)

pytestmark = [pytest.mark.django_db, pytest.mark.practice("PEER-6")]
WORDS = "Showed the person breathing exercises from my yoga class before we talked."
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def kate(agency):
    """The agency's named array lead."""
    user = UserFactory(agency=agency, name="Kate Moen", roles=[Role.ARRAY_LEAD])
    agency.array_lead = user
    agency.save()
    return actor_for(user)


def a_question(words=WORDS, **changes):
    facts = {"on": TODAY, "words": words, "note_words": words, "processes": ("connecting",)}
    return NewQuestion(**{**facts, **changes})


def ask(pair, key=None, at=NOW, **changes):
    return actions.ask_array_lead(
        key or new_id(), pair.participant.pk, a_question(**changes), by=pair.actor, at=at
    )


def answer(question, by, at=LATER, **changes):
    facts = {"choice": "isde", "reason": "A skill, side by side.", "shared_words": WORDS}
    return actions.answer_question(question.pk, NewAnswer(**{**facts, **changes}), by=by, at=at)


def test_five_taps_are_one_question_and_one_event(pair, kate):
    key = new_id()
    asked = {ask(pair, key).pk for _tap in range(5)}
    question = ArrayQuestion.objects.get()
    assert asked == {question.pk}
    assert (question.certified, question.words, question.status) == (True, WORDS, "open")
    assert AuditEvent.objects.filter(verb="array-question.asked").count() == 1


def test_a_note_that_is_not_ones_own_cannot_be_asked_about(pair, kate):
    note = EncounterFactory(participant=pair.participant)
    with pytest.raises(Encounter.DoesNotExist):
        ask(pair, note.pk)


@pytest.mark.parametrize(
    "note",
    [
        pytest.param("Showed Gia Rivera how to breathe before court.", id="between two words"),
        pytest.param("I told gia about my own recovery. Then showed gia how.", id="small letters"),
        pytest.param("Walked Gia and her aunt Lou through the lease, step by step.", id="an aunt"),
    ],
)
def test_what_the_reasons_quote_of_the_note_names_nobody(pair, kate, note):
    asked = ask(pair, words="Showed the person how.", note_words=note)
    told = " ".join(asked.advised_reasons).lower()
    assert ("gia" in told, "rivera" in told, "lou" in told, bool(told)) == (False,) * 3 + (True,)


def test_nobody_named_is_nobody_to_ask(pair, kate):
    User.objects.filter(pk=kate.id).update(is_active=False)
    with pytest.raises(Refused) as refused:
        ask(pair)
    assert refused.value.refusal.code == "no-array-lead"


def test_the_lead_sees_the_oldest_first_and_not_whom_it_is_about(pair, kate):
    young, old = ask(pair, at=LATER), ask(pair, at=NOW)
    found = list(queries.open_array_questions(kate))
    assert [q.pk for q in found] == [old.pk, young.pk]
    assert found[0].get_deferred_fields() == {"participant_id", "encounter_id"}


def test_who_sees_open_questions(pair, kate, agency, actor):
    asked = ask(pair)
    lead = actor(Role.SUPERVISOR)
    User.objects.filter(pk=pair.actor.id).update(supervisor=lead.id)
    seen = {
        "lead": queries.open_array_questions(kate),
        "asker": queries.open_array_questions(pair.actor),
        "own supervisor": queries.open_array_questions(lead),
        "other supervisor": queries.open_array_questions(actor(Role.SUPERVISOR)),
        "stranger": queries.open_array_questions(actor(Role.SUPPORTER)),
        "coordinator": queries.open_array_questions(actor(Role.COORDINATOR)),
        "another agency": queries.open_array_questions(
            actor_for(UserFactory(roles=[Role.ARRAY_LEAD]))
        ),
    }
    assert {who: [q.pk for q in found] for who, found in seen.items()} == {
        "lead": [asked.pk],
        "asker": [asked.pk],
        "own supervisor": [asked.pk],
        "other supervisor": [],
        "stranger": [],
        "coordinator": [asked.pk],
        "another agency": [],
    }


def test_an_answer_corrected_keeps_what_it_said_and_is_told_anew(pair, kate):
    question = answer(ask(pair), kate)
    actions.put_answer_away(question.pk, by=pair.actor, at=LATER)
    assert not queries.answers_to_take(pair.actor).exists()
    better = answer(question, kate, choice="none", reason="Only a ride.", seen=1)
    assert (better.array, better.no_service, better.put_away_at) == ("", True, None)
    version = better.versions.get()
    assert (version.number, version.array, version.reason) == (1, "isde", "A skill, side by side.")
    assert [q.pk for q in queries.answers_to_take(pair.actor)] == [question.pk]


def test_two_leads_answer_one_question_and_the_first_stands(pair, kate):
    question = ask(pair)
    answer(question, kate)
    with pytest.raises(Refused) as refused:
        answer(question, kate, choice="none")
    assert (refused.value.refusal.code, ArrayQuestion.objects.get().array) == (
        "changed-meanwhile",
        "isde",
    )


def test_taken_back_and_asked_again(pair, kate):
    question = ask(pair)
    actions.take_back_question(question.pk, by=pair.actor, at=NOW)
    assert not queries.open_array_questions(kate).exists()
    actions.ask_again(question.pk, by=pair.actor, at=NOW)
    assert [q.pk for q in queries.open_array_questions(kate)] == [question.pk]


def test_an_answer_goes_into_a_draft(pair, kate):
    key = new_id()
    fields = {"what_we_did": [WORDS]}
    actions.save_draft(key, pair.participant.pk, fields, seen=None, by=pair.actor, at=NOW)
    question = answer(ask(pair, key), kate)
    signed = actions.take_over_answer(question.pk, correction="-", by=pair.actor, at=LATER)
    assert (signed, NoteDraft.objects.get().fields) == (
        False,
        {
            "what_we_did": [WORDS],
            "array": ["isde"],
            "array_own_reason": ["Kate Moen: A skill, side by side."],
        },
    )
    assert not queries.answers_to_take(pair.actor).exists()


@pytest.mark.parametrize(
    ("choice", "array"), [pytest.param("isde", "isde"), pytest.param("none", "", id="no service")]
)
def test_an_answer_corrects_a_signed_note(pair, kate, choice, array):
    key = new_id()
    note = actions.sign_note(key, pair.participant.pk, a_note(), by=pair.actor, at=NOW)
    assert (note.array, note.support_label) == ("peer_support", "peer support")
    question = answer(ask(pair, key), kate, choice=choice)
    assert actions.take_over_answer(question.pk, correction="Kate said", by=pair.actor, at=LATER)
    note.refresh_from_db()
    assert (note.status, note.array, note.array_advised, note.array_own_reason) == (
        "amended",
        array,
        "peer_support",
        "Kate Moen: A skill, side by side.",
    )
    assert note.what_we_did == a_note().what_we_did
    assert note.versions.get().reason == "Kate said"


def test_without_note_or_draft_there_is_nothing_to_go_into(pair, kate):
    question = answer(ask(pair), kate)
    with pytest.raises(Refused) as refused:
        actions.take_over_answer(question.pk, correction="-", by=pair.actor, at=LATER)
    assert refused.value.refusal.code == "no-note"
    assert queries.answers_to_take(pair.actor).exists()


def test_whoever_lost_sight_of_the_person_reads_no_answer(pair, kate):
    question = answer(ask(pair), kate)
    CareTeamMember.objects.update(until=TODAY)
    assert not queries.answers_to_take(pair.actor).exists()
    with pytest.raises(ArrayQuestion.DoesNotExist):
        actions.take_over_answer(question.pk, correction="-", by=pair.actor, at=LATER)


def test_an_example_is_withdrawn_and_restored(pair, kate):
    question = answer(ask(pair), kate)
    actions.withdraw_precedent(question.pk, reason="Too short.", by=kate, at=LATER)
    assert not queries.precedents(pair.actor).exists()
    assert queries.precedents(pair.actor, withdrawn=True).get().withdrawn_reason == "Too short."
    assert queries.answers_to_take(pair.actor).exists()
    actions.restore_precedent(question.pk, by=kate, at=LATER)
    assert queries.precedents(pair.actor).get().withdrawn_reason == ""


@pytest.mark.parametrize(
    ("words", "found"),
    [
        pytest.param("breathing yoga", 1, id="each word somewhere"),
        pytest.param("BREATHING", 1, id="in any letters"),
        pytest.param("side", 1, id="in the reason"),
        pytest.param("breathing court", 0, id="not all of them"),
        pytest.param("%", 0, id="a sign of LIKE stands for itself"),
        pytest.param("_____", 0, id="and so does the other"),
        pytest.param("' OR 1=1 --", 0, id="a piece of SQL is words"),
    ],
)
def test_examples_are_found_by_words(pair, kate, words, found):
    answer(ask(pair), kate)
    assert queries.precedents(pair.actor, words=words).count() == found


def test_examples_are_found_by_array_and_paged_by_key(pair, kate):
    made = [answer(ask(pair), kate, at=LATER + timedelta(minutes=n)) for n in range(4)]
    answer(ask(pair), kate, choice="none")
    first = list(queries.precedents(pair.actor, array="isde")[:2])
    before = (first[-1].answered_at, first[-1].pk)
    rest = queries.precedents(pair.actor, array="isde", before=before)
    assert [q.pk for q in [*first, *rest]] == [q.pk for q in reversed(made)]
    assert queries.precedents(pair.actor, array="none").count() == 1


def test_who_reads_examples(pair, kate, actor):
    answer(ask(pair), kate)
    readers = {role for role in Role if queries.precedents(actor(role)).exists()}
    assert readers == {
        Role.SUPPORTER,
        Role.SUPERVISOR,
        Role.COORDINATOR,
        Role.ARRAY_LEAD,
        Role.PRIVACY_OFFICER,
    }
    assert not queries.precedents(a_pair(UserFactory().agency).actor).exists()


@pytest.mark.practice("PEER-2")
def test_the_next_like_note_finds_it_in_the_same_standing_only(pair, kate):
    found = answer(ask(pair), kate)
    words = "Breathing exercises out of the yoga class again."
    like = queries.like_precedents(pair.actor, facts=LikeFacts(True, words))
    unlike = queries.like_precedents(pair.actor, facts=LikeFacts(False, words))
    assert ([q.pk for q in like], unlike) == ([found.pk], [])


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_for_one_and_for_three(pair, kate, rows):
    for n in range(rows):
        answer(ask(pair), kate, at=LATER + timedelta(minutes=n))
        ask(pair)
    with CaptureQueriesContext(connection) as ran:
        assert len([q.asker.name for q in queries.open_array_questions(kate)]) == rows
        assert len([q.answered_by.name for q in queries.precedents(kate)]) == rows
        assert len([q.participant.name for q in queries.answers_to_take(pair.actor)]) == rows
        queries.like_precedents(pair.actor, facts=LikeFacts(True, WORDS))
    assert len(ran) == 4


def overrule(pair, key=None, **changes):
    said = a_note(array="isde", array_own_reason="We spent it at the stove.", **changes)
    person = pair.participant.pk
    return actions.sign_note(key or new_id(), person, said, by=pair.actor, at=NOW)


def test_where_advice_and_choice_part(pair, actor):
    lead = actor(Role.SUPERVISOR)
    User.objects.filter(pk=pair.actor.id).update(supervisor=lead.id)
    parts = overrule(pair)
    actions.sign_note(new_id(), pair.participant.pk, a_note(), by=pair.actor, at=NOW)
    mistaken = overrule(pair)
    actions.void_note(mistaken.pk, reason="Twice.", by=pair.actor, at=NOW)
    found = queries.parting(lead, since=None, before=None, limit=10)
    assert [(n.pk, n.supporter.name, n.array_advised, n.array) for n in found] == [
        (parts.pk, "Rosa Quaas", "peer_support", "isde")
    ]
    assert queries.parting_counts(lead) == {pair.supporter.pk: 1}


def test_parting_is_for_those_who_lead(pair, actor):
    overrule(pair)
    other_lead = actor(Role.SUPERVISOR)
    counts = {role: len(queries.parting(actor(role))) for role in Role}
    assert {role for role, n in counts.items() if n} == {Role.COORDINATOR, Role.PRIVACY_OFFICER}
    assert (queries.parting(pair.actor), queries.parting(other_lead)) == ([], [])


def test_parting_by_supporter_array_day_and_key(pair, actor):
    desk = actor(Role.COORDINATOR)
    notes = [overrule(pair) for _n in range(3)]
    rows = queries.parting(desk, limit=2)
    rest = queries.parting(desk, before=(rows[-1].on, rows[-1].pk))
    assert {n.pk for n in [*rows, *rest]} == {n.pk for n in notes}
    assert len(rest) == 1
    assert queries.parting(desk, supporter_id=uuid4()) == []
    assert queries.parting(desk, array="none") == []
    assert queries.parting(desk, since=TODAY + timedelta(days=1)) == []
    with CaptureQueriesContext(connection) as ran:
        assert len([n.supporter.name for n in queries.parting(desk)]) == 3
    assert len(ran) == 1


def test_a_supporter_of_another_team_is_not_in_the_list_of_a_shared_person(pair, actor):
    """Both walk with Gia; a supervisor leads one of the two."""
    lead = actor(Role.SUPERVISOR)
    colleague = SupporterFactory(agency=pair.participant.agency)
    User.objects.filter(pk=colleague.user_id).update(supervisor=lead.id)
    CareTeamMember.objects.create(
        agency=pair.participant.agency,
        participant=pair.participant,
        user=colleague.user,
        name="Ann",
        role="supporter",
    )
    overrule(pair)
    assert queries.parting(lead) == []


@pytest.mark.practice("PSP-10")
@pytest.mark.parametrize(
    ("contracts", "paid"),
    [
        pytest.param([], None, id="no contract is known"),
        pytest.param([{"arrays": ["isde"]}], {"isde"}, id="one that names an array"),
        pytest.param(
            [{"arrays": ["isde"]}, {"arrays": ["peer_support"]}],
            {"isde", "peer_support"},
            id="two together",
        ),
        pytest.param([{"arrays": ["isde"]}, {"arrays": []}], None, id="one that limits nothing"),
        pytest.param(
            [{"arrays": ["isde"], "counties": ["Polk"]}], None, id="one for another county"
        ),
        pytest.param(
            [{"arrays": ["isde"], "ends_on": TODAY - timedelta(days=1)}],
            None,
            id="one that is over",
        ),
    ],
)
def test_what_a_contract_pays_for(pair, agency, contracts, paid):
    for more in contracts:
        facts = {"funder": "County", "name": "Ours", "starts_on": TODAY - timedelta(days=90)}
        Contract.objects.create(agency=agency, **{**facts, **more})
    with CaptureQueriesContext(connection) as ran:
        found = queries.arrays_paid_for(pair.actor, participant_id=pair.participant.pk, on=TODAY)
    assert (found, len(ran)) == (paid, 1)


def hint(pair, phrase, answer=HintAnswerKind.NOT_HELPFUL, person=None):
    person = person or pair.participant
    key, kind = new_id(), HintKind.ADVICE
    actions.answer_hint(key, person.pk, kind, phrase, answer, by=pair.actor, at=NOW)


@pytest.mark.practice("SVC-11")
def test_phrases_are_read_only_by_those_who_see_the_person(pair, kate, actor):
    hint(pair, "told her to go")
    hint(pair, "kept", HintAnswerKind.KEPT)
    sees = {role: [h.phrase for h in queries.hint_phrases(actor(role))] for role in Role}
    assert {role for role, phrases in sees.items() if phrases} == {
        Role.COORDINATOR,
        Role.PRIVACY_OFFICER,
    }
    assert [h.phrase for h in queries.hint_phrases(pair.actor)] == ["told her to go"]
    [tally] = queries.hint_tallies(kate)
    assert (tally.kind, tally.not_helpful, tally.writers) == ("advice", 1, 1)


def test_a_hint_brought_back_counts_no_more(pair, kate):
    hint(pair, "told her to go", HintAnswerKind.TAKEN_BACK)
    assert queries.hint_tallies(kate) == []
    key = HintAnswer.objects.get().encounter_id
    assert queries.answered_hints(pair.actor, encounter_id=key) == frozenset()


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"words": ""}, id="a question says something"),
        pytest.param({"status": "answered"}, id="an answer has array, reason and someone"),
        pytest.param({"status": "answered", "answered_at": NOW, "reason": "x"}, id="by someone"),
    ],
)
def test_a_question_that_cannot_be(pair, kate, changes):
    question = ask(pair)
    with pytest.raises(IntegrityError), transaction.atomic():
        ArrayQuestion.objects.filter(pk=question.pk).update(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"no_service": True}, id="an array and none at once"),
        pytest.param({"array": ""}, id="neither an array nor none"),
        pytest.param({"reason": ""}, id="without a reason"),
        pytest.param({"shared_words": ""}, id="without words for colleagues"),
        pytest.param({"status": "withdrawn"}, id="withdrawn by nobody, for nothing"),
    ],
)
def test_an_answer_that_cannot_be(pair, kate, changes):
    question = answer(ask(pair), kate)
    with pytest.raises(IntegrityError), transaction.atomic():
        ArrayQuestion.objects.filter(pk=question.pk).update(**changes)


def test_one_open_question_per_note(pair, kate):
    key = new_id()
    first = ask(pair, key)
    actions.take_back_question(first.pk, by=pair.actor, at=NOW)
    second = ask(pair, key)
    with pytest.raises(IntegrityError), transaction.atomic():
        ArrayQuestion.objects.filter(pk=first.pk).update(status="open")
    assert actions.ask_again(first.pk, by=pair.actor, at=NOW).pk == second.pk


def test_names_around_a_person(pair):
    stranger = ParticipantFactory(agency=pair.participant.agency)
    walk_alongside(SupporterFactory(agency=stranger.agency, name="Not Hers"), stranger)
    around = queries.names_around(pair.actor, participant_id=pair.participant.pk)
    assert around == ["Rosa Quaas"]
