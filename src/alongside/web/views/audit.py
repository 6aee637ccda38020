"""The audit log for the privacy officer: who did what, and who looked at whom."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.accounts import queries as accounts
from alongside.accounts.codes import Permission
from alongside.audit import queries
from alongside.audit.actions import record
from alongside.core.clock import local
from alongside.core.leaving import Leaving, leaves
from alongside.people import queries as people
from alongside.people.queries.same import known_as, rows_of_person
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.audit import WantedForm
from alongside.web.noteforms import uuid_or_none
from alongside.web.verbs import words_for
from alongside.web.whos import Whos, who_signs_in

PAGE = 50
FOUND = 20
MOST_SEARCHED = 100


@dataclass(frozen=True)
class Line:
    """One event as it is shown: names looked up now, for the viewer, never kept in the log."""

    event: Any
    who: str
    what: str
    whom: str = ""
    participant_id: str = ""


@require_GET
@requires(Permission.AUDIT_READ)
def audit(request: StaffRequest) -> HttpResponse:
    return _page(request, "web/audit/audit.html", target="")


@require_GET
@requires(Permission.AUDIT_READ)
def audit_of_participant(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    """Who looked at one person's record, and what was done to it."""
    person = people.participants_visible_to(request.actor).get(pk=participant_id)
    target = f"Participant/{participant_id}"
    return _page(request, "web/audit/of_participant.html", target=target, person=person)


@require_POST
@requires(Permission.AUDIT_READ)
def audit_find(request: StaffRequest) -> HttpResponse:
    """Find the person by name; by POST, so that the name is in no address."""
    words = request.POST.get("words", "")[:MOST_SEARCHED]
    found = list(people.search(request.actor, words=words)[:FOUND]) if words.strip() else []
    page = {"words": words, "found": found, "nav": "more"}
    return render(request, "web/audit/find.html", page)


@require_POST
@requires(Permission.AUDIT_READ, fresh=True)
@leaves(Leaving.INSIDE)
def audit_export(request: StaffRequest) -> StreamingHttpResponse:
    """The filtered events as a sheet; taking them out is an event itself."""
    whos = who_signs_in(request.actor)
    form = WantedForm(request.POST, everyone=_choices(whos))
    target = _target(request)
    wanted = form.wanted(time_zone=request.actor.time_zone, targets=_targets(request, target))
    record(
        by=request.actor, at=timezone.now(), verb="audit.exported", target=target or "AuditEvent"
    )
    rows = queries.events(request.actor, wanted=wanted).iterator(chunk_size=2000)
    lines = _sheet(rows, _names(whos), request.actor.time_zone)
    headers = {"Content-Disposition": 'attachment; filename="audit.csv"'}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def _page(request: StaffRequest, template: str, *, target: str, **more: Any) -> HttpResponse:
    whos = who_signs_in(request.actor)
    form = WantedForm(request.GET or None, everyone=_choices(whos))
    wanted = form.wanted(time_zone=request.actor.time_zone, targets=_targets(request, target))
    key = request.GET.get("below", "")
    below = int(key) if key.isdecimal() and len(key) < 19 else None
    events, then = queries.page(request.actor, wanted=wanted, below=below, limit=PAGE)
    asked = {name: value for name, value in request.GET.items() if name != "below" and value}
    page = {
        "form": form,
        "lines": _lines(request, events, _names(whos)),
        "next": f"?{urlencode({**asked, 'below': then})}" if then else "",
        "asked": asked,
        "target": target,
        "nav": "more",
        **more,
    }
    return render(request, template, page)


def _target(request: StaffRequest) -> str:
    """The person whose events are asked for, or nobody in particular. Only an id that is in sight
    gets into the log."""
    asked = request.POST.get("target", "")
    if not asked:
        return ""
    participant_id = uuid_or_none(asked.removeprefix("Participant/"))
    if participant_id is None:
        raise Http404
    person = people.participants_visible_to(request.actor).get(pk=participant_id)
    return f"Participant/{person.pk}"


def _targets(request: StaffRequest, target: str) -> list[str]:
    """What the log calls the person: by the row that is kept, and by those that became it."""
    if not target:
        return []
    rows = rows_of_person(request.actor, participant_id=UUID(_id_of(target)))
    return [f"Participant/{pk}" for pk in rows]


def _choices(whos: Whos) -> list[Any]:
    return [*_nobody().items(), *whos.choices]


def _names(whos: Whos) -> dict[str, str]:
    return _nobody() | whos.names


def _nobody() -> dict[str, str]:
    return {str(accounts.NOBODY): _("someone on the public page")}


def _lines(request: StaffRequest, events: Iterable[Any], names: Mapping[str, str]) -> list[Line]:
    """Events with names: a look-up of each kind for the page, however many rows it has."""
    events = list(events)
    said = {_id_of(event.target) for event in events if event.target.startswith("Participant/")}
    ids = {pk for pk in map(uuid_or_none, said) if pk is not None}
    persons = {str(pk): one for pk, one in known_as(request.actor, ids=ids).items()}
    return [
        Line(
            event=event,
            who=names.get(str(event.actor_id), _("the program itself")),
            what=words_for(event.verb),
            whom=person.name if person else names.get(_id_of(event.target), ""),
            participant_id=str(person.pk) if person else "",
        )
        for event, person in ((event, persons.get(_id_of(event.target))) for event in events)
    ]


def _id_of(target: str) -> str:
    return target.partition("/")[2]


class _Echo:
    """What the csv module writes to; it hands the line on instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _sheet(events: Iterable[Any], names: Mapping[str, str], time_zone: str) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(["number", "when", "who", "who id", "what", "row", "hash"])
    for event in events:
        when = local(event.at, time_zone).isoformat(timespec="seconds")
        who = str(event.actor_id or "")
        yield writer.writerow(
            [
                event.seq,
                when,
                _plain(names.get(who, "")),
                who,
                event.verb,
                event.target,
                event.hash,
            ]
        )


def _plain(text: str) -> str:
    """A name that a spreadsheet would run as a formula is kept as text."""
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text
