"""Where a referrer comes in: what they sent, what they began, and a way to refer someone."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from alongside.accounts.codes import Permission
from alongside.portal.access import PortalRequest, requires


@require_GET
@requires(Permission.REFERRAL_SEND)
def home(request: PortalRequest) -> HttpResponse:
    return render(request, "portal/home.html")
