"""A participant's own pages: the first one, where else to go, and the quick way out."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from alongside.accounts.codes import Permission
from alongside.core.leaving import Leaving, leaves
from alongside.people.queries import own_record
from alongside.portal import mine
from alongside.portal.access import PortalRequest, public, requires
from alongside.portal.context import exit_to


@require_GET
@requires(Permission.OWN_READ)
@leaves(Leaving.OWN_COPY)
def home(request: PortalRequest) -> HttpResponse:
    page = {
        "nav": "home",
        "person": own_record(request.actor),
        "cards": mine.cards(request.actor, timezone.now()),
    }
    return render(request, "portal/mine/home.html", page)


@require_GET
@requires(Permission.OWN_READ)
@leaves(Leaving.OWN_COPY)
def more(request: PortalRequest) -> HttpResponse:
    page = {"nav": "more", "person": own_record(request.actor), "places": mine.under_more()}
    return render(request, "portal/mine/more.html", page)


@csrf_exempt
@require_POST
@public
@leaves(Leaving.NOBODY)
def leave(request: HttpRequest) -> HttpResponse:
    """Signed out at once, whoever asks and in whatever state the page is: a token that is too old
    must not keep anyone here. Another site cannot ask: the cookie does not come along (SameSite).
    """
    to = exit_to(request)
    logout(request)
    answer = render(request, "portal/gone.html", {"to": to})
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer
