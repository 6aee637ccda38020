"""One thing of a plan: written, said anew, finished, opened again, taken back, brought back."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.accounts.codes import Permission
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.core.words import gettext_noop as _n
from alongside.plans.actions import parts as actions
from alongside.plans.codes import PartKind, PartStatus
from alongside.plans.queries import content as queries
from alongside.plans.queries import current_plan, goals_taken_back, goals_visible_to
from alongside.plans.queries.arrays import array_advice, opens_peer_support
from alongside.plans.rules.parts import RESTS, SAID_OF, status_name
from alongside.referrals.queries.episodes import open_episode
from alongside.web import drafts
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.plan_parts import FORMS, RestForm
from alongside.web.views.participants import SIGHT

K = PartKind
# What may be written where: straight into the plan, for a goal, under an objective or obstacle.
IN_PLAN = frozenset({K.STRENGTH, K.VALUE, K.SUPPORT, K.OBSTACLE, K.QUESTION})
FOR_GOAL = frozenset({K.OBJECTIVE, K.STEP, K.OBSTACLE})
UNDER = {K.STEP: K.OBJECTIVE, K.TRY: K.OBSTACLE}

TITLES = {
    K.STRENGTH: _n("A strength"),
    K.VALUE: _n("What matters"),
    K.OBJECTIVE: _n("An objective"),
    K.STEP: _n("A step"),
    K.SUPPORT: _n("A natural support"),
    K.OBSTACLE: _n("What is in the way"),
    K.TRY: _n("What was tried"),
    K.QUESTION: _n("A question to ask"),
}
SUBS = {
    K.STRENGTH: _n("What they are good at, or what carried them before."),
    K.VALUE: _n("What is worth the effort to them."),
    K.OBJECTIVE: _n("A part of the way to the goal. Pick a start, then make it their own."),
    K.STEP: _n("One thing someone does. Small is fine."),
    K.SUPPORT: _n("Someone or something in their own life: family of any kind, a friend, a dog."),
    K.OBSTACLE: _n("In their words. You follow it together until it is out of the way."),
    K.TRY: _n("Whatever it was, it counts. Nothing has to have worked."),
    K.QUESTION: _n("What they want to know about treatment. They ask it, you can go along."),
}


def _home(participant_id: UUID, kind: str = "") -> str:
    return reverse("web:plan", args=[participant_id]) + (f"#{kind}" if kind else "")


def _kind(name: str, among: frozenset[PartKind]) -> PartKind:
    if name not in among:
        raise Http404
    return PartKind(name)


@requires(Permission.PLAN_WRITE)
def part_new(request: StaffRequest, participant_id: UUID, kind: str) -> HttpResponse:
    return _new(request, participant_id, _kind(kind, IN_PLAN), key=f"part-{kind}")


@requires(Permission.PLAN_WRITE)
def part_new_for_goal(
    request: StaffRequest, participant_id: UUID, goal_id: UUID, kind: str
) -> HttpResponse:
    goals = goals_visible_to(request.actor).filter(plan__episode__participant_id=participant_id)
    goal = goals.get(pk=goal_id)
    key = f"part-{kind}-{goal_id}"
    return _new(request, participant_id, _kind(kind, FOR_GOAL), key=key, goal=goal)


@requires(Permission.PLAN_WRITE)
def part_new_under(
    request: StaffRequest, participant_id: UUID, part_id: UUID, kind: str
) -> HttpResponse:
    above = queries.part_of(request.actor, participant_id=participant_id, part_id=part_id)
    wanted = _kind(kind, frozenset(UNDER))
    if UNDER[wanted] != above.kind:
        raise Http404
    return _new(request, participant_id, wanted, key=f"part-{kind}-{part_id}", above=above)


def _new(
    request: StaffRequest,
    participant_id: UUID,
    kind: PartKind,
    *,
    key: str,
    goal: Any = None,
    above: Any = None,
) -> HttpResponse:
    person = drafts.the_person(request, participant_id)
    episode = open_episode(request.actor, participant_id=participant_id)
    if episode is None:
        raise Http404
    form = _paper(request, person, kind, key=key, initial={"part_id": new_id()})
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            goal_id = goal.pk if goal else above.goal_id if above else None
            part = actions.add_part(
                episode.pk,
                form.new(goal_id, above.pk if above else None),
                part_id=form.cleaned_data["part_id"],
                by=request.actor,
                at=timezone.now(),
            )
            return drafts.done(
                request,
                participant_id,
                key=key,
                said=_("It stands in the plan."),
                to=_home(participant_id, f"part-{part.pk}"),
                undo=reverse("web:part_take_back", args=[participant_id, part.pk]),
            )
    page = {"goal": goal, "above": above, **_around(request, kind)}
    return drafts.show(
        request, "web/plans/parts/part.html", {"person": person, "form": form, "key": key, **page}
    )


def _paper(request: StaffRequest, person: Any, kind: PartKind, **more: Any) -> Any:
    on = local_date(timezone.now(), request.actor.time_zone)
    opens = kind is K.OBJECTIVE and opens_peer_support(request.actor, on=on)
    return drafts.paper(
        request,
        FORMS[kind],
        participant_id=person.pk,
        name=person.first_name,
        opens=opens,
        **more,
    )


def _around(request: StaffRequest, kind: PartKind, words: str = "") -> dict[str, Any]:
    """What stands around the fields; for an objective, under which array it fits, and why."""
    around: dict[str, Any] = {"kind": kind, "title": TITLES[kind], "sub": SUBS[kind]}
    if kind is K.OBJECTIVE:
        on = local_date(timezone.now(), request.actor.time_zone)
        around["advice"] = array_advice(request.actor, words=words, on=on)
    return around


def _part(request: StaffRequest, participant_id: UUID, part_id: UUID) -> Any:
    return queries.part_of(request.actor, participant_id=participant_id, part_id=part_id)


@requires(Permission.PLAN_WRITE)
def part_change(request: StaffRequest, participant_id: UUID, part_id: UUID) -> HttpResponse:
    person = drafts.the_person(request, participant_id)
    part = _part(request, participant_id, part_id)
    kind, key = PartKind(part.kind), f"part-{part_id}"
    known = {name: getattr(part, name) for name in ("words", "revision", *SAID_OF[kind])}
    form = _paper(request, person, kind, key=key, initial=known)
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            actions.change_part(
                part_id,
                form.new(part.goal_id, part.parent_id),
                revision=form.cleaned_data["revision"] or 0,
                by=request.actor,
                at=timezone.now(),
            )
            return drafts.done(
                request,
                participant_id,
                key=key,
                said=_("Said anew. The words from before are kept."),
                to=_home(participant_id, f"part-{part_id}"),
            )
    if form.is_bound:
        part.refresh_from_db()
    page = {
        "person": person,
        "part": part,
        "form": form,
        "key": key,
        "stale": drafts.stale(form, part.revision),
        "changes": list(queries.part_changes(request.actor, part_id=part_id)),
        **_around(request, kind, part.words),
    }
    return drafts.show(request, "web/plans/parts/part.html", page)


@requires(Permission.PLAN_WRITE)
def part_settle(request: StaffRequest, participant_id: UUID, part_id: UUID) -> HttpResponse:
    person = drafts.the_person(request, participant_id)
    part = _part(request, participant_id, part_id)
    kind, key = PartKind(part.kind), f"rest-{part_id}"
    if not RESTS[kind]:
        raise Http404
    form = drafts.paper(
        request,
        RestForm,
        key=key,
        participant_id=participant_id,
        initial={"revision": part.revision},
        kind=kind,
    )
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            said = form.cleaned_data
            actions.settle_part(
                part_id,
                PartStatus(said["to"]),
                said=said["said"],
                revision=said["revision"],
                by=request.actor,
                at=timezone.now(),
            )
            return drafts.done(
                request,
                participant_id,
                key=key,
                said=_("Kept, with their words."),
                to=_home(participant_id, f"part-{part_id}"),
                undo=reverse("web:part_reopen", args=[participant_id, part_id]),
            )
    if form.is_bound:
        part.refresh_from_db()
    stale = drafts.stale(form, part.revision)
    page = {"person": person, "part": part, "form": form, "key": key, "stale": stale}
    return drafts.show(request, "web/plans/parts/settle.html", page)


@require_POST
@requires(Permission.PLAN_WRITE)
def part_done(request: StaffRequest, participant_id: UUID, part_id: UUID) -> HttpResponse:
    """One tap: done, or out of the way. Words can be added by opening it again."""
    part = _part(request, participant_id, part_id)
    return _move(request, part, PartStatus.DONE, undo="web:part_reopen")


@require_POST
@requires(Permission.PLAN_WRITE)
def part_reopen(request: StaffRequest, participant_id: UUID, part_id: UUID) -> HttpResponse:
    return _move(request, _part(request, participant_id, part_id), PartStatus.OPEN)


def _move(request: StaffRequest, part: Any, to: PartStatus, *, undo: str = "") -> HttpResponse:
    participant_id = part.plan.episode.participant_id
    try:
        actions.settle_part(
            part.pk, to, said="", revision=part.revision, by=request.actor, at=timezone.now()
        )
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=_home(participant_id))
    now = _(status_name(PartKind(part.kind), to))
    return drafts.done(
        request,
        participant_id,
        said=_("It now says: %(now)s.") % {"now": now},
        to=_home(participant_id, f"part-{part.pk}"),
        undo=reverse(undo, args=[participant_id, part.pk]) if undo else "",
    )


@require_POST
@requires(Permission.PLAN_WRITE)
def part_take_back(request: StaffRequest, participant_id: UUID, part_id: UUID) -> HttpResponse:
    part = _part(request, participant_id, part_id)
    try:
        actions.take_back_part(part_id, revision=part.revision, by=request.actor, at=timezone.now())
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=_home(participant_id))
    return drafts.done(
        request,
        participant_id,
        said=_("Taken back."),
        to=_home(participant_id),
        undo=reverse("web:part_bring_back", args=[participant_id, part_id]),
    )


@require_POST
@requires(Permission.PLAN_WRITE)
def part_bring_back(request: StaffRequest, participant_id: UUID, part_id: UUID) -> HttpResponse:
    _part(request, participant_id, part_id)
    try:
        actions.bring_back_part(part_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=_home(participant_id))
    home = _home(participant_id, f"part-{part_id}")
    return drafts.done(request, participant_id, said=_("It is back in the plan."), to=home)


@require_GET
@requires(*SIGHT)
def parts_taken_back(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    """What was written by mistake, newest first, to be brought back if it was none."""
    person = drafts.the_person(request, participant_id)
    plan = current_plan(request.actor, participant_id=participant_id)
    rows = list(queries.parts_taken_back(request.actor, plan_id=plan.pk)[:100]) if plan else []
    named = [{"part": row, "title": TITLES[PartKind(row.kind)]} for row in rows]
    gone = goals_taken_back(request.actor, plan_id=plan.pk)[:100] if plan else ()
    page = {"person": person, "rows": named, "goals": list(gone)}
    return drafts.show(request, "web/plans/parts/taken_back.html", page)
