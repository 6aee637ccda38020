from enum import StrEnum


class RequestStatus(StrEnum):
    """What a participant asked of their record. ``withdrawn``: they want it no more."""

    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class StepKind(StrEnum):
    """What was said to a request. ``longer``: more time, with the reason; ``disagreed``: the
    participant's own words on an answer, which travel with the record."""

    ANSWERED = "answered"
    LONGER = "longer"
    DISAGREED = "disagreed"
    DISAGREEMENT_TAKEN_BACK = "disagreement-taken-back"
    WITHDRAWN = "withdrawn"
    OPENED_AGAIN = "opened-again"
    RESTRICTION_ENDED = "restriction-ended"


class Outcome(StrEnum):
    """How a request was answered; which fit is in ``rules.OUTCOMES``."""

    SHOWN = "shown"
    GIVEN = "given"
    CORRECTED = "corrected"
    KEPT_AS_IT_IS = "kept-as-it-is"
    AGREED = "agreed"
    NOT_AGREED = "not-agreed"


class AskedBy(StrEnum):
    """How a request reached us."""

    IN_PERSON = "in-person"
    PHONE = "phone"
    LETTER = "letter"
    EMAIL = "email"
    OWN_PAGES = "own-pages"


class DisposalStatus(StrEnum):
    """``proposed`` by one person, ``done`` by another; can be taken back before."""

    PROPOSED = "proposed"
    TAKEN_BACK = "taken-back"
    DONE = "done"
