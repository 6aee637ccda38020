from enum import StrEnum


class NoteStatus(StrEnum):
    """``brought-over`` came from an agency's old sheet: it counts, but nobody signed it here."""

    BROUGHT_OVER = "brought-over"
    SIGNED = "signed"
    AMENDED = "amended"
    ENTERED_IN_ERROR = "entered-in-error"


class EncounterKind(StrEnum):
    CONTACT = "contact"
    ATTEMPT = "attempt"


class AppointmentStatus(StrEnum):
    PLANNED = "planned"
    MET = "met"
    MISSED = "missed"
    CANCELLED = "cancelled"


class HintAnswerKind(StrEnum):
    """What a writer made of a hint. It puts the hint away for that note, until taken back."""

    NOT_HELPFUL = "not-helpful"
    KEPT = "kept"
    TAKEN_BACK = "taken-back"


class QuestionStatus(StrEnum):
    """A question to the array lead. ``answered`` is a precedent; ``withdrawn`` is one no more;
    ``taken-back`` by the asker before an answer came."""

    OPEN = "open"
    ANSWERED = "answered"
    TAKEN_BACK = "taken-back"
    WITHDRAWN = "withdrawn"


class HandOffStatus(StrEnum):
    """``waiting`` until someone who looks after the supporter answers; ``seen`` and kept open with
    them; ``followed-up`` when nothing is open any more."""

    WAITING = "waiting"
    SEEN = "seen"
    FOLLOWED_UP = "followed-up"
    TAKEN_BACK = "taken-back"


class NoteQuestionStatus(StrEnum):
    """A supervisor's question on a note. ``closed``: talked over, answered or not."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class UpdateStatus(StrEnum):
    """An update for court or county. What was sent stays as it is; a newer one corrects it."""

    DRAFT = "draft"
    SENT = "sent"
    PUT_AWAY = "put-away"


class UpdatePart(StrEnum):
    """What an update is made of, in the order in which it is read."""

    CORRECTS = "corrects"
    SUPPORT = "support"
    ALONG = "along"
    ASKED = "asked"
    DAYS = "days"
    WORDS = "words"
    ADDED = "added"


class ReferrerQuestionStatus(StrEnum):
    """A question of a referrer about someone they referred. ``seen`` by a colleague, who will look
    after it; ``closed`` when both are done."""

    OPEN = "open"
    SEEN = "seen"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class AnswerKind(StrEnum):
    """``cannot-say`` confirms nothing: it is the same whether there is something to say or not."""

    TOLD = "told"
    CANNOT_SAY = "cannot-say"


class KeptStatus(StrEnum):
    """A part of a note that is kept apart. ``opened`` is there for the participant to read;
    ``withdrawn`` was taken back by its writer and is nowhere but in its history."""

    WAITING = "waiting"
    ASKED = "asked"
    AGREED = "agreed"
    OPENED = "opened"
    WITHDRAWN = "withdrawn"


class KeptStepKind(StrEnum):
    """What happened to it, and what was said."""

    WRITTEN = "written"
    CHANGED = "changed"
    ASKED = "asked"
    ANSWERED = "answered"
    AGREED = "agreed"
    OPENED = "opened"
    BACK = "back"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"


class Wish(StrEnum):
    """What a participant says about a time that was planned with them."""

    CANNOT_COME = "cannot-come"
    OTHER_TIME = "other-time"
