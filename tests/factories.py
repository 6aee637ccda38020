"""Invented people and records, by the names the field uses."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from alongside.accounts.codes import Role
from alongside.accounts.models import Agency, RoleGrant, User
from alongside.accounts.queries import actor_for
from alongside.core.actor import Actor
from alongside.encounters.codes import NoteStatus
from alongside.encounters.models import Appointment, Encounter
from alongside.people.models import CareTeamMember, Participant
from alongside.plans.models import Goal, Plan
from alongside.practice.codes import (
    Audience,
    CareTeamRole,
    CredentialKind,
    LivedExperience,
    Mode,
    Pathway,
    Place,
    Population,
    Process,
)
from alongside.referrals.codes import MatchStatus
from alongside.referrals.models import Episode, Match, Referral, Referrer
from alongside.workforce.models import Credential, SharedExperience, Supporter

TODAY = date(2026, 11, 19)
NOW = datetime(2026, 11, 19, 16, 30, tzinfo=UTC)


@dataclass
class Wall:
    """The wall clock of new agencies. Browser tests choose one on which it is late morning now."""

    time_zone: str = "America/Chicago"


wall = Wall()


class AgencyFactory(DjangoModelFactory):
    class Meta:
        model = Agency

    name = "Milkweed Row"
    counties = ["Dunn", "Polk", "Barron"]
    time_zone = factory.LazyFunction(lambda: wall.time_zone)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    agency = factory.SubFactory(AgencyFactory)
    email = factory.Sequence(lambda n: f"person{n}@agency.example")
    name = factory.Sequence(lambda n: f"Colleague {n}")
    password = "!"

    @factory.post_generation
    def roles(self, create, extracted, **kwargs):
        for role in extracted or ():
            RoleGrant.objects.create(user=self, agency=self.agency, role=Role(role))


class SupporterFactory(DjangoModelFactory):
    class Meta:
        model = Supporter

    user = factory.SubFactory(
        UserFactory, agency=factory.SelfAttribute("..agency"), roles=[Role.SUPPORTER]
    )
    agency = factory.SubFactory(AgencyFactory)
    name = factory.LazyAttribute(lambda o: o.user.name if o.user else "Rosa Quaas")
    counties = ["Dunn"]
    languages = ["English"]


class ExperienceFactory(DjangoModelFactory):
    class Meta:
        model = SharedExperience

    supporter = factory.SubFactory(SupporterFactory)
    agency = factory.SelfAttribute("supporter.agency")
    kind = LivedExperience.CHILD_PROTECTION.value
    audience = Audience.STAFF.value


class CredentialFactory(DjangoModelFactory):
    class Meta:
        model = Credential

    supporter = factory.SubFactory(SupporterFactory)
    agency = factory.SelfAttribute("supporter.agency")
    kind = CredentialKind.CPS.value
    certified_on = date(2025, 7, 8)
    expires_on = date(2027, 7, 8)


class ParticipantFactory(DjangoModelFactory):
    class Meta:
        model = Participant

    agency = factory.SubFactory(AgencyFactory)
    name = factory.Sequence(lambda n: f"Gia Rivera{n}")
    county = "Dunn"
    population = Population.ADULT_SELF_IDENTIFIED.value


class ReferrerFactory(DjangoModelFactory):
    class Meta:
        model = Referrer

    agency = factory.SubFactory(AgencyFactory)
    name = "Pat Olsen"
    role = "DHS social worker"


class ReferralFactory(DjangoModelFactory):
    class Meta:
        model = Referral

    participant = factory.SubFactory(ParticipantFactory)
    agency = factory.SelfAttribute("participant.agency")
    pathway = Pathway.CHIPS.value
    received_on = TODAY - timedelta(days=10)
    entered_at = NOW
    county = "Dunn"
    referrer = factory.SubFactory(ReferrerFactory, agency=factory.SelfAttribute("..agency"))


class EpisodeFactory(DjangoModelFactory):
    class Meta:
        model = Episode

    participant = factory.SubFactory(ParticipantFactory)
    agency = factory.SelfAttribute("participant.agency")
    begun_on = TODAY - timedelta(days=60)
    contact_due_on = TODAY + timedelta(days=20)


class GoalFactory(DjangoModelFactory):
    class Meta:
        model = Goal

    plan = factory.SubFactory("tests.factories.PlanFactory")
    agency = factory.SelfAttribute("plan.agency")
    words = "A place where my kids can stay over"
    area = "housing"
    begun_on = TODAY


class PlanFactory(DjangoModelFactory):
    class Meta:
        model = Plan

    episode = factory.SubFactory(EpisodeFactory)
    agency = factory.SelfAttribute("episode.agency")
    begun_on = TODAY - timedelta(days=60)
    look_together_on = TODAY + timedelta(days=30)


class EncounterFactory(DjangoModelFactory):
    class Meta:
        model = Encounter

    participant = factory.SubFactory(ParticipantFactory)
    agency = factory.SelfAttribute("participant.agency")
    supporter = factory.SubFactory(SupporterFactory, agency=factory.SelfAttribute("..agency"))
    author = factory.SelfAttribute("supporter.user")
    status = NoteStatus.SIGNED.value
    on = TODAY - timedelta(days=5)
    minutes = 45
    mode = Mode.FACE_TO_FACE.value
    place = Place.COMMUNITY.value
    processes = [Process.CONNECTING.value]
    what_we_did = "Coffee, and what to say on Thursday."
    signed_at = NOW
    signed_by = factory.SelfAttribute("supporter.user")


class AppointmentFactory(DjangoModelFactory):
    class Meta:
        model = Appointment

    participant = factory.SubFactory(ParticipantFactory)
    agency = factory.SelfAttribute("participant.agency")
    supporter = factory.SubFactory(SupporterFactory, agency=factory.SelfAttribute("..agency"))
    starts_at = NOW + timedelta(hours=2)


def walk_alongside(supporter: Supporter, participant: Participant, **episode: object) -> Episode:
    """A running relationship: an accepted match, an open episode, and so sight of the record."""
    opened = EpisodeFactory(participant=participant, **episode)
    Match.objects.create(
        agency=participant.agency,
        participant=participant,
        episode=opened,
        supporter=supporter,
        status=MatchStatus.ACCEPTED.value,
        participant_said="Yes, I would like that.",
        proposed_on=opened.begun_on,
        decided_on=opened.begun_on,
        by=supporter.user,
    )
    CareTeamMember.objects.create(
        agency=participant.agency,
        participant=participant,
        user=supporter.user,
        name=supporter.name,
        role=CareTeamRole.SUPPORTER.value,
        since=opened.begun_on,
    )
    return opened


@dataclass
class Pair:
    """A certified supporter and someone they walk with."""

    supporter: Supporter
    participant: Participant
    episode: Episode
    actor: Actor


def a_pair(agency: Agency) -> Pair:
    supporter = SupporterFactory(agency=agency, name="Rosa Quaas", user__name="Rosa Quaas")
    CredentialFactory(supporter=supporter)
    participant = ParticipantFactory(agency=agency, name="Gia Rivera")
    episode = walk_alongside(supporter, participant)
    return Pair(supporter, participant, episode, actor_for(supporter.user))


def own_account(participant: Participant, **fields: object) -> User:
    """The account by which a participant comes in by themselves."""
    user = UserFactory(
        agency=participant.agency, name=participant.name, roles=[Role.PARTICIPANT], **fields
    )
    participant.user = user
    participant.save(update_fields=["user"])
    return user
