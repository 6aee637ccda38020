from enum import StrEnum


class ConsentStatus(StrEnum):
    """Whether it holds on a day follows from this and from its dates: see ``why_not_rely``."""

    DRAFT = "draft"
    PUT_AWAY = "put-away"
    SIGNED = "signed"
    ENDED = "ended"
    REVOKED = "revoked"
    MISTAKEN = "mistaken"


class ConsentStepKind(StrEnum):
    """What happened to a signed consent and may be taken back: its ending, and that it was a
    mistake. That it was revoked stands on the consent itself, for good."""

    ENDED = "ended"
    NOT_ENDED = "not-ended"
    MISTAKEN = "mistaken"
    NOT_MISTAKEN = "not-mistaken"


class SignedHow(StrEnum):
    """On this screen; on our form, printed; on a form that somebody else made."""

    SCREEN = "screen"
    PAPER = "paper"
    ELSEWHERE = "elsewhere"


class RevokedHow(StrEnum):
    WRITTEN = "written"
    ALOUD = "aloud"


class LinkStatus(StrEnum):
    """Of a link between two people who both take part: it shows nowhere until both said yes."""

    PROPOSED = "proposed"
    LINKED = "linked"
    TAKEN_BACK = "taken-back"
