"""Reading links between two participants. On a record only what both said yes to is there."""

from uuid import UUID

from django.db.models import F, QuerySet

from alongside.accounts.codes import Permission
from alongside.consents.codes import LinkStatus
from alongside.consents.models import RecordLinkSide
from alongside.core.actor import Actor
from alongside.people.queries import participants_visible_to


def links_of(viewer: Actor, *, participant_id: UUID) -> QuerySet[RecordLinkSide]:
    """What stands on a participant's record: one row per other person, both having said yes."""
    return (
        RecordLinkSide.objects.filter(
            agency_id=viewer.agency_id,
            participant_id=participant_id,
            participant__in=participants_visible_to(viewer),
            link__status=LinkStatus.LINKED,
            signed_at__isnull=False,
            other__voided_at=None,
            other__same_as=None,
        )
        .select_related("participant", "other", "link")
        .order_by("id")
    )


def open_sides(viewer: Actor) -> QuerySet[RecordLinkSide]:
    """Links that wait for a yes, for those who see both people anyway; they stand on no record.
    Both sides of each, newest first."""
    return _of_both(viewer).filter(link__status=LinkStatus.PROPOSED).order_by("-link_id", "id")


def sides_of(viewer: Actor, *, link_id: UUID) -> list[RecordLinkSide]:
    """Both sides of a link that waits or holds. Raises ``DoesNotExist`` for who does not see both,
    and for one that was taken back."""
    found = list(
        _of_both(viewer)
        .filter(link_id=link_id)
        .exclude(link__status=LinkStatus.TAKEN_BACK)
        .order_by("id")
    )
    if not found:
        raise RecordLinkSide.DoesNotExist
    return found


def there_already(viewer: Actor, *, one: UUID, other: UUID) -> RecordLinkSide | None:
    """A link of the two that waits or holds."""
    return (
        _of_both(viewer)
        .filter(participant_id=one, other_id=other)
        .exclude(link__status=LinkStatus.TAKEN_BACK)
        .first()
    )


def _of_both(viewer: Actor) -> QuerySet[RecordLinkSide]:
    if not viewer.may(Permission.CONSENT_WRITE):
        return RecordLinkSide.objects.none()
    people = participants_visible_to(viewer)
    return (
        RecordLinkSide.objects.filter(
            agency_id=viewer.agency_id, participant__in=people, other__in=people
        )
        .exclude(participant=F("other"))
        .select_related("participant", "other", "link", "link__proposed_by")
    )
