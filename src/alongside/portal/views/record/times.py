"""The times planned together: what comes, what was, and a word when one does not suit."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.accounts.codes import Permission
from alongside.core.clock import local_date, moment
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refused
from alongside.encounters.actions import own as actions
from alongside.encounters.codes import AppointmentStatus, Wish
from alongside.encounters.queries import own as queries
from alongside.encounters.rules.own import why_not_wish
from alongside.people.queries import own_record
from alongside.plans.queries.requirements import Listed, coming
from alongside.portal import unsent
from alongside.portal.access import PortalRequest, requires
from alongside.portal.forms.record import WishForm
from alongside.portal.words import said

READ, WRITE = Permission.OWN_READ, Permission.OWN_WRITE
SHOWN, FEW, LOOKED_AT = 10, 3, 30


@require_GET
@requires(READ)
@leaves(Leaving.OWN_COPY)
def own_times(request: PortalRequest) -> HttpResponse:
    now = timezone.now()
    key = _key(request.GET.get("before", ""))
    rows = queries.own_past(request.actor, before=now, key=key, limit=SHOWN + 1)
    last = rows[SHOWN - 1] if len(rows) > SHOWN else None
    page = {
        "nav": "times",
        "coming": queries.own_coming(request.actor, since=now) if key is None else [],
        "past": rows[:SHOWN],
        "asked": _asked(request, now) if key is None else [],
        "first": key is None,
        "next": f"{last.starts_at.isoformat()}~{last.pk.hex}" if last else "",
    }
    return render(request, "portal/mine/record/times.html", page)


def _asked(request: PortalRequest, now: datetime) -> list[Listed]:
    """What is asked by a day that is still ahead, the next first."""
    me = own_record(request.actor)
    today = local_date(now, request.actor.time_zone)
    lines = coming(request.actor, participant_id=me.pk, today=today, most=LOOKED_AT)
    return [line for line in lines if line.next_on and line.next_on >= today][:FEW]


def _key(text: str) -> tuple[datetime, UUID] | None:
    day, _mark, row = text.partition("~")
    try:
        at = moment(day)
        return (at, UUID(hex=row)) if at is not None else None
    except ValueError:
        return None


@require_http_methods(["GET", "POST"])
@requires(READ)
@leaves(Leaving.OWN_COPY)
def own_time(request: PortalRequest, appointment_id: UUID) -> HttpResponse:
    planned = queries.own_appointments(request.actor).get(pk=appointment_id)
    if request.method != "POST":
        return _page(request, planned, WishForm())
    form = WishForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.wish_about(
                appointment_id,
                given["wish"],
                given["words"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refused:
            where = refused.refusal.field
            form.add_error(where if where in form.fields else None, said(refused.refusal))
        else:
            unsent.over(request)
            undo = reverse("portal:own_time_back", args=[appointment_id])
            text = _("Your supporter sees this now, and gets back to you.")
            messages.success(request, text, extra_tags=undo)
            return redirect("portal:own_time", appointment_id)
    return _page(request, planned, form, status=422)


def _page(
    request: PortalRequest, planned: Any, form: WishForm, *, status: int = 200
) -> HttpResponse:
    refusal = why_not_wish(
        Wish.CANNOT_COME,
        "",
        request.actor,
        status=AppointmentStatus(planned.status),
        starts_at=planned.starts_at,
        at=timezone.now(),
    )
    page = {
        "nav": "times",
        "planned": planned,
        "wished": bool(planned.wish) and planned.wish_settled_at is None,
        "form": unsent.picked_up(request, form) if refusal is None or form.is_bound else None,
    }
    return render(request, "portal/mine/record/time.html", page, status=status)


@require_POST
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def own_time_back(request: PortalRequest, appointment_id: UUID) -> HttpResponse:
    try:
        actions.take_wish_back(appointment_id, by=request.actor, at=timezone.now())
        messages.success(request, _("Taken back. The time stands as planned."))
    except Refused as refused:
        messages.warning(request, said(refused.refusal))
    return redirect("portal:own_time", appointment_id)
