"""Who keeps which part of a supporter's growth, and what an entry must say."""

from dataclasses import dataclass
from datetime import date

from alongside.core.refusal import Refusal
from alongside.core.words import gettext_noop as _
from alongside.practice.growth.codes import (
    COMPETENCIES,
    CompetencyWord,
    SupervisionKind,
    Whose,
)
from alongside.practice.growth.hours import QUARTER

MOST_LEARNED = 60 * 60  # minutes in one entry
SHORTEST, LONGEST = 5, 8 * 60  # minutes of one supervision
TOPIC_LENGTH, LINE_LENGTH = 200, 300


@dataclass(frozen=True)
class Relation:
    """What the viewer is to a supporter: themselves, their supervisor now, or who manages all."""

    mine: bool = False
    supervises: bool = False
    manages: bool = False

    @property
    def reads_words(self) -> bool:
        """Talks with a supervisor are between the two of them; others see that they took place."""
        return self.mine or self.supervises


@dataclass(frozen=True)
class NewLearning:
    """One training attended. ``minutes`` in quarter hours."""

    on: date
    topic: str
    minutes: int
    given_by: str = ""
    for_certificate: bool = False
    for_in_service: bool = False
    for_orientation: bool = False


@dataclass(frozen=True)
class NewSupervision:
    on: date
    minutes: int
    kind: SupervisionKind
    topics: str = ""


@dataclass(frozen=True)
class NewView:
    """How far along, in a word, and what shows it."""

    competency: str
    whose: Whose
    word: CompetencyWord
    words: str = ""


@dataclass(frozen=True)
class Beginning:
    """``experienced``: six months or more in such work before; ``None`` where nobody said."""

    began_on: date | None = None
    experienced: bool | None = None
    volunteer: bool = False


def why_not_keep_learning(
    relation: Relation, new: NewLearning, *, today: date, there_already: bool
) -> Refusal | None:
    """``there_already``: another entry of that day has the same topic."""
    if not (relation.mine or relation.supervises or relation.manages):
        return NOT_YOURS
    if not new.topic.strip():
        return Refusal("no-topic", _("Write what it was about."), field="topic")
    if refusal := _why_not_that_day(new.on, today):
        return refusal
    if not QUARTER <= new.minutes <= MOST_LEARNED or new.minutes % QUARTER:
        return Refusal(
            "quarter-hours",
            _("Write hours in quarters, like 1.5 or 0.75, and 60 at most."),
            field="hours",
        )
    if not (new.for_certificate or new.for_in_service or new.for_orientation):
        return Refusal("for-nothing", _("Choose what the hours count for."), field="counts_for")
    return COUNTED_ALREADY if there_already else None


def why_not_change_learning(relation: Relation) -> Refusal | None:
    if not (relation.mine or relation.supervises or relation.manages):
        return NOT_YOURS
    return None


def why_not_view(relation: Relation, new: NewView) -> Refusal | None:
    """Each sees with their own eyes: nobody writes the other's view."""
    if new.competency not in COMPETENCIES:
        return Refusal("unknown", _("Please choose one from the list."), field="word")
    may = relation.mine if new.whose is Whose.SELF else relation.supervises
    return None if may else NOT_YOURS


def why_not_sign_off(relation: Relation, *, looked: bool) -> Refusal | None:
    """``looked``: the supervisor's own view is there."""
    if not relation.supervises:
        return SUPERVISOR_ONLY
    if not looked:
        return Refusal("not-looked", _("Write your own view first, then sign it off."))
    return None


def why_not_supervise(relation: Relation) -> Refusal | None:
    return None if relation.supervises else SUPERVISOR_ONLY


def why_not_keep_supervision(
    relation: Relation, new: NewSupervision, *, today: date
) -> Refusal | None:
    if not relation.supervises:
        return SUPERVISOR_ONLY
    if refusal := _why_not_that_day(new.on, today):
        return refusal
    if not SHORTEST <= new.minutes <= LONGEST:
        return Refusal("minutes", _("Write minutes, from 5 to 480."), field="minutes")
    return None


def why_not_add_line(relation: Relation, words: str) -> Refusal | None:
    if not relation.reads_words:
        return NOT_YOURS
    if not words.strip():
        return Refusal("no-words", _("Write what to talk about."), field="words")
    return None


def why_not_tick(relation: Relation) -> Refusal | None:
    return None if relation.reads_words else NOT_YOURS


def why_not_set_beginning(relation: Relation, new: Beginning, *, today: date) -> Refusal | None:
    if not relation.manages:
        return NOT_YOURS
    if new.began_on is not None and new.began_on > today.replace(year=today.year + 1):
        return Refusal("far-ahead", _("This day is far ahead. Look again."), field="began_on")
    return None


def _why_not_that_day(on: date, today: date) -> Refusal | None:
    if on > today:
        return Refusal("not-yet", _("This day has not come yet."), field="on")
    return None


COUNTED_ALREADY = Refusal(
    "twice",
    _("This training is here already, on this day. It counts once. Or give it another name."),
    field="topic",
)
NOT_YOURS = Refusal("not-yours", _("Only the supporter and their supervisor keep this part."))
SUPERVISOR_ONLY = Refusal("supervisor-only", _("Only their supervisor keeps this part."))
