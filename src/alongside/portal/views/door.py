"""A participant's first pages: what this is, how to leave in a hurry, and how to come in."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django import forms
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from alongside import tenancy
from alongside.accounts import limits
from alongside.accounts.actions import sign_in_happened
from alongside.accounts.queries import actor_for
from alongside.core.actor import Actor
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refusal, Refused
from alongside.people.actions.doors import SignIn, come_in_by_own_link
from alongside.people.queries import own_record
from alongside.people.queries.doors import own_link_by_secret
from alongside.people.rules.doors import why_not_come_in
from alongside.portal.access import public
from alongside.portal.forms.door import ComeInForm
from alongside.portal.words import said

PAGES = ("welcome", "exit", "door")


@require_http_methods(["GET", "POST"])
@public
@leaves(Leaving.NOBODY)
def own_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Opening the link changes nothing: whatever reads mail ahead of the person uses nothing up.
    The last page comes in, once."""
    if not limits.within(request, "own-link"):
        return render(request, "429.html", status=429)
    found = own_link_by_secret(secret)
    if found is None or why_not_come_in(found.facts(), timezone.now()):
        return _over(request)
    with tenancy.working_for(found.agency_id):
        here = getattr(request, "actor", None)
        if here is not None:
            return _someone_is_in(request, here, found)
        return _open(request, found, secret)


def _someone_is_in(request: HttpRequest, here: Actor, found: Any) -> HttpResponse:
    if here.may("own.read") and own_record(here).pk == found.participant_id:
        return redirect("portal:mine")
    return render(request, "portal/door/elsewhere.html", status=409)


def _open(request: HttpRequest, found: Any, secret: str) -> HttpResponse:
    page = request.GET.get("page", PAGES[0])
    if request.method == "GET" and page != "door":
        shown = page if page in PAGES else PAGES[0]
        return render(request, f"portal/door/{shown}.html", {"agency": found.agency})
    start = {"email": str(found.email)}
    form = ComeInForm(request.POST or None, agency=found.agency, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            return _come_in(request, secret, form)
        except Refused as refused:
            if refused.refusal.code == "link-is-over":
                return _over(request)
            refuse(form, refused.refusal)
    status = 422 if request.method == "POST" else 200
    return render(
        request, "portal/door/door.html", {"form": form, "agency": found.agency}, status=status
    )


def refuse(form: forms.Form, refusal: Refusal) -> None:
    """Put a rule's sentence where it belongs in the form that came back."""
    form.add_error(refusal.field if refusal.field in form.fields else None, said(refusal))


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/door/over.html", status=404)


def _come_in(request: HttpRequest, secret: str, form: ComeInForm) -> HttpResponse:
    now, told = timezone.now(), form.cleaned_data
    new = SignIn(told["user_name"], told["email"], told["password"], told["phone"] == "shared")
    try:
        user = come_in_by_own_link(secret, new, at=now)
    except IntegrityError:
        # Someone took this name at the same moment; a second look says so, and the link stays open.
        user = come_in_by_own_link(secret, new, at=now)
    get_adapter().login(request, user)
    record_authentication(request, user, method="own-link")
    actor = actor_for(user, at=now)
    if actor is not None:
        sign_in_happened(verb="user.signed-in", by=actor, at=now, how="own-link")
    if form.by_passkey:
        return redirect(f"{reverse('mfa_add_webauthn')}?next={reverse('portal:mine')}")
    return redirect("portal:mine")
