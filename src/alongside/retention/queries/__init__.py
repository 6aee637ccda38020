"""Reading holds, disposals and requests, viewer first."""

from alongside.retention.queries.keeping import (
    disposals_visible_to,
    hold_of,
    holds_visible_to,
    page_of,
)
from alongside.retention.queries.requests import (
    ending_of,
    facts_of_request,
    held_back,
    newest_changes,
    requests_of,
    requests_visible_to,
    statements_of,
)
from alongside.retention.queries.standing import (
    counts_of,
    due_records,
    keep_still,
    keeping_longer,
    law_of,
    people_kept,
    standing_of,
)

__all__ = [
    "counts_of",
    "disposals_visible_to",
    "due_records",
    "ending_of",
    "facts_of_request",
    "held_back",
    "hold_of",
    "holds_visible_to",
    "keep_still",
    "keeping_longer",
    "law_of",
    "newest_changes",
    "page_of",
    "people_kept",
    "requests_of",
    "requests_visible_to",
    "standing_of",
    "statements_of",
]
