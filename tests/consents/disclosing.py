"""Consents that hold, to try the gate with."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from alongside.consents.models import Consent, ConsentRecipient
from alongside.consents.rules.disclosures import Recipient, Wanted
from alongside.core.ids import new_id
from alongside.practice.consents import (
    Category,
    ConsentFacts,
    ConsentKind,
    Ending,
    Purpose,
    RecipientFacts,
    RecipientKind,
    Statement,
)
from alongside.practice.disclosure import Asked, Basis, Leave, Way
from tests.factories import NOW, TODAY, Pair

SIGNED = date(2026, 11, 2)
PAT = RecipientFacts(name="Pat Olsen", organization="Dunn County DHS")
FACTS = ConsentFacts(
    kind=ConsentKind.GENERAL,
    version="2024-1",
    participant="Gia Rivera",
    discloser="Milkweed Row",
    categories=frozenset({Category.RECEIVED, Category.FIRST_CONTACT, Category.ATTENDANCE}),
    recipients=(PAT,),
    purpose=Purpose.COURT_OR_COUNTY,
    ends=Ending.DATE,
    ends_on=date(2027, 5, 2),
    statements=frozenset(
        {Statement.REVOCATION, Statement.PROCEEDINGS, Statement.COPY, Statement.REDISCLOSURE}
    ),
    signer_name="Gia Rivera",
    signed_on=SIGNED,
)


def a_leave(**changes: Any) -> Leave:
    recipient = changes.pop("recipient", PAT)
    return Leave(replace(FACTS, recipients=(recipient,), **changes), recipient)


def asked(**changes: Any) -> Asked:
    plain: dict[str, Any] = {
        "basis": Basis.CONSENT,
        "on": TODAY,
        "name": "Pat Olsen",
        "organization": "Dunn County DHS",
        "categories": frozenset({Category.RECEIVED}),
    }
    return Asked(**{**plain, **changes})


def a_consent(pair: Pair, *, name: str = "Pat Olsen", **changes: Any) -> ConsentRecipient:
    """A signed consent in the database, and its one recipient."""
    recipient: dict[str, Any] = {
        key: changes.pop(key)
        for key in ("referrer_id", "organization", "kind_of", "revoked_on")
        if key in changes
    }
    kept: dict[str, Any] = {
        "kind": ConsentKind.GENERAL.value,
        "version": "2024-1",
        "status": "signed",
        "discloser": "Milkweed Row",
        "categories": ["received", "first_contact", "attendance"],
        "purpose": Purpose.COURT_OR_COUNTY.value,
        "ends": Ending.DATE.value,
        "ends_on": date(2027, 5, 2),
        "statements": ["revocation", "proceedings", "copy"],
        "signer_name": "Gia Rivera",
        "signed_on": SIGNED,
        "recorded_at": NOW,
        "recorded_by": pair.supporter.user,
        "text": {"title": "Consent"},
        "text_hash": "0" * 64,
        "begun_at": NOW,
        "begun_by": pair.supporter.user,
        "saved_at": NOW,
    }
    consent = Consent.objects.create(
        agency=pair.participant.agency, participant=pair.participant, **{**kept, **changes}
    )
    return ConsentRecipient.objects.create(
        agency=consent.agency,
        consent=consent,
        name=name,
        kind=recipient.pop("kind_of", RecipientKind.PERSON.value),
        organization=recipient.pop("organization", "Dunn County DHS"),
        **recipient,
    )


def wanted(pair: Pair, **changes: Any) -> Wanted:
    plain: dict[str, Any] = {
        "id": new_id(),
        "participant_id": pair.participant.pk,
        "basis": Basis.CONSENT,
        "recipient": Recipient("Pat Olsen", "Dunn County DHS"),
        "way": Way.PHONE,
        "categories": frozenset({Category.RECEIVED}),
        "what": "That the referral arrived",
    }
    return Wanted(**{**plain, **changes})


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
