"""Records opened in an emergency, as others see it: told at once, looked at, decided in words."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.accounts.codes import Permission
from alongside.core.clock import moment
from alongside.core.refusal import Refused
from alongside.people.actions import emergencies as actions
from alongside.people.codes import REVIEW_WORDS, OpeningReview
from alongside.people.queries import emergencies as queries
from alongside.people.rules.emergencies import runs
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.emergencies import ReviewForm, WordsForm
from alongside.web.noteforms import uuid_or_none
from alongside.web.views.shared import refuse

PAGE = 30
CONCERNED = (Permission.GLASS_BREAK, Permission.PRIVACY_MANAGE, Permission.SIGHT_AGENCY)


@require_GET
@requires(Permission.PRIVACY_MANAGE)
def openings(request: StaffRequest) -> HttpResponse:
    """What waits for a look, oldest first; then what was decided, newest first."""
    before = _before(request)
    rows = list(queries.openings_decided(request.actor, before=before)[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    page = {
        "nav": "more",
        "waiting": [_line(row) for row in queries.openings_to_review(request.actor)[:PAGE]],
        "decided": [_line(row) for row in rows[:PAGE]],
        "next": f"{last.opened_at.isoformat()}~{last.pk.hex}" if last else "",
    }
    return render(request, "web/emergency/openings.html", page)


def _line(row: Any) -> tuple[Any, str]:
    return row, REVIEW_WORDS[OpeningReview(row.review)]


def _before(request: StaffRequest) -> tuple[datetime, UUID] | None:
    """The key in an address, or nothing for one that is not ours."""
    day, _mark, key = request.GET.get("before", "").partition("~")
    at, row = moment(day), uuid_or_none(key)
    return (at, row) if at is not None and row is not None else None


@require_GET
@requires(*CONCERNED)
def opening(request: StaffRequest, opening_id: UUID) -> HttpResponse:
    return _show(request, queries.the_opening(request.actor, opening_id=opening_id))


def _show(request: StaffRequest, found: Any, form: Any = None) -> HttpResponse:
    actor, facts = request.actor, found.facts()
    mine = found.opened_by_id == actor.id
    decides = actor.may(Permission.PRIVACY_MANAGE) and not mine
    asked = facts.review is OpeningReview.ASKED
    unread = [row for row in found.notices.all() if row.user_id == actor.id and not row.seen_at]
    page: dict[str, Any] = {
        "nav": "more",
        "opening": found,
        "person": found.participant,
        "state": REVIEW_WORDS[facts.review],
        "runs": runs(facts, timezone.now()),
        "mine": mine,
        "decides": decides,
        "unread": bool(unread) and not decides,
        "words": [(word, REVIEW_WORDS[OpeningReview(word.to)]) for word in found.words.all()],
    }
    if decides:
        page["form"] = form or ReviewForm()
    elif mine and asked:
        page["form"] = form or WordsForm()
    return render(request, "web/emergency/opening.html", page, status=422 if form else 200)


@require_POST
@requires(Permission.PRIVACY_MANAGE)
def review(request: StaffRequest, opening_id: UUID) -> HttpResponse:
    found = queries.the_opening(request.actor, opening_id=opening_id)
    form = ReviewForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.review_opening(
                said["word_id"],
                opening_id,
                to=OpeningReview(said["to"]),
                words=said["words"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            messages.success(request, _("Kept. Whoever opened it can read it now."))
            return redirect("web:openings")
    return _show(request, found, form)


@require_POST
@requires(Permission.GLASS_BREAK)
def answer(request: StaffRequest, opening_id: UUID) -> HttpResponse:
    found = queries.the_opening(request.actor, opening_id=opening_id)
    form = WordsForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.answer_about_opening(
                said["word_id"],
                opening_id,
                words=said["words"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            messages.success(request, _("Thank you. The privacy officer reads it."))
            return redirect("web:opening", opening_id)
    return _show(request, found, form)


@require_POST
@requires(*CONCERNED)
def read(request: StaffRequest, opening_id: UUID) -> HttpResponse:
    """It is known, and leaves the reader's day."""
    actions.read_notice(opening_id, by=request.actor, at=timezone.now())
    return redirect("web:today")
