"""Worksheets of a participant: filled in together, found again, changed, printed, taken along."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.accounts.codes import Permission
from alongside.core.clock import local
from alongside.core.ids import new_id
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refused
from alongside.core.words import Say
from alongside.people.codes import Printed
from alongside.plans.actions import worksheets as actions
from alongside.plans.codes import FilledIn
from alongside.plans.queries import tools
from alongside.plans.queries import worksheets as queries
from alongside.practice.worksheets import Answers, Definition, paper, parts
from alongside.web import drafts, worksheetlists
from alongside.web.access import StaffRequest, requires
from alongside.web.own_copies import on_paper
from alongside.web.templatetags.words import say
from alongside.web.views.participants import SIGHT
from alongside.web.views.tools import groups

WHERE_NEXT = {
    "appointment": ("web:appointment_new", "calendar-plus"),
    "goal": ("web:goal_new", "chat-square-quote"),
    "care_team": ("web:care_team", "people"),
    "ending": ("web:ending", "sunset"),
}


def _home(participant_id: UUID) -> str:
    return reverse("web:worksheets", args=[participant_id])


def _sheet(participant_id: UUID, worksheet_id: UUID, route: str = "worksheet") -> str:
    return reverse(f"web:{route}", args=[participant_id, worksheet_id])


@requires(*SIGHT)
@require_GET
def worksheets(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    actor = request.actor
    person = drafts.the_person(request, participant_id)
    names = tools.names(actor)
    kept = list(queries.worksheets_of(actor, participant_id=participant_id))
    unfinished = queries.worksheet_drafts(actor).filter(participant_id=participant_id)
    shared = [one for one in tools.definitions(actor) if not one.private]
    page = {
        "nav": "people",
        "person": person,
        "kept": worksheetlists.named(kept, names),
        "unfinished": worksheetlists.named(unfinished, names),
        "taken_back": worksheetlists.named(
            queries.taken_back(actor, participant_id=participant_id), names
        ),
        "groups": groups(shared) if actor.may(Permission.PLAN_WRITE) else [],
        "there": {row.tool for row in kept},
    }
    return render(request, "web/worksheets/worksheets.html", page)


@dataclass(frozen=True)
class Open:
    """The sheet a page is about: its tool, what stands on it, and from which version."""

    page: actions.Page
    definition: Definition
    answers: Answers
    draft: Any = None
    kept: Any = None


@require_GET
@requires(Permission.PLAN_WRITE)
def worksheet_new(request: StaffRequest, participant_id: UUID, tool: str) -> HttpResponse:
    """A fresh sheet. A tool of which a person has one goes on with that one."""
    person = drafts.the_person(request, participant_id)
    definition = tools.definition_at(request.actor, address=tool)
    if definition.private or tools.is_withdrawn(request.actor, key=definition.key):
        return redirect("web:tool", tool)
    if definition.one:
        there = queries.worksheets_of(request.actor, participant_id=participant_id)
        begun = queries.worksheet_drafts(request.actor).filter(participant_id=participant_id)
        found = there.filter(tool=definition.key).values_list("pk", flat=True).first()
        found = found or (
            begun.filter(tool=definition.key).values_list("worksheet_id", flat=True).first()
        )
        if found:
            return redirect("web:worksheet_write", participant_id, found)
    page = actions.Page(new_id(), participant_id, definition.key)
    return _form(request, person, Open(page, definition, {}))


def _open(request: StaffRequest, participant_id: UUID, worksheet_id: UUID) -> Open | None:
    """What is on the paper: what the viewer left unfinished, else what is kept."""
    actor = request.actor
    left = queries.worksheet_drafts(actor).filter(
        participant_id=participant_id, worksheet_id=worksheet_id
    )
    kept = queries.worksheets_visible_to(actor).filter(
        participant_id=participant_id, pk=worksheet_id
    )
    draft, row = left.first(), kept.first()
    found = draft or row
    if found is None or (row is not None and row.voided_at):
        return None
    number = draft.number if draft else row.number if row else 0
    page = actions.Page(worksheet_id, participant_id, found.tool, number)
    definition = tools.definition_of(actor, key=found.tool)
    return Open(page, definition, found.answers, draft, row)


@requires(Permission.PLAN_WRITE)
def worksheet_write(
    request: StaffRequest, participant_id: UUID, worksheet_id: UUID
) -> HttpResponse:
    person = drafts.the_person(request, participant_id)
    there = _open(request, participant_id, worksheet_id)
    if request.method == "POST":
        there = _sent(request, participant_id, worksheet_id, there)
        return _take_in(request, person, there)
    if there is None:
        queries.worksheet_of(
            request.actor, participant_id=participant_id, worksheet_id=worksheet_id
        )
        return redirect(_sheet(participant_id, worksheet_id))
    return _form(request, person, there)


def _sent(
    request: StaffRequest, participant_id: UUID, worksheet_id: UUID, there: Open | None
) -> Open:
    """The sheet with what was sent on it. ``number`` is the version that the page was made from."""
    key = there.page.tool if there else request.POST.get("tool", "")
    definition = tools.definition_of(request.actor, key=key)
    answers = paper.typed(definition, dict(request.POST.lists()))
    number = worksheetlists.number_or_zero(request.POST.get("number", ""))
    page = actions.Page(worksheet_id, participant_id, key, number)
    kept, draft = (there.kept, there.draft) if there else (None, None)
    return Open(page, definition, answers, draft, kept)


def _take_in(request: StaffRequest, person: Any, sent: Open) -> HttpResponse:
    if any(name in request.POST for name in (*paper.STAY, "later")):
        return _go_on(request, person, sent)
    alone = "alone" in request.POST
    filled_in = FilledIn.ALONE if alone else FilledIn.TOGETHER
    try:
        kept = actions.keep_worksheet(
            sent.page, sent.answers, filled_in, by=request.actor, at=timezone.now()
        )
    except Refused as refused:
        return _form(request, person, sent, refused=refused)
    messages.success(request, _("Kept. Both of you find it here again."))
    return redirect(_sheet(person.pk, kept.pk))


def _go_on(request: StaffRequest, person: Any, sent: Open) -> HttpResponse:
    """Save what is written so far, and come back to the same place, or leave it for later."""
    draft = sent.draft
    try:
        actions.save_worksheet_draft(
            sent.page,
            sent.answers,
            seen=draft.saved_at if draft else None,
            by=request.actor,
            at=timezone.now(),
        )
    except Refused as refused:
        return _form(request, person, sent, refused=refused)
    if "later" in request.POST:
        messages.success(request, _("Kept for later. You find it here."))
        return redirect(_home(person.pk))
    url = _sheet(person.pk, sent.page.worksheet_id, "worksheet_write")
    return redirect(url + worksheetlists.same_place(request.POST.get("more", "")))


def _form(
    request: StaffRequest, person: Any, there: Open, *, refused: Refused | None = None
) -> HttpResponse:
    errors = {}
    if refused is not None:
        why = refused.refusal
        errors = {why.field: Say(why.sentence, why.facts)}
    stale = refused is not None and refused.refusal.code == "stale"
    number = there.kept.number if stale and there.kept else there.page.number
    draft = there.draft
    page = {
        "nav": "people",
        "person": person,
        "tool": there.definition,
        "paper": paper.paper(
            there.definition, there.answers, errors=errors, more=request.GET.getlist("more")
        ),
        "refused": say(refused.refusal) if refused and not refused.refusal.field else "",
        "stale": parts(there.definition, there.kept.answers) if stale and there.kept else (),
        "worksheet_id": there.page.worksheet_id,
        "number": number,
        "kept": there.kept,
        "draft": draft,
        "saved_at": local(draft.saved_at, request.actor.time_zone) if draft else None,
        "other": parts(there.definition, draft.other) if draft else (),
        "save_url": _save_url(there.page, draft.saved_at if draft else None),
    }
    return render(
        request, "web/worksheets/form.html", page, status=422 if refused is not None else 200
    )


def _save_url(page: actions.Page, saved_at: Any = None) -> str:
    url = _sheet(page.participant_id, page.worksheet_id, "worksheet_save")
    return f"{url}?{urlencode({'seen': saved_at.isoformat()})}" if saved_at else url


@require_POST
@requires(Permission.PLAN_WRITE)
def worksheet_save(request: StaffRequest, participant_id: UUID, worksheet_id: UUID) -> HttpResponse:
    """Autosave. 409 where another window had saved other words; both are kept."""
    if request.POST.get("draft_actor", str(request.actor.id)) != str(request.actor.id):
        return JsonResponse({}, status=403)
    there = _open(request, participant_id, worksheet_id)
    sent = _sent(request, participant_id, worksheet_id, there)
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
    url = _sheet(participant_id, worksheet_id, "worksheet_write")
    reply: dict[str, Any] = {
        "url": url,
        "save_url": _save_url(sent.page, saved.draft.saved_at),
        "saved_at": local(saved.draft.saved_at, request.actor.time_zone).isoformat(),
    }
    if saved.conflict:
        reply["other"] = {"url": url}
    return JsonResponse(reply, status=409 if saved.conflict else 200)


@require_POST
@requires(Permission.PLAN_WRITE)
def worksheet_put_away(
    request: StaffRequest, participant_id: UUID, worksheet_id: UUID
) -> HttpResponse:
    """What was written and not kept goes; with undo. What is kept stays as it is."""
    actions.put_worksheet_draft_away(worksheet_id, by=request.actor, at=timezone.now())
    undo = _sheet(participant_id, worksheet_id, "worksheet_take_up")
    messages.success(request, _("Put away."), extra_tags=undo)
    return redirect(_home(participant_id))


@require_POST
@requires(Permission.PLAN_WRITE)
def worksheet_take_up(
    request: StaffRequest, participant_id: UUID, worksheet_id: UUID
) -> HttpResponse:
    actions.take_worksheet_draft_up(worksheet_id, by=request.actor, at=timezone.now())
    return redirect(_sheet(participant_id, worksheet_id, "worksheet_write"))


def _reading(
    request: StaffRequest, participant_id: UUID, worksheet_id: UUID, *, person: Any = None
) -> dict[str, Any]:
    person = person or drafts.the_person(request, participant_id)
    row = queries.worksheet_of(
        request.actor, participant_id=participant_id, worksheet_id=worksheet_id
    )
    definition = tools.definition_of(request.actor, key=row.tool, version=row.tool_version)
    return {
        "nav": "people",
        "person": person,
        "row": row,
        "tool": definition,
        "parts": parts(definition, row.answers),
    }


@requires(*SIGHT)
@require_GET
def worksheet(request: StaffRequest, participant_id: UUID, worksheet_id: UUID) -> HttpResponse:
    page = _reading(request, participant_id, worksheet_id)
    left = queries.worksheet_drafts(request.actor).filter(worksheet_id=worksheet_id)
    next_places = [
        {"url": reverse(WHERE_NEXT[to][0], args=[participant_id]), "to": to}
        for to in page["tool"].then
        if to in WHERE_NEXT
    ]
    page |= {
        "left": left.first(),
        "next_places": next_places,
        "versions": list(queries.versions_of(request.actor, worksheet_id=worksheet_id)),
    }
    return render(request, "web/worksheets/worksheet.html", page)


@requires(*SIGHT)
@require_GET
def worksheet_earlier(
    request: StaffRequest, participant_id: UUID, worksheet_id: UUID, earlier_id: UUID
) -> HttpResponse:
    page = _reading(request, participant_id, worksheet_id)
    versions = queries.versions_of(request.actor, worksheet_id=worksheet_id)
    version = versions.get(pk=earlier_id)
    definition = tools.definition_of(
        request.actor, key=page["row"].tool, version=version.tool_version
    )
    page |= {"version": version, "tool": definition, "parts": parts(definition, version.answers)}
    return render(request, "web/worksheets/earlier.html", page)


@requires(*SIGHT)
@require_GET
@leaves(Leaving.OWN_COPY)
def worksheet_print(
    request: StaffRequest, participant_id: UUID, worksheet_id: UUID
) -> HttpResponse:
    person = on_paper(request, participant_id, Printed.WORKSHEET)
    page = _reading(request, participant_id, worksheet_id, person=person)
    page["printed_at"] = timezone.now()
    return render(request, "web/worksheets/print.html", page)


@requires(*SIGHT)
@require_GET
@leaves(Leaving.OWN_COPY)
def worksheet_copy(request: StaffRequest, participant_id: UUID, worksheet_id: UUID) -> HttpResponse:
    """To hand over: the participant's words and the questions. No name, no remark of ours."""
    person = on_paper(request, participant_id, Printed.WORKSHEET)
    page = _reading(request, participant_id, worksheet_id, person=person)
    page["parts"] = parts(page["tool"], page["row"].answers, theirs_only=True)
    return render(request, "web/worksheets/copy.html", page)


@requires(Permission.PLAN_WRITE)
def worksheet_take_back(
    request: StaffRequest, participant_id: UUID, worksheet_id: UUID
) -> HttpResponse:
    page = _reading(request, participant_id, worksheet_id)
    if request.method == "POST":
        try:
            actions.take_worksheet_back(
                worksheet_id,
                reason=request.POST.get("reason", ""),
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refused:
            page |= {"error": say(refused.refusal), "reason": request.POST.get("reason", "")}
            return render(request, "web/worksheets/take_back.html", page, status=422)
        undo = _sheet(participant_id, worksheet_id, "worksheet_put_back")
        messages.success(request, _("Taken back. It stays readable below."), extra_tags=undo)
        return redirect(_home(participant_id))
    return render(request, "web/worksheets/take_back.html", page)


@require_POST
@requires(Permission.PLAN_WRITE)
def worksheet_put_back(
    request: StaffRequest, participant_id: UUID, worksheet_id: UUID
) -> HttpResponse:
    queries.worksheet_of(request.actor, participant_id=participant_id, worksheet_id=worksheet_id)
    actions.put_worksheet_back(worksheet_id, by=request.actor, at=timezone.now())
    messages.success(request, _("It is back."))
    return redirect(_sheet(participant_id, worksheet_id))


@require_POST
@requires(*SIGHT, fresh=True)
@leaves(Leaving.OWN_COPY)
def worksheets_export(request: StaffRequest, participant_id: UUID) -> HttpResponseBase:
    """All that is kept with one person, as a sheet or as JSON."""
    found = actions.export_worksheets(participant_id, by=request.actor, at=timezone.now())
    form = "json" if request.POST.get("form") == "json" else "csv"
    return worksheetlists.export(request.actor, found, form=form)
