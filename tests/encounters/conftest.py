from dataclasses import dataclass
from datetime import date, time

import pytest

from alongside.accounts.queries import actor_for
from alongside.core.actor import Actor
from alongside.encounters.rules import NewNote, times_on_wall
from alongside.people.models import Participant
from alongside.referrals.models import Episode
from alongside.workforce.models import Supporter
from tests.factories import CredentialFactory, ParticipantFactory, SupporterFactory, walk_alongside


@dataclass
class Pair:
    """A certified supporter and someone they walk with."""

    supporter: Supporter
    participant: Participant
    episode: Episode
    actor: Actor


@pytest.fixture
def pair(agency) -> Pair:
    supporter = SupporterFactory(agency=agency, name="Rosa Quaas", user__name="Rosa Quaas")
    CredentialFactory(supporter=supporter)
    participant = ParticipantFactory(agency=agency, name="Gia Rivera")
    episode = walk_alongside(supporter, participant)
    return Pair(supporter, participant, episode, actor_for(supporter.user))


def a_note(**changes: object) -> NewNote:
    facts = {
        "times": times_on_wall(date(2026, 11, 19), time(9, 30), time(10, 20), "America/Chicago"),
        "mode": "face_to_face",
        "processes": ("connecting",),
        "what_we_did": "Sat with her before court.",
    }
    return NewNote(**{**facts, **changes})
