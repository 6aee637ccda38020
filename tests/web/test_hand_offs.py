"""Pages of hand-offs: written, found again, answered, corrected, taken back (PROC-7)."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.codes import Role
from alongside.audit.models import AuditEvent
from alongside.core.ids import new_id
from alongside.encounters.models import HandOff, HandOffAnswer, HandOffDraft
from tests.encounters.hand_offs import a_supervisor, recorded
from tests.factories import EncounterFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.practice("PROC-7")]


@pytest.fixture
def rosa(pair, signed_in):
    return signed_in(pair.supporter.user)


@pytest.fixture
def pat(pair, signed_in):
    return signed_in(a_supervisor(pair))


def said(pair, **changes):
    at = timezone.now() - timedelta(hours=2)
    return {
        "hand_off_id": str(new_id()),
        "person": str(pair.participant.pk),
        "on": at.strftime("%Y-%m-%d"),
        "clock": "09:30",
        "about": ["suicide"],
        "handed_to": ["lifeline", "supervisor"],
        "who": "988",
        "wanted": "Not to be alone.",
        "done": "Called 988 together.",
        "still_open": "on",
        "next_step": "I call tomorrow.",
        **changes,
    }


def page(client, route, *keys, **get):
    return client.get(reverse(f"web:{route}", args=keys), get)


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_written_down_told_and_answered(pair, rosa, pat):
    form = page(rosa, "hand_off_new", **{"with": str(pair.participant.pk)})
    assert "It goes to Pat Lindqvist at once" in text_of(form)
    sent = said(pair)
    for _click in range(3):
        answer = rosa.post(reverse("web:hand_off_new"), sent, follow=True)
    assert (
        HandOff.objects.count(),
        "Written down. Pat Lindqvist can see it" in text_of(answer),
    ) == (
        1,
        True,
    )
    key = sent["hand_off_id"]
    assert "Gia R. waits for an answer" in text_of(page(pat, "today"))
    shown = text_of(page(pat, "hand_off", key))
    assert "Still open: I call tomorrow." in shown
    words = {"answer_id": new_id(), "to": "seen", "words": "I am with you at noon."}
    pat.post(reverse("web:hand_off_answer", args=[key]), words)
    assert "I am with you at noon." in text_of(page(rosa, "hand_off", key))
    words = {"answer_id": new_id(), "to": "followed-up", "words": "She is well."}
    pat.post(reverse("web:hand_off_answer", args=[key]), words)
    assert "Hand-offs that need you" not in text_of(page(pat, "today"))
    assert HandOff.objects.get().status == "followed-up"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"person": ""}, "Say whom you talked with."),
        ({"about": []}, "Say what it was about."),
        ({"handed_to": []}, "Say who took over, or that nobody did."),
        ({"handed_to": ["nobody", "lifeline"]}, "Choose “Nobody for now”, or who it was."),
        ({"handed_to": ["family"]}, "Write how they said yes to that"),
        ({"done": " "}, "Write in a few words what you did."),
        ({"next_step": ""}, "Write what comes next."),
        ({"on": "2999-01-01"}, "That is still to come."),
        ({"person": str(new_id())}, "Please choose one from the list."),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(pair, rosa, changes, sentence):
    answer = rosa.post(reverse("web:hand_off_new"), said(pair, **changes))
    body = answer.content.decode()
    assert (answer.status_code, sentence in body, HandOff.objects.count()) == (422, True, 0)
    assert "Not to be alone." in body


def test_a_talk_with_someone_not_in_the_record(pair, rosa, pat):
    sent = said(pair, person="none")
    rosa.post(reverse("web:hand_off_new"), sent)
    assert HandOff.objects.get().participant is None
    assert "someone not in our record" in text_of(page(pat, "hand_off", sent["hand_off_id"]))


def test_a_note_of_ones_own_is_named(pair, rosa):
    note = EncounterFactory(
        participant=pair.participant, supporter=pair.supporter, author=pair.supporter.user
    )
    form = page(rosa, "hand_off_new", **{"with": str(pair.participant.pk)})
    assert str(note.pk) in form.content.decode()
    rosa.post(reverse("web:hand_off_new"), said(pair, note=str(note.pk)))
    assert HandOff.objects.get().encounter == note


def test_saved_as_one_types_found_again_and_let_go(pair, rosa, pat):
    sent = {**said(pair), "draft_actor": str(pair.supporter.user.pk)}
    kept = rosa.post(reverse("web:hand_off_draft"), sent)
    assert kept.json()["url"] == f"/handoffs/new/?draft={sent['hand_off_id']}"
    assert "Gia R." in text_of(page(rosa, "hand_offs"))
    left = page(rosa, "hand_off_new", draft=sent["hand_off_id"]).content.decode()
    assert ("Not to be alone." in left, sent["hand_off_id"] in left) == (True, True)
    assert page(pat, "hand_off_new", draft=sent["hand_off_id"]).status_code == 404
    rosa.post(reverse("web:hand_off_draft_drop", args=[sent["hand_off_id"]]))
    assert HandOffDraft.objects.count() == 0


def test_words_of_another_sign_in_never_land_here(pair, rosa):
    sent = {**said(pair), "draft_actor": str(new_id())}
    assert rosa.post(reverse("web:hand_off_draft"), sent).status_code == 403
    much = said(pair, done="a" * 50_000)
    assert rosa.post(reverse("web:hand_off_draft"), much).status_code == 413


def test_corrected_added_to_opened_again_and_taken_back(pair, rosa, pat):
    key = recorded(pair).pk
    form = page(rosa, "hand_off_correct", key).content.decode()
    assert "988, spoke with Kay" in form
    sent = said(pair, hand_off_id=key, who="The county line", reason="Wrong line", seen=0)
    rosa.post(reverse("web:hand_off_correct", args=[key]), sent)
    shown = text_of(page(pat, "hand_off", key))
    assert ("The county line" in shown, "988, spoke with Kay" in shown) == (True, True)
    assert "Wrong line" in shown
    step = {"answer_id": new_id(), "to": "followed-up", "words": "All well."}
    pat.post(reverse("web:hand_off_answer", args=[key]), step)
    more = {"answer_id": new_id(), "words": "She slept.", "still_open": ""}
    rosa.post(reverse("web:hand_off_add", args=[key]), more)
    again = {"answer_id": new_id(), "words": "She called."}
    pat.post(reverse("web:hand_off_again", args=[key]), again)
    assert HandOff.objects.get().status == "waiting"
    rosa.post(reverse("web:hand_off_take_back", args=[key]), {"reason": "Wrong person"})
    assert "Wrong person" in text_of(page(pat, "hand_off", key))
    assert [a.words for a in HandOffAnswer.objects.order_by("answered_at", "id")] == [
        "All well.",
        "She slept.",
        "She called.",
    ]


@pytest.mark.parametrize(
    ("route", "sent", "sentence"),
    [
        ("hand_off_answer", {"to": "followed-up", "words": ""}, "what was done"),
        ("hand_off_answer", {"words": "So"}, "Choose one of the two answers."),
        ("hand_off_again", {"words": "So"}, "This is still open."),
    ],
)
def test_a_step_refused_stands_on_the_page(pair, rosa, pat, route, sent, sentence):
    key = recorded(pair).pk
    answer = pat.post(reverse(f"web:{route}", args=[key]), {"answer_id": new_id(), **sent})
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)


def test_only_its_writer_corrects(pair, pat):
    shown = page(pat, "hand_off_correct", recorded(pair).pk).content.decode()
    assert ("Only the person who wrote this can correct it." in shown, "<select" in shown) == (
        True,
        False,
    )


def test_it_stands_in_the_time_together_and_in_print(pair, rosa, pat, signed_in):
    recorded(pair)
    person = pair.participant.pk
    for route in ("participant", "participant_print"):
        assert "Hand-off after a hard talk" in text_of(page(rosa, route, person))
    stranger = signed_in(UserFactory(agency=pair.supporter.agency, roles=(Role.SUPPORTER,)))
    assert page(stranger, "participant", person).status_code == 404


def test_reading_one_leaves_a_trace_and_no_name_in_address_or_title(pair, pat):
    answer = page(pat, "hand_off", recorded(pair).pk)
    title = re.search(r"<title>(.*?)</title>", answer.content.decode(), re.DOTALL)[1].strip()
    last = AuditEvent.objects.order_by("-seq").first()
    assert (title, last.verb) == ("Hand-off", "participant.opened")
    assert last.target == f"Participant/{pair.participant.pk}"


def test_nobody_named_is_said_at_once(pair, rosa):
    assert "Nobody is named who answers." in text_of(page(rosa, "hand_off_new"))


@pytest.mark.parametrize("route", ["hand_offs", "today"])
def test_pages_cost_the_same_for_one_and_three(pair, rosa, pat, route):
    counts = []
    for more in (1, 2):
        for _one in range(more):
            recorded(pair)
        page(pat, route)
        with CaptureQueriesContext(connection) as asked:
            page(pat, route)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_list_goes_on_by_key(pair, rosa):
    for n in range(32):
        recorded(pair, at=timezone.now(), happened_at=timezone.now() - timedelta(days=n))
    first = page(rosa, "hand_offs").content.decode()
    address = re.search(r'href="(\?before=[^"]+)"', first)[1]
    rest = rosa.get(reverse("web:hand_offs") + address).content.decode()
    assert (first.count('class="name"'), rest.count('class="name"')) == (30, 2)
    assert page(rosa, "hand_offs", before="x~y").status_code == 200
