"""What the gate asks of the database each time, and so keeps the SQL of (decision 0006)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, Subquery

from alongside.accounts.models import Agency
from alongside.audit.asking import Asked
from alongside.consents.codes import ConsentStatus
from alongside.consents.models import Consent, ConsentRecipient, Disclosure, PartTwoSwitch
from alongside.consents.rules.disclosures import Recipient, Wanted
from alongside.core.actor import Actor
from alongside.people.models import Participant
from alongside.people.queries import participants_visible_to, seen_by
from alongside.practice.disclosure import Basis, Leave

Key = tuple[UUID, Recipient]
Found = Sequence[tuple[ConsentRecipient, Leave]]

_WHO: tuple[str, ...] = (
    *("id", "kind", "name", "organization", "participants", "covered"),
    *("member_id", "referrer_id", "revoked_on", "consent_id"),
)
_WHAT: tuple[str, ...] = (
    *("participant_id", "kind", "status", "version", "discloser", "categories", "information"),
    *("purpose", "purpose_words", "answer", "firm", "ends", "ends_on", "ends_event", "event_on"),
    *("statements", "signer", "signer_name", "signer_relationship", "signed_on", "revoked_on"),
)


def _naming(agency: UUID, *rest: Any) -> Any:
    """All that was written down for these people and not put away, the newest first."""
    *people, _shape = rest
    return (
        ConsentRecipient.objects.filter(
            agency_id=agency,
            consent__agency_id=agency,
            consent__participant_id__in=people,
        )
        .exclude(consent__status=ConsentStatus.PUT_AWAY.value)
        .order_by("-consent_id", "id")
        .values_list(*_WHO, *(f"consent__{name}" for name in _WHAT), "consent__participant__name")
    )


_NAMING = Asked(_naming)
# What decides before anything else, in one question: an agency always has a row.
_AT_THE_GATE = Asked(
    lambda agency, *rest: Agency.objects.filter(pk=agency).values_list(
        Exists(Disclosure.objects.filter(agency_id=agency, pk__in=rest[:-1])),
        Subquery(
            PartTwoSwitch.objects.filter(agency_id=agency).order_by("-number").values("applies")[:1]
        ),
    )
)


def leaves(viewer: Actor, *, wanted: Iterable[Key]) -> Mapping[Key, Found]:
    """The consents of these participants that name these recipients, the newest first: one query,
    asked anew each time. Whether one holds is the rule's to say."""
    keys = list(wanted)
    if not keys:
        return {}
    people = sorted({participant_id for participant_id, _one in keys})
    by_person: dict[UUID, list[tuple[ConsentRecipient, Leave]]] = {}
    for row in _NAMING.rows(viewer.agency_id, *people):
        found = _read(row)
        by_person.setdefault(found[0].consent.participant_id, []).append(found)
    return {
        (person, one): [pair for pair in by_person.get(person, ()) if _is(pair[0], one)]
        for person, one in keys
    }


def _read(row: Sequence[Any]) -> tuple[ConsentRecipient, Leave]:
    who, what, name = row[: len(_WHO)], row[len(_WHO) : -1], row[-1]
    recipient = ConsentRecipient(**dict(zip(_WHO, who, strict=True)))
    consent = Consent(id=recipient.consent_id, **dict(zip(_WHAT, what, strict=True)))
    recipient.consent = consent
    facts = recipient.facts()
    return recipient, Leave(consent.facts((facts,), participant=name), facts)


def _is(row: ConsentRecipient, one: Recipient) -> bool:
    if one.recipient_id is not None:
        return row.pk == one.recipient_id
    if one.referrer_id is not None:
        return row.referrer_id == one.referrer_id
    if one.member_id is not None:
        return row.member_id == one.member_id
    return (_plain(row.name), _plain(row.organization)) == (
        _plain(one.name),
        _plain(one.organization),
    )


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def whose(viewer: Actor, *, wanted: Iterable[Wanted]) -> set[UUID]:
    """Which of the participants the viewer may tell about: those in sight, or for someone from
    outside those of the agency, where the consent alone decides."""
    wanted = list(wanted)
    ids = {one.participant_id for one in wanted}
    if viewer.is_staff and len(ids) == 1:
        return {seen_by(viewer, participant_id=next(iter(ids))).pk}
    if viewer.is_staff or any(one.basis is Basis.PARTICIPANT for one in wanted):
        people = participants_visible_to(viewer)
    else:
        people = Participant.objects.filter(
            agency_id=viewer.agency_id, voided_at=None, same_as=None
        )
    return set(people.filter(pk__in=ids).values_list("pk", flat=True))


def at_the_gate(viewer: Actor, *, ids: Sequence[UUID]) -> tuple[bool, bool]:
    """Whether one of these ids stands there already, and whether Part 2 applies: it does unless
    someone switched it off, with a reason."""
    [(told, applies)] = _AT_THE_GATE.rows(viewer.agency_id, *ids)
    return bool(told), applies is None or bool(applies)


def part_two_applies(viewer: Actor) -> bool:
    return at_the_gate(viewer, ids=())[1]
