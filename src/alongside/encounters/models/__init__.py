from alongside.encounters.models.appointments import Appointment
from alongside.encounters.models.hand_offs import (
    HandOff,
    HandOffAnswer,
    HandOffDraft,
    HandOffVersion,
)
from alongside.encounters.models.kept import KeptApart, KeptStep
from alongside.encounters.models.notes import (
    AddedWords,
    AddedWordsVersion,
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
    "AddedWordsVersion",
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
    "KeptApart",
    "KeptStep",
    "NoteDraft",
    "NoteQuestion",
    "NoteReading",
    "NoteVersion",
    "QuestionTurn",
    "ReferrerAnswer",
    "ReferrerQuestion",
    "Update",
]
