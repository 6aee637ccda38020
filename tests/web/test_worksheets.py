"""Worksheets in the browser, without script: begun, saved as one goes, kept, read, handed over."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.accounts.codes import Role
from alongside.core.ids import new_id
from alongside.plans.models import (
    AgencyTool,
    AgencyToolVersion,
    PrivateWorksheet,
    Worksheet,
    WorksheetDraft,
)
from tests.factories import (
    TODAY,
    ParticipantFactory,
    SupporterFactory,
    UserFactory,
    walk_alongside,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def supporter(agency):
    return SupporterFactory(agency=agency, user__name="Rosa Quaas")


@pytest.fixture
def gia(agency, supporter):
    person = ParticipantFactory(agency=agency, name="Gia Rivera")
    walk_alongside(supporter, person)
    return person


@pytest.fixture
def rosa(signed_in, supporter, gia):
    return signed_in(supporter.user)


@pytest.fixture
def admin(signed_in, agency):
    return signed_in(UserFactory(agency=agency, roles=[Role.ADMINISTRATOR]))


def at(name, *ids):
    return reverse(f"web:{name}", args=ids)


def text(response):
    return response.content.decode()


def write(client, person, sheet=None, tool="brainstorming", **sent):
    sheet = sheet or new_id()
    body = {"tool": tool, "number": "0", **{k.replace("__", "-"): v for k, v in sent.items()}}
    return sheet, client.post(at("worksheet_write", person.pk, sheet), body)


def kept(person, user, **answers):
    return Worksheet.objects.create(
        agency=person.agency,
        participant=person,
        tool=answers.pop("tool", "crisis-plan"),
        tool_version=1,
        answers=answers,
        filled_in="together",
        begun_on=TODAY,
        kept_on=TODAY,
        kept_at="2026-11-19T16:00:00Z",
        kept_by=user,
    )


@pytest.mark.practice("PROC-3")
def test_all_nineteen_stand_by_process_with_their_owner(rosa):
    page = text(rosa.get(at("tools")))
    assert len(re.findall(r'href="/tools/\d\d/"', page)) == 19
    assert (page.count("Only for you</span>"), page.count("Kept with the participant")) == (8, 11)


@pytest.mark.practice("PROC-3")
def test_two_taps_from_the_person_to_any_tool(rosa, gia):
    first = text(rosa.get(at("participant", gia.pk)))
    assert f'href="{at("worksheets", gia.pk)}"' in first
    second = text(rosa.get(at("worksheets", gia.pk)))
    links = re.findall(r'href="(/people/[^"]+/worksheets/new/\d\d/)"', second)
    assert len(links) == 11
    assert {rosa.get(link).status_code for link in links} == {200}


def test_further_lines_come_and_nothing_typed_is_lost(rosa, gia):
    lines = {"f-ideas-0-idea": "Ask my aunt", "f-ideas-1-idea": "The bus", "more": "ideas"}
    sheet, answer = write(rosa, gia, **lines)
    address = at("worksheet_write", gia.pk, sheet)
    assert answer.headers["Location"] == f"{address}?more=ideas#f-ideas"
    page = text(rosa.get(f"{address}?more=ideas"))
    assert ("Ask my aunt" in page, 'name="f-ideas-4-idea"' in page) == (True, True)
    assert Worksheet.objects.count() == 0


def test_what_is_missing_is_said_beside_it_and_all_typed_words_stay(rosa, gia):
    _sheet, answer = write(rosa, gia, f__first_step="Call on Monday", together="1")
    page = text(answer)
    assert (answer.status_code, 'href="#f-challenge"' in page) == (422, True)
    assert ("Call on Monday" in page, 'aria-invalid="true"' in page) == (True, True)


@pytest.mark.practice("PROC-3")
def test_kept_it_is_read_changed_and_its_earlier_words_are_found(rosa, gia):
    sheet, answer = write(rosa, gia, f__challenge="A ride", together="1")
    read = at("worksheet", gia.pk, sheet)
    assert answer.headers["Location"] == read
    assert "wrote it together" in text(rosa.get(read))
    form = text(rosa.get(at("worksheet_write", gia.pk, sheet)))
    assert 'name="number" value="1"' in form
    write(rosa, gia, sheet, f__challenge="A ride on Mondays", number="1", alone="1")
    page = text(rosa.get(read))
    assert ("A ride on Mondays" in page, "wrote it down for" in page) == (True, True)
    earlier = re.search(r'href="([^"]+/earlier/[^"]+)"', page)
    assert "A ride on Mondays" not in text(rosa.get(earlier[1]))


def test_of_two_changes_at_once_the_second_sees_both_and_decides(rosa, gia):
    sheet, _answer = write(rosa, gia, f__challenge="A ride", together="1")
    write(rosa, gia, sheet, f__challenge="A ride to work", number="1", together="1")
    _sheet, answer = write(rosa, gia, sheet, f__challenge="A bed", number="1", together="1")
    page = text(answer)
    assert (answer.status_code, "A ride to work" in page, "A bed" in page) == (422, True, True)
    assert 'name="number" value="2"' in page


def test_autosave_answers_where_it_is_and_keeps_the_words_of_two_windows(rosa, gia):
    sheet = new_id()
    save = at("worksheet_save", gia.pk, sheet)
    body = {"tool": "brainstorming", "number": "0", "f-challenge": "A ride"}
    first = rosa.post(save, body)
    assert (first.status_code, first.json()["url"]) == (200, at("worksheet_write", gia.pk, sheet))
    again = rosa.post(first.json()["save_url"], {**body, "f-challenge": "A ride home"})
    other = rosa.post(save, {**body, "f-challenge": "A bed"})
    assert (again.status_code, other.status_code) == (200, 409)
    page = text(rosa.get(at("worksheet_write", gia.pk, sheet)))
    assert ("A ride home" in page, "A bed" in page, "another window" in page) == (True,) * 3
    stolen = rosa.post(save, {**body, "draft_actor": str(new_id())})
    assert stolen.status_code == 403
    assert WorksheetDraft.objects.count() == 1


def test_a_tool_that_grows_goes_on_with_the_one_that_is_there(rosa, gia, supporter):
    row = kept(gia, supporter.user, well="I cook")
    answer = rosa.get(at("worksheet_new", gia.pk, "17"))
    assert answer.headers["Location"] == at("worksheet_write", gia.pk, row.pk)
    again = rosa.get(at("worksheet_new", gia.pk, "13"))
    assert again.status_code == 200


@pytest.mark.practice("PEER-7")
def test_the_crisis_plan_is_one_tap_from_the_person(rosa, gia, supporter):
    row = kept(gia, supporter.user, well="I cook")
    page = text(rosa.get(at("participant", gia.pk)))
    assert f'href="{at("worksheet", gia.pk, row.pk)}"' in page


@pytest.mark.practice("PROC-3")
def test_the_copy_to_hand_over_has_their_words_and_no_name(rosa, gia, supporter):
    row = kept(gia, supporter.user, well="I cook")
    page = text(rosa.get(at("worksheet_copy", gia.pk, row.pk)))
    shown = page[page.index("<main") : page.index("<footer")]  # not printed
    names = [name for name in ("Gia", "Rivera", "Rosa", "Quaas") if name in shown]
    assert ("I cook" in shown, names) == (True, [])
    printed = text(rosa.get(at("worksheet_print", gia.pk, row.pk)))
    assert ("Gia Rivera" in printed, "Rosa Quaas" in printed) == (True, True)


@pytest.mark.practice("PROC-7")
def test_a_crisis_plan_in_the_hand_says_whom_to_call_at_any_hour(rosa, gia, supporter):
    row = kept(gia, supporter.user, call=[{"who": "Her sister", "number": "", "for_what": ""}])
    page = text(rosa.get(at("worksheet_copy", gia.pk, row.pk)))
    assert ["Her sister" in page, "call or text 988" in page] == [True, True]


def test_all_of_one_persons_sheets_are_taken_along(rosa, gia, supporter):
    kept(gia, supporter.user, well="=1+1", call=[{"who": "Aunt Rosa", "number": "715 555 0100"}])
    address = at("worksheets_export", gia.pk)
    table = rosa.post(address).getvalue().decode("utf-8-sig").splitlines()
    assert table[0] == "worksheet,kept on,kept by,filled in,part,question,answer"
    assert table[1].endswith("Signs that I am well,'=1+1")
    assert table[2].endswith("Who: Aunt Rosa; Number: 715 555 0100")
    found = json.loads(rosa.post(address, {"form": "json"}).content)
    assert (found[0]["answers"]["well"], found[0]["questions"]["well"]) == (
        "=1+1",
        "Signs that I am well",
    )
    assert rosa.get(address).status_code == 405


def test_taken_back_needs_a_reason_and_can_be_put_back(rosa, gia, supporter):
    row = kept(gia, supporter.user, well="I cook")
    address = at("worksheet_take_back", gia.pk, row.pk)
    assert rosa.post(address, {"reason": ""}).status_code == 422
    rosa.post(address, {"reason": "Wrong person"})
    page = text(rosa.get(at("worksheet", gia.pk, row.pk)))
    assert ("Wrong person" in page, "Put it back" in page) == (True, True)
    rosa.post(at("worksheet_put_back", gia.pk, row.pk))
    row.refresh_from_db()
    assert row.voided_at is None


def test_a_reader_reads_and_cannot_write(signed_in, agency, rosa, gia, supporter):
    row = kept(gia, supporter.user, well="I cook")
    reader = signed_in(UserFactory(agency=agency, roles=[Role.PRIVACY_OFFICER]))
    page = text(reader.get(at("worksheet", gia.pk, row.pk)))
    assert ("I cook" in page, "Add to it" in page) == (True, False)
    assert "Begin one" not in text(reader.get(at("worksheets", gia.pk)))
    assert reader.get(at("worksheet_write", gia.pk, row.pk)).status_code == 404


def test_private_sheets_are_written_saved_removed(rosa):
    sheet = new_id()
    body = {"tool": "gentle-refusal", "f-asked": "Fifty dollars"}
    saved = rosa.post(at("private_worksheet_save", sheet), body)
    assert saved.json()["url"] == at("private_worksheet", sheet)
    other = rosa.post(at("private_worksheet_save", sheet), {**body, "f-asked": "A ride"})
    assert other.status_code == 409
    page = text(rosa.get(at("private_worksheet", sheet)))
    assert ("Fifty dollars" in page, "A ride" in page) == (True, True)
    assert "A ride" in text(rosa.get(at("private_worksheets")))
    assert "A ride" in text(rosa.get(at("private_worksheet_print", sheet)))
    rosa.post(at("private_worksheet_remove", sheet))
    assert PrivateWorksheet.objects.count() == 0
    shared = rosa.post(at("private_worksheet", new_id()), {"tool": "values", "f-daily": "x"})
    assert (shared.status_code, PrivateWorksheet.objects.count()) == (422, 0)


EDITOR = {
    "name": "Our welcome sheet",
    "intro": "For the first cup of coffee.",
    "owner": "participant",
    "processes": ["connecting"],
    "help": "Bring cups.\nTake time.",
    "q0-kind": "part",
    "q0-label": "Coffee",
    "q0-place": "1",
    "q1-kind": "choice",
    "q1-label": "How do you take it?",
    "q1-lines": "Black\nWith milk",
    "q1-place": "3",
    "q2-kind": "long_text",
    "q2-label": "What would be good today?",
    "q2-place": "2",
    "q3-kind": "",
    "q3-label": "",
}


@pytest.mark.practice("PROC-3")
def test_an_agency_puts_its_own_together_and_a_supporter_fills_it_in(admin, rosa, gia):
    sent = {**EDITOR, "tool_id": str(new_id())}
    answers = [admin.post(at("agency_tool_new"), sent).status_code for _click in range(3)]
    form = AgencyTool.objects.get()
    assert (answers, AgencyToolVersion.objects.count()) == ([302] * 3, 1)
    begin = at("worksheet_new", gia.pk, form.pk)
    assert f'href="{begin}"' in text(rosa.get(at("worksheets", gia.pk)))
    page = text(rosa.get(begin))
    asked = [page.index(words) for words in ("What would be good today?", "How do you take it?")]
    assert asked == sorted(asked)
    write(rosa, gia, tool=str(form.pk), f__q2="Black", together="1")
    assert "made by our agency" in text(rosa.get(at("tool", form.pk))).lower()
    assert Worksheet.objects.get().answers == {"q2": "Black"}


def test_the_editor_shows_how_it_looks_and_says_what_is_missing(admin):
    look = text(admin.post(at("agency_tool_look"), {**EDITOR, "tool_id": str(new_id())}))
    assert "How do you take it?" in look
    no_choices = {**EDITOR, "q1-lines": "", "tool_id": str(new_id())}
    answer = admin.post(at("agency_tool_new"), no_choices)
    assert (answer.status_code, "needs “options”" in text(answer)) == (422, True)
    assert "What would be good today?" in text(answer)
    more = admin.post(at("agency_tool_new"), {**EDITOR, "tool_id": str(new_id()), "more": "1"})
    assert ('name="q8-label"' in text(more), AgencyTool.objects.count()) == (True, 0)


TOML = 'name = "A"\nintro = "B"\nowner = "participant"\n[[sections]]\n[[sections.fields]]\n'
TOML += 'key = "how"\nlabel = "How?"\ntype = "text"\n'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(
            TOML.replace('"text"', '"slider"').encode(),
            "Line 8: “slider” is no known type",
            id="an unknown field type, by its name",
        ),
        pytest.param(b"\xff\xfe\x00", "This is no text file", id="no text"),
        pytest.param(b"%PDF-1.7", "Line 1: This is no definition", id="another file"),
        pytest.param(b"x" * 900_000, "too long", id="a book"),
    ],
)
def test_a_file_that_is_no_worksheet_is_refused(admin, content, said):
    file = SimpleUploadedFile("sheet.toml", content)
    answer = admin.post(at("agency_tool_upload"), {"file": file, "tool_id": str(new_id())})
    assert (answer.status_code, said in text(answer)) == (422, True)
    assert AgencyTool.objects.count() == 0


def test_what_is_taken_along_can_be_brought_in_again(admin):
    file = SimpleUploadedFile("sheet.toml", TOML.encode())
    admin.post(at("agency_tool_upload"), {"file": file, "tool_id": str(new_id())})
    form = AgencyTool.objects.get()
    taken = admin.get(at("agency_tool_take", form.pk))
    assert taken.content.decode() == TOML
    admin.post(at("agency_tool_withdraw", form.pk))
    assert "withdrawn" in text(admin.get(at("agency_tools")))
    admin.post(at("agency_tool_restore", form.pk))
    assert AgencyTool.objects.get().withdrawn_at is None


def count(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_lists_cost_the_same_for_one_and_for_three(rosa, admin, gia, supporter):
    def one_more():
        kept(gia, supporter.user, well="I cook")
        rosa.post(at("private_worksheet", new_id()), {"tool": "anger", "f-needs": "Rest"})
        file = SimpleUploadedFile("sheet.toml", TOML.encode())
        admin.post(at("agency_tool_upload"), {"file": file, "tool_id": str(new_id())})

    pages = [
        (rosa, at("worksheets", gia.pk)),
        (rosa, at("participant", gia.pk)),
        (rosa, at("private_worksheets")),
        (rosa, at("tools")),
        (admin, at("agency_tools")),
    ]
    one_more()
    first = [count(client, address) for client, address in pages]
    one_more()
    one_more()
    assert [count(client, address) for client, address in pages] == first
