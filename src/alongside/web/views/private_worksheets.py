"""A colleague's own preparation. Every page here begins with what is theirs alone."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
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
from alongside.plans.actions import private as actions
from alongside.plans.queries import private as queries
from alongside.plans.queries import tools
from alongside.practice.worksheets import Answers, Definition, flat, paper, parts
from alongside.web import worksheetlists
from alongside.web.access import StaffRequest, requires
from alongside.web.templatetags.words import say

FIRST_WORDS = 80


@require_GET
@requires()
def private_worksheets(request: StaffRequest) -> HttpResponse:
    rows = list(queries.private_worksheets(request.actor))
    names = tools.names(request.actor)
    found = [
        {"row": row, "tool": names[row.tool], "begins": _begins(answers)}
        for row, (answers, _other) in zip(rows, queries.opened(request.actor, rows), strict=True)
        if row.tool in names
    ]
    page = {
        "nav": "more",
        "sheets": found,
        "tools": [one for one in tools.definitions(request.actor) if one.private],
    }
    return render(request, "web/worksheets/mine.html", page)


def _begins(answers: Answers) -> str:
    """The first words, so that one finds it again."""
    first = next((text for answer in answers.values() for text in flat(answer)), "")
    return first[:FIRST_WORDS]


@require_GET
@requires()
def private_new(request: StaffRequest, tool: str) -> HttpResponse:
    definition = tools.definition_at(request.actor, address=tool)
    if not definition.private or tools.is_withdrawn(request.actor, key=definition.key):
        return redirect("web:tool", tool)
    return _form(request, definition, new_id(), {})


@requires()
def private_write(request: StaffRequest, private_id: UUID) -> HttpResponse:
    row = queries.private_worksheets(request.actor).filter(pk=private_id).first()
    if request.method == "POST":
        return _take_in(request, private_id, row)
    row = queries.private_worksheets(request.actor).get(pk=private_id)
    answers, other = queries.opened(request.actor, [row])[0]
    definition = tools.definition_of(request.actor, key=row.tool)
    return _form(request, definition, private_id, answers, row=row, other=other)


def _take_in(request: StaffRequest, private_id: UUID, row: Any) -> HttpResponse:
    definition, answers = _sent(request, row)
    try:
        saved = actions.save_private_worksheet(
            private_id,
            answers,
            tool=definition.key,
            seen=row.saved_at if row else None,
            by=request.actor,
            at=timezone.now(),
        )
    except Refused as refused:
        return _form(request, definition, private_id, answers, row=row, refused=refused)
    if any(name in request.POST for name in paper.STAY):
        url = reverse("web:private_worksheet", args=[saved.row.pk])
        return redirect(url + worksheetlists.same_place(request.POST.get("more", "")))
    messages.success(request, _("Kept for you alone."))
    return redirect("web:private_worksheets")


def _sent(request: StaffRequest, row: Any) -> tuple[Definition, Answers]:
    key = row.tool if row else request.POST.get("tool", "")
    definition = tools.definition_of(request.actor, key=key)
    return definition, paper.typed(definition, dict(request.POST.lists()))


def _form(
    request: StaffRequest,
    definition: Definition,
    private_id: UUID,
    answers: Answers,
    *,
    row: Any = None,
    other: Answers | None = None,
    refused: Refused | None = None,
) -> HttpResponse:
    page = {
        "nav": "more",
        "tool": definition,
        "paper": paper.paper(definition, answers, more=request.GET.getlist("more")),
        "private_id": private_id,
        "row": row,
        "saved_at": local(row.saved_at, request.actor.time_zone) if row else None,
        "other": parts(definition, other or {}),
        "refused": say(refused.refusal) if refused else "",
        "save_url": _save_url(private_id, row),
    }
    status = 422 if refused else 200
    return render(request, "web/worksheets/private_form.html", page, status=status)


def _save_url(private_id: UUID, row: Any) -> str:
    url = reverse("web:private_worksheet_save", args=[private_id])
    return f"{url}?{urlencode({'seen': row.saved_at.isoformat()})}" if row else url


@require_POST
@requires()
def private_save(request: StaffRequest, private_id: UUID) -> HttpResponse:
    """Autosave, sealed like all of it. 409 where another window had saved other words."""
    if request.POST.get("draft_actor", str(request.actor.id)) != str(request.actor.id):
        return JsonResponse({}, status=403)
    row = queries.private_worksheets(request.actor).filter(pk=private_id).first()
    definition, answers = _sent(request, row)
    try:
        saved = actions.save_private_worksheet(
            private_id,
            answers,
            tool=definition.key,
            seen=paper.seen(request.GET.get("seen", "")),
            by=request.actor,
            at=timezone.now(),
        )
    except Refused as refused:
        return JsonResponse({"error": refused.refusal.code}, status=422)
    url = reverse("web:private_worksheet", args=[saved.row.pk])
    reply: dict[str, Any] = {
        "url": url,
        "save_url": _save_url(saved.row.pk, saved.row),
        "saved_at": local(saved.row.saved_at, request.actor.time_zone).isoformat(),
    }
    if saved.conflict:
        reply["other"] = {"url": url}
    return JsonResponse(reply, status=409 if saved.conflict else 200)


@require_GET
@requires()
@leaves(Leaving.INSIDE)
def private_print(request: StaffRequest, private_id: UUID) -> HttpResponse:
    row = queries.private_worksheets(request.actor).get(pk=private_id)
    answers, _other = queries.opened(request.actor, [row])[0]
    definition = tools.definition_of(request.actor, key=row.tool, version=row.tool_version)
    page = {"nav": "more", "tool": definition, "row": row, "parts": parts(definition, answers)}
    return render(request, "web/worksheets/private_print.html", page)


@require_POST
@requires()
def private_remove(request: StaffRequest, private_id: UUID) -> HttpResponse:
    actions.remove_private_worksheet(private_id, by=request.actor, at=timezone.now())
    messages.success(request, _("Removed. Nobody has it any more."))
    return redirect("web:private_worksheets")


@require_POST
@requires()
def private_remove_all(request: StaffRequest) -> HttpResponse:
    actions.remove_all_private_worksheets(by=request.actor, at=timezone.now())
    messages.success(request, _("All of them are removed. Nobody has them any more."))
    return redirect("web:private_worksheets")


@require_POST
@requires(Permission.USER_MANAGE, fresh=True)
def private_destroy(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """For someone who left for good. Says the same whether there was anything or not."""
    try:
        actions.destroy_private_worksheets(user_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        messages.warning(request, say(refused.refusal))
    else:
        messages.success(request, _("Destroyed. Nobody can read what they kept for themselves."))
    return redirect("web:colleague", user_id)
