"""Opening a record that is not one's own to read, because someone is in danger. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.core.refusal import Refusal
from alongside.core.words import gettext_noop as _
from alongside.people.codes import OpeningReview

R = OpeningReview
OPENING_MOVES: Mapping[OpeningReview, frozenset[OpeningReview]] = {
    R.WAITING: frozenset({R.ASKED, R.RIGHT, R.NOT_RIGHT}),
    R.ASKED: frozenset({R.ANSWERED, R.RIGHT, R.NOT_RIGHT}),
    R.ANSWERED: frozenset({R.ASKED, R.RIGHT, R.NOT_RIGHT}),
    # What was decided may be looked at once more; both decisions stay readable.
    R.RIGHT: frozenset({R.ASKED, R.NOT_RIGHT}),
    R.NOT_RIGHT: frozenset({R.ASKED, R.RIGHT}),
}
OPEN = (R.WAITING, R.ASKED, R.ANSWERED)
LASTS = timedelta(hours=2)
SHORTEST, LONGEST = 10, 2_000  # characters of a reason


@dataclass(frozen=True)
class OpeningFacts:
    opened_by: UUID
    review: OpeningReview
    opened_at: datetime
    ends_at: datetime
    ended_at: datetime | None = None


def runs(facts: OpeningFacts, at: datetime) -> bool:
    """Whether it gives sight at that moment."""
    return facts.ended_at is None and facts.opened_at <= at < facts.ends_at


def why_not_look_for(by: Actor) -> Refusal | None:
    if not by.may(Permission.GLASS_BREAK):
        return Refusal("not-yours", _("Your role opens no record in an emergency."))
    return None


def why_not_open(reason: str, by: Actor, *, in_sight: bool) -> Refusal | None:
    if in_sight:
        return Refusal(
            "in-sight", _("You see this person already. You find them under People."), field="name"
        )
    if len(reason.strip()) < SHORTEST:
        return Refusal(
            "no-reason",
            _("Say in a few words what is happening. One sentence is enough."),
            field="reason",
        )
    if len(reason) > LONGEST:
        return Refusal(
            "too-long", _("This is too long. A few sentences are enough."), field="reason"
        )
    return why_not_look_for(by)


def why_not_end(facts: OpeningFacts, by: Actor, *, at: datetime) -> Refusal | None:
    if facts.opened_by != by.id and not by.may(Permission.PRIVACY_MANAGE):
        return Refusal("not-yours", _("Whoever opened it ends it, or the privacy officer."))
    if not runs(facts, at):
        return Refusal("over", _("It has ended already."))
    return None


def why_not_review(facts: OpeningFacts, to: OpeningReview, words: str, by: Actor) -> Refusal | None:
    if not by.may(Permission.PRIVACY_MANAGE):
        return Refusal("not-yours", _("The privacy officer decides about this."))
    if facts.opened_by == by.id:
        return Refusal("own", _("You opened it yourself. Another privacy officer looks at it."))
    if to is R.ANSWERED or to not in OPENING_MOVES[facts.review]:
        return Refusal("moved-on", _("This was decided meanwhile. Look at it once more."))
    return _why_not_words(words)


def why_not_answer(facts: OpeningFacts, words: str, by: Actor) -> Refusal | None:
    if facts.opened_by != by.id:
        return Refusal("not-yours", _("Whoever opened the record answers this."))
    if facts.review is not R.ASKED:
        return Refusal("not-asked", _("Nothing is asked here now."))
    return _why_not_words(words)


def _why_not_words(words: str) -> Refusal | None:
    if not words.strip():
        return Refusal(
            "no-words", _("Write a few words, so that others understand."), field="words"
        )
    if len(words) > LONGEST:
        return Refusal(
            "too-long", _("This is too long. A few sentences are enough."), field="words"
        )
    return None


def keys_of(key: str) -> tuple[str, ...]:
    """A name as typed and with its last name put first or last, for an exact look:
    ``"rivera gia"`` → ``("rivera gia", "gia rivera")``."""
    words = key.split()
    turned = [
        " ".join(words),
        " ".join([*words[1:], *words[:1]]),
        " ".join([*words[-1:], *words[:-1]]),
    ]
    return tuple(dict.fromkeys(one for one in turned if one))
