"""When a colleague left: the people they walked with, one after the other, until nobody is left."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.accounts.codes import Permission
from alongside.core.refusal import Refused
from alongside.encounters.actions import leaving as actions
from alongside.encounters.queries import leaving as queries
from alongside.people.actions import open_record
from alongside.referrals.queries.matching import matches_visible_to
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.leaving import HandOnForm
from alongside.web.templatetags.words import say
from alongside.web.views.shared import refuse

MOST = 50
HANDS_ON = Permission.MATCH_WRITE


@require_GET
@requires(HANDS_ON)
def leaving(request: StaffRequest) -> HttpResponse:
    page = {
        "nav": "desk",
        "left": queries.left_with(request.actor),
        "alone": list(queries.with_nobody(request.actor)[:MOST]),
    }
    return render(request, "web/leaving/leaving.html", page)


@require_GET
@requires(HANDS_ON)
def colleague(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """One colleague's people: meetings to come, notes left unsigned, and what to do for each."""
    actor = request.actor
    who = queries.the_one_who_left(actor, user_id=user_id)
    rows = list(queries.with_someone_gone(actor, user_id=user_id)[:MOST])
    planned = queries.still_planned(actor, matches=rows, since=timezone.now())
    begun = queries.begun_by(actor, user_id=user_id)
    page = {
        "nav": "desk",
        "who": who,
        "rows": [
            {
                "match": row,
                "planned": planned.get(row.participant_id, []),
                "begun": begun.get(row.participant_id),
            }
            for row in rows
        ],
    }
    return render(request, "web/leaving/colleague.html", page)


@require_http_methods(["GET", "POST"])
@requires(HANDS_ON)
def hand_on(request: StaffRequest, match_id: UUID) -> HttpResponse:
    actor, now = request.actor, timezone.now()
    row = matches_visible_to(actor).select_related("supporter__user").get(pk=match_id)
    if not queries.with_someone_gone(actor).filter(pk=match_id).exists():
        messages.info(request, say(actions.STILL_HERE))
        return redirect("web:match_end", match_id)
    open_record(row.participant_id, by=actor, at=now)
    choices = [(str(one.pk), _room(one.name, room)) for one, room in queries.who_could(actor)]
    form = HandOnForm(request.POST or None, choices=choices)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.hand_on(
                match_id,
                supporter_id=UUID(said["to"]),
                said=said["said"],
                words=said["words"],
                by=actor,
                at=now,
            )
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            messages.success(request, _("Handed on. Tell both of them soon."))
            return _back(row)
    planned = queries.still_planned(actor, matches=[row], since=now).get(row.participant_id, [])
    page = {"nav": "desk", "match": row, "form": form, "planned": planned}
    status = 422 if request.method == "POST" else 200
    return render(request, "web/leaving/hand_on.html", page, status=status)


def _room(name: str, room: int) -> str:
    if room <= 0:
        return _("%(name)s (no room now)") % {"name": name}
    words = ngettext("%(name)s (room for %(n)d)", "%(name)s (room for %(n)d)", room)
    return words % {"name": name, "n": room}


@require_POST
@requires(HANDS_ON)
def to_desk(request: StaffRequest, match_id: UUID) -> HttpResponse:
    row = matches_visible_to(request.actor).select_related("supporter__user").get(pk=match_id)
    try:
        actions.back_to_the_desk(match_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        messages.warning(request, say(refused.refusal))
        return redirect("web:match_end", match_id)
    messages.success(request, _("Back at the desk. The desk looks for someone with them."))
    return _back(row)


def _back(row: Any) -> HttpResponse:
    user = row.supporter.user
    if user is None or user.is_active:
        return redirect("web:leaving")
    return redirect("web:leaving_colleague", user.pk)
