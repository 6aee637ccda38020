"""Hand-offs for tests: Rosa, who walks with Gia, and Pat, who looks after Rosa."""

from dataclasses import replace
from datetime import timedelta

from alongside.accounts.codes import Role
from alongside.accounts.queries import actor_for
from alongside.core.ids import new_id
from alongside.encounters.actions.hand_offs import record_hand_off
from alongside.encounters.models import HandOff
from alongside.encounters.rules.hand_offs import NewHandOff
from tests.factories import NOW, UserFactory

LAST_NIGHT = NOW - timedelta(hours=14)
HEARD = NewHandOff(
    participant_id=None,
    happened_at=LAST_NIGHT,
    about=("suicide",),
    handed_to=("lifeline",),
    who="988, spoke with Kay",
    wanted="Not to be alone tonight.",
    done="Called 988 together, sat with her until her aunt came.",
    still_open=True,
    next_step="I call tomorrow at nine.",
)


def a_supervisor(pair, *roles, **fields):
    """Someone who looks after the pair's supporter from now on."""
    fields.setdefault("name", "Pat Lindqvist")
    user = UserFactory(agency=pair.supporter.agency, roles=roles or (Role.SUPERVISOR,), **fields)
    pair.supporter.user.supervisor = user
    pair.supporter.user.save()
    return user


def about(pair, **changes) -> NewHandOff:
    return replace(HEARD, participant_id=pair.participant.pk, **changes)


def recorded(pair, *, at=NOW, hand_off_id=None, **changes) -> HandOff:
    new = about(pair, **changes) if "participant_id" not in changes else replace(HEARD, **changes)
    by = actor_for(pair.supporter.user)
    return record_hand_off(hand_off_id or new_id(), new, by=by, at=at)
