"""Coming in by a link, staying signed in, and the second step for those who chose a password."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.i18n import set_language

from alongside import tenancy
from alongside.accounts.actions import sign_in_happened
from alongside.accounts.codes import Permission
from alongside.accounts.queries import actor_for
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refused
from alongside.portal.access import NEEDS_FACTOR, PortalRequest, public, requires
from alongside.practice import catalog
from alongside.referrals.actions import referrers as actions
from alongside.referrals.queries import referrers as queries
from alongside.referrals.rules.links import why_not_use


@require_http_methods(["GET", "POST"])
@public
@leaves(Leaving.NOBODY)
def link(request: HttpRequest, secret: str) -> HttpResponse:
    """A referrer's first page. Opening it changes nothing, so that whatever reads mail ahead of
    them uses nothing up; the button comes in, once."""
    found = queries.link_by_secret(secret)
    if found is None or why_not_use(found.facts(), timezone.now()):
        return _over(request)
    with tenancy.working_for(found.agency_id):
        return _open(request, found, secret)


def _open(request: HttpRequest, found: Any, secret: str) -> HttpResponse:
    here = getattr(request, "actor", None)
    whose = found.referrer
    page = {"link": found, "referrer": whose, "agency": found.agency, "doors": _doors()}
    if here is not None and here.id == whose.user_id:
        return redirect("portal:home")
    if here is not None:
        return render(request, "portal/link_elsewhere.html", page, status=409)
    if request.method == "POST":
        try:
            _come_in(request, secret)
        except Refused:
            return _over(request)
        return redirect("portal:home")
    return render(request, "portal/link.html", page)


@require_POST
@public
@leaves(Leaving.NOBODY)
def language(request: HttpRequest) -> HttpResponse:
    """The language of the pages, for whoever chooses one: kept in a cookie that says nothing else,
    and back to the page one came from."""
    return set_language(request)


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/link_over.html", status=404)


def _come_in(request: HttpRequest, secret: str) -> None:
    now = timezone.now()
    user = actions.come_in(secret, at=now)
    get_adapter().login(request, user)
    record_authentication(request, user, method="link")
    actor = actor_for(user, at=now)
    if actor is not None:
        sign_in_happened(verb="user.signed-in", by=actor, at=now, how="link")


def _doors() -> list[catalog.Term]:
    """Where somebody who asks for themselves needs a professional, and whom to ask (PSP-5)."""
    return [door for door in catalog.pathways() if door.ask]


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_SEND, Permission.OWN_READ, before_second_factor=True)
@leaves(Leaving.NOBODY)
def still_here(request: PortalRequest) -> HttpResponse:
    """Somebody is still here; the middleware has noted it already."""
    return JsonResponse({"csrf": get_token(request)})


@require_GET
@requires(Permission.REFERRAL_SEND, before_second_factor=True)
@leaves(Leaving.NOBODY)
def second_step(request: PortalRequest) -> HttpResponse:
    """A password alone opens this page: it leads to a second step, or to a code instead."""
    if request.session.get(NEEDS_FACTOR):
        return render(request, "portal/second_step.html")
    return redirect("portal:home")
