"""The participant's own copy: what is made leaves through the gate, given to themselves."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.audit.actions import record
from alongside.consents.actions import disclose
from alongside.consents.models import Disclosure
from alongside.consents.queries.disclosures import disclosures_visible_to
from alongside.consents.rules.disclosures import Recipient, Wanted
from alongside.core.actor import Actor
from alongside.core.refusal import ensure
from alongside.people.queries import own_record, participants_visible_to
from alongside.practice.disclosure import Basis, Way
from alongside.retention.rules import why_not_manage
from alongside.tenancy.hidden import free_id


@transaction.atomic
def copy_own_record(*, copy_id: UUID, way: Way, what: str, by: Actor, at: datetime) -> None:
    """Before the participant takes their copy, by themselves. Five clicks with one id are one
    line."""
    person = own_record(by)
    recipient = Recipient(name=person.name)
    wanted = Wanted(
        id=_own_id(copy_id, person.pk, by),
        participant_id=person.pk,
        basis=Basis.PARTICIPANT,
        recipient=recipient,
        way=way,
        what=what,
    )
    disclose(wanted, by=by, at=at)
    target = f"Participant/{person.pk}"
    detail = {"way": way.value}
    record(by=by, at=at, verb="record.copied-by-oneself", target=target, detail=detail)


@transaction.atomic
def copy_record(
    participant_id: UUID, *, copy_id: UUID, way: Way, what: str, by: Actor, at: datetime
) -> None:
    """Before the copy is made. Five clicks with one id are one disclosure."""
    ensure(why_not_manage(by))
    person = participants_visible_to(by).get(pk=participant_id)
    wanted = Wanted(
        id=_own_id(copy_id, person.pk, by),
        participant_id=participant_id,
        basis=Basis.PARTICIPANT,
        recipient=Recipient(name=person.name),
        way=way,
        what=what,
    )
    disclose(wanted, by=by, at=at)
    target = f"Participant/{participant_id}"
    record(by=by, at=at, verb="record.copied", target=target, detail={"way": way.value})


def _own_id(copy_id: UUID, participant_id: UUID, by: Actor) -> UUID:
    """The form's id, also for the clicks after the first; a new one where it is someone else's."""
    seen = disclosures_visible_to(by).filter(pk=copy_id, participant_id=participant_id)
    if seen.exists():
        return copy_id
    someone = Disclosure.objects.filter(pk=copy_id).exists()
    return free_id(Disclosure, None if someone else copy_id)
