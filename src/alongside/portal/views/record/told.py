"""What others were told about the participant, for themselves: the accounting, and updates word for
word."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.accounts.codes import Permission
from alongside.consents.actions import disclose
from alongside.consents.queries.disclosures import accounting
from alongside.consents.rules import YEARS, Recipient, Wanted
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refused
from alongside.encounters.codes import UpdateStatus
from alongside.encounters.queries.own import asked_about_me
from alongside.encounters.queries.updates import updates_of
from alongside.people.queries import own_record
from alongside.portal import tellings
from alongside.portal.access import PortalRequest, requires
from alongside.portal.updates_read import in_words
from alongside.portal.views.papers import handed
from alongside.portal.views.record.take import uuid_or_none
from alongside.portal.words import said
from alongside.practice.consents import ENGLISH, tongue
from alongside.practice.disclosure import Basis, Way

READ = Permission.OWN_READ


def _sent(request: PortalRequest) -> Any:
    """A draft is nobody's but theirs who write it; what went out stays readable for ever."""
    found = updates_of(request.actor, participant_id=own_record(request.actor).pk)
    return found.filter(status=UpdateStatus.SENT).order_by("-sent_at", "-id")


@require_GET
@requires(READ)
@leaves(Leaving.OWN_COPY)
def own_told(request: PortalRequest) -> HttpResponse:
    """Each telling: to whom, what, why and on what ground, how, and who told it."""
    actor, years = request.actor, _years(request.GET.get("years"))
    page = {
        "nav": "told",
        "lines": _lines(actor, years, _today(actor)),
        "years": years,
        "choices": YEARS,
        "told_id": new_id(),
        "asked": asked_about_me(actor),
    }
    return render(request, "portal/mine/record/told.html", page)


@require_POST
@requires(READ, fresh=True, back="own_told")
@leaves(Leaving.GATE)
def own_told_paper(request: PortalRequest) -> HttpResponse:
    """The same as a PDF, the accounting that the law knows. That it was taken is written down."""
    actor, years = request.actor, _years(request.POST.get("years"))
    person = own_record(actor)
    reach = ngettext("%(n)d year", "%(n)d years", years) % {"n": years}
    wanted = Wanted(
        id=uuid_or_none(request.POST.get("told_id", "")) or new_id(),
        participant_id=person.pk,
        basis=Basis.PARTICIPANT,
        recipient=Recipient(name=person.name),
        way=Way.PDF,
        what=f"{_('What we told others')}, {reach}",
    )
    try:
        disclose(wanted, by=actor, at=timezone.now())
    except Refused as refused:
        messages.warning(request, said(refused.refusal))
        return redirect("portal:own_told")
    on = _today(actor)
    found = _lines(actor, years, on)
    data = tellings.paper(found, agency=actor.agency_name, name=person.name, years=years, on=on)
    return handed("accounting", data, "told")


def _years(asked: str | None) -> int:
    return next((years for years in YEARS if str(years) == asked), YEARS[-1])


def _today(actor: Actor) -> date:
    return local_date(timezone.now(), actor.time_zone)


def _lines(actor: Actor, years: int, on: date) -> list[tellings.Line]:
    groups = accounting(actor, participant_id=own_record(actor).pk, years=years, on=on)
    return list(tellings.lines(groups, actor.time_zone))


@require_GET
@requires(READ)
@leaves(Leaving.OWN_COPY)
def own_updates(request: PortalRequest) -> HttpResponse:
    """Each update that went to court or county, whatever became of its consent."""
    page = {"nav": "told", "updates": list(_sent(request))}
    return render(request, "portal/mine/record/updates.html", page)


@require_GET
@requires(READ)
@leaves(Leaving.OWN_COPY)
def own_update(request: PortalRequest, update_id: UUID) -> HttpResponse:
    """One update with the notice that went along, word for word as it was read outside."""
    found, here = _sent(request).get(pk=update_id), tongue(get_language() or "")
    taken_back = found.recipient.revoked_at or found.recipient.consent.revoked_at
    page = {
        "nav": "told",
        "update": found,
        "text": found.text,
        "other": in_words(found.text) if here.code != ENGLISH else None,
        "called": here.name,
        "taken_back": taken_back,
        "along": found.disclosure.travels() if found.disclosure else None,
    }
    return render(request, "portal/mine/record/update.html", page)
