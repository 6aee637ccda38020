"""For which agency the work at hand is done. PostgreSQL gives and takes rows of that one alone.

Whoever makes an actor says so here: ``with tenancy.working_for(actor.agency_id):``. Until somebody
does, there are no rows at all. A request begins at the door, where what signs a person in can be
read (``tables.AT_THE_DOOR``), and ends with nobody. Each thread stands for itself.

SQLite knows none of this; there the queries alone hold agencies apart.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Standing:
    """Where the work at hand stands: in an agency, at the door, or nowhere."""

    agency_id: UUID | None = None
    door: bool = False

    def settings(self) -> dict[str, str]:
        """What the connection is told, by the names of PostgreSQL's settings."""
        return {
            "alongside.agency": str(self.agency_id or ""),
            "alongside.door": "open" if self.door else "",
        }


NOWHERE = Standing()
DOOR = Standing(door=True)
_now: ContextVar[Standing] = ContextVar("standing", default=NOWHERE)


def standing() -> Standing:
    return _now.get()


@contextmanager
def working_for(agency_id: UUID | None) -> Iterator[None]:
    """Rows of this agency inside, and what was before afterwards, also after an error."""
    with _standing(Standing(agency_id)):
        yield


@contextmanager
def at_the_door() -> Iterator[None]:
    """Inside, what signs a person in can be read, of all agencies, and nothing be written."""
    with _standing(DOOR):
        yield


def work_for(agency_id: UUID | None) -> None:
    """From here to the end of the request, rows of this agency; at the door, where it is none."""
    _now.set(Standing(agency_id) if agency_id is not None else DOOR)


def come_to_the_door(**_signal: object) -> None:
    """A request begins. Whatever the thread did before is over."""
    _now.set(DOOR)


def leave(**_signal: object) -> None:
    """A request has ended: its answer is sent, to the last piece of a stream."""
    _now.set(NOWHERE)


@contextmanager
def _standing(there: Standing) -> Iterator[None]:
    before = _now.get()
    _now.set(there)
    try:
        yield
    finally:
        _now.set(before)
