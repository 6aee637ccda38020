"""Measures for the program: what each figure means, and what must not be shown. Plain counts in."""

from alongside.practice.measures.cells import FLOOR, Cell, Sum, hidden
from alongside.practice.measures.quarters import Quarter, quarter_of, read_quarter
from alongside.practice.measures.spread import Spread, spread

__all__ = [
    "FLOOR",
    "Cell",
    "Quarter",
    "Spread",
    "Sum",
    "hidden",
    "quarter_of",
    "read_quarter",
    "spread",
]
