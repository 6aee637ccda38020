from alongside.workforce.models.growth import (
    AgendaLine,
    CompetencyView,
    Learning,
    SignOff,
    Supervision,
)
from alongside.workforce.models.supporters import Credential, SharedExperience, Supporter

__all__ = [
    "AgendaLine",
    "CompetencyView",
    "Credential",
    "Learning",
    "SharedExperience",
    "SignOff",
    "Supervision",
    "Supporter",
]
