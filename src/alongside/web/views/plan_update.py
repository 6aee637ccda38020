"""The update together, at least every quarter: six short pages on one phone, passed to and fro.

It starts from what happened and ends in a version that both signed. Whoever stops anywhere finds it
again: words stand in the draft of the version, and with it how far the two have come.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.codes import Permission
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.outcomes.queries import checkins
from alongside.people import actions as people
from alongside.plans import actions, queries
from alongside.plans.actions import parts
from alongside.plans.codes import OPEN_VERSION, GoalStatus, PartKind, PartStatus
from alongside.plans.queries import versions
from alongside.plans.rules.parts import NewPart
from alongside.web import drafts, planupdates
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.plan_update import MattersForm, NewGoalForm, NextStepForm, OnGoalsForm
from alongside.web.forms.plans import LATER, SignTogetherForm, WordsForm
from alongside.web.languages import ours, theirs
from alongside.web.noteforms import uuid_or_none
from alongside.web.planupdates import STAGES, after
from alongside.web.views.plan_versions import is_stale, read_anew, seen_in
from alongside.web.views.plans import going_on, home, open_version
from alongside.web.worksheetlists import number_or_zero

TYPED_ON = frozenset({"matters", "goals", "words"})


def _page(request: StaffRequest, participant_id: UUID, stage: str = "") -> dict[str, Any]:
    person = drafts.the_person(request, participant_id)
    episode = going_on(request, participant_id)
    plan = queries.plan_of_episode(request.actor, episode_id=episode.pk)
    now = open_version(request, plan)
    today = local_date(timezone.now(), request.actor.time_zone)
    agreed = [v for v in plan.versions.all() if v.status not in OPEN_VERSION] if plan else []
    page = {
        "person": person,
        "episode": episode,
        "plan": plan,
        "now": now,
        "agreed": agreed,
        "today": today,
        "begun": now.in_force.agreed_on if now.in_force else episode.begun_on,
        "prepared": planupdates.prepared(request.actor, now),
        "stages": STAGES,
    }
    if stage:
        page |= {"stage": stage, "number": STAGES.index(stage) + 1, "all": len(STAGES)}
        page["back"] = _url(participant_id, planupdates.before(stage))
    return page


def _url(participant_id: UUID, stage: str) -> str:
    if not stage:
        return reverse("web:plan_update", args=[participant_id])
    return reverse("web:plan_update_stage", args=[participant_id, stage])


@requires(Permission.PLAN_WRITE)
def plan_update(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    """What it is, how long it takes, and where the two left off."""
    page = _page(request, participant_id)
    left = page["now"].version.page if page["now"].version else ""
    page["goes_on_at"] = left if left in STAGES else ""
    page["at_number"] = STAGES.index(left) + 1 if left in STAGES else 1
    return drafts.show(request, "web/plans/update/begin.html", page)


@requires(Permission.PLAN_WRITE)
def update_stage(request: StaffRequest, participant_id: UUID, stage: str) -> HttpResponse:
    if stage not in STAGES:
        raise Http404
    page = _page(request, participant_id, stage)
    with theirs(page["person"]):
        return _stage(request, page)


def _stage(request: StaffRequest, page: dict[str, Any]) -> HttpResponse:
    stage = page["stage"]
    if request.method == "POST" and LATER in request.POST and stage not in TYPED_ON:
        return _later(request, page)
    return _SHOWN[stage](request, page)


def _goes(request: StaffRequest) -> Callable[..., HttpResponse]:
    """On, or another day: what is typed is kept first, whichever it is."""
    return _later if LATER in request.POST else _move_on


def _move_on(request: StaffRequest, page: dict[str, Any], **words: Any) -> HttpResponse:
    """To the next page; how far the two have come is kept."""
    person, stage = page["person"], page["stage"]
    actions.keep_plan_draft(
        page["episode"].pk, page=after(stage), by=request.actor, at=timezone.now(), **words
    )
    return redirect(_url(person.pk, after(stage)))


def _later(request: StaffRequest, page: dict[str, Any], **words: Any) -> HttpResponse:
    person = page["person"]
    at = timezone.now()
    kept = {"page": page["stage"], "by": request.actor, "at": at, **words}
    actions.keep_plan_draft(page["episode"].pk, **kept)
    with ours():
        messages.success(request, _("Kept. You two can go on here another day."))
    return redirect(home(person.pk))


def _happened(request: StaffRequest, page: dict[str, Any]) -> HttpResponse:
    if request.method == "POST":
        return _move_on(request, page)
    page["happened"] = planupdates.happened(
        request.actor,
        participant_id=page["person"].pk,
        begun=page["begun"],
        now=page["now"],
        on=page["today"],
    )
    return drafts.show(request, "web/plans/update/happened.html", page)


def _matters(request: StaffRequest, page: dict[str, Any]) -> HttpResponse:
    key, person = "update-matters", page["person"]
    form = drafts.paper(request, MattersForm, key=key, participant_id=person.pk)
    form.initial["part_id"] = new_id()
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            said = form.cleaned_data
            if said["words"].strip():
                parts.add_part(
                    page["episode"].pk,
                    NewPart(PartKind.VALUE, said["words"]),
                    part_id=said["part_id"],
                    by=request.actor,
                    at=timezone.now(),
                )
            people.drop_draft(person.pk, form=key, by=request.actor)
            return _goes(request)(request, page)
    page |= {"form": form, "key": key}
    return drafts.show(request, "web/plans/update/matters.html", page)


def _goals(request: StaffRequest, page: dict[str, Any]) -> HttpResponse:
    """Goals and steps, settled or added in place. Whatever button it was, what is typed is kept."""
    key, person = "update-goals", page["person"]
    form = drafts.paper(request, NewGoalForm, key=key, participant_id=person.pk)
    left = dict(form.initial)
    form.initial["goal_id"] = new_id()
    goals = page["now"].content.open_goals
    on_goals = OnGoalsForm(request.POST or None, goals=goals, left=left)
    rows = [(goal, _next_step(request, goal.id, left), on_goals[str(goal.id)]) for goal in goals]
    plan = page["plan"]
    stands = versions.revisions(request.actor, plan_id=plan.pk) if plan else {}
    forms = (form, on_goals, *(row for _goal, row, _said in rows))
    valid = [one.is_valid() for one in forms]  # each of them: every field says what it needs
    if request.method == "POST" and all(valid):
        with drafts.refusals_in(form):
            _keep_typed(request, page, form, rows)
            said = _settled(request, stands)
            _keep_left(request, person.pk, key, on_goals)
            if said is None:
                return _goes(request)(request, page)
            messages.success(request, said)
            return redirect(_url(person.pk, "goals"))
    page |= {"form": form, "rows": rows, "revisions": stands, "key": key, "on_goals": on_goals}
    if on_goals.errors:
        form.add_error(None, _("Words on a goal wait for a choice: look at the goals below."))
    return drafts.show(request, "web/plans/update/goals.html", page)


def _next_step(request: StaffRequest, goal_id: UUID, left: dict[str, Any]) -> NextStepForm:
    """As it was sent, else as it was left typed."""
    known = {
        name: left[f"{goal_id}-{name}"]
        for name in ("words", "who")
        if left.get(f"{goal_id}-{name}")
    }
    initial = {**known, "part_id": new_id()}
    return NextStepForm(request.POST or None, prefix=str(goal_id), initial=initial)


def _keep_typed(
    request: StaffRequest, page: dict[str, Any], form: NewGoalForm, rows: list[Any]
) -> None:
    done: dict[str, Any] = {"by": request.actor, "at": timezone.now()}
    typed = form.cleaned_data
    if typed["goal"].strip():
        episode_id = page["episode"].pk
        actions.add_goal(episode_id, words=typed["goal"], area="", goal_id=typed["goal_id"], **done)
    for goal, row, _said in rows:
        said = row.cleaned_data
        if said["words"].strip():
            new = NewPart(PartKind.STEP, said["words"], goal_id=goal.id, who=said["who"])
            parts.add_part(page["episode"].pk, new, part_id=said["part_id"], **done)


def _keep_left(request: StaffRequest, person_id: UUID, key: str, on_goals: OnGoalsForm) -> None:
    """Words on goals that no button settled stay typed; all else is in the record now."""
    if left := on_goals.left(settled=_pressed(request)):
        at = timezone.now()
        people.keep_draft(person_id, form=key, fields=left, by=request.actor, at=at)
    else:
        people.drop_draft(person_id, form=key, by=request.actor)


def _pressed(request: StaffRequest) -> str:
    return request.POST.get("reached", "") or request.POST.get("aside", "")


def _settled(request: StaffRequest, stands: dict[UUID, int]) -> str | None:
    """What the pressed button settled, in a sentence; ``None`` when the two go on. The page says
    what it was made from: where someone else was faster, a person looks again."""
    for name in ("done", "reached", "aside"):
        key = uuid_or_none(request.POST.get(name))
        if key not in stands:
            continue
        more: dict[str, Any] = {
            "said": request.POST.get(f"said-{key}", ""),
            "revision": number_or_zero(request.POST.get(f"rev-{key}", "")),
            "by": request.actor,
            "at": timezone.now(),
        }
        if name == "done":
            parts.settle_part(key, PartStatus.DONE, **more)
        else:
            to = GoalStatus.REACHED if name == "reached" else GoalStatus.SET_ASIDE
            actions.settle_goal(key, to, **more)
        return _("Kept, with their words.")
    return _("Kept.") if "add" in request.POST else None


def _check_in(request: StaffRequest, page: dict[str, Any]) -> HttpResponse:
    if request.method == "POST":
        return _move_on(request, page)
    latest = checkins.latest(request.actor, participant_id=page["person"].pk)
    page |= {"latest": latest, "fresh": latest is not None and latest.on >= page["begun"]}
    page["new_id"] = new_id()
    return drafts.show(request, "web/plans/update/check_in.html", page)


def _words(request: StaffRequest, page: dict[str, Any]) -> HttpResponse:
    """What changed and why, in both voices."""
    said, person = page["now"].said, page["person"]
    key = "update-words"
    known = {"what_changed": said.participant, "supporter_said": said.supporter}
    form = drafts.paper(
        request, WordsForm, key=key, participant_id=person.pk, initial={**known, **seen_in(said)}
    )
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            words = {name: form.cleaned_data[name] for name in known}
            answer = _goes(request)(request, page, **words, seen=form.seen())
            people.drop_draft(person.pk, form=key, by=request.actor)
            return answer
    stale = is_stale(form, said)
    if form.is_bound and form.errors:
        form.data = {**dict(form.data.items()), **seen_in(said)}
    page |= {"form": form, "key": key, "stale": stale, "stands": said}
    return drafts.show(request, "web/plans/update/words.html", page)


def _sign(request: StaffRequest, page: dict[str, Any]) -> HttpResponse:
    """The phone is in the participant's hands: the whole new version, and both names."""
    now, person = page["now"], page["person"]
    first = {"read": now.digest, "revision": len(page["agreed"])}
    form = SignTogetherForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            version = _agree(request, page, form, at=timezone.now())
            with ours():
                said = _("Version %(number)s is in force. Both of you signed.")
                messages.success(request, said % {"number": version.number})
            return redirect("web:plan_version", person.pk, version.pk)
    page["form"] = read_anew(form, now.digest)
    return drafts.show(request, "web/plans/update/sign.html", page)


def _agree(
    request: StaffRequest, page: dict[str, Any], form: SignTogetherForm, *, at: datetime
) -> Any:
    said = form.cleaned_data
    return actions.agree_plan(
        page["episode"].pk,
        participant_name=said["participant_name"],
        read=said["read"],
        revision=said["revision"],
        by=request.actor,
        at=at,
    )


_SHOWN: dict[str, Callable[[StaffRequest, dict[str, Any]], HttpResponse]] = {
    "happened": _happened,
    "matters": _matters,
    "goals": _goals,
    "check-in": _check_in,
    "words": _words,
    "sign": _sign,
}
