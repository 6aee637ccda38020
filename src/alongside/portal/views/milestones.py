"""What mattered to me, and when I used again: mine first, in my words."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.accounts.codes import Permission
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refused
from alongside.outcomes.actions import milestones as actions
from alongside.outcomes.actions import returns
from alongside.outcomes.codes import Seen
from alongside.outcomes.queries import milestones as queries
from alongside.outcomes.rules.milestones import between_words
from alongside.people.queries import own_record
from alongside.portal import unsent
from alongside.portal.access import PortalRequest, requires
from alongside.portal.forms.milestones import OwnBackForm, OwnMilestoneForm, OwnReturnForm
from alongside.portal.sending import refuse
from alongside.portal.views.helping import at_hand
from alongside.portal.words import said

READ, WRITE = Permission.OWN_READ, Permission.OWN_WRITE
HOME = "portal:mine_milestones"


def today(request: PortalRequest) -> date:
    return local_date(timezone.now(), request.actor.time_zone)


@require_GET
@requires(READ)
@leaves(Leaving.OWN_COPY)
def milestones(request: PortalRequest) -> HttpResponse:
    actor = request.actor
    me = own_record(actor)
    page = {
        "nav": "milestones",
        "person": me,
        "milestones": list(queries.of(actor, participant_id=me.pk)),
        "returns": [
            (row, between_words(queries.as_return(row)))
            for row in queries.returns_of(actor, participant_id=me.pk)
        ],
    }
    return render(request, "portal/mine/milestones/list.html", page)


def _show(request: PortalRequest, name: str, page: dict[str, Any]) -> HttpResponse:
    form = page["form"]
    status = 422 if form.is_bound and form.errors else 200
    page = {"nav": "milestones", **page}
    return render(request, f"portal/mine/milestones/{name}.html", page, status=status)


def _kept(request: PortalRequest, words: str, undo: str = "", *more: UUID) -> HttpResponse:
    unsent.over(request)
    back = reverse(f"portal:{undo}", args=more) if undo else ""
    messages.success(request, words, extra_tags=back)
    return redirect(HOME)


def _refused(request: PortalRequest, refused: Refused) -> HttpResponse:
    messages.warning(request, said(refused.refusal))
    return redirect(HOME)


@require_http_methods(["GET", "POST"])
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def milestone_new(request: PortalRequest) -> HttpResponse:
    me = own_record(request.actor)
    first = {"milestone_id": new_id(), "on": today(request)}
    form = unsent.picked_up(request, OwnMilestoneForm(request.POST or None, initial=first))
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.add_milestone(
                me.pk,
                form.milestone(),
                milestone_id=form.cleaned_data["milestone_id"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            return _kept(request, _("Kept, in your words."), "mine_milestone_away", row.pk)
    return _show(request, "form", {"form": form})


@require_http_methods(["GET", "POST"])
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def milestone_change(request: PortalRequest, milestone_id: UUID) -> HttpResponse:
    row = queries.milestones_visible_to(request.actor).get(pk=milestone_id)
    fields = ("words", "on", "about", "kind", "revision")
    known = {name: getattr(row, name) for name in fields}
    form = unsent.picked_up(request, OwnMilestoneForm(request.POST or None, initial=known))
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_milestone(
                milestone_id,
                form.milestone(),
                revision=form.cleaned_data["revision"] or 0,
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            return _kept(request, _("Changed."))
    return _show(request, "form", {"form": form, "row": row})


@require_POST
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def milestone_seen(request: PortalRequest, milestone_id: UUID) -> HttpResponse:
    """Open it to the rest of the agency, or keep it between the two."""
    row = queries.milestones_visible_to(request.actor).get(pk=milestone_id)
    seen = Seen.TEAM if request.POST.get("seen") == Seen.TEAM else Seen.US
    try:
        actions.open_milestone(
            milestone_id, seen, revision=row.revision, by=request.actor, at=timezone.now()
        )
    except Refused as refused:
        return _refused(request, refused)
    if seen is Seen.TEAM:
        return _kept(request, _("Now all who see your record here can read it."))
    return _kept(request, _("Now only you and your supporter can read it."))


@require_POST
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def milestone_away(request: PortalRequest, milestone_id: UUID) -> HttpResponse:
    row = queries.milestones_visible_to(request.actor).get(pk=milestone_id)
    try:
        actions.take_back_milestone(
            milestone_id, revision=row.revision, by=request.actor, at=timezone.now()
        )
    except Refused as refused:
        return _refused(request, refused)
    return _kept(request, _("Taken back."), "mine_milestone_again", milestone_id)


@require_POST
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def milestone_again(request: PortalRequest, milestone_id: UUID) -> HttpResponse:
    try:
        actions.put_back_milestone(milestone_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        return _refused(request, refused)
    return _kept(request, _("It is back."))


@require_http_methods(["GET", "POST"])
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def return_new(request: PortalRequest) -> HttpResponse:
    """I used again: help first."""
    me = own_record(request.actor)
    first = {"return_id": new_id(), "known_on": today(request)}
    form = unsent.picked_up(request, OwnReturnForm(request.POST or None, initial=first))
    if request.method == "POST" and form.is_valid():
        try:
            row = returns.tell_return(
                me.pk,
                form.told(),
                return_id=form.cleaned_data["return_id"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            thanks = _("Kept. Thank you for telling us.")
            return _kept(request, thanks, "mine_return_away", row.pk)
    return _show(request, "return", {"form": form, **at_hand(request, me.pk)})


def _return(request: PortalRequest, return_id: UUID) -> Any:
    return queries.returns_visible_to(request.actor).get(pk=return_id)


@require_http_methods(["GET", "POST"])
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def return_change(request: PortalRequest, return_id: UUID) -> HttpResponse:
    row = _return(request, return_id)
    fields = ("known_on", "happened_on", "words", "revision")
    known = {name: getattr(row, name) for name in fields}
    form = unsent.picked_up(request, OwnReturnForm(request.POST or None, initial=known))
    if request.method == "POST" and form.is_valid():
        try:
            returns.correct_return(
                return_id,
                form.told(),
                revision=form.cleaned_data["revision"] or 0,
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            return _kept(request, _("Changed."))
    help_first = at_hand(request, row.participant_id)
    return _show(request, "return", {"form": form, "row": row, **help_first})


@require_http_methods(["GET", "POST"])
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def return_back(request: PortalRequest, return_id: UUID) -> HttpResponse:
    row = _return(request, return_id)
    first = {
        "back_on": row.back_on or today(request),
        "words": row.back_words,
        "revision": row.revision,
    }
    form = unsent.picked_up(request, OwnBackForm(request.POST or None, initial=first))
    if request.method == "POST" and form.is_valid():
        same = form.cleaned_data["back_on"] == row.back_on
        try:
            returns.say_back(
                return_id,
                form.back(row.back_encounter_id if same else None),
                revision=form.cleaned_data["revision"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            return _kept(request, _("Kept. Good that you are back."), "mine_return_not_yet", row.pk)
    return _show(request, "back", {"form": form, "row": row})


@require_POST
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def return_not_yet(request: PortalRequest, return_id: UUID) -> HttpResponse:
    row = _return(request, return_id)
    try:
        returns.take_back_being_back(
            return_id, revision=row.revision, by=request.actor, at=timezone.now()
        )
    except Refused as refused:
        return _refused(request, refused)
    return _kept(request, _("Taken back."))


@require_POST
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def return_away(request: PortalRequest, return_id: UUID) -> HttpResponse:
    row = _return(request, return_id)
    try:
        returns.take_back_return(
            return_id, revision=row.revision, by=request.actor, at=timezone.now()
        )
    except Refused as refused:
        return _refused(request, refused)
    return _kept(request, _("Taken back."), "mine_return_again", return_id)


@require_POST
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def return_again(request: PortalRequest, return_id: UUID) -> HttpResponse:
    try:
        returns.put_back_return(return_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        return _refused(request, refused)
    return _kept(request, _("It is back."))
