"""What changed for someone over time, for who walks alongside; to whom a check-in is offered."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.accounts.codes import Permission
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.leaving import Leaving, leaves
from alongside.encounters.queries.around import Around, around
from alongside.outcomes.actions.checkins import take_check_ins_along
from alongside.outcomes.codes import Way
from alongside.outcomes.queries import checkins as queries
from alongside.outcomes.queries import instruments, rhythm
from alongside.outcomes.queries.change import lines_of
from alongside.outcomes.rules import change as pictures
from alongside.outcomes.rules.change import Event, Tongue
from alongside.outcomes.rules.change_papers import csv_of, paper
from alongside.outcomes.rules.checkins import WAY_WORDS
from alongside.outcomes.rules.trend import Line
from alongside.papers import pdf
from alongside.practice.cadence import DueState
from alongside.practice.instruments import CHECK_IN
from alongside.web import drafts
from alongside.web.access import StaffRequest, requires
from alongside.web.own_copies import with_foot
from alongside.web.templatetags.words import day, say
from alongside.web.views.participants import SIGHT

MOST_SHOWN = 30
TONGUE = Tongue(
    say=say,
    day=day,
    month=lambda on: formats.date_format(on, "M Y"),
    short=lambda on: formats.date_format(on, "M"),
)


def _today(request: StaffRequest) -> date:
    return local_date(timezone.now(), request.actor.time_zone)


@require_GET
@requires(Permission.SIGHT_OWN)
def offered(request: StaffRequest) -> HttpResponse:
    """Of one's own people, those to whom a check-in may be offered now or soon."""
    titles = instruments.titles(request.actor)
    found = rhythm.due_in_caseload(request.actor, on=_today(request))
    page = {
        "nav": "more",
        "people": [(one.participant, _offers(one.offers, titles)) for one in found],
    }
    return render(request, "web/checkins/offered.html", page)


def _offers(found: Any, titles: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {"offer": one, "title": titles[one.instrument], "due": one.state is DueState.DUE}
        for one in found
        if one.instrument in titles
    ]


def _around(
    request: StaffRequest, participant_id: UUID, lines: list[Line]
) -> tuple[Around | None, tuple[Event, ...]]:
    days = [point.on for line in lines for point in line.points]
    if not days:
        return None, ()
    since, until = min(days), _today(request)
    found = around(request.actor, participant_id=participant_id, since=since, until=until)
    return found, pictures.events((one.on, one.say()) for one in found.happened)


@require_GET
@requires(*SIGHT)
def outcomes(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    """One chart at a time, what happened around it, first and latest of everything, and the
    check-ins themselves."""
    actor = request.actor
    person = drafts.the_person(request, participant_id)
    key = request.GET.get("by", "") or CHECK_IN
    lines = lines_of(actor, participant_id=participant_id, instrument=key)
    found, events = _around(request, participant_id, lines)
    picture = pictures.picture(lines, request.GET.get("of", pictures.LEVELS), events, TONGUE)
    if picture is None and lines:
        picture = pictures.picture(lines, lines[0].key, events, TONGUE)
    titles = instruments.titles(actor)
    answered = queries.answered_instruments(actor, participant_id=participant_id)
    page = {
        "nav": "people",
        "person": person,
        "by": key,
        "others": [(one, titles[one]) for one in answered if one in titles],
        "lines": [(line, pictures.told(line, TONGUE)) for line in lines],
        "levels": any(line.level for line in lines),
        "picture": picture,
        "events": events,
        "months": pictures.months_picture(found.months, TONGUE) if found else None,
        **_beside(request, participant_id, titles),
    }
    return render(request, "web/checkins/outcomes.html", page)


def _beside(request: StaffRequest, participant_id: UUID, titles: dict[str, str]) -> dict[str, Any]:
    """The check-ins of a person: to begin, to go on with, to read."""
    actor = request.actor
    offers = rhythm.offers(actor, participant_id=participant_id, on=_today(request))
    begin = _offers(offers, titles)
    known = {one["offer"].instrument for one in begin}
    in_use = [one for one in instruments.in_use(actor) if one.key not in known]
    writes = actor.may(Permission.PLAN_WRITE)
    return {
        "offers": begin,
        "more": in_use if writes else [],
        "check_in_id": new_id(),
        "unshared": queries.unshared(actor, participant_id=participant_id),
        "open": [
            {"row": row, "title": titles.get(row.instrument, "")}
            for row in queries.unfinished(actor, participant_id=participant_id)[:MOST_SHOWN]
        ],
        "done": [
            {"row": row, "title": titles.get(row.instrument, ""), "way": WAY_WORDS[Way(row.way)]}
            for row in queries.finished(actor, participant_id=participant_id)[:MOST_SHOWN]
        ],
        "taken_back": list(queries.taken_back(actor, participant_id=participant_id)[:MOST_SHOWN]),
    }


@require_POST
@requires(*SIGHT, fresh=True)
@leaves(Leaving.OWN_COPY)
def outcomes_file(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    """The same to hand to the participant: a PDF with the charts, or a sheet."""
    person = drafts.the_person(request, participant_id)
    key = request.POST.get("by", "") or CHECK_IN
    lines = lines_of(request.actor, participant_id=participant_id, instrument=key)
    take_check_ins_along(participant_id, by=request.actor, at=timezone.now())
    if request.POST.get("form") == "csv":
        text = csv_of(pictures.sheet(lines, TONGUE))
        headers = {"Content-Disposition": 'attachment; filename="check-ins.csv"'}
        return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)
    found, events = _around(request, participant_id, lines)
    shown = [pictures.picture(lines, pictures.LEVELS, events, TONGUE)]
    shown += [pictures.months_picture(found.months, TONGUE)] if found else []
    overview = pictures.overview(lines, TONGUE)
    parts, drawings = paper([one for one in shown if one], events, overview, TONGUE)
    words: dict[str, object] = {
        "title": _("What changed"),
        "agency": request.actor.agency_name,
        "subject": person.name,
        "lines": [formats.date_format(_today(request))],
        "foot": with_foot(""),
        "page": _("Page {n} of {m}"),
        **parts,
    }
    made = pdf(
        "record", words, language=(get_language() or "en").partition("-")[0], pictures=drawings
    )
    headers = {"Content-Disposition": 'attachment; filename="check-ins.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)
