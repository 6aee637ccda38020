"""What the words alone tell: the model's reading of them, in reasons that a person can check."""

from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice.arrays.facts import Reason, Sure
from alongside.practice.arrays.finding import (
    IF_SIDE_BY_SIDE,
    Case,
    Finding,
    less_sure,
)
from alongside.practice.arrays.reading import Kind
from alongside.practice.arrays.ticked import WORK_SOURCE, why_side

# By how much the likeliest kind is ahead of the next. `make eval` prints how often each is right.
SURE_FROM = 0.8
LIKELY_FROM = 0.4


FEW_WORDS = 8


def by_words(case: Case) -> Finding:
    """Always a finding. How sure it is comes from the model's own doubt, and from whether there
    are words to show for it: a short note without any is for the array lead."""
    found = _read(case)
    if any("words" in reason.facts for reason in found.why):
        return found
    few = len(case.facts.words.split()) < FEW_WORDS
    return less_sure(found, Sure.ASK if few else Sure.LIKELY)


def _read(case: Case) -> Finding:
    kind, ahead = case.reading.best(opens=case.opens)
    sure = Sure.SURE if ahead >= SURE_FROM else Sure.LIKELY if ahead >= LIKELY_FROM else Sure.ASK
    if kind is Kind.NO_SERVICE:
        return Finding(kind, (_why_no_service(case),), sure, changes=(IF_TOGETHER,))
    if kind is Kind.RELATIONSHIP:
        why = Reason(_("because the help came from the relationship"), source="PEER-2, seed 002")
        return Finding(kind, _with_words(case, why, _PEERS), sure)
    if kind in OTHER_SIDE and not case.opens and not given(case):
        reasons = _with_words(case, why_side(kind), _SIDE_SIGNS[kind])
        return Finding(Kind.RELATIONSHIP, reasons, sure, side=kind)
    changes = (case.if_about(OTHER_SIDE[kind]),) if kind in OTHER_SIDE else ()
    return Finding(
        kind,
        _with_words(case, _WHY[kind], _KIND_SIGNS[kind]),
        sure,
        own=given(case) or kind in (Kind.WORK, Kind.LEARNING),
        changes=(IF_SIDE_BY_SIDE, *changes),
    )


def given(case: Case) -> bool:
    """Whether the words tell of teaching, or of another license at work."""
    times = case.reading.signs.times
    practice = "own_license" in times and "wellness_practice" in times
    taught = times.get("teaching", 0) + times.get("explaining", 0)
    return practice or taught > times.get("own_story", 0)


IF_TOGETHER = Say(
    _("If the two of you did or talked over something together, write it down: it may count.")
)
OTHER_SIDE = {Kind.SKILL: Kind.WELLNESS, Kind.WELLNESS: Kind.SKILL}
_PEERS = ("own_story", "side_by_side", "felt")
_SIDE_SIGNS = {
    Kind.SKILL: ("daily_life", "teaching"),
    Kind.WELLNESS: ("recovery", "wellness_practice"),
}
_KIND_SIGNS = {
    Kind.SKILL: ("teaching", "daily_life"),
    Kind.WELLNESS: ("wellness_practice", "own_license", "teaching", "recovery"),
    Kind.WORK: ("work",),
    Kind.LEARNING: ("conditions", "explaining"),
}
_WHY = {
    Kind.SKILL: Reason(
        _("because a skill of daily life was taught or practiced"), source="PEER-4, seed 002"
    ),
    Kind.WELLNESS: Reason(
        _("because it was a practice, a lesson or a treatment for body and mind"),
        source="PEER-4, seed 002",
    ),
    Kind.WORK: Reason(_("because it was about getting or keeping work"), source=WORK_SOURCE),
    Kind.LEARNING: Reason(
        _("because facts about a condition or a medicine were explained"),
        source="ForwardHealth Update 2014-42",
    ),
}

# Which sign says best why it is no service, the plainest first.
_NO_SERVICE = (
    (
        "billed_as",
        Reason(
            _("a treatment is not peer support, and must not be recorded as such"),
            source="PEER-4, seed 002",
        ),
    ),
    (
        "treating",
        Reason(_("therapy belongs to clinical staff, whoever gives it"), source="SVC-3, SVC-11"),
    ),
    (
        "clinical_task",
        Reason(_("tests, diagnoses and giving medicine belong to clinical staff"), source="SVC-11"),
    ),
    (
        "no_contact",
        Reason(
            _("the two of you did not meet; setting a time is no service"), source="SVC-7, SVC-12"
        ),
    ),
    (
        "office",
        Reason(_("work about the person, or for the agency, is no service"), source="SVC-7"),
    ),
    ("ride_only", Reason(_("a ride alone is no peer service"), source="PEER-2, SVC-4")),
    (
        "chores",
        Reason(_("it was done for the person, not together"), source="SVC-6, SVC-11"),
    ),
    (
        "without_them",
        Reason(_("the person took no part in it"), source="SVC-6, SVC-7"),
    ),
)


def _why_no_service(case: Case) -> Reason:
    signs = case.reading.signs
    for code, why in _NO_SERVICE:
        if code in signs.times:
            return Reason(
                _("{why}: “{words}”"),
                {"why": Say(why.text), "words": signs.phrases[code]},
                why.source,
            )
    return Reason(_("nothing in it tells of support side by side"), source="PEER-2")


def _with_words(case: Case, why: Reason, codes: tuple[str, ...]) -> tuple[Reason, ...]:
    """The reason, and the words of the note that speak for it where there are any to show."""
    phrases = case.reading.signs.phrases
    for code in codes:
        if code in phrases:
            told = Reason(_("the note tells of “{words}”"), {"words": phrases[code]}, why.source)
            return why, told
    return (why,)
