"""Consents for tests: whole ones, to take something away from."""

from dataclasses import replace
from datetime import date, timedelta

from alongside.consents.codes import ConsentStatus
from alongside.consents.models import Consent, ConsentRecipient
from alongside.people.models import Participant
from alongside.practice.consents import (
    Category,
    ConsentFacts,
    ConsentKind,
    Ending,
    Purpose,
    RecipientFacts,
    RecipientKind,
    kind_of,
    statements_of,
)
from tests.factories import NOW, TODAY, UserFactory

VERSION = "2024-1"
SIGNED_ON = TODAY - timedelta(days=10)
PURPOSE = {
    ConsentKind.GENERAL: Purpose.COURT_OR_COUNTY,
    ConsentKind.TPO: Purpose.TPO,
    ConsentKind.PROCEEDINGS: Purpose.PROCEEDINGS,
    ConsentKind.CRIMINAL_JUSTICE: Purpose.MONITORING,
    ConsentKind.COUNSELING_NOTES: Purpose.TREATMENT,
}
CATEGORIES = {kind: frozenset({Category.ATTENDANCE}) for kind in ConsentKind}
CATEGORIES[ConsentKind.COUNSELING_NOTES] = frozenset({Category.COUNSELING_NOTES})
ANSWER = {ConsentKind.CRIMINAL_JUSTICE: "criminal", ConsentKind.COUNSELING_NOTES: "clinician"}


def whole(kind: ConsentKind = ConsentKind.GENERAL, **changed: object) -> ConsentFacts:
    """The facts of a consent that lacks nothing and is in force on ``TODAY``."""
    found = kind_of(VERSION, kind)
    assert found is not None
    facts = ConsentFacts(
        kind=kind,
        version=VERSION,
        participant="Gia Rivera",
        discloser="Milkweed Row",
        categories=CATEGORIES[kind],
        recipients=(RecipientFacts(RecipientKind.PERSON, "Pat Olsen", "Dunn County"),),
        purpose=PURPOSE[kind],
        purpose_words="Case 26 JC 1",
        answer=ANSWER.get(kind, ""),
        ends=Ending.DATE,
        ends_on=TODAY + timedelta(days=90),
        statements=frozenset(statements_of(found, purpose=PURPOSE[kind])),
        signer_name="Gia Rivera",
        signed_on=SIGNED_ON,
    )
    return replace(facts, **changed)


def a_consent(
    participant: Participant,
    *,
    kind: ConsentKind = ConsentKind.GENERAL,
    referrer_id: object = None,
    signed_on: date = SIGNED_ON,
    **changed: object,
) -> ConsentRecipient:
    """A signed consent with one recipient, straight into the tables; the recipient comes back."""
    facts = whole(kind)
    colleague = UserFactory(agency=participant.agency)
    fields = {
        "status": ConsentStatus.SIGNED.value,
        "version": VERSION,
        "discloser": facts.discloser,
        "categories": sorted(facts.categories),
        "purpose": facts.purpose,
        "purpose_words": facts.purpose_words,
        "answer": facts.answer,
        "ends": Ending.DATE.value,
        "ends_on": facts.ends_on,
        "statements": sorted(facts.statements),
        "signer_name": participant.name,
        "signed_on": signed_on,
        "recorded_at": NOW,
        "recorded_by": colleague,
        "begun_at": NOW,
        "begun_by": colleague,
        "saved_at": NOW,
        "text": {"title": "Consent", "lead": "", "parts": []},
        "text_hash": "x",
    }
    consent = Consent.objects.create(
        agency=participant.agency, participant=participant, kind=kind.value, **(fields | changed)
    )
    return ConsentRecipient.objects.create(
        agency=participant.agency,
        consent=consent,
        name="Pat Olsen",
        organization="Dunn County",
        referrer_id=referrer_id,
    )
