"""The tools of peer support as worksheets: defined as data, read and answered by pure functions."""

from alongside.practice.worksheets.answers import (
    Answers,
    Line,
    Part,
    flat,
    name_of,
    parts,
    problems,
    read_typed,
    words_lost,
)
from alongside.practice.worksheets.building import PART, Row, Sketch, build, sketch, write
from alongside.practice.worksheets.definition import (
    Column,
    Definition,
    Field,
    FieldType,
    Owner,
    Section,
    Voice,
)
from alongside.practice.worksheets.library import mistakes, texts, tool, tool_at, tools
from alongside.practice.worksheets.reader import BrokenDefinition, read

__all__ = [
    "PART",
    "Answers",
    "BrokenDefinition",
    "Column",
    "Definition",
    "Field",
    "FieldType",
    "Line",
    "Owner",
    "Part",
    "Row",
    "Section",
    "Sketch",
    "Voice",
    "build",
    "flat",
    "mistakes",
    "name_of",
    "parts",
    "problems",
    "read",
    "read_typed",
    "sketch",
    "texts",
    "tool",
    "tool_at",
    "tools",
    "words_lost",
    "write",
]
