"""For those who lead: where advice and choice part, and which hints did not help."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.accounts.codes import Permission
from alongside.audit.actions import record
from alongside.core.clock import local_date
from alongside.core.leaving import Leaving, leaves
from alongside.encounters import queries
from alongside.practice.role import HintKind
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.arrays import PartingForm
from alongside.web.noteforms import uuid_or_none
from alongside.web.sheets import sheet
from alongside.web.views.arrays import key_of, key_text

PAGE = 50


@require_GET
@requires(Permission.TEAM_READ, Permission.SIGHT_AGENCY)
def parting(request: StaffRequest) -> HttpResponse:
    """Notes recorded under another array than advised, with the writer's reason."""
    led = [(str(s.pk), s.name) for s in queries.supporters_in_sight(request.actor)]
    form = PartingForm(request.GET, supporters=led)
    asked = form.asked()
    rows = queries.parting(
        request.actor,
        since=asked["since"],
        before=_day_key(request.GET.get("before", "")),
        limit=PAGE + 1,
        supporter_id=asked["supporter"],
        array=asked["array"] or "",
    )
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    kept = {name: value for name, value in request.GET.items() if value and name != "before"}
    more = urlencode({**kept, "before": f"{last.on}~{last.pk}"}) if last else ""
    counts = queries.parting_counts(request.actor, since=asked["since"])
    page = {
        "nav": "more",
        "form": PartingForm(initial=asked, supporters=led),
        "rows": rows[:PAGE],
        "counts": [(name, pk, n) for pk, name in led if (n := _count(counts, pk))],
        "next": f"?{more}" if more else "",
    }
    return render(request, "web/arrays/parting.html", page)


def _count(counts: Any, key: str) -> int:
    return next((n for pk, n in counts.items() if str(pk) == key), 0)


def _day_key(text: str) -> Any:
    on, _dot, key = text.partition("~")
    row = uuid_or_none(key)
    try:
        return (date.fromisoformat(on), row) if row else None
    except ValueError:
        return None


@require_GET
@requires(Permission.ARRAY_ANSWER, Permission.AGENCY_MANAGE)
def hint_answers(request: StaffRequest) -> HttpResponse:
    """Which hints did not help. Phrases only of people one sees; to all others, counts."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in set(HintKind) else ""
    found = queries.hint_phrases(
        request.actor, kind=kind, before=key_of(request.GET.get("before", ""))
    )
    rows = list(found[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    before = {"before": key_text(last.answered_at, last.pk)} if last else {}
    kept = {"kind": kind} if kind else {}
    page = {
        "nav": "more",
        "tallies": queries.hint_tallies(request.actor),
        "phrases": rows[:PAGE],
        "kind": kind,
        "sees_phrases": _sees_some(request),
        "next": f"?{urlencode({**kept, **before})}" if last else "",
    }
    return render(request, "web/arrays/hints.html", page)


def _sees_some(request: StaffRequest) -> bool:
    sight = (Permission.SIGHT_OWN, Permission.SIGHT_TEAM, Permission.SIGHT_AGENCY)
    return any(request.actor.may(permission) for permission in sight)


@require_POST
@requires(Permission.ARRAY_ANSWER, Permission.AGENCY_MANAGE, fresh=True)
@leaves(Leaving.INSIDE)
def hint_answers_export(request: StaffRequest) -> HttpResponseBase:
    """The same as a sheet: no author, no participant; phrases where one sees them, else counts."""
    record(by=request.actor, at=timezone.now(), verb="hint-answers.exported", target="HintAnswer")
    if _sees_some(request):
        zone = request.actor.time_zone
        found = queries.hint_phrases(request.actor).iterator(chunk_size=500)
        rows = ([row.kind, row.phrase, local_date(row.answered_at, zone)] for row in found)
        return sheet("hints-not-helpful", [_("kind"), _("phrase"), _("day")], rows)
    tallies = queries.hint_tallies(request.actor)
    return sheet(
        "hints-not-helpful",
        [_("kind"), _("put away"), _("by how many writers")],
        ([tally.kind, tally.not_helpful, tally.writers] for tally in tallies),
    )
