"""How one event is bound to the one before it. No Django, no database, no clock."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

GENESIS = "0" * 64


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
class StoredEvent:
    """A row as the database holds it now."""

    facts: EventFacts
    previous: str
    hash: str


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with the log: ``kind`` is changed, missing, added or swapped."""

    kind: str
    seq: int
    sentence: str


def is_whole(row: StoredEvent) -> bool:
    """Whether the row still says what it said when it was written."""
    return row.facts.hash_after(row.previous) == row.hash
