"""For a breach: who saw or received what about whom between two days, on one page."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.accounts.codes import Permission
from alongside.audit import queries as audit
from alongside.audit.actions import record
from alongside.audit.rules import SEEN
from alongside.consents import queries
from alongside.core.clock import local_date
from alongside.core.leaving import Leaving, leaves
from alongside.people import queries as people
from alongside.people.queries.same import known_as, rows_of_person
from alongside.web import tellings
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.breach import BreachForm, last_month
from alongside.web.noteforms import uuid_or_none
from alongside.web.sheets import sheet
from alongside.web.verbs import words_for
from alongside.web.whos import Whos, who_signs_in

PAGE, CHUNK, FOUND, LONGEST = 50, 500, 20, 100


@dataclass(frozen=True)
class Sight:
    """One look, with names of today for the viewer; the log itself holds none."""

    event: Any
    when: str
    who: str
    what: str
    whom: str


@require_GET
@requires(Permission.PRIVACY_MANAGE)
@leaves(Leaving.INSIDE)
def breach(request: StaffRequest) -> HttpResponse:
    whos = who_signs_in(request.actor)
    form = _form(request, request.GET, whos)
    page: dict[str, Any] = {"nav": "more", "form": form, "printed_at": timezone.now()}
    if form.is_valid():
        page |= _page(request, form, whos.names)
    return render(request, "web/disclosures/breach_print.html", page)


def _page(request: StaffRequest, form: BreachForm, names: dict[str, str]) -> dict[str, Any]:
    """Both lists, each with a key of its own for what comes after."""
    asked = {name: str(value) for name, value in request.GET.items() if value}
    last = asked.pop("seen", "")
    seen = list(audit.after_event(_looks(request, form), _place(last))[: PAGE + 1])
    key = uuid_or_none(asked.pop("told", ""))
    told = list(queries.told_after(request.actor, _told(request, form), last=key)[: PAGE + 1])
    zone = request.actor.time_zone
    person = form.cleaned_data["person"]
    more_seen = {**asked, "seen": seen[PAGE - 1].seq} if len(seen) > PAGE else {}
    more_told = {**asked, "told": told[PAGE - 1].pk} if len(told) > PAGE else {}
    return {
        "person": people.participants_visible_to(request.actor).get(pk=person) if person else None,
        "seen": _sights(request, seen[:PAGE], names),
        "told": [_received(row, zone) for row in told[:PAGE]],
        "next_seen": f"?{urlencode(more_seen)}" if more_seen else "",
        "next_told": f"?{urlencode(more_told)}" if more_told else "",
        "asked": asked,
        "later": last or key,
    }


@require_POST
@requires(Permission.PRIVACY_MANAGE)
def breach_find(request: StaffRequest) -> HttpResponse:
    """Find the person by name; by POST, so that the name is in no address."""
    words = request.POST.get("words", "")[:LONGEST]
    found = list(people.search(request.actor, words=words)[:FOUND]) if words.strip() else []
    kept = {
        name: request.POST[name] for name in ("since", "until", "who") if request.POST.get(name)
    }
    rows = [(person, f"?{urlencode({**kept, 'person': person.pk})}") for person in found]
    page = {"words": words, "found": rows, "kept": kept, "nav": "more"}
    return render(request, "web/disclosures/breach_find.html", page)


@require_POST
@requires(Permission.PRIVACY_MANAGE, fresh=True)
@leaves(Leaving.INSIDE)
def breach_sheet(request: StaffRequest) -> HttpResponseBase:
    """Everything between the two days as one sheet; taking it out is an event itself."""
    whos = who_signs_in(request.actor)
    form = _form(request, request.POST, whos)
    if not form.is_valid():
        page = {"nav": "more", "form": form, "printed_at": timezone.now()}
        return render(request, "web/disclosures/breach_print.html", page, status=422)
    person = form.cleaned_data["person"]
    if person:
        people.participants_visible_to(request.actor).only("pk").get(pk=person)
    target = f"Participant/{person}" if person else "AuditEvent"
    record(by=request.actor, at=timezone.now(), verb="breach.exported", target=target)
    head = ["seen or received", "when", "by", "what", "about whom", "to whom", "why", "how"]
    return sheet("seen-or-received", head, _rows(request, form, whos.names))


def _form(request: StaffRequest, asked: Any, whos: Whos) -> BreachForm:
    """As it was asked for; at first the last thirty days."""
    first = last_month(local_date(timezone.now(), request.actor.time_zone))
    data = {**{name: str(day) for name, day in first.items()}, **asked.dict()}
    return BreachForm(data, everyone=whos.choices)


def _looks(request: StaffRequest, form: BreachForm) -> Any:
    since, before = form.span(request.actor.time_zone)
    person = form.cleaned_data["person"]
    asked = audit.Between(
        verbs=SEEN,
        since=since,
        before=before,
        actor_id=form.cleaned_data["who"],
        targets=_targets(request, person) if person else None,
    )
    return audit.between(request.actor, asked=asked)


def _targets(request: StaffRequest, person: UUID) -> frozenset[str]:
    """What the log calls the person, and what is kept sealed about them."""
    known = rows_of_person(request.actor, participant_id=person)
    sealed = people.identifiers_visible_to(request.actor).filter(participant_id=person)
    rows = {f"Identifier/{pk}" for pk in sealed.values_list("pk", flat=True)}
    return frozenset(rows | {f"Participant/{pk}" for pk in known})


def _told(request: StaffRequest, form: BreachForm) -> Any:
    since, before = form.span(request.actor.time_zone)
    return queries.told_between(
        request.actor,
        since=since,
        before=before,
        by_id=form.cleaned_data["who"],
        participant_id=form.cleaned_data["person"],
    )


def _sights(request: StaffRequest, events: Iterable[Any], names: dict[str, str]) -> list[Sight]:
    """Events with names: one look-up of each kind for them all."""
    events = list(events)
    persons = _persons(request, {event.target for event in events})
    zone = request.actor.time_zone
    return [
        Sight(
            event=event,
            when=tellings.moment(event.at, zone),
            who=names.get(str(event.actor_id), _("the program itself")),
            what=words_for(event.verb),
            whom=persons.get(event.target, ""),
        )
        for event in events
    ]


def _persons(request: StaffRequest, targets: Iterable[str]) -> dict[str, str]:
    """Whom these rows of the log are about: the person, or what is kept sealed about them."""
    ids: dict[str, set[str]] = {"Participant": set(), "Identifier": set()}
    for target in targets:
        kind, _slash, pk = target.partition("/")
        ids.get(kind, set()).add(pk)
    rows_of_people = {pk for pk in map(uuid_or_none, ids["Participant"]) if pk is not None}
    found = known_as(request.actor, ids=rows_of_people)
    sealed = people.identifiers_visible_to(request.actor).filter(pk__in=ids["Identifier"])
    named = {f"Participant/{pk}": one.name for pk, one in found.items()}
    rows = sealed.values_list("pk", "participant__name")
    return named | {f"Identifier/{pk}": name for pk, name in rows}


def _received(row: Any, zone: str) -> dict[str, Any]:
    return {
        "row": row,
        "when": tellings.when(row.told_at, row.last_at, row.times, zone),
        "who": row.by.name,
        "whom": row.participant.name,
        "to_whom": tellings.to_whom(row),
        "what": tellings.told(row) + (f" ({_('taken back')})" if row.withdrawn_at else ""),
        "why": tellings.why(row),
        "way": tellings.way(row),
    }


def _rows(
    request: StaffRequest, form: BreachForm, names: dict[str, str]
) -> Iterator[Sequence[object]]:
    zone = request.actor.time_zone
    events = _looks(request, form).iterator(chunk_size=CHUNK)
    while chunk := list(islice(events, CHUNK)):
        for one in _sights(request, chunk, names):
            yield [_("seen"), one.when, one.who, one.what, one.whom, "", "", ""]
    for row in _told(request, form).iterator(chunk_size=CHUNK):
        got = _received(row, zone)
        cells = ["when", "who", "what", "whom", "to_whom", "why", "way"]
        yield [_("received"), *(got[cell] for cell in cells)]


def _place(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 19 else None
