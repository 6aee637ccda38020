from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.codes import Permission
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refused
from alongside.encounters.queries.since import since
from alongside.plans import actions, queries, rules
from alongside.plans.codes import GoalStatus, PlanStatus
from alongside.practice import catalog
from alongside.referrals.codes import EpisodeStatus
from alongside.referrals.queries.episodes import episodes_of
from alongside.web import drafts
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.plans import LATER, CoreWordsForm, GoalForm, LookForm, SettleForm
from alongside.web.views.participants import SIGHT


def _home(participant_id: UUID) -> str:
    return reverse("web:plan", args=[participant_id])


def _going_on(request: StaffRequest, participant_id: UUID) -> Any:
    """The time of support that goes on. Raises ``DoesNotExist`` when there is none to write in."""
    found = episodes_of(request.actor, participant_id=participant_id)
    return found.exclude(status=EpisodeStatus.CONCLUDED).get()


def _plan_page(request: StaffRequest, participant_id: UUID) -> dict[str, Any]:
    """The plan as it stands: goals, versions, and what is otherwise than agreed. An empty or
    missing plan is a plan too."""
    person = drafts.the_person(request, participant_id)
    episode = episodes_of(request.actor, participant_id=participant_id).first()
    plan = queries.plan_of_episode(request.actor, episode_id=episode.pk) if episode else None
    goals = list(queries.goals_of_plan(request.actor, plan_id=plan.pk)) if plan else []
    versions = list(plan.versions.all()) if plan else []
    agreed = [v for v in versions if v.status != PlanStatus.DRAFT]
    in_force = next((v for v in agreed if v.status == PlanStatus.IN_FORCE), None)
    before = rules.from_copy(in_force.goals) if in_force else ()
    now = queries.agreed_goals(goals)
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
        "draft": next((v for v in versions if v.status == PlanStatus.DRAFT), None),
        "differences": rules.differences(before, now),
        "core": [
            {"term": t, "said": words[t.code]}
            for t in catalog.terms("core_component")
            if t.code in words and words[t.code].words
        ],
    }


@requires(*SIGHT)
def plan(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    return render(request, "web/plans/plan.html", _plan_page(request, participant_id))


@requires(*SIGHT)
@leaves(Leaving.OWN_COPY)
def plan_print(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    page = {**_plan_page(request, participant_id), "printed_at": timezone.now()}
    return render(request, "web/plans/print.html", page)


@requires(*SIGHT)
def plan_version(request: StaffRequest, participant_id: UUID, version_id: UUID) -> HttpResponse:
    person = drafts.the_person(request, participant_id)
    version = queries.version_visible_to(
        request.actor, participant_id=participant_id, version_id=version_id
    )
    page = {
        "nav": "people",
        "person": person,
        "version": version,
        "goals": rules.from_copy(version.goals),
    }
    return render(request, "web/plans/version.html", page)


@requires(Permission.PLAN_WRITE)
def goal_new(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    person = drafts.the_person(request, participant_id)
    episode = _going_on(request, participant_id)
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
                to=_home(participant_id),
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
                to=_home(participant_id),
            )
    if form.is_bound:
        goal.refresh_from_db()
    stale = drafts.stale(form, goal.revision)
    page = {"person": person, "goal": goal, "form": form, "key": key, "stale": stale}
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
                to=_home(participant_id),
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
        return drafts.care(request, refused.refusal, to=_home(participant_id))
    return drafts.done(
        request, participant_id, said=_("The goal is open again."), to=_home(participant_id)
    )


@require_POST
@requires(Permission.PLAN_WRITE)
def goal_take_back(request: StaffRequest, participant_id: UUID, goal_id: UUID) -> HttpResponse:
    goal = _goal(request, participant_id, goal_id)
    try:
        actions.take_back_goal(goal_id, revision=goal.revision, by=request.actor, at=timezone.now())
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=_home(participant_id))
    return drafts.done(request, participant_id, said=_("Taken back."), to=_home(participant_id))


@requires(Permission.PLAN_WRITE)
def core_words(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    person = drafts.the_person(request, participant_id)
    episode = _going_on(request, participant_id)
    current = queries.current_plan(request.actor, participant_id=participant_id)
    known = queries.core_words(request.actor, plan_id=current.pk) if current else {}
    form = drafts.paper(
        request,
        CoreWordsForm,
        key="core",
        participant_id=participant_id,
        initial={code: row.words for code, row in known.items()},
    )
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            actions.say_core_words(episode.pk, form.said(), by=request.actor, at=timezone.now())
            return drafts.done(
                request,
                participant_id,
                key="core",
                said=_("Kept, in their words."),
                to=_home(participant_id),
            )
    page = {"person": person, "form": form, "key": "core"}
    return drafts.show(request, "web/plans/core.html", page)


@requires(Permission.PLAN_WRITE)
def plan_look(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    """The look together, at least every quarter: what happened, what changed, and both agree."""
    page = _plan_page(request, participant_id)
    episode = _going_on(request, participant_id)
    draft = page["draft"]
    form = drafts.paper(
        request,
        LookForm,
        key="look",
        participant_id=participant_id,
        initial={
            "what_changed": draft.what_changed if draft else "",
            "revision": len(page["agreed"]),
        },
    )
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            return _agree_or_keep(request, participant_id, episode.pk, form)
    begun = page["in_force"].agreed_on if page["in_force"] else episode.begun_on
    happened = since(request.actor, participant_id=participant_id, day=begun)
    goals = page["open_goals"] + page["settled_goals"]
    drafts.stale(form, len(page["agreed"]))
    more = {
        "form": form,
        "key": "look",
        "begun": begun,
        "happened": happened,
        "touched": [(g, happened.touched[g.pk]) for g in goals if g.pk in happened.touched],
        "today": local_date(timezone.now(), request.actor.time_zone),
    }
    return drafts.show(request, "web/plans/look.html", {**page, **more})


def _agree_or_keep(
    request: StaffRequest, participant_id: UUID, episode_id: UUID, form: LookForm
) -> HttpResponse:
    words = form.cleaned_data["what_changed"]
    if LATER in request.POST:
        actions.keep_plan_draft(episode_id, what_changed=words, by=request.actor, at=timezone.now())
        said = _("Kept as a draft. You can agree another day.")
    else:
        version = actions.agree_plan(
            episode_id,
            what_changed=words,
            participant_name=form.cleaned_data["participant_name"],
            revision=form.cleaned_data["revision"],
            by=request.actor,
            at=timezone.now(),
        )
        said = _("Version %(number)s is in force. Both of you agreed.") % {"number": version.number}
    return drafts.done(request, participant_id, key="look", said=said, to=_home(participant_id))
