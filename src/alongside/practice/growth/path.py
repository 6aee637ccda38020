"""The life of a certificate, step by step: training, exam, certified, education, renewal (PEER-1).

What is there, what is missing and by when, seen from one day. It says what follows from the dates
and nothing else; what nobody wrote down stays unknown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice.cadence import add_months
from alongside.practice.codes import CredentialKind
from alongside.practice.credentials import PEER_KINDS
from alongside.practice.growth.hours import Hours, Learned, between, hours_to_go, in_words
from alongside.practice.rules import Rules


class PathStep(StrEnum):
    TRAINING = "training"
    EXAM = "exam"
    CERTIFIED = "certified"
    EDUCATION = "education"
    RENEWAL = "renewal"


class StepState(StrEnum):
    """``OVER``: a day has passed. ``UNKNOWN``: nobody wrote it down, and nothing hangs on it."""

    DONE = "done"
    NEXT = "next"
    LATER = "later"
    OVER = "over"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class PathFacts:
    """One certificate or the way to one. ``hours_before`` was earned before Alongside; ``learned``
    is every continuing education entry of the supporter, of any day."""

    kind: CredentialKind
    in_training: bool = False
    training_hours: Decimal | None = None
    exam_on: date | None = None
    certified_on: date | None = None
    expires_on: date | None = None
    hours_before: Decimal | None = None
    learned: Sequence[Learned] = ()


@dataclass(frozen=True)
class Step:
    step: PathStep
    state: StepState
    say: Say
    by: date | None = None
    source: str = ""


class ReminderStep(StrEnum):
    """How near the last day is. The days are dated data."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    OVER = "over"


@dataclass(frozen=True)
class Reminder:
    """``days_left`` is 0 on the last day and below 0 once the certificate has lapsed."""

    step: ReminderStep
    days_left: int
    say: Say


_STATE, _SEED, _OWN = "wicps.org", "WI CPS", "PEER-1"


def path_of(facts: PathFacts, on: date, rules: Rules) -> tuple[Step, ...]:
    """The steps in order. Other kinds of credentials have only their dates."""
    if facts.kind not in PEER_KINDS:
        return (_certified(facts, on),)
    steps = [_training(facts, rules), _exam(facts, on, rules), _certified(facts, on)]
    education = education_of(facts, on, rules)
    if education is not None:
        steps += [_education(education, on), _renewal(facts, education, on)]
    return tuple(steps)


def missing(steps: Sequence[Step]) -> tuple[Step, ...]:
    """What is to be done, the nearest first."""
    return tuple(s for s in steps if s.state in (StepState.NEXT, StepState.OVER))


def is_near(step: Step, on: date, rules: Rules) -> bool:
    """Whether its last day is close enough to be in sight."""
    return step.by is not None and (step.by - on).days <= rules.remind_first_days


def education_of(facts: PathFacts, on: date, rules: Rules) -> Hours | None:
    """Continuing education inside the certificate's period; ``None`` while there is none."""
    if facts.in_training or facts.kind not in PEER_KINDS:
        return None
    if facts.certified_on is None and facts.expires_on is None:
        return None
    first, last = period_of(facts, rules)
    before = int((facts.hours_before or Decimal(0)) * 60)
    done = before + between(facts.learned, first, last)
    return hours_to_go(done, rules.education_hours * 60, last, on, _STATE)


def period_of(facts: PathFacts, rules: Rules) -> tuple[date | None, date | None]:
    """First and last day of the certificate's period; the first one is reckoned back from the last
    where only that is known."""
    first, last = facts.certified_on, facts.expires_on
    if first is None and last is not None:
        first = add_months(last, -12 * rules.certificate_years) + timedelta(days=1)
    return first, last


def reminder_on(expires_on: date, on: date, rules: Rules) -> Reminder | None:
    """Whether a certificate that ends on ``expires_on`` (its last day) should be in sight."""
    left = (expires_on - on).days
    if left > rules.remind_first_days:
        return None
    if left < 0:
        say = Say(_("Ran out on {until}. Since then it counts as lapsed."), {"until": expires_on})
        return Reminder(ReminderStep.OVER, left, say)
    step = ReminderStep.FIRST
    if left <= rules.remind_third_days:
        step = ReminderStep.THIRD
    elif left <= rules.remind_second_days:
        step = ReminderStep.SECOND
    return Reminder(step, left, _say_left(left, expires_on))


def _say_left(left: int, until: date) -> Say:
    if left == 0:
        return Say(_("Today is its last day."))
    if left == 1:
        return Say(_("One day left: it holds until {until}."), {"until": until})
    return Say(_("{left} days left: it holds until {until}."), {"left": left, "until": until})


def _training(facts: PathFacts, rules: Rules) -> Step:
    needed = rules.training_hours if facts.kind is CredentialKind.CPS else None
    done = facts.training_hours
    said = {"needed": needed, "done": "" if done is None else in_words(int(done * 60))}
    if not facts.in_training and (facts.certified_on or facts.expires_on):
        text = _("{done} hours of training") if done is not None else _("Done before certification")
        return Step(PathStep.TRAINING, StepState.DONE, Say(text, said), source=_SEED)
    if done is None:
        text = _("{needed} hours; none written down yet") if needed else _("Hours not written down")
    elif needed is None or done >= needed:
        text = _("{done} hours of training: done")
        return Step(PathStep.TRAINING, StepState.DONE, Say(text, said), source=_SEED)
    else:
        said["left"] = in_words(int((needed - done) * 60))
        text = _("{done} of {needed} hours; {left} to go")
    return Step(PathStep.TRAINING, StepState.NEXT, Say(text, said), source=_SEED)


def _exam(facts: PathFacts, on: date, rules: Rules) -> Step:
    if not facts.in_training and (facts.certified_on or facts.expires_on):
        text = _("Passed") if facts.exam_on is None else _("Passed; the exam was on {on}")
        return Step(PathStep.EXAM, StepState.DONE, Say(text, {"on": facts.exam_on}), source=_SEED)
    if facts.exam_on is None:
        training = _training(facts, rules).state
        state = StepState.NEXT if training is StepState.DONE else StepState.LATER
        say = Say(_("No day for the exam yet. Training without the exam is no certificate."))
        return Step(PathStep.EXAM, state, say, source=_SEED)
    said = {"on": facts.exam_on}
    if facts.exam_on >= on:
        say = Say(_("Planned for {on}"), said)
        return Step(PathStep.EXAM, StepState.NEXT, say, facts.exam_on, _SEED)
    say = Say(_("Was on {on}. Ask for the result and write the certificate down."), said)
    return Step(PathStep.EXAM, StepState.OVER, say, source=_SEED)


def _certified(facts: PathFacts, on: date) -> Step:
    begins, ends = facts.certified_on, facts.expires_on
    if facts.in_training or (begins is None and ends is None):
        peer = facts.kind in PEER_KINDS
        state = StepState.LATER if facts.in_training else StepState.UNKNOWN
        text = _("After the exam") if facts.in_training and peer else _("No dates yet")
        return Step(PathStep.CERTIFIED, state, Say(text), source=_OWN)
    if begins is not None and begins > on:
        return Step(PathStep.CERTIFIED, StepState.LATER, Say(_("From {on}"), {"on": begins}))
    if ends is not None and ends < on:
        say = Say(_("Ran out on {until}. Since then it counts as lapsed."), {"until": ends})
        return Step(PathStep.CERTIFIED, StepState.OVER, say, ends, _OWN)
    if ends is None:
        text, said = _("Since {on}; the last day is not known"), {"on": begins}
    else:
        text, said = _("Holds until {until}"), {"until": ends}
    return Step(PathStep.CERTIFIED, StepState.DONE, Say(text, said), ends, _OWN)


def _education(hours: Hours, on: date) -> Step:
    state = StepState.DONE if hours.enough else StepState.NEXT
    if not hours.enough and hours.by is not None and hours.by < on:
        state = StepState.OVER
    return Step(PathStep.EDUCATION, state, hours.say, hours.by, hours.source)


def _renewal(facts: PathFacts, education: Hours, on: date) -> Step:
    ends = facts.expires_on
    if ends is None:
        say = Say(_("Write down the last day; renewal hangs on it."))
        return Step(PathStep.RENEWAL, StepState.UNKNOWN, say, source=_STATE)
    if ends < on:
        say = Say(_("The last day was {until}. Ask the state how to come back."), {"until": ends})
        return Step(PathStep.RENEWAL, StepState.OVER, say, ends, _STATE)
    if education.enough:
        say = Say(_("The hours are all there. Renew by {until}."), {"until": ends})
        return Step(PathStep.RENEWAL, StepState.NEXT, say, ends, _STATE)
    say = Say(_("By {until}, once the hours are there"), {"until": ends})
    return Step(PathStep.RENEWAL, StepState.LATER, say, ends, _STATE)
