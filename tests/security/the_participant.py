"""Participants who come in by themselves: the one of the world, another, and one shut out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.accounts.codes import Role
from tests.factories import ParticipantFactory, UserFactory

if TYPE_CHECKING:
    from tests.security.world import Side


def with_a_participant(side: Side) -> None:
    person = side.ids["person"]
    person.user = side.users["participant"]
    person.save(update_fields=["user"])
    for name, more in (("other participant", {}), ("closed participant", {"is_active": False})):
        email = f"{name.replace(' ', '-')}@{side.canary.lower()}.example"
        user = UserFactory(
            agency=side.agency,
            name=f"{name.title()} {side.canary}",
            email=email,
            roles=[Role.PARTICIPANT],
            **more,
        )
        side.users[name] = user
        ParticipantFactory(agency=side.agency, name=user.name, user=user)
