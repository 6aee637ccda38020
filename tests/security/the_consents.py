"""Consents of the person in every stage, and a link to someone who takes part too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alongside.consents.models import Consent, ConsentRecipient, RecordLink, RecordLinkSide
from alongside.files import disk
from alongside.files.models import StoredFile
from alongside.people.models import CareTeamMember
from alongside.practice.codes import CareTeamRole
from tests.consents.made import a_consent
from tests.factories import NOW, TODAY, ParticipantFactory

if TYPE_CHECKING:
    from tests.security.world import Side

EVENT = {"ends": "event", "ends_on": None}


def with_consents(side: Side) -> None:
    own, person = side.users["supporter"], side.ids["person"]
    draft = Consent.objects.create(
        agency=side.agency,
        participant=person,
        kind="general",
        version="2024-1",
        discloser=side.agency.name,
        information=f"Only {side.person}",
        begun_at=NOW,
        begun_by=own,
        saved_at=NOW,
    )
    ConsentRecipient.objects.create(agency=side.agency, consent=draft, name=f"Judge {side.person}")
    side.ids["consent_id"] = draft.pk
    away = Consent.objects.create(
        agency=side.agency,
        participant=person,
        kind="general",
        status="put-away",
        version="2024-1",
        begun_at=NOW,
        begun_by=own,
        saved_at=NOW,
    )
    _other(side, "consent_take_up", away.pk)
    _signed(side)
    _linked(side)


def _signed(side: Side) -> None:
    person, words = side.ids["person"], f"When {side.person} is home"
    content = b"%PDF-1.4"
    file = StoredFile.objects.create(
        agency=side.agency,
        name=f"{side.person}.pdf",
        kind="pdf",
        size=len(content),
        sha256="0" * 64,
        kept_at=NOW,
        kept_by=side.users["supporter"],
    )
    disk.write(file.pk, content)
    signed = a_consent(person, **EVENT, ends_event=words, how="paper", paper=file)
    for route in ("consent_scan", "consent_revoke", "consent_end", "consent_mistake"):
        _other(side, route, signed.consent_id)
    _other(side, "consent_again", signed.consent_id)
    ended = a_consent(person, **EVENT, ends_event=words, status="ended", event_on=TODAY)
    _other(side, "consent_end_back", ended.consent_id)
    mistaken = {"mistaken_at": NOW, "mistaken_by": side.users["supporter"]}
    wrong = a_consent(person, status="mistaken", mistaken_reason=words, **mistaken)
    _other(side, "consent_mistake_back", wrong.consent_id)


def _linked(side: Side) -> None:
    """The other one is walked with by the same supporter; whoever sees but one sees no link."""
    own, person = side.users["supporter"], side.ids["person"]
    other = ParticipantFactory(agency=side.agency, name=f"Ann {side.person}")
    CareTeamMember.objects.create(
        agency=side.agency,
        participant=other,
        user=own,
        name=own.name,
        role=CareTeamRole.SUPPORTER.value,
    )
    waits = _link(side, other, status="proposed")
    for route in ("record_link", "record_link_drop"):
        side.other_ids[route] = {"link_id": waits[0].link_id}
    yes = {"signed_at": NOW, "recorded_by": own, "signer_name": "A", "other_is": side.person}
    third = ParticipantFactory(agency=side.agency, name=f"Al {side.person}")
    holds = _link(side, third, status="linked", **yes)
    side.other_ids["record_link_back"] = {
        "participant_id": person.pk,
        "side_id": holds[0].pk,
    }


def _link(side: Side, other: Any, *, status: str, **yes: Any) -> list[RecordLinkSide]:
    own, person = side.users["supporter"], side.ids["person"]
    link = RecordLink.objects.create(
        agency=side.agency, status=status, proposed_at=NOW, proposed_by=own
    )
    return [
        RecordLinkSide.objects.create(
            agency=side.agency, link=link, participant=one, other=another, **yes
        )
        for one, another in ((person, other), (other, person))
    ]


def _other(side: Side, route: str, consent_id: Any) -> None:
    side.other_ids[route] = {"consent_id": consent_id}
