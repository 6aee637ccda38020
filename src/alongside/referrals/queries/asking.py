"""Who asked on the public page on a day when very many did, viewer first."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.referrals.models import AskedApart, Referral
from alongside.referrals.rules.asking import KEPT_AFTER_PUT_AWAY

PAGE = 50


def asked_apart(viewer: Actor) -> QuerySet[AskedApart]:
    """Longest waiting first; also what was put away. For those who work at the desk."""
    if not viewer.may(Permission.REFERRAL_READ):
        return AskedApart.objects.none()
    return AskedApart.objects.filter(agency_id=viewer.agency_id).order_by("asked_at", "id")


def waiting_apart(viewer: Actor) -> QuerySet[AskedApart]:
    return asked_apart(viewer).filter(put_away_at=None)


def put_away(viewer: Actor, *, at: datetime) -> QuerySet[AskedApart]:
    """Those that can still be brought back, the last ones first."""
    rows = asked_apart(viewer).filter(put_away_at__gte=at - KEPT_AFTER_PUT_AWAY)
    return rows.order_by("-put_away_at", "-id")


def how_many_wait(viewer: Actor) -> int:
    """For the form that a stranger sends: a number, and nothing of what they say."""
    return AskedApart.objects.filter(agency_id=viewer.agency_id, put_away_at=None).count()


def is_made(viewer: Actor, *, pk: UUID) -> bool:
    """Whether a form with this id was sent before."""
    own = {"agency_id": viewer.agency_id, "pk": pk}
    return Referral.objects.filter(**own).exists() or AskedApart.objects.filter(**own).exists()
