"""Who is acting. Faces build one per request; every rule, query and action takes it."""

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True)
class Actor:
    """A person at work in one agency. ``permissions`` come from the table in ``accounts.rules``."""

    id: UUID
    agency_id: UUID
    permissions: frozenset[str] = field(default_factory=frozenset)
    roles: frozenset[str] = field(default_factory=frozenset)
    name: str = ""
    time_zone: str = "America/Chicago"
    agency_name: str = ""

    def may(self, permission: str) -> bool:
        return permission in self.permissions
