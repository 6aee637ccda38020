"""The calendar as a list of days, and planning to meet."""

from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.codes import Permission
from alongside.core.clock import at_wall, in_reach, local, local_date
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.encounters import actions, queries
from alongside.encounters.rules import default_times
from alongside.people.actions import open_record
from alongside.people.queries import participants_visible_to
from alongside.plans.queries.requirements import dated
from alongside.web import noteforms
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.appointments import AppointmentForm

DAYS = 14
OFFICE_HOURS = range(8, 18)


@requires(Permission.APPOINTMENT_WRITE, Permission.TEAM_READ)
def calendar(request: StaffRequest) -> HttpResponse:
    """Two weeks from a day: one's own, or a supporter's for those who may look."""
    actor = request.actor
    today = local_date(timezone.now(), actor.time_zone)
    first = _day(request.GET.get("from")) or today
    others = list(queries.supporters_in_sight(actor))
    own = [s for s in others if s.user_id == actor.id]
    chosen = noteforms.uuid_or_none(request.GET.get("supporter"))
    if chosen is not None and chosen not in {s.pk for s in others}:
        chosen = None
    if chosen is None and not own and others:
        chosen = others[0].pk
    planned = queries.agenda(
        actor,
        since=at_wall(first, time(0), actor.time_zone),
        until=at_wall(first + timedelta(days=DAYS), time(0), actor.time_zone),
        supporter_id=chosen,
    )
    asked = _asked(request, first, chosen, others)
    page = {
        "nav": "calendar",
        "days": with_asked(by_day(planned, actor.time_zone), asked),
        "today": today,
        "first": first,
        "last": first + timedelta(days=DAYS - 1),
        "earlier": first - timedelta(days=DAYS),
        "later": first + timedelta(days=DAYS),
        "supporters": others if others != own else [],
        "chosen": chosen or (own[0].pk if own else None),
    }
    return render(request, "web/appointments/calendar.html", page)


def _asked(request: StaffRequest, first: date, chosen: UUID | None, others: list[Any]) -> list[Any]:
    """What has its day in these two weeks, of those who walk with whoever's days they are."""
    whose = next((one.user_id for one in others if one.pk == chosen), None)
    until = first + timedelta(days=DAYS)
    return list(dated(request.actor, since=first, until=until, user_id=whose))


def with_asked(
    days: list[tuple[date, list[Any]]], asked: list[Any]
) -> list[tuple[date, list[Any], list[Any]]]:
    """Each day with its meetings, and with what is asked by then."""
    meetings = dict(days)
    found: dict[date, list[Any]] = {on: [] for on in meetings}
    for one in asked:
        found.setdefault(one.due_on, []).append(one)
    return [(on, meetings.get(on, []), found[on]) for on in sorted(found)]


def _day(text: str | None) -> date | None:
    try:
        on = parse_date(text or "")
    except ValueError:
        return None
    return on if on is not None and in_reach(on) else None


def by_day(planned: Any, time_zone: str) -> list[tuple[date, list[Any]]]:
    """Appointments in order of time, under the day the agency's wall calendar shows."""
    return [
        (on, list(those))
        for on, those in groupby(planned, key=lambda p: local_date(p.starts_at, time_zone))
    ]


@requires(Permission.APPOINTMENT_WRITE)
def appointment_new(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    if request.method == "POST":
        return _plan(request, participant_id)
    now = timezone.now()
    person = open_record(participant_id, by=request.actor, at=now)
    times = default_times(now + timedelta(days=7, minutes=45), request.actor.time_zone)
    hour = time(times.start.hour if times.start.hour in OFFICE_HOURS else 10)
    initial = {
        "appointment_id": new_id(),
        "on": times.on,
        "start": hour,
        "end": time(hour.hour + 1),
        "going_along": "",
    }
    return _form_page(request, person, _form(request, initial=initial))


def _form(request: StaffRequest, **kwargs: Any) -> AppointmentForm:
    actor = request.actor
    supporters: list[tuple[UUID, str]] = []
    if actor.may(Permission.SIGHT_AGENCY):
        supporters = list(queries.supporters_in_sight(actor).values_list("pk", "name"))
    return AppointmentForm(supporters=supporters, time_zone=actor.time_zone, **kwargs)


def _form_page(
    request: StaffRequest, person: Any, form: AppointmentForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    page = {"nav": "calendar", "person": person, "form": form, **more}
    return render(request, "web/appointments/form.html", page, status=status)


def _plan(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    person = participants_visible_to(request.actor).get(pk=participant_id)
    form = _form(request, data=request.POST)
    if not form.is_valid():
        return _form_page(request, person, form, status=422)
    try:
        planned = actions.plan_appointment(
            form.cleaned_data["appointment_id"],
            participant_id,
            form.appointment(),
            supporter_id=form.supporter_id(),
            by=request.actor,
            at=timezone.now(),
        )
    except Refused as refused:
        form.refused(refused.refusal)
        return _form_page(request, person, form, status=422)
    messages.success(request, _("Planned."))
    return redirect("web:appointment", planned.pk)


@requires(Permission.APPOINTMENT_WRITE, Permission.TEAM_READ)
def appointment(request: StaffRequest, appointment_id: UUID) -> HttpResponse:
    found = queries.appointments_visible_to(request.actor).get(pk=appointment_id)
    open_record(found.participant_id, by=request.actor, at=timezone.now())
    actor = request.actor
    own = found.supporter.user_id == actor.id
    page = {
        "nav": "calendar",
        "appointment": found,
        "person": found.participant,
        "may_write": own and actor.may(Permission.NOTE_WRITE),
        "may_change": own or actor.may(Permission.SIGHT_AGENCY),
    }
    return render(request, "web/appointments/appointment.html", page)


@requires(Permission.APPOINTMENT_WRITE)
def appointment_change(request: StaffRequest, appointment_id: UUID) -> HttpResponse:
    found = queries.appointments_visible_to(request.actor).get(pk=appointment_id)
    person = found.participant
    if request.method != "POST":
        open_record(person.pk, by=request.actor, at=timezone.now())
        form = _form(request, initial=_as_it_stands(found, request.actor.time_zone))
        return _form_page(request, person, form, appointment=found)
    request.about = person.pk
    form = _form(request, data=request.POST)
    form.fields.pop("supporter", None)
    if not form.is_valid():
        return _form_page(request, person, form, appointment=found, status=422)
    try:
        actions.change_appointment(
            appointment_id, form.appointment(), by=request.actor, at=timezone.now()
        )
    except Refused as refused:
        form.refused(refused.refusal)
        return _form_page(request, person, form, appointment=found, status=422)
    messages.success(request, _("Changed."))
    return redirect("web:appointment", appointment_id)


def _as_it_stands(found: Any, time_zone: str) -> dict[str, Any]:
    starts = local(found.starts_at, time_zone)
    ends: datetime | None = local(found.ends_at, time_zone) if found.ends_at else None
    return {
        "appointment_id": found.pk,
        "supporter": str(found.supporter_id),
        "on": starts.date(),
        "start": starts.time(),
        "end": ends.time() if ends else None,
        "words": found.words,
        "place_words": found.place_words,
        "going_along": found.going_along,
    }


@require_POST
@requires(Permission.APPOINTMENT_WRITE)
def appointment_cancel(request: StaffRequest, appointment_id: UUID) -> HttpResponse:
    said = _("Called off.")
    return _settle(request, actions.cancel_appointment, appointment_id, said)


@require_POST
@requires(Permission.APPOINTMENT_WRITE)
def appointment_missed(request: StaffRequest, appointment_id: UUID) -> HttpResponse:
    said = _("Written down: it did not happen.")
    return _settle(request, actions.miss_appointment, appointment_id, said)


def _settle(request: StaffRequest, action: Any, appointment_id: UUID, said: str) -> HttpResponse:
    words = request.POST.get("words", "")[:200]
    try:
        action(appointment_id, words=words, by=request.actor, at=timezone.now())
    except Refused as refused:
        messages.warning(request, noteforms.said(refused.refusal))
    else:
        undo = reverse("web:appointment_again", args=[appointment_id])
        messages.success(request, said, extra_tags=undo)
    return redirect("web:appointment", appointment_id)


@require_POST
@requires(Permission.APPOINTMENT_WRITE)
def appointment_again(request: StaffRequest, appointment_id: UUID) -> HttpResponse:
    try:
        actions.plan_again(appointment_id, by=request.actor, at=timezone.now())
        messages.success(request, _("Planned again."))
    except Refused as refused:
        messages.warning(request, noteforms.said(refused.refusal))
    return redirect("web:appointment", appointment_id)
