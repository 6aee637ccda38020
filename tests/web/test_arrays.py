"""Asking the array lead from a note, answering, examples, and where advice and choice part."""

import csv
import io

import pytest
from django.urls import reverse

from alongside.accounts.codes import Role
from alongside.accounts.models import User
from alongside.audit.models import AuditEvent
from alongside.encounters.models import ArrayQuestion, Encounter, HintAnswer, NoteDraft
from tests.factories import NOW, CredentialFactory, UserFactory
from tests.web.test_encounters import typed

pytestmark = [pytest.mark.django_db, pytest.mark.practice("PEER-6")]
WORDS = "Taught Gia breathing exercises from my yoga class. Tasha came, too."
PLAIN = "Taught the person breathing exercises from my yoga class. Someone came, too."
HTMX = {"HX-Request": "true"}


@pytest.fixture
def kate(agency):
    user = UserFactory(agency=agency, name="Kate Moen", roles=[Role.ARRAY_LEAD])
    agency.array_lead = user
    agency.save()
    return user


@pytest.fixture
def rosa(pair, signed_in):
    return signed_in(pair.supporter.user)


def at(name, *args):
    return reverse(f"web:{name}", args=args)


def text(response):
    return response.content.decode()


def asking(**more):
    return typed(what_we_did=WORDS, ask_words=PLAIN, ask_proposed=PLAIN, **more)


def ask(client, person, facts=None, **headers):
    return client.post(at("array_ask", person.pk), facts or asking(), headers=headers)


def test_the_words_that_go_along_are_shown_before_and_name_nobody(pair, rosa, kate):
    page = text(rosa.post(at("note_advice", pair.participant.pk), typed(what_we_did=WORDS)))
    assert "Unsure? Ask Kate" in page
    assert f"{PLAIN}</textarea>" in page


def test_one_tap_asks_and_the_note_can_be_signed_meanwhile(pair, rosa, kate):
    facts = asking()
    page = text(ask(rosa, pair.participant, facts, **HTMX))
    assert "Your question is on its way." in page
    question = ArrayQuestion.objects.get()
    assert (question.words, str(question.encounter_id)) == (PLAIN, facts["encounter_id"])
    assert rosa.post(at("note_new", pair.participant.pk), facts).status_code == 302
    note = Encounter.objects.get()
    assert "Your question is on its way." in text(rosa.get(at("note", note.pk)))


def test_words_nobody_looked_at_do_not_go(pair, rosa, kate):
    facts = asking() | {"ask_words": "An older draft", "ask_proposed": "An older draft"}
    page = text(ask(rosa, pair.participant, facts, **HTMX))
    assert (ArrayQuestion.objects.count(), "Look at them, then tap once more" in page) == (0, True)


def test_ones_own_words_go_as_they_are(pair, rosa, kate):
    ask(rosa, pair.participant, asking() | {"ask_words": "Is yoga peer support?"}, **HTMX)
    assert ArrayQuestion.objects.get().words == "Is yoga peer support?"


def test_without_scripts_the_typed_words_are_kept(pair, rosa, kate):
    facts = asking(what_next="Thursday")
    page = ask(rosa, pair.participant, facts)
    assert page["Location"] == f"{at('draft', facts['encounter_id'])}#ask-lead"
    draft = NoteDraft.objects.get()
    assert (draft.fields["what_next"], "ask_words" in draft.fields) == (["Thursday"], False)
    assert "Your question is on its way." in text(rosa.get(page["Location"]))


def test_where_nobody_is_named_it_says_who_can(pair, rosa):
    page = text(rosa.post(at("note_advice", pair.participant.pk), typed(what_we_did=WORDS)))
    assert "No array lead is named yet. An administrator can name one" in page
    assert ask(rosa, pair.participant).status_code == 302
    assert ArrayQuestion.objects.count() == 0


def answered(pair, rosa, kate, signed_in, facts=None, **changes):
    ask(rosa, pair.participant, facts)
    said = {"choice": "isde", "reason": "A skill.", "shared_words": PLAIN, "seen": "0", **changes}
    question = ArrayQuestion.objects.order_by("-asked_at").first()
    sent = signed_in(kate).post(at("array_question", question.pk), said)
    return sent, question


def test_the_lead_reads_the_question_and_answers(pair, rosa, kate, signed_in):
    lead = signed_in(kate)
    sent, question = answered(pair, rosa, kate, signed_in)
    assert (sent.status_code, sent["Location"]) == (302, at("arrays"))
    page = text(lead.get(at("array_question", question.pk)))
    assert [word in page for word in (PLAIN, "Rosa Quaas", "Gia")] == [True, True, False]


def test_an_answer_refused_keeps_what_was_typed(pair, rosa, kate, signed_in):
    sent, _question = answered(
        pair, rosa, kate, signed_in, choice="", reason="Because it was her aim."
    )
    assert sent.status_code == 422
    assert ["Because it was her aim." in text(sent), "Choose an array" in text(sent)] == [
        True,
        True,
    ]
    assert ArrayQuestion.objects.get().status == "open"


@pytest.mark.practice("PEER-2")
def test_peer_support_is_offered_where_the_asker_was_certified(pair, rosa, kate, signed_in):
    ask(rosa, pair.participant)
    lead, question = signed_in(kate), ArrayQuestion.objects.get()
    certified = text(lead.get(at("array_question", question.pk)))
    ArrayQuestion.objects.update(certified=False)
    not_certified = text(lead.get(at("array_question", question.pk)))
    offered = ['value="peer_support"' in page for page in (certified, not_certified)]
    assert offered == [True, False]


def test_the_asker_sees_it_on_the_day_and_takes_it_over(pair, rosa, kate, signed_in):
    _sent, question = answered(pair, rosa, kate, signed_in)
    day = text(rosa.get(at("today")))
    assert ["Kate Moen answered your question" in day, "A skill." in day] == [True, True]
    taken = rosa.post(at("question_take_over", question.pk), follow=True)
    assert taken.redirect_chain[0][0].startswith("/log/draft/")
    assert NoteDraft.objects.get().fields["array"] == ["isde"]
    assert "Kate Moen: A skill." in text(taken)
    assert "Kate Moen answered your question" not in text(rosa.get(at("today")))


def test_into_a_signed_note_by_correcting_it(pair, rosa, kate, signed_in):
    facts = asking()
    _sent, question = answered(pair, rosa, kate, signed_in, facts)
    rosa.post(at("note_new", pair.participant.pk), facts)
    note = Encounter.objects.get()
    assert "Take it into the note" in text(rosa.get(at("note", note.pk)))
    rosa.post(at("question_take_over", question.pk))
    note.refresh_from_db()
    assert (note.status, note.array, note.versions.count()) == ("amended", "isde", 1)


def test_put_away_and_brought_back(pair, rosa, kate, signed_in):
    _sent, question = answered(pair, rosa, kate, signed_in)
    page = text(rosa.post(at("question_put_away", question.pk), follow=True))
    assert at("question_bring_back", question.pk) in page
    rosa.post(at("question_bring_back", question.pk))
    assert "answered your question" in text(rosa.get(at("today")))


def test_the_next_like_note_shows_it_and_can_be_recorded_the_same_way(pair, rosa, kate, signed_in):
    answered(pair, rosa, kate, signed_in)
    example = ArrayQuestion.objects.get()
    facts = typed(what_we_did="Again breathing exercises, the yoga class ones.")
    page = text(rosa.post(at("note_advice", pair.participant.pk), facts))
    assert "Kate Moen answered a like question in" in page
    used = rosa.post(
        at("precedent_use", pair.participant.pk), {**facts, "precedent": str(example.pk)}
    )
    assert used["Location"].startswith(at("draft", facts["encounter_id"]))
    kept = NoteDraft.objects.get(encounter_id=facts["encounter_id"]).fields
    assert (kept["array"], kept["array_own_reason"]) == (["isde"], ["Kate Moen: A skill."])


def test_short_questions_change_the_advice_and_are_signed_with_the_note(pair, rosa):
    facts = typed(what_we_did="Went through it step by step.", short_what="skill")
    before = text(rosa.post(at("note_advice", pair.participant.pk), facts))
    facts |= {"short_what": "gave", "short_who": "me"}
    after = text(rosa.post(at("note_advice", pair.participant.pk), facts))
    assert before.split("Why, and")[0] != after.split("Why, and")[0]
    rosa.post(at("note_new", pair.participant.pk), facts | {"short_why": "nonsense"})
    assert Encounter.objects.count() == 0
    rosa.post(at("note_new", pair.participant.pk), facts)
    note = Encounter.objects.get()
    assert note.array_answers == {"what": "gave", "who": "me"}
    assert note.array_advised != "peer_support"


def test_no_array_at_all_is_a_choice_with_a_reason(pair, rosa):
    facts = typed(what_we_did="Sat with her and talked about the week.", array="none")
    assert rosa.post(at("note_new", pair.participant.pk), facts).status_code == 422
    rosa.post(at("note_new", pair.participant.pk), facts | {"array_own_reason": "Only a letter."})
    note = Encounter.objects.get()
    assert (note.array, note.array_advised, note.array_own_reason) == (
        "",
        "peer_support",
        "Only a letter.",
    )
    page = text(rosa.get(at("note", note.pk)))
    assert "Only a letter." in page
    assert 'value="none"' in text(rosa.get(at("note_correct", note.pk)))


def test_what_is_no_service_is_said_and_signed_under_no_array(pair, rosa):
    facts = typed(what_we_did="Gave her a ride to the dentist.", short_what="errand")
    page = text(rosa.post(at("note_advice", pair.participant.pk), facts))
    assert "Not a peer support service" in page
    rosa.post(at("note_new", pair.participant.pk), facts)
    note = Encounter.objects.get()
    assert (note.array, note.array_advised, note.support_label) == ("", "", "")
    assert "No service array" in text(rosa.get(at("note", note.pk)))


def found_by(client, **asked):
    return "breathing exercises" in text(client.post(at("precedents"), asked))


def test_examples_are_found_withdrawn_and_restored(pair, rosa, kate, signed_in):
    answered(pair, rosa, kate, signed_in)
    lead, question = signed_in(kate), ArrayQuestion.objects.get()
    assert [found_by(rosa, words="yoga"), found_by(rosa, words="court")] == [True, False]
    assert [found_by(rosa, array="isde"), found_by(rosa, array="none")] == [True, False]
    nothing = lead.post(at("precedent_withdraw", question.pk), {"reason": " "})
    assert nothing.status_code == 422
    lead.post(at("precedent_withdraw", question.pk), {"reason": "Too short."})
    assert [found_by(rosa), found_by(lead, withdrawn="1"), found_by(rosa, withdrawn="1")] == [
        False,
        True,
        False,
    ]
    lead.post(at("precedent_restore", question.pk))
    assert found_by(rosa) is True


def rows_of(response):
    whole = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(whole)))


def test_examples_as_a_sheet_name_no_participant_and_run_nothing(pair, rosa, kate, signed_in):
    answered(pair, rosa, kate, signed_in, reason="=HYPERLINK(1)")
    rows = rows_of(rosa.post(at("precedents_export"), {"words": "yoga"}))
    assert len(rows) == 2
    assert (rows[1][1], rows[1][5]) == (PLAIN, "'=HYPERLINK(1)")
    assert AuditEvent.objects.filter(verb="precedents.exported").count() == 1


def test_where_advice_and_choice_part(pair, rosa, signed_in, agency):
    lead = UserFactory(agency=agency, roles=[Role.SUPERVISOR])
    User.objects.filter(pk=pair.supporter.user_id).update(supervisor=lead)
    facts = typed(what_we_did="Cooked.", array="isde", array_own_reason="At the stove.")
    rosa.post(at("note_new", pair.participant.pk), facts)
    client = signed_in(lead)
    page = text(client.get(at("parting")))
    assert ["At the stove." in page, "Rosa Quaas: 1" in page] == [True, True]
    shown = {
        query: "At the stove." in text(client.get(f"{at('parting')}?{query}"))
        for query in (
            f"supporter={pair.supporter.pk}",
            "array=isde",
            "array=none",
            "since=2040-01-01",
            "supporter=nobody&since=x&before=y",
        )
    }
    assert list(shown.values()) == [True, True, False, False, True]


def put_away_a_hint(pair, phrase="told her to go"):
    HintAnswer.objects.create(
        agency=pair.participant.agency,
        author=pair.supporter.user,
        participant=pair.participant,
        encounter_id=pair.episode.pk,
        kind="advice",
        phrase=phrase,
        answer="not-helpful",
        answered_at=NOW,
    )


@pytest.mark.practice("SVC-11")
@pytest.mark.parametrize(
    ("roles", "reads"),
    [
        pytest.param([Role.ADMINISTRATOR], False, id="an administrator sees how many"),
        pytest.param([Role.ARRAY_LEAD], False, id="so does an array lead"),
        pytest.param([Role.ARRAY_LEAD, Role.COORDINATOR], True, id="who sees the person reads it"),
        pytest.param([Role.ARRAY_LEAD, Role.SUPPORTER], False, id="who walks with others does not"),
    ],
)
def test_hints_that_did_not_help(pair, agency, signed_in, roles, reads):
    put_away_a_hint(pair)
    client = signed_in(UserFactory(agency=agency, roles=roles))
    page = text(client.get(at("hint_answers")))
    sheet = str(rows_of(client.post(at("hint_answers_export"))))
    assert ["told her to go" in page, "told her to go" in sheet] == [reads, reads]
    assert "Advice" in page


def hints_in(page):
    return page.count("Was it an idea you two found?")


@pytest.mark.practice("SVC-11")
@pytest.mark.parametrize(
    ("field", "seen"),
    [
        pytest.param("what_we_did", 1, id="what we did"),
        pytest.param("what_next", 1, id="what comes next"),
        pytest.param("done_for", 1, id="what was done for the person"),
        pytest.param("participant_words", 0, id="what the participant said is theirs"),
        pytest.param("permission_words", 0, id="so is their yes"),
        pytest.param("place_words", 0, id="a place is no story"),
    ],
)
def test_which_fields_are_reviewed(pair, rosa, field, seen):
    facts = typed(**{field: "I told her she should ask for a later time."})
    assert hints_in(text(rosa.post(at("note_advice", pair.participant.pk), facts))) == seen


@pytest.mark.practice("SVC-11")
def test_a_hint_put_away_can_be_shown_again(pair, rosa):
    facts = typed(what_next="I told her she should ask for a later time.")
    person = pair.participant.pk
    rosa.post(at("hint_answer", person), facts | {"hint": "I told her she should"}, headers=HTMX)
    away = text(rosa.post(at("note_advice", person), facts))
    assert [hints_in(away), "A hint is put away for this note." in away] == [0, True]
    again = text(rosa.post(at("hints_back", person), facts | {"hints_of": "what_next"}))
    assert again == ""
    assert hints_in(text(rosa.post(at("note_advice", person), facts))) == 1
    assert HintAnswer.objects.get().answer == "taken-back"


def test_the_certificate_of_the_day_decides_the_card(pair, rosa):
    CredentialFactory(supporter=pair.supporter)
    facts = typed(what_we_did="Talked.")
    page = text(rosa.post(at("note_advice", pair.participant.pk), facts))
    assert ["Peer Support" in page, "peer support" in page] == [True, True]
    assert page.count("what the program says on peer support") == page.count("PEER-2") > 0
