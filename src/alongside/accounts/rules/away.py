"""When a supervisor may be away, and whom nobody looks out for. No Django, no clock."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from alongside.accounts.codes import GapKind, Role
from alongside.accounts.rules import ColleagueFacts, why_not_supervise
from alongside.core.refusal import Refusal
from alongside.core.words import gettext_noop as _

LONGEST_AWAY = timedelta(days=366)


@dataclass(frozen=True)
class AwayFacts:
    """Days on which a supervisor is away, both included. Days taken back are no facts any more."""

    id: UUID
    supervisor_id: UUID
    stand_in_id: UUID | None
    starts_on: date
    ends_on: date

    def overlaps(self, starts_on: date, ends_on: date) -> bool:
        return self.starts_on <= ends_on and starts_on <= self.ends_on


def why_not_be_away(
    new: AwayFacts,
    supervisor: ColleagueFacts,
    stand_in: ColleagueFacts | None,
    *,
    others: Iterable[AwayFacts],
    supervisors: Mapping[UUID, UUID | None],
    today: date,
) -> Refusal | None:
    """``others`` are all other times away that stand; ``supervisors`` says who supervises whom."""
    if not _leads(supervisor):
        sentence = _("{name} does not have the supervisor role.")
        return Refusal("no-supervisor", sentence, {"name": supervisor.name})
    refusal = _why_not_days(new, today)
    if refusal is not None:
        return refusal
    away = {row.supervisor_id for row in others if row.overlaps(new.starts_on, new.ends_on)}
    if supervisor.id in away:
        return Refusal(
            "away-already",
            _("{name} is away on some of these days already. Change that time instead."),
            {"name": supervisor.name},
            field="starts_on",
        )
    return _why_not_stand_in(supervisor, stand_in, away, supervisors) if stand_in else None


def _why_not_days(new: AwayFacts, today: date) -> Refusal | None:
    if new.ends_on < new.starts_on:
        return Refusal("ends-first", _("The last day is before the first."), field="ends_on")
    if new.ends_on < today:
        return Refusal("over", _("These days are over. Choose days to come."), field="ends_on")
    if new.ends_on - new.starts_on > LONGEST_AWAY:
        return Refusal(
            "too-long",
            _("That is more than a year. An administrator can name another supervisor instead."),
            field="ends_on",
        )
    return None


def _why_not_stand_in(
    supervisor: ColleagueFacts,
    stand_in: ColleagueFacts,
    away: Container[UUID],
    supervisors: Mapping[UUID, UUID | None],
) -> Refusal | None:
    name = {"name": stand_in.name}
    if stand_in.id in away:
        return Refusal(
            "stand-in-away",
            _("{name} is away then, too. Choose someone who is there."),
            name,
            field="stand_in",
        )
    refusal = why_not_supervise(supervisor.id, stand_in, supervisors)
    if refusal is None:
        return None
    if refusal.code == "circle":
        sentence = _("{name} is in this team, and nobody looks out for themselves.")
        return Refusal("in-this-team", sentence, name, field="stand_in")
    return Refusal(refusal.code, refusal.sentence, refusal.facts, field="stand_in")


@dataclass(frozen=True)
class Gap:
    """Supporters whom nobody looks out for, and why. Without days it is so until someone acts."""

    kind: GapKind
    names: tuple[str, ...]
    supervisor: ColleagueFacts | None = None
    stand_in: ColleagueFacts | None = None
    starts_on: date | None = None
    ends_on: date | None = None


def gaps(
    colleagues: Mapping[UUID, ColleagueFacts],
    supervisors: Mapping[UUID, UUID | None],
    away: Iterable[AwayFacts],
    on: date,
) -> tuple[Gap, ...]:
    """Everyone who is looked out for by nobody, today or on days to come, with who could."""
    teams: dict[UUID | None, list[str]] = {}
    for one in colleagues.values():
        if one.active and Role.SUPPORTER in one.roles:
            teams.setdefault(supervisors.get(one.id), []).append(one.name)
    found = []
    for lead, names in teams.items():
        if lead is None:
            found.append(Gap(GapKind.NO_SUPERVISOR, tuple(names)))
        elif not _leads(colleagues.get(lead)):
            found.append(Gap(GapKind.SUPERVISOR_GONE, tuple(names), colleagues.get(lead)))
    to_come = sorted((row for row in away if row.ends_on >= on), key=lambda row: row.starts_on)
    for row in to_come:
        if row.supervisor_id in teams and _leads(colleagues.get(row.supervisor_id)):
            names = teams[row.supervisor_id]
            found += _gaps_of(row, tuple(names), colleagues, to_come)
    return tuple(found)


def _leads(colleague: ColleagueFacts | None) -> bool:
    return colleague is not None and colleague.active and Role.SUPERVISOR in colleague.roles


def _gaps_of(
    row: AwayFacts,
    names: tuple[str, ...],
    colleagues: Mapping[UUID, ColleagueFacts],
    away: Iterable[AwayFacts],
) -> list[Gap]:
    lead = colleagues.get(row.supervisor_id)
    if row.stand_in_id is None:
        return [Gap(GapKind.NOBODY_STANDS_IN, names, lead, None, row.starts_on, row.ends_on)]
    other = colleagues.get(row.stand_in_id)
    if not _leads(other):
        return [Gap(GapKind.STAND_IN_GONE, names, lead, other, row.starts_on, row.ends_on)]
    return [
        Gap(
            GapKind.STAND_IN_AWAY,
            names,
            lead,
            other,
            max(row.starts_on, theirs.starts_on),
            min(row.ends_on, theirs.ends_on),
        )
        for theirs in away
        if theirs.supervisor_id == row.stand_in_id and theirs.overlaps(row.starts_on, row.ends_on)
    ]
