"""Files as agencies have them, in any encoding; a bad one says how to mend it."""

import io
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from alongside.core.refusal import Refused
from alongside.exchange.codes import SheetKind
from alongside.exchange.rules.sheets import Sheet, read_sheet
from alongside.exchange.rules.workbooks import written

DATA = Path(__file__).parent.parent / "data"


def sheet_of(name: str, kind: SheetKind) -> Sheet:
    return read_sheet((DATA / name).read_bytes(), name, kind)


def workbook(*sheets: tuple[str, list[list[object]]], hidden: str = "") -> bytes:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        if title == hidden:
            sheet.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_referral_sheet_keeps_every_row_but_the_empty_one() -> None:
    sheet = sheet_of("referrals.csv", SheetKind.REFERRALS)
    assert (sheet.encoding, sheet.separator, sheet.header_row) == ("utf-8-sig", ",", 1)
    assert (len(sheet.header), len(sheet.rows), sheet.left_out) == (12, 118, ())
    broken = [row for row in sheet.rows if row.cells[11] == "wants to meet at library\nNOT at home"]
    assert len(broken) == 8
    assert sheet.rows[-1].cells[1] == "*** from here on entered by Jo ***"
    assert [row.number for row in sheet.rows[:4]] == [2, 3, 4, 6]


def test_the_old_referral_sheet_is_windows_1252_with_semicolons() -> None:
    sheet = sheet_of("referrals_old.csv", SheetKind.REFERRALS)
    assert (sheet.encoding, sheet.separator, len(sheet.rows)) == ("cp1252", ";", 30)
    assert {"NÚÑEZ, Pao", "Gunderson, Björn"} < {row.cells[1] for row in sheet.rows}


def test_the_contact_log_stands_under_its_title() -> None:
    sheet = sheet_of("contact_log.xlsx", SheetKind.CONTACTS)
    assert (sheet.sheet_name, sheet.header_row, len(sheet.rows)) == ("2026 contacts", 3, 3000)
    assert sheet.rows[0].cells[:6] == ("2026-06-26", "18:15", "19:45", "90", "Otis B.", "KL5")
    assert sheet.left_out[0].cells == ("Contact log 2026 (copy)",)


def test_the_staff_sheet() -> None:
    sheet = sheet_of("staff.csv", SheetKind.STAFF)
    assert (sheet.encoding, sheet.separator, len(sheet.rows)) == ("utf-8", ",", 14)


ROWS = "Name,DOB,County\nInés Núñez,1990-01-02,Polk\nBjörn Lor,,Dunn\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        pytest.param(ROWS.encode(), "utf-8", id="utf-8"),
        pytest.param(ROWS.encode("utf-8-sig"), "utf-8-sig", id="utf-8 with its mark"),
        pytest.param(ROWS.encode("utf-16"), "utf-16", id="utf-16 with its mark"),
        pytest.param(ROWS.encode("utf-16-le"), "utf-16-le", id="utf-16 without a mark"),
        pytest.param(ROWS.encode("utf-16-be"), "utf-16-be", id="utf-16, the other end first"),
        pytest.param(ROWS.encode("cp1252"), "cp1252", id="an old Windows"),
        pytest.param(ROWS.encode("mac_roman"), "mac_roman", id="an old Mac"),
        pytest.param(ROWS.replace("\n", "\r").encode("mac_roman"), "mac_roman", id="its lines too"),
    ],
)
def test_any_encoding_gives_the_same_rows(data: bytes, encoding: str) -> None:
    sheet = read_sheet(data, "sheet.csv")
    assert sheet.encoding == encoding
    assert [row.cells for row in sheet.rows] == [
        ("Inés Núñez", "1990-01-02", "Polk"),
        ("Björn Lor", "", "Dunn"),
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("said", ["", "sep="])
def test_any_separator_gives_the_same_rows(separator: str, said: str) -> None:
    hint = f"{said}{separator}\n" if said else ""
    data = (hint + ROWS.replace(",", separator)).encode()
    sheet = read_sheet(data, "sheet.csv")
    assert sheet.separator == separator
    assert [row.cells[0] for row in sheet.rows] == ["Inés Núñez", "Björn Lor"]


def test_titles_repeated_names_totals_and_empty_rows_are_not_rows() -> None:
    text = (
        "Riverside Peers,,\nfiscal year 2026,,\n\nDate,Client,Minutes\n6/1/26,Gia R.,30\n,,\n"
        "Date,Client,Minutes\n6/2/26,Eli D.,45,and a remark\n6/3/26\nTotal,,75\n"
    )
    sheet = read_sheet(text.encode(), "log.csv", SheetKind.CONTACTS)
    assert sheet.header_row == 4
    assert [row.cells for row in sheet.rows] == [
        ("6/1/26", "Gia R.", "30"),
        ("6/2/26", "Eli D.", "45", "and a remark"),
        ("6/3/26", "", ""),
    ]
    assert [row.number for row in sheet.left_out] == [1, 2, 7, 10]


def test_a_quotation_mark_never_closed_does_not_swallow_the_rest() -> None:
    text = 'Name,County\n"Gia,Polk\n' + "Eli,Dunn\n" * 400
    assert len(read_sheet(text.encode(), "x.csv").rows) == 401


def test_nul_bytes_are_left_out() -> None:
    sheet = read_sheet(b"Name,County\nG\x00ia,Polk\n", "x.csv")
    assert sheet.rows[0].cells == ("Gia", "Polk")


def test_what_nobody_types_is_left_out() -> None:
    text = b"Name,County\nG\x01ia\x1b,Polk\n" + b"Eli,Dunn\n" * 20
    assert read_sheet(text, "x.csv").rows[0].cells == ("Gia", "Polk")
    assert [written(cell) for cell in ("G\0ia", "\ud83d", "a\nb")] == ["Gia", "", "a\nb"]


def test_the_sheet_of_the_asked_kind_is_taken_and_hidden_ones_are_not() -> None:
    staff = [["Name", "Initials", "Expires"], ["Mai Her", "MH", None]]
    log = [["Contacts"], [], ["Date", "Start", "Who", "PS"], ["x", "x", "x", "x"]]
    hidden = [["Date", "Start", "End", "Who", "PS"], *[["y", "y", "y", "y", "y"]] * 9]
    data = workbook(("Staff", staff), ("Log", log), ("Old", hidden), hidden="Old")
    assert read_sheet(data, "all.xlsx", SheetKind.CONTACTS).sheet_name == "Log"
    assert read_sheet(data, "all.xlsx", SheetKind.STAFF).sheet_name == "Staff"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        pytest.param(None, "", id="nothing"),
        pytest.param(datetime(2026, 6, 26), "2026-06-26", id="a day"),  # noqa: DTZ001
        pytest.param(datetime(2026, 6, 26, 18, 15), "2026-06-26 18:15", id="a moment"),  # noqa: DTZ001
        pytest.param(date(2026, 6, 26), "2026-06-26", id="a plain day"),
        pytest.param(time(18, 14, 59, 999_999), "18:15", id="an hour that Excel rounded"),
        pytest.param(timedelta(minutes=75), "1:15", id="a length"),
        pytest.param(90.0, "90", id="a whole number"),
        pytest.param(12.5, "12.5", id="a number"),
        pytest.param(True, "yes", id="a tick"),
    ],
)
def test_cells_of_a_workbook_become_text_that_loses_nothing(cell: object, text: str) -> None:
    assert written(cell) == text


def packed(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


BOMB = packed(**{"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"0" * 60_000_000})
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.asvs("5.2.3")
@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", "empty-file", id="nothing in it"),
        pytest.param(b" \r\n\t\x00", "empty-file", id="only blanks"),
        pytest.param(b",,,\n,,,\n", "empty-file", id="only separators"),
        pytest.param(b"Name,County,DOB\n", "no-rows", id="only column names"),
        pytest.param(b"Name,County,DOB\n,,\n\n", "no-rows", id="column names over nothing"),
        pytest.param(b"1,2,3\n4,5,6\n", "no-header", id="no column names"),
        pytest.param(b"%PDF-1.7\n%\xe2\xe3", "pdf", id="a PDF"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00", "picture", id="a picture"),
        pytest.param(b"\xff\xd8\xff\xe0\x00\x10JFIF", "picture", id="a photo"),
        pytest.param(OLE, "old-excel", id="an old workbook"),
        pytest.param(OLE + "EncryptedPackage".encode("utf-16-le"), "password", id="a password"),
        pytest.param(b"PK\x03\x04 not a zip", "broken-workbook", id="a broken workbook"),
        pytest.param(packed(mimetype=b"x"), "other-program", id="a sheet of another program"),
        pytest.param(packed(**{"xl/workbook.xml": b"<x/>"}), "broken-workbook", id="half of one"),
        pytest.param(BOMB, "too-much", id="a file that unpacks without end"),
        pytest.param(workbook(("A", [])), "empty-file", id="an empty workbook"),
        pytest.param(b"<!DOCTYPE html><html></html>", "not-a-sheet", id="a web page"),
        pytest.param(bytes(range(1, 32)) * 50, "not-a-sheet", id="a program"),
        pytest.param(b"a" * 50_000_001, "too-big", id="more than 50 MB"),
    ],
)
def test_a_bad_file_is_refused_with_one_sentence(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_sheet(data, "file")
    assert refused.value.refusal.code == code
    assert len(refused.value.refusal.sentence) < 110


TEXTISH = st.text(alphabet=st.sampled_from("Name,;\t|\"'\n\r\x00 12/éß?\ufeff😀Date")).map(
    lambda text: text.encode("utf-8", "surrogatepass")
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(
        st.binary(max_size=400), TEXTISH, st.binary(max_size=60).map(lambda b: b"PK\x03\x04" + b)
    )
)
def test_any_bytes_give_a_sheet_or_a_sentence(data: bytes) -> None:
    try:
        sheet = read_sheet(data, "anything", SheetKind.REFERRALS)
    except Refused:
        return
    assert sheet.rows
    assert all(len(row.cells) >= len(sheet.header) for row in sheet.rows)


SMALL = workbook(("A", [["Name", "Date"], ["Gia", "6/1/26"], ["Eli", None]]))


@settings(max_examples=300, deadline=None)
@given(
    st.integers(0, len(SMALL) - 1),
    st.integers(0, 255),
    st.sampled_from(["change", "cut", "drop"]),
)
def test_a_damaged_workbook_gives_a_sheet_or_a_sentence(at: int, byte: int, how: str) -> None:
    cut = {"change": bytes([byte]) + SMALL[at + 1 :], "cut": b"", "drop": SMALL[at + 1 :]}[how]
    try:
        sheet = read_sheet(SMALL[:at] + cut, "x.xlsx")
    except Refused:
        return
    assert sheet.rows
