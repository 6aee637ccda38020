"""The agency's own worksheets: put together without code, reworded, withdrawn, taken along."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.accounts.codes import Permission
from alongside.core.ids import new_id
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refused
from alongside.core.words import Say
from alongside.plans.actions import tools as actions
from alongside.plans.queries import tools as queries
from alongside.practice.worksheets import (
    BrokenDefinition,
    Definition,
    Sketch,
    build,
    paper,
    read,
    sketch,
)
from alongside.practice.worksheets.reader import LONGEST_TEXT
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.agency_tools import (
    MORE_ROWS,
    SheetForm,
    UploadForm,
    row_forms,
    rows_in_order,
    sent_rows,
)
from alongside.web.templatetags.words import say
from alongside.web.views.shared import refuse

MANAGES = Permission.AGENCY_MANAGE


@require_GET
@requires(MANAGES)
def agency_tools(request: StaffRequest) -> HttpResponse:
    names = queries.names(request.actor)
    page = {
        "nav": "more",
        "tools": [
            {"row": row, "tool": names[str(row.pk)]} for row in queries.agency_tools(request.actor)
        ],
    }
    return render(request, "web/tools/own.html", page)


@requires(MANAGES)
def agency_tool_new(request: StaffRequest) -> HttpResponse:
    if request.method == "POST":
        return _take_in(request, None, None)
    form = SheetForm(initial={"tool_id": new_id(), "number": 0})
    return _editor(request, form, row_forms(Sketch()))


@requires(MANAGES)
def agency_tool(request: StaffRequest, tool_id: UUID) -> HttpResponse:
    row = queries.agency_tools(request.actor).get(pk=tool_id)
    base = queries.definition_of(request.actor, key=str(tool_id))
    if request.method == "POST":
        return _take_in(request, row, base)
    made = sketch(base)
    known = {
        "name": made.name,
        "intro": made.intro,
        "owner": made.owner.value,
        "processes": list(made.processes),
        "help": "\n".join(made.help),
        "tool_id": tool_id,
        "number": row.number,
    }
    return _editor(request, SheetForm(initial=known), row_forms(made), row=row, tool=base)


def _take_in(request: StaffRequest, row: Any, base: Definition | None) -> HttpResponse:
    form = SheetForm(request.POST)
    more = MORE_ROWS if "more" in request.POST else 0
    rows = sent_rows(request.POST, more=more)
    valid = form.is_valid()
    if more or "look" in request.POST or not valid:
        shown, wrong = _shown(form, rows, base)
        status = 200 if more or "look" in request.POST else 422
        return _editor(request, form, rows, row=row, tool=shown, wrong=wrong, status=status)
    try:
        kept = actions.keep_agency_tool(
            build(form.sketch(rows_in_order(rows)), base=base),
            tool_id=row.pk if row else form.cleaned_data["tool_id"],
            number=form.cleaned_data["number"] or 0,
            by=request.actor,
            at=timezone.now(),
        )
    except BrokenDefinition as broken:
        return _editor(request, form, rows, row=row, wrong=broken.say, status=422)
    except Refused as refused:
        refuse(form, refused.refusal)
        return _editor(request, form, rows, row=row, tool=base, status=422)
    messages.success(request, _("In use from now on. What was filled in before keeps its words."))
    return redirect("web:agency_tool", kept.pk)


def _shown(
    form: SheetForm, rows: list[Any], base: Definition | None
) -> tuple[Definition | None, Say | None]:
    """The sheet as it would look; or what is still missing."""
    try:
        text = build(form.sketch(rows_in_order(rows)), base=base)
        return read(text, where=queries.WHERE, key="look"), None
    except BrokenDefinition as broken:
        return None, broken.say


def _editor(
    request: StaffRequest,
    form: SheetForm,
    rows: list[Any],
    *,
    row: Any = None,
    tool: Definition | None = None,
    wrong: Say | None = None,
    status: int = 200,
) -> HttpResponse:
    page = {
        "nav": "more",
        "form": form,
        "rows": rows,
        "row": row,
        "versions": list(row.versions.all()) if row else [],
        "tool": tool,
        "paper": paper.paper(tool, {}) if tool else None,
        "wrong": wrong,
        "is_error": status == 422,
    }
    return render(request, "web/tools/editor.html", page, status=status)


@require_POST
@requires(MANAGES)
def agency_tool_look(request: StaffRequest) -> HttpResponse:
    """The sheet while it is put together. Keeps nothing."""
    form = SheetForm(request.POST)
    form.is_valid()
    tool, wrong = _shown(form, sent_rows(request.POST), None)
    page = {"tool": tool, "paper": paper.paper(tool, {}) if tool else None, "wrong": wrong}
    return render(request, "web/tools/_look.html", page)


@requires(MANAGES)
def agency_tool_upload(request: StaffRequest) -> HttpResponse:
    if request.method != "POST":
        return _upload(request, UploadForm(initial={"tool_id": new_id()}))
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _upload(request, form)
    try:
        kept = actions.keep_agency_tool(
            _text_of(form.cleaned_data["file"]),
            tool_id=form.cleaned_data["tool_id"],
            by=request.actor,
            at=timezone.now(),
        )
    except BrokenDefinition as broken:
        place = _("Line %(line)d: ") % {"line": broken.line}
        form.add_error("file", place + say(broken.say))
        return _upload(request, form)
    except UnicodeDecodeError:
        form.add_error("file", _("This is no text file. Choose one with the ending .toml."))
        return _upload(request, form)
    except Refused as refused:
        refuse(form, refused.refusal)
        return _upload(request, form)
    messages.success(request, _("Brought in. Look at it once, then it is ready to use."))
    return redirect("web:agency_tool", kept.pk)


def _text_of(file: Any) -> str:
    """No more of a file than a worksheet can have; the reader says that it is too long."""
    raw: bytes = file.read(4 * LONGEST_TEXT + 4)
    return raw.decode("utf-8-sig", errors="strict" if len(raw) <= 4 * LONGEST_TEXT else "ignore")


def _upload(request: StaffRequest, form: UploadForm) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "web/tools/upload.html", {"nav": "more", "form": form}, status=status)


@require_GET
@requires(MANAGES)
@leaves(Leaving.NOBODY)
def agency_tool_take(request: StaffRequest, tool_id: UUID) -> HttpResponse:
    """The definition as a text file, to keep or to bring in elsewhere."""
    text = queries.definition_words(request.actor, tool_id=tool_id)
    headers = {"Content-Disposition": 'attachment; filename="worksheet.toml"'}
    return HttpResponse(text, content_type="application/toml; charset=utf-8", headers=headers)


@require_POST
@requires(MANAGES)
def agency_tool_withdraw(request: StaffRequest, tool_id: UUID) -> HttpResponse:
    actions.withdraw_agency_tool(tool_id, by=request.actor, at=timezone.now())
    undo = reverse("web:agency_tool_restore", args=[tool_id])
    messages.success(request, _("Withdrawn. What was filled in stays."), extra_tags=undo)
    return redirect("web:agency_tools")


@require_POST
@requires(MANAGES)
def agency_tool_restore(request: StaffRequest, tool_id: UUID) -> HttpResponse:
    actions.restore_agency_tool(tool_id, by=request.actor, at=timezone.now())
    messages.success(request, _("In use again."))
    return redirect("web:agency_tools")
