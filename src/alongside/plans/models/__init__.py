from alongside.plans.models.content import PlanPart, PlanPartChange
from alongside.plans.models.plans import (
    CoreWords,
    Goal,
    GoalChange,
    Plan,
    PlanVersion,
    SigningStep,
)
from alongside.plans.models.requirements import (
    Requirement,
    RequirementChange,
    RequirementEvidence,
    RequirementPerson,
    RequirementQuestion,
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
    "PlanPart",
    "PlanPartChange",
    "PlanVersion",
    "PrivateKey",
    "PrivateWorksheet",
    "Requirement",
    "RequirementChange",
    "RequirementEvidence",
    "RequirementPerson",
    "RequirementQuestion",
    "SigningStep",
    "Worksheet",
    "WorksheetDraft",
    "WorksheetVersion",
]
