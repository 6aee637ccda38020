"""A sheet as it leaves: row by row, in constant memory, with nothing a spreadsheet would run."""

import csv
from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse

from alongside.core.sheets import plain


class _Echo:
    """What the csv module writes to; it hands the line on instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def sheet(
    name: str, head: Iterable[str], rows: Iterable[Iterable[object]]
) -> StreamingHttpResponse:
    """A CSV file that spreadsheets open with its letters right."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return StreamingHttpResponse(
        _lines(head, rows), content_type="text/csv; charset=utf-8", headers=headers
    )


def _lines(head: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(list(head))
    for row in rows:
        yield writer.writerow([plain(str(cell)) for cell in row])
