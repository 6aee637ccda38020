"""What was asked of a record in every state, a hold, and a record whose time is over."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from alongside.people.models import Participant
from alongside.retention.models import Disposal, LegalHold, RecordRequest, RequestStep
from tests.factories import NOW, TODAY, EpisodeFactory, ParticipantFactory

if TYPE_CHECKING:
    from tests.security.world import Side

LONG_AGO = TODAY - timedelta(days=366 * 12)
# What was said to a request, by the route that goes on from there.
SAID: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "right_answer": ("open", ()),
    "right_again": ("withdrawn", (("withdrawn", ""),)),
    "right_end": ("answered", (("answered", "agreed"),)),
    "right_statement": ("answered", (("answered", "kept-as-it-is"),)),
    "right_statement_back": ("answered", (("answered", "kept-as-it-is"), ("disagreed", ""))),
}


def with_the_record(side: Side) -> None:
    officer, own = side.users["privacy-officer"], side.users["supporter"]
    for route, (status, steps) in SAID.items():
        request = RecordRequest.objects.create(
            agency=side.agency,
            participant_id=side.ids["participant_id"],
            asked="restrict" if route == "right_end" else "correct",
            held={"categories": [], "whom": "Nobody we tell"} if route == "right_end" else None,
            words=f"Wrong {side.person}",
            how="phone",
            asked_on=TODAY,
            due_on=TODAY + timedelta(days=60),
            status=status,
            entered_at=NOW,
            entered_by=own,
        )
        for kind, outcome in steps:
            RequestStep.objects.create(
                agency=side.agency,
                request=request,
                kind=kind,
                outcome=outcome,
                words=f"Said {side.person}",
                at=NOW,
                by=officer,
            )
        side.other_ids[route] = {"request_id": request.pk}
    side.ids["request_id"] = side.other_ids["right_answer"]["request_id"]
    hold = LegalHold.objects.create(
        agency=side.agency,
        participant=_old(side),
        reason=f"A court asked {side.canary}",
        placed_at=NOW,
        placed_by=officer,
    )
    side.ids["hold_id"] = hold.pk
    side.ids["disposal_id"] = Disposal.objects.create(
        agency=side.agency,
        participant_id=_old(side).pk,
        proposed_at=NOW,
        proposed_by=side.users["coordinator"],
    ).pk


def _old(side: Side) -> Participant:
    """Someone whose support ended long ago."""
    person: Participant = ParticipantFactory(agency=side.agency, name=f"Long Ago {side.person}")
    EpisodeFactory(participant=person, status="concluded", ended_on=LONG_AGO, begun_on=LONG_AGO)
    return person
