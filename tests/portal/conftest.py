import pytest

from alongside.accounts.codes import Role
from alongside.accounts.queries import actor_for
from alongside.referrals.actions import referrers as actions
from alongside.referrals.actions.desk import NewReferrer
from tests.factories import NOW, own_account

PAT = NewReferrer(
    "Pat Olsen", "County social worker", "Dunn County Human Services", "pat@county.example", "555"
)


@pytest.fixture
def desk(actor):
    return actor(Role.COORDINATOR, name="Mim Kowalski")


@pytest.fixture
def come_in(desk):
    """``user = come_in(PAT)``: a referrer who came in by a link of the desk."""

    def make(who=PAT):
        _link, secret = actions.give_link(who, by=desk, at=NOW)
        return actions.come_in(secret, at=NOW)

    return make


@pytest.fixture
def pat(come_in):
    """A county social worker, as an actor."""
    found = actor_for(come_in())
    assert found is not None
    return found


@pytest.fixture
def participant(pair):
    """Gia, of ``pair``, as an actor: she comes in by herself."""
    found = actor_for(own_account(pair.participant))
    assert found is not None
    return found


@pytest.fixture
def mine(participant, pair, signed_in):
    """A test client in Gia's own session."""
    return signed_in(pair.participant.user)
