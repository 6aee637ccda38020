from alongside.plans.models.plans import (
    CoreWords,
    Goal,
    GoalChange,
    Plan,
    PlanVersion,
    SigningStep,
)
from alongside.plans.models.worksheets import (
    AgencyTool,
    AgencyToolVersion,
    PrivateKey,
    PrivateWorksheet,
    Worksheet,
    WorksheetDraft,
    WorksheetVersion,
)

__all__ = [
    "AgencyTool",
    "AgencyToolVersion",
    "CoreWords",
    "Goal",
    "GoalChange",
    "Plan",
    "PlanVersion",
    "PrivateKey",
    "PrivateWorksheet",
    "SigningStep",
    "Worksheet",
    "WorksheetDraft",
    "WorksheetVersion",
]
