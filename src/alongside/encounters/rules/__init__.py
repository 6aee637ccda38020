"""When a note may be signed, corrected or withdrawn, what its times may be, and the life of a
question to the array lead. Pure."""

from alongside.encounters.rules.appointments import (
    APPOINTMENT_MOVES,
    why_not_move,
    why_not_plan,
    why_not_undo,
)
from alongside.encounters.rules.asking import words_to_ask
from alongside.encounters.rules.drafts import words_lost
from alongside.encounters.rules.likeness import LikeFacts, likeness, most_alike
from alongside.encounters.rules.notes import (
    NO_SERVICE,
    NOTE_MOVES,
    NewNote,
    NoteFacts,
    chose_otherwise,
    faults,
    why_not_add_words,
    why_not_correct,
    why_not_sign,
    why_not_sign_brought_over,
    why_not_void,
    why_not_write,
)
from alongside.encounters.rules.questions import (
    LONGEST_QUESTION,
    NOBODY_TO_ASK,
    QUESTION_MOVES,
    NewAnswer,
    QuestionFacts,
    array_of,
    why_not_answer,
    why_not_ask,
    why_not_ask_again,
    why_not_restore,
    why_not_take_back,
    why_not_take_over,
    why_not_withdraw,
)
from alongside.encounters.rules.refining import SHORT_QUESTIONS, ShortQuestion, known_answers
from alongside.encounters.rules.times import (
    Times,
    WallTimes,
    default_times,
    times_on_wall,
    why_not_times,
)

__all__ = [
    "APPOINTMENT_MOVES",
    "LONGEST_QUESTION",
    "NOBODY_TO_ASK",
    "NOTE_MOVES",
    "NO_SERVICE",
    "QUESTION_MOVES",
    "SHORT_QUESTIONS",
    "LikeFacts",
    "NewAnswer",
    "NewNote",
    "NoteFacts",
    "QuestionFacts",
    "ShortQuestion",
    "Times",
    "WallTimes",
    "array_of",
    "chose_otherwise",
    "default_times",
    "faults",
    "known_answers",
    "likeness",
    "most_alike",
    "times_on_wall",
    "why_not_add_words",
    "why_not_answer",
    "why_not_ask",
    "why_not_ask_again",
    "why_not_correct",
    "why_not_move",
    "why_not_plan",
    "why_not_restore",
    "why_not_sign",
    "why_not_sign_brought_over",
    "why_not_take_back",
    "why_not_take_over",
    "why_not_times",
    "why_not_undo",
    "why_not_void",
    "why_not_withdraw",
    "why_not_write",
    "words_lost",
    "words_to_ask",
]
