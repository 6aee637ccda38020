"""Numbers and addresses on the screen: named on the facts page, shown when asked, mended."""

import logging
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.accounts.codes import Role
from alongside.audit.models import AuditEvent
from alongside.core.ids import new_id
from alongside.people.models import FormDraft, Identifier
from tests.factories import ParticipantFactory, UserFactory

pytestmark = pytest.mark.django_db
CANARY = "8812345670"


@pytest.fixture
def person(agency):
    return ParticipantFactory(agency=agency, name="Gia Rivera")


@pytest.fixture
def desk(agency, signed_in):
    return signed_in(UserFactory(agency=agency, roles=[Role.COORDINATOR]))


@pytest.fixture
def to(person):
    def address(route, *rest):
        return reverse(f"web:{route}", args=[person.pk, *rest])

    return address


@pytest.fixture
def kept(desk, to):
    def keep(kind="medicaid", value=CANARY, **more):
        form = {"kind": kind, "value": value, "identifier_id": new_id(), **more}
        desk.post(to("identifier_new"), form)
        return Identifier.objects.latest("id")

    return keep


def verbs():
    return list(AuditEvent.objects.order_by("seq").values_list("verb", flat=True))


@pytest.mark.asvs("14.2.6")
def test_the_facts_page_names_it_and_a_press_shows_it(desk, to, kept):
    row = kept()
    page = desk.get(to("participant_facts")).content.decode()
    assert ("Medicaid number" in page, CANARY in page) == (True, False)
    shown = desk.post(to("identifier_show", row.pk))
    assert (shown.status_code, CANARY in shown.content.decode()) == (200, True)
    assert "no-store" in shown.headers["Cache-Control"]
    assert verbs()[-1] == "identifier.shown"
    assert desk.get(to("identifier_show", row.pk)).status_code == 405


def test_the_form_says_what_to_mend_and_keeps_what_was_typed(desk, to, kept):
    kept()
    for form, sentence in (
        ({"kind": "medicaid", "value": "9912345670"}, "There is one already"),
        ({"kind": "other", "value": "9912345670"}, "Say what this number is"),
    ):
        answer = desk.post(to("identifier_new"), form)
        page = answer.content.decode()
        assert (answer.status_code, sentence in page, "9912345670" in page) == (422, True, True)
    assert Identifier.objects.count() == 1


def test_an_unusual_number_is_kept_with_advice(desk, to):
    form = {"kind": "medicaid", "value": "123"}
    page = desk.post(to("identifier_new"), form, follow=True).content.decode()
    assert "has 10 digits" in page
    assert Identifier.objects.get().value == "123"


def test_five_clicks_make_one(desk, to):
    form = {"kind": "home-address", "value": "Elm 3", "identifier_id": new_id()}
    answers = {desk.post(to("identifier_new"), form).status_code for _click in range(5)}
    assert (answers, Identifier.objects.count()) == ({302}, 1)


def test_it_is_corrected_and_says_what_it_was(desk, to, kept):
    row = kept("other", "2026-17", label="Court file")
    desk.post(to("identifier_correct", row.pk), {"value": "2026-18", "label": "Court file"})
    stale = desk.post(to("identifier_correct", row.pk), {"value": "2026-19", "label": "Court file"})
    page = stale.content.decode()
    assert (stale.status_code, "2026-19" in page, "Someone else changed" in page) == (422, 1, 1)
    now = Identifier.objects.get(ended_at=None)
    page = desk.post(to("identifier_show", now.pk)).content.decode()
    assert ("2026-18" in page, "<s>2026-17</s>" in page) == (True, True)


def test_it_is_removed_and_put_back(desk, to, kept):
    row = kept()
    page = desk.post(to("identifier_remove", row.pk), follow=True).content.decode()
    assert to("identifier_restore", row.pk) in page
    again = desk.post(to("identifier_remove", row.pk), follow=True).content.decode()
    assert "Someone else changed this" in again
    desk.post(to("identifier_restore", row.pk))
    assert Identifier.objects.get().ended_at is None


@pytest.mark.asvs("14.2.4", "16.2.5")
def test_nothing_of_it_stands_in_drafts_log_or_a_page_of_an_error(
    desk, to, kept, caplog, monkeypatch
):
    caplog.set_level(logging.DEBUG)
    row = kept("other", CANARY, label="Zaunkoenig")
    page = desk.get(to("identifier_new")).content.decode()
    form = re.search(r'<form method="post".*?</form>', page.split("<main")[1], re.DOTALL)[0]
    assert ("data-autosave" in form, FormDraft.objects.count()) == (False, 0)
    monkeypatch.setattr(
        "alongside.people.actions.identifiers.record", lambda **_more: 1 / 0, raising=True
    )
    desk.raise_request_exception = False
    broken = [
        desk.post(to("identifier_new"), {"kind": "medicaid", "value": CANARY}),
        desk.post(to("identifier_show", row.pk)),
    ]
    assert [answer.status_code for answer in broken] == [500, 500]
    told = "".join(answer.content.decode() for answer in broken) + caplog.text
    told += str(list(AuditEvent.objects.values_list("target", "detail")))
    assert [word for word in (CANARY, "Zaunkoenig") if word in told] == []


@pytest.mark.asvs("16.5.3")
def test_with_a_lost_key_one_sentence_says_so(desk, to, kept, settings):
    row = kept()
    settings.SEALING_KEYS = (b"x" * 32,)
    for address in (to("identifier_show", row.pk), to("identifier_correct", row.pk)):
        page = desk.post(address, follow=True).content.decode()
        assert "This cannot be opened now. Nothing is lost." in page
    assert desk.get(to("participant_facts")).status_code == 200


def test_the_facts_page_costs_the_same_for_one_and_for_three(desk, to, kept):
    counts = []
    for number in range(3):
        kept("other", "17", label=f"File {number}")
        with CaptureQueriesContext(connection) as asked:
            desk.get(to("participant_facts"))
        counts.append(len(asked))
    assert counts[0] == counts[2]


def test_a_supervisor_finds_the_address_and_no_member_number(agency, pair, signed_in, kept, now):
    lead = UserFactory(agency=agency, roles=[Role.SUPERVISOR])
    pair.supporter.user.supervisor = lead
    pair.supporter.user.save()
    for kind in ("medicaid", "home-address"):
        pk = new_id()
        Identifier.objects.create(
            pk=pk,
            agency=agency,
            participant=pair.participant,
            entry=pk,
            kind=kind,
            value="x",
            kept_at=now,
            kept_by=pair.supporter.user,
        )
    client = signed_in(lead)
    page = client.get(reverse("web:participant_facts", args=[pair.participant.pk])).content.decode()
    assert ("Home address" in page, "Medicaid number" in page) == (True, False)
    member = Identifier.objects.get(kind="medicaid")
    answer = client.post(reverse("web:identifier_show", args=[pair.participant.pk, member.pk]))
    assert answer.status_code == 404
