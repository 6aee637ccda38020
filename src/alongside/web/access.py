"""Every route says who may call it; tests/architecture fails on a route that does not."""

import logging
from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from alongside.accounts import queries
from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.people.actions import shown_again
from alongside.tenancy import hidden
from alongside.web import proof

View = Callable[..., HttpResponseBase]
LOG = logging.getLogger("alongside.refused")
NEEDS_FACTOR = "needs_second_factor"
PROXY_HEADERS = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


class StaffRequest(HttpRequest):
    """A request of someone signed in. ``htmx`` comes from django-htmx."""

    actor: Actor
    htmx: Any
    about: UUID | None


def requires(
    *permissions: Permission, before_second_factor: bool = False, fresh: bool = False
) -> Callable[[View], View]:
    """Let through a signed-in actor who holds any of ``permissions``; to others the page is absent.
    ``fresh``: only someone who showed who they are within ``settings.PROOF_SECONDS``; others do so
    first, and come back to what they typed.

    Whatever the viewer may not see raises ``ObjectDoesNotExist`` in a query and answers 404 too:
    hidden and absent look the same.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            actor = getattr(request, "actor", None)
            if actor is None:
                return to_the_door(request)
            if not actor.is_staff:
                raise _not_given(request, actor)
            if not before_second_factor and factor_is_missing(request):
                return redirect("web:second_factor")
            if permissions and not any(actor.may(permission) for permission in permissions):
                raise _not_given(request, actor)
            if fresh and not proof.is_fresh(request):
                return proof.ask(request)
            try:
                request.about = kwargs.get("participant_id")
                if proof.awaited(request):
                    return _with_kept_words(view, request, *args, **kwargs)
                return _seen(request, _once(view, request, *args, **kwargs))
            except ObjectDoesNotExist as missing:
                raise _not_given(request, actor) from missing

        guarded.requires = permissions  # type: ignore[attr-defined]
        guarded.fresh = fresh  # type: ignore[attr-defined]
        return guarded

    return decorate


def _not_given(request: HttpRequest, actor: Actor) -> Http404:
    """Looks like a page that is absent; the console is told who asked for which route."""
    match = request.resolver_match
    LOG.warning("Not given: %s to %s", match.view_name if match else "?", actor.id)
    return Http404()


def _once(view: View, request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    try:
        return view(request, *args, **kwargs)
    except IntegrityError as failed:
        # Two clicks arrived at one moment; a second look finds what the first of them made.
        with hidden.known(failed):
            return view(request, *args, **kwargs)


def _seen(request: StaffRequest, answer: HttpResponseBase) -> HttpResponseBase:
    """A form that was refused shows the record again, also to whoever sent it without its page.
    A script that keeps what is typed is shown nothing."""
    page = "html" in answer.headers.get("Content-Type", "")
    if request.about and answer.status_code == 422 and page:
        shown_again(request.about, by=request.actor, at=timezone.now())
    return answer


def _with_kept_words(
    view: View, request: StaffRequest, *args: Any, **kwargs: Any
) -> HttpResponseBase:
    proof.say_it_came_back(request)
    return proof.bring_back(request, _once(view, request, *args, **kwargs))


def public(view: View) -> View:
    """A route that anyone may call, said on purpose."""
    view.requires = "public"  # type: ignore[attr-defined]
    return view


@public
def absent(request: HttpRequest) -> HttpResponse:
    """A page of the sign-in library that we do not have."""
    raise Http404


def to_the_door(request: HttpRequest) -> HttpResponse:
    """Where someone who is not signed in goes, and what they come back to."""
    if getattr(request, "htmx", False):
        return HttpResponse(status=401)
    if queries.installation_is_empty():
        return redirect("web:start")
    door = reverse("web:demo") if settings.DEMO else None
    return redirect_to_login(where_to_return(request), door)


def where_to_return(request: HttpRequest) -> str:
    """The page asked for, or the page a form stood on: an address that may be opened again."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    came_from = request.headers.get("referer", "")
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        return "/"
    return urlsplit(came_from).path or "/"


def factor_is_missing(request: HttpRequest) -> bool:
    """Whether this sign-in by password alone still has to set up a second factor."""
    if not request.session.get(NEEDS_FACTOR):
        return False
    if is_mfa_enabled(request.user):
        del request.session[NEEDS_FACTOR]
        return False
    return True


def from_loopback(request: HttpRequest) -> bool:
    """Whether the browser runs on this machine: by address and host name, no proxy between."""
    if any(header in request.META for header in PROXY_HEADERS):
        return False
    host = urlsplit(f"//{request.get_host()}").hostname
    try:
        near = ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
    return near and host in ("localhost", "127.0.0.1", "::1")
