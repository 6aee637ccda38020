"""Who is acting. Faces build one per request; every rule, query and action takes it."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

# Roles of people who do not work at the agency. Whoever has one sees none of its own pages.
OUTSIDE = frozenset({"referrer", "participant"})


@dataclass(frozen=True)
class Opened:
    """A record that was opened in an emergency, and the moment its sight ends by itself."""

    opening_id: UUID
    participant_id: UUID
    until: datetime


@dataclass(frozen=True)
class Actor:
    """A person at work in one agency. ``permissions`` come from the table in ``accounts.rules``.

    ``stands_in_for`` names the supervisors who are away on the actor's day, whose teams the actor
    looks out for meanwhile. ``opened`` are records opened in an emergency, which give sight only
    where ``in_emergency`` is set; such an actor sees nobody else and writes nothing.
    """

    id: UUID
    agency_id: UUID
    permissions: frozenset[str] = field(default_factory=frozenset)
    roles: frozenset[str] = field(default_factory=frozenset)
    name: str = ""
    time_zone: str = "America/Chicago"
    agency_name: str = ""
    stands_in_for: frozenset[UUID] = field(default_factory=frozenset)
    opened: tuple[Opened, ...] = ()
    in_emergency: bool = False

    @property
    def teams(self) -> tuple[UUID, ...]:
        """Whose teams the actor looks out for: one's own, and those one stands in for. What a
        permission for the team opens, it opens for a user whose ``supervisor_id`` is among these.
        """
        return (self.id, *sorted(self.stands_in_for))

    @property
    def is_staff(self) -> bool:
        """Whether this is a colleague. One role from outside shuts the agency's own pages, whatever
        other roles stand beside it; so does having none."""
        return bool(self.roles) and not self.roles & OUTSIDE

    def may(self, permission: str) -> bool:
        return permission in self.permissions
