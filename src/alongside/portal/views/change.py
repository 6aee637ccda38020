"""What changed for a participant over time, for themselves: charts with words and tables."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.accounts.codes import Permission
from alongside.core.clock import local_date
from alongside.core.leaving import Leaving, leaves
from alongside.core.words import gettext_noop as _n
from alongside.encounters.queries.around import Around, around
from alongside.outcomes.actions.checkins import take_check_ins_along
from alongside.outcomes.queries import instruments
from alongside.outcomes.queries.change import lines_of
from alongside.outcomes.queries.checkins import answered_instruments
from alongside.outcomes.rules import change as pictures
from alongside.outcomes.rules.change import Event, Tongue
from alongside.outcomes.rules.change_papers import csv_of, paper
from alongside.outcomes.rules.trend import Line
from alongside.papers import pdf
from alongside.people.queries import own_record
from alongside.portal.access import PortalRequest, requires
from alongside.portal.words import in_month, on_day, told
from alongside.practice import catalog
from alongside.practice.instruments import CHECK_IN

READ = Permission.OWN_READ
# What the staff's pages call by a word of their trade.
PLAIN = {
    catalog.name("outcome", "recovery_capital"): _n("What my recovery stands on"),
    catalog.name("outcome", "empowerment"): _n("I choose for myself"),
}
TONGUE = Tongue(
    say=told,
    day=on_day,
    month=in_month,
    short=lambda on: formats.date_format(on, "M"),
)


def _found(request: PortalRequest) -> tuple[Any, str, list[Line]]:
    """Who it is, which instrument is looked at, and its lines."""
    person = own_record(request.actor)
    key = request.GET.get("by", "") or request.POST.get("by", "") or CHECK_IN
    lines = lines_of(request.actor, participant_id=person.pk, instrument=key)
    return person, key, [replace(one, title=PLAIN.get(one.title, one.title)) for one in lines]


def _today(request: PortalRequest) -> date:
    return local_date(timezone.now(), request.actor.time_zone)


def _around(
    request: PortalRequest, person: Any, lines: list[Line]
) -> tuple[Around | None, tuple[Event, ...]]:
    days = [point.on for line in lines for point in line.points]
    if not days:
        return None, ()
    since, until = min(days), _today(request)
    found = around(request.actor, participant_id=person.pk, since=since, until=until)
    return found, pictures.events((one.on, one.say()) for one in found.happened)


@require_GET
@requires(READ)
@leaves(Leaving.OWN_COPY)
def change(request: PortalRequest) -> HttpResponse:
    """One chart at a time, what happened around it, and first and latest of everything."""
    person, key, lines = _found(request)
    found, events = _around(request, person, lines)
    picture = pictures.picture(lines, request.GET.get("of", pictures.LEVELS), events, TONGUE)
    if picture is None and lines:
        picture = pictures.picture(lines, lines[0].key, events, TONGUE)
    titles = instruments.titles(request.actor)
    answered = answered_instruments(request.actor, participant_id=person.pk)
    page = {
        "nav": "change",
        "by": key,
        "others": [(one, titles[one]) for one in answered if one in titles],
        "lines": [(line, pictures.told(line, TONGUE)) for line in lines],
        "levels": any(line.level for line in lines),
        "picture": picture,
        "events": events,
        "months": pictures.months_picture(found.months, TONGUE) if found else None,
    }
    return render(request, "portal/mine/checkin/change.html", page)


@require_POST
@requires(READ)
@leaves(Leaving.OWN_COPY)
def change_file(request: PortalRequest) -> HttpResponse:
    """The same to take along: a PDF with the charts, or a sheet."""
    person, _key, lines = _found(request)
    take_check_ins_along(person.pk, by=request.actor, at=timezone.now())
    if request.POST.get("form") == "csv":
        text = csv_of(pictures.sheet(lines, TONGUE))
        headers = {"Content-Disposition": 'attachment; filename="my-answers.csv"'}
        return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)
    found, events = _around(request, person, lines)
    shown = [pictures.picture(lines, pictures.LEVELS, events, TONGUE)]
    shown += [pictures.months_picture(found.months, TONGUE)] if found else []
    overview = pictures.overview(lines, TONGUE)
    parts, drawings = paper([one for one in shown if one], events, overview, TONGUE)
    words: dict[str, object] = {
        "title": _("What changed"),
        "agency": request.actor.agency_name,
        "subject": person.name,
        "lines": [on_day(_today(request))],
        "foot": _("Your own copy."),
        "page": _("Page {n} of {m}"),
        **parts,
    }
    made = pdf(
        "record", words, language=(get_language() or "en").partition("-")[0], pictures=drawings
    )
    headers = {"Content-Disposition": 'attachment; filename="my-answers.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)
