"""Worksheets that belong to the participant: read, begun, filled in and changed by themselves.
What a supporter prepares for themselves alone is sealed, and nowhere near these pages."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.accounts.codes import Permission
from alongside.core.clock import local
from alongside.core.ids import new_id
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refused
from alongside.core.words import Say
from alongside.people.queries import own_record
from alongside.plans.actions import worksheets as actions
from alongside.plans.codes import FilledIn
from alongside.plans.queries import tools
from alongside.plans.queries import worksheets as queries
from alongside.portal.access import PortalRequest, requires
from alongside.portal.words import said
from alongside.practice.worksheets import Answers, Definition, paper, parts
from alongside.practice.worksheets.reader import KEY

# Made for two: a supporter begins these, and then they can be read and written on here.
FOR_TWO = frozenset({"initial-meeting", "ask-share-ask", "concluding"})
READ, WRITE = Permission.OWN_READ, Permission.OWN_WRITE


@require_GET
@requires(READ)
@leaves(Leaving.OWN_COPY)
def own_sheets(request: PortalRequest) -> HttpResponse:
    actor, person = request.actor, own_record(request.actor)
    names = tools.names(actor)
    kept = list(queries.worksheets_of(actor, participant_id=person.pk))
    begun = queries.worksheet_drafts(actor).filter(participant_id=person.pk)
    there = {row.tool for row in kept}
    page = {
        "nav": "sheets",
        "kept": [(row, names[row.tool]) for row in kept if row.tool in names],
        "begun": [(row, names[row.tool]) for row in begun if row.tool in names],
        "offered": [
            one
            for one in tools.definitions(actor)
            if not (one.private or one.key in FOR_TWO or (one.one and one.key in there))
        ],
    }
    return render(request, "portal/mine/record/sheets.html", page)


@require_GET
@requires(READ)
@leaves(Leaving.OWN_COPY)
def own_sheet(request: PortalRequest, worksheet_id: UUID) -> HttpResponse:
    actor, person = request.actor, own_record(request.actor)
    kept = queries.worksheets_of(actor, participant_id=person.pk).get(pk=worksheet_id)
    definition = tools.definition_of(actor, key=kept.tool, version=kept.tool_version)
    page = {
        "nav": "sheets",
        "row": kept,
        "tool": definition,
        "parts": parts(definition, kept.answers),
        "own": kept.kept_by_id == actor.id,
    }
    return render(request, "portal/mine/record/sheet.html", page)


@dataclass(frozen=True)
class Open:
    """The sheet a page is about: its tool, what stands on it, and from which version."""

    page: actions.Page
    definition: Definition
    answers: Answers
    draft: Any = None
    kept: Any = None


@require_GET
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def own_sheet_new(request: PortalRequest, tool: str) -> HttpResponse:
    """A fresh sheet. Of some there is only one: then it goes on with that one."""
    actor, person = request.actor, own_record(request.actor)
    definition = tools.definition_at(actor, address=tool)
    if definition.private or tools.is_withdrawn(actor, key=definition.key):
        return redirect("portal:own_sheets")
    if definition.one:
        kept = queries.worksheets_of(actor, participant_id=person.pk).filter(tool=definition.key)
        begun = queries.worksheet_drafts(actor).filter(tool=definition.key)
        found = kept.values_list("pk", flat=True).first()
        found = found or begun.values_list("worksheet_id", flat=True).first()
        if found:
            return redirect("portal:own_sheet_write", found)
    page = actions.Page(new_id(), person.pk, definition.key)
    return _form(request, Open(page, definition, {}))


def _open(request: PortalRequest, worksheet_id: UUID) -> Open | None:
    actor, person = request.actor, own_record(request.actor)
    draft = queries.worksheet_drafts(actor).filter(worksheet_id=worksheet_id).first()
    kept = queries.worksheets_of(actor, participant_id=person.pk).filter(pk=worksheet_id).first()
    found = draft or kept
    if found is None:
        return None
    number = draft.number if draft else kept.number if kept else 0
    page = actions.Page(worksheet_id, person.pk, found.tool, number)
    return Open(page, tools.definition_of(actor, key=found.tool), found.answers, draft, kept)


@require_http_methods(["GET", "POST"])
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def own_sheet_write(request: PortalRequest, worksheet_id: UUID) -> HttpResponse:
    there = _open(request, worksheet_id)
    if request.method == "POST":
        return _take_in(request, _sent(request, worksheet_id, there))
    if there is None:
        raise Http404
    return _form(request, there)


def _sent(request: PortalRequest, worksheet_id: UUID, there: Open | None) -> Open:
    """The sheet with what was sent on it. ``number`` is the version that the page was made from."""
    key = there.page.tool if there else request.POST.get("tool", "")
    definition = tools.definition_of(request.actor, key=key)
    answers = paper.typed(definition, dict(request.POST.lists()))
    typed = request.POST.get("number", "")
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 9 else 0
    page = actions.Page(worksheet_id, own_record(request.actor).pk, key, number)
    kept, draft = (there.kept, there.draft) if there else (None, None)
    return Open(page, definition, answers, draft, kept)


def _take_in(request: PortalRequest, sent: Open) -> HttpResponse:
    by, at = request.actor, timezone.now()
    goes_on = any(name in request.POST for name in (*paper.STAY, "later"))
    seen = sent.draft.saved_at if sent.draft else None
    try:
        if goes_on:
            actions.save_worksheet_draft(sent.page, sent.answers, seen=seen, by=by, at=at)
        else:
            kept = actions.keep_worksheet(sent.page, sent.answers, FilledIn.ALONE, by=by, at=at)
    except Refused as refused:
        return _form(request, sent, refused=refused)
    if "later" in request.POST:
        messages.success(request, _("Kept for later. Only you see it until you are done."))
        return redirect("portal:own_sheets")
    if goes_on:
        more = request.POST.get("more", "")
        place = f"?{urlencode({'more': more})}#f-{more}" if KEY.fullmatch(more) else ""
        return redirect(reverse("portal:own_sheet_write", args=[sent.page.worksheet_id]) + place)
    messages.success(request, _("Kept. Your supporter can read it, too."))
    return redirect("portal:own_sheet", kept.pk)


def _form(request: PortalRequest, there: Open, *, refused: Refused | None = None) -> HttpResponse:
    why = refused.refusal if refused is not None else None
    errors = {why.field: Say(why.sentence, why.facts)} if why is not None else {}
    stale = why is not None and why.code == "stale" and there.kept is not None
    page = {
        "nav": "sheets",
        "tool": there.definition,
        "paper": paper.paper(
            there.definition, there.answers, errors=errors, more=request.GET.getlist("more")
        ),
        "refused": said(why) if why is not None and not why.field else "",
        "stale": parts(there.definition, there.kept.answers) if stale else (),
        "worksheet_id": there.page.worksheet_id,
        "number": there.kept.number if stale else there.page.number,
        "draft": there.draft,
        "other": parts(there.definition, there.draft.other) if there.draft else (),
        "save_url": _save_url(there.page, there.draft.saved_at if there.draft else None),
    }
    status = 422 if refused is not None else 200
    return render(request, "portal/mine/record/sheet_form.html", page, status=status)


def _save_url(page: actions.Page, saved_at: Any = None) -> str:
    url = reverse("portal:own_sheet_save", args=[page.worksheet_id])
    return f"{url}?{urlencode({'seen': saved_at.isoformat()})}" if saved_at else url


@require_POST
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def own_sheet_save(request: PortalRequest, worksheet_id: UUID) -> HttpResponse:
    """Autosave. 409 where another window had saved other words; both are kept."""
    if request.POST.get("draft_actor", str(request.actor.id)) != str(request.actor.id):
        return JsonResponse({}, status=403)
    sent = _sent(request, worksheet_id, _open(request, worksheet_id))
    try:
        saved = actions.save_worksheet_draft(
            sent.page,
            sent.answers,
            seen=paper.seen(request.GET.get("seen", "")),
            by=request.actor,
            at=timezone.now(),
        )
    except Refused as refused:
        return JsonResponse({"error": refused.refusal.code}, status=422)
    url = reverse("portal:own_sheet_write", args=[worksheet_id])
    reply: dict[str, Any] = {
        "url": url,
        "save_url": _save_url(sent.page, saved.draft.saved_at),
        "saved_at": local(saved.draft.saved_at, request.actor.time_zone).isoformat(),
    }
    if saved.conflict:
        reply["other"] = {"url": url}
    return JsonResponse(reply, status=409 if saved.conflict else 200)


@require_POST
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def own_sheet_away(request: PortalRequest, worksheet_id: UUID) -> HttpResponse:
    actions.put_worksheet_draft_away(worksheet_id, by=request.actor, at=timezone.now())
    undo = reverse("portal:own_sheet_up", args=[worksheet_id])
    messages.success(request, _("Put away."), extra_tags=undo)
    return redirect("portal:own_sheets")


@require_POST
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def own_sheet_up(request: PortalRequest, worksheet_id: UUID) -> HttpResponse:
    actions.take_worksheet_draft_up(worksheet_id, by=request.actor, at=timezone.now())
    return redirect("portal:own_sheet_write", worksheet_id)
