from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.accounts.codes import Permission
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.people import actions, queries
from alongside.web import drafts
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.participants import CareTeamForm, LeaveForm
from alongside.web.views.participants import SIGHT


def _without_account(request: StaffRequest, participant_id: UUID, member_id: UUID) -> None:
    """Supporters come and go through a match: here they are absent."""
    team = queries.care_team(request.actor, participant_id=participant_id)
    team.get(pk=member_id, user=None)


SHOWN = ("name", "role", "organization", "phone", "email", "words", "revision")


@require_GET
@requires(*SIGHT)
def care_team(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    person = drafts.the_person(request, participant_id)
    team = list(queries.care_team(request.actor, participant_id=participant_id))
    page = {
        "nav": "people",
        "person": person,
        "here": [member for member in team if member.until is None],
        "before": [member for member in team if member.until is not None],
    }
    return render(request, "web/care_team/care_team.html", page)


@requires(Permission.PARTICIPANT_WRITE)
def member_new(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    now = timezone.now()
    person = drafts.the_person(request, participant_id)
    form = drafts.paper(
        request,
        CareTeamForm,
        key="around",
        participant_id=participant_id,
        initial={"member_id": new_id()},
    )
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            said = form.said()
            actions.join_care_team(
                participant_id,
                user_id=None,
                since=form.cleaned_data["since"],
                member_id=form.cleaned_data["member_id"],
                by=request.actor,
                at=now,
                **said,
            )
            return drafts.done(
                request,
                participant_id,
                key="around",
                said=_("Kept, with the people around them."),
                to=reverse("web:care_team", args=[participant_id]),
            )
    page = {"person": person, "form": form, "key": "around"}
    return drafts.show(request, "web/care_team/member.html", page)


@requires(Permission.PARTICIPANT_WRITE)
def member_change(request: StaffRequest, participant_id: UUID, member_id: UUID) -> HttpResponse:
    now = timezone.now()
    person = drafts.the_person(request, participant_id)
    member = queries.care_team(request.actor, participant_id=participant_id).get(pk=member_id)
    key = f"around-{member_id}"
    form = drafts.paper(
        request,
        CareTeamForm,
        key=key,
        participant_id=participant_id,
        initial={name: getattr(member, name) for name in SHOWN},
        staff=member.user_id is not None,
    )
    del form.fields["since"]
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            actions.change_care_team_member(
                member_id,
                revision=form.cleaned_data["revision"] or 0,
                by=request.actor,
                at=now,
                **form.said(),
            )
            return drafts.done(
                request,
                participant_id,
                key=key,
                said=_("Saved. What it said before is kept."),
                to=reverse("web:care_team", args=[participant_id]),
            )
    if form.is_bound:
        member.refresh_from_db()
    today = local_date(now, request.actor.time_zone)
    leave = LeaveForm(initial={"until": today}, prefix="leave")
    page = {"person": person, "member": member, "form": form, "key": key, "leave": leave}
    page["stale"] = drafts.stale(form, member.revision)
    return drafts.show(request, "web/care_team/member.html", page)


@require_POST
@requires(Permission.PARTICIPANT_WRITE)
def member_leave(request: StaffRequest, participant_id: UUID, member_id: UUID) -> HttpResponse:
    form = LeaveForm(request.POST, prefix="leave")
    to = reverse("web:care_team", args=[participant_id])
    _without_account(request, participant_id, member_id)
    if not form.is_valid():
        return drafts.care(request, _("Say until which day."), to=to)
    try:
        actions.leave_care_team(
            member_id, until=form.cleaned_data["until"], by=request.actor, at=timezone.now()
        )
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=to)
    undo = reverse("web:member_rejoin", args=[participant_id, member_id])
    return drafts.done(
        request, participant_id, said=_("Kept as someone from before."), to=to, undo=undo
    )


@require_POST
@requires(Permission.PARTICIPANT_WRITE)
def member_rejoin(request: StaffRequest, participant_id: UUID, member_id: UUID) -> HttpResponse:
    to = reverse("web:care_team", args=[participant_id])
    _without_account(request, participant_id, member_id)
    try:
        actions.rejoin_care_team(member_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=to)
    return drafts.done(request, participant_id, said=_("They are here again."), to=to)
