"""The supervisor's page: what needs them, each with its end; and the agenda of the next sitting."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from alongside.accounts import queries as accounts
from alongside.accounts.codes import Permission
from alongside.core.clock import local, local_date
from alongside.core.refusal import Refused
from alongside.encounters import queries
from alongside.encounters.queries.face_time import face_time
from alongside.practice.cadence import DueState
from alongside.practice.growth.supervision import asked
from alongside.practice.rules import rules_on
from alongside.web import agendas, noteforms
from alongside.web.access import StaffRequest, requires
from alongside.web.templatetags.words import say
from alongside.workforce import queries as workforce

LEADS = Permission.TEAM_READ
SHOWN = 4
PAGE = 30
PARTING_DAYS = 30


@require_GET
@requires(LEADS)
def team(request: StaffRequest) -> HttpResponse:
    """One page, the same number of queries for two supporters and for twenty."""
    actor, now = request.actor, timezone.now()
    on = local_date(now, actor.time_zone)
    page = {
        "nav": "team",
        "now": local(now, actor.time_zone),
        "today": on,
        "hand_offs": _some(queries.hand_offs_open(actor, at=now)),
        "notes": _some(queries.notes_to_read(actor)),
        "waiting": queries.notes_to_read(actor).count(),
        "questions": _some(queries.team_questions(actor)),
        "array_questions": _some(
            queries.open_array_questions(actor).filter(asker__supervisor_id__in=actor.teams)
        ),
        "parting": _Some(
            queries.parting(actor, since=on - timedelta(days=PARTING_DAYS), limit=SHOWN + 1)
        ),
        "gaps": accounts.nobody_looks_out(actor, on=on),
        "standing_in": [row for row in accounts.standing_in(actor, on=on) if row.starts_on <= on],
        "times_away": accounts.times_away(actor, supervisor_id=actor.id, on=on),
        "team": queries.team_overview(actor, on=on),
        "due": _Some(queries.team_due(actor, on=on, limit=SHOWN + 1)),
        **_growth(request, on),
    }
    page["calm"] = not any(page[key] for key in ("hand_offs", "notes", "questions"))
    return render(request, "web/team/team.html", page)


class _Some(list[Any]):
    """The first few rows, and whether there are more."""

    def __init__(self, rows: list[Any]) -> None:
        super().__init__(rows[:SHOWN])
        self.more = len(rows) > SHOWN


def _some(found: Any) -> _Some:
    return _Some(list(found[: SHOWN + 1]))


def _growth(request: StaffRequest, on: date) -> dict[str, Any]:
    """Supervision due and certificates running out, of the team alone."""
    actor = request.actor
    mine = {user.pk for user in accounts.team(actor)}
    lines = workforce.supervision_due(actor, on=on, face=face_time(actor, on=on))
    running_out = workforce.credentials_running_out(actor, on=on)
    return {
        "supervision": [
            line
            for line in lines
            if line.user_id in mine and line.due.state is not DueState.SETTLED
        ],
        "asked": asked(rules_on(on)),
        "running_out": [row for row in running_out if row.user_id in mine],
    }


@require_GET
@requires(LEADS)
def team_notes(request: StaffRequest) -> HttpResponse:
    """Every note to read, the oldest first."""
    actor = request.actor
    last = noteforms.uuid_or_none(request.GET.get("after"))
    key = None
    if last is not None:
        note = queries.notes_led(actor).get(pk=last)
        key = (note.signed_at, note.pk) if note.signed_at else None
    rows = list(queries.notes_to_read(actor, after=key)[: PAGE + 1])
    page = {
        "nav": "team",
        "rows": rows[:PAGE],
        "next": rows[PAGE - 1].pk if len(rows) > PAGE else None,
    }
    return render(request, "web/team/notes.html", page)


@require_GET
@requires(LEADS)
def team_questions(request: StaffRequest) -> HttpResponse:
    """Every question to the team that is not closed, those with an answer first."""
    last = noteforms.uuid_or_none(request.GET.get("after"))
    rows = list(queries.team_questions(request.actor, after=last)[: PAGE + 1])
    page = {
        "nav": "team",
        "rows": rows[:PAGE],
        "next": rows[PAGE - 1].pk if len(rows) > PAGE else None,
        "array_questions": queries.open_array_questions(request.actor).filter(
            asker__supervisor_id__in=request.actor.teams
        )[:PAGE],
    }
    return render(request, "web/team/questions.html", page)


@require_POST
@requires(LEADS, Permission.PROFILE_WRITE)
def agenda_compose(request: StaffRequest, supporter_id: UUID) -> HttpResponse:
    """Open questions and hand-offs go on the list for next time, each once."""
    workforce.growing(request.actor).get(pk=supporter_id)
    try:
        added = agendas.compose(request.actor, supporter_id=supporter_id, at=timezone.now())
    except Refused as refused:
        messages.warning(request, say(refused.refusal))
    else:
        said = ngettext("%(n)s line for next time.", "%(n)s lines for next time.", added)
        messages.success(request, said % {"n": added} if added else _("All of it is listed."))
    return redirect("web:supervision", supporter_id=supporter_id)
