"""Who is acting. Faces build one per request; every rule, query and action takes it."""

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True)
class Actor:
    """A person at work in one agency. ``permissions`` come from the table in ``accounts.rules``.

    ``stands_in_for`` names the supervisors who are away on the actor's day, whose teams the actor
    looks out for meanwhile.
    """

    id: UUID
    agency_id: UUID
    permissions: frozenset[str] = field(default_factory=frozenset)
    roles: frozenset[str] = field(default_factory=frozenset)
    name: str = ""
    time_zone: str = "America/Chicago"
    agency_name: str = ""
    stands_in_for: frozenset[UUID] = field(default_factory=frozenset)

    @property
    def teams(self) -> tuple[UUID, ...]:
        """Whose teams the actor looks out for: one's own, and those one stands in for. What a
        permission for the team opens, it opens for a user whose ``supervisor_id`` is among these.
        """
        return (self.id, *sorted(self.stands_in_for))

    def may(self, permission: str) -> bool:
        return permission in self.permissions
