"""Everything to take along, and who opened the record."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.accounts.codes import Permission
from alongside.consents.queries.disclosures import own_copies
from alongside.core.ids import new_id
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refused
from alongside.people.queries import own_record
from alongside.portal.access import PortalRequest, requires
from alongside.portal.words import said
from alongside.practice.disclosure import Way
from alongside.retention.actions import copy_own_record
from alongside.retention.queries import copying, record
from alongside.retention.rules.parts import CHAPTERS

READ = Permission.OWN_READ
SHOWN = 20


@require_GET
@requires(READ)
@leaves(Leaving.OWN_COPY)
def own_copy(request: PortalRequest) -> HttpResponse:
    """What there is to take, and what is not in it."""
    person = own_record(request.actor)
    held = record.held_about(request.actor, participant_id=person.pk)
    chapters = [(one.title, held.counts[one.key]) for one in CHAPTERS]
    page = {
        "nav": "copy",
        "chapters": [(title, count) for title, count in chapters if count],
        "left_out": copying.left_out(request.actor, held),
        "taken": own_copies(request.actor, participant_id=person.pk)[:SHOWN],
        "copy_id": new_id(),
    }
    return render(request, "portal/mine/record/copy.html", page)


@require_POST
@requires(READ, fresh=True, back="own_copy")
@leaves(Leaving.GATE)
def own_copy_take(request: PortalRequest) -> HttpResponseBase:
    """As a paper, or as data for a program. That it was taken stands in the record."""
    actor, as_data = request.actor, request.POST.get("form") == "data"
    held = record.held_about(actor, participant_id=own_record(actor).pk)
    try:
        copy_own_record(
            copy_id=uuid_or_none(request.POST.get("copy_id", "")) or new_id(),
            way=Way.EXPORT if as_data else Way.PDF,
            what=_("A copy of the whole record"),
            by=actor,
            at=timezone.now(),
        )
    except Refused as refused:
        messages.warning(request, said(refused.refusal))
        return redirect("portal:own_copy")
    # No word of recovery in the name of a file that may lie on a shared phone.
    if as_data:
        headers = {"Content-Disposition": 'attachment; filename="copy.zip"'}
        pieces = copying.data(actor, held)
        return StreamingHttpResponse(pieces, content_type="application/zip", headers=headers)
    headers = {"Content-Disposition": 'attachment; filename="copy.pdf"'}
    return HttpResponse(copying.paper(actor, held), content_type="application/pdf", headers=headers)


def uuid_or_none(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@require_GET
@requires(READ)
@leaves(Leaving.OWN_COPY)
def own_looked(request: PortalRequest) -> HttpResponse:
    """Who of the agency opened this record, and when last."""
    person = own_record(request.actor)
    looked = record.who_looked(request.actor, participant_id=person.pk)
    return render(request, "portal/mine/record/looked.html", {"nav": "looked", "looked": looked})
