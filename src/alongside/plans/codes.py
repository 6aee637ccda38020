from enum import StrEnum


class GoalStatus(StrEnum):
    OPEN = "open"
    REACHED = "reached"
    SET_ASIDE = "set-aside"


class PlanStatus(StrEnum):
    """Of one version: a draft is worked on, then offered to be signed by both; one is in force, the
    others are history."""

    DRAFT = "draft"
    OFFERED = "offered"
    IN_FORCE = "in-force"
    REPLACED = "replaced"


OPEN_VERSION = frozenset({PlanStatus.DRAFT, PlanStatus.OFFERED})


class Side(StrEnum):
    """Whose voice, and whose signature: a plan has two, side by side (PEER-8)."""

    PARTICIPANT = "participant"
    SUPPORTER = "supporter"


class SigningKind(StrEnum):
    """What was done on the way to a signed version. Each leaves a row."""

    PREPARED = "prepared"
    OFFERED = "offered"
    SIGNED = "signed"
    ANSWERED = "answered"
    TAKEN_BACK = "taken-back"


class GoalChangeKind(StrEnum):
    """What happened to a goal. Each leaves a row that says what stood there before."""

    BEGUN = "begun"
    REWORDED = "reworded"
    REACHED = "reached"
    SET_ASIDE = "set-aside"
    REOPENED = "reopened"
    TAKEN_BACK = "taken-back"
    BROUGHT_BACK = "brought-back"


class FilledIn(StrEnum):
    """How a worksheet came to be: side by side, or written down by the supporter alone."""

    TOGETHER = "together"
    ALONE = "alone"


class PartKind(StrEnum):
    """What a plan holds beside its goals."""

    STRENGTH = "strength"
    VALUE = "value"
    OBJECTIVE = "objective"
    STEP = "step"
    SUPPORT = "support"
    OBSTACLE = "obstacle"
    TRY = "try"
    QUESTION = "question"


class PartStatus(StrEnum):
    """``DONE`` is said in the word of its kind: an obstacle is out of the way, a question asked."""

    OPEN = "open"
    DONE = "done"
    SET_ASIDE = "set-aside"


class PartChangeKind(StrEnum):
    """What happened to a part of the plan. Each leaves a row that says what stood there before."""

    ADDED = "added"
    REWORDED = "reworded"
    DONE = "done"
    SET_ASIDE = "set-aside"
    REOPENED = "reopened"
    TAKEN_BACK = "taken-back"
    BROUGHT_BACK = "brought-back"


class WhoDoes(StrEnum):
    """Who takes a step, or tried something."""

    PARTICIPANT = "participant"
    SUPPORTER = "supporter"
    SOMEONE = "someone"


class ObstacleKind(StrEnum):
    """Where an obstacle stands: in the person, or around them (PSP-2)."""

    PERSONAL = "personal"
    ENVIRONMENTAL = "environmental"


class RequirementState(StrEnum):
    """How far something is that was asked of the participant (PSP-7)."""

    AHEAD = "ahead"
    UNDER_WAY = "under-way"
    HANDED_IN = "handed-in"
    ACCEPTED = "accepted"
    NOT_ASKED = "not-asked"


class Rhythm(StrEnum):
    """How often something is asked."""

    ONCE = "once"
    WEEK = "week"
    MONTH = "month"


class RequirementChangeKind(StrEnum):
    """What happened to a requirement. Each leaves a row that says what stood there before."""

    BEGUN = "begun"
    CORRECTED = "corrected"
    MOVED = "moved"
    EVIDENCE = "evidence"
    EVIDENCE_BACK = "evidence-back"
    TAKEN_BACK = "taken-back"
    PUT_BACK = "put-back"
