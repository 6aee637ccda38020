import json
from datetime import date

import pytest
from django.urls import reverse

from alongside.audit.models import AuditEvent
from alongside.core.ids import new_id
from alongside.encounters.models import Encounter, NoteDraft
from alongside.people.models import CareTeamMember
from tests.factories import EncounterFactory, ParticipantFactory, SupporterFactory, walk_alongside

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa(pair, signed_in):
    return signed_in(pair.supporter.user)


def at(name, *args):
    return reverse(f"web:{name}", args=args)


def save(client, pair, words, *, encounter_id, url=None, **more):
    sent = {"encounter_id": str(encounter_id), "what_we_did": words, "processes": "connecting"}
    url = url or at("draft_save", pair.participant.pk)
    answer = client.post(url, {**sent, **more})
    return answer.status_code, json.loads(answer.content)


def test_a_draft_is_saved_and_opens_as_it_was_left(pair, rosa, signed_in):
    key = new_id()
    status, reply = save(rosa, pair, "Half a sen", encounter_id=key, start="9:x")
    assert (status, reply["url"]) == (200, at("draft", key))
    assert reply["save_url"].startswith(at("draft_save", pair.participant.pk) + "?seen=")
    elsewhere = signed_in(pair.supporter.user)
    page = elsewhere.get(reply["url"]).content.decode()
    assert ["Half a sen" in page, 'value="9:x"' in page] == [True, True]
    assert at("draft", key) in elsewhere.get(at("today")).content.decode()


def test_saving_goes_on_from_where_it_was(pair, rosa):
    key = new_id()
    _, first = save(rosa, pair, "one", encounter_id=key)
    status, _ = save(rosa, pair, "won", encounter_id=key, url=first["save_url"])
    assert (status, NoteDraft.objects.get().fields["what_we_did"]) == (200, ["won"])


def test_two_windows_keep_both_texts_and_say_so(pair, rosa):
    key = new_id()
    _, first = save(rosa, pair, "one", encounter_id=key)
    save(rosa, pair, "one and two", encounter_id=key, url=first["save_url"])
    status, reply = save(rosa, pair, "three", encounter_id=key, url=first["save_url"])
    assert (status, reply["other"]["words"]) == (409, ["one and two"])
    page = rosa.get(reply["url"]).content.decode()
    assert ["three" in page, "one and two" in page] == [True, True]


def test_a_retry_after_a_lost_answer_is_no_other_window(pair, rosa):
    key = new_id()
    save(rosa, pair, "one", encounter_id=key)
    status, _ = save(rosa, pair, "one two", encounter_id=key)
    assert (status, NoteDraft.objects.get().other) == (200, {})


@pytest.mark.parametrize(
    ("more", "status"),
    [
        pytest.param({"draft_actor": str(new_id())}, 403, id="typed by someone else here before"),
        pytest.param({"encounter_id": "nonsense"}, 403, id="without an id"),
    ],
)
def test_not_every_draft_is_taken(pair, rosa, more, status):
    answered, _ = save(rosa, pair, "x", **{"encounter_id": new_id(), **more})
    assert (answered, NoteDraft.objects.count()) == (status, 0)


def test_a_signed_note_takes_no_late_draft(pair, rosa):
    note = EncounterFactory(participant=pair.participant, supporter=pair.supporter)
    status, reply = save(rosa, pair, "late", encounter_id=note.pk)
    assert (status, reply, NoteDraft.objects.count()) == (422, {"error": "taken"}, 0)
    assert not AuditEvent.objects.filter(verb="participant.opened").exists()  # it showed nothing


def test_a_correction_in_progress_is_a_draft_too(pair, rosa):
    note = EncounterFactory(participant=pair.participant, supporter=pair.supporter)
    _, reply = save(rosa, pair, "Better words", encounter_id=note.pk, seen="0", reason="typo")
    assert reply["url"] == at("note_correct", note.pk)
    assert rosa.get(at("draft", note.pk))["Location"] == reply["url"]
    page = rosa.get(reply["url"]).content.decode()
    assert ["Better words" in page, "typo" in page] == [True, True]


def test_later_and_put_away_keep_the_last_words(pair, rosa):
    key = new_id()
    sent = {"encounter_id": str(key), "what_we_did": "Half a sentence"}
    kept = rosa.post(at("draft_later", pair.participant.pk), sent, follow=True)
    assert "Kept for later." in kept.content.decode()
    away = rosa.post(
        at("draft_drop", pair.participant.pk), {**sent, "what_we_did": "All of it"}, follow=True
    )
    page = away.content.decode()
    assert [at("draft_restore", key) in page, at("draft", key) + '"' in page] == [True, False]
    back = rosa.post(at("draft_restore", key), follow=True)
    assert "All of it" in back.content.decode()
    assert Encounter.objects.count() == 0


def test_a_draft_is_for_its_author_alone_and_only_while_they_walk_together(pair, signed_in):
    key = new_id()
    rosa = signed_in(pair.supporter.user)
    save(rosa, pair, "mine", encounter_id=key)
    colleague = SupporterFactory(agency=pair.participant.agency)
    walk_alongside(colleague, ParticipantFactory(agency=pair.participant.agency))
    CareTeamMember.objects.create(
        agency=pair.participant.agency,
        participant=pair.participant,
        user=colleague.user,
        name=colleague.name,
        role="supporter",
    )
    other = signed_in(colleague.user)
    assert other.get(at("draft", key)).status_code == 404
    assert other.post(at("draft_restore", key)).status_code == 404
    status, _ = save(other, pair, "theirs", encounter_id=key)
    assert (status, NoteDraft.objects.count()) == (200, 2)
    CareTeamMember.objects.filter(user=pair.supporter.user).update(until=date(2026, 11, 1))
    assert rosa.get(at("draft", key)).status_code == 404
    assert "mine" not in rosa.get(at("today")).content.decode()
