"""Every route of the portal says who may call it. Colleagues see none: they have their own."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.tenancy import hidden

View = Callable[..., HttpResponseBase]
NEEDS_FACTOR = "needs_second_factor"  # set at a sign-in by password alone


class PortalRequest(HttpRequest):
    """A request of someone who came in from outside."""

    actor: Actor


def requires(
    *permissions: Permission,
    before_second_factor: bool = False,
    fresh: bool = False,
    back: str = "",
) -> Callable[[View], View]:
    """Let through who came in from outside and holds any of ``permissions``; to all others, to
    colleagues too, the page is absent. What a query does not show answers 404 as well. ``fresh``:
    who showed a moment ago who they are; others do so first, and come to the page ``back`` where
    this address only takes what is sent."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            actor = getattr(request, "actor", None)
            if actor is None:
                return _to_the_door(request, permissions)
            if actor.is_staff or not any(actor.may(one) for one in permissions):
                raise Http404
            if not before_second_factor and _factor_is_missing(request):
                return redirect("portal:second_step")
            if fresh and _must_show_who(request):
                page = reverse(f"portal:{back}") if back else request.path
                return redirect(f"{reverse('account_reauthenticate')}?next={page}")
            try:
                return _once(view, request, *args, **kwargs)
            except ObjectDoesNotExist as missing:
                raise Http404 from missing

        guarded.requires = permissions  # type: ignore[attr-defined]
        guarded.fresh = fresh  # type: ignore[attr-defined]
        return guarded

    return decorate


def _once(view: View, request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    try:
        return view(request, *args, **kwargs)
    except IntegrityError as failed:
        # Two clicks arrived at one moment; a second look finds what the first of them made.
        with hidden.known(failed):
            return view(request, *args, **kwargs)


def public(view: View) -> View:
    """A route that anyone may call, said on purpose."""
    view.requires = "public"  # type: ignore[attr-defined]
    return view


def _to_the_door(request: HttpRequest, permissions: tuple[Permission, ...]) -> HttpResponse:
    """Where someone who is not signed in comes in, and goes on to their page: a referrer gets a
    code by e-mail, a participant has a password or a passkey."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401)
    theirs = Permission.OWN_READ in permissions
    home = reverse("portal:mine" if theirs else "portal:home")
    back = request.path if request.method in ("GET", "HEAD") else home
    door = "account_login" if theirs else "account_request_login_code"
    if settings.DEMO:
        door = "web:demo"
    return redirect(f"{reverse(door)}?{urlencode({'next': back})}")


def _must_show_who(request: HttpRequest) -> bool:
    """Invented people have nothing to show; nor has who came in by a link and chose nothing yet."""
    if settings.DEMO or not get_adapter().get_reauthentication_methods(request.user):
        return False
    shown = [one["at"] for one in get_authentication_records(request, request.user)]
    return time.time() - max(shown, default=0) > settings.PROOF_SECONDS


def _factor_is_missing(request: HttpRequest) -> bool:
    """Whether this sign-in by password alone still has to set up a second step."""
    if not request.session.get(NEEDS_FACTOR):
        return False
    if is_mfa_enabled(request.user):
        del request.session[NEEDS_FACTOR]
        return False
    return True
