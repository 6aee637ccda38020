"""A word that stands in everything that is kept from a participant is looked for in all they can
reach: each page, paper, sheet and copy of the portal. The routes come from the resolver."""

from typing import Any

import pytest
from django.apps import apps
from django.db.models import JSONField, Model, TextField
from django.urls import reverse

from alongside.accounts.queries import actor_for
from alongside.core.ids import new_id
from alongside.encounters.models import Encounter, KeptApart, NoteVersion
from alongside.plans.actions.private import save_private_worksheet
from alongside.plans.models import Worksheet
from alongside.retention.queries import copying, record
from alongside.retention.rules.parts import LEFT_OUT, WITH_US
from tests.factories import NOW, EncounterFactory
from tests.security.reading import all_words, body_of
from tests.security.test_matrix import in_session_of
from tests.security.test_portal_matrix import BODIES, cells, ids
from tests.security.the_own_record import KEPT
from tests.security.world import a_side

# Rows that are the participant's own where they wrote them, and a colleague's where those did.
BY_AUTHOR = ("author_id", "by_id", "asker_id")


@pytest.fixture
def here(db):
    side = a_side("Zaunkoenig")
    for label in [*LEFT_OUT, *(label for label in WITH_US if label)]:
        _plant(side, apps.get_model(label))
    own, note = side.users["supporter"], Encounter.objects.get(pk=side.ids["encounter_id"])
    _write(Worksheet.objects.get(participant=note.participant, voided_at__isnull=False))
    for gone in ({"voided_at": NOW}, {"status": "entered-in-error", "error_reason": KEPT}):
        words = {"what_we_did": KEPT, "what_next": KEPT}
        EncounterFactory(participant=note.participant, supporter=note.supporter, **words, **gone)
    EncounterFactory(
        participant=note.participant,
        supporter=note.supporter,
        what_we_did=KEPT,
        status="brought-over",
        signed_at=None,
        signed_by=None,
    )
    NoteVersion.objects.create(
        agency=side.agency,
        encounter=note,
        number=1,
        text={"what_we_did": KEPT},
        reason=KEPT,
        replaced_at=NOW,
        replaced_by=own,
    )
    KeptApart.objects.update(older=1)
    actor = actor_for(own)
    assert actor is not None
    answers = {"asked": KEPT}
    save_private_worksheet(new_id(), answers, tool="gentle-refusal", seen=None, by=actor, at=NOW)
    return side


def _plant(side: Any, model: type[Model]) -> None:
    mine = side.users["participant"].pk
    for row in model._base_manager.filter(agency_id=side.agency.pk):
        if not any(getattr(row, name, None) == mine for name in BY_AUTHOR):
            _write(row)


def _write(row: Any) -> None:
    said = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if type(field) is TextField and value:
            said[field.attname] = f"{value} {KEPT}"
        elif type(field) is JSONField and isinstance(value, dict):
            said[field.attname] = {key: _more(one) for key, one in value.items()}
    type(row)._base_manager.filter(pk=row.pk).update(**said)


def _more(value: Any) -> Any:
    return [f"{one} {KEPT}" for one in value] if isinstance(value, list) else f"{value} {KEPT}"


@pytest.mark.practice("PEER-8")
@pytest.mark.asvs("8.2.2", "14.2.4")
def test_nothing_kept_back_is_in_anything_a_participant_can_reach(here):
    client, told, read = in_session_of(here.users["participant"]), [], 0
    for route, _requires, wanted in cells():
        address = reverse(f"portal:{route}", kwargs=ids(here, route, wanted))
        for method in ("get", "post"):
            body = BODIES.get(route, {}) if method == "post" else {}
            answer = getattr(client, method)(address, body)
            words = f"{answer.headers}\n{all_words(body_of(answer))}"
            told += [(route, method)] * (KEPT in words)
            read += here.person in words
    assert (told, read > 10) == ([], True)


@pytest.mark.practice("PEER-8")
def test_no_copy_holds_what_is_kept_apart_and_staff_still_read_it(here):
    """The officer's copy for them goes through the rest with them; a kept part is in neither."""
    officer = actor_for(here.users["privacy-officer"])
    person = here.ids["participant_id"]
    part = KeptApart.objects.get()
    held = record.held_about(officer, participant_id=person)
    words = all_words(b"".join(copying.data(officer, held))) + all_words(
        copying.paper(officer, held)
    )
    assert (part.text in words, part.why in words, "Coffee" in words) == (False, False, True)
    client = in_session_of(here.users["supporter"])
    page = client.get(reverse("web:note", args=[here.ids["encounter_id"]]))
    assert KEPT in page.content.decode()
