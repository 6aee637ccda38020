"""A supporter's growth, page by page: the supporter, the supervisor, and who manages."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.codes import Role
from alongside.accounts.models import User
from alongside.audit.models import AuditEvent
from alongside.files.models import StoredFile
from alongside.practice.growth.codes import COMPETENCIES
from alongside.workforce.models import (
    AgendaLine,
    CompetencyView,
    Learning,
    SignOff,
    Supervision,
    Supporter,
)
from tests.factories import (
    CredentialFactory,
    EncounterFactory,
    SupporterFactory,
    UserFactory,
)
from tests.files import samples

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 19)


@pytest.fixture(autouse=True)
def a_thursday():
    with time_machine.travel("2026-11-19T16:30:00Z", tick=False):
        yield


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILES = tmp_path / "files"
    return settings.FILES


@pytest.fixture
def pat(agency) -> User:
    return UserFactory(agency=agency, name="Pat Vang", roles=[Role.SUPERVISOR])


@pytest.fixture
def kai(agency, pat) -> Supporter:
    found = SupporterFactory(agency=agency, name="Kai Berg")
    User.objects.filter(pk=found.user_id).update(supervisor=pat)
    return found


@pytest.fixture
def own(kai, signed_in):
    return signed_in(kai.user)


@pytest.fixture
def lead(pat, signed_in):
    return signed_in(pat)


@pytest.fixture
def desk(agency, signed_in):
    return signed_in(UserFactory(agency=agency, roles=[Role.COORDINATOR]))


def page(client, name, *args, status=200, query="") -> str:
    response = client.get(reverse(f"web:{name}", args=args) + query)
    assert response.status_code == status
    return response.content.decode(errors="replace")


def send(client, name, *args, status=302, query="", **data):
    response = client.post(reverse(f"web:{name}", args=args) + query, data)
    assert response.status_code == status, response.content.decode()[:3000]
    return response


TRAINING = {
    "on": "2026-11-02",
    "topic": "Ethics for peers",
    "hours": "3.25",
    "given_by": "The county",
    "counts_for": ["for_certificate", "for_in_service"],
}


def paper(content=None, name="ethics.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, samples.pdf() if content is None else content)


@pytest.mark.practice("PEER-1")
def test_a_training_is_kept_counted_corrected_taken_back_and_put_back(own, kai):
    CredentialFactory(supporter=kai, certified_on=date(2025, 1, 1), expires_on=date(2026, 12, 31))
    send(own, "learning_new", kai.pk, **TRAINING)
    text = page(own, "growth", kai.pk)
    assert "3.25 of 20 hours; 16.75 to go by Dec 31" in text
    assert "3.25 of 8 hours; 4.75 to go by Dec 31" in text
    row = Learning.objects.get()
    send(own, "learning_correct", kai.pk, row.pk, **{**TRAINING, "hours": "4"})
    assert "4 of 20 hours; 16 to go by Dec 31" in page(own, "growth", kai.pk)
    assert "corrected" in page(own, "learning", kai.pk)
    newer = Learning.objects.get(voided_at=None)
    send(own, "learning_restore", kai.pk, row.pk)
    assert Learning.objects.filter(voided_at=None).get() == newer
    send(own, "learning_void", kai.pk, newer.pk)
    assert "0 of 20 hours" in page(own, "growth", kai.pk)
    send(own, "learning_restore", kai.pk, newer.pk)
    assert "4 of 20 hours" in page(own, "growth", kai.pk)
    verbs = AuditEvent.objects.order_by("seq").values_list("verb", flat=True)
    assert list(verbs) == [
        "learning.added",
        "learning.corrected",
        "learning.voided",
        "learning.restored",
    ]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        pytest.param({"hours": "1.3"}, "Write hours in quarters", id="no quarter"),
        pytest.param({"hours": "0"}, "Write hours in quarters", id="none"),
        pytest.param({"hours": "61"}, "60 at most", id="too many"),
        pytest.param({"hours": "-2"}, "Write hours in quarters", id="below none"),
        pytest.param({"on": "2026-11-20"}, "This day has not come yet", id="tomorrow"),
        pytest.param({"counts_for": []}, "Choose what the hours count for", id="for nothing"),
        pytest.param({"topic": "  "}, "Please fill this in", id="about nothing"),
        pytest.param({"topic": "ethics  FOR peers"}, "It counts once", id="a second time"),
    ],
)
def test_what_an_entry_must_say(own, kai, change, sentence):
    send(own, "learning_new", kai.pk, **TRAINING)
    text = send(own, "learning_new", kai.pk, status=422, **{**TRAINING, **change})
    assert sentence in text.content.decode()
    assert Learning.objects.count() == 1


def test_the_paper_is_kept_opened_removed_and_put_back(own, kai, folder):
    send(own, "learning_new", kai.pk, **TRAINING, file=paper(name="../../ethics.pdf"))
    row = Learning.objects.get()
    assert row.file.name == "ethics.pdf"
    response = own.get(reverse("web:learning_file", args=[kai.pk, row.pk]))
    assert {
        name: response.headers[name]
        for name in (
            "Content-Type",
            "Content-Disposition",
            "X-Content-Type-Options",
            "Cache-Control",
            "Content-Security-Policy",
        )
    } == {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'attachment; filename="certificate.pdf"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store, private",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    send(own, "learning_file_remove", kai.pk, row.pk)
    page(own, "learning_file", kai.pk, row.pk, status=404)
    assert "Put the paper back" in page(own, "learning", kai.pk)
    send(own, "learning_file_restore", kai.pk, row.pk)
    page(own, "learning_file", kai.pk, row.pk)
    send(own, "learning_correct", kai.pk, row.pk, **{**TRAINING, "topic": "Ethics, day two"})
    newer = Learning.objects.get(voided_at=None)
    assert (newer.file_id, StoredFile.objects.count()) == (row.file_id, 1)
    page(own, "learning_file", kai.pk, newer.pk)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        pytest.param("p.pdf", b"<html>", "not a PDF, a JPEG or a PNG", id="a page called a PDF"),
        pytest.param("p.pdf", samples.jpeg(), "not what its name says", id="a photo called a PDF"),
        pytest.param("p.svg", b"<svg/>", "not a PDF, a JPEG or a PNG", id="a drawing that runs"),
        pytest.param("p.pdf", samples.pdf()[:-30], "its end is missing", id="cut short"),
        pytest.param("p.pdf", b"", "There is nothing in this file", id="empty"),
        pytest.param(
            "p.pdf", b"%PDF-" + b"x" * (10 * 1024 * 1024), "larger than 10 megabytes", id="huge"
        ),
    ],
)
def test_a_paper_that_is_not_what_it_says_is_refused_and_nothing_is_lost(
    own, kai, folder, name, content, sentence
):
    answer = send(
        own, "learning_new", kai.pk, status=422, **TRAINING, file=paper(content, name)
    ).content.decode()
    assert sentence in answer
    assert 'value="Ethics for peers"' in answer
    assert (Learning.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert not folder.exists() or [p for p in folder.rglob("*") if p.is_file()] == []


@pytest.mark.practice("SVC-8")
def test_two_views_a_sign_off_and_the_history(own, lead, desk, kai):
    at = f"?n={COMPETENCIES.index('active_listening') + 1}"
    assert "Active listening" in page(own, "competency", kai.pk, query=at)
    said = {"word": "with_help", "words": "Ran the group with Pat beside me."}
    send(own, "competency", kai.pk, query=at, **said, file=paper())
    send(own, "competency", kai.pk, query=at, word="on_my_own", words="Alone now.")
    number = at.removeprefix("?n=")
    send(lead, "competency_sign", kai.pk, n=number)
    assert SignOff.objects.count() == 0
    assert "Ran the group" in page(lead, "competency", kai.pk, query=at)
    send(lead, "competency", kai.pk, query=at, word="showing", words="")
    send(lead, "competency_sign", kai.pk, n=number, words="Seen twice.")
    send(lead, "competency_sign", kai.pk, n=number)
    assert "Signed off Nov 19" in page(own, "competencies", kai.pk)
    assert "1 of 23 signed off" in page(desk, "growth", kai.pk)
    send(lead, "competency_unsign", kai.pk, n=number)
    assert "taken back" in page(own, "competency", kai.pk, query=at)
    assert (SignOff.objects.count(), CompetencyView.objects.count()) == (1, 3)
    view = CompetencyView.objects.exclude(file=None).get()
    page(lead, "competency_file", kai.pk, view.pk)
    send(lead, "competency_file_remove", kai.pk, view.pk)
    page(own, "competency_file", kai.pk, view.pk)
    send(own, "competency_file_remove", kai.pk, view.pk)
    page(own, "competency_file", kai.pk, view.pk, status=404)
    send(lead, "competency_file_restore", kai.pk, view.pk)
    page(own, "competency_file", kai.pk, view.pk, status=404)
    send(own, "competency_file_restore", kai.pk, view.pk)
    page(own, "competency_file", kai.pk, view.pk)


@pytest.mark.parametrize("number", ["0", "24", "x", "-1", "²", "9" * 30])
def test_a_skill_that_is_not_in_the_list_is_absent(own, kai, number):
    page(own, "competency", kai.pk, query=f"?n={number}", status=404)


@pytest.mark.practice("SVC-8")
def test_who_manages_writes_nobodys_view_and_signs_nothing(own, desk, kai):
    answer = send(desk, "competency", kai.pk, word="showing", status=422)
    assert "Only the supporter and their supervisor" in answer.content.decode()
    send(desk, "competency_sign", kai.pk, n="1", status=404)
    send(own, "competency_sign", kai.pk, n="1", status=404)
    assert CompetencyView.objects.count() == 0


TALK = {"on": "2026-11-18", "minutes": "60", "kind": "individual", "topics": "About rest"}


@pytest.mark.practice("PEER-1")
def test_a_talk_is_signed_read_by_the_two_and_corrected(own, lead, desk, kai, signed_in):
    send(own, "agenda_add", kai.pk, words="Rides home?")
    line = AgendaLine.objects.get()
    text = page(lead, "supervision_new", kai.pk)
    assert "Rides home?" in text
    send(lead, "supervision_new", kai.pk, **TALK, done=[str(line.pk)])
    assert "A full hour on Nov 18. The next one by Nov 25." in page(own, "growth", kai.pk)
    line.refresh_from_db()
    assert line.done_by == Supervision.objects.get().signed_by
    assert "About rest" in page(own, "supervision", kai.pk)
    told = page(desk, "supervision", kai.pk)
    assert ("About rest" in told, "Rides home?" in told, "Signed by Pat Vang" in told) == (
        False,
        False,
        True,
    )
    row = Supervision.objects.get()
    both = UserFactory(agency=kai.agency, roles=[Role.ADMINISTRATOR, Role.SUPERVISOR])
    address = reverse("web:supervision_correct", args=[kai.pk, row.pk])
    assert signed_in(both).get(address).status_code == 404
    send(lead, "supervision_correct", kai.pk, row.pk, **{**TALK, "minutes": "45"})
    assert "No full hour yet" in page(own, "growth", kai.pk)
    newer = Supervision.objects.get(voided_at=None)
    send(lead, "supervision_void", kai.pk, newer.pk)
    send(lead, "supervision_restore", kai.pk, newer.pk)
    send(lead, "supervision_restore", kai.pk, row.pk)
    assert Supervision.objects.get(voided_at=None) == newer
    send(own, "agenda_untick", kai.pk, line.pk)
    send(own, "agenda_tick", kai.pk, line.pk)
    send(desk, "agenda_tick", kai.pk, line.pk, status=404)
    send(own, "supervision_new", kai.pk, **TALK, status=404)


def test_a_group_is_kept_for_each_of_the_team(agency, lead, pat, kai):
    tou, other = SupporterFactory(agency=agency, name="Tou Xiong"), SupporterFactory(agency=agency)
    User.objects.filter(pk=tou.user_id).update(supervisor=pat)
    answer = send(
        lead,
        "supervision_new",
        kai.pk,
        **{**TALK, "kind": "group"},
        beside=[str(tou.pk), str(other.pk)],
        status=422,
    )
    assert "Please choose from the list" in answer.content.decode()
    send(lead, "supervision_new", kai.pk, **{**TALK, "kind": "group"}, beside=[str(tou.pk)])
    assert set(Supervision.objects.values_list("supporter", flat=True)) == {kai.pk, tou.pk}


def test_hours_face_to_face_count_for_the_next_talk(own, kai):
    with_kai = {"supporter": kai, "participant__agency": kai.agency}
    for days in (2, 3):
        EncounterFactory(**with_kai, on=TODAY - timedelta(days=days), minutes=1000)
    EncounterFactory(**with_kai, on=TODAY, minutes=600, mode="telephone")
    text = page(own, "growth", kai.pk)
    assert "No full hour yet; 33.33 of 30 hours face to face so far." in text


@pytest.mark.parametrize("count", [1, 3])
def test_the_team_takes_a_constant_number_of_queries(
    agency, lead, pat, count, django_assert_max_num_queries
):
    for supporter in SupporterFactory.create_batch(count, agency=agency):
        User.objects.filter(pk=supporter.user_id).update(supervisor=pat)
        CredentialFactory(supporter=supporter, expires_on=TODAY + timedelta(days=20))
        EncounterFactory(supporter=supporter)
        Supervision.objects.create(
            agency=agency,
            supporter=supporter,
            sitting_id=supporter.pk,
            on=TODAY,
            minutes=60,
            kind="individual",
            signed_at=timezone.now(),
            signed_by=pat,
        )
    page(lead, "growth_team")
    with django_assert_max_num_queries(7) as queries:
        text = page(lead, "growth_team")
    assert (text.count("20 days left"), len(queries)) == (count, 7)


@pytest.mark.parametrize("name", ["growth", "learning", "competencies", "supervision"])
def test_rows_do_not_change_the_number_of_queries(own, lead, kai, pat, name):
    counted = []
    for number in range(3):
        send(own, "learning_new", kai.pk, **{**TRAINING, "topic": f"Day {number}"}, file=paper())
        send(own, "competency", kai.pk, query=f"?n={number + 1}", word="learning")
        send(lead, "supervision_new", kai.pk, **TALK)
        send(own, "agenda_add", kai.pk, words=f"Line {number}")
        with CaptureQueriesContext(connection) as queries:
            page(own, name, kai.pk)
        counted.append(len(queries))
    assert counted[0] == counted[1] == counted[2]


def test_the_first_day_and_the_orientation_that_follows(desk, own, kai):
    page(own, "growth_beginning", kai.pk, status=404)
    page(desk, "growth_beginning", kai.pk)
    send(desk, "growth_beginning", kai.pk, began_on="2026-10-01", experienced="no")
    assert "0 of 40 hours; 40 to go by Jan 1, 2027" in page(own, "growth", kai.pk)
    send(desk, "growth_beginning", kai.pk, began_on="2026-10-01", experienced="yes")
    assert "0 of 20 hours" in page(own, "growth", kai.pk)


@pytest.mark.parametrize("part", ["competencies", "learning", "supervision"])
@pytest.mark.practice("SVC-8")
def test_each_part_goes_out_as_a_sheet_and_that_is_on_record(own, lead, desk, kai, part):
    send(own, "learning_new", kai.pk, **{**TRAINING, "topic": "=1+1"})
    send(own, "competency", kai.pk, word="learning", words="=2+2")
    send(lead, "supervision_new", kai.pk, **{**TALK, "topics": "=3+3"})
    response = send(own, "growth_export", kai.pk, part=part, status=200)
    text = b"".join(response.streaming_content).decode()
    sign = {"learning": "'=1+1", "competencies": "'=2+2", "supervision": "'=3+3"}[part]
    assert sign in text
    assert text.count("\r\n") == (24 if part == "competencies" else 2)
    event = AuditEvent.objects.get(verb="growth.exported")
    assert (event.target, event.detail) == (f"Supporter/{kai.pk}", {"part": part})
    others = send(desk, "growth_export", kai.pk, part=part, status=200)
    if part == "supervision":
        assert "=3+3" not in b"".join(others.streaming_content).decode()
    send(own, "growth_export", kai.pk, part="everything", status=404)
    assert "Kai Berg" in page(lead, "growth_print", kai.pk)


@pytest.mark.practice("PEER-1")
def test_a_certificate_near_its_end_is_in_sight_on_my_day(own, lead, desk, kai):
    CredentialFactory(supporter=kai, expires_on=TODAY + timedelta(days=59))
    for client in (own, lead, desk):
        assert "59 days left: it holds until Jan 17, 2027." in page(client, "today")
    assert "59 days left" in page(lead, "growth_team")


def test_my_growth_leads_to_oneself_and_is_found_from_more(own, lead, kai):
    assert reverse("web:learning_new", args=[kai.pk]) in page(own, "my_growth")
    assert reverse("web:my_growth") in page(own, "more")
    assert reverse("web:growth_team") in page(lead, "more")
    page(lead, "my_growth", status=404)


def test_to_others_it_is_absent(agency, signed_in, kai):
    for roles in ([Role.SUPERVISOR], [Role.SUPPORTER], [Role.PRIVACY_OFFICER], [Role.ARRAY_LEAD]):
        other = signed_in(UserFactory(agency=agency, roles=roles))
        page(other, "growth", kai.pk, status=404)
        send(other, "learning_new", kai.pk, **TRAINING, status=404)
