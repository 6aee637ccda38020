"""A file as rows: which encoding, which separator, which sheet, where the column names stand."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from alongside.core.refusal import Refusal, Refused
from alongside.core.words import gettext_noop as _
from alongside.exchange.codes import SheetKind
from alongside.exchange.rules.text_files import NOT_A_SHEET, decode, find_separator, split
from alongside.exchange.rules.words import all_headers, headers_of, phrases, plain
from alongside.exchange.rules.workbooks import MOST_CELLS, MOST_ROWS, TOO_MUCH, read_workbook

MOST_BYTES = 50_000_000
ROWS_TO_LOOK_FOR_THE_HEADER = 60
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"RIFF")
EMPTY = Refusal("empty-file", _("This file is empty. Choose the file that holds your rows."))
TOO_BIG = Refusal(
    "too-big", _("This file is larger than 50 MB. Save the sheet alone as .csv, or in parts.")
)
PDF = Refusal(
    "pdf", _("This is a PDF, a print of a sheet. Choose the spreadsheet it was made from.")
)
PICTURE = Refusal("picture", _("This is a picture. Choose the spreadsheet itself."))
LOCKED = Refusal(
    "password",
    _("This workbook has a password. Open it, save a copy without one, and use the copy."),
)
OLD_EXCEL = Refusal(
    "old-excel", _("This is an old .xls workbook. Open it in Excel and save it as .xlsx or .csv.")
)
NO_HEADER = Refusal(
    "no-header",
    _("We did not find the row with the names of the columns. Put it at the top and try again."),
)
NO_ROWS = Refusal(
    "no-rows",
    _("There are column names here but no rows below them. Choose the file with the rows."),
)

Cells = tuple[str, ...]


@dataclass(frozen=True)
class SheetRow:
    """``number`` is the row as a spreadsheet program counts it, from 1; ``cells`` are verbatim."""

    number: int
    cells: Cells


@dataclass(frozen=True)
class Sheet:
    """``left_out`` are rows that hold no person or contact: titles, repeated names, totals."""

    encoding: str
    separator: str
    header_row: int
    header: Cells
    rows: tuple[SheetRow, ...]
    sheet_name: str = ""
    left_out: tuple[SheetRow, ...] = ()


def read_sheet(data: bytes, filename: str, kind: SheetKind | None = None) -> Sheet:
    """The rows of a file. Raises ``Refused`` with one sentence on how to mend it, nothing else."""
    if not data.strip(b"\x00 \t\r\n"):
        raise Refused(EMPTY)
    if len(data) > MOST_BYTES:
        raise Refused(TOO_BIG)
    _refuse_by_first_bytes(data)
    if data.startswith(b"PK\x03\x04"):
        return _from_workbook(data, kind)
    text, encoding = decode(data)
    separator = find_separator(text)
    rows = [tuple(row) for row in split(text, separator)]
    if len(rows) > MOST_ROWS or sum(map(len, rows)) > MOST_CELLS:
        raise Refused(TOO_MUCH)
    return _laid_out(rows, kind, encoding=encoding, separator=separator)


def _refuse_by_first_bytes(data: bytes) -> None:
    start = data[:64].lstrip()
    if start.startswith(b"%PDF"):
        raise Refused(PDF)
    if data.startswith(PICTURES) and not data.isascii():
        raise Refused(PICTURE)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise Refused(LOCKED if locked else OLD_EXCEL)
    if data.startswith((b"PK\x05\x06", b"\x1f\x8b", b"{\\rtf", b"7z\xbc", b"Rar!")):
        raise Refused(NOT_A_SHEET)
    if start[:14].lower().startswith((b"<!doctype html", b"<html", b"<?xml")):
        raise Refused(NOT_A_SHEET)


def _from_workbook(data: bytes, kind: SheetKind | None) -> Sheet:
    found: list[tuple[tuple[float, int], Sheet]] = []
    why = EMPTY
    for name, rows in read_workbook(data):
        try:
            sheet = _laid_out(rows, kind, sheet_name=name)
        except Refused as refused:
            why = refused.refusal
            continue
        found.append(((_known(sheet.header, kind), len(sheet.rows)), sheet))
    if not found:
        raise Refused(why)
    return max(found, key=lambda item: item[0])[1]


def _laid_out(
    rows: Sequence[Cells],
    kind: SheetKind | None,
    *,
    encoding: str = "",
    separator: str = "",
    sheet_name: str = "",
) -> Sheet:
    filled = [
        SheetRow(number, cells)
        for number, cells in enumerate(rows, start=1)
        if any(cell.strip() for cell in cells)
    ]
    if not filled:
        raise Refused(EMPTY)
    at = _header_at(filled, kind)
    header = _trimmed(filled[at].cells)
    below = filled[at + 1 :]
    kept = [
        row for row in below if not _is_repeated(row.cells, header) and not _is_total(row.cells)
    ]
    if not kept:
        raise Refused(NO_ROWS)
    numbers = {row.number for row in kept}
    left_out = [row for row in [*filled[:at], *below] if row.number not in numbers]
    return Sheet(
        encoding,
        separator,
        filled[at].number,
        tuple(cell.strip() for cell in header),
        tuple(SheetRow(row.number, _padded(row.cells, len(header))) for row in kept),
        sheet_name,
        tuple(left_out),
    )


def _header_at(filled: Sequence[SheetRow], kind: SheetKind | None) -> int:
    top = filled[:ROWS_TO_LOOK_FOR_THE_HEADER]
    scores = [_known(row.cells, kind) for row in top]
    best = max(range(len(top)), key=lambda i: (scores[i], -i))
    if scores[best] >= 2:
        return best
    widest = max(len(_names(row.cells)) for row in top)
    for i, row in enumerate(top):
        if len(_names(row.cells)) >= max(2, 0.6 * widest) and _looks_like_names(row.cells):
            return i
    if scores[best] >= 1 and widest == 1:
        return best
    raise Refused(NO_HEADER)


def _known(cells: Iterable[str], kind: SheetKind | None) -> float:
    """How many cells are names of columns we know; those of ``kind`` count more."""
    own = {name for names in headers_of(kind).values() for name in names} if kind else frozenset()
    score = 0.0
    for name in {plain(cell) for cell in cells if len(cell) <= 60}:
        score += 1.0 if name in own or (not kind and name in all_headers()) else 0.0
        score += 0.25 if kind and name not in own and name in all_headers() else 0.0
    return score


def _names(cells: Cells) -> list[str]:
    return [cell for cell in cells if cell.strip()]


def _looks_like_names(cells: Cells) -> bool:
    names = _names(cells)
    distinct = len({plain(name) for name in names}) == len(names)
    return distinct and all(_may_be_a_name(name) for name in names)


def _may_be_a_name(cell: str) -> bool:
    wordy = re.search(r"[^\W\d_]", cell) and not re.search(r"\d{2}|@", cell)
    return bool(wordy) and len(cell) <= 60


def _trimmed(cells: Cells) -> Cells:
    width = max(i for i, cell in enumerate(cells, start=1) if cell.strip())
    return cells[:width]


def _padded(cells: Cells, width: int) -> Cells:
    used = max((i for i, cell in enumerate(cells, start=1) if cell.strip()), default=0)
    cells = cells[: max(width, used)]
    return cells + ("",) * (width - len(cells))


def _is_repeated(cells: Cells, header: Cells) -> bool:
    names = [plain(name) for name in header]
    row = [plain(cell) for cell in cells[: len(names)]]
    same = sum(1 for a, b in zip(row, names, strict=False) if a and a == b)
    return same >= 2 and same >= 0.7 * len([name for name in row if name])


def _is_total(cells: Cells) -> bool:
    named = _names(cells)
    rest = named[1:]
    return plain(named[0]) in phrases("total") and all(
        re.fullmatch(r"[\s\d.,:$%+-]*", cell) or plain(cell) in phrases("total") for cell in rest
    )
