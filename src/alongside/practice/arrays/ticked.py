"""What was ticked at a note, as rules: a lesson or treatment, job skills, and help among peers."""

from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice import catalog
from alongside.practice.arrays.facts import ArrayFacts, Reason, Sure
from alongside.practice.arrays.finding import (
    IF_SIDE_BY_SIDE,
    Case,
    Finding,
    marked,
)
from alongside.practice.arrays.reading import Kind
from alongside.practice.arrays.signs import Giving, license_covers
from alongside.practice.codes import Activity, GoingAlong, Process


def lesson_or_treatment(case: Case) -> Finding | None:
    """What the supporter gave as the one who knows: by a tick, or said plainly in the words."""
    facts, signs = case.facts, case.signs
    ticked = bool(marked(facts, "expert"))
    if not ticked and signs.giving is Giving.NOT_SEEN:
        return None
    if not ticked and signs.giving is Giving.MENTIONED and facts.going_along is not None:
        return None
    own_practice = license_covers(facts.other_license, signs.practice)
    kind = _kind_given(case)
    reasons = [_why_expert(case, ticked=ticked)]
    reasons.append(
        Reason(
            _("teaching, coaching or treatment is a support by a peer, and not peer support"),
            source="PEER-4, seed 002",
        )
    )
    if own_practice:
        reasons.append(Reason(_("it is what your other license is for"), source="seed 002"))
    as_peer = Say(_("If you took part or went along as a peer, it is peer support or mentoring."))
    changes = (as_peer, case.if_about(Kind.SKILL)) if kind is Kind.WELLNESS else (as_peer,)
    sure = _how_sure_expert(case, ticked=ticked, own_practice=own_practice)
    return Finding(kind, tuple(reasons), sure, own=True, changes=changes)


def _kind_given(case: Case) -> Kind:
    """Body work is wellness; of another lesson the words may tell what was learned."""
    if case.signs.body or not case.signs.practice:
        return Kind.WELLNESS
    likely = case.reading.others
    return Kind.WELLNESS if likely[Kind.WELLNESS] > likely[Kind.SKILL] else Kind.SKILL


def _why_expert(case: Case, *, ticked: bool) -> Reason:
    practice = case.signs.practice
    if practice and case.signs.giving is not Giving.NOT_SEEN:
        told = _("because the note tells of “{practice}”")
        return Reason(told, {"practice": practice}, "PEER-4, seed 002")
    name = Say(catalog.name("activity", Activity.TEACHING_OR_TREATMENT))
    return Reason(_("because you chose “{activity}”"), {"activity": name}, "PEER-4")


def _how_sure_expert(case: Case, *, ticked: bool, own_practice: bool) -> Sure:
    facts = case.facts
    if ticked and (facts.going_along is not None or Activity.GOING_ALONG in facts.activities):
        return Sure.ASK
    if ticked or case.signs.giving is Giving.GIVEN:
        return Sure.SURE
    return Sure.LIKELY if own_practice else Sure.ASK


def job_skills(case: Case) -> Finding | None:
    facts = case.facts
    ticked = Activity.JOB_SKILLS in facts.activities
    relationship = marked(facts, "relationship") - {Activity.MUTUAL_RELATIONSHIP}
    if not ticked and (not case.signs.job_words or relationship or facts.going_along is not None):
        return None
    if ticked:
        why = Reason(_("because you practiced job skills"), source=WORK_SOURCE)
    else:
        told = _("because the note tells of “{words}”")
        why = Reason(told, {"words": case.signs.job_words}, WORK_SOURCE)
    sure = Sure.ASK if relationship else Sure.LIKELY
    return Finding(Kind.WORK, (why,), sure, own=True, changes=(IF_SIDE_BY_SIDE,))


WORK_SOURCE = "ForwardHealth Update 2014-42"


def among_peers(case: Case) -> Finding:
    """Help from the relationship; where a certificate does not hold, the side it leans to."""
    if case.opens:
        sure, why = _benefit(case.facts)
        if case.signs.job_words and sure is Sure.SURE:
            sure = Sure.LIKELY
        return Finding(Kind.RELATIONSHIP, (why,), sure)
    side, sure = _side(case.facts)
    why = why_side(side)
    if side is Kind.WELLNESS and not (case.facts.activities or case.facts.going_along):
        most = _("because most of what peers do together is about wellness and recovery")
        why = Reason(most, source=why.source)
    return Finding(Kind.RELATIONSHIP, (why,), sure, side=side)


def _benefit(facts: ArrayFacts) -> tuple[Sure, Reason]:
    if facts.activities and facts.activities <= {Activity.DOING_FOR}:
        asks = _("you did something for the person; was it done side by side?")
        return Sure.ASK, Reason(asks, source="SVC-6")
    if marked(facts, "relationship") or facts.going_along:
        why = _("because the help came from the relationship")
        return Sure.SURE, Reason(why, source="PEER-2, seed 002")
    if facts.activities:
        why = _("because you did it side by side as peers")
        return Sure.LIKELY, Reason(why, source="PEER-2")
    why = _("because most of what peers do together is peer support")
    return Sure.LIKELY, Reason(why, source="PEER-2")


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


def _side(facts: ArrayFacts) -> tuple[Kind, Sure]:
    skill = len(facts.activities & _SKILL_SIDE) + (facts.going_along is not None)
    wellness = len(facts.activities & _WELLNESS_SIDE)
    if facts.going_along is GoingAlong.SELF_HELP_GROUP:
        skill, wellness = skill - 1, wellness + 1
    if skill != wellness:
        side = Kind.SKILL if skill > wellness else Kind.WELLNESS
        return side, Sure.LIKELY if skill and wellness else Sure.SURE
    if facts.processes and facts.processes <= {Process.PLANNING, Process.ADVOCATING}:
        return Kind.SKILL, Sure.LIKELY
    return Kind.WELLNESS, Sure.LIKELY


def why_side(side: Kind) -> Reason:
    if side is Kind.SKILL:
        why = _("because it was about getting things done and learning how")
    else:
        why = _("because it was about wellness and recovery")
    return Reason(why, source="PEER-3, seed 002")
