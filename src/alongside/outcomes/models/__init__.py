from alongside.outcomes.models.milestones import (
    Milestone,
    MilestoneChange,
    ReturnChange,
    ReturnToUse,
)

__all__ = [
    "Milestone",
    "MilestoneChange",
    "ReturnChange",
    "ReturnToUse",
]
