"""Whether two records can become one by moving what hangs on the other. Pure."""

from dataclasses import dataclass

from alongside.core.refusal import STALE, Refusal
from alongside.core.words import gettext_noop as _

# Facts the kept record learns from the other where it knows nothing itself.
FILLED = ("born_on", "phone", "phone_note", "county", "language", "pronouns", "reach_by")


@dataclass(frozen=True)
class MergeFacts:
    """``stands``: neither taken back nor the same as another one already.
    ``walks``: there is or was a time of support, or someone was proposed to them."""

    stands: bool
    walks: bool


def why_not_same(kept: MergeFacts, other: MergeFacts) -> Refusal | None:
    """The other record may hold requests and contacts, but no time of support of its own."""
    if not kept.stands or not other.stands:
        return STALE
    if other.walks and kept.walks:
        return Refusal(
            "both-walk",
            _("Both records have a supporter. End one of the two times of support first."),
        )
    if other.walks:
        return Refusal(
            "other-walks", _("The other record has the supporter. Keep that record instead.")
        )
    return None
