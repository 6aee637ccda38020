"""Opening a page writes nothing: looking changes no record, and leaves a trace of looking."""

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from alongside.accounts.codes import STAFF_ROLES
from alongside.encounters.models import HandOff
from alongside.people.models import CareTeamMember
from alongside.referrals.models import Match
from tests.architecture.test_routes import ours
from tests.factories import (
    NOW,
    AppointmentFactory,
    CredentialFactory,
    EncounterFactory,
    GoalFactory,
    ParticipantFactory,
    PlanFactory,
    ReferralFactory,
    SupporterFactory,
    UserFactory,
    walk_alongside,
)

# What a look may leave behind: the trace of looking, and the session it happens in.
TRACES = {"audit.AuditEvent", "audit.ChainHead", "sessions.Session"}


@pytest.fixture
def record(agency):
    """One of everything, so that pages have something to show. Ids by the name of the parameter."""
    user = UserFactory(agency=agency, name="Rosa Quaas", roles=list(STAFF_ROLES))
    supporter = SupporterFactory(agency=agency, user=user)
    person = ParticipantFactory(agency=agency)
    episode = walk_alongside(supporter, person)
    plan = PlanFactory(episode=episode, agency=agency)
    referral = ReferralFactory(participant=person, agency=agency)
    return user, {
        "participant_id": person.id,
        "encounter_id": EncounterFactory(participant=person, supporter=supporter).id,
        "referral_id": referral.id,
        "supporter_id": supporter.id,
        "episode_id": episode.id,
        "goal_id": GoalFactory(plan=plan).id,
        "plan_id": plan.id,
        "credential_id": CredentialFactory(supporter=supporter).id,
        "appointment_id": AppointmentFactory(participant=person, supporter=supporter).id,
        "member_id": CareTeamMember.objects.get().id,
        "match_id": Match.objects.get().id,
        "user_id": user.id,
        "hand_off_id": a_hand_off(agency, user, person).id,
    }


def a_hand_off(agency, user, person):
    times = {"happened_at": NOW, "recorded_at": NOW, "waits_since": NOW}
    return HandOff.objects.create(
        agency=agency, author=user, participant=person, done="Sat with them", **times
    )


def rows() -> dict[str, int]:
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.managed and model._meta.label not in TRACES
    }


def addresses(ids: dict[str, object]) -> list[str]:
    found = []
    for where, pattern in ours():
        if where.startswith(("portal/", "about/")):
            continue  # absent for colleagues; tests/portal opens them
        wanted = pattern.pattern.converters
        if pattern.name and set(wanted) <= set(ids):
            found.append(reverse(f"web:{pattern.name}", kwargs={key: ids[key] for key in wanted}))
    return found


@pytest.mark.asvs("3.5.3")
@pytest.mark.django_db
def test_opening_any_page_writes_nothing(record, signed_in):
    user, ids = record
    client: Client = signed_in(user)
    before, opened, broken = rows(), [], []
    for address in addresses(ids):
        status = client.get(address).status_code
        opened += [address] if status == 200 else []
        broken += [address] if status >= 500 else []
        after = rows()
        assert after == before, f"opening {address} wrote rows"
    assert (broken, len(opened) > 20) == ([], True)
