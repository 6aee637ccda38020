"""The plan itself, its goals, and what recovery grows from."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.accounts.codes import Permission
from alongside.core.ids import new_id
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refused
from alongside.plans import actions
from alongside.plans.codes import OPEN_VERSION, GoalStatus, PlanStatus
from alongside.plans.queries import (
    changes_of_goal,
    core_words,
    goals_ever,
    goals_visible_to,
    newest_core_words,
    was_agreed_on,
)
from alongside.plans.queries import content as queries
from alongside.plans.queries.versions import asked_otherwise, content_of
from alongside.plans.queries.worksheets import worksheets_of
from alongside.plans.rules.content import PlanContent, differences
from alongside.portal import unsent
from alongside.portal.access import PortalRequest, requires
from alongside.portal.forms.plan import OwnCoreWordsForm, OwnGoalEndForm, OwnGoalForm
from alongside.portal.views.plan import base
from alongside.practice import catalog

CRISIS, TOOLBOX = "crisis-plan", "wellness-toolbox"


@require_GET
@requires(Permission.OWN_READ)
@leaves(Leaving.OWN_COPY)
def own_plan(request: PortalRequest) -> HttpResponse:
    """All of it on one page. An empty one is fine, and says so."""
    plan, episode, goes_on = base.latest(request.actor)
    whole = queries.content(request.actor, plan_id=plan.pk) if plan else PlanContent()
    words = {said.component: said.words for said in whole.core}
    versions = plan.versions.all() if plan else ()
    draft = next((one for one in versions if one.status in OPEN_VERSION), None)
    page = {
        **_signed(versions, draft, whole),
        "answered": asked_otherwise(request.actor, version=draft),
        "plan": plan,
        "episode": episode,
        "writes": goes_on,
        "content": whole,
        "steps": sorted(whole.open_steps, key=lambda row: row[1].by_on or date.max),
        "over": [one for one in whole.obstacles if not one.is_open],
        "core": [
            (term, words[term.code])
            for term in catalog.terms("core_component")
            if term.code in words
        ],
        **(_at_hand(request, episode.participant_id) if episode else {}),
    }
    return base.show(request, "portal/mine/plan/plan.html", page)


def _signed(versions: Iterable[Any], draft: Any, whole: PlanContent) -> dict[str, Any]:
    """Which version both signed, and what is new since. Where nothing is, nothing is to sign."""
    in_force = next((one for one in versions if one.status == PlanStatus.IN_FORCE), None)
    since = differences(content_of(in_force), whole) if in_force else ()
    waits = draft is not None and (
        draft.status == PlanStatus.OFFERED or draft.what_changed or draft.supporter_said
    )
    return {
        "in_force": in_force,
        "since": base.in_own_words(since),
        "to_sign": bool(since or waits or in_force is None),
    }


def _at_hand(request: PortalRequest, participant_id: UUID) -> dict[str, Any]:
    """What helps in a hard hour: one tap away."""
    sheets = worksheets_of(request.actor, participant_id=participant_id)
    by_tool = {row.tool: row for row in reversed(sheets.filter(tool__in=(CRISIS, TOOLBOX)))}
    return {"crisis_plan": by_tool.get(CRISIS), "toolbox": by_tool.get(TOOLBOX)}


@require_http_methods(["GET", "POST"])
@requires(Permission.OWN_WRITE)
@leaves(Leaving.OWN_COPY)
def own_goal_new(request: PortalRequest) -> HttpResponse:
    episode = base.going_on(request.actor)
    blank = OwnGoalForm(base.typed(request), initial={"goal_id": new_id()})
    form = unsent.picked_up(request, blank)
    if request.method == "POST" and form.is_valid():
        with base.refusals_in(form):
            goal = actions.add_goal(
                episode.pk,
                words=form.cleaned_data["words"],
                area=form.cleaned_data["area"],
                goal_id=form.cleaned_data["goal_id"],
                by=request.actor,
                at=timezone.now(),
            )
            undo = reverse("portal:own_goal_take_back", args=[goal.pk])
            return base.done(request, _("It is in your plan."), to=base.home(goal.pk), undo=undo)
    return base.show(request, "portal/mine/plan/goal.html", {"form": form})


def _goal(request: PortalRequest, goal_id: UUID) -> Any:
    return goals_visible_to(request.actor).get(pk=goal_id)


@require_http_methods(["GET", "POST"])
@requires(Permission.OWN_WRITE)
@leaves(Leaving.OWN_COPY)
def own_goal(request: PortalRequest, goal_id: UUID) -> HttpResponse:
    """Say a goal in new words; the old ones are kept."""
    goal = _goal(request, goal_id)
    known = {"words": goal.words, "area": goal.area, "revision": goal.revision}
    form = unsent.picked_up(request, OwnGoalForm(base.typed(request), initial=known))
    if request.method == "POST" and form.is_valid():
        with base.refusals_in(form):
            actions.change_goal_words(
                goal_id,
                words=form.cleaned_data["words"],
                area=form.cleaned_data["area"],
                revision=form.cleaned_data["revision"] or 0,
                by=request.actor,
                at=timezone.now(),
            )
            return base.done(request, _("Your new words are kept."), to=base.home(goal_id))
    if form.is_bound:
        goal.refresh_from_db()
    page = {"form": form, "goal": goal, "moved_on": base.moved_on(form, goal.revision)}
    page["agreed"] = was_agreed_on(request.actor, goal)
    page["changes"] = list(changes_of_goal(request.actor, goal_id=goal_id))
    return base.show(request, "portal/mine/plan/goal.html", page)


@require_http_methods(["GET", "POST"])
@requires(Permission.OWN_WRITE)
@leaves(Leaving.OWN_COPY)
def own_goal_settle(request: PortalRequest, goal_id: UUID) -> HttpResponse:
    goal = _goal(request, goal_id)
    blank = OwnGoalEndForm(base.typed(request), initial={"revision": goal.revision})
    form = unsent.picked_up(request, blank)
    if request.method == "POST" and form.is_valid():
        with base.refusals_in(form):
            actions.settle_goal(
                goal_id,
                GoalStatus(form.cleaned_data["to"]),
                said=form.cleaned_data["said"],
                revision=form.cleaned_data["revision"],
                by=request.actor,
                at=timezone.now(),
            )
            undo = reverse("portal:own_goal_reopen", args=[goal_id])
            return base.done(request, _("Your words are kept."), to=base.home(), undo=undo)
    if form.is_bound:
        goal.refresh_from_db()
    page = {"form": form, "one": goal, "moved_on": base.moved_on(form, goal.revision)}
    return base.show(request, "portal/mine/plan/settle.html", page)


@require_POST
@requires(Permission.OWN_WRITE)
@leaves(Leaving.OWN_COPY)
def own_goal_reopen(request: PortalRequest, goal_id: UUID) -> HttpResponse:
    goal = _goal(request, goal_id)
    try:
        actions.reopen_goal(goal_id, revision=goal.revision, by=request.actor, at=timezone.now())
    except Refused as refused:
        return base.care(request, refused.refusal, to=base.home())
    return base.done(request, _("This goal is open again."), to=base.home(goal_id))


@require_POST
@requires(Permission.OWN_WRITE)
@leaves(Leaving.OWN_COPY)
def own_goal_take_back(request: PortalRequest, goal_id: UUID) -> HttpResponse:
    goal = _goal(request, goal_id)
    try:
        actions.take_back_goal(goal_id, revision=goal.revision, by=request.actor, at=timezone.now())
    except Refused as refused:
        return base.care(request, refused.refusal, to=base.home())
    undo = reverse("portal:own_goal_bring_back", args=[goal_id])
    return base.done(request, _("Taken back."), to=base.home(), undo=undo)


@require_POST
@requires(Permission.OWN_WRITE)
@leaves(Leaving.OWN_COPY)
def own_goal_bring_back(request: PortalRequest, goal_id: UUID) -> HttpResponse:
    goal = goals_ever(request.actor).get(pk=goal_id)
    try:
        actions.bring_back_goal(goal.pk, by=request.actor, at=timezone.now())
    except Refused as refused:
        return base.care(request, refused.refusal, to=base.home())
    return base.done(request, _("It is back in your plan."), to=base.home(goal_id))


@require_http_methods(["GET", "POST"])
@requires(Permission.OWN_WRITE)
@leaves(Leaving.OWN_COPY)
def own_core_words(request: PortalRequest) -> HttpResponse:
    """Five questions; every one may stay empty (MPR-7)."""
    plan, episode, _goes_on = base.latest(request.actor)
    base.going_on(request.actor)
    known = core_words(request.actor, plan_id=plan.pk) if plan else {}
    said: dict[str, Any] = {code: row.words for code, row in known.items()}
    said["seen"] = newest_core_words(known)
    form = unsent.picked_up(request, OwnCoreWordsForm(base.typed(request), initial=said))
    if request.method == "POST" and form.is_valid():
        with base.refusals_in(form):
            actions.say_core_words(
                episode.pk,
                form.said(),
                seen=form.cleaned_data["seen"],
                from_page=True,
                by=request.actor,
                at=timezone.now(),
            )
            return base.done(request, _("Your words are kept."), to=base.home())
    page = {"form": form, "other": base.said_meanwhile(form, known)}
    return base.show(request, "portal/mine/plan/core.html", page)
