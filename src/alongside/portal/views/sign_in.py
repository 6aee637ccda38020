"""What a participant comes in with, on which phones they are, and closing their page."""

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.accounts import devices
from alongside.accounts.codes import Permission
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refused
from alongside.people.actions import doors
from alongside.people.queries import own_record
from alongside.portal.access import PortalRequest, requires
from alongside.portal.forms.door import NameForm
from alongside.portal.views.devices import sign_out
from alongside.portal.views.door import refuse
from alongside.portal.words import said


@require_GET
@requires(Permission.OWN_READ)
@leaves(Leaving.OWN_COPY)
def sign_in(request: PortalRequest) -> HttpResponse:
    user: Any = request.user
    page = {
        "nav": "more",
        "person": own_record(request.actor),
        "user_name": user.user_name,
        "email": user.email,
        "has_password": user.has_usable_password(),
        "has_factor": is_mfa_enabled(user),
        "devices": devices.devices_of(request),
    }
    return render(request, "portal/mine/sign_in/sign_in.html", page)


@require_http_methods(["GET", "POST"])
@requires(Permission.OWN_WRITE, fresh=True)
@leaves(Leaving.OWN_COPY)
def name(request: PortalRequest) -> HttpResponse:
    user: Any = request.user
    start = {"user_name": user.user_name or "", "email": user.email or ""}
    form = NameForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            doors.change_my_sign_in(**form.cleaned_data, by=request.actor, at=timezone.now())
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("portal:mine_sign_in")
    page = {"nav": "more", "person": own_record(request.actor), "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "portal/mine/sign_in/name.html", page, status=status)


@require_POST
@requires(Permission.OWN_WRITE)
@leaves(Leaving.NOBODY)
def phone(request: PortalRequest) -> HttpResponse:
    """Whether others use the phone too: from this click on, and for each sign-in to come."""
    shared = request.POST.get("shared") == "yes"
    own_record(request.actor)
    doors.share_my_phone(shared, by=request.actor, at=timezone.now())
    request.session["shared"] = shared
    if shared:
        messages.success(request, _("Saved. We sign you out after 5 minutes without a touch."))
    else:
        messages.success(request, _("Saved. You stay signed in for half an hour without a touch."))
    return redirect("portal:mine_sign_in")


@require_POST
@requires(Permission.OWN_WRITE)
@leaves(Leaving.NOBODY)
def out(request: PortalRequest) -> HttpResponse:
    own_record(request.actor)
    sign_out(request)
    return redirect("portal:mine_sign_in")


@require_http_methods(["GET", "POST"])
@requires(Permission.OWN_WRITE, fresh=True)
@leaves(Leaving.NOBODY)
def close(request: PortalRequest) -> HttpResponse:
    """They want no page of their own any more. The support and the record stay as they are."""
    person = own_record(request.actor)
    if request.method == "POST":
        try:
            doors.close_my_sign_in(by=request.actor, at=timezone.now())
        except Refused as refused:
            messages.warning(request, said(refused.refusal))
            return redirect("portal:mine_sign_in")
        logout(request)
        return render(request, "portal/mine/sign_in/closed.html", {"actor": None})
    page = {"nav": "more", "person": person}
    return render(request, "portal/mine/sign_in/close.html", page)
