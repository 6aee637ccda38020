"""Every write to the parts of a plan, by the supporter or by the participant. None is deleted."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.refusal import STALE, Refused, ensure
from alongside.plans import rules
from alongside.plans.actions.begun import draft_of, goes_on, plan_of
from alongside.plans.codes import PartChangeKind, PartKind, PartStatus
from alongside.plans.models import PlanPart, PlanPartChange
from alongside.plans.queries import content as queries
from alongside.plans.queries.arrays import opens_peer_support
from alongside.plans.queries.plans import goals_visible_to
from alongside.plans.rules import parts
from alongside.plans.rules.parts import NewPart
from alongside.referrals.models import Episode
from alongside.referrals.queries.episodes import episodes_visible_to
from alongside.tenancy.hidden import free_id

# What is kept of a part before it changes.
KEPT = (
    *("words", "sample", "service_array", "who", "who_name", "day", "on_behalf"),
    *("permission_words", "obstacle", "goal_id", "how_close", "next_step", "asked_of"),
    *("status", "settled_on", "settled_words"),
)


@transaction.atomic
def add_part(
    episode_id: UUID, new: NewPart, *, by: Actor, at: datetime, part_id: UUID | None = None
) -> PlanPart:
    """Write one thing into the plan, which begins with it if there is none yet.

    A ``part_id`` made by the form makes five clicks one part.
    """
    episode = episodes_visible_to(by).select_related("participant").get(pk=episode_id)
    _ensure_may_write(episode, by)
    there = queries.parts_visible_to(by).filter(pk=part_id or new_id(), plan__episode=episode)
    if (found := there.first()) is not None:
        return found
    on = local_date(at, by.time_zone)
    ensure(parts.why_not_keep_part(new, on=on, born_on=episode.participant.born_on))
    _ensure_array(new.service_array, by=by, on=on)
    goal_id, parent_id = _where(new, episode, by)
    plan = plan_of(episode, on=on, by=by)
    part = PlanPart.objects.create(
        pk=free_id(PlanPart, part_id),
        agency_id=by.agency_id,
        plan=plan,
        kind=new.kind.value,
        parent_id=parent_id,
        begun_on=on,
        voice=parts.side_of(by).value,
        written_by_id=by.id,
        **{**_said(new, at=at), "goal_id": goal_id},
    )
    _tell(part, PartChangeKind.ADDED, by=by, at=at)
    draft_of(plan, by=by, at=at)
    record(by=by, at=at, verb="plan-part.added", target=f"PlanPart/{part.pk}")
    return part


@transaction.atomic
def change_part(part_id: UUID, new: NewPart, *, revision: int, by: Actor, at: datetime) -> PlanPart:
    """Say it anew; what it said before stays readable. ``revision`` is the one on the screen: if
    someone else was faster nothing is written, and a person decides."""
    part = queries.parts_visible_to(by).get(pk=part_id)
    _ensure_may_write(part.plan.episode, by)
    ensure(parts.why_not_change_part(part.facts()))
    on = local_date(at, by.time_zone)
    born_on = part.plan.episode.participant.born_on
    ensure(parts.why_not_keep_part(new, on=on, born_on=born_on))
    if new.service_array != part.service_array:
        _ensure_array(new.service_array, by=by, on=on)
    _where(new, part.plan.episode, by)
    if by.is_staff:
        ensure(parts.why_not_carry_permission(part.words, part.permission_words, new))
    said = {**_said(new, at=part.permission_at or at), "permission_at": part.permission_at}
    if new.permission_words.strip() != part.permission_words or new.on_behalf != part.on_behalf:
        said["permission_at"] = at if new.on_behalf else None
    if all(getattr(part, name) == value for name, value in said.items()):
        return part
    _claim(part, revision, **said)
    _tell(part, PartChangeKind.REWORDED, by=by, at=at)
    draft_of(part.plan, by=by, at=at)
    record(by=by, at=at, verb="plan-part.reworded", target=f"PlanPart/{part_id}")
    part.refresh_from_db()
    return part


@transaction.atomic
def settle_part(
    part_id: UUID, to: PartStatus, *, said: str, revision: int, by: Actor, at: datetime
) -> PlanPart:
    """Done, set aside or open again, with the words that go with it if there are any."""
    part = queries.parts_visible_to(by).get(pk=part_id)
    _ensure_may_write(part.plan.episode, by)
    ensure(parts.why_not_move_part(part.facts(), to))
    on = local_date(at, by.time_zone)
    settled = None if to is PartStatus.OPEN else on
    _claim(part, revision, status=to.value, settled_on=settled, settled_words=said.strip())
    kind = parts.CHANGE_OF_PART[to]
    _tell(part, kind, said=said.strip(), by=by, at=at)
    draft_of(part.plan, by=by, at=at)
    record(by=by, at=at, verb=f"plan-part.{kind}", target=f"PlanPart/{part_id}")
    part.refresh_from_db()
    return part


@transaction.atomic
def take_back_part(part_id: UUID, *, revision: int, by: Actor, at: datetime) -> None:
    """Undo what was written by mistake. It can be brought back."""
    part = queries.parts_visible_to(by).get(pk=part_id)
    _ensure_may_write(part.plan.episode, by)
    ensure(parts.why_not_take_back_part(part.facts()))
    _claim(part, revision, voided_at=at)
    _tell(part, PartChangeKind.TAKEN_BACK, by=by, at=at)
    draft_of(part.plan, by=by, at=at)
    record(by=by, at=at, verb="plan-part.taken-back", target=f"PlanPart/{part_id}")


@transaction.atomic
def bring_back_part(part_id: UUID, *, by: Actor, at: datetime) -> PlanPart:
    part = queries.parts_visible_to(by).get(pk=part_id)
    _ensure_may_write(part.plan.episode, by)
    ensure(parts.why_not_bring_back_part(part.facts()))
    won = PlanPart.objects.filter(pk=part_id, voided_at=part.voided_at).update(
        voided_at=None, revision=F("revision") + 1
    )
    if not won:
        raise Refused(STALE)
    _tell(part, PartChangeKind.BROUGHT_BACK, by=by, at=at)
    draft_of(part.plan, by=by, at=at)
    record(by=by, at=at, verb="plan-part.brought-back", target=f"PlanPart/{part_id}")
    part.refresh_from_db()
    return part


def _ensure_may_write(episode: Episode, by: Actor) -> None:
    ensure(rules.why_not_write(by) or rules.why_not_in_time(episode_goes_on=goes_on(episode)))


def _ensure_array(array: str, *, by: Actor, on: date) -> None:
    if array:
        opens = opens_peer_support(by, on=on)
        ensure(parts.why_not_array(array, opens_peer_support=opens))


def _where(new: NewPart, episode: Episode, by: Actor) -> tuple[UUID | None, UUID | None]:
    """The goal and the part above: of this plan, or it does not exist."""
    parent = None
    if new.parent_id is not None:
        kind = PartKind.OBJECTIVE if new.kind is PartKind.STEP else PartKind.OBSTACLE
        found = queries.parts_visible_to(by).filter(plan__episode=episode, kind=kind)
        parent = found.filter(voided_at=None).get(pk=new.parent_id)
    goal_id = parent.goal_id if parent is not None else new.goal_id
    if goal_id is not None:
        goals_visible_to(by).get(pk=goal_id, plan__episode=episode)
    return goal_id, new.parent_id


def _said(new: NewPart, *, at: datetime) -> dict[str, Any]:
    """The fields of its kind as they are stored; what belongs to other kinds stays empty."""
    said: dict[str, Any] = {"words": new.words.strip()}
    for name in parts.SAID_OF[new.kind]:
        value = getattr(new, name)
        said[name] = value.strip() if isinstance(value, str) else value
    if "permission_words" in said:
        said["permission_at"] = at if new.on_behalf else None
        said["permission_words"] = said["permission_words"] if new.on_behalf else ""
    return said


def _claim(part: PlanPart, revision: int, **fields: object) -> None:
    # Claim by condition: of two people who change the same part, one is asked to look again.
    won = PlanPart.objects.filter(pk=part.pk, revision=revision, voided_at=None).update(
        **fields, revision=F("revision") + 1
    )
    if not won:
        raise Refused(STALE)


def _tell(part: PlanPart, kind: PartChangeKind, *, said: str = "", by: Actor, at: datetime) -> None:
    """Keep what stood there before; ``part`` is as it was loaded, before the claim."""
    before = {name: getattr(part, name) for name in KEPT} if kind is not kind.ADDED else {}
    PlanPartChange.objects.create(
        agency_id=by.agency_id,
        part=part,
        kind=kind.value,
        before={
            name: value if isinstance(value, bool) else str(value)
            for name, value in before.items()
            if value not in ("", None, False)
        },
        said=said,
        voice=parts.side_of(by).value,
        on=local_date(at, by.time_zone),
        at=at,
        by_id=by.id,
    )
