import re
from datetime import timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alongside.accounts import actions as accounts
from alongside.accounts.actions import NewTimeAway
from alongside.accounts.codes import Role
from alongside.accounts.models import TimeAway
from alongside.accounts.queries import actor_for
from alongside.core.ids import new_id
from alongside.encounters import actions
from alongside.encounters.models import Affirmation, NoteQuestion, NoteReading
from alongside.workforce.models import AgendaLine
from tests.factories import (
    CredentialFactory,
    EncounterFactory,
    ParticipantFactory,
    SupporterFactory,
    UserFactory,
    walk_alongside,
)

pytestmark = pytest.mark.django_db
HIDDEN = re.compile(r'name="((?:affirm|ask|answer)-(?:made_id|seen))" value="([^"]*)"')


@pytest.fixture
def boss(agency):
    return UserFactory(agency=agency, name="Kim Moss", roles=[Role.SUPERVISOR])


@pytest.fixture
def rosa(agency, boss):
    return SupporterFactory(
        agency=agency, name="Rosa Quaas", user__name="Rosa Quaas", user__supervisor=boss
    )


def a_note(rosa, name="Gia Rivera", **more):
    person = ParticipantFactory(agency=rosa.agency, name=name)
    walk_alongside(rosa, person)
    return EncounterFactory(participant=person, supporter=rosa, **more)


@pytest.fixture
def note(rosa):
    return a_note(rosa)


def read(answer):
    return answer.content.decode()


def page(client, route, *args):
    answer = client.get(reverse(f"web:{route}", args=args))
    assert answer.status_code == 200
    return read(answer)


def send(client, route, *args, **body):
    return client.post(reverse(f"web:{route}", args=args), body, follow=True)


def test_the_page_says_what_waits_and_each_has_an_end(agency, boss, rosa, note, signed_in):
    lead = actor_for(boss)
    CredentialFactory(supporter=rosa, expires_on=timezone.localdate() + timedelta(days=40))
    actions.ask_on_note(new_id(), note.pk, words="What helped?", by=lead, at=timezone.now())
    due = note.participant.episodes.get()
    due.contact_due_on = timezone.localdate() - timedelta(days=5)
    due.last_contact_on = timezone.localdate() - timedelta(days=35)
    due.save()
    told = page(signed_in(boss), "team")
    for words in ("1 note to read", "What helped?", "Supervision", "Certificates"):
        assert words in told
    for route, key in (
        ("team_note", note.pk),
        ("note_question", NoteQuestion.objects.get().pk),
        ("supervision", rosa.pk),
        ("growth", rosa.pk),
        ("participant", note.participant_id),
    ):
        assert reverse(f"web:{route}", args=[key]) in told


def test_nothing_waits(boss, rosa, signed_in):
    assert "Nothing waits for you" in page(signed_in(boss), "team")


def test_one_tap_reads_and_the_next_opens(boss, rosa, signed_in):
    first, second = a_note(rosa), a_note(rosa, "Nkauj Vang")
    client = signed_in(boss)
    answer = send(client, "team_note_read", first.pk, seen="0")
    assert answer.redirect_chain[-1][0] == reverse("web:team_note", args=[second.pk])
    answer = send(client, "team_note_read", second.pk, seen="0")
    assert answer.redirect_chain[-1][0] == reverse("web:team")
    assert ("That was the last one" in read(answer), NoteReading.objects.count()) == (True, 2)
    answer = send(client, "team_note_unread", second.pk)
    assert "1 note to read" in page(client, "team")


def test_opening_a_note_does_not_read_it(boss, note, signed_in):
    client = signed_in(boss)
    for route in ("team_note", "note"):
        page(client, route, note.pk)
    assert NoteReading.objects.count() == 0
    assert "1 note to read" in page(client, "team")


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        pytest.param("7", "corrected a moment ago", id="another version"),
        pytest.param("²", "That was the last one", id="no number is none"),
        pytest.param("9" * 50, "That was the last one", id="a huge number is none"),
    ],
)
def test_only_the_version_shown_is_read(boss, note, signed_in, seen, words):
    assert words in read(send(signed_in(boss), "team_note_read", note.pk, seen=seen))


def test_an_affirmation_from_saying_to_thanks(boss, rosa, note, signed_in):
    client, writer = signed_in(boss), signed_in(rosa.user)
    body = dict(HIDDEN.findall(page(client, "team_note", note.pk)))
    body["affirm-words"] = "You asked before you told."
    for _click in range(3):
        send(client, "affirm", note.pk, **body)
    given = Affirmation.objects.get()
    today = page(writer, "today")
    assert today.index("You asked before you told.") < today.index('id="appointments"')
    assert "You asked before you told." in page(writer, "note", note.pk)
    send(client, "affirmation", given.pk, **{"affirm-words": "You asked first."})
    assert "You asked first." in page(writer, "today")
    assert "It stays on your note" in read(send(writer, "affirmation_seen", given.pk))
    assert "You asked first." not in page(writer, "today")
    assert "You asked first." in page(writer, "note", note.pk)
    send(client, "affirmation_back", given.pk)
    assert "You asked first." not in page(writer, "note", note.pk)
    send(client, "affirmation_again", given.pk)
    assert "You asked first." in page(writer, "note", note.pk)


def test_a_question_from_asking_to_closing(boss, rosa, note, signed_in):
    client, writer = signed_in(boss), signed_in(rosa.user)
    body = dict(HIDDEN.findall(page(client, "team_note", note.pk)))
    send(client, "note_ask", note.pk, **{**body, "ask-words": "What helped?"})
    today = page(writer, "today")
    assert today.index('id="appointments"') < today.index("What helped?")
    question = NoteQuestion.objects.get()
    assert "What helped?" in page(writer, "today")
    body = dict(HIDDEN.findall(page(writer, "note_question", question.pk)))
    for _click in range(3):
        send(writer, "note_question", question.pk, **{**body, "answer-words": "The walk."})
    assert "What helped?" not in page(writer, "today")
    assert "The walk." in page(client, "team")
    body = dict(HIDDEN.findall(page(client, "note_question", question.pk)))
    send(client, "note_question", question.pk, **{**body, "ask-words": "And then?"})
    assert "And then?" in page(writer, "today")
    body = dict(HIDDEN.findall(page(writer, "note_question", question.pk)))
    send(writer, "note_question", question.pk, **{**body, "answer-words": "Her sister."})
    send(client, "note_question_close", question.pk)
    assert "No open questions" in page(client, "team_questions")
    assert "Her sister." in page(writer, "note", note.pk)
    send(client, "note_question_again", question.pk)
    assert "Her sister." in page(client, "team_questions")
    assert question.turns.count() == 4


def test_a_refused_form_keeps_the_words_and_says_how_to_mend_it(boss, note, signed_in):
    client = signed_in(boss)
    for route, field, sentence in (
        ("affirm", "affirm-words", "in at most 1000 letters"),
        ("note_ask", "ask-words", "in at most 1000 letters"),
    ):
        answer = send(client, route, note.pk, **{field: "Tea " * 400})
        assert (answer.status_code, sentence in read(answer)) == (422, True)
        assert "Tea Tea" in read(answer)
    answer = send(client, "affirm", note.pk, **{"affirm-words": " "})
    assert (answer.status_code, "Say what you saw" in read(answer)) == (422, True)


def test_what_passes_between_two_is_in_no_print_and_no_other_page(
    agency, boss, rosa, note, signed_in
):
    by, at = actor_for(boss), timezone.now()
    actions.give_affirmation(new_id(), note.pk, words="Canary one", by=by, at=at)
    actions.ask_on_note(new_id(), note.pk, words="Canary two", by=by, at=at)
    writer, person = signed_in(rosa.user), note.participant_id
    coordinator = signed_in(UserFactory(agency=agency, roles=[Role.COORDINATOR]))
    told = [
        page(writer, "participant", person),
        page(writer, "participant_print", person),
        page(writer, "note_together", note.pk),
        page(coordinator, "note", note.pk),
        page(coordinator, "participant", person),
        page(coordinator, "today"),
    ]
    assert ["Canary" in text for text in told] == [False] * 6
    assert "Canary one" in page(writer, "note", note.pk)


@pytest.mark.parametrize("route", ["team", "team_notes", "team_questions"])
def test_pages_ask_the_same_for_few_and_for_many(agency, boss, rosa, signed_in, route):
    client, asked = signed_in(boss), []
    by, at = actor_for(boss), timezone.now()
    for many in (1, 3):
        for _n in range(many):
            other = SupporterFactory(agency=agency, user__supervisor=boss)
            CredentialFactory(supporter=other, expires_on=timezone.localdate())
            note = a_note(other, array_own_reason="We talked")
            actions.ask_on_note(new_id(), note.pk, words="How?", by=by, at=at)
        page(client, route)
        with CaptureQueriesContext(connection) as queries:
            page(client, route)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_lists_page_by_key(boss, rosa, signed_in):
    notes = [a_note(rosa) for _n in range(32)]
    actions.ask_on_note(new_id(), notes[0].pk, words="How?", by=actor_for(boss), at=timezone.now())
    client = signed_in(boss)
    first = page(client, "team_notes")
    key = re.search(r"\?after=([0-9a-f-]{36})", first)[1]
    rest = read(client.get(reverse("web:team_notes"), {"after": key}))
    shown = [text.count("/team/notes/0") for text in (first, rest)]
    assert (shown[1] - shown[0], "after=" in rest) == (2 - 30, False)
    assert client.get(reverse("web:team_notes"), {"after": str(new_id())}).status_code == 404
    assert client.get(reverse("web:team_questions"), {"after": "x"}).status_code == 200


@pytest.fixture
def other(agency):
    return UserFactory(agency=agency, name="Lee Ott", roles=[Role.SUPERVISOR])


def test_someone_stands_in_until_it_is_taken_back(boss, other, rosa, note, signed_in):
    client, stands_in = signed_in(boss), signed_in(other)
    today = timezone.localdate()
    assert stands_in.get(reverse("web:team_note", args=[note.pk])).status_code == 404
    days = {"starts_on": today, "ends_on": today + timedelta(days=3)}
    answer = send(client, "away", **days, stand_in=other.pk)
    assert "Lee Ott looks out for the team" in read(answer)
    told = page(stands_in, "team")
    assert ("You stand in for Kim Moss" in told, "1 note to read" in told) == (True, True)
    assert "Gia" in page(stands_in, "team_note", note.pk)
    away = TimeAway.objects.get()
    send(client, "away_back", away.pk)
    assert stands_in.get(reverse("web:team_note", args=[note.pk])).status_code == 404
    send(client, "away_again", away.pk)
    assert stands_in.get(reverse("web:team_note", args=[note.pk])).status_code == 200


def test_a_gap_is_told_to_those_who_can_close_it(agency, boss, other, rosa, signed_in):
    boss_client = signed_in(UserFactory(agency=agency, roles=[Role.ADMINISTRATOR]))
    desk = signed_in(UserFactory(agency=agency, roles=[Role.COORDINATOR]))
    nobody = "Nobody is looking out for Rosa Quaas"
    assert nobody not in page(desk, "today") + page(boss_client, "colleagues")
    today = timezone.localdate()
    answer = send(signed_in(boss), "away", starts_on=today, ends_on=today + timedelta(days=3))
    assert nobody in read(answer)
    for client, route in ((desk, "today"), (boss_client, "today"), (boss_client, "colleagues")):
        assert nobody in page(client, route)
    away = TimeAway.objects.get()
    body = {"starts_on": today, "ends_on": away.ends_on, "stand_in": other.pk}
    change = reverse("web:colleague_away", args=[boss.pk]) + f"?change={away.pk}"
    assert str(away.pk) in read(boss_client.get(change))
    send(boss_client, "colleague_away", boss.pk, **body, instead_of=away.pk)
    assert nobody not in page(desk, "today") + page(signed_in(boss), "team")
    assert TimeAway.objects.filter(taken_back_at=None).count() == 1


def test_a_refused_time_away_says_why(boss, other, signed_in):
    today = timezone.localdate()
    accounts.set_time_away(
        new_id(),
        NewTimeAway(other.pk, today, today + timedelta(days=9)),
        by=actor_for(other),
        at=timezone.now(),
    )
    answer = send(signed_in(boss), "away", starts_on=today, ends_on=today, stand_in=other.pk)
    assert (answer.status_code, "Lee Ott is away then, too" in read(answer)) == (422, True)


def test_an_administrator_who_leads_nobody_is_led_to_the_colleague(agency, signed_in):
    boss = UserFactory(agency=agency, roles=[Role.ADMINISTRATOR])
    plain = UserFactory(agency=agency, roles=[Role.BILLING])
    answer = signed_in(boss).get(reverse("web:colleague_away", args=[plain.pk]))
    assert (answer.status_code, answer.url) == (302, reverse("web:colleague", args=[plain.pk]))


def test_what_is_open_goes_on_the_agenda_once(boss, rosa, note, signed_in):
    at = timezone.now()
    question = actions.ask_on_note(
        new_id(), note.pk, words="What helped?", by=actor_for(boss), at=at
    )
    client = signed_in(boss)
    assert "Question about the note" in page(client, "supervision", rosa.pk)
    for _click in range(3):
        send(client, "agenda_compose", rosa.pk)
    line = AgendaLine.objects.get()
    assert (line.about, "What helped" in line.words) == (f"NoteQuestion/{question.pk}", False)
    send(client, "agenda_tick", rosa.pk, line.pk)
    line.refresh_from_db()
    assert line.done_at is not None


def test_a_note_of_another_team_is_absent(boss, other, note, signed_in):
    client = signed_in(other)
    for route in ("team_note_read", "team_note_unread", "affirm", "note_ask"):
        assert client.post(reverse(f"web:{route}", args=[note.pk])).status_code == 404
    with pytest.raises(ObjectDoesNotExist):
        actions.read_note(note.pk, seen=0, by=actor_for(other), at=timezone.now())


def test_five_clicks_on_days_away_make_one(boss, signed_in):
    client, today = signed_in(boss), timezone.localdate()
    made_id = re.search(r'name="made_id" value="([^"]+)"', page(client, "away"))[1]
    for _click in range(5):
        send(client, "away", made_id=made_id, starts_on=today, ends_on=today)
    assert TimeAway.objects.count() == 1
