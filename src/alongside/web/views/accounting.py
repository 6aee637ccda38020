"""The accounting of disclosures: for the participant, on the page, on paper, as a sheet."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from alongside.accounts.codes import Permission
from alongside.consents import actions, queries
from alongside.consents.rules import YEARS, Group, Recipient, Wanted
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.leaving import Leaving, leaves
from alongside.people.codes import Printed
from alongside.people.queries import participants_visible_to
from alongside.practice.disclosure import Basis, Way
from alongside.web import tellings
from alongside.web.access import StaffRequest, requires
from alongside.web.noteforms import uuid_or_none
from alongside.web.own_copies import on_paper
from alongside.web.sheets import sheet
from alongside.web.views.disclosures import paper

GIVEN = 5


def _years(asked: str | None) -> int:
    return next((years for years in YEARS if str(years) == asked), YEARS[-1])


@require_GET
@requires(Permission.DISCLOSURE_WRITE)
@leaves(Leaving.OWN_COPY)
def accounting(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    """Read it together, or print it: it is the participant's."""
    now = timezone.now()
    person = on_paper(request, participant_id, Printed.TOLD)
    years = _years(request.GET.get("years"))
    groups = _groups(request, participant_id, years, now)
    given = queries.own_copies(request.actor, participant_id=participant_id)
    page = {
        "nav": "people",
        "person": person,
        "years": years,
        "choices": YEARS,
        "head": tellings.head(),
        "lines": list(tellings.lines(groups, request.actor.time_zone)),
        "given": list(given.filter(what__startswith=_title())[:GIVEN]),
        "new_id": new_id(),
        "printed_at": now,
    }
    return render(request, "web/disclosures/accounting_print.html", page)


@require_POST
@requires(Permission.DISCLOSURE_WRITE, fresh=True)
@leaves(Leaving.GATE)
def accounting_paper(request: StaffRequest, participant_id: UUID) -> HttpResponseBase:
    """The PDF to hand over. That it was given is written down, once for one page."""
    now = timezone.now()
    person = participants_visible_to(request.actor).get(pk=participant_id)
    years = _years(request.POST.get("years"))
    _give(request, person, years, Way.PDF, now)
    groups = _groups(request, participant_id, years, now)
    return paper("accounting", _paper(request, person, groups, years, now), name="accounting")


@require_POST
@requires(Permission.DISCLOSURE_WRITE, fresh=True)
@leaves(Leaving.GATE)
def accounting_sheet(request: StaffRequest, participant_id: UUID) -> HttpResponseBase:
    now = timezone.now()
    person = participants_visible_to(request.actor).get(pk=participant_id)
    years = _years(request.POST.get("years"))
    _give(request, person, years, Way.EXPORT, now)
    groups = _groups(request, participant_id, years, now)
    return sheet("accounting", tellings.head(), tellings.lines(groups, request.actor.time_zone))


def _groups(
    request: StaffRequest, participant_id: UUID, years: int, now: datetime
) -> Sequence[Group]:
    on = local_date(now, request.actor.time_zone)
    return queries.accounting(request.actor, participant_id=participant_id, years=years, on=on)


def _title() -> str:
    return _("Accounting of disclosures")


def _give(request: StaffRequest, person: Any, years: int, way: Way, now: datetime) -> None:
    reach = ngettext("%(n)d year", "%(n)d years", years) % {"n": years}
    wanted = Wanted(
        id=uuid_or_none(request.POST.get("disclosure_id")) or new_id(),
        participant_id=person.pk,
        basis=Basis.PARTICIPANT,
        recipient=Recipient(name=person.name),
        way=way,
        what=f"{_title()}, {reach}",
    )
    actions.disclose(wanted, by=request.actor, at=now)


def _paper(
    request: StaffRequest, person: Any, groups: Sequence[Group], years: int, now: datetime
) -> dict[str, object]:
    zone = request.actor.time_zone
    rows = [list(row) for row in tellings.lines(groups, zone)]
    made = _("Made on %(day)s by %(who)s.") % {
        "day": tellings.moment(now, zone),
        "who": request.actor.name,
    }
    reach = ngettext("The last %(n)d year.", "The last %(n)d years.", years) % {"n": years}
    count = ngettext("%(n)d line", "%(n)d lines", len(rows)) % {"n": len(rows)}
    title = _("What was told to others")
    return {
        "title": _title(),
        "agency": request.actor.agency_name,
        "subject": person.name,
        "lines": [f"{reach} {count}. {made}"],
        "head": tellings.head(),
        "groups": [{"title": title, "rows": rows}] if rows else [],
        "none": _("Nothing was told to anybody outside in this time."),
        "sections": [{"title": _("Good to know"), "parts": [{"kind": "text", "text": _about()}]}],
        "foot": _("Private: this belongs to the person named on it."),
        "page": _("Page {n} of {m}"),
    }


def _about() -> str:
    return _(
        "This says who got something about you from us, when, what, and why. The same thing told "
        "many times stands as one line with how often. What you got yourself is not listed. If "
        "something here looks wrong to you, tell us: we look into it."
    )
