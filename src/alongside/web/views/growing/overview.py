"""One supporter's growth on a page, everyone's in a table, and what leaves as paper or sheet."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.accounts.codes import Permission
from alongside.core.clock import local_date
from alongside.core.leaving import Leaving, leaves
from alongside.core.words import gettext_noop
from alongside.encounters.queries.face_time import face_time
from alongside.practice import catalog
from alongside.practice.growth.hours import in_words, orientation_asked
from alongside.practice.growth.path import PathStep, Step, StepState, is_near
from alongside.practice.growth.supervision import asked
from alongside.practice.rules import rules_on
from alongside.web import drafts
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.growth import BeginningForm, known_beginning
from alongside.web.sheets import sheet
from alongside.web.views.growing.competencies import lists
from alongside.web.views.growing.shared import SEES_GROWTH, Grower, grower
from alongside.web.views.growing.supervision import agenda, due
from alongside.web.views.referrals import posted, today
from alongside.workforce import actions, queries

STEP_NAMES = {
    PathStep.TRAINING: gettext_noop("Training"),
    PathStep.EXAM: gettext_noop("State exam"),
    PathStep.CERTIFIED: gettext_noop("Certificate"),
    PathStep.EDUCATION: gettext_noop("Continuing education"),
    PathStep.RENEWAL: gettext_noop("Renewal"),
}


@require_GET
@requires(Permission.PROFILE_WRITE)
def mine(request: StaffRequest) -> HttpResponse:
    return _page(request, queries.own_growth(request.actor).pk)


@require_GET
@requires(Permission.SUPERVISION_WRITE, Permission.SUPPORTER_WRITE)
def team(request: StaffRequest) -> HttpResponse:
    """The viewer's team, or everyone for who manages: what is due, in one table."""
    on = today(request)
    lines = queries.supervision_due(request.actor, on=on, face=face_time(request.actor, on=on))
    running_out = {one.supporter_id: one for one in running(request)}
    rows = [{"line": line, "running_out": running_out.get(line.supporter_id)} for line in lines]
    page = {"nav": "more", "rows": rows, "on": on}
    return render(request, "web/growth/team.html", page)


def running(request: StaffRequest) -> Sequence[Any]:
    return queries.credentials_running_out(request.actor, on=today(request))


@require_GET
@requires(*SEES_GROWTH)
def growth(request: StaffRequest, supporter_id: UUID) -> HttpResponse:
    return _page(request, supporter_id)


def _page(request: StaffRequest, supporter_id: UUID) -> HttpResponse:
    who = grower(request, supporter_id)
    page = who.page(**_overview(request, who))
    return render(request, "web/growth/growth.html", page)


def _overview(request: StaffRequest, who: Grower) -> dict[str, Any]:
    rows = list(queries.learning_of(request.actor, supporter_id=who.row.pk))
    found = queries.ways(request.actor, supporter_id=who.row.pk, on=who.on)
    return {
        "ways": [
            {"credential": way.credential, "steps": _named(way.steps, who.on)} for way in found
        ],
        "counted": queries.counted(who.row, rows, who.on),
        "due": due(request, who.row.pk, who.on),
        "asked": asked(rules_on(who.on)),
        "standing": queries.standing(request.actor, supporter_id=who.row.pk, on=who.on).say,
        **lists(request, who.row.pk),
        **agenda(request, who.row.pk),
    }


def _named(steps: Sequence[Step], on: date) -> list[dict[str, Any]]:
    """Each step with its name, and how it looks: what is far off presses nobody."""
    rules = rules_on(on)
    looks = {StepState.DONE: "ok", StepState.OVER: "now"}
    found = []
    for step in steps:
        near = step.state is StepState.NEXT and is_near(step, on, rules)
        look = "soon" if near else looks.get(step.state, "later")
        found.append({"name": STEP_NAMES[step.step], "step": step, "look": look})
    return found


@require_GET
@requires(*SEES_GROWTH)
@leaves(Leaving.INSIDE)
def print_page(request: StaffRequest, supporter_id: UUID) -> HttpResponse:
    """Everything on paper: the way, the trainings, the two views, the supervision."""
    who = grower(request, supporter_id)
    page = who.page(
        rows=queries.learning_of(request.actor, supporter_id=supporter_id),
        sittings=queries.supervision_of(request.actor, supporter_id=supporter_id),
        printed_at=timezone.now(),
        **_overview(request, who),
    )
    return render(request, "web/growth/print.html", page)


@requires(Permission.SUPPORTER_WRITE)
def beginning(request: StaffRequest, supporter_id: UUID) -> HttpResponse:
    who = grower(request, supporter_id)
    words = orientation_asked(rules_on(who.on))
    form = BeginningForm(posted(request), initial=known_beginning(who.row))
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            actions.set_beginning(
                supporter_id, form.beginning(), by=request.actor, at=timezone.now()
            )
            messages.success(request, _("Saved. The orientation hours follow from it."))
            return redirect("web:growth", supporter_id=supporter_id)
    return drafts.show(request, "web/growth/beginning.html", who.page(form=form, asked=words))


@require_POST
@requires(*SEES_GROWTH, fresh=True)
@leaves(Leaving.INSIDE)
def export(request: StaffRequest, supporter_id: UUID) -> HttpResponseBase:
    """One part as a sheet. That it was taken out is an event itself."""
    who = grower(request, supporter_id)
    part = request.POST.get("part", "competencies")
    if part not in SHEETS:
        raise Http404
    actions.take_out(supporter_id, part=part, by=request.actor, at=timezone.now())
    head, rows = SHEETS[part]
    return sheet(part, head, rows(request, who))


def _competency_rows(request: StaffRequest, who: Grower) -> Iterator[Sequence[object]]:
    for one in queries.competencies(request.actor, supporter_id=who.row.pk):
        cells: list[object] = [one.number, _(catalog.name(one.kind, one.code))]
        for view in (one.own, one.supervisors):
            word = _(catalog.name("competency_word", view.word)) if view else ""
            cells += [
                word,
                view.words if view else "",
                local_date(view.said_at, request.actor.time_zone) if view else "",
            ]
        signed = one.sign_off
        cells += [signed.on if signed else "", signed.signed_by.name if signed else ""]
        yield cells


def _learning_rows(request: StaffRequest, who: Grower) -> Iterator[Sequence[object]]:
    for row in queries.learning_of(request.actor, supporter_id=who.row.pk):
        marks = [row.for_certificate, row.for_in_service, row.for_orientation]
        counts = ["yes" if mark else "" for mark in marks]
        yield [row.on, row.topic, in_words(row.minutes), row.given_by, *counts]


def _supervision_rows(request: StaffRequest, who: Grower) -> Iterator[Sequence[object]]:
    for row in queries.supervision_of(request.actor, supporter_id=who.row.pk):
        words = row.topics if who.relation.reads_words else ""
        kind = _(catalog.name("supervision_kind", row.kind))
        yield [row.on, row.minutes, kind, words, row.signed_by.name, row.signed_at.isoformat()]


SHEETS: dict[str, tuple[Sequence[str], Any]] = {
    "competencies": (
        [
            *("number", "competency", "own view", "what shows it", "said on"),
            *("supervisor's view", "what shows it", "said on", "signed off on", "signed off by"),
        ],
        _competency_rows,
    ),
    "learning": (
        ["day", "topic", "hours", "given by", "for certificate", "in-service", "orientation"],
        _learning_rows,
    ),
    "supervision": (
        ["day", "minutes", "kind", "topics", "signed by", "signed at"],
        _supervision_rows,
    ),
}
