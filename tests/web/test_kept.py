"""A part of a note that is kept apart: beside the note, on the list, looked at, and in drafts."""

from uuid import uuid4

import pytest
from django.urls import reverse

from alongside.accounts.codes import Role
from alongside.encounters.models import Encounter, KeptApart
from tests.factories import UserFactory

NOTE = {
    "on": "2026-11-19",
    "start": "09:30",
    "end": "10:20",
    "mode": "face_to_face",
    "processes": "connecting",
    "what_we_did": "Sat with her before court.",
}
APART = {
    "kept_text": "Her sister drinks again.",
    "kept_reason": "about_another",
    "kept_why": "Only her sister may tell it.",
}


@pytest.fixture
def rosa(pair, signed_in):
    return signed_in(pair.supporter.user)


@pytest.fixture
def sign(pair, rosa):
    def do(**more):
        url = reverse("web:note_new", args=[pair.participant.pk])
        return rosa.post(url, {**NOTE, "encounter_id": uuid4(), **more})

    return do


def test_a_part_without_a_reason_keeps_what_was_typed(sign):
    page = sign(**{**APART, "kept_reason": ""})
    words = page.content.decode()
    assert (page.status_code, "Choose why it is kept apart." in words) == (422, True)
    assert (APART["kept_text"] in words, Encounter.objects.count()) == (True, 0)


@pytest.mark.practice("PEER-8")
def test_it_is_written_with_the_note_and_looked_at_by_someone_else(sign, rosa, agency, signed_in):
    note = rosa.get(sign(**APART).url).content.decode()
    assert all(words in note for words in (APART["kept_text"], "It is about another person"))
    part = KeptApart.objects.get()
    page, says = (reverse(f"web:{name}", args=[part.pk]) for name in ("kept", "kept_say"))
    rosa.post(says, {"act": "look", "to": "agreed"})
    officer = signed_in(UserFactory(agency=agency, roles=[Role.PRIVACY_OFFICER]))
    assert "waits for a look" in officer.get(reverse("web:kept_list")).content.decode()
    nothing = officer.post(says, {"act": "look", "to": "opened", "words": ""})
    assert (nothing.status_code, "Say it in a few words." in nothing.content.decode()) == (
        422,
        True,
    )
    officer.post(says, {"act": "look", "to": "asked", "words": "Does she know?"})
    assert "Does she know?" in rosa.get(page).content.decode()
    rosa.post(says, {"act": "answer", "words": "She does not."})
    officer.post(says, {"act": "look", "to": "agreed"})
    officer.post(says, {"act": "back"})
    rosa.post(says, {"act": "withdraw"})
    rosa.post(says, {"act": "restore"})
    part.refresh_from_db()
    kinds = [step.kind for step in part.steps.order_by("id")]
    expected = "written asked answered agreed back withdrawn restored"
    assert (part.status, kinds) == ("waiting", expected.split())


def test_it_is_added_and_changed_later_with_the_earlier_texts(sign, rosa):
    sign()
    note = Encounter.objects.get()
    correct = reverse("web:note_correct", args=[note.pk])
    rosa.post(correct, {**NOTE, "encounter_id": note.pk, "seen": 0, "reason": "Less of others"})
    new = reverse("web:kept_new", args=[note.pk])
    assert rosa.post(new, {"part_id": uuid4()}).status_code == 422
    part_id = uuid4()
    for _click in range(2):
        rosa.post(new, {**APART, "part_id": part_id, "older": "on"})
    part = KeptApart.objects.get()
    assert (part.older, part.steps.count()) == (1, 1)
    change = reverse("web:kept_change", args=[part.pk])
    assert APART["kept_why"] in rosa.get(change).content.decode()
    said = {**APART, "kept_text": "Someone else drinks.", "part_id": part_id}
    rosa.post(change, {**said, "seen": 0})
    stale = rosa.post(change, {**said, "seen": 0})
    part.refresh_from_db()
    assert (part.text, stale.status_code, part.revision) == ("Someone else drinks.", 422, 1)
