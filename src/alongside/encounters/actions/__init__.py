"""Every write of encounters, drafts and appointments: each one sentence in the log."""

from alongside.encounters.actions.appointments import (
    cancel_appointment,
    change_appointment,
    miss_appointment,
    plan_again,
    plan_appointment,
)
from alongside.encounters.actions.corrections import correct_note, sign_brought_over, void_note
from alongside.encounters.actions.drafts import Kept, drop_draft, restore_draft, save_draft
from alongside.encounters.actions.hints import answer_hint
from alongside.encounters.actions.note_questions import (
    answer_note_question,
    ask_on,
    ask_on_note,
    close_note_question,
    reopen_note_question,
    withdraw_note_question,
)
from alongside.encounters.actions.notes import log_attempt, sign_note
from alongside.encounters.actions.questions import (
    NewQuestion,
    answer_question,
    ask_again,
    ask_array_lead,
    bring_answer_back,
    put_answer_away,
    restore_precedent,
    take_back_question,
    withdraw_precedent,
)
from alongside.encounters.actions.readings import (
    correct_affirmation,
    give_affirmation,
    read_note,
    restore_affirmation,
    see_affirmation,
    take_back_affirmation,
    unread_note,
)
from alongside.encounters.actions.taking_over import take_over_answer, use_precedent
from alongside.encounters.actions.words import add_words

__all__ = [
    "Kept",
    "NewQuestion",
    "add_words",
    "answer_hint",
    "answer_note_question",
    "answer_question",
    "ask_again",
    "ask_array_lead",
    "ask_on",
    "ask_on_note",
    "bring_answer_back",
    "cancel_appointment",
    "change_appointment",
    "close_note_question",
    "correct_affirmation",
    "correct_note",
    "drop_draft",
    "give_affirmation",
    "log_attempt",
    "miss_appointment",
    "plan_again",
    "plan_appointment",
    "put_answer_away",
    "read_note",
    "reopen_note_question",
    "restore_affirmation",
    "restore_draft",
    "restore_precedent",
    "save_draft",
    "see_affirmation",
    "sign_brought_over",
    "sign_note",
    "take_back_affirmation",
    "take_back_question",
    "take_over_answer",
    "unread_note",
    "use_precedent",
    "void_note",
    "withdraw_note_question",
    "withdraw_precedent",
]
