"""Why a part of a note is kept apart from the participant's own pages, and whether they are told.

The reasons are rows of ``catalogs/kept_reasons.toml``; the mark ``told`` says that the participant
reads that a part is kept apart. Without it nothing shows: there the telling itself could do harm.
"""

from enum import StrEnum


class KeptReason(StrEnum):
    """Why something stays off the participant's pages (PEER-8). A privacy officer looks at each."""

    ABOUT_ANOTHER = "about_another"
    SAFETY = "safety"
    LAW = "law"
