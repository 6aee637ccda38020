"""Rows of an Excel workbook as text, without ever running or trusting what is in it."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from alongside.core.refusal import Refusal, Refused
from alongside.core.signs import sound
from alongside.core.words import gettext_noop as _

MOST_UNPACKED = 200_000_000
MOST_RATIO = 400
SMALL_ENOUGH = 20_000_000
MOST_ROWS = 100_000
MOST_CELLS = 2_000_000
BROKEN = Refusal(
    "broken-workbook",
    _("This workbook cannot be opened. Open it in Excel, save it again as .xlsx, and try again."),
)
TOO_MUCH = Refusal(
    "too-much",
    _("This file unpacks to more than we can read. Save the sheet alone as .csv and try again."),
)
OTHER_PROGRAM = Refusal(
    "other-program",
    _("This is not an Excel workbook. Open it in its own program and save it as .xlsx or .csv."),
)

Rows = list[tuple[str, ...]]


def read_workbook(data: bytes) -> list[tuple[str, Rows]]:
    """Name and rows of every sheet that is in sight. Raises ``Refused``."""
    try:
        _look_inside(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _sheets(data)
    except Refused:
        raise
    except Exception as error:  # a broken file can fail anywhere inside the library
        raise Refused(BROKEN) from error


def _look_inside(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        members = packed.infolist()
    unpacked = sum(member.file_size for member in members)
    if unpacked > MOST_UNPACKED or (
        unpacked > SMALL_ENOUGH and unpacked > MOST_RATIO * max(1, len(data))
    ):
        raise Refused(TOO_MUCH)
    if not any(member.filename == "xl/workbook.xml" for member in members):
        raise Refused(OTHER_PROGRAM)


def _sheets(data: bytes) -> list[tuple[str, Rows]]:
    from openpyxl import load_workbook  # noqa: PLC0415 (brings numpy, and no start waits for it)

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        return [
            (sound(sheet.title), list(_rows(sheet.iter_rows(values_only=True))))
            for sheet in sheets or book.worksheets
            if _without_claimed_size(sheet)
        ]
    finally:
        book.close()


def _without_claimed_size(sheet: object) -> bool:
    # A sheet may claim a million columns; what is really there counts.
    reset = getattr(sheet, "reset_dimensions", None)
    if reset is not None:
        reset()
    return True


def _rows(rows: Iterator[tuple[object, ...]]) -> Iterator[tuple[str, ...]]:
    cells = 0
    for number, row in enumerate(rows, start=1):
        cells += len(row)
        if number > MOST_ROWS or cells > MOST_CELLS:
            raise Refused(TOO_MUCH)
        yield tuple(written(cell) for cell in row)


def written(cell: object) -> str:
    """A cell as text that loses nothing: days as 2026-06-26, hours as 18:15."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return sound(cell)
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return _moment(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return _clock(cell)
    if isinstance(cell, timedelta):
        minutes = round(cell.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    return str(cell)


def _moment(at: datetime) -> str:
    at = _to_the_second(at)
    if at.time() == time():
        return at.date().isoformat()
    return f"{at.date().isoformat()} {_clock(at.time())}"


def _to_the_second(at: datetime) -> datetime:
    # Excel keeps hours as fractions of a day; 18:15 may come back as 18:14:59.999.
    if at.microsecond >= 500_000 and (at.year, at.month, at.day) < (9999, 12, 31):
        at += timedelta(seconds=1)
    return at.replace(microsecond=0)


def _clock(at: time) -> str:
    whole = _to_the_second(datetime.combine(date(2000, 1, 1), at))
    return whole.strftime("%H:%M" if not whole.second else "%H:%M:%S")
