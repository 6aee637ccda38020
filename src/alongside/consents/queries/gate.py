"""What the gate asks of the database each time, and so keeps the SQL of (decision 0006)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, Subquery

from alongside.accounts.models import Agency
from alongside.audit.asking import Asked
from alongside.consents.codes import ConsentStatus
from alongside.consents.models import Consent, ConsentRecipient, Disclosure, PartTwoSwitch
from alongside.consents.queries.part_two import why_protected_each
from alongside.consents.rules.disclosures import Recipient, Wanted, restriction
from alongside.core.actor import Actor
from alongside.core.words import Say
from alongside.people.models import Participant
from alongside.people.queries import participants_visible_to, seen_by
from alongside.practice.disclosure import Basis, Leave, Restriction

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


def _first(agency: UUID, *rest: Any) -> Any:
    """Of the arguments, the first so many are people, as the shape says; the others are ids."""
    *given, people = rest
    switches = PartTwoSwitch.objects.filter(agency_id=agency)
    whole = switches.filter(contract=None).order_by("-number")
    return Agency.objects.filter(pk=agency).values_list(
        Exists(Disclosure.objects.filter(agency_id=agency, pk__in=given[people:])),
        Subquery(whole.values("applies")[:1]),
        Exists(switches.filter(applies=False)),
        Exists(_held_of(agency, given[:people])),
    )


def _held_of(agency: UUID, people: Sequence[UUID]) -> Any:
    """Those of them from whose record something is held back, as they asked for and we agreed."""
    return Participant.objects.filter(
        agency_id=agency, pk__in=people, record_requests__held__isnull=False
    )


_AT_THE_GATE = Asked(_first)
_HELD = Asked(
    lambda agency, *rest: _held_of(agency, rest[:-1]).values_list("id", "record_requests__held")
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


@dataclass(frozen=True)
class Standing:
    """What decides before anything else. ``told``: one of the ids stands there already."""

    told: bool
    everyone: bool | None
    restricted: bool
    viewer: Actor

    def protected(self, people: Iterable[UUID], *, on: date) -> Mapping[UUID, bool]:
        """Whether Part 2 applies to each on a day: it does, unless it was switched off, with a
        reason, for every program of theirs. Asks the database only where it was for one."""
        if self.everyone is not None:
            return dict.fromkeys(people, self.everyone)
        found = why_protected_each(self.viewer, people, on=on)
        return {person: why is not None for person, why in found.items()}

    def held_back(self, people: Iterable[UUID]) -> Mapping[UUID, list[Restriction]]:
        """What of each is held back, asked only where something is."""
        return restrictions(self.viewer, people) if self.restricted else {}


def at_the_gate(
    viewer: Actor, *, ids: Sequence[UUID] = (), people: Sequence[UUID] = ()
) -> Standing:
    """One query."""
    rows = _AT_THE_GATE.rows(viewer.agency_id, *people, *ids, shape=len(people))
    [(told, whole, some_off, some_held)] = rows
    everyone = False if whole is not None and not whole else (None if some_off else True)
    return Standing(bool(told), everyone, bool(some_held), viewer)


def restrictions(viewer: Actor, people: Iterable[UUID]) -> Mapping[UUID, list[Restriction]]:
    """What was agreed to be held back, of each of these. One query."""
    found: dict[UUID, list[Restriction]] = {}
    for person, held in _HELD.rows(viewer.agency_id, *sorted(set(people))):
        if held is not None:
            found.setdefault(person, []).append(restriction(held))
    return found


def part_two_applies(viewer: Actor, *, participant_id: UUID, on: date) -> bool:
    seen_by(viewer, participant_id=participant_id)
    return at_the_gate(viewer).protected([participant_id], on=on)[participant_id]


def why_part_two_applies(viewer: Actor, *, participant_id: UUID, on: date) -> Say | None:
    """Which of their programs it is that protects someone; nothing where it was never switched off
    for any."""
    if at_the_gate(viewer).everyone is not None:
        return None
    seen_by(viewer, participant_id=participant_id)
    return why_protected_each(viewer, [participant_id], on=on)[participant_id]
