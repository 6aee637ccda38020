"""What mattered on the way, and being back with support after someone used again."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.accounts.codes import Permission
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.outcomes.actions import milestones as actions
from alongside.outcomes.queries import milestones as queries
from alongside.outcomes.rules.milestones import between_words
from alongside.plans.queries.worksheets import worksheets_of
from alongside.web import drafts, worksheetlists
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.milestones import MilestoneForm
from alongside.web.views.participants import SIGHT
from alongside.web.views.requirements import today

WRITE = Permission.PLAN_WRITE


def home(participant_id: UUID) -> str:
    return reverse("web:milestones", args=[participant_id])


def at_hand(request: StaffRequest, participant_id: UUID) -> dict[str, Any]:
    """What helps in a hard hour: their own crisis plan and toolbox. One query."""
    rows = worksheets_of(request.actor, participant_id=participant_id)
    found = {row.tool: row for row in reversed(rows) if row.tool in worksheetlists.AT_HAND}
    return {
        "crisis_plan": found.get(worksheetlists.CRISIS),
        "toolbox": found.get(worksheetlists.TOOLBOX),
    }


@require_GET
@requires(*SIGHT)
def milestones(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    person = drafts.the_person(request, participant_id)
    actor = request.actor
    hidden = queries.milestones_visible_to(actor, taken_back=True).exclude(voided_at=None)
    gone = queries.returns_visible_to(actor, taken_back=True).exclude(voided_at=None)
    page = {
        "nav": "people",
        "person": person,
        "milestones": list(queries.of(actor, participant_id=participant_id)),
        "returns": [
            (row, between_words(queries.as_return(row)))
            for row in queries.returns_of(actor, participant_id=participant_id)
        ],
        "hidden": list(hidden.filter(participant_id=participant_id).order_by("-on", "-id")),
        "gone": list(gone.filter(participant_id=participant_id).order_by("-known_on", "-id")),
        "may_write": actor.may(WRITE),
    }
    return render(request, "web/milestones/list.html", page)


@requires(WRITE)
def milestone_new(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    person = drafts.the_person(request, participant_id)
    form = drafts.paper(
        request,
        MilestoneForm,
        key="milestone",
        participant_id=participant_id,
        initial={"milestone_id": new_id(), "on": today(request)},
    )
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            row = actions.add_milestone(
                participant_id,
                form.milestone(),
                milestone_id=form.cleaned_data["milestone_id"],
                by=request.actor,
                at=timezone.now(),
            )
            return drafts.done(
                request,
                participant_id,
                key="milestone",
                said=_("Kept, in their words."),
                to=home(participant_id),
                undo=reverse("web:milestone_take_back", args=[participant_id, row.pk]),
            )
    page = {"person": person, "form": form, "key": "milestone"}
    return drafts.show(request, "web/milestones/form.html", page)


def _milestone(request: StaffRequest, participant_id: UUID, milestone_id: UUID) -> Any:
    seen = queries.milestones_visible_to(request.actor)
    return seen.get(pk=milestone_id, participant_id=participant_id)


@requires(WRITE)
def milestone_correct(
    request: StaffRequest, participant_id: UUID, milestone_id: UUID
) -> HttpResponse:
    person = drafts.the_person(request, participant_id)
    row = _milestone(request, participant_id, milestone_id)
    key = f"milestone-{milestone_id}"
    fields = ("words", "on", "about", "kind", "revision")
    form = drafts.paper(
        request,
        MilestoneForm,
        key=key,
        participant_id=participant_id,
        initial={name: getattr(row, name) for name in fields},
    )
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            actions.correct_milestone(
                milestone_id,
                form.milestone(),
                revision=form.cleaned_data["revision"] or 0,
                by=request.actor,
                at=timezone.now(),
            )
            return drafts.done(
                request,
                participant_id,
                key=key,
                said=_("Changed. What it said before is kept."),
                to=home(participant_id),
            )
    if form.is_bound:
        row.refresh_from_db()
    stale = drafts.stale(form, row.revision)
    page = {"person": person, "form": form, "key": key, "row": row, "stale": stale}
    return drafts.show(request, "web/milestones/form.html", page)


@require_POST
@requires(WRITE)
def milestone_take_back(
    request: StaffRequest, participant_id: UUID, milestone_id: UUID
) -> HttpResponse:
    row = _milestone(request, participant_id, milestone_id)
    try:
        actions.take_back_milestone(
            milestone_id, revision=row.revision, by=request.actor, at=timezone.now()
        )
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=home(participant_id))
    undo = reverse("web:milestone_put_back", args=[participant_id, milestone_id])
    return drafts.done(
        request, participant_id, said=_("Taken back."), to=home(participant_id), undo=undo
    )


@require_POST
@requires(WRITE)
def milestone_put_back(
    request: StaffRequest, participant_id: UUID, milestone_id: UUID
) -> HttpResponse:
    seen = queries.milestones_visible_to(request.actor, taken_back=True)
    seen.get(pk=milestone_id, participant_id=participant_id)
    try:
        actions.put_back_milestone(milestone_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=home(participant_id))
    return drafts.done(request, participant_id, said=_("It is back."), to=home(participant_id))
