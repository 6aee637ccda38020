"""Instruments: questions that a participant answers about their life, scored by plain rules."""

from alongside.practice.instruments.answers import (
    Answer,
    Answers,
    WrongAnswer,
    number,
    plain,
    problems,
    shown,
)
from alongside.practice.instruments.answers import read as read_answer
from alongside.practice.instruments.definition import (
    Band,
    BrokenInstrument,
    Group,
    Instrument,
    Item,
    Kind,
    Level,
    Method,
    Option,
    ScoreRule,
)
from alongside.practice.instruments.library import (
    CHECK_IN,
    instrument,
    mistakes,
    shipped,
    texts,
)
from alongside.practice.instruments.scoring import Score, Step, scores

__all__ = [
    "CHECK_IN",
    "Answer",
    "Answers",
    "Band",
    "BrokenInstrument",
    "Group",
    "Instrument",
    "Item",
    "Kind",
    "Level",
    "Method",
    "Option",
    "Score",
    "ScoreRule",
    "Step",
    "WrongAnswer",
    "instrument",
    "mistakes",
    "number",
    "plain",
    "problems",
    "read_answer",
    "scores",
    "shipped",
    "shown",
    "texts",
]
