"""Two people who both take part and mean something to each other (MPR-3). Each is supported in
their own right; nothing on one record speaks of the other until both said yes. Pure."""

from collections.abc import Mapping
from uuid import UUID

from alongside.consents.codes import LinkStatus
from alongside.core.refusal import Refusal
from alongside.core.words import gettext_noop as _

LINK_MOVES: Mapping[LinkStatus, frozenset[LinkStatus]] = {
    LinkStatus.PROPOSED: frozenset({LinkStatus.LINKED, LinkStatus.TAKEN_BACK}),
    LinkStatus.LINKED: frozenset({LinkStatus.TAKEN_BACK}),
    LinkStatus.TAKEN_BACK: frozenset(),
}
TEXT = _(
    "I take part here in my own right. {other} may see on their record that I take part too, and "
    "what we are to each other. Nothing else of mine is told by this. I can take it back at any "
    "time, and then it shows nowhere."
)
LONGEST = 80
OVER = Refusal("taken-back", _("This link was taken back. Propose it anew if both want it."))


def link_text(other_name: str) -> str:
    """What a person signs, word for word; ``other_name`` is whose record it will show on."""
    return TEXT.format(other=other_name)


def why_not_propose(one: UUID, other: UUID) -> Refusal | None:
    if one == other:
        return Refusal("same-person", _("Choose someone else: this is the same person."))
    return None


def why_not_say_yes(status: LinkStatus, name: str, other_is: str) -> Refusal | None:
    if status is LinkStatus.TAKEN_BACK:
        return OVER
    if not other_is.strip():
        return Refusal(
            "no-words",
            _("Say what the other one is to them, such as “my mother”."),
            field="other_is",
        )
    if not name.strip():
        return Refusal("no-name", _("They say yes by writing their name."), field="name")
    return None
