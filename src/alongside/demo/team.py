"""Who works at the invented agency: users, roles, supporters and their stories, contracts."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password

from alongside.accounts.actions import (
    ContractTerms,
    NewColleague,
    add_contract,
    invite_colleague,
)
from alongside.accounts.codes import Role
from alongside.accounts.models import Agency, RoleGrant, User
from alongside.accounts.queries import actor_for
from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.demo.cast import PASSWORD, Part, SupporterPart
from alongside.demo.chance import Clock, Dice
from alongside.demo.stamp import AGENCY_ID
from alongside.demo.wordbook import book
from alongside.encounters.queries import Writer, writer
from alongside.practice.codes import Audience, LivedExperience
from alongside.workforce import actions as workforce
from alongside.workforce.rules import NewSupporter, ProfileWords


@dataclass(frozen=True)
class Colleague:
    """Someone of the team, as an actor."""

    actor: Actor
    name: str


@dataclass(frozen=True)
class Walker(Colleague):
    """Someone who walks with participants."""

    supporter_id: UUID
    writer: Writer
    languages: tuple[str, ...]


@dataclass
class Team:
    """Everyone by the key of their part."""

    staff: dict[str, Colleague] = field(default_factory=dict)
    walkers: dict[str, Walker] = field(default_factory=dict)


def found_agency() -> Agency:
    people = book("people")
    return Agency.objects.create(
        pk=AGENCY_ID,
        name=people["agency"],
        phone=people["phone"],
        counties=people["counties"],
        references=[
            {
                "title": "Code of ethics of certified peer specialists",
                "url": "https://www.wicps.org",
            },
            {"title": "988 Suicide and Crisis Lifeline", "url": "https://988lifeline.org"},
        ],
    )


def gather(agency: Agency, clock: Clock, parts: tuple[Part, ...]) -> Team:
    """Everyone but the supporters, the administrator first."""
    secret = make_password(PASSWORD)
    at = clock.ago(320, 9)
    team = Team()
    for part in parts:
        user = _user(agency, part, secret)
        if Role.ARRAY_LEAD in part.roles:
            Agency.objects.filter(pk=agency.pk).update(array_lead=user)
        team.staff[part.key] = Colleague(_actor(user), user.name)
        first = team.staff[parts[0].key].actor
        record(by=first, at=at, verb="user.added", target=f"User/{user.pk}")
    return team


def gather_supporters(
    agency: Agency, team: Team, clock: Clock, parts: tuple[SupporterPart, ...]
) -> None:
    """The supporters: the frame by the administrator, the story by each of them."""
    secret = make_password(PASSWORD)
    desk = team.staff["administrator"].actor
    for place, part in enumerate(parts):
        at = clock.ago(315 - place, 10)
        user = _user(agency, Part(part.key, part.name, part.email, (Role.SUPPORTER,)), secret)
        if part.supervisor in team.staff:
            supervisor = team.staff[part.supervisor].actor.id
            User.objects.filter(pk=user.pk).update(supervisor=supervisor)
        record(by=desk, at=at, verb="user.added", target=f"User/{user.pk}")
        made = workforce.add_supporter(_frame(part), by=desk, at=at)
        workforce.link_user(made.pk, user_id=user.pk, by=desk, at=at)
        for credential in part.credentials(clock):
            workforce.add_credential(made.pk, credential, by=desk, at=clock.now)
        team.walkers[part.key] = _walker(user, made.pk, part)
        told_on = Dice("supporter", part.key).randint(200, 300)
        _tell(made.pk, part, team.walkers[part.key].actor, clock.ago(told_on, 15))


def _walker(user: User, supporter_id: UUID, part: SupporterPart) -> Walker:
    actor = _actor(user)
    own = writer(actor)
    if own is None:
        raise LookupError(part.key)
    return Walker(actor, part.name, supporter_id, own, part.languages)


def _tell(supporter_id: UUID, part: SupporterPart, own: Actor, at: datetime) -> None:
    words = ProfileWords(
        public_name=part.name.split()[0] if part.bio else "",
        languages=part.languages,
        times=part.times,
        gender_words=part.gender,
        strengths=part.strengths,
        strengths_audience=Audience.PARTICIPANTS,
        bio=part.bio,
        bio_audience=Audience.PUBLIC if part.bio else Audience.NOBODY,
        peer_support_training=part.training,
        recovery_coach_training="Recovery coach academy, 30 hours" if part.coach else "",
        other_license=part.license,
    )
    story = {
        LivedExperience(kind): (told, Audience(audience))
        for kind, (audience, told) in part.story.items()
    }
    workforce.change_profile(supporter_id, words, by=own, at=at, story=story)


def sign_contracts(team: Team, clock: Clock) -> None:
    by, at = team.staff["administrator"].actor, clock.ago(318, 11)
    for terms in (
        ContractTerms(
            funder="Dunn County Human Services",
            name="People supporting people",
            counties=("Dunn", "Pepin", "Pierce"),
            pathways=("family_treatment_court", "chips", "juvenile_justice"),
            populations=(),
            arrays=("peer_support", "isde", "wellness_management"),
            starts_on=clock.day(318),
            ends_on=None,
        ),
        ContractTerms(
            funder="Regional CCS",
            name="Peer support in CCS",
            counties=("Dunn", "Chippewa", "Eau Claire", "Barron", "Polk", "St. Croix", "Pepin"),
            pathways=("ccs",),
            populations=(),
            arrays=("peer_support", "isde", "wellness_management", "employment_skills"),
            starts_on=clock.day(300),
            ends_on=clock.day(-65),
        ),
        ContractTerms(
            funder="Opioid settlement fund",
            name="Open door",
            counties=(),
            pathways=("self_referral", "other"),
            populations=(),
            arrays=(),
            starts_on=clock.day(210),
            ends_on=None,
        ),
    ):
        add_contract(terms, by=by, at=at)


def _user(agency: Agency, part: Part, secret: str) -> User:
    user = User.objects.create(agency=agency, email=part.email, name=part.name, password=secret)
    RoleGrant.objects.bulk_create(
        RoleGrant(agency=agency, user=user, role=role.value) for role in part.roles
    )
    return user


def _actor(user: User) -> Actor:
    actor = actor_for(user)
    if actor is None:
        raise LookupError(user.pk)
    return actor


def _frame(part: SupporterPart) -> NewSupporter:
    return NewSupporter(
        name=part.name,
        counties=part.counties,
        languages=part.languages,
        caseload_size=part.room,
        other_license=part.license,
    )


def invite(team: Team, clock: Clock) -> None:
    """Someone who starts on Monday and has not opened the letter yet."""
    new = NewColleague("Ruthann Keel", "ruthann.keel@demo.example", [Role.SUPPORTER])
    invite_colleague(new, by=team.staff["administrator"].actor, at=clock.ago(1, 16))
