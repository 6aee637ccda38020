from alongside.encounters.models.appointments import Appointment
from alongside.encounters.models.hand_offs import (
    HandOff,
    HandOffAnswer,
    HandOffDraft,
    HandOffVersion,
)
from alongside.encounters.models.notes import (
    AddedWords,
    Encounter,
    EncounterGoal,
    HintAnswer,
    NoteDraft,
    NoteVersion,
)
from alongside.encounters.models.questions import ArrayAnswerVersion, ArrayQuestion
from alongside.encounters.models.readings import (
    Affirmation,
    AffirmationVersion,
    NoteQuestion,
    NoteReading,
    QuestionTurn,
)
from alongside.encounters.models.updates import ReferrerAnswer, ReferrerQuestion, Update

__all__ = [
    "AddedWords",
    "Affirmation",
    "AffirmationVersion",
    "Appointment",
    "ArrayAnswerVersion",
    "ArrayQuestion",
    "Encounter",
    "EncounterGoal",
    "HandOff",
    "HandOffAnswer",
    "HandOffDraft",
    "HandOffVersion",
    "HintAnswer",
    "NoteDraft",
    "NoteQuestion",
    "NoteReading",
    "NoteVersion",
    "QuestionTurn",
    "ReferrerAnswer",
    "ReferrerQuestion",
    "Update",
]
