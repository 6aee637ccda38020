"""When a supervisor is away, and who looks out for the team meanwhile."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.accounts import actions, queries
from alongside.accounts.codes import Permission, Role
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.web import noteforms
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.team import AwayForm
from alongside.web.templatetags.words import say
from alongside.web.views.referrals import posted
from alongside.web.views.shared import refuse

LEADS, MANAGES = Permission.TEAM_READ, Permission.USER_MANAGE


@require_http_methods(["GET", "POST"])
@requires(LEADS)
def away(request: StaffRequest) -> HttpResponse:
    """One's own days away."""
    user = queries.users_visible_to(request.actor).get(pk=request.actor.id)
    return _away(request, user, reverse("web:away"))


@require_http_methods(["GET", "POST"])
@requires(MANAGES)
def colleague_away(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """A supervisor's days away, by whoever keeps colleagues; others lead no team."""
    facts = queries.colleague_facts(request.actor, user_id=user_id)
    if Role.SUPERVISOR not in facts.roles:
        return redirect("web:colleague", user_id)
    user = queries.users_visible_to(request.actor).get(pk=user_id)
    return _away(request, user, reverse("web:colleague_away", args=[user_id]))


def _away(request: StaffRequest, user: Any, here: str) -> HttpResponse:
    actor, now = request.actor, timezone.now()
    on = local_date(now, actor.time_zone)
    rows = list(queries.times_away(actor, supervisor_id=user.pk, on=on))
    form = AwayForm(
        posted(request),
        supervisors=[
            (str(one.pk), one.name)
            for one in queries.possible_supervisors(actor)
            if one.pk != user.pk
        ],
        initial=_initial(request, rows),
    )
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["made_id"] or new_id()
        try:
            kept = actions.set_time_away(key, form.time_away(user.pk), by=actor, at=now)
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            undo = reverse("web:away_back", args=[kept.pk])
            messages.success(request, _said(kept), extra_tags=undo)
            return redirect(here)
    page = {
        "nav": "team" if user.pk == actor.id else "more",
        "lead": user,
        "own": user.pk == actor.id,
        "rows": rows,
        "form": form,
        "standing_in": queries.standing_in(actor, on=on) if user.pk == actor.id else (),
        "gaps": _gaps_of(request, user.pk),
        "here": here,
        "today": on,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "web/team/away.html", page, status=status)


def _said(kept: Any) -> str:
    if kept.stand_in is None:
        return _("Kept. Nobody stands in yet: the administrators see that, too.")
    return _("Kept. %(name)s looks out for the team on these days.") % {"name": kept.stand_in.name}


def _initial(request: StaffRequest, rows: list[Any]) -> dict[str, Any]:
    """A new time away, or one that stands and is to be changed."""
    changed = noteforms.uuid_or_none(request.GET.get("change"))
    for row in rows:
        if row.pk == changed:
            return {
                "made_id": new_id(),
                "instead_of": row.pk,
                "starts_on": row.starts_on,
                "ends_on": row.ends_on,
                "stand_in": row.stand_in_id,
            }
    return {"made_id": new_id()}


def _gaps_of(request: StaffRequest, user_id: UUID) -> list[Any]:
    on = local_date(timezone.now(), request.actor.time_zone)
    found = queries.nobody_looks_out(request.actor, on=on)
    return [gap for gap in found if gap.supervisor is not None and gap.supervisor.id == user_id]


@require_POST
@requires(LEADS, MANAGES)
def away_back(request: StaffRequest, away_id: UUID) -> HttpResponse:
    undo = reverse("web:away_again", args=[away_id])
    said = _("Taken back. Whoever stood in sees the team no more.")
    return _move(request, actions.take_back_time_away, away_id, said, undo)


@require_POST
@requires(LEADS, MANAGES)
def away_again(request: StaffRequest, away_id: UUID) -> HttpResponse:
    return _move(request, actions.restore_time_away, away_id, _("It stands again."))


def _move(
    request: StaffRequest, action: Any, away_id: UUID, said: str, undo: str = ""
) -> HttpResponse:
    found = queries.times_away_visible_to(request.actor).get(pk=away_id)
    try:
        action(away_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        messages.warning(request, say(refused.refusal))
    else:
        messages.success(request, said, extra_tags=undo)
    if found.supervisor_id == request.actor.id and request.actor.may(LEADS):
        return redirect("web:away")
    return redirect("web:colleague_away", found.supervisor_id)
