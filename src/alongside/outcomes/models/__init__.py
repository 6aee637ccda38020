from alongside.outcomes.models.instruments import (
    CheckIn,
    CheckInRhythm,
    CheckInVersion,
    Instrument,
    InstrumentVersion,
)
from alongside.outcomes.models.milestones import (
    Milestone,
    MilestoneChange,
    ReturnChange,
    ReturnToUse,
)

__all__ = [
    "CheckIn",
    "CheckInRhythm",
    "CheckInVersion",
    "Instrument",
    "InstrumentVersion",
    "Milestone",
    "MilestoneChange",
    "ReturnChange",
    "ReturnToUse",
]
