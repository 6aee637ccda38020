"""Staying signed in, leaving, and the second step of signing in."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.accounts import actions, queries
from alongside.accounts import devices as signed_in_on
from alongside.accounts.codes import Permission
from alongside.web import proof
from alongside.web.access import (
    StaffRequest,
    factor_is_missing,
    from_loopback,
    public,
    requires,
)


@require_http_methods(["GET", "POST"])
@requires(before_second_factor=True)
def ping(request: StaffRequest) -> HttpResponse:
    """Somebody is still here; the middleware has noted it already.

    The token lets forms that stayed open go on after a new sign-in in another tab: that changes it.
    """
    return JsonResponse({"csrf": get_token(request)})


@require_GET
@public
def signed_out(request: HttpRequest) -> HttpResponse:
    """Where a page goes whose time is over; the middleware has ended the session by then."""
    wanted = request.GET.get(REDIRECT_FIELD_NAME, "") or _page_before(request)
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()})
    page = {"next": wanted if safe else "/", "still_in": request.user.is_authenticated}
    return render(request, "web/users/signed_out.html", page)


@require_GET
@requires(before_second_factor=True)
def second_factor(request: StaffRequest) -> HttpResponse:
    """Where someone who signed in by password alone sets up the second step, and goes on from."""
    if factor_is_missing(request):
        return render(request, "web/users/second_factor.html")
    begins = request.actor.may(Permission.AGENCY_MANAGE)
    if begins and not queries.agency_of(request.actor).counties:
        return redirect("web:checklist")
    return redirect("web:today")


@require_http_methods(["GET", "POST"])
@requires()
def its_you(request: StaffRequest) -> HttpResponse:
    """Before a grave step: password, code or passkey once more. Invented people press a button."""
    wanted = request.GET.get(REDIRECT_FIELD_NAME, "")
    safe = wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else "/"
    if not settings.DEMO or not from_loopback(request):
        return redirect(f"{_quickest_way(request)}?{urlencode({REDIRECT_FIELD_NAME: safe})}")
    if request.method == "POST":
        record_authentication(request, request.user, method="password", reauthenticated=True)
        return redirect(safe)
    return render(request, "web/users/its_you.html", {"nav": "more"})


def _quickest_way(request: StaffRequest) -> str:
    """A passkey where there is one; the page offers the other ways below."""
    ways = {
        way["id"]: way["url"] for way in get_adapter().get_reauthentication_methods(request.user)
    }
    return str(ways.get("mfa_reauthenticate:webauthn") or reverse("account_reauthenticate"))


@require_GET
@requires()
def go_on(request: StaffRequest) -> HttpResponse:
    """What was typed into a form that stands on no page of its own, to be sent by hand."""
    if proof.KEPT not in request.session:
        return redirect("web:today")
    page = {"to": request.session[proof.KEPT]["to"], "words": proof.words_of(request).lists()}
    return render(request, "web/users/go_on.html", page)


@require_GET
@requires()
def devices(request: StaffRequest) -> HttpResponse:
    page = {"nav": "more", "devices": signed_in_on.devices_of(request)}
    return render(request, "web/users/devices.html", page)


@require_POST
@requires(fresh=True)
def devices_out(request: StaffRequest) -> HttpResponse:
    """One device, or all but this one."""
    one = request.POST.get("device", "")
    if one:
        if not one.isdecimal() or not signed_in_on.sign_out_one(request, int(one[:18])):
            raise Http404
        now = timezone.now()
        actions.sign_in_happened(verb="user.device-signed-out", by=request.actor, at=now)
        messages.success(request, _("Signed out there."))
        return redirect("web:devices")
    actions.end_other_sessions(by=request.actor, at=timezone.now())
    user: Any = request.user
    user.refresh_from_db()
    update_session_auth_hash(request, user)
    signed_in_on.forget_all(request.actor.id)
    signed_in_on.note(request)
    messages.success(request, _("Signed out everywhere else."))
    return redirect("web:devices")


def _page_before(request: HttpRequest) -> str:
    came_from = request.headers.get("referer", "")
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        return "/"
    return came_from.split(request.get_host(), 1)[1]
