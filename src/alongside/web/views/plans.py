from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.accounts.codes import Permission
from alongside.core.ids import new_id
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refused
from alongside.people.codes import Printed
from alongside.plans import actions, queries
from alongside.plans.codes import OPEN_VERSION, GoalStatus, PlanStatus
from alongside.plans.queries.versions import Open, asked_otherwise
from alongside.plans.queries.versions import open_version as open_version_of
from alongside.plans.rules.content import PlanContent
from alongside.practice import catalog
from alongside.referrals.codes import EpisodeStatus
from alongside.referrals.queries.episodes import episodes_of
from alongside.web import drafts, planlists
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.plans import CoreWordsForm, GoalForm, SettleForm
from alongside.web.own_copies import on_paper
from alongside.web.views.participants import SIGHT

NOTHING_YET = Open(None, PlanContent(), (), None)


def home(participant_id: UUID) -> str:
    return reverse("web:plan", args=[participant_id])


def going_on(request: StaffRequest, participant_id: UUID) -> Any:
    """The time of support that goes on. Raises ``DoesNotExist`` when there is none to write in."""
    found = episodes_of(request.actor, participant_id=participant_id)
    return found.exclude(status=EpisodeStatus.CONCLUDED).get()


def open_version(request: StaffRequest, plan: Any) -> Open:
    """The plan as it stands, or an empty one: a plan begins with its first word."""
    return open_version_of(request.actor, plan_id=plan.pk) if plan else NOTHING_YET


def plan_page(request: StaffRequest, participant_id: UUID) -> dict[str, Any]:
    return _plan_of(request, drafts.the_person(request, participant_id))


def _plan_of(request: StaffRequest, person: Any) -> dict[str, Any]:
    """The plan as it stands: goals, versions, and what is otherwise than agreed. An empty or
    missing plan is a plan too."""
    participant_id = person.pk
    episode = episodes_of(request.actor, participant_id=participant_id).first()
    plan = queries.plan_of_episode(request.actor, episode_id=episode.pk) if episode else None
    goals = list(queries.goals_of_plan(request.actor, plan_id=plan.pk)) if plan else []
    versions = list(plan.versions.all()) if plan else []
    agreed = [v for v in versions if v.status not in OPEN_VERSION]
    in_force = next((v for v in agreed if v.status == PlanStatus.IN_FORCE), None)
    words = queries.core_words(request.actor, plan_id=plan.pk) if plan else {}
    return {
        "nav": "people",
        "person": person,
        "episode": episode,
        "goes_on": episode is not None and episode.status != EpisodeStatus.CONCLUDED,
        "plan": plan,
        "open_goals": [g for g in goals if g.status == GoalStatus.OPEN],
        "settled_goals": [g for g in goals if g.status != GoalStatus.OPEN],
        "in_force": in_force,
        "agreed": agreed,
        "draft": next((v for v in versions if v.status in OPEN_VERSION), None),
        "now": open_version(request, plan),
        "core": [
            {"term": t, "said": words[t.code]}
            for t in catalog.terms("core_component")
            if t.code in words and words[t.code].words
        ],
    }


@require_GET
@requires(*SIGHT)
def plan(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    page = plan_page(request, participant_id)
    whole, goals = page["now"].content, page["open_goals"]
    more = planlists.shown(request.actor, person=page["person"], whole=whole, goals=goals)
    more["answered"] = asked_otherwise(request.actor, version=page["draft"])
    more["writes"] = page["goes_on"] and request.actor.may(Permission.PLAN_WRITE)
    return render(request, "web/plans/plan.html", {**page, **more})


@require_GET
@requires(*SIGHT)
@leaves(Leaving.OWN_COPY)
def plan_print(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    page = _plan_of(request, on_paper(request, participant_id, Printed.PLAN))
    page |= planlists.printed(page["now"].content) | {"printed_at": timezone.now()}
    return render(request, "web/plans/print.html", page)


@requires(Permission.PLAN_WRITE)
def goal_new(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    person = drafts.the_person(request, participant_id)
    episode = going_on(request, participant_id)
    form = drafts.paper(
        request,
        GoalForm,
        key="goal",
        participant_id=participant_id,
        initial={"goal_id": new_id()},
    )
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            said = form.cleaned_data
            goal = actions.add_goal(
                episode.pk,
                words=said["words"],
                area=said["area"],
                goal_id=said["goal_id"],
                by=request.actor,
                at=timezone.now(),
            )
            return drafts.done(
                request,
                participant_id,
                key="goal",
                said=_("Kept, in their words."),
                to=home(participant_id),
                undo=reverse("web:goal_take_back", args=[participant_id, goal.pk]),
            )
    page = {
        "person": person,
        "form": form,
        "key": "goal",
        "prompts": _prompts(request, participant_id),
    }
    return drafts.show(request, "web/plans/goal.html", page)


def _prompts(request: StaffRequest, participant_id: UUID) -> list[dict[str, Any]]:
    """The five core components, each with the participant's words where there are any."""
    current = queries.current_plan(request.actor, participant_id=participant_id)
    words = queries.core_words(request.actor, plan_id=current.pk) if current else {}
    return [
        {"term": t, "said": words[t.code].words if t.code in words else ""}
        for t in catalog.terms("core_component")
    ]


def _goal(request: StaffRequest, participant_id: UUID, goal_id: UUID) -> Any:
    goals = queries.goals_visible_to(request.actor)
    return goals.get(pk=goal_id, plan__episode__participant_id=participant_id)


@requires(Permission.PLAN_WRITE)
def goal_change(request: StaffRequest, participant_id: UUID, goal_id: UUID) -> HttpResponse:
    person = drafts.the_person(request, participant_id)
    goal = _goal(request, participant_id, goal_id)
    key = f"goal-{goal_id}"
    form = drafts.paper(
        request,
        GoalForm,
        key=key,
        participant_id=participant_id,
        initial={"words": goal.words, "area": goal.area, "revision": goal.revision},
    )
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            actions.change_goal_words(
                goal_id,
                words=form.cleaned_data["words"],
                area=form.cleaned_data["area"],
                revision=form.cleaned_data["revision"] or 0,
                by=request.actor,
                at=timezone.now(),
            )
            return drafts.done(
                request,
                participant_id,
                key=key,
                said=_("Said anew. The words from before are kept."),
                to=home(participant_id),
            )
    if form.is_bound:
        goal.refresh_from_db()
    stale = drafts.stale(form, goal.revision)
    page = {"person": person, "goal": goal, "form": form, "key": key, "stale": stale}
    page["agreed"] = queries.was_agreed_on(request.actor, goal)
    return drafts.show(request, "web/plans/goal.html", page)


@requires(Permission.PLAN_WRITE)
def goal_settle(request: StaffRequest, participant_id: UUID, goal_id: UUID) -> HttpResponse:
    person = drafts.the_person(request, participant_id)
    goal = _goal(request, participant_id, goal_id)
    key = f"settle-{goal_id}"
    form = drafts.paper(
        request,
        SettleForm,
        key=key,
        participant_id=participant_id,
        initial={"revision": goal.revision},
    )
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            actions.settle_goal(
                goal_id,
                GoalStatus(form.cleaned_data["to"]),
                said=form.cleaned_data["said"],
                revision=form.cleaned_data["revision"],
                by=request.actor,
                at=timezone.now(),
            )
            return drafts.done(
                request,
                participant_id,
                key=key,
                said=_("Kept, with their words."),
                to=home(participant_id),
                undo=reverse("web:goal_reopen", args=[participant_id, goal_id]),
            )
    if form.is_bound:
        goal.refresh_from_db()
    stale = drafts.stale(form, goal.revision)
    page = {"person": person, "goal": goal, "form": form, "key": key, "stale": stale}
    return drafts.show(request, "web/plans/settle.html", page)


@require_POST
@requires(Permission.PLAN_WRITE)
def goal_reopen(request: StaffRequest, participant_id: UUID, goal_id: UUID) -> HttpResponse:
    goal = _goal(request, participant_id, goal_id)
    try:
        actions.reopen_goal(goal_id, revision=goal.revision, by=request.actor, at=timezone.now())
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=home(participant_id))
    return drafts.done(
        request, participant_id, said=_("The goal is open again."), to=home(participant_id)
    )


@require_POST
@requires(Permission.PLAN_WRITE)
def goal_take_back(request: StaffRequest, participant_id: UUID, goal_id: UUID) -> HttpResponse:
    goal = _goal(request, participant_id, goal_id)
    try:
        actions.take_back_goal(goal_id, revision=goal.revision, by=request.actor, at=timezone.now())
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=home(participant_id))
    undo = reverse("web:goal_bring_back", args=[participant_id, goal_id])
    back = home(participant_id)
    return drafts.done(request, participant_id, said=_("Taken back."), to=back, undo=undo)


@require_POST
@requires(Permission.PLAN_WRITE)
def goal_bring_back(request: StaffRequest, participant_id: UUID, goal_id: UUID) -> HttpResponse:
    goals = queries.goals_ever(request.actor)
    goal = goals.get(pk=goal_id, plan__episode__participant_id=participant_id)
    try:
        actions.bring_back_goal(goal.pk, by=request.actor, at=timezone.now())
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=home(participant_id))
    back = f"{home(participant_id)}#goal-{goal_id}"
    return drafts.done(request, participant_id, said=_("It is back in the plan."), to=back)


@requires(Permission.PLAN_WRITE)
def core_words(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    person = drafts.the_person(request, participant_id)
    episode = going_on(request, participant_id)
    current = queries.current_plan(request.actor, participant_id=participant_id)
    known = queries.core_words(request.actor, plan_id=current.pk) if current else {}
    form = drafts.paper(
        request,
        CoreWordsForm,
        key="core",
        participant_id=participant_id,
        initial={code: row.words for code, row in known.items()}
        | {"seen": queries.newest_core_words(known)},
    )
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            actions.say_core_words(
                episode.pk,
                form.said(),
                seen=form.cleaned_data["seen"],
                from_page=True,
                by=request.actor,
                at=timezone.now(),
            )
            return drafts.done(
                request,
                participant_id,
                key="core",
                said=_("Kept, in their words."),
                to=home(participant_id),
            )
    other = planlists.said_meanwhile(form, known)
    page = {"person": person, "form": form, "key": "core", "other": other}
    return drafts.show(request, "web/plans/core.html", page)
