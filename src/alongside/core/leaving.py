"""What a page hands out that one can carry away, and why that is right.

A test walks every view that answers with a file, a sheet, a PDF, a feed or a page to print
(``tests/architecture/test_leaving.py``): each says ``@leaves(...)`` with one of these reasons.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar


class Leaving(StrEnum):
    """The closed list. Whatever tells someone outside about a person goes through the gate."""

    GATE = "through the gate: kept as a disclosure, with its ground"
    INSIDE = "stays inside the agency, for those who may see it there"
    # To the person themselves, so no disclosure to others (42 CFR 2.23): what a colleague makes for
    # them has an event of its own in the log, and says at its foot that it is their copy.
    OWN_COPY = "belongs to the person's own copy"
    OWN_WORDS = "what the reader from outside wrote themselves"
    NOBODY = "holds nobody's record"


Page = TypeVar("Page", bound=Callable[..., Any])


def leaves(why: Leaving) -> Callable[[Page], Page]:
    """Say why what this view hands out may leave. Stands below ``@requires``."""

    def decorate(view: Page) -> Page:
        view.leaves = why  # type: ignore[attr-defined]
        return view

    return decorate
