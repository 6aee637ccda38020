"""Opening the record of someone one does not walk with, because it cannot wait; what it shows."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.accounts.codes import Permission
from alongside.accounts.rules import number_to_dial
from alongside.core.actor import Actor
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.encounters.queries import hand_offs as handed_on
from alongside.encounters.queries import timeline
from alongside.people import queries as people
from alongside.people.actions import emergencies as actions
from alongside.people.queries import emergencies as queries
from alongside.plans.queries import tools, worksheets
from alongside.practice.worksheets import parts
from alongside.web import glass, limits
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.emergencies import OpenForm
from alongside.web.templatetags.words import say
from alongside.web.views import hand_offs
from alongside.web.views.shared import refuse
from alongside.web.worksheetlists import CRISIS

LATELY, NOTES, RECENT = 10, 3, 3


@require_http_methods(["GET", "POST"])
@requires(Permission.GLASS_BREAK, fresh=True)
def emergency(request: StaffRequest) -> HttpResponse:
    """Exact name and reason in, one record out. What one opened lately stands below."""
    if request.method == "GET":
        return _page(request, OpenForm(initial={"opening_id": new_id()}))
    if not limits.within(request, "emergency"):
        messages.warning(request, _("That was often. Wait ten minutes, or call a colleague."))
        return redirect("web:emergency")
    found = actions.look_for(request.POST.get("name", ""), by=request.actor, at=timezone.now())
    alike = [(str(person.pk), _which(person)) for person in found] if len(found) > 1 else []
    form = OpenForm(request.POST, alike=alike)
    if form.is_valid() and not found:
        form.add_error("name", _("Nobody is written down by exactly this name. Check each letter."))
    if not form.is_valid():
        return _page(request, form)
    said = form.cleaned_data
    chosen = UUID(said["person"]) if alike else found[0].pk
    try:
        opening = actions.open_in_emergency(
            said["opening_id"],
            chosen,
            name=said["name"],
            reason=said["reason"],
            by=request.actor,
            at=timezone.now(),
        )
    except Refused as refused:
        refuse(form, refused.refusal)
        return _page(request, form)
    glass.remember(request, opening.pk)
    return redirect("web:emergency_record", opening.pk)


def _which(person: Any) -> str:
    """What tells people of one name apart, and no more."""
    born = _("born %(year)s") % {"year": person.born_on.year} if person.born_on else ""
    return " · ".join(part for part in (born, person.county) if part) or _("nothing more is known")


def _page(request: StaffRequest, form: OpenForm) -> HttpResponse:
    now = timezone.now()
    here = {one.opening_id for one in request.actor.opened}
    rows = list(queries.own_openings(request.actor)[:LATELY])
    page = {
        "nav": "more",
        "form": form,
        "rows": [(row, row.ended_at is None and row.ends_at > now, row.pk in here) for row in rows],
    }
    status = 422 if form.is_bound else 200
    return render(request, "web/emergency/emergency.html", page, status=status)


@require_GET
@requires(Permission.GLASS_BREAK)
def record(request: StaffRequest, opening_id: UUID) -> HttpResponse:
    """The least that helps: who to call, what helps them, and what was last."""
    now = timezone.now()
    opening = actions.look(opening_id, by=request.actor, at=now)
    page = {
        "nav": "more",
        "opening": opening,
        "person": opening.participant,
        "dial": number_to_dial(opening.participant.phone),
        "home": actions.where_they_live(opening_id, by=request.actor, at=now),
        **_helps(queries.in_emergency(request.actor), opening.participant_id),
    }
    answer = render(request, "web/emergency/record.html", page)
    # A page that was left open leaves the record by itself, without script too.
    left = max(1, int((opening.ends_at - now).total_seconds()) + 1)
    answer.headers["Refresh"] = f"{left};url={reverse('web:emergency')}"
    return answer


def _helps(narrow: Actor, participant_id: UUID) -> dict[str, Any]:
    team = people.care_team(narrow, participant_id=participant_id).filter(until=None)
    plan = worksheets.worksheets_of(narrow, participant_id=participant_id).filter(tool=CRISIS)
    sheet = plan.first()
    definition = tools.definition_of(narrow, key=CRISIS)
    notes = timeline(narrow, participant_id=participant_id, limit=NOTES * 3)
    handed = handed_on.hand_offs_with(narrow, participant_id=participant_id)
    return {
        "team": [(member, number_to_dial(member.phone)) for member in team],
        "tool": definition,
        "plan": sheet,
        "plan_parts": parts(definition, sheet.answers) if sheet else (),
        "notes": [note for note in notes if note.status != "entered-in-error"][:NOTES],
        "handed": list(handed.exclude(status="taken-back")[:RECENT]),
    }


@require_POST
@requires(Permission.GLASS_BREAK, fresh=True)
def go_on(request: StaffRequest, opening_id: UUID) -> HttpResponse:
    """One's own opening that still runs, taken up in this session."""
    opening = actions.take_up(opening_id, by=request.actor, at=timezone.now())
    glass.remember(request, opening.pk)
    return redirect("web:emergency_record", opening.pk)


@require_POST
@requires(Permission.GLASS_BREAK, Permission.PRIVACY_MANAGE)
def end(request: StaffRequest, opening_id: UUID) -> HttpResponse:
    try:
        actions.end_opening(opening_id, by=request.actor, at=timezone.now())
        messages.success(request, _("Ended. The record is closed again."))
    except Refused as refused:
        messages.warning(request, say(refused.refusal))
    if request.actor.may(Permission.PRIVACY_MANAGE):
        return redirect("web:opening", opening_id)
    return redirect("web:emergency")


@require_http_methods(["GET", "POST"])
@requires(Permission.GLASS_BREAK)
def hand_off(request: StaffRequest, opening_id: UUID) -> HttpResponseBase:
    """The same paper as always, about the person who was opened; it leads back to their page."""
    opening = actions.look(opening_id, by=request.actor, at=timezone.now())
    request.actor = queries.in_emergency(request.actor)
    request.GET = QueryDict(f"with={opening.participant_id}")
    answer = hand_offs.hand_off_new(request)
    if answer.status_code == 302:
        return redirect("web:emergency_record", opening_id)
    return answer
