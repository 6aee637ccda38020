"""Change over time to take along: as a paper (papers/templates/record.typ) and as a sheet. Pure."""

import csv
import io
from collections.abc import Mapping, Sequence

from alongside.core.sheets import plain
from alongside.core.words import gettext_noop as _
from alongside.outcomes.rules.change import Event, Picture, Table, Tongue


def csv_of(rows: Sequence[Sequence[str]]) -> str:
    """Text that spreadsheets open with its letters right, and in which nothing runs."""
    text = io.StringIO()
    writer = csv.writer(text)
    for row in rows:
        writer.writerow([plain(cell) for cell in row])
    return "\ufeff" + text.getvalue()


def paper(
    pictures: Sequence[Picture], happened: Sequence[Event], all_lines: Table, tongue: Tongue
) -> tuple[dict[str, object], dict[str, str]]:
    """Sections of the paper, and the drawings that they name."""
    drawings = {one.chart.key: one.chart.svg() for one in pictures}
    sections: list[Mapping[str, object]] = [
        {"title": one.title, "parts": _parts(one)} for one in pictures
    ]
    if happened:
        items = [f"{one.sign}. {tongue.day(one.on)}: {tongue.say(one.say)}" for one in happened]
        part = {"kind": "list", "items": items}
        sections.append({"title": tongue.say(_("What happened around it")), "parts": [part]})
    sections.append({"title": tongue.say(_("First and latest")), "parts": [_table(all_lines)]})
    return {"sections": sections}, drawings


def _parts(one: Picture) -> list[Mapping[str, object]]:
    chart = {"kind": "chart", "picture": one.chart.key, "alt": one.told}
    words = [{"kind": "text", "text": one.question}] if one.question else []
    return [*words, chart, {"kind": "text", "text": one.told}, _table(one.table)]


def _table(table: Table) -> Mapping[str, object]:
    return {"kind": "table", "head": table.head, "rows": table.rows}
