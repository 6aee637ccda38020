from alongside.encounters.models.appointments import Appointment
from alongside.encounters.models.notes import (
    AddedWords,
    Encounter,
    EncounterGoal,
    HintAnswer,
    NoteDraft,
    NoteVersion,
)

__all__ = [
    "AddedWords",
    "Appointment",
    "Encounter",
    "EncounterGoal",
    "HintAnswer",
    "NoteDraft",
    "NoteVersion",
]
