"""My day: who I meet, who has not heard from me for a while, what I began."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.codes import Permission
from alongside.accounts.queries import nobody_looks_out
from alongside.core.clock import local
from alongside.encounters import queries
from alongside.encounters.queries.came_in import came_in_today
from alongside.encounters.queries.leaving import left_with
from alongside.encounters.queries.updates import questions_waiting
from alongside.people.queries.emergencies import openings_to_review, openings_unread
from alongside.people.rules import first_name
from alongside.practice import catalog
from alongside.practice.cadence import DueState
from alongside.referrals.codes import ReferralStatus
from alongside.referrals.queries import desk
from alongside.referrals.rules import desk as rules
from alongside.web.access import StaffRequest, requires
from alongside.web.views.growing.shared import SEES_GROWTH
from alongside.web.views.more import places
from alongside.web.views.openings import CONCERNED
from alongside.workforce.queries import credentials_running_out

LONGEST, WAITING_AT_MOST = 5, 20
WAITING = (ReferralStatus.RECEIVED, ReferralStatus.ACCEPTED, ReferralStatus.WAITLISTED)


@requires()
def today(request: StaffRequest) -> HttpResponse:
    actor = request.actor
    now = local(timezone.now(), actor.time_zone)
    page: dict[str, Any] = {"nav": "today", "greeting": _greeting(now, actor.name), "now": now}
    page |= _opened_in_emergencies(request)
    if actor.may(Permission.NOTE_WRITE):
        page |= _own_day(request, now)
    if actor.may(Permission.REFERRAL_READ):
        page |= _desk(request, now)
    if actor.may(Permission.TEAM_READ):
        page["team"] = queries.team_overview(actor, on=now.date())
    if actor.may(Permission.SUPPORTER_WRITE):
        page["gaps"] = nobody_looks_out(actor, on=now.date())
    if actor.may(Permission.HAND_OFF_ANSWER):
        page["waiting_hand_offs"] = list(queries.hand_offs_open(actor, at=now)[:WAITING_AT_MOST])
    if actor.may(Permission.ARRAY_ANSWER):
        page["questions"] = list(queries.open_array_questions(actor)[:LONGEST])
    if any(actor.may(permission) for permission in SEES_GROWTH):
        page["running_out"] = credentials_running_out(actor, on=now.date())
    if actor.may(Permission.DISCLOSURE_WRITE):
        page["referrers_ask"] = questions_waiting(actor).count()
    if not {"walks", "desk", "team", "questions"} & page.keys():
        page["groups"] = places(request, yours=False)
    return render(request, "web/today/today.html", page)


def _opened_in_emergencies(request: StaffRequest) -> dict[str, Any]:
    actor = request.actor
    told: dict[str, Any] = {}
    if any(actor.may(permission) for permission in CONCERNED):
        told["openings"] = list(openings_unread(actor)[:LONGEST])
    if actor.may(Permission.PRIVACY_MANAGE):
        told["to_review"] = openings_to_review(actor).count()
    return told


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
    people, answered = queries.people_and_answers(actor)
    return {
        "walks": True,
        "people_count": people,
        "came_in": came_in_today(actor, at=now, most=WAITING_AT_MOST),
        "answered": answered,
        "appointments": queries.appointments_on(actor, on=now.date()),
        "first_hellos": [person for person in due if person.first],
        "due": [p for p in due if not p.first and p.due.state is DueState.DUE],
        "soon": [p for p in due if not p.first and p.due.state is DueState.SOON],
        "drafts": list(queries.drafts_of(actor)[:10]),
        "plans": queries.plans_to_look_at(actor, on=now.date()),
        "answers": list(queries.answers_to_take(actor)[:LONGEST]),
        "affirmations": list(queries.new_affirmations(actor)[:LONGEST]),
        "asked": list(queries.questions_to_me(actor)[:LONGEST]),
    }


def _desk(request: StaffRequest, now: datetime) -> dict[str, Any]:
    """The desk in short: how many wait at each step, and who has waited longest."""
    counts = desk.counts(request.actor, desk.DeskFilter())
    waiting = (
        desk.referrals_visible_to(request.actor)
        .filter(status__in=WAITING, received_on__isnull=False)
        .order_by("received_on", "id")[:LONGEST]
    )
    return {
        "desk": {
            "received": counts[ReferralStatus.RECEIVED],
            "accepted": counts[ReferralStatus.ACCEPTED],
            "waitlisted": counts[ReferralStatus.WAITLISTED],
        },
        "left": left_with(request.actor),
        "waiting": [
            {
                "referral": row,
                "status": rules.STATUS_NAMES[ReferralStatus(row.status)],
                "waiting": rules.waiting(row.received_on, on=now.date()),
                "pathway": catalog.term("pathway", row.pathway).short,
            }
            for row in waiting
        ],
    }
