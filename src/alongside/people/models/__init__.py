from alongside.people.models.emergencies import EmergencyNotice, EmergencyOpening, EmergencyWord
from alongside.people.models.people import (
    CareTeamMember,
    FormDraft,
    Identifier,
    Participant,
    ParticipantChange,
    SamePersonProposal,
)

__all__ = [
    "CareTeamMember",
    "EmergencyNotice",
    "EmergencyOpening",
    "EmergencyWord",
    "FormDraft",
    "Identifier",
    "Participant",
    "ParticipantChange",
    "SamePersonProposal",
]
