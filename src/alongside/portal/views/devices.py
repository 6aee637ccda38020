"""On which devices someone from outside is signed in, and the way out of there."""

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.accounts import actions as accounts
from alongside.accounts import devices as signed_in_on
from alongside.accounts.codes import Permission
from alongside.core.leaving import Leaving, leaves
from alongside.portal.access import PortalRequest, requires


@require_GET
@requires(Permission.REFERRAL_SEND)
@leaves(Leaving.NOBODY)
def devices(request: PortalRequest) -> HttpResponse:
    """What a referrer comes in with, and where they are signed in."""
    user: Any = request.user
    page = {
        "email": user.email,
        "has_factor": is_mfa_enabled(user),
        "devices": signed_in_on.devices_of(request),
    }
    return render(request, "portal/sign_in.html", page)


@require_POST
@requires(Permission.REFERRAL_SEND)
@leaves(Leaving.NOBODY)
def devices_out(request: PortalRequest) -> HttpResponse:
    sign_out(request)
    return redirect("portal:referrer_devices")


def sign_out(request: PortalRequest) -> None:
    """One device, or all but this one. Asks for no proof: who fears that another is in must be able
    to end it at once."""
    one, now = request.POST.get("device", ""), timezone.now()
    if one:
        if not one.isdecimal() or not signed_in_on.sign_out_one(request, int(one[:18])):
            raise Http404
        accounts.sign_in_happened(verb="user.device-signed-out", by=request.actor, at=now)
        messages.success(request, _("Signed out there."))
        return
    accounts.end_other_sessions(by=request.actor, at=now)
    user: Any = request.user
    user.refresh_from_db()
    update_session_auth_hash(request, user)
    signed_in_on.forget_all(request.actor.id)
    signed_in_on.note(request)
    messages.success(request, _("Signed out everywhere else."))
