"""What others ask of a participant: one list for both, the next thing first (PSP-7)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.accounts.codes import Permission
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refused
from alongside.people.codes import Printed
from alongside.people.queries import care_team
from alongside.plans.actions import requirements as actions
from alongside.plans.codes import RequirementState
from alongside.plans.queries import requirements as queries
from alongside.plans.rules import required_paper
from alongside.practice.codes import CareTeamRole
from alongside.web import drafts
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.requirements import MoveForm, QuestionForm, RequirementForm, known
from alongside.web.own_copies import on_paper, with_foot
from alongside.web.sheets import sheet
from alongside.web.templatetags.words import say
from alongside.web.views.disclosures import paper
from alongside.web.views.participants import SIGHT

WRITE = Permission.PLAN_WRITE


def today(request: StaffRequest) -> date:
    return local_date(timezone.now(), request.actor.time_zone)


def home(participant_id: UUID, requirement_id: UUID | None = None) -> str:
    if requirement_id is None:
        return reverse("web:required", args=[participant_id])
    return reverse("web:requirement", args=[participant_id, requirement_id])


def the_one(request: StaffRequest, participant_id: UUID, requirement_id: UUID) -> Any:
    return queries.one(
        request.actor,
        participant_id=participant_id,
        requirement_id=requirement_id,
        today=today(request),
    )


def _list(request: StaffRequest, participant_id: UUID, *, person: Any = None) -> dict[str, Any]:
    person = person or drafts.the_person(request, participant_id)
    lines = queries.listed(request.actor, participant_id=participant_id, today=today(request))
    return {
        "nav": "people",
        "person": person,
        "lines": [line for line in lines if line.is_open],
        "over": [line for line in lines if not line.is_open],
        "may_write": request.actor.may(WRITE),
    }


@require_GET
@requires(*SIGHT)
def required(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    page = _list(request, participant_id)
    page["taken_back"] = list(queries.taken_back(request.actor, participant_id=participant_id))
    return render(request, "web/required/list.html", page)


@require_GET
@requires(*SIGHT)
@leaves(Leaving.OWN_COPY)
def required_print(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    person = on_paper(request, participant_id, Printed.REQUIRED)
    page = {**_list(request, participant_id, person=person), "printed_at": timezone.now()}
    return render(request, "web/required/print.html", page)


@require_POST
@requires(*SIGHT)
@leaves(Leaving.OWN_COPY)
def required_paper_pdf(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    """To hand to the participant; it is their own list."""
    person = on_paper(request, participant_id, Printed.REQUIRED)
    page = _list(request, participant_id, person=person)
    data: dict[str, object] = {
        "title": _("What is asked of me"),
        "agency": request.actor.agency_name,
        "subject": page["person"].name,
        "lines": [_(required_paper.HELPS)],
        "sections": required_paper.sections(queries.as_paper(page["lines"] + page["over"]), say),
        "foot": with_foot(_("Private: this belongs to the person named on it.")),
        "page": _("Page {n} of {m}"),
    }
    return paper("record", data, name="list")


@require_POST
@requires(*SIGHT, fresh=True)
@leaves(Leaving.OWN_COPY)
def required_sheet(request: StaffRequest, participant_id: UUID) -> HttpResponseBase:
    person = on_paper(request, participant_id, Printed.REQUIRED_SHEET)
    page = _list(request, participant_id, person=person)
    rows = required_paper.rows(queries.as_paper(page["lines"] + page["over"]), say)
    return sheet("list", [_(word) for word in required_paper.HEAD], rows)


@requires(WRITE)
def required_new(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    person = drafts.the_person(request, participant_id)
    form = drafts.paper(
        request,
        RequirementForm,
        key="required",
        participant_id=participant_id,
        initial={"requirement_id": new_id(), "rhythm": "once"},
        around=_around(request, participant_id),
    )
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            row = actions.add_requirement(
                participant_id,
                form.requirement(),
                requirement_id=form.cleaned_data["requirement_id"],
                by=request.actor,
                at=timezone.now(),
            )
            return drafts.done(
                request,
                participant_id,
                key="required",
                said=_("Kept. You both see it now."),
                to=home(participant_id),
                undo=reverse("web:requirement_take_back", args=[participant_id, row.pk]),
            )
    page = {"person": person, "form": form, "key": "required"}
    return drafts.show(request, "web/required/form.html", page)


def _around(request: StaffRequest, participant_id: UUID) -> list[tuple[str, str]]:
    """Whom to ask: everyone around the person now but their supporter, who asks along."""
    team = care_team(request.actor, participant_id=participant_id).filter(until=None)
    others = team.exclude(role=CareTeamRole.SUPPORTER)
    return [(str(one.pk), one.name) for one in others]


@requires(WRITE)
def requirement_correct(
    request: StaffRequest, participant_id: UUID, requirement_id: UUID
) -> HttpResponse:
    person = drafts.the_person(request, participant_id)
    row = the_one(request, participant_id, requirement_id).row
    key = f"required-{requirement_id}"
    form = drafts.paper(
        request,
        RequirementForm,
        key=key,
        participant_id=participant_id,
        initial=known(row),
        around=_around(request, participant_id),
    )
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            actions.correct_requirement(
                requirement_id,
                form.requirement(),
                why=form.cleaned_data["why"],
                revision=form.cleaned_data["revision"] or 0,
                by=request.actor,
                at=timezone.now(),
            )
            return drafts.done(
                request,
                participant_id,
                key=key,
                said=_("Changed. What it said before is kept."),
                to=home(participant_id, requirement_id),
            )
    if form.is_bound:
        row.refresh_from_db()
    stale = drafts.stale(form, row.revision)
    page = {"person": person, "form": form, "key": key, "row": row, "stale": stale}
    return drafts.show(request, "web/required/form.html", page)


@require_GET
@requires(*SIGHT)
def requirement(request: StaffRequest, participant_id: UUID, requirement_id: UUID) -> HttpResponse:
    return show_one(request, participant_id, requirement_id)


def show_one(
    request: StaffRequest, participant_id: UUID, requirement_id: UUID, **more: Any
) -> HttpResponse:
    """One thing with all that belongs to it, and what one can do about it."""
    person = drafts.the_person(request, participant_id)
    line = the_one(request, participant_id, requirement_id)
    page = {
        "nav": "people",
        "person": person,
        "line": line,
        "row": line.row,
        "changes": list(queries.history(request.actor, requirement_id=requirement_id)),
        "may_write": request.actor.may(WRITE) and line.row.voided_at is None,
        "move": MoveForm(now=line.facts.state, initial={"revision": line.row.revision}),
        "ask": QuestionForm(initial={"question_id": new_id()}),
        **more,
    }
    return render(request, "web/required/one.html", page, status=422 if more else 200)


@require_POST
@requires(WRITE)
def requirement_state(
    request: StaffRequest, participant_id: UUID, requirement_id: UUID
) -> HttpResponse:
    line = the_one(request, participant_id, requirement_id)
    form = MoveForm(request.POST, now=line.facts.state)
    if form.is_valid():
        with drafts.refusals_in(form):
            actions.move_requirement(
                requirement_id,
                RequirementState(form.cleaned_data["to"]),
                words=form.cleaned_data["words"],
                revision=form.cleaned_data["revision"],
                by=request.actor,
                at=timezone.now(),
            )
            messages.success(request, _("Kept."))
            return redirect(home(participant_id, requirement_id))
    return show_one(request, participant_id, requirement_id, move=form)


@require_POST
@requires(WRITE)
def requirement_take_back(
    request: StaffRequest, participant_id: UUID, requirement_id: UUID
) -> HttpResponse:
    line = the_one(request, participant_id, requirement_id)
    try:
        actions.take_back_requirement(
            requirement_id,
            why=request.POST.get("why", "")[:300],
            revision=line.row.revision,
            by=request.actor,
            at=timezone.now(),
        )
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=home(participant_id))
    undo = reverse("web:requirement_put_back", args=[participant_id, requirement_id])
    messages.success(request, _("Taken back."), extra_tags=undo)
    return redirect(home(participant_id))


@require_POST
@requires(WRITE)
def requirement_put_back(
    request: StaffRequest, participant_id: UUID, requirement_id: UUID
) -> HttpResponse:
    the_one(request, participant_id, requirement_id)
    try:
        actions.put_back_requirement(requirement_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=home(participant_id))
    messages.success(request, _("It is back on the list."))
    return redirect(home(participant_id, requirement_id))
