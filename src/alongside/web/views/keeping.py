"""The privacy officer's desk: what is asked, what is held, and how long what is kept."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.accounts.codes import Permission
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refused
from alongside.practice.retention import KEPT_WORDS, Asked, Kept, least_for
from alongside.retention import actions, queries
from alongside.retention.codes import DisposalStatus, RequestStatus
from alongside.web import drafts
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.retention import ASKED_WORDS, HoldForm, LongerForm, ReasonForm
from alongside.web.noteforms import uuid_or_none
from alongside.web.sheets import sheet
from alongside.web.templatetags.words import say
from alongside.web.views.rights import line
from alongside.web.views.shared import refuse

FEW = 5
SOON = timedelta(days=7)


@require_GET
@requires(Permission.PRIVACY_MANAGE, Permission.DISPOSAL_CONFIRM)
def records(request: StaffRequest) -> HttpResponse:
    """What waits: answers with their last day, and records whose time is over."""
    actor = request.actor
    on = local_date(timezone.now(), actor.time_zone)
    manages = actor.may(Permission.PRIVACY_MANAGE)
    proposed = queries.disposals_visible_to(actor).filter(status=DisposalStatus.PROPOSED)
    page: dict[str, Any] = {"nav": "more", "manages": manages, "proposed": list(proposed[:FEW])}
    if manages:
        waits = _waiting(request)[:FEW]
        page |= {
            "asked": [_due_line(row, on) for row in waits],
            "due": len(queries.due_records(actor, on=on)[0]),
            "held": queries.holds_visible_to(actor).filter(lifted_at=None).count(),
        }
    return render(request, "web/records/records.html", page)


def _waiting(request: StaffRequest) -> Any:
    rows = queries.requests_visible_to(request.actor).filter(status=RequestStatus.OPEN)
    return rows.order_by("due_on", "id")


def _due_line(row: Any, on: Any) -> dict[str, Any]:
    left = (row.due_on - on).days
    tone = "now" if left < 0 else "soon" if row.due_on <= on + SOON else "ok"
    return {**line(row), "left": left, "late": -left, "tone": tone}


@require_GET
@requires(Permission.PRIVACY_MANAGE)
def asked(request: StaffRequest) -> HttpResponse:
    """Open requests by the day on which an answer is due; or all of them, newest first."""
    on = local_date(timezone.now(), request.actor.time_zone)
    everything = request.GET.get("all") == "1"
    after = uuid_or_none(request.GET.get("after"))
    rows = queries.requests_visible_to(request.actor)
    if everything:
        found, key = queries.page_of(request.actor, rows, before=after)
    else:
        found, key = list(_waiting(request)[:200]), None
    page = {
        "nav": "more",
        "lines": [_due_line(row, on) for row in found],
        "everything": everything,
        "next": f"?all=1&after={key}" if key else "",
    }
    return render(request, "web/records/asked.html", page)


@require_POST
@requires(Permission.PRIVACY_MANAGE, fresh=True)
@leaves(Leaving.INSIDE)
def asked_sheet(request: StaffRequest) -> HttpResponseBase:
    """What people asked, and when it was answered, for whoever looks at how the agency does."""
    actions.export_requests(by=request.actor, at=timezone.now())
    rows = queries.requests_visible_to(request.actor).order_by("asked_on", "id")
    head = ("asked on", "person", "asked for", "answer by", "stands", "answer", "answered on")
    return sheet("requests", head, (_sheet_line(request, row) for row in rows))


def _sheet_line(request: StaffRequest, row: Any) -> tuple[object, ...]:
    answers = [step for step in row.steps.all() if step.outcome]
    last = answers[-1] if answers else None
    on = local_date(last.at, request.actor.time_zone).isoformat() if last else ""
    ended = queries.ending_of(row) if row.held is None else None
    until = local_date(ended.at, request.actor.time_zone).isoformat() if ended else ""
    said = last.outcome if last else ""
    return (
        row.asked_on.isoformat(),
        row.participant.name,
        ASKED_WORDS[Asked(row.asked)],
        row.due_on.isoformat(),
        row.status,
        f"held back until {until}" if until else said,
        on,
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.PRIVACY_MANAGE)
def kept(request: StaffRequest) -> HttpResponse:
    """The rules of the law with their sources, and what the agency keeps beyond them."""
    now = timezone.now()
    law = queries.law_of(request.actor, on=local_date(now, request.actor.time_zone))
    kinds = [one for one in Kept if one is not Kept.AUDIT]
    least: dict[Kept, int] = {one: least_for(law.rules, one) for one in kinds}
    initial = {one.value: years for one, years in law.longer.items()}
    form = LongerForm(request.POST or None, least=least, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            actions.keep_longer(form.years(), reason, by=request.actor, at=now)
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            messages.success(request, _("Saved. What was set before is kept below."))
            return redirect("web:records_kept")
    page = {
        "nav": "more",
        "form": form,
        "rules": [(rule, KEPT_WORDS[rule.covers]) for rule in law.rules],
        "before": list(queries.keeping_longer(request.actor)[:20]),
        "kinds": {one.value: KEPT_WORDS[one] for one in kinds},
    }
    return drafts.show(request, "web/records/kept.html", page)


@require_http_methods(["GET", "POST"])
@requires(Permission.PRIVACY_MANAGE)
def hold(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    """Put one record on hold, or see that it is."""
    if request.method == "POST":
        person = queries.people_kept(request.actor).get(pk=participant_id)
    else:
        person = actions.open_kept(participant_id, by=request.actor, at=timezone.now())
    found = queries.hold_of(request.actor, participant_id=participant_id)
    form = HoldForm(request.POST or None, initial={"hold_id": new_id()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.place_hold(
                participant_id,
                said["reason"],
                hold_id=said["hold_id"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            messages.success(request, _("On hold. Nothing of this record goes until it is lifted."))
            return redirect("web:hold", participant_id)
    page = {"person": person, "form": form, "found": found, "lift_form": ReasonForm()}
    earlier = queries.holds_visible_to(request.actor).filter(participant_id=participant_id)
    page["earlier"] = list(earlier.exclude(lifted_at=None)[:20])
    return drafts.show(request, "web/records/hold.html", page)


@require_POST
@requires(Permission.PRIVACY_MANAGE)
def hold_lift(request: StaffRequest, hold_id: UUID) -> HttpResponse:
    found = queries.holds_visible_to(request.actor).get(pk=hold_id)
    request.about = found.participant_id
    form = ReasonForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            actions.lift_hold(hold_id, reason, by=request.actor, at=timezone.now())
        except Refused as refused:
            messages.warning(request, say(refused.refusal))
        else:
            messages.success(request, _("The hold is lifted. It stays readable here."))
        return redirect("web:hold", found.participant_id)
    page = {"nav": "people", "person": found.participant, "found": found, "lift_form": form}
    return render(request, "web/records/hold.html", page, status=422)


@require_GET
@requires(Permission.PRIVACY_MANAGE)
def holds(request: StaffRequest) -> HttpResponse:
    after = uuid_or_none(request.GET.get("after"))
    rows = queries.holds_visible_to(request.actor)
    found, key = queries.page_of(request.actor, rows, before=after)
    page = {"nav": "more", "holds": found, "next": f"?after={key}" if key else ""}
    return render(request, "web/records/holds.html", page)
