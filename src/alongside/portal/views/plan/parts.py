"""One thing of one's own plan: written, changed, done, opened again, taken back, brought back."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.accounts.codes import Permission
from alongside.core.ids import new_id
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refused
from alongside.core.words import gettext_noop as _n
from alongside.plans.actions import parts as actions
from alongside.plans.codes import PartKind, PartStatus
from alongside.plans.queries import content as queries
from alongside.plans.queries import goals_taken_back, goals_visible_to
from alongside.plans.rules.parts import RESTS, SAID_OF
from alongside.portal import unsent
from alongside.portal.access import PortalRequest, requires
from alongside.portal.forms.plan import FORMS, OwnRestForm
from alongside.portal.views.plan import base

K = PartKind
IN_PLAN = frozenset({K.STRENGTH, K.VALUE, K.SUPPORT, K.OBSTACLE, K.QUESTION})
FOR_GOAL = frozenset({K.OBJECTIVE, K.STEP, K.OBSTACLE})
UNDER = {K.STEP: K.OBJECTIVE, K.TRY: K.OBSTACLE}
TITLES = {
    K.STRENGTH: _n("What I am good at"),
    K.VALUE: _n("What matters to me"),
    K.OBJECTIVE: _n("A part of the way"),
    K.STEP: _n("A step"),
    K.SUPPORT: _n("Someone or something of my own"),
    K.OBSTACLE: _n("What is in my way"),
    K.TRY: _n("What was tried"),
    K.QUESTION: _n("What I want to ask"),
}
SUBS = {
    K.STRENGTH: _n("What helped you before? What do others see in you?"),
    K.VALUE: _n("What is worth the work to you?"),
    K.OBJECTIVE: _n("Big goals get smaller in parts. Start from an idea, or from your own words."),
    K.STEP: _n("One thing that someone does. Small is good."),
    K.SUPPORT: _n("A friend, family of any kind, a place, a pet."),
    K.OBSTACLE: _n("You and your supporter look at it again until it is out of the way."),
    K.TRY: _n("It counts, even if it did not work."),
    K.QUESTION: _n("About help or treatment. Your supporter can come with you when you ask."),
}


def _kind(name: str, among: frozenset[PartKind]) -> PartKind:
    if name not in among:
        raise Http404
    return PartKind(name)


@require_http_methods(["GET", "POST"])
@requires(Permission.OWN_WRITE)
@leaves(Leaving.OWN_COPY)
def own_part_new(request: PortalRequest, kind: str) -> HttpResponse:
    return _new(request, _kind(kind, IN_PLAN))


@require_http_methods(["GET", "POST"])
@requires(Permission.OWN_WRITE)
@leaves(Leaving.OWN_COPY)
def own_part_for_goal(request: PortalRequest, goal_id: UUID, kind: str) -> HttpResponse:
    goal = goals_visible_to(request.actor).get(pk=goal_id)
    return _new(request, _kind(kind, FOR_GOAL), goal=goal)


@require_http_methods(["GET", "POST"])
@requires(Permission.OWN_WRITE)
@leaves(Leaving.OWN_COPY)
def own_part_under(request: PortalRequest, part_id: UUID, kind: str) -> HttpResponse:
    above = queries.parts_visible_to(request.actor).get(pk=part_id)
    wanted = _kind(kind, frozenset(UNDER))
    if UNDER[wanted] != above.kind:
        raise Http404
    return _new(request, wanted, above=above)


def _new(
    request: PortalRequest, kind: PartKind, *, goal: Any = None, above: Any = None
) -> HttpResponse:
    episode = base.going_on(request.actor)
    blank = FORMS[kind](base.typed(request), initial={"part_id": new_id()})
    form = unsent.picked_up(request, blank)
    if request.method == "POST" and form.is_valid():
        with base.refusals_in(form):
            goal_id = goal.pk if goal else above.goal_id if above else None
            part = actions.add_part(
                episode.pk,
                form.new(goal_id, above.pk if above else None),
                part_id=form.cleaned_data["part_id"],
                by=request.actor,
                at=timezone.now(),
            )
            undo = reverse("portal:own_part_take_back", args=[part.pk])
            return base.done(request, _("It is in your plan."), to=base.home(part.pk), undo=undo)
    page = {"form": form, "goal": goal, "above": above, **_words(kind)}
    return base.show(request, "portal/mine/plan/part.html", page)


def _words(kind: PartKind) -> dict[str, Any]:
    return {"kind": kind, "title": TITLES[kind], "sub": SUBS[kind]}


def _part(request: PortalRequest, part_id: UUID) -> Any:
    return queries.parts_visible_to(request.actor).get(pk=part_id)


@require_http_methods(["GET", "POST"])
@requires(Permission.OWN_WRITE)
@leaves(Leaving.OWN_COPY)
def own_part(request: PortalRequest, part_id: UUID) -> HttpResponse:
    """Say it in new words; the old ones are kept."""
    part = _part(request, part_id)
    kind = PartKind(part.kind)
    known = {name: getattr(part, name) for name in ("words", "revision", *SAID_OF[kind])}
    form = unsent.picked_up(request, FORMS[kind](base.typed(request), initial=known, part=part))
    if request.method == "POST" and form.is_valid():
        with base.refusals_in(form):
            actions.change_part(
                part_id,
                form.new(part.goal_id, part.parent_id),
                revision=form.cleaned_data["revision"] or 0,
                by=request.actor,
                at=timezone.now(),
            )
            return base.done(request, _("Your new words are kept."), to=base.home(part_id))
    if form.is_bound:
        part.refresh_from_db()
    page = {
        "form": form,
        "part": part,
        "moved_on": base.moved_on(form, part.revision),
        "changes": list(queries.part_changes(request.actor, part_id=part_id)),
        **_words(kind),
    }
    return base.show(request, "portal/mine/plan/part.html", page)


@require_http_methods(["GET", "POST"])
@requires(Permission.OWN_WRITE)
@leaves(Leaving.OWN_COPY)
def own_part_settle(request: PortalRequest, part_id: UUID) -> HttpResponse:
    part = _part(request, part_id)
    kind = PartKind(part.kind)
    if not RESTS[kind]:
        raise Http404
    known = {"revision": part.revision}
    form = unsent.picked_up(request, OwnRestForm(base.typed(request), initial=known, kind=kind))
    if request.method == "POST" and form.is_valid():
        with base.refusals_in(form):
            actions.settle_part(
                part_id,
                PartStatus(form.cleaned_data["to"]),
                said=form.cleaned_data["said"],
                revision=form.cleaned_data["revision"],
                by=request.actor,
                at=timezone.now(),
            )
            undo = reverse("portal:own_part_reopen", args=[part_id])
            return base.done(request, _("Your words are kept."), to=base.home(part_id), undo=undo)
    if form.is_bound:
        part.refresh_from_db()
    page = {"form": form, "one": part, "moved_on": base.moved_on(form, part.revision)}
    return base.show(request, "portal/mine/plan/settle.html", page)


@require_POST
@requires(Permission.OWN_WRITE)
@leaves(Leaving.OWN_COPY)
def own_part_done(request: PortalRequest, part_id: UUID) -> HttpResponse:
    undo = reverse("portal:own_part_reopen", args=[part_id])
    return _move(request, part_id, PartStatus.DONE, said=_("Well done."), undo=undo)


@require_POST
@requires(Permission.OWN_WRITE)
@leaves(Leaving.OWN_COPY)
def own_part_reopen(request: PortalRequest, part_id: UUID) -> HttpResponse:
    return _move(request, part_id, PartStatus.OPEN, said=_("It is open again."))


def _move(
    request: PortalRequest, part_id: UUID, to: PartStatus, *, said: str, undo: str = ""
) -> HttpResponse:
    part = _part(request, part_id)
    try:
        actions.settle_part(
            part_id, to, said="", revision=part.revision, by=request.actor, at=timezone.now()
        )
    except Refused as refused:
        return base.care(request, refused.refusal, to=base.home())
    return base.done(request, said, to=base.home(part_id), undo=undo)


@require_POST
@requires(Permission.OWN_WRITE)
@leaves(Leaving.OWN_COPY)
def own_part_take_back(request: PortalRequest, part_id: UUID) -> HttpResponse:
    part = _part(request, part_id)
    try:
        actions.take_back_part(part_id, revision=part.revision, by=request.actor, at=timezone.now())
    except Refused as refused:
        return base.care(request, refused.refusal, to=base.home())
    undo = reverse("portal:own_part_bring_back", args=[part_id])
    return base.done(request, _("Taken back."), to=base.home(), undo=undo)


@require_POST
@requires(Permission.OWN_WRITE)
@leaves(Leaving.OWN_COPY)
def own_part_bring_back(request: PortalRequest, part_id: UUID) -> HttpResponse:
    _part(request, part_id)
    try:
        actions.bring_back_part(part_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        return base.care(request, refused.refusal, to=base.home())
    return base.done(request, _("It is back in your plan."), to=base.home(part_id))


@require_GET
@requires(Permission.OWN_READ)
@leaves(Leaving.OWN_COPY)
def own_taken_back(request: PortalRequest) -> HttpResponse:
    plan, _episode, goes_on = base.latest(request.actor)
    rows = list(queries.parts_taken_back(request.actor, plan_id=plan.pk)[:100]) if plan else []
    gone = goals_taken_back(request.actor, plan_id=plan.pk)[:100] if plan else ()
    page = {
        "rows": [(row, TITLES[PartKind(row.kind)]) for row in rows],
        "goals": list(gone),
        "writes": goes_on,
    }
    return base.show(request, "portal/mine/plan/taken_back.html", page)
