"""How long a record is kept, and when it may go. Rules are dated data of the law
(``jurisdictions/retention``); an agency may keep longer, never shorter. Pure.
"""

from alongside.practice.retention.facts import (
    KEPT_WORDS,
    SINCE_WORDS,
    Asked,
    Kept,
    Rule,
    Since,
    TimeToAnswer,
)
from alongside.practice.retention.keeping import (
    Reason,
    RecordFacts,
    Standing,
    after_years,
    answer_by,
    least_for,
    least_years,
    standing,
)
from alongside.practice.retention.reading import mistakes, rules_on, time_for

__all__ = [
    "KEPT_WORDS",
    "SINCE_WORDS",
    "Asked",
    "Kept",
    "Reason",
    "RecordFacts",
    "Rule",
    "Since",
    "Standing",
    "TimeToAnswer",
    "after_years",
    "answer_by",
    "least_for",
    "least_years",
    "mistakes",
    "rules_on",
    "standing",
    "time_for",
]
