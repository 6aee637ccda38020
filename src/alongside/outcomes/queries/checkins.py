"""Reading check-ins: what a participant answered, when, and what came of it. Viewer first.

A participant sees all of theirs. A colleague who sees the record sees what is shared: what was
filled in on a colleague's phone is, until the participant stops it; what they filled in alone, once
they say so. Of unfinished ones a colleague sees those that were begun on a colleague's phone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from alongside.core.actor import Actor
from alongside.outcomes.codes import Way
from alongside.outcomes.models import CheckIn, CheckInVersion
from alongside.outcomes.queries import instruments
from alongside.people.queries import participants_visible_to
from alongside.practice.instruments import (
    CHECK_IN,
    Answers,
    Instrument,
    Score,
    WrongAnswer,
    scores,
    shown,
)


@dataclass(frozen=True)
class Answered:
    """A finished check-in in the wording it was given to. ``scores`` are empty where the wording
    cannot be read any more."""

    id: UUID
    on: date
    way: Way
    shared: bool
    number: int
    instrument: Instrument | None
    answers: Answers
    scores: tuple[Score, ...]

    def lines(self) -> list[tuple[str, str]]:
        """Each question that was answered, and the answer, as people read them."""
        if self.instrument is None:
            return [(key, str(value)) for key, value in self.answers.items()]
        return [
            (item.text, shown(item, self.answers[item.link_id]))
            for item in self.instrument.questions()
            if item.link_id in self.answers
        ]


def check_ins_visible_to(viewer: Actor) -> QuerySet[CheckIn]:
    """Those taken back too; unfinished ones as well."""
    rows = CheckIn.objects.filter(
        agency_id=viewer.agency_id, participant__in=participants_visible_to(viewer)
    )
    if viewer.is_staff:
        rows = rows.filter(Q(shared_at__isnull=False) | Q(number=0) & ~Q(way=Way.OWN.value))
    return rows.select_related("participant", "begun_by", "finished_by", "voided_by")


def check_in_of(viewer: Actor, *, participant_id: UUID, check_in_id: UUID) -> CheckIn:
    return check_ins_visible_to(viewer).get(pk=check_in_id, participant_id=participant_id)


def finished(viewer: Actor, *, participant_id: UUID) -> QuerySet[CheckIn]:
    """Newest first, without those taken back."""
    rows = check_ins_visible_to(viewer).filter(participant_id=participant_id, voided_at=None)
    return rows.filter(number__gte=1).order_by("-on", "-id")


def unfinished(viewer: Actor, *, participant_id: UUID) -> QuerySet[CheckIn]:
    """Begun, or opened again to change something; the newest first. A colleague finds none that
    the participant has open on their own."""
    rows = check_ins_visible_to(viewer).filter(
        participant_id=participant_id, voided_at=None, draft__isnull=False
    )
    if viewer.is_staff:
        rows = rows.exclude(draft_way=Way.OWN.value)
    return rows.order_by("-saved_at", "-id")


def taken_back(viewer: Actor, *, participant_id: UUID) -> QuerySet[CheckIn]:
    rows = check_ins_visible_to(viewer).filter(participant_id=participant_id, number__gte=1)
    return rows.filter(voided_at__isnull=False).order_by("-voided_at", "-id")


def latest(viewer: Actor, *, participant_id: UUID, instrument: str = CHECK_IN) -> Answered | None:
    """The newest finished one that the viewer may see, our own check-in unless told otherwise."""
    row = finished(viewer, participant_id=participant_id).filter(instrument=instrument).first()
    return read_all(viewer, [row])[0] if row else None


def since(viewer: Actor, *, participant_id: UUID, since: date) -> list[Answered]:
    """All that were finished on or after a day, of any instrument, oldest first. Two queries."""
    rows = finished(viewer, participant_id=participant_id).filter(on__gte=since)
    return read_all(viewer, reversed(rows))


def over_time(viewer: Actor, *, participant_id: UUID, instrument: str) -> list[Answered]:
    """All that were finished of one instrument, oldest first."""
    rows = finished(viewer, participant_id=participant_id).filter(instrument=instrument)
    return read_all(viewer, reversed(rows))


def answered_instruments(viewer: Actor, *, participant_id: UUID) -> list[str]:
    """The keys of those of which one was ever finished."""
    rows = finished(viewer, participant_id=participant_id).order_by()
    return sorted(set(rows.values_list("instrument", flat=True)))


def one(viewer: Actor, *, participant_id: UUID, check_in_id: UUID) -> Answered:
    """A finished one, taken back or not. Raises ``CheckIn.DoesNotExist``."""
    rows = check_ins_visible_to(viewer).filter(participant_id=participant_id, number__gte=1)
    return read_all(viewer, [rows.get(pk=check_in_id)])[0]


def read_all(viewer: Actor, rows: Iterable[CheckIn]) -> list[Answered]:
    """Each with its wording and its scores."""
    kept = list(rows)
    pairs = {(row.instrument, row.instrument_version) for row in kept}
    wordings = instruments.wordings(viewer, pairs)
    return [_read(row, wordings.get((row.instrument, row.instrument_version))) for row in kept]


def versions_of(viewer: Actor, *, check_in_id: UUID) -> QuerySet[CheckInVersion]:
    """What it said before, newest first."""
    seen = check_ins_visible_to(viewer).filter(pk=check_in_id)
    return (
        CheckInVersion.objects.filter(check_in__in=seen)
        .select_related("finished_by")
        .order_by("-number")
    )


def unshared(viewer: Actor, *, participant_id: UUID) -> bool:
    """Whether there is a finished one that the participant has not shown. Only that: never what."""
    people = participants_visible_to(viewer).filter(pk=participant_id)
    return CheckIn.objects.filter(
        participant__in=people,
        voided_at=None,
        number__gte=1,
        shared_at=None,
    ).exists()


def last_days(viewer: Actor, *, among: Iterable[UUID]) -> dict[UUID, dict[str, date]]:
    """When each person last finished each instrument, shared or not: an offer that was taken up is
    not made again. One query."""
    people = participants_visible_to(viewer).filter(pk__in=list(among))
    rows = (
        CheckIn.objects.filter(participant__in=people, voided_at=None, number__gte=1)
        .values("participant_id", "instrument")
        .annotate(last=Max("on"))
        .order_by()
    )
    found: dict[UUID, dict[str, date]] = {}
    for row in rows:
        found.setdefault(row["participant_id"], {})[row["instrument"]] = row["last"]
    return found


def _read(row: CheckIn, instrument: Instrument | None) -> Answered:
    if row.on is None:
        raise ValueError("Only a finished check-in can be read.")
    try:
        found = scores(instrument, row.answers) if instrument else ()
    except WrongAnswer:
        found = ()
    return Answered(
        id=row.pk,
        on=row.on,
        way=Way(row.way),
        shared=row.shared_at is not None,
        number=row.number,
        instrument=instrument,
        answers=row.answers,
        scores=found,
    )
