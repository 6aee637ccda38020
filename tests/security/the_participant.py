"""Participants who come in by themselves: the one of the world, another, and one shut out."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from alongside.accounts.codes import Role
from alongside.people.models import ContactWish, OwnLink
from tests.factories import NOW, ParticipantFactory, UserFactory

if TYPE_CHECKING:
    from tests.security.world import Side

OWN_ROUTES = {"mine", "mine_more", "mine_me", "mine_facts", "mine_places", "mine_reach"}
OWN_ROUTES |= {"mine_about_support", "mine_sign_in", "mine_sign_in_name", "mine_phone"}
OWN_ROUTES |= {"mine_devices_out", "mine_close", "mine_help"}
OWN_ROUTES |= {"own_typed", "own_typed_away", "own_typed_back"}
OWN_BODIES: dict[str, dict[str, Any]] = {
    "mine_facts": {"name": "Gia R", "phone": "555", "revision": "0"},
    "mine_places": {"home": "Elm 4"},
    "mine_reach": {"call": "yes", "says": "agency", "seen": "1"},
    "mine_sign_in_name": {"user_name": "sunny-7"},
    "mine_phone": {"shared": "yes"},
    "own_typed": {"words": "half a"},
}


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
    _reached(side)


def _reached(side: Side) -> None:
    own = side.users["supporter"]
    OwnLink.objects.create(
        agency=side.agency,
        participant=side.ids["person"],
        way="shown",
        asked="aloud",
        link_hash=sha256(f"own-{side.canary}".encode()).hexdigest(),
        made_by=own,
        made_at=NOW,
        expires_at=NOW + timedelta(days=4000),
    )
    ContactWish.objects.create(
        agency=side.agency,
        participant=side.ids["person"],
        number=1,
        ways={"text": "yes"},
        words=f"After four {side.person}",
        set_at=NOW,
        set_by=own,
    )
