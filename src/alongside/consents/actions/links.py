"""Linking two records: proposed, said yes to by both, taken back by either."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.audit.actions import record
from alongside.consents.codes import LinkStatus
from alongside.consents.models import RecordLink, RecordLinkSide
from alongside.consents.queries import links as queries
from alongside.consents.rules import links as rules
from alongside.consents.rules import why_not_write
from alongside.core.actor import Actor
from alongside.core.refusal import STALE, Refused, ensure
from alongside.people.queries import participants_visible_to
from alongside.tenancy.hidden import free_id

L = LinkStatus


@transaction.atomic
def propose_link(
    one_id: UUID, other_id: UUID, *, by: Actor, at: datetime, link_id: UUID | None = None
) -> UUID:
    """Only who sees both people can propose it, and it shows on no record yet. The id of the link;
    proposing what is there already gives that one."""
    ensure(why_not_write(by))
    people = participants_visible_to(by)
    one, other = people.get(pk=one_id), people.get(pk=other_id)
    ensure(rules.why_not_propose(one.pk, other.pk))
    there = queries.there_already(by, one=one.pk, other=other.pk)
    if there is not None:
        return there.link_id
    link = RecordLink.objects.create(
        pk=free_id(RecordLink, link_id),
        agency_id=by.agency_id,
        proposed_at=at,
        proposed_by_id=by.id,
    )
    for participant, their_other in ((one, other), (other, one)):
        RecordLinkSide.objects.create(
            agency_id=by.agency_id, link=link, participant=participant, other=their_other
        )
    record(by=by, at=at, verb="link.proposed", target=f"RecordLink/{link.pk}")
    return link.pk


@transaction.atomic
def say_yes_to_link(
    side_id: UUID, *, link_id: UUID, name: str, other_is: str, by: Actor, at: datetime
) -> None:
    """One of the two says yes, with their name. With the second yes it stands on both records."""
    ensure(why_not_write(by))
    sides = queries.sides_of(by, link_id=link_id)
    side = next((one for one in sides if one.pk == side_id), None)
    if side is None:
        raise RecordLinkSide.DoesNotExist
    if side.signed_at is not None:
        return
    ensure(rules.why_not_say_yes(L(side.link.status), name, other_is))
    won = RecordLinkSide.objects.filter(pk=side_id, signed_at=None).update(
        signer_name=name.strip(),
        other_is=other_is.strip()[: rules.LONGEST],
        signed_at=at,
        recorded_by_id=by.id,
        text=rules.link_text(side.other.name),
    )
    if not won:
        raise Refused(STALE)
    both = not RecordLinkSide.objects.filter(link_id=link_id, signed_at=None).exists()
    if both:
        RecordLink.objects.filter(pk=link_id, status=L.PROPOSED).update(status=L.LINKED.value)
    verb = "link.made" if both else "link.agreed"
    record(by=by, at=at, verb=verb, target=f"RecordLink/{link_id}")


@transaction.atomic
def take_link_back(side_id: UUID, *, participant_id: UUID, by: Actor, at: datetime) -> None:
    """One of the two takes it back, for both: from now on it stands on neither record."""
    ensure(why_not_write(by))
    side = queries.links_of(by, participant_id=participant_id).get(pk=side_id)
    _take_back(side.link_id, (L.LINKED,), by=by, at=at)


@transaction.atomic
def drop_link_proposal(link_id: UUID, *, by: Actor, at: datetime) -> None:
    """One of them does not want it, or it was a mistake."""
    ensure(why_not_write(by))
    queries.sides_of(by, link_id=link_id)
    _take_back(link_id, (L.PROPOSED,), by=by, at=at)


def _take_back(link_id: UUID, held: tuple[LinkStatus, ...], *, by: Actor, at: datetime) -> None:
    won = RecordLink.objects.filter(pk=link_id, status__in=held).update(
        status=L.TAKEN_BACK.value, taken_back_at=at, taken_back_by_id=by.id
    )
    if not won:
        raise Refused(rules.OVER)
    record(by=by, at=at, verb="link.taken-back", target=f"RecordLink/{link_id}")
