"""How one event is bound to the one before it, and what a broken bond means.

No Django, no database, no clock.
"""

import hashlib
import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from json.encoder import encode_basestring_ascii as quoted
from uuid import UUID

GENESIS = "0" * 64
# Someone saw what is kept, or took it out: by the name of the event, for names end alike whose
# meanings differ ("opened a goal again", "opened a record"). What opens a page to someone, answers,
# or says that something was read is none: the page it was read on has an event of its own.
SEEN: frozenset[str] = frozenset(
    {
        "audit.exported",
        "breach.exported",
        "check-in.exported",
        "consent.printed",
        "disclosure.printed",
        "disposals.exported",
        "emergency.looked",
        "emergency.looked-for",
        "emergency.opened",
        "growth.exported",
        "hint-answers.exported",
        "identifier.shown",
        "measures.exported",
        "participant.opened",
        "participant.printed",
        "plan.printed",
        "precedents.exported",
        "record-request.printed",
        "record-requests.exported",
        "record.copied",
        "record.copied-by-oneself",
        "record.printed",
        "record.shown",
        "requirement.exported",
        "requirement.printed",
        "update.printed",
        "worksheet.exported",
        "worksheet.printed",
    }
)
# Comparing every broken row with every other is worth it for so many; more are told by their links.
COMPARED = 150
# Where whole tables were overwritten, the rest is called changed without looking for its home.
KEPT = 20_000
# A row as texts: seq, at (UTC, to the microsecond), actor, verb, target, detail, previous, hash.
Row = tuple[int, str, str | None, str, str, str, str, str]


@dataclass(frozen=True)
class EventFacts:
    """What an audit event says, in the form that is hashed."""

    agency_id: UUID
    seq: int
    at: datetime
    actor_id: UUID | None
    verb: str
    target: str
    detail: Mapping[str, object]

    def hash_after(self, previous: str) -> str:
        """Hex SHA-256 over the hash of the event before and everything this one says."""
        said = {
            "agency": str(self.agency_id),
            "seq": self.seq,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "actor": str(self.actor_id) if self.actor_id else "",
            "verb": self.verb,
            "target": self.target,
            "detail": dict(self.detail),
        }
        text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        return hashlib.sha256((previous + text).encode()).hexdigest()


@dataclass(frozen=True)
class Link:
    """How far a chain has been followed: the place and the hash of the last event."""

    seq: int = 0
    hash: str = GENESIS


def follow(rows: Iterable[Row], *, agency_id: UUID, link: Link) -> Link | None:
    """Where ``rows`` lead to from ``link``; nothing where one of them does not say what it said, or
    does not follow the one before it. Says the same as ``hash_after``, row by row, and is quick."""
    seq, previous, sha256 = link.seq, link.hash, hashlib.sha256
    agency = f'","agency":"{agency_id}","at":"'
    try:
        for place, at, actor, verb, target, detail, before, own in rows:
            seq += 1
            text = (
                f'{before}{{"actor":"{_dashed(actor)}{agency}{at}","detail":{_canonical(detail)},'
                f'"seq":{place},"target":{quoted(target)},"verb":{quoted(verb)}}}'
            )
            if place != seq or before != previous or sha256(text.encode()).hexdigest() != own:
                return None
            previous = own
    except (ValueError, TypeError):  # a column holds what no event was written with
        return None
    return Link(seq, previous)


@lru_cache(maxsize=10_000)
def _dashed(actor: str | None) -> str:
    return str(UUID(actor)) if actor else ""


@lru_cache(maxsize=1_000)
def _canonical(detail: str) -> str:
    """JSON as ``hash_after`` writes it."""
    if detail == "{}":
        return detail
    return json.dumps(json.loads(detail), sort_keys=True, separators=(",", ":"), ensure_ascii=True)


@dataclass(frozen=True)
class StoredEvent:
    """A row as the database holds it now."""

    facts: EventFacts
    previous: str
    hash: str

    @property
    def seq(self) -> int:
        return self.facts.seq


@dataclass(frozen=True)
class Head:
    """Where the chain is said to end."""

    seq: int
    hash: str


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that is wrong with the log: ``kind`` is changed, missing, added or swapped."""

    seq: int
    kind: str
    sentence: str


def is_whole(row: StoredEvent) -> bool:
    """Whether the row still says what it said when it was written."""
    return row.facts.hash_after(row.previous) == row.hash


@dataclass
class Walk:
    """One pass over a chain in order. Keeps only the rows in doubt, and what stands around them."""

    head: Head | None
    findings: set[Finding] = field(default_factory=set)
    broken: dict[int, StoredEvent] = field(default_factory=dict)
    last: StoredEvent | None = None
    doubtful: StoredEvent | None = None

    def over(self, rows: Iterable[StoredEvent]) -> "Walk":
        for row in rows:
            self._step(row)
        self._end()
        return self

    def _step(self, row: StoredEvent) -> None:
        if row.seq < 1 or self.head is None or row.seq > self.head.seq:
            self.findings.add(_added(row.seq))
        if row.seq < 1:
            return
        self._settle(vouched=row.previous)
        expected = self.last.seq + 1 if self.last else 1
        if row.seq > expected:
            self.findings.add(_missing(expected, row.seq - 1))
        if not is_whole(row):
            self._keep(row)
        elif row.seq == expected and row.previous != (self.last.hash if self.last else GENESIS):
            self.doubtful = row
        self.last = row

    def _keep(self, row: StoredEvent) -> None:
        if len(self.broken) < KEPT:
            self.broken[row.seq] = row
        else:
            self.findings.add(_changed(row.seq))

    def _settle(self, vouched: str) -> None:
        """A whole row that does not follow: was it rewritten, or the one before it?

        The row after it (or the head) still holds the hash of the row that was there.
        """
        row, self.doubtful = self.doubtful, None
        if row is None:
            return
        before = row.seq - 1
        if before in self.broken:
            return
        rewritten = row.seq if vouched != row.hash or before < 1 else before
        self.findings.add(_changed(rewritten))

    def _end(self) -> None:
        self._settle(vouched=self.head.hash if self.head else "")
        if self.head is None:
            return
        ends = self.last.seq if self.last else 0
        if self.head.seq > ends:
            self.findings.add(_missing(ends + 1, self.head.seq))
        elif self.last and ends == self.head.seq and self.last.hash != self.head.hash:
            known = ends in self.broken or _changed(ends) in self.findings
            self.findings |= set() if known else {_loose(ends)}


class Homes:
    """Where broken rows, or what they say, belong.

    ``followers`` says which place stands behind a hash, by the links of all rows: a row that was
    carried elsewhere whole still names the event before it, and is still named by the one after.
    """

    def __init__(self, broken: Mapping[int, StoredEvent], followers: Mapping[str, int]) -> None:
        self.broken, self.followers = broken, followers
        self.places = sorted(broken)
        self.times = sorted(row.facts.at for row in broken.values())

    def findings(self) -> Iterator[Finding]:
        homes = {seq: self._of(row) for seq, row in self.broken.items()}
        for seq, home in homes.items():
            if home is None:
                yield _changed(seq)
            elif homes.get(home) == seq:
                yield Finding(seq, "swapped", f"Event {seq} was swapped with event {home}.")
            else:
                yield Finding(seq, "swapped", f"Event {seq} was written as event {home}.")

    def _of(self, row: StoredEvent) -> int | None:
        fitting = (place for place in self._places_for(row) if self._fits(row, place))
        return next(fitting, None)

    def _places_for(self, row: StoredEvent) -> list[int]:
        behind = self.followers.get(row.previous, 0)
        ahead = self.followers.get(row.hash, 0) - 1
        near = {row.seq - 1, row.seq + 1, behind, ahead}
        if len(self.places) <= COMPARED:
            near |= set(self.places)
        else:
            # Events are written in the order of time, so what a row says belongs about there.
            rank = bisect_left(self.times, row.facts.at)
            near |= set(self.places[max(rank - 3, 0) : rank + 4])
        return sorted(place for place in near - {row.seq} if place > 0)

    def _fits(self, row: StoredEvent, place: int) -> bool:
        """Carried whole with its links, or only what it says, or that and its hash."""
        links = {(row.previous, row.hash)}
        there = self.broken.get(place)
        if there is not None:
            links |= {(there.previous, there.hash), (there.previous, row.hash)}
        moved = replace(row.facts, seq=place)
        return any(moved.hash_after(previous) == whole for previous, whole in links)


def _changed(seq: int) -> Finding:
    return Finding(seq, "changed", f"Event {seq} was changed after it was written.")


def _loose(seq: int) -> Finding:
    return Finding(seq, "changed", f"Event {seq} does not match the kept end of the chain.")


def _missing(first: int, last: int) -> Finding:
    if first == last:
        return Finding(first, "missing", f"Event {first} is missing.")
    return Finding(first, "missing", f"Events {first} to {last} are missing.")


def _added(seq: int) -> Finding:
    return Finding(seq, "added", f"Event {seq} was added past the end of the chain.")
