"""Every read of supporters, viewer first. Pages get a ``Profile``, which holds only what is open.

A part whose audience does not take in the viewer never leaves this file: it is not in the object,
so no template, suggestion or export can show it by accident (PSP-3).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from alongside.accounts.codes import Permission
from alongside.accounts.models import User
from alongside.core.actor import Actor
from alongside.practice.codes import Audience, CredentialKind, LivedExperience
from alongside.practice.credentials import CredentialFacts, Standing, standing_on
from alongside.workforce.models import Credential, SharedExperience, Supporter
from alongside.workforce.rules.supporters import EVERYONE_SEES, STAFF_SEES, initials_of, listed


@dataclass(frozen=True)
class Experience:
    kind: LivedExperience
    words: str
    audience: Audience


@dataclass(frozen=True)
class Profile:
    """What one viewer may know of one supporter. ``mine``: the viewer is that supporter."""

    id: UUID
    user_id: UUID | None
    name: str
    initials: str
    counties: tuple[str, ...]
    languages: tuple[str, ...]
    times: str
    caseload_size: int
    gender_words: str
    strengths: str
    bio: str
    experiences: tuple[Experience, ...]
    peer_support_training: str
    recovery_coach_training: str
    other_license: str
    mine: bool
    standing: Standing | None = None

    @property
    def kinds(self) -> frozenset[LivedExperience]:
        return frozenset(experience.kind for experience in self.experiences)

    @property
    def times_listed(self) -> tuple[str, ...]:
        return listed(self.times)


def supporters_visible_to(viewer: Actor) -> QuerySet[Supporter]:
    """Supporters of the agency. Rows hold the whole story: pages take ``profiles`` instead."""
    rows = Supporter.objects.filter(agency_id=viewer.agency_id, voided_at=None)
    if not viewer.may(Permission.SUPPORTER_READ) and not viewer.may(Permission.MATCH_WRITE):
        rows = rows.filter(user_id=viewer.id)
    return rows.order_by("name", "id")


def profiles(viewer: Actor, *, on: date, here: bool = False) -> list[Profile]:
    """Everyone, by name, with the standing of their certificates on a day. Three queries. ``here``:
    without those whose access is closed."""
    rows = supporters_visible_to(viewer).prefetch_related("experiences", _standing_credentials())
    if here:
        rows = rows.exclude(user__is_active=False)
    return [_profile(viewer, row, on) for row in rows]


def profile(viewer: Actor, *, supporter_id: UUID, on: date) -> Profile:
    rows = supporters_visible_to(viewer).prefetch_related("experiences", _standing_credentials())
    return _profile(viewer, rows.get(pk=supporter_id), on)


@dataclass(frozen=True)
class Bio:
    """One supporter on the public page: the name they chose, and the parts they opened to all."""

    name: str
    initials: str
    gender_words: str
    strengths: str
    bio: str
    experiences: tuple[Experience, ...]


def bios(viewer: Actor) -> list[Bio]:
    """Those who want to stand on the public page, while they work here (PSP-11). Two queries."""
    rows = Supporter.objects.filter(
        agency_id=viewer.agency_id, voided_at=None, user__is_active=True
    ).exclude(public_name="")
    found = rows.order_by("public_name", "id").prefetch_related("experiences")
    return [_bio(row) for row in found]


def _bio(row: Supporter) -> Bio:
    def opened(text: str, audience: str) -> str:
        return text if Audience(audience) in EVERYONE_SEES else ""

    told = [part for part in row.experiences.all() if Audience(part.audience) in EVERYONE_SEES]
    return Bio(
        name=row.public_name,
        initials=initials_of(row.public_name),
        gender_words=opened(row.gender_words, row.gender_audience),
        strengths=opened(row.strengths, row.strengths_audience),
        bio=opened(row.bio, row.bio_audience),
        experiences=_experiences(told, mine=True),
    )


def own_supporter(viewer: Actor) -> Supporter:
    """The viewer's own row, with everything in it."""
    rows = Supporter.objects.filter(agency_id=viewer.agency_id, voided_at=None)
    return rows.prefetch_related("experiences").get(user_id=viewer.id)


def credentials_of(viewer: Actor, *, supporter_id: UUID) -> QuerySet[Credential]:
    """Certificates that stand, newest first."""
    seen = supporters_visible_to(viewer).filter(pk=supporter_id).order_by()
    rows = Credential.objects.filter(supporter__in=seen, voided_at=None)
    return rows.order_by("kind", "-certified_on", "-id")


def voided_credentials_of(viewer: Actor, *, supporter_id: UUID) -> QuerySet[Credential]:
    """What was entered before and taken out or corrected."""
    seen = supporters_visible_to(viewer).filter(pk=supporter_id).order_by()
    rows = Credential.objects.filter(supporter__in=seen).exclude(voided_at=None)
    return rows.order_by("-voided_at", "-id")


def credential_facts(viewer: Actor, *, supporter_id: UUID) -> tuple[CredentialFacts, ...]:
    """What ``practice`` needs to know the standing on any day. One query."""
    return _facts(credentials_of(viewer, supporter_id=supporter_id))


def standing(viewer: Actor, *, supporter_id: UUID, on: date) -> Standing:
    return standing_on(credential_facts(viewer, supporter_id=supporter_id), on)


def users_without_profile(viewer: Actor) -> QuerySet[User]:
    """Colleagues whom a profile could belong to."""
    rows = User.objects.filter(agency_id=viewer.agency_id, is_active=True)
    return rows.filter(Q(supporter=None)).order_by("name", "id")


def _standing_credentials() -> Prefetch[str, QuerySet[Credential], str]:
    return Prefetch("credentials", Credential.objects.filter(voided_at=None))


def _facts(rows: Iterable[Credential]) -> tuple[CredentialFacts, ...]:
    return tuple(
        CredentialFacts(CredentialKind(row.kind), row.certified_on, row.expires_on, row.in_training)
        for row in rows
    )


def _profile(viewer: Actor, row: Supporter, on: date) -> Profile:
    mine = row.user_id == viewer.id

    def opened(text: str, audience: str) -> str:
        return text if mine or Audience(audience) in STAFF_SEES else ""

    return Profile(
        id=row.id,
        user_id=row.user_id,
        name=row.name,
        initials=initials_of(row.name),
        counties=tuple(row.counties),
        languages=tuple(row.languages),
        times=row.times,
        caseload_size=row.caseload_size,
        gender_words=opened(row.gender_words, row.gender_audience),
        strengths=opened(row.strengths, row.strengths_audience),
        bio=opened(row.bio, row.bio_audience),
        experiences=_experiences(row.experiences.all(), mine=mine),
        peer_support_training=row.peer_support_training,
        recovery_coach_training=row.recovery_coach_training,
        other_license=row.other_license,
        mine=mine,
        standing=standing_on(_facts(row.credentials.all()), on),
    )


def _experiences(rows: Iterable[SharedExperience], *, mine: bool) -> tuple[Experience, ...]:
    found = [Experience(LivedExperience(r.kind), r.words, Audience(r.audience)) for r in rows]
    order = list(LivedExperience)
    found.sort(key=lambda experience: order.index(experience.kind))
    return tuple(e for e in found if mine or e.audience in STAFF_SEES)
