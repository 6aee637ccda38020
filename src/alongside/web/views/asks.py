"""Who asked on the public page on a day when very many did: looked at one by one, by a person."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from alongside.accounts.codes import Permission
from alongside.core.refusal import Refused
from alongside.exchange.actions.arriving import take_ask_in
from alongside.referrals.actions import asking as actions
from alongside.referrals.queries import asking as queries
from alongside.web.access import StaffRequest, requires
from alongside.web.noteforms import uuid_or_none
from alongside.web.templatetags.words import say

DESK = Permission.REFERRAL_WRITE


@require_GET
@requires(Permission.REFERRAL_READ)
def asks(request: StaffRequest) -> HttpResponse:
    waiting = queries.waiting_apart(request.actor)
    rows = list(waiting[: queries.PAGE])
    page = {
        "nav": "desk",
        "rows": rows,
        "more": waiting.count() - len(rows) if len(rows) == queries.PAGE else 0,
        "away": queries.put_away(request.actor, at=timezone.now())[: queries.PAGE],
        "may_work": request.actor.may(DESK),
    }
    return render(request, "web/referrals/asks.html", page)


@require_POST
@requires(DESK)
def ask_in(request: StaffRequest, ask_id: UUID) -> HttpResponse:
    try:
        referral = take_ask_in(ask_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        messages.warning(request, say(refused.refusal))
        return redirect("web:asks")
    messages.success(request, _("At the desk now, as a new request."))
    return redirect("web:referral", referral.pk)


@require_POST
@requires(DESK)
def asks_away(request: StaffRequest) -> HttpResponse:
    ids = [key for one in request.POST.getlist("ask") if (key := uuid_or_none(one))]
    done = actions.put_asks_away(ids, by=request.actor, at=timezone.now())
    if done:
        words = ngettext("%(n)d put away.", "%(n)d put away.", done) % {"n": done}
        messages.success(request, words)
    else:
        messages.info(request, _("Tick the ones that no person sent."))
    return redirect("web:asks")


@require_POST
@requires(DESK)
def ask_back(request: StaffRequest, ask_id: UUID) -> HttpResponse:
    try:
        actions.bring_ask_back(ask_id, by=request.actor, at=timezone.now())
        messages.success(request, _("It waits for a look again."))
    except Refused as refused:
        messages.warning(request, say(refused.refusal))
    return redirect("web:asks")
