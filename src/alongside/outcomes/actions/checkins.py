"""Writing check-ins: begun, answered bit by bit, finished, changed forward, shared, taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.core.refusal import STALE, Refused, ensure
from alongside.outcomes.codes import Way
from alongside.outcomes.models import CheckIn, CheckInVersion
from alongside.outcomes.queries import checkins as queries
from alongside.outcomes.queries import instruments
from alongside.outcomes.rules import checkins as rules
from alongside.people.queries import participants_visible_to
from alongside.practice.instruments import Answer, Answers
from alongside.tenancy.hidden import free_id

TRIES = 3
TICK = timedelta(microseconds=1)


@dataclass(frozen=True)
class New:
    """``check_in_id`` is made by the page, so that five clicks begin one."""

    check_in_id: UUID
    participant_id: UUID
    instrument: str


@dataclass(frozen=True)
class Saved:
    """``others``: what stands there where someone else answered the same question meanwhile."""

    row: CheckIn
    others: Mapping[str, Answer]


@transaction.atomic
def begin_check_in(new: New, *, handed: bool = False, by: Actor, at: datetime) -> CheckIn:
    """An empty one, in the wording of today. It is nobody's duty to finish it."""
    person = participants_visible_to(by).only("pk").get(pk=new.participant_id)
    ensure(rules.why_not_answer(by))
    there = queries.check_ins_visible_to(by).filter(pk=new.check_in_id, participant=person)
    if found := there.first():
        return found
    instrument = instruments.instrument_of(by, key=new.instrument)
    ensure(rules.WITHDRAWN if instruments.is_withdrawn(by, key=new.instrument) else None)
    way = rules.way_of(by, handed=handed).value
    row = CheckIn.objects.create(
        pk=free_id(CheckIn, new.check_in_id),
        agency_id=by.agency_id,
        participant=person,
        instrument=instrument.key,
        instrument_version=instrument.version,
        way=way,
        draft={},
        draft_way=way,
        begun_at=at,
        begun_by_id=by.id,
        saved_at=at,
    )
    record(by=by, at=at, verb="check-in.begun", target=f"CheckIn/{row.pk}")
    return row


@transaction.atomic
def save_answers(
    check_in_id: UUID,
    typed: Mapping[str, Answer | None],
    *,
    was: Mapping[str, Answer | None] | None = None,
    handed: bool = False,
    by: Actor,
    at: datetime,
) -> Saved:
    """Keep the answers of one page beside those of the others; ``None`` takes an answer away.

    ``was`` is what the page showed: what it did not change stays as it is now. Where someone else
    answered the same question meanwhile, their answer stays and is given back, so that a person
    decides between the two. Without ``was`` the page is known to be the last that wrote.
    """
    ensure(rules.why_not_answer(by))
    for _try in range(TRIES):
        row = queries.check_ins_visible_to(by).get(pk=check_in_id)
        ensure(rules.why_not_open(row.facts(), by))
        instrument = instruments.instrument_of(
            by, key=row.instrument, version=row.instrument_version
        )
        given = {key: value for key, value in typed.items() if value is not None}
        ensure(rules.why_not_keep(instrument, given))
        before: dict[str, Answer] = row.answers if row.draft is None else row.draft
        changed = dict(typed) if was is None else _changed(typed, was)
        others = {} if was is None else _meanwhile(before, changed, was)
        kept = {key: value for key, value in changed.items() if key not in others}
        draft = {key: value for key, value in (before | kept).items() if value is not None}
        if draft == before and (row.draft is None or row.draft_way == _way(row, by, handed)):
            return Saved(row, others)
        if _claim(row, by, draft=draft, handed=handed, at=at):
            row.refresh_from_db()
            return Saved(row, others)
    raise Refused(STALE)


def _changed(
    typed: Mapping[str, Answer | None], was: Mapping[str, Answer | None]
) -> dict[str, Answer | None]:
    return {key: value for key, value in typed.items() if value != was.get(key)}


def _meanwhile(
    before: Answers, changed: Mapping[str, Answer | None], was: Mapping[str, Answer | None]
) -> dict[str, Answer]:
    """Questions that another page answered otherwise since this one was shown."""
    return {
        key: before[key]
        for key, value in changed.items()
        if key in before and before[key] not in (was.get(key), value)
    }


def _way(row: CheckIn, by: Actor, handed: bool) -> str:
    return rules.way_of(by, handed=handed or row.draft_way == Way.HANDED.value).value


def _claim(
    row: CheckIn, by: Actor, *, draft: Mapping[str, Answer], handed: bool, at: datetime
) -> bool:
    """Each save has a later moment than the one before, so that one writer wins.

    A new one that the participant goes on with alone is theirs alone from there on.
    """
    way = _way(row, by, handed)
    fields: dict[str, object] = {"draft": draft, "draft_way": way}
    if row.number == 0:
        fields["way"] = way
    moment = max(at, row.saved_at + TICK)
    mine = CheckIn.objects.filter(pk=row.pk, saved_at=row.saved_at, voided_at=None)
    return bool(mine.update(saved_at=moment, **fields))


@transaction.atomic
def finish_check_in(check_in_id: UUID, *, share: bool = False, by: Actor, at: datetime) -> CheckIn:
    """What is answered counts from now on; what it said before stays readable. ``share`` is for
    one filled in alone: what was answered on a colleague's phone, the two have seen together."""
    row = queries.check_ins_visible_to(by).get(pk=check_in_id)
    ensure(rules.why_not_answer(by))
    ensure(rules.why_not_open(row.facts(), by))
    if row.draft is None:
        return row
    ensure(rules.why_not_finish(row.draft))
    if row.number and row.draft == row.answers:
        CheckIn.objects.filter(pk=row.pk, saved_at=row.saved_at).update(draft=None, draft_way="")
        row.refresh_from_db()
        return row
    _finish(row, share=share, by=by, at=at)
    verb = "check-in.changed" if row.number else "check-in.finished"
    record(by=by, at=at, verb=verb, target=f"CheckIn/{row.pk}")
    row.refresh_from_db()
    return row


def _finish(row: CheckIn, *, share: bool, by: Actor, at: datetime) -> None:
    seen = share or by.is_staff or row.shared_at is not None
    won = CheckIn.objects.filter(pk=row.pk, saved_at=row.saved_at, voided_at=None).update(
        number=row.number + 1,
        answers=row.draft,
        way=row.draft_way,
        draft=None,
        draft_way="",
        on=row.on or local_date(at, by.time_zone),
        finished_at=at,
        finished_by_id=by.id,
        shared_at=(row.shared_at or at) if seen else None,
    )
    if not won:
        raise Refused(STALE)
    if row.number and row.finished_at and row.finished_by_id:
        CheckInVersion.objects.create(
            agency_id=by.agency_id,
            check_in_id=row.pk,
            number=row.number,
            instrument_version=row.instrument_version,
            answers=row.answers,
            way=row.way,
            finished_at=row.finished_at,
            finished_by_id=row.finished_by_id,
        )


@transaction.atomic
def share_check_in(check_in_id: UUID, *, by: Actor, at: datetime) -> None:
    """The participant shows what only they see."""
    row = queries.check_ins_visible_to(by).get(pk=check_in_id)
    ensure(rules.why_not_answer(by))
    ensure(rules.why_not_share(row.facts(), by))
    if CheckIn.objects.filter(pk=row.pk, shared_at=None).update(shared_at=at):
        record(by=by, at=at, verb="check-in.shared", target=f"CheckIn/{row.pk}")


@transaction.atomic
def unshare_check_in(check_in_id: UUID, *, by: Actor, at: datetime) -> None:
    """From now on it is the participant's alone, whoever held the phone when it was filled in."""
    row = queries.check_ins_visible_to(by).get(pk=check_in_id)
    ensure(rules.why_not_answer(by))
    ensure(rules.why_not_share(row.facts(), by))
    rows = CheckIn.objects.filter(pk=row.pk, shared_at__isnull=False)
    if rows.update(shared_at=None):
        record(by=by, at=at, verb="check-in.unshared", target=f"CheckIn/{row.pk}")


@transaction.atomic
def put_answers_away(check_in_id: UUID, *, by: Actor, at: datetime) -> None:
    """What is answered and not finished goes out of the way: a new one whole, of one that is being
    changed the change."""
    row = queries.check_ins_visible_to(by).get(pk=check_in_id)
    ensure(rules.why_not_answer(by))
    ensure(rules.why_not_open(row.facts(), by))
    if row.draft is None:
        return
    mine = CheckIn.objects.filter(pk=row.pk, saved_at=row.saved_at, voided_at=None)
    if row.number:
        mine.update(draft=None, draft_way="")
    else:
        mine.update(voided_at=at, voided_by_id=by.id)
    record(by=by, at=at, verb="check-in.put-away", target=f"CheckIn/{row.pk}")


@transaction.atomic
def take_check_in_back(check_in_id: UUID, *, reason: str = "", by: Actor, at: datetime) -> None:
    """It counts no more; it stays readable, with who and, from a colleague, why."""
    row = queries.check_ins_visible_to(by).get(pk=check_in_id)
    ensure(rules.why_not_answer(by))
    ensure(rules.why_not_take_back(row.facts(), by, reason))
    won = CheckIn.objects.filter(pk=row.pk, voided_at=None).update(
        voided_at=at, voided_by_id=by.id, voided_reason=reason.strip()
    )
    if not won:
        raise Refused(STALE)
    record(by=by, at=at, verb="check-in.taken-back", target=f"CheckIn/{row.pk}")


@transaction.atomic
def put_check_in_back(check_in_id: UUID, *, by: Actor, at: datetime) -> CheckIn:
    """Taking it back was the mistake."""
    row = queries.check_ins_visible_to(by).get(pk=check_in_id)
    ensure(rules.why_not_answer(by))
    won = CheckIn.objects.filter(pk=row.pk, voided_at__isnull=False).update(
        voided_at=None, voided_by=None, voided_reason=""
    )
    if won:
        record(by=by, at=at, verb="check-in.put-back", target=f"CheckIn/{row.pk}")
    row.refresh_from_db()
    return row


@transaction.atomic
def take_check_ins_along(participant_id: UUID, *, by: Actor, at: datetime) -> None:
    """That someone took the answers out as a file is on record."""
    person = participants_visible_to(by).only("pk").get(pk=participant_id)
    record(by=by, at=at, verb="check-in.exported", target=f"Participant/{person.pk}")
