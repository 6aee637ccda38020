"""A version that the supporter signed and the participant did not, and one the other way round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.plans.models import PlanVersion
from tests.factories import NOW

if TYPE_CHECKING:
    from tests.security.world import Side


def with_versions(side: Side) -> None:
    """Routes act on the version of the address; the one in force stays as it is."""
    plan = PlanVersion.objects.get(pk=side.ids["version_id"]).plan
    offered = PlanVersion.objects.create(
        agency=side.agency,
        plan=plan,
        number=2,
        status="offered",
        digest="0" * 64,
        what_changed=f"Said {side.person}",
        supporter_said=f"Seen {side.person}",
        supporter_agreed_at=NOW,
        supporter_agreed_by=side.users["supporter"],
    )
    for route in ("version_sign", "version_answer", "version_take_back"):
        side.other_ids[route] = {"version_id": offered.pk}
    side.ids["stage"] = "matters"
