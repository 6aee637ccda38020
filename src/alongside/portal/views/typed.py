"""Words on their way: kept while someone types, put away, brought back. Theirs alone."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.codes import Permission
from alongside.core.clock import local
from alongside.core.leaving import Leaving, leaves
from alongside.people.actions import keep_draft
from alongside.people.actions.typed import bring_typed_back, put_typed_away
from alongside.people.queries import own_record
from alongside.portal import unsent
from alongside.portal.access import PortalRequest, requires

WRITE = Permission.OWN_WRITE


@require_POST
@requires(WRITE)
@leaves(Leaving.NOBODY)
def own_typed(request: PortalRequest, key: str) -> HttpResponse:
    """Autosave. Words typed while someone else was signed in never land under this name."""
    if request.POST.get("draft_actor", str(request.actor.id)) != str(request.actor.id):
        return JsonResponse({}, status=403)
    fields = unsent.typed_fields(request.POST)
    if len(str(fields)) > unsent.MOST:
        return JsonResponse({}, status=413)
    person, now = _mine(request, key), timezone.now()
    kept = keep_draft(person, form=key, fields=fields, by=request.actor, at=now)
    at = local(kept.saved_at, request.actor.time_zone).isoformat()
    return JsonResponse({"saved_at": at})


@require_POST
@requires(WRITE)
@leaves(Leaving.NOBODY)
def own_typed_away(request: PortalRequest, key: str) -> HttpResponse:
    """Begin anew; what was typed can be brought back."""
    back = _inside(request.POST.get("next", ""))
    if put_typed_away(_mine(request, key), form=key, by=request.actor):
        undo = reverse("portal:own_typed_back", args=[key])
        messages.success(request, _("Put away."), extra_tags=f"{undo}?{urlencode({'next': back})}")
    return HttpResponseRedirect(back)


@require_POST
@requires(WRITE)
@leaves(Leaving.NOBODY)
def own_typed_back(request: PortalRequest, key: str) -> HttpResponse:
    bring_typed_back(_mine(request, key), form=key, by=request.actor)
    return HttpResponseRedirect(_inside(request.GET.get("next", "")))


def _mine(request: PortalRequest, key: str) -> UUID:
    if len(key) > unsent.LONGEST_KEY:
        raise Http404
    return own_record(request.actor).pk


def _inside(path: str) -> str:
    """One's own page that was named, else the first one."""
    home = reverse("portal:mine")
    return path if path.startswith(home) and "\\" not in path else home
