from enum import StrEnum


class GoalStatus(StrEnum):
    OPEN = "open"
    REACHED = "reached"
    SET_ASIDE = "set-aside"


class PlanStatus(StrEnum):
    """Of one version of a plan: a draft is worked on, one version is in force, others are history."""

    DRAFT = "draft"
    IN_FORCE = "in-force"
    REPLACED = "replaced"
