"""My day: who I meet, who has not heard from me for a while, what I began."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.codes import Permission
from alongside.core.clock import local
from alongside.encounters import queries
from alongside.people.rules import first_name
from alongside.referrals.codes import ReferralStatus
from alongside.referrals.queries import desk
from alongside.web.access import StaffRequest, requires

WAITING = (ReferralStatus.RECEIVED, ReferralStatus.ACCEPTED, ReferralStatus.WAITLISTED)


@requires()
def today(request: StaffRequest) -> HttpResponse:
    actor = request.actor
    now = local(timezone.now(), actor.time_zone)
    page: dict[str, Any] = {"nav": "today", "greeting": _greeting(now, actor.name), "now": now}
    if actor.may(Permission.NOTE_WRITE):
        page |= _own_day(request, now)
    if actor.may(Permission.REFERRAL_READ):
        page |= _desk(request, now)
    if actor.may(Permission.TEAM_READ):
        page["team"] = queries.team_overview(actor, on=now.date())
    return render(request, "web/today/today.html", page)


def _greeting(now: datetime, name: str) -> str:
    """By the clock on the agency's wall, not the server's."""
    facts = {"name": first_name(name)}
    if 4 <= now.hour < 12:
        return _("Good morning, %(name)s") % facts
    if 12 <= now.hour < 18:
        return _("Good afternoon, %(name)s") % facts
    return _("Good evening, %(name)s") % facts


def _own_day(request: StaffRequest, now: datetime) -> dict[str, Any]:
    actor = request.actor
    due = queries.due_people(actor, on=now.date())
    return {
        "walks": True,
        "people_count": queries.people_count(actor),
        "appointments": queries.appointments_on(actor, on=now.date()),
        "first_hellos": [person for person in due if person.first],
        "due": [person for person in due if not person.first],
        "drafts": list(queries.drafts_of(actor)[:10]),
        "plans": queries.plans_to_look_at(actor, on=now.date()),
    }


def _desk(request: StaffRequest, now: datetime) -> dict[str, Any]:
    """The desk in short: how many wait at each step, and how long the longest."""
    counts = desk.counts(request.actor, desk.DeskFilter())
    oldest = (
        desk.referrals_visible_to(request.actor)
        .filter(status__in=WAITING, received_on__isnull=False)
        .order_by("received_on")
        .values_list("received_on", flat=True)
        .first()
    )
    return {
        "desk": {
            "received": counts[ReferralStatus.RECEIVED],
            "accepted": counts[ReferralStatus.ACCEPTED],
            "waitlisted": counts[ReferralStatus.WAITLISTED],
        },
        "longest_wait": (now.date() - oldest).days if oldest else None,
    }
