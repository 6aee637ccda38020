"""A referrer of each agency in the world: what they sent and began, and a link of every kind."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import UUID

from alongside.accounts.codes import Role
from alongside.core.ids import new_id
from alongside.referrals.models import (
    Referral,
    ReferralAddition,
    ReferralDraft,
    Referrer,
    ReferrerLink,
)
from tests.factories import NOW, ParticipantFactory, ReferralFactory, ReferrerFactory, UserFactory

if TYPE_CHECKING:
    from tests.security.world import Side


def with_a_referrer(side: Side) -> None:
    user = side.users["referrer"]
    mine = ReferrerFactory(agency=side.agency, name=user.name, user=user)
    other = _user(side, "other referrer")
    theirs = ReferrerFactory(agency=side.agency, name=other.name, user=other)
    closed = _user(side, "closed referrer", is_active=False)
    shut = ReferrerFactory(agency=side.agency, name=closed.name, user=closed)
    new = ReferrerFactory(agency=side.agency, name=f"New {side.canary}")
    sent = _sent(side, mine)
    _sent(side, theirs)
    begun = _draft(side, mine)
    away = _draft(side, mine, put_away_at=NOW)
    link = ReferrerLink.objects.create(
        agency=side.agency,
        referrer=new,
        email=f"link@{side.canary.lower()}.example",
        link_hash=sha256(f"link-{side.canary}".encode()).hexdigest(),
        made_by=side.users["coordinator"],
        made_at=NOW,
        expires_at=NOW + timedelta(days=4000),
    )
    side.ids |= {"referrer_id": mine.pk, "link_id": link.pk, "draft_id": begun}
    side.other_ids |= {
        "referrer_in": {"referrer_id": shut.pk},
        "referral_added_read": {"referral_id": sent},
        "take_up": {"draft_id": away},
        "sent": {"referral_id": sent},
        "add": {"referral_id": sent},
        "shared": {"referral_id": sent},
        "take_back": {"referral_id": sent},
    }


def _user(side: Side, name: str, **more: object) -> object:
    email = f"{name.replace(' ', '-')}@{side.canary.lower()}.example"
    words = f"{name.title()} {side.canary}"
    user = UserFactory(agency=side.agency, name=words, email=email, roles=[Role.REFERRER], **more)
    side.users[name] = user
    return user


def _draft(side: Side, referrer: Referrer, **more: object) -> UUID:
    draft = ReferralDraft.objects.create(
        agency=side.agency,
        referrer=referrer,
        author=referrer.user,
        answers=f'{{"name": "Typed {side.person}"}}',
        begun_at=NOW,
        saved_at=NOW,
        **more,
    )
    return draft.pk


def _sent(side: Side, referrer: Referrer) -> UUID:
    """One whom nobody walks with yet, and something added to it."""
    person = ParticipantFactory(agency=side.agency, name=f"Sent {side.person}")
    referral: Referral = ReferralFactory(
        id=new_id(), participant=person, agency=side.agency, referrer=referrer, source="referrer"
    )
    ReferralDraft.objects.create(
        id=referral.pk,
        agency=side.agency,
        referrer=referrer,
        author=referrer.user,
        answers=f'{{"name": "Sent {side.person}"}}',
        begun_at=NOW,
        saved_at=NOW,
        sent_at=NOW,
        referral=referral,
        reference=f"7QMX-{str(referral.pk)[-4:]}",
    )
    ReferralAddition.objects.create(
        agency=side.agency,
        referral=referral,
        kind="words",
        words=f"Added {side.person}",
        by=referrer.user,
        at=NOW,
    )
    return referral.pk
