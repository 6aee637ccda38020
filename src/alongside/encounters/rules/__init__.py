"""When a note may be signed, corrected or withdrawn, and what its times may be. Pure."""

from alongside.encounters.rules.appointments import (
    APPOINTMENT_MOVES,
    why_not_move,
    why_not_plan,
    why_not_undo,
)
from alongside.encounters.rules.drafts import words_lost
from alongside.encounters.rules.notes import (
    NOTE_MOVES,
    NewNote,
    NoteFacts,
    faults,
    why_not_add_words,
    why_not_correct,
    why_not_sign,
    why_not_sign_brought_over,
    why_not_void,
    why_not_write,
)
from alongside.encounters.rules.times import (
    Times,
    WallTimes,
    default_times,
    times_on_wall,
    why_not_times,
)

__all__ = [
    "APPOINTMENT_MOVES",
    "NOTE_MOVES",
    "NewNote",
    "NoteFacts",
    "Times",
    "WallTimes",
    "default_times",
    "faults",
    "times_on_wall",
    "why_not_add_words",
    "why_not_correct",
    "why_not_move",
    "why_not_plan",
    "why_not_sign",
    "why_not_sign_brought_over",
    "why_not_times",
    "why_not_undo",
    "why_not_void",
    "why_not_write",
    "words_lost",
]
