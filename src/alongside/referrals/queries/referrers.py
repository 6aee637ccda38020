"""Referrers: whom the desk knows, and what each of them sees of their own. Viewer first."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from alongside import tenancy
from alongside.accounts.codes import Permission
from alongside.accounts.queries import link_hash
from alongside.core.actor import Actor
from alongside.referrals.models import (
    Referral,
    ReferralAddition,
    ReferralDraft,
    Referrer,
    ReferrerLink,
)
from alongside.referrals.queries.desk import referrals_visible_to, referrers_visible_to
from alongside.referrals.rules.links import Standing, standing

PAGE = 50


@dataclass(frozen=True)
class ReferrerRow:
    """A referrer, the newest link, and where they stand with coming in."""

    referrer: Referrer
    link: ReferrerLink | None
    standing: Standing
    sent: int


def referrer_rows(viewer: Actor, *, at: datetime, words: str = "") -> list[ReferrerRow]:
    """Whom the desk knows, by name; at most two hundred. Three queries."""
    rows = _with_links(viewer)
    for word in words.split():
        rows = rows.filter(Q(name__icontains=word) | Q(organization__icontains=word))
    return [_row(found, at) for found in rows[:200]]


def referrer_row(viewer: Actor, *, referrer_id: UUID, at: datetime) -> ReferrerRow:
    return _row(_with_links(viewer).get(pk=referrer_id), at)


def _with_links(viewer: Actor) -> QuerySet[Referrer]:
    links = ReferrerLink.objects.select_related("made_by").order_by("-made_at", "-id")
    sent = Count("drafts", filter=Q(drafts__sent_at__isnull=False))
    return (
        referrers_visible_to(viewer)
        .select_related("user")
        .prefetch_related(Prefetch("links", links))
        .annotate(sent=sent)
    )


def _row(found: Referrer, at: datetime) -> ReferrerRow:
    link = next(iter(found.links.all()), None)
    active = found.user.is_active if found.user else None
    where = standing(link.facts() if link else None, active=active, at=at)
    return ReferrerRow(found, link, where, getattr(found, "sent", 0))


def links_visible_to(viewer: Actor) -> QuerySet[ReferrerLink]:
    return ReferrerLink.objects.filter(referrer__in=referrers_visible_to(viewer)).select_related(
        "referrer"
    )


def referrer_with_address(viewer: Actor, *, email: str) -> Referrer | None:
    """Whom the desk knows by this address: whoever comes in already, else whoever was first."""
    rows = referrers_visible_to(viewer).filter(email__iexact=email)
    return rows.exclude(user=None).first() or rows.order_by("id").first()


@tenancy.at_the_door()
def link_by_secret(secret: str) -> ReferrerLink | None:
    """The link that a secret belongs to, and its agency. Whoever holds it is the viewer."""
    found = ReferrerLink.objects.select_related("agency")
    return found.filter(link_hash=link_hash(secret)).first()


def referrer_of(viewer: Actor) -> Referrer:
    """Who the viewer is among the referrers; raises ``Referrer.DoesNotExist``."""
    if not viewer.may(Permission.REFERRAL_SEND):
        return Referrer.objects.none().get()
    return Referrer.objects.get(user_id=viewer.id, agency_id=viewer.agency_id, voided_at=None)


def drafts_visible_to(viewer: Actor) -> QuerySet[ReferralDraft]:
    """What the viewer typed and sent; nobody else's, and no colleague's."""
    if not viewer.may(Permission.REFERRAL_SEND):
        return ReferralDraft.objects.none()
    return ReferralDraft.objects.filter(agency_id=viewer.agency_id, author_id=viewer.id)


def open_drafts(viewer: Actor) -> QuerySet[ReferralDraft]:
    """Begun and not sent, the newest first."""
    rows = drafts_visible_to(viewer).filter(sent_at=None, put_away_at=None)
    return rows.order_by("-saved_at", "-id")


def sent_referrals(viewer: Actor, *, before: UUID | None = None) -> QuerySet[ReferralDraft]:
    """What the viewer sent, the newest first; the rest of the list before a row."""
    rows = drafts_visible_to(viewer).filter(sent_at__isnull=False, referral__voided_at=None)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return rows.select_related("referral").order_by("-id")


def additions(viewer: Actor, *, referral_id: UUID) -> QuerySet[ReferralAddition]:
    """What was added to a referral, for who sent it and for the desk, in the order of time."""
    sent = sent_referrals(viewer).filter(referral_id=referral_id).order_by()
    seen = referrals_visible_to(viewer).filter(pk=referral_id)
    rows = ReferralAddition.objects.filter(
        Q(referral__in=seen) | Q(referral__in=sent.values("referral_id"))
    )
    return rows.select_related("by", "read_by").order_by("at", "id")


def reference_of(viewer: Actor, *, referral_id: UUID) -> str:
    """The number a referrer says on the phone, for the desk."""
    seen = referrals_visible_to(viewer).filter(pk=referral_id)
    found = ReferralDraft.objects.filter(referral__in=seen).values_list("reference", flat=True)
    return found.first() or ""


def unread_additions(viewer: Actor) -> QuerySet[Referral]:
    """Referrals with words from their referrer that nobody at the desk has read."""
    waiting = ReferralAddition.objects.filter(agency_id=viewer.agency_id, read_at=None)
    rows = referrals_visible_to(viewer).filter(pk__in=waiting.values("referral_id"))
    return rows.order_by("id")


def typed(draft: ReferralDraft) -> dict[str, str]:
    """What was typed, by the name of the field."""
    return {str(k): str(v) for k, v in json.loads(draft.answers or "{}").items()}
