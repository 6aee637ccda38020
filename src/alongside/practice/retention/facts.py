"""What a rule of keeping is, and what a participant may ask of the record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from alongside.core.words import gettext_noop as _


class Kept(StrEnum):
    """A kind of row that some rule keeps. ``audit`` is never disposed of here."""

    RECORD = "record"
    CONSENT = "consent"
    DISCLOSURE = "disclosure"
    REQUEST = "request"
    AUDIT = "audit"


class Since(StrEnum):
    """What years are counted from: the last day on which it happened."""

    LAST_CONTACT = "last_contact"
    SUPPORT_ENDED = "support_ended"
    CONSENT_SIGNED = "consent_signed"
    CONSENT_ENDED = "consent_ended"
    DISCLOSED = "disclosed"
    ANSWERED = "answered"
    HAPPENED = "happened"


class Asked(StrEnum):
    """What a participant may ask of their record."""

    SEE = "see"
    COPY = "copy"
    CORRECT = "correct"
    RESTRICT = "restrict"


SINCE_WORDS: Mapping[Since, str] = {
    Since.LAST_CONTACT: _("the last time together, or the last thing written down"),
    Since.SUPPORT_ENDED: _("the day the support ended"),
    Since.CONSENT_SIGNED: _("the day of the last signature"),
    Since.CONSENT_ENDED: _("the day the last consent ended"),
    Since.DISCLOSED: _("the last day something was told to others"),
    Since.ANSWERED: _("the day the last request was answered"),
    Since.HAPPENED: _("the day it happened"),
}
KEPT_WORDS: Mapping[Kept, str] = {
    Kept.RECORD: _("The record of support"),
    Kept.CONSENT: _("Consents"),
    Kept.DISCLOSURE: _("What was told to others"),
    Kept.REQUEST: _("Requests and answers"),
    Kept.AUDIT: _("Audit log"),
}


@dataclass(frozen=True)
class Rule:
    """One rule of one version. ``youngest``: how old someone without a known birth date is taken
    to be when the record began."""

    key: str
    begins: date
    covers: Kept
    years: int
    since: tuple[Since, ...]
    name: str
    says: str
    source: str
    mark: str
    minor_until: int = 0
    youngest: int = 0


@dataclass(frozen=True)
class TimeToAnswer:
    """``days`` until a request is answered; ``longer`` more days, once, with a reason."""

    asked: Asked
    begins: date
    days: int
    longer: int
    source: str
    mark: str
