"""A consent as the rules see it."""

from dataclasses import dataclass
from datetime import date

from alongside.practice.consents.codes import (
    Category,
    ConsentKind,
    Ending,
    Purpose,
    RecipientKind,
    Signer,
    Statement,
)
from alongside.practice.consents.tongues import ENGLISH


@dataclass(frozen=True)
class RecipientFacts:
    """``participants`` are, of an intermediary, those who may receive through it. A
    ``covered`` recipient is a health plan or provider under HIPAA, who may pass on what it got for
    treatment, payment and operations."""

    kind: RecipientKind = RecipientKind.PERSON
    name: str = ""
    organization: str = ""
    participants: str = ""
    covered: bool = False
    revoked_on: date | None = None


@dataclass(frozen=True)
class ConsentFacts:
    """What is not known is empty. ``version`` names the dated rules it was written under;
    ``answer`` is what was said to the question whether the kind fits; ``firm`` means that it was
    agreed not to be taken back before its end, which one kind alone allows. ``language`` is that of
    its text. ``statements`` are those that the form shows. ``event_on`` is the day on which the
    event of its ending happened."""

    kind: ConsentKind
    version: str
    participant: str = ""
    discloser: str = ""
    categories: frozenset[Category] = frozenset()
    information: str = ""
    recipients: tuple[RecipientFacts, ...] = ()
    purpose: Purpose | None = None
    purpose_words: str = ""
    answer: str = ""
    firm: bool = False
    language: str = ENGLISH
    ends: Ending | None = None
    ends_on: date | None = None
    ends_event: str = ""
    event_on: date | None = None
    statements: frozenset[Statement] = frozenset()
    signer: Signer = Signer.PARTICIPANT
    signer_name: str = ""
    signer_relationship: str = ""
    signed_on: date | None = None
    revoked_on: date | None = None
    mistaken: bool = False
