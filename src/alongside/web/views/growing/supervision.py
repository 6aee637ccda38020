"""Time with the supervisor, and what to talk about next."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.accounts.codes import Permission
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.encounters.queries.face_time import face_time
from alongside.practice.growth.codes import SupervisionKind
from alongside.practice.growth.supervision import asked
from alongside.practice.rules import rules_on
from alongside.web import agendas, drafts
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.growth import LineForm, SupervisionForm
from alongside.web.views.growing.shared import SEES_GROWTH, THE_TWO, grower, home
from alongside.web.views.referrals import posted
from alongside.workforce import actions, queries

WRITES = Permission.SUPERVISION_WRITE


@require_GET
@requires(*SEES_GROWTH)
def supervision(request: StaffRequest, supporter_id: UUID) -> HttpResponse:
    who = grower(request, supporter_id)
    page = who.page(
        rows=queries.supervision_of(request.actor, supporter_id=supporter_id),
        before=queries.supervision_before(request.actor, supporter_id=supporter_id),
        due=due(request, supporter_id, who.on),
        asked=asked(rules_on(who.on)),
        **agenda(request, supporter_id),
    )
    return render(request, "web/growth/supervision.html", page)


def due(request: StaffRequest, supporter_id: UUID, on: Any) -> Any:
    """When the next hour is due, with the time face to face counted in."""
    face = face_time(request.actor, on=on, supporter_id=supporter_id)
    return queries.supervision_of_one(request.actor, supporter_id=supporter_id, on=on, face=face)


def agenda(request: StaffRequest, supporter_id: UUID) -> dict[str, Any]:
    lines = list(queries.agenda_of(request.actor, supporter_id=supporter_id)[:60])
    for line in lines:
        line.url = agendas.url_of(line.about)  # type: ignore[attr-defined]
    return {
        "agenda": [line for line in lines if line.done_at is None],
        "open_between": agendas.open_between(request.actor, supporter_id=supporter_id),
        "talked": [line for line in lines if line.done_at is not None][:20],
        "line_form": LineForm(initial={"made_id": new_id()}),
    }


@requires(WRITES)
def new(request: StaffRequest, supporter_id: UUID) -> HttpResponse:
    who = grower(request, supporter_id)
    form = SupervisionForm(
        posted(request),
        team=queries.team_beside(request.actor, supporter_id=supporter_id),
        agenda=queries.agenda_of(request.actor, supporter_id=supporter_id).filter(done_at=None),
        initial={
            "made_id": new_id(),
            "on": who.on,
            "kind": SupervisionKind.INDIVIDUAL.value,
        },
    )
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            new = form.supervision()
            kept = actions.keep_supervision(
                supporter_id,
                new,
                by=request.actor,
                at=timezone.now(),
                sitting_id=form.cleaned_data["made_id"],
                beside=form.chosen("beside") if new.kind is SupervisionKind.GROUP else (),
                done=form.chosen("done"),
            )
            undo = reverse("web:supervision_void", args=[supporter_id, kept.pk])
            messages.success(request, _("Signed and kept."), extra_tags=undo)
            return redirect("web:supervision", supporter_id=supporter_id)
    page = who.page(form=form)
    return drafts.show(request, "web/growth/supervision_form.html", page)


@requires(WRITES)
def correct(request: StaffRequest, supporter_id: UUID, entry_id: UUID) -> HttpResponse:
    who = grower(request, supporter_id)
    if not who.relation.supervises:
        raise Http404  # what they talked about is between the two
    row = queries.supervision_of(request.actor, supporter_id=supporter_id).get(pk=entry_id)
    known = {name: getattr(row, name) for name in ("on", "minutes", "kind", "topics")}
    form = SupervisionForm(posted(request), initial=known)
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            actions.correct_supervision(
                supporter_id, entry_id, form.supervision(), by=request.actor, at=timezone.now()
            )
            messages.success(request, _("Corrected. What stood there before stays readable."))
            return redirect("web:supervision", supporter_id=supporter_id)
    page = who.page(form=form, known=row)
    return drafts.show(request, "web/growth/supervision_form.html", page)


@require_POST
@requires(WRITES)
def void(request: StaffRequest, supporter_id: UUID, entry_id: UUID) -> HttpResponse:
    queries.supervision_of(request.actor, supporter_id=supporter_id).get(pk=entry_id)
    undo = reverse("web:supervision_restore", args=[supporter_id, entry_id])
    said = _("Taken out. It counts no more.")
    return _do(request, actions.void_supervision, supporter_id, entry_id, said, undo)


@require_POST
@requires(WRITES)
def restore(request: StaffRequest, supporter_id: UUID, entry_id: UUID) -> HttpResponse:
    queries.supervision_before(request.actor, supporter_id=supporter_id).get(pk=entry_id)
    said = _("It counts again.")
    return _do(request, actions.restore_supervision, supporter_id, entry_id, said)


@require_POST
@requires(*THE_TWO)
def agenda_add(request: StaffRequest, supporter_id: UUID) -> HttpResponse:
    grower(request, supporter_id)
    form = LineForm(request.POST)
    back = home("supervision", supporter_id)
    if not form.is_valid():
        return drafts.care(request, _("Write what to talk about, in a line."), to=back)
    try:
        line = actions.add_line(
            supporter_id,
            form.cleaned_data["words"],
            by=request.actor,
            at=timezone.now(),
            line_id=form.cleaned_data["made_id"],
        )
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=back)
    undo = reverse("web:agenda_tick", args=[supporter_id, line.pk])
    messages.success(request, _("On the list for next time."), extra_tags=undo)
    return redirect(back)


@require_POST
@requires(*THE_TWO)
def agenda_tick(request: StaffRequest, supporter_id: UUID, line_id: UUID) -> HttpResponse:
    queries.agenda_of(request.actor, supporter_id=supporter_id).get(pk=line_id)
    undo = reverse("web:agenda_untick", args=[supporter_id, line_id])
    return _do(request, actions.tick_line, supporter_id, line_id, _("Off the list."), undo)


@require_POST
@requires(*THE_TWO)
def agenda_untick(request: StaffRequest, supporter_id: UUID, line_id: UUID) -> HttpResponse:
    queries.agenda_of(request.actor, supporter_id=supporter_id).get(pk=line_id)
    said = _("Back on the list.")
    return _do(request, actions.untick_line, supporter_id, line_id, said)


def _do(
    request: StaffRequest, action: Any, supporter_id: UUID, row_id: UUID, said: str, undo: str = ""
) -> HttpResponse:
    back = home("supervision", supporter_id)
    try:
        action(supporter_id, row_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=back)
    messages.success(request, said, extra_tags=undo)
    return redirect(back)
