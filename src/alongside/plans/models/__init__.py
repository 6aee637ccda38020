from alongside.plans.models.plans import (
    CoreWords,
    Goal,
    GoalChange,
    Plan,
    PlanVersion,
)

__all__ = [
    "CoreWords",
    "Goal",
    "GoalChange",
    "Plan",
    "PlanVersion",
]
