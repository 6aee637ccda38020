"""A hint about the role at the words of a note: seen, answered in one tap, never in the way."""

import pytest
from django.urls import reverse

from alongside.accounts.queries import actor_for
from alongside.audit.models import AuditEvent
from alongside.core.ids import new_id
from alongside.encounters import actions
from alongside.encounters.codes import HintAnswerKind
from alongside.encounters.models import Encounter, HintAnswer, NoteDraft
from alongside.people.models import CareTeamMember
from alongside.practice.role import HintKind
from tests.factories import EncounterFactory, ParticipantFactory, SupporterFactory, walk_alongside
from tests.web.test_encounters import typed

pytestmark = pytest.mark.django_db
PHRASE = "I told her she should"
WORDS = f"Sat with her. {PHRASE} ask for a later time."
SHOWN = f"“{PHRASE} …”"


@pytest.fixture
def rosa(pair, signed_in):
    return signed_in(pair.supporter.user)


@pytest.fixture
def actor_of_rosa(pair):
    return actor_for(pair.supporter.user)


def at(name, *args):
    return reverse(f"web:{name}", args=args)


def text(response):
    return response.content.decode()


def answer(client, person, facts, *, htmx=True):
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(at("hint_answer", person.pk), {**facts, "hint": PHRASE}, headers=headers)


@pytest.mark.practice("SVC-11")
def test_the_hint_comes_with_the_words_and_stays_away_once_answered(pair, rosa):
    facts, advice = typed(what_we_did=WORDS), at("note_advice", pair.participant.pk)
    first = text(rosa.post(advice, facts))
    told = text(answer(rosa, pair.participant, facts))
    later = text(rosa.post(advice, facts))
    other_note = text(rosa.post(advice, {**facts, "encounter_id": str(new_id())}))
    seen = [SHOWN in page for page in (first, told, later, other_note)]
    assert seen == [True, False, False, True]


@pytest.mark.practice("SVC-11")
def test_it_asks_and_shows_another_way_to_say_it(pair, rosa):
    page = text(rosa.post(at("note_advice", pair.participant.pk), typed(what_we_did=WORDS)))
    assert "Was it an idea you two found?" in page
    assert "<i>we talked about ways to go; she chose …</i>" in page


def test_five_taps_are_one_answer_and_one_event_without_the_words(pair, rosa):
    facts = typed(what_we_did=WORDS)
    assert {answer(rosa, pair.participant, facts).status_code for _tap in range(5)} == {200}
    row, event = HintAnswer.objects.get(), AuditEvent.objects.get(verb="hint.answered")
    assert (str(row.encounter_id), row.author, row.participant) == (
        facts["encounter_id"],
        pair.supporter.user,
        pair.participant,
    )
    assert (row.kind, row.phrase, row.answer) == ("advice", PHRASE, "not-helpful")
    assert (event.target, event.detail) == (
        f"Encounter/{row.encounter_id}",
        {"hint": str(row.pk), "kind": "advice", "answer": "not-helpful"},
    )


def test_another_answer_takes_the_place_of_the_first(pair, actor_of_rosa, now):
    key, hint = new_id(), (HintKind.ADVICE, PHRASE)
    for said in (HintAnswerKind.NOT_HELPFUL, HintAnswerKind.KEPT):
        actions.answer_hint(key, pair.participant.pk, *hint, said, by=actor_of_rosa, at=now)
    assert HintAnswer.objects.get().answer == "kept"
    assert AuditEvent.objects.filter(verb="hint.answered").count() == 2


def test_without_scripts_the_typed_words_are_kept(pair, rosa):
    facts = typed(what_we_did=WORDS, what_next="Thursday", miles="x")
    page = rosa.post(at("hint_answer", pair.participant.pk), {**facts, "hint": PHRASE}, follow=True)
    assert page.redirect_chain == [(f"{at('draft', facts['encounter_id'])}#hints-what_we_did", 302)]
    shown = [words in text(page) for words in (WORDS, "Thursday", 'value="x"', SHOWN)]
    assert shown == [True, True, True, False]
    assert "hint" not in NoteDraft.objects.get().fields


def test_in_a_correction_without_scripts_it_goes_back_to_the_correction(pair, rosa):
    note = EncounterFactory(participant=pair.participant, supporter=pair.supporter)
    facts = typed(what_we_did=WORDS, encounter_id=str(note.pk), seen="0")
    page = rosa.post(at("hint_answer", pair.participant.pk), {**facts, "hint": PHRASE}, follow=True)
    assert page.redirect_chain[-1] == (at("note_correct", note.pk), 302)
    assert [WORDS in text(page), SHOWN in text(page)] == [True, False]


def test_only_what_the_words_hold_is_answered(pair, rosa):
    answer(rosa, pair.participant, typed(what_we_did="We had tea."))
    assert HintAnswer.objects.count() == 0


def test_without_an_id_nothing_is_written(pair, rosa):
    sent = answer(rosa, pair.participant, typed(what_we_did=WORDS, encounter_id="nonsense"))
    assert (sent.status_code, HintAnswer.objects.count()) == (302, 0)


@pytest.mark.practice("SVC-11")
def test_a_hint_does_not_stand_in_the_way_of_signing(pair, rosa):
    sent = rosa.post(at("note_new", pair.participant.pk), typed(what_we_did=WORDS))
    note = Encounter.objects.get()
    assert (sent.status_code, sent["Location"], note.what_we_did) == (
        302,
        at("note", note.pk),
        WORDS,
    )


def test_enter_in_a_field_neither_signs_nor_answers_a_hint(pair, rosa):
    page = text(rosa.post(at("note_new", pair.participant.pk), typed(what_we_did=WORDS, on="?")))
    form = page[page.index('id="note-form"') :]
    assert form.index("<button hidden disabled>") < form.index(SHOWN)


def _stranger(pair):
    return ParticipantFactory(agency=pair.participant.agency)


def _of_another_agency(pair):
    return ParticipantFactory()


@pytest.mark.parametrize(
    "whose",
    [
        pytest.param(_stranger, id="a person not walked with"),
        pytest.param(_of_another_agency, id="a person of another agency"),
    ],
)
def test_who_is_not_in_sight_is_absent(pair, rosa, whose):
    sent = answer(rosa, whose(pair), typed(what_we_did=WORDS))
    assert (sent.status_code, HintAnswer.objects.count()) == (404, 0)


@pytest.mark.parametrize(
    "other_person",
    [
        pytest.param(False, id="a note that a colleague wrote"),
        pytest.param(True, id="a note with someone else"),
    ],
)
def test_a_note_that_is_not_ones_own_takes_no_answer(pair, rosa, other_person):
    writer, person = SupporterFactory(agency=pair.participant.agency), pair.participant
    if other_person:
        writer, person = pair.supporter, _stranger(pair)
        walk_alongside(writer, person)
    note = EncounterFactory(participant=person, supporter=writer)
    facts = typed(what_we_did=WORDS, encounter_id=str(note.pk))
    assert (answer(rosa, pair.participant, facts).status_code, HintAnswer.objects.count()) == (
        404,
        0,
    )


def test_an_answer_is_for_its_author_alone(pair, rosa, signed_in):
    facts = typed(what_we_did=WORDS)
    answer(rosa, pair.participant, facts)
    colleague = SupporterFactory(agency=pair.participant.agency)
    CareTeamMember.objects.create(
        agency=pair.participant.agency,
        participant=pair.participant,
        user=colleague.user,
        name=colleague.name,
        role="supporter",
    )
    advice = at("note_advice", pair.participant.pk)
    assert SHOWN in text(signed_in(colleague.user).post(advice, facts))
