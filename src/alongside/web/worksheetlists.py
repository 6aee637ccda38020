"""What the pages of worksheets share: lists with their names, and worksheets to take along."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import urlencode
from django.utils.translation import gettext

from alongside.core.actor import Actor
from alongside.plans.queries import tools, worksheets
from alongside.practice.worksheets import Definition, Line, parts
from alongside.practice.worksheets.reader import KEY
from alongside.web.sheets import sheet

HEAD = ("worksheet", "kept on", "kept by", "filled in", "part", "question", "answer")
CRISIS, TOOLBOX, FIRST = "crisis-plan", "wellness-toolbox", "initial-meeting"
AT_HAND = {CRISIS, TOOLBOX}
FEW = 3


def named(rows: Iterable[Any], names: Mapping[str, Definition]) -> list[dict[str, Any]]:
    """Rows with their tool, whatever an agency withdrew since."""
    return [{"row": row, "tool": names[row.tool]} for row in rows if row.tool in names]


def beside(actor: Actor, participant_id: Any) -> dict[str, Any]:
    """For a participant's own page: what helps in a hard hour first, then the newest."""
    rows = list(worksheets.worksheets_of(actor, participant_id=participant_id))
    unfinished = worksheets.worksheet_drafts(actor).filter(participant_id=participant_id)
    names = tools.names(actor)
    by_tool = {row.tool: row for row in reversed(rows)}
    return {
        "crisis_plan": by_tool.get(CRISIS),
        "toolbox": by_tool.get(TOOLBOX),
        "had_first_checklist": FIRST in by_tool,
        "unfinished_sheets": named(unfinished[:FEW], names),
        "newest_sheets": named([r for r in rows if r.tool not in AT_HAND][:FEW], names),
    }


def number_or_zero(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def same_place(key: str) -> str:
    """The query and the place on the page of a list that gets further lines."""
    return f"?{urlencode({'more': key})}#f-{key}" if KEY.fullmatch(key) else ""


def export(actor: Actor, rows: Iterable[Any], *, form: str) -> HttpResponseBase:
    if form != "json":
        return sheet("sheets", HEAD, (line for row in rows for line in _as_lines(actor, row)))
    text = json.dumps([_as_json(actor, row) for row in rows], ensure_ascii=False, indent=2)
    headers = {"Content-Disposition": 'attachment; filename="sheets.json"'}
    return HttpResponse(text, content_type="application/json; charset=utf-8", headers=headers)


def _as_json(actor: Actor, row: Any) -> dict[str, Any]:
    definition = tools.definition_of(actor, key=row.tool, version=row.tool_version)
    return {
        "worksheet": gettext(definition.name),
        "tool": row.tool,
        "tool_version": row.tool_version,
        "kept_on": row.kept_on.isoformat(),
        "kept_by": row.kept_by.name,
        "filled_in": row.filled_in,
        "answers": row.answers,
        "questions": {field.key: gettext(field.label) for field in definition.fields()},
    }


def _as_lines(actor: Actor, row: Any) -> Iterator[tuple[str, ...]]:
    definition = tools.definition_of(actor, key=row.tool, version=row.tool_version)
    begin = (gettext(definition.name), row.kept_on.isoformat(), row.kept_by.name, row.filled_in)
    for part in parts(definition, row.answers):
        title = gettext(part.section.title) if part.section.title else ""
        for line in part.lines:
            for answer in _texts(line):
                yield (*begin, title, gettext(line.label), answer)


def _texts(line: Line) -> Iterator[str]:
    """Each text of one answer on its own line."""
    if line.text:
        yield line.text
    yield from line.texts
    for row in line.rows:
        yield "; ".join(f"{gettext(label)}: {text}" for label, text in row)
    for pile, items in line.piles:
        yield f"{gettext(pile)}: {', '.join(items)}"
