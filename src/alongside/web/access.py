"""Every route says who may call it; tests/architecture fails on a route that does not."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor

View = Callable[..., HttpResponse]


class StaffRequest(HttpRequest):
    """A request of someone signed in. ``htmx`` comes from django-htmx."""

    actor: Actor
    htmx: Any


def requires(*permissions: Permission) -> Callable[[View], View]:
    """Let through a signed-in actor who holds any of ``permissions``; to others the page is absent.

    Whatever the viewer may not see raises ``ObjectDoesNotExist`` in a query and answers 404 too:
    hidden and absent look the same.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor = getattr(request, "actor", None)
            if actor is None:
                return redirect_to_login(request.get_full_path())
            if permissions and not any(actor.may(permission) for permission in permissions):
                raise Http404
            try:
                return view(request, *args, **kwargs)
            except ObjectDoesNotExist as missing:
                raise Http404 from missing

        guarded.requires = permissions  # type: ignore[attr-defined]
        return guarded

    return decorate


def public(view: View) -> View:
    """A route that anyone may call, said on purpose."""
    view.requires = "public"  # type: ignore[attr-defined]
    return view
