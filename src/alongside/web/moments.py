"""One timeline of everything about a participant, newest first, paged by key.

Each source is asked for the rows before the key and no more of them than a page holds; the page
is the newest of all. The number of queries does not depend on the number of rows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.core.actor import Actor
from alongside.core.clock import at_wall, in_reach, local_date
from alongside.encounters import queries as encounters
from alongside.encounters.queries.hand_offs import hand_offs_with
from alongside.plans import queries as plans
from alongside.referrals.queries import desk, episodes

PAGE = 20
FIRST, MIDDLE, LAST = 0, 1, 2


@dataclass(frozen=True)
class Moment:
    """``rank`` tells moments of one row apart: an episode begins (0) and ends (2)."""

    on: date
    id: UUID
    kind: str
    what: Any
    rank: int = FIRST

    @property
    def key(self) -> tuple[date, UUID, int]:
        return (self.on, self.id, self.rank)

    @property
    def cursor(self) -> str:
        return f"{self.on.isoformat()}.{self.id.hex}.{self.rank}"

    @property
    def template(self) -> str:
        return f"web/participants/moments/_{self.kind}.html"


Key = tuple[date, UUID, int]


@dataclass(frozen=True)
class Page:
    moments: list[Moment]
    next: str


def read_cursor(text: str) -> Key | None:
    """The key in an address, or ``None`` for one that is not ours: then the page begins anew."""
    try:
        day, key, rank = text.split(".")
        on, row, place = date.fromisoformat(day), UUID(hex=key), int(rank)
    except ValueError:
        return None
    return (on, row, place) if in_reach(on) else None


def timeline(
    viewer: Actor, *, participant_id: UUID, now: datetime, before: Key | None, limit: int = PAGE
) -> Page:
    sources = (
        _encounters,
        _journey,
        _goals,
        _versions,
        _matches,
        _episodes,
        _meetings,
        _requests,
        _hand_offs,
    )
    found = [
        moment
        for source in sources
        for moment in source(viewer, participant_id, now, before, limit + 1)
        if before is None or moment.key < before
    ]
    found.sort(key=lambda moment: moment.key, reverse=True)
    page = found[:limit]
    return Page(page, page[-1].cursor if len(found) > limit else "")


def _older(rows: QuerySet[Any], on: str, before: Key | None, limit: int) -> Iterable[Any]:
    """The newest rows at or before the key; rows of the key's own day are sifted by the caller."""
    if before is not None:
        day, key, _rank = before
        rows = rows.filter(**{f"{on}__lte": day}).filter(Q(**{f"{on}__lt": day}) | Q(id__lte=key))
    return rows[:limit]


def _encounters(
    viewer: Actor, person: UUID, now: datetime, before: Key | None, limit: int
) -> Iterator[Moment]:
    key = before[:2] if before else None
    for note in encounters.timeline(viewer, participant_id=person, before=key, limit=limit):
        yield Moment(note.on, note.pk, "encounter", note)


def _journey(
    viewer: Actor, person: UUID, now: datetime, before: Key | None, limit: int
) -> Iterator[Moment]:
    for step in _older(episodes.journey(viewer, participant_id=person), "set_on", before, limit):
        yield Moment(step.set_on, step.pk, "journey", step)


def _goals(
    viewer: Actor, person: UUID, now: datetime, before: Key | None, limit: int
) -> Iterator[Moment]:
    for change in _older(plans.goal_changes(viewer, participant_id=person), "on", before, limit):
        yield Moment(change.on, change.pk, "goal", change)


def _versions(
    viewer: Actor, person: UUID, now: datetime, before: Key | None, limit: int
) -> Iterator[Moment]:
    rows = plans.versions_agreed(viewer, participant_id=person)
    for version in _older(rows, "agreed_on", before, limit):
        yield Moment(version.agreed_on, version.pk, "version", version)


def _matches(
    viewer: Actor, person: UUID, now: datetime, before: Key | None, limit: int
) -> Iterator[Moment]:
    for match in episodes.walked_alongside(viewer, participant_id=person):
        if match.decided_on:
            yield Moment(match.decided_on, match.pk, "match", match)
        if match.ended_on:
            yield Moment(match.ended_on, match.pk, "match_ended", match, LAST)


def _episodes(
    viewer: Actor, person: UUID, now: datetime, before: Key | None, limit: int
) -> Iterator[Moment]:
    for episode in episodes.episodes_of(viewer, participant_id=person):
        yield Moment(episode.begun_on, episode.pk, "begun", episode)
        if episode.ending_raised_on:
            yield Moment(episode.ending_raised_on, episode.pk, "ending", episode, MIDDLE)
        if episode.ended_on:
            yield Moment(episode.ended_on, episode.pk, "ended", episode, LAST)


def _meetings(
    viewer: Actor, person: UUID, now: datetime, before: Key | None, limit: int
) -> Iterator[Moment]:
    """Meetings that are past and led to no note, and those called off, however far ahead;
    what is still to come stands above the timeline."""
    rows = (
        encounters.appointments_visible_to(viewer)
        .filter(Q(starts_at__lt=now) | Q(status="cancelled"), participant_id=person, encounter=None)
        .order_by("-starts_at", "-id")
    )
    if before is not None:
        next_day = at_wall(before[0] + timedelta(days=1), time(0), viewer.time_zone)
        rows = rows.filter(starts_at__lt=next_day)
    # A day holds few meetings; the extra rows are for those of the key's own day.
    for meeting in rows[: limit + PAGE]:
        on = local_date(meeting.starts_at, viewer.time_zone)
        yield Moment(on, meeting.pk, "meeting", meeting)


def _requests(
    viewer: Actor, person: UUID, now: datetime, before: Key | None, limit: int
) -> Iterator[Moment]:
    for referral in desk.referrals_of(viewer, participant_id=person):
        on = referral.received_on or local_date(referral.entered_at, viewer.time_zone)
        yield Moment(on, referral.pk, "request", referral)


def _hand_offs(
    viewer: Actor, person: UUID, now: datetime, before: Key | None, limit: int
) -> Iterator[Moment]:
    rows = hand_offs_with(viewer, participant_id=person)
    if before is not None:
        next_day = at_wall(before[0] + timedelta(days=1), time(0), viewer.time_zone)
        rows = rows.filter(happened_at__lt=next_day)
    # A day holds few; the extra rows are for those of the key's own day.
    for hand_off in rows[: limit + PAGE]:
        on = local_date(hand_off.happened_at, viewer.time_zone)
        yield Moment(on, hand_off.pk, "hand_off", hand_off)
