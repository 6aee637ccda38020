"""Someone who walks with somebody else opened the record of the person a moment ago."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from alongside.core.ids import new_id
from alongside.people.models import EmergencyNotice, EmergencyOpening

OPENER = "stranger"
TOLD = ("supporter", "supervisor", "stand-in", "privacy-officer")


def with_the_emergency(side: Any) -> None:
    now = timezone.now()
    opening = EmergencyOpening.objects.create(
        agency=side.agency,
        participant=side.ids["person"],
        opened_by=side.users[OPENER],
        opened_at=now - timedelta(minutes=5),
        ends_at=now + timedelta(minutes=115),
        reason=f"{side.person} called and hung up",
    )
    for who in TOLD:
        EmergencyNotice.objects.create(agency=side.agency, opening=opening, user=side.users[who])
    side.ids["opening_id"] = opening.pk
    side.other_ids["leaving_colleague"] = {"user_id": side.users["disabled"].pk}


BODIES: dict[str, dict[str, Any]] = {
    "opening_review": {"word_id": str(new_id()), "to": "right", "words": "It helped"},
    "opening_answer": {"word_id": str(new_id()), "words": "Her sister"},
}
