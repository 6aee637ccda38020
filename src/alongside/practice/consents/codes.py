"""The words of consent as codes. What people read stands in ``jurisdictions/part_2.toml`` and in
``catalogs/consent_*.toml``."""

from enum import StrEnum


class ConsentKind(StrEnum):
    """One consent is of one kind. What may never be combined can so never be."""

    GENERAL = "general"
    TPO = "tpo"
    PROCEEDINGS = "proceedings"
    CRIMINAL_JUSTICE = "criminal_justice"
    COUNSELING_NOTES = "counseling_notes"


# What is relied on only where it is asked for by its name: never as a part of something else.
APART = frozenset({ConsentKind.PROCEEDINGS, ConsentKind.COUNSELING_NOTES})
ORDINARY = frozenset(ConsentKind) - APART


class Category(StrEnum):
    """What may be told, from the least to everything."""

    RECEIVED = "received"
    FIRST_CONTACT = "first_contact"
    MATCHED = "matched"
    ONGOING = "ongoing"
    ATTENDANCE = "attendance"
    REQUIRED = "required"
    WORDS = "words"
    GOALS = "goals"
    REACH = "reach"
    LINKAGES = "linkages"
    NOTES = "notes"
    WHOLE_RECORD = "whole_record"
    COUNSELING_NOTES = "counseling_notes"


class Purpose(StrEnum):
    AT_MY_REQUEST = "at_my_request"
    WORK_TOGETHER = "work_together"
    COURT_OR_COUNTY = "court_or_county"
    TREATMENT = "treatment"
    PAYMENT = "payment"
    TPO = "tpo"
    MONITORING = "monitoring"
    PROCEEDINGS = "proceedings"
    OTHER = "other"


class RecipientKind(StrEnum):
    PERSON = "person"
    CLASS = "class"
    INTERMEDIARY = "intermediary"


class Ending(StrEnum):
    DATE = "date"
    EVENT = "event"
    NONE = "none"


class Signer(StrEnum):
    PARTICIPANT = "participant"
    AUTHORIZED = "authorized"


class Element(StrEnum):
    """What a written consent must hold, in the order of the rule."""

    PARTICIPANT = "participant"
    DISCLOSER = "discloser"
    INFORMATION = "information"
    RECIPIENT = "recipient"
    PURPOSE = "purpose"
    REVOCATION = "revocation"
    END = "end"
    SIGNATURE = "signature"
    SIGNED_ON = "signed_on"
    REDISCLOSURE = "redisclosure"
    REFUSAL = "refusal"
    FITS = "fits"


class Statement(StrEnum):
    """What a form tells the person who signs."""

    REVOCATION = "revocation"
    FIRM = "firm"
    REDISCLOSURE = "redisclosure"
    REFUSAL = "refusal"
    PROCEEDINGS = "proceedings"
    COUNSELING = "counseling"
    COPY = "copy"
    MONEY = "money"
    FREE = "free"
