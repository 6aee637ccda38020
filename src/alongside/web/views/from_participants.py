"""What participants say from their own pages: answers to notes, and words about a planned time."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.accounts.codes import Permission
from alongside.core.refusal import Refused
from alongside.encounters import actions
from alongside.encounters.queries import answers as queries
from alongside.web.access import StaffRequest, requires
from alongside.web.noteforms import uuid_or_none
from alongside.web.templatetags.words import say

PAGE = 30
MAY = (Permission.NOTE_WRITE, Permission.TEAM_READ)


@require_GET
@requires(*MAY)
def own_answers(request: StaffRequest) -> HttpResponse:
    """Those not read yet, then those that were, newest first."""
    before = uuid_or_none(request.GET.get("before"))
    rows = list(queries.answers(request.actor, read=True, before=before)[: PAGE + 1])
    page = {
        "nav": "more",
        "waiting": queries.answers(request.actor)[:PAGE],
        "read": rows[:PAGE],
        "next": rows[PAGE - 1].pk.hex if len(rows) > PAGE else "",
    }
    return render(request, "web/kept/answers.html", page)


@require_POST
@requires(*MAY)
def answer_read(request: StaffRequest, words_id: UUID) -> HttpResponse:
    try:
        actions.see_answer(words_id, by=request.actor, at=timezone.now())
        undo = reverse("web:own_answer_unread", args=[words_id])
        messages.success(request, _("Read."), extra_tags=undo)
    except Refused as refused:
        messages.warning(request, say(refused.refusal))
    return redirect("web:own_answers")


@require_POST
@requires(*MAY)
def answer_unread(request: StaffRequest, words_id: UUID) -> HttpResponse:
    try:
        actions.unsee_answer(words_id, by=request.actor, at=timezone.now())
        messages.success(request, _("Back on the list."))
    except Refused as refused:
        messages.warning(request, say(refused.refusal))
    return redirect("web:own_answers")


@require_POST
@requires(Permission.APPOINTMENT_WRITE)
def wish_seen_to(request: StaffRequest, appointment_id: UUID) -> HttpResponse:
    """It stays as planned, the two talked about it."""
    try:
        actions.settle_wish(appointment_id, by=request.actor, at=timezone.now())
        messages.success(request, _("Noted. It stays as planned."))
    except Refused as refused:
        messages.warning(request, say(refused.refusal))
    return redirect("web:appointment", appointment_id)
