from enum import StrEnum


class GoalStatus(StrEnum):
    OPEN = "open"
    REACHED = "reached"
    SET_ASIDE = "set-aside"


class PlanStatus(StrEnum):
    """Of one version: a draft is worked on, one is in force, the others are history."""

    DRAFT = "draft"
    IN_FORCE = "in-force"
    REPLACED = "replaced"


class GoalChangeKind(StrEnum):
    """What happened to a goal. Each leaves a row that says what stood there before."""

    BEGUN = "begun"
    REWORDED = "reworded"
    REACHED = "reached"
    SET_ASIDE = "set-aside"
    REOPENED = "reopened"
    TAKEN_BACK = "taken-back"


class FilledIn(StrEnum):
    """How a worksheet came to be: side by side, or written down by the supporter alone."""

    TOGETHER = "together"
    ALONE = "alone"
