from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.codes import Role
from alongside.accounts.queries import actor_for
from alongside.encounters.models import Encounter
from alongside.exchange import actions
from alongside.exchange.codes import BatchStatus, RowStatus, SheetKind
from alongside.exchange.models import ColumnMapping, ImportBatch, ImportRow
from alongside.people.models import Participant, SamePersonProposal
from alongside.workforce.models import Supporter
from tests.factories import AgencyFactory, ParticipantFactory, UserFactory

pytestmark = pytest.mark.django_db

DATA = Path(__file__).parent.parent / "data"
HEAD = b"Date,Start,End,Min,Who,PS,Notes\n"


@pytest.fixture
def user(agency):
    return UserFactory(agency=agency, roles=[Role.COORDINATOR])


@pytest.fixture
def client(user, signed_in):
    return signed_in(user)


@pytest.fixture
def bring(user):
    """``bring(data, kind)``: a sheet that came in already."""

    def do(data: bytes, kind: str = "referrals") -> ImportBatch:
        by, at = actor_for(user), timezone.now()
        batch = actions.choose_file(data, "sheet.csv", SheetKind(kind), by=by, at=at)
        actions.begin_batch(batch.pk, by=by, at=at)
        actions.import_step(batch.pk, by=by, at=at)
        batch.refresh_from_db()
        return batch

    return do


@pytest.fixture
def people(bring):
    bring(b"Name,DOB\nGia Rivera,1/1/90\nLena Iverson,1/1/91\nLena Isaac,1/1/92\n")
    bring(b"Name,Initials\nKai Lor,KL5\n", "staff")


def page(client, route, /, *args, status=200, **query):
    response = client.get(reverse(f"web:{route}", args=args), query)
    assert response.status_code == status
    return unescape(response.content.decode())


def send(client, route, /, *args, follow=True, **data):
    response = client.post(reverse(f"web:{route}", args=args), data, follow=follow)
    assert response.status_code in (200, 204, 302, 422)
    return unescape(response.content.decode())


def choose(client, data: bytes, name: str = "sheet.csv", kind: str = "referrals"):
    file = SimpleUploadedFile(name, data)
    return client.post(reverse("web:imports"), {"kind": kind, "file": file}, follow=True)


@pytest.mark.practice("PSP-5")
def test_from_the_file_to_the_record_and_back(client):
    answer = choose(client, (DATA / "referrals.csv").read_bytes(), "referrals.csv")
    batch = ImportBatch.objects.get()
    assert answer.redirect_chain == [(reverse("web:import_columns", args=[batch.pk]), 302)]
    text = answer.content.decode()
    assert "Ref Date · 2/22/26" in text
    columns = {f"column-{field}": at for field, at in batch.columns.items()}
    text = send(client, "import_columns", batch.pk, **columns, keep="on")
    assert ColumnMapping.objects.count() == 1
    assert "“??” cannot be read as a birth date. It stays unknown." in text
    assert Participant.objects.count() == 0
    text = page(client, "import_batch", batch.pk, show="to_sort_out")
    assert "*** from here on entered by Jo ***" in text
    text = send(client, "import_begin", batch.pk)
    assert "0 of 118 rows" in text
    text = send(client, "import_step", batch.pk)
    assert "In the record" in text
    assert Participant.objects.count() == 117
    text = send(client, "import_undo", batch.pk)
    assert "118 rows were taken back." in text
    assert Participant.objects.filter(voided_at=None).count() == 0
    text = send(client, "import_redo", batch.pk)
    assert "118 rows are back." in text
    assert Participant.objects.filter(voided_at=None).count() == 117


def test_the_preview_says_whom_a_row_looks_like(client):
    choose(client, b"Name,DOB\nGia Rivera,1/1/90\nRIVERA Gia,1/1/90\n")
    text = page(client, "import_batch", ImportBatch.objects.get().pk)
    assert "Looks like someone who is there: Same birth date and the same name" in text


def test_progress_goes_on_by_itself_and_ends_at_the_result(client, user):
    choose(client, (DATA / "referrals_old.csv").read_bytes())
    batch = ImportBatch.objects.get()
    send(client, "import_begin", batch.pk)
    by, at = actor_for(user), timezone.now()
    actions.import_step(batch.pk, by=by, at=at, limit=10)
    url = reverse("web:import_step", args=[batch.pk])
    text = page(client, "import_batch", batch.pk)
    assert f'hx-post="{url}"' in text
    assert "10 of 30 rows" in text
    answer = client.post(url, headers={"hx-request": "true"})
    assert answer.headers["HX-Redirect"] == reverse("web:import_batch", args=[batch.pk])
    assert Participant.objects.count() == 30


def test_a_stopped_sheet_goes_on(client):
    choose(client, (DATA / "referrals_old.csv").read_bytes())
    batch = ImportBatch.objects.get()
    send(client, "import_begin", batch.pk)
    text = send(client, "import_stop", batch.pk)
    assert "Stopped on the way" in text
    send(client, "import_begin", batch.pk)
    text = send(client, "import_step", batch.pk)
    assert "Brought in" in text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        pytest.param(b"", "This file is empty.", id="empty"),
        pytest.param(b"\x89PNG\r\n", "This is a picture.", id="a picture"),
        pytest.param(b"Name,DOB\n", "no rows below them", id="no rows"),
    ],
)
def test_a_bad_file_is_told_beside_the_question(client, data, sentence):
    answer = choose(client, data)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert ImportBatch.objects.count() == 0


def test_columns_that_are_missing_are_asked_for(client):
    text = choose(client, b"Whom,County\ngia,Polk\n").content.decode()
    batch = ImportBatch.objects.get()
    text = send(client, "import_columns", batch.pk, **{"column-county": "0"})
    assert "We did not find the column “Name”. Say which one it is." in text


def test_the_same_file_again_is_told(client, bring):
    bring(b"Name\nGia Rivera\n")
    text = choose(client, b"Name\nGia Rivera\n").content.decode()
    assert "This very file was brought in before." in text


def test_a_file_is_put_away_and_taken_out_again(client):
    choose(client, b"Name\nGia Rivera\n")
    batch = ImportBatch.objects.get()
    text = send(client, "import_put_away", batch.pk)
    assert "The sheet was put away." in text
    assert reverse("web:import_take_out", args=[batch.pk]) in text
    send(client, "import_take_out", batch.pk)
    batch.refresh_from_db()
    assert batch.status == BatchStatus.CHOSEN


@pytest.mark.usefixtures("people")
def test_a_swapped_row_comes_in_with_one_yes(client, bring):
    batch = bring(HEAD + b"6/1/26,16:45,16:15,30,Gia R.,KL5,walk\n", "contacts")
    row = ImportRow.objects.get(batch=batch)
    text = page(client, "import_row", row.pk, batch=batch.pk)
    assert "The end, 16:15, is before the start, 16:45." in text
    assert "Were they swapped: 16:15 to 16:45?" in text
    text = send(client, "import_row", row.pk, act="offer")
    assert "The row is in the record." in text
    assert Encounter.objects.get().minutes == 30


@pytest.mark.usefixtures("people")
def test_what_is_offered_and_what_is_chosen_hold_together(client, bring):
    batch = bring(HEAD + b"6/1/26,16:45,16:15,30,Gia R.,??,walk\n", "contacts")
    row = ImportRow.objects.get(batch=batch)
    text = page(client, "import_row", row.pk)
    assert "“??” does not say which supporter it was." in text
    assert "Were they swapped: 16:15 to 16:45?" in text
    supporter = Supporter.objects.get().pk
    send(client, "import_row", row.pk, act="offer", supporter=supporter)
    assert Encounter.objects.get().supporter_id == supporter


@pytest.mark.usefixtures("people")
def test_a_row_is_mended_by_hand_and_keeps_what_was_typed(client, bring):
    batch = bring(HEAD + b"someday,,,30,Gia R.,KL5,walk\n", "contacts")
    row = ImportRow.objects.get(batch=batch)
    cells = {"cell-name": "Gia R.", "cell-supporter": "KL5", "cell-minutes": "30"}
    text = send(client, "import_row", row.pk, act="bring", **cells, **{"cell-on": "13/13/26"})
    assert "“13/13/26” cannot be read as a day." in text
    assert 'value="13/13/26"' in text
    send(client, "import_row", row.pk, act="bring", **cells, **{"cell-on": "6/1/26"})
    row.refresh_from_db()
    assert row.corrected["on"] == "6/1/26"
    assert Encounter.objects.count() == 1


def test_a_row_of_a_sheet_taken_back_says_what_to_do(client, bring, user):
    batch = bring(b"Name,DOB\nGia Rivera,1/1/90\n")
    row = ImportRow.objects.get(batch=batch)
    actions.undo_batch(batch.pk, by=actor_for(user), at=timezone.now())
    sentence = "The sheet of this row was undone. Bring the sheet back first."
    assert sentence in page(client, "import_row", row.pk)
    cells = {"act": "bring", "cell-name": "Gia Rivera", "again": "on"}
    response = client.post(reverse("web:import_row", args=[row.pk]), cells)
    assert (response.status_code, Participant.objects.count()) == (422, 1)
    assert sentence in unescape(response.content.decode())
    assert sentence in send(client, "import_row_skip", row.pk, reason="not now")
    assert sentence in send(client, "import_row_take_up", row.pk)


@pytest.mark.usefixtures("people")
def test_who_it_was_is_chosen_for_all_rows_so_written(client, bring):
    rows = b"6/1/26,,,30,Lena I.,KL5,a\n6/2/26,,,30,Lena I.,KL5,b\n6/3/26,,,30,Nobody X,KL5,c\n"
    batch = bring(HEAD + rows, "contacts")
    row = ImportRow.objects.filter(batch=batch, why="who_ambiguous").first()
    text = page(client, "import_row", row.pk, batch=batch.pk)
    assert "Lena Isaac, born Jan 1, 1992" in text
    assert "Also for 1 other row that says “Lena I.”" in text
    lena = Participant.objects.get(name="Lena Isaac")
    text = send(client, "import_row", row.pk, act="bring", participant=lena.pk, for_name="on")
    assert "1 more came in with it." in text
    assert lena.encounters.count() == 2
    other = ImportRow.objects.get(batch=batch, why="who_unknown")
    text = send(client, "import_row", other.pk, act="find", find="rivera")
    assert "Gia Rivera, born Jan 1, 1990" in text
    assert Encounter.objects.count() == 2


@pytest.mark.usefixtures("people")
def test_the_supporter_is_chosen_for_all_rows_so_written(client, bring):
    rows = b"6/1/26,,,30,Gia R.,??,a\n6/2/26,,,30,Gia R.,??,b\n6/3/26,,,30,Gia R.,QQ,c\n"
    batch = bring(HEAD + rows, "contacts")
    row = ImportRow.objects.get(batch=batch, number=4)
    assert "Kai Lor (KL5)" in page(client, "import_row", row.pk)
    chosen = Supporter.objects.get().pk
    send(client, "import_row", row.pk, act="bring", supporter=chosen)
    assert Encounter.objects.count() == 1


@pytest.mark.usefixtures("people")
def test_all_offers_are_taken_at_once(client, bring):
    rows = b"6/1/26,16:45,16:15,30,Gia R.,KL5,a\n6/2/26,16:45,16:15,30,Gia R.,KL5,b\n"
    batch = bring(HEAD + rows, "contacts")
    text = page(client, "import_sort_out", batch=batch.pk, why="end_before_start")
    assert "Say yes to what is offered for all 2 rows" in text
    text = send(client, "import_offers", batch.pk, why="end_before_start")
    assert "2 rows came in." in text
    assert "Everything is sorted out" in text


@pytest.mark.usefixtures("people")
def test_what_was_missing_is_found_on_a_second_look(client, bring):
    bring(HEAD + b"6/1/26,,,30,Tou Vang,KL5,a\n", "contacts")
    assert "The rows go on waiting." in send(client, "import_again")
    bring(b"Name\nTou Vang\n")
    assert "1 row came in." in send(client, "import_again")


def test_a_row_stays_out_with_a_reason_and_can_be_taken_up(client, bring):
    batch = bring(b"Name,DOB\n*** by Jo ***,\nGia Rivera,\n")
    row = ImportRow.objects.get(batch=batch, status=RowStatus.TO_SORT_OUT)
    assert "Say in a few words" in send(client, "import_row_skip", row.pk, reason=" ")
    text = send(client, "import_row_skip", row.pk, reason="a remark")
    assert "The row stays out." in text
    assert "This row stays out: a remark" in page(client, "import_row", row.pk)
    send(client, "import_row_take_up", row.pk)
    row.refresh_from_db()
    assert row.status == RowStatus.TO_SORT_OUT


def test_two_records_become_one_and_two_again(client, bring):
    bring(b"Name,DOB\nLena Iverson,3/2/02\nIVERSON Lena,3/2/02\n")
    pair = SamePersonProposal.objects.get()
    text = page(client, "same_person")
    assert "Same birth date and the same name, written the other way round." in text
    assert "Choose which record stays" in send(client, "same_person_decide", pair.pk, answer="x")
    text = send(client, "same_person_decide", pair.pk, answer=pair.kept_id)
    assert "One person, one record." in text
    assert Participant.objects.get(pk=pair.other_id).same_as_id == pair.kept_id
    send(client, "same_person_reopen", pair.pk)
    assert Participant.objects.get(pk=pair.other_id).same_as_id is None
    text = send(client, "same_person_decide", pair.pk, answer="different")
    assert "Two people. They stay two." in text


def how_many(client, route, *args, **query) -> int:
    """Queries of a page on its second opening."""
    page(client, route, *args, **query)
    with CaptureQueriesContext(connection) as found:
        page(client, route, *args, **query)
    return len(found)


def test_lists_take_a_constant_number_of_queries(client, bring):
    def queries(count: int) -> list[int]:
        names = b"".join(b"Given%d%d Family,1/1/90\n" % (count, i) for i in range(count))
        for _ in range(count):
            bring(b"Name,DOB\n" + names + names.replace(b"Given", b"given"))
        log = b"".join(b"6/%d/26,,,30,Given%d%d F.,??,\n" % (i + 1, count, i) for i in range(count))
        batch = bring(HEAD + log, "contacts")
        row = ImportRow.objects.filter(batch=batch).first()
        return [
            how_many(client, "imports"),
            how_many(client, "import_batch", batch.pk),
            how_many(client, "import_sort_out", batch=batch.pk),
            how_many(client, "import_row", row.pk),
            how_many(client, "same_person"),
        ]

    one, three = queries(1), queries(3)
    assert one == three
    assert max(one) <= 12


def test_the_preview_takes_a_constant_number_of_queries(client):
    def queries(count: int) -> int:
        choose(client, b"Name\n" + b"".join(b"Gia Rivera%d\n" % i for i in range(count)))
        return how_many(client, "import_batch", ImportBatch.objects.latest("id").pk)

    assert queries(1) == queries(3) <= 10


def test_for_others_the_pages_are_not_there(agency, signed_in, bring):
    batch = bring(b"Name,DOB\n*** by Jo ***,\nGia Rivera,\n")
    row = ImportRow.objects.get(batch=batch, status=RowStatus.TO_SORT_OUT)
    supporter = signed_in(UserFactory(agency=agency, roles=[Role.SUPPORTER]))
    stranger = signed_in(UserFactory(agency=AgencyFactory(), roles=[Role.COORDINATOR]))
    for someone in (supporter, stranger):
        for route, args in (
            ("import_batch", [batch.pk]),
            ("import_columns", [batch.pk]),
            ("import_row", [row.pk]),
        ):
            text = page(someone, route, *args, status=404)
            assert "Gia" not in text
        for route, args in (
            ("import_undo", [batch.pk]),
            ("import_begin", [batch.pk]),
            ("import_step", [batch.pk]),
            ("import_offers", [batch.pk]),
            ("import_row_skip", [row.pk]),
        ):
            response = someone.post(reverse(f"web:{route}", args=args), {"reason": "x"})
            assert response.status_code == 404, route
    assert page(supporter, "imports", status=404)
    ParticipantFactory(agency=agency, name="Gia Rivera")
    assert "Gia" not in page(stranger, "same_person")


def test_no_name_stands_in_a_title_or_an_address(client, bring):
    batch = bring(b"Name,DOB\nGia Rivera,\nGia Rivera,1/1/90\n")
    for route, args in (("import_batch", [batch.pk]), ("same_person", []), ("imports", [])):
        text = page(client, route, *args)
        title = text.split("<title>")[1].split("</title>")[0]
        assert "Gia" not in title
