"""What goes to those outside, in the world of two agencies."""

from typing import Any

from alongside.accounts.models import Letter
from tests.factories import NOW


def with_updates(side: Any) -> None:
    letter = Letter.objects.create(
        agency=side.agency,
        kind="update",
        to=f"kim@{side.canary.lower()}.example",
        status="given-up",
        trouble="address",
        queued_at=NOW,
        queued_by=side.users["supporter"],
    )
    side.ids["letter_id"] = letter.pk
