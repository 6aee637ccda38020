"""What changed for one person, as lines. Viewer first."""

from uuid import UUID

from alongside.core.actor import Actor
from alongside.outcomes.queries import checkins
from alongside.outcomes.rules.trend import Line, Reading, lines


def lines_of(viewer: Actor, *, participant_id: UUID, instrument: str) -> list[Line]:
    """Of all that were finished of one instrument and that the viewer may see."""
    found = checkins.over_time(viewer, participant_id=participant_id, instrument=instrument)
    return lines(
        [
            Reading(one.on, one.instrument, one.answers, one.scores)
            for one in found
            if one.instrument is not None
        ]
    )
