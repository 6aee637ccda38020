"""The words of disclosure as codes. What people read stands in
``jurisdictions/part_2_disclosure.toml``."""

from enum import StrEnum

from alongside.core.words import gettext_noop as _


class Basis(StrEnum):
    """The ground on which something may be told."""

    CONSENT = "consent"
    PARTICIPANT = "participant"
    EMERGENCY = "emergency"
    MANDATED_REPORT = "mandated_report"
    CRIME = "crime"
    COURT_ORDER = "court_order"
    AUDIT = "audit"
    RESEARCH = "research"
    QSOA = "qsoa"
    OPERATIONS = "operations"


class Way(StrEnum):
    """How it left."""

    PORTAL = "portal"
    PDF = "pdf"
    PAPER = "paper"
    PHONE = "phone"
    IN_PERSON = "in_person"
    FAX = "fax"
    EMAIL = "email"
    EXPORT = "export"
    API = "api"
    FEED = "feed"


# Ways that a person may write down after the fact; the others are the program's own.
BY_HAND = (Way.PHONE, Way.IN_PERSON, Way.PAPER, Way.FAX, Way.EMAIL)
# The same look again on the same day is one line that counts, since the page is asked for again.
COUNTED = frozenset({Way.PORTAL, Way.API, Way.FEED})

WAY_WORDS: dict[Way, str] = {
    Way.PORTAL: _("a page for them"),
    Way.PDF: _("a PDF"),
    Way.PAPER: _("on paper"),
    Way.PHONE: _("said by phone"),
    Way.IN_PERSON: _("said in person"),
    Way.FAX: _("by fax"),
    Way.EMAIL: _("by e-mail"),
    Way.EXPORT: _("a file"),
    Way.API: _("from program to program"),
    Way.FEED: _("a calendar feed"),
}
