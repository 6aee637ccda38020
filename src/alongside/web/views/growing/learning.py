"""Trainings attended, and the papers that show it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.core.ids import new_id
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refused
from alongside.web import drafts
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.growth import LearningForm, known_learning
from alongside.web.views.growing.shared import (
    SEES_GROWTH,
    checked_file,
    grower,
    hand_out,
    home,
)
from alongside.web.views.referrals import posted
from alongside.workforce import actions, queries


@require_GET
@requires(*SEES_GROWTH)
def learning(request: StaffRequest, supporter_id: UUID) -> HttpResponse:
    who = grower(request, supporter_id)
    rows = list(queries.learning_of(request.actor, supporter_id=supporter_id))
    page = who.page(
        rows=rows,
        counted=queries.counted(who.row, rows, who.on),
        ways=queries.ways(request.actor, supporter_id=supporter_id, on=who.on),
        before=queries.learning_before(request.actor, supporter_id=supporter_id),
    )
    return render(request, "web/growth/learning.html", page)


@requires(*SEES_GROWTH)
def new(request: StaffRequest, supporter_id: UUID) -> HttpResponse:
    who = grower(request, supporter_id)
    start = {"made_id": new_id(), "on": who.on, "counts_for": ["for_certificate"]}
    form = LearningForm(posted(request), request.FILES or None, initial=start)
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            file = checked_file(request)
            kept = actions.add_learning(
                supporter_id,
                form.learning(),
                by=request.actor,
                at=timezone.now(),
                learning_id=form.cleaned_data["made_id"],
                file=file,
            )
            undo = reverse("web:learning_void", args=[supporter_id, kept.pk])
            messages.success(request, _("The training is kept."), extra_tags=undo)
            return redirect("web:learning", supporter_id=supporter_id)
    page = who.page(form=form, again=bool(request.FILES))
    return drafts.show(request, "web/growth/learning_form.html", page)


@requires(*SEES_GROWTH)
def correct(request: StaffRequest, supporter_id: UUID, learning_id: UUID) -> HttpResponse:
    who = grower(request, supporter_id)
    row = queries.learning_of(request.actor, supporter_id=supporter_id).get(pk=learning_id)
    form = LearningForm(posted(request), request.FILES or None, initial=known_learning(row))
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            file = checked_file(request)
            actions.correct_learning(
                supporter_id,
                learning_id,
                form.learning(),
                by=request.actor,
                at=timezone.now(),
                file=file,
            )
            messages.success(request, _("Corrected. What stood there before stays readable."))
            return redirect("web:learning", supporter_id=supporter_id)
    page = who.page(form=form, known=row, again=bool(request.FILES))
    return drafts.show(request, "web/growth/learning_form.html", page)


@require_POST
@requires(*SEES_GROWTH)
def void(request: StaffRequest, supporter_id: UUID, learning_id: UUID) -> HttpResponse:
    queries.learning_of(request.actor, supporter_id=supporter_id).get(pk=learning_id)
    said = _("Taken out. It counts for nothing any more.")
    return _do(request, actions.void_learning, supporter_id, learning_id, said, "learning_restore")


@require_POST
@requires(*SEES_GROWTH)
def restore(request: StaffRequest, supporter_id: UUID, learning_id: UUID) -> HttpResponse:
    queries.learning_before(request.actor, supporter_id=supporter_id).get(pk=learning_id)
    return _do(request, actions.restore_learning, supporter_id, learning_id, _("It counts again."))


@require_GET
@requires(*SEES_GROWTH)
@leaves(Leaving.INSIDE)
def file(request: StaffRequest, supporter_id: UUID, learning_id: UUID) -> HttpResponse:
    row = queries.learning_of(request.actor, supporter_id=supporter_id).get(pk=learning_id)
    if row.file is None or row.file.removed_at is not None:
        raise Http404
    return hand_out(request, row.file, back=home("learning", supporter_id))


@require_POST
@requires(*SEES_GROWTH)
def file_remove(request: StaffRequest, supporter_id: UUID, learning_id: UUID) -> HttpResponse:
    _with_file(request, supporter_id, learning_id, removed=False)
    said = _("The file is gone from here. For 30 days it can be put back.")
    undo = "learning_file_restore"
    return _do(request, actions.remove_learning_file, supporter_id, learning_id, said, undo)


@require_POST
@requires(*SEES_GROWTH)
def file_restore(request: StaffRequest, supporter_id: UUID, learning_id: UUID) -> HttpResponse:
    _with_file(request, supporter_id, learning_id, removed=True)
    said = _("The file is back.")
    return _do(request, actions.put_back_learning_file, supporter_id, learning_id, said)


def _with_file(
    request: StaffRequest, supporter_id: UUID, learning_id: UUID, *, removed: bool
) -> None:
    rows = queries.learning_of(request.actor, supporter_id=supporter_id).exclude(file=None)
    rows.get(pk=learning_id, file__removed_at__isnull=not removed)


def _do(
    request: StaffRequest,
    action: Any,
    supporter_id: UUID,
    learning_id: UUID,
    said: str,
    undo: str = "",
) -> HttpResponse:
    back = home("learning", supporter_id)
    try:
        action(supporter_id, learning_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=back)
    way_back = reverse(f"web:{undo}", args=[supporter_id, learning_id]) if undo else ""
    messages.success(request, said, extra_tags=way_back)
    return redirect(back)
