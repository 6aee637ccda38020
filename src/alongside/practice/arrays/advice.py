"""Which service array an encounter belongs under. It advises; the supporter decides.

First the sort of help, then the credential: a lesson or a treatment is not peer support whoever
gives it (PEER-4); help that comes from the relationship is Peer Support from a supporter who is
certified that day (PEER-2) and peer mentoring from one who is not (PEER-3).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice import catalog
from alongside.practice.arrays.signs import Giving, Signs, license_covers, read_signs
from alongside.practice.codes import (
    Activity,
    CredentialStanding,
    GoingAlong,
    Process,
    ServiceArray,
)
from alongside.practice.credentials import Standing
from alongside.practice.rules import Rules, rules_on

PEER_SUPPORT = _("peer support")
PEER_MENTORING = _("peer mentoring")


class Sure(StrEnum):
    """``ASK``: the array lead is the one to ask (PEER-6)."""

    SURE = "sure"
    LIKELY = "likely"
    ASK = "ask"


@dataclass(frozen=True)
class ArrayFacts:
    """What one encounter says. ``standing`` is the supporter's on the day of the encounter."""

    standing: Standing
    processes: frozenset[Process] = frozenset()
    activities: frozenset[Activity] = frozenset()
    going_along: GoingAlong | None = None
    words: str = ""
    other_license: str = ""


@dataclass(frozen=True)
class ArrayAdvice:
    """``label`` is what the help is called, empty for lessons and treatments. ``would_change``
    says what, if it were so, would make the advice a different one."""

    array: ServiceArray | None
    label: str
    reasons: tuple[Say, ...]
    sure: Sure
    would_change: tuple[Say, ...] = ()


def advise(facts: ArrayFacts, on: date, rules: Rules | None = None) -> ArrayAdvice:
    """The array for an encounter on ``on``; always an answer, with how sure it is and why."""
    rules = rules or rules_on(on)
    signs = read_signs(facts.words)
    opens = opens_peer_support(facts.standing, rules)
    return (
        _lesson_or_treatment(facts, signs)
        or _job_skills(facts, signs)
        or (_peer_support(facts, signs) if opens else _peer_mentoring(facts, signs))
    )


def opens_peer_support(standing: Standing, rules: Rules) -> bool:
    """Whether the credential opens the Peer Support array on the day it was looked up for."""
    certified = standing.standing is CredentialStanding.CERTIFIED
    return certified and standing.kind in rules.peer_support_credentials


def _marked(facts: ArrayFacts, mark: str) -> frozenset[Activity]:
    return frozenset(a for a in facts.activities if mark in catalog.term("activity", a).marks)


def _lesson_or_treatment(facts: ArrayFacts, signs: Signs) -> ArrayAdvice | None:
    ticked = bool(_marked(facts, "expert"))
    own_practice = license_covers(facts.other_license, signs.practice)
    if not ticked and signs.giving is Giving.NOT_SEEN:
        return None
    if not ticked and signs.giving is Giving.MENTIONED and facts.going_along is not None:
        return None
    body = signs.body or not signs.practice
    array = ServiceArray.WELLNESS_MANAGEMENT if body else ServiceArray.ISDE
    other = ServiceArray.ISDE if body else ServiceArray.WELLNESS_MANAGEMENT
    reasons = [_why_expert(ticked, signs)]
    reasons.append(
        Say(_("teaching, coaching or treatment is a support by a peer, and not peer support"))
    )
    if own_practice:
        reasons.append(Say(_("it is what your other license is for")))
    changes = (
        Say(_("If you took part or went along as a peer, it is peer support or mentoring.")),
        Say(_("If a skill of daily life was the aim, look at {array}."), {"array": _name(other)}),
    )
    sure = _how_sure_expert(facts, signs, ticked=ticked, own_practice=own_practice)
    return ArrayAdvice(array, "", tuple(reasons), sure, changes if body else changes[:1])


def _why_expert(ticked: bool, signs: Signs) -> Say:
    if signs.practice and signs.giving is not Giving.NOT_SEEN:
        return Say(_("because the note tells of “{practice}”"), {"practice": signs.practice})
    return Say(_("because you chose “{activity}”"), {"activity": _activity_name()})


def _how_sure_expert(facts: ArrayFacts, signs: Signs, *, ticked: bool, own_practice: bool) -> Sure:
    if ticked and (facts.going_along is not None or Activity.GOING_ALONG in facts.activities):
        return Sure.ASK
    if ticked or signs.giving is Giving.GIVEN:
        return Sure.SURE
    return Sure.LIKELY if own_practice else Sure.ASK


def _job_skills(facts: ArrayFacts, signs: Signs) -> ArrayAdvice | None:
    ticked = Activity.JOB_SKILLS in facts.activities
    relationship = _marked(facts, "relationship") - {Activity.MUTUAL_RELATIONSHIP}
    if not ticked and (not signs.job_words or relationship or facts.going_along is not None):
        return None
    if ticked:
        why = Say(_("because you practiced job skills"))
    else:
        why = Say(_("because the note tells of “{words}”"), {"words": signs.job_words})
    change = Say(_("If what helped was being there as a peer, it is peer support or mentoring."))
    sure = Sure.ASK if relationship else Sure.LIKELY
    return ArrayAdvice(ServiceArray.EMPLOYMENT_SKILLS, "", (why,), sure, (change,))


def _peer_support(facts: ArrayFacts, signs: Signs) -> ArrayAdvice:
    certified = _certified_on_this_day(facts.standing)
    taught = Say(
        _("If you were teaching or treating, it is {isde} or {wellness}."),
        {
            "isde": _name(ServiceArray.ISDE),
            "wellness": _name(ServiceArray.WELLNESS_MANAGEMENT),
        },
    )
    sure, why = _benefit(facts)
    if signs.job_words and sure is Sure.SURE:
        sure = Sure.LIKELY
    return ArrayAdvice(ServiceArray.PEER_SUPPORT, PEER_SUPPORT, (why, certified), sure, (taught,))


def _certified_on_this_day(standing: Standing) -> Say:
    if standing.until is None:
        return Say(_("and you are certified on this day"))
    return Say(
        _("and you are certified on this day (until {until:%b %Y})"), {"until": standing.until}
    )


def _benefit(facts: ArrayFacts) -> tuple[Sure, Say]:
    if facts.activities and facts.activities <= {Activity.DOING_FOR}:
        return Sure.ASK, Say(_("you did something for the person; was it done side by side?"))
    if _marked(facts, "relationship") or facts.going_along or facts.processes:
        return Sure.SURE, Say(_("because the help came from the relationship"))
    if facts.activities:
        return Sure.LIKELY, Say(_("because you did it side by side as peers"))
    return Sure.LIKELY, Say(_("because most of what peers do together is peer support"))


_WELLNESS_SIDE = frozenset(
    {
        Activity.WELLNESS_PRACTICE,
        Activity.RECOVERY_NEEDS,
        Activity.SELF_HELP_INVOLVEMENT,
        Activity.RECOVERY_COMMUNITY,
        Activity.LINKING_TO_TREATMENT,
        Activity.NATURAL_SUPPORTS,
    }
)
_SKILL_SIDE = frozenset(
    {
        Activity.SKILL_PRACTICE,
        Activity.NAVIGATING_SYSTEMS,
        Activity.LINKING_TO_RESOURCES,
        Activity.GOING_ALONG,
    }
)


def _peer_mentoring(facts: ArrayFacts, signs: Signs) -> ArrayAdvice:
    skill = len(facts.activities & _SKILL_SIDE) + (facts.going_along is not None)
    wellness = len(facts.activities & _WELLNESS_SIDE)
    if facts.going_along is GoingAlong.SELF_HELP_GROUP:
        skill, wellness = skill - 1, wellness + 1
    if skill == wellness:
        return _mentoring_by_process(facts)
    array = ServiceArray.ISDE if skill > wellness else ServiceArray.WELLNESS_MANAGEMENT
    return _mentoring(
        facts, array, _why_side(array), Sure.LIKELY if skill and wellness else Sure.SURE
    )


def _mentoring_by_process(facts: ArrayFacts) -> ArrayAdvice:
    if facts.processes and facts.processes <= {Process.PLANNING, Process.ADVOCATING}:
        array = ServiceArray.ISDE
    else:
        array = ServiceArray.WELLNESS_MANAGEMENT
    return _mentoring(facts, array, _why_side(array), Sure.LIKELY)


def _why_side(array: ServiceArray) -> Say:
    if array is ServiceArray.ISDE:
        return Say(_("because it was about getting things done and learning how"))
    return Say(_("because it was about wellness and recovery"))


def _mentoring(facts: ArrayFacts, array: ServiceArray, why: Say, sure: Sure) -> ArrayAdvice:
    mentoring = Say(
        _("from a supporter without the certificate this is called peer mentoring ({standing})"),
        {"standing": facts.standing.say},
    )
    isde = array is ServiceArray.ISDE
    other = _name(ServiceArray.WELLNESS_MANAGEMENT if isde else ServiceArray.ISDE)
    if isde:
        change = Say(
            _("If wellness and recovery were the heart of it, look at {array}."), {"array": other}
        )
    else:
        change = Say(_("If a skill of daily life was the aim, look at {array}."), {"array": other})
    certified = Say(_("With a certificate that holds on this day it would be Peer Support."))
    return ArrayAdvice(array, PEER_MENTORING, (why, mentoring), sure, (change, certified))


def _name(array: ServiceArray) -> Say:
    return Say(catalog.term("service_array", array).short)


def _activity_name() -> Say:
    return Say(catalog.name("activity", Activity.TEACHING_OR_TREATMENT))
