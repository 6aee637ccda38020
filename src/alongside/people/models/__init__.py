from alongside.people.models.doors import ContactWish, OwnLink
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
    "ContactWish",
    "EmergencyNotice",
    "EmergencyOpening",
    "EmergencyWord",
    "FormDraft",
    "Identifier",
    "OwnLink",
    "Participant",
    "ParticipantChange",
    "SamePersonProposal",
]
