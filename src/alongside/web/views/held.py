"""Everything that is held about one person: to see, to print, and as their own copy."""

from itertools import islice
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.accounts.codes import Permission
from alongside.core.ids import new_id
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refused
from alongside.people import actions as people
from alongside.people.codes import Printed
from alongside.practice.disclosure import Way
from alongside.retention import actions, queries
from alongside.retention.queries import copying, record
from alongside.retention.rules.parts import CHAPTERS
from alongside.web.access import StaffRequest, requires
from alongside.web.noteforms import uuid_or_none
from alongside.web.own_copies import on_paper
from alongside.web.templatetags.words import say

WRITES = (Permission.CONSENT_WRITE, Permission.PRIVACY_MANAGE)
PAGE = 50
PRINTED = 2000


@require_GET
@requires(*WRITES)
def held(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    """What there is, chapter by chapter; one chapter at a time is read."""
    found = _open(request, participant_id)
    key = request.GET.get("part", "")
    chapter = next((one for one in CHAPTERS if one.key == key), None)
    if key and chapter is None:
        raise Http404
    page = _page(request, found)
    if chapter is not None:
        number = request.GET.get("from", "0")
        begin = int(number) if number.isdecimal() and len(number) < 7 else 0
        rows = list(islice(record.entries(request.actor, found, chapter), begin, begin + PAGE + 1))
        more = f"?part={key}&from={begin + PAGE}" if len(rows) > PAGE else ""
        page |= {"chapter": chapter, "entries": rows[:PAGE], "next": more}
    return render(request, "web/rights/held.html", page)


@require_GET
@requires(*WRITES, fresh=True)
@leaves(Leaving.OWN_COPY)
def held_print(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    """All of it on one page, for whoever would rather have paper."""
    on_paper(request, participant_id, Printed.WHOLE)
    found = record.held_about(request.actor, participant_id=participant_id)
    told = [
        (chapter, list(islice(record.entries(request.actor, found, chapter), PRINTED)))
        for chapter in CHAPTERS
        if found.counts[chapter.key]
    ]
    page = {**_page(request, found), "told": told, "printed_at": timezone.now()}
    return render(request, "web/rights/held_print.html", page)


@require_POST
@requires(Permission.PRIVACY_MANAGE, fresh=True)
@leaves(Leaving.GATE)
def held_copy(request: StaffRequest, participant_id: UUID) -> HttpResponseBase:
    """Their own copy: as a paper, or as data that another program can read."""
    found = record.held_about(request.actor, participant_id=participant_id)
    as_data = request.POST.get("form") == "data"
    try:
        actions.copy_record(
            participant_id,
            copy_id=uuid_or_none(request.POST.get("copy_id")) or new_id(),
            way=Way.EXPORT if as_data else Way.PDF,
            what=_("A copy of the whole record"),
            by=request.actor,
            at=timezone.now(),
        )
    except Refused as refused:
        messages.warning(request, say(refused.refusal))
        return redirect("web:held", participant_id)
    if as_data:
        headers = {"Content-Disposition": 'attachment; filename="record.zip"'}
        pieces = copying.data(request.actor, found)
        return StreamingHttpResponse(pieces, content_type="application/zip", headers=headers)
    headers = {"Content-Disposition": 'attachment; filename="record.pdf"'}
    content = copying.paper(request.actor, found)
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _open(request: StaffRequest, participant_id: UUID) -> record.Held:
    """Looking at all of it is on record, like any look at the person."""
    people.open_record(participant_id, by=request.actor, at=timezone.now())
    return record.held_about(request.actor, participant_id=participant_id)


def _page(request: StaffRequest, found: record.Held) -> dict[str, Any]:
    actor, person = request.actor, found.person
    return {
        "nav": "people",
        "person": person,
        "chapters": [(one, found.counts[one.key]) for one in CHAPTERS],
        "left_out": copying.left_out(request.actor, found),
        "statements": queries.statements_of(actor, participant_id=person.pk),
        "looked": record.who_looked(actor, participant_id=person.pk),
        "reads_log": actor.may(Permission.AUDIT_READ),
        "manages": actor.may(Permission.PRIVACY_MANAGE),
        "copy_id": new_id(),
    }
