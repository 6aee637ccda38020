"""Staying signed in, and the second step for those who chose a password."""

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from alongside.accounts.codes import Permission
from alongside.portal.access import NEEDS_FACTOR, PortalRequest, requires


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_SEND, before_second_factor=True)
def still_here(request: PortalRequest) -> HttpResponse:
    """Somebody is still here; the middleware has noted it already."""
    return JsonResponse({"csrf": get_token(request)})


@require_GET
@requires(Permission.REFERRAL_SEND, before_second_factor=True)
def second_step(request: PortalRequest) -> HttpResponse:
    """A password alone opens this page: it leads to a second step, or to a code instead."""
    if request.session.get(NEEDS_FACTOR):
        return render(request, "portal/second_step.html")
    return redirect("portal:home")
