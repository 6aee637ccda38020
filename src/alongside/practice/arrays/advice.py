"""Which service array an encounter belongs under. It advises; the supporter decides.

First the sort of help, then the credential: a lesson or a treatment is not peer support whoever
gives it (PEER-4); help that comes from the relationship is Peer Support from a supporter who is
certified that day (PEER-2) and peer mentoring from one who is not (PEER-3). Answers to the short
questions come first, then what was ticked, then the words; a rule always wins over the model.
"""

from dataclasses import replace
from datetime import date

from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice.arrays import questions
from alongside.practice.arrays.facts import ArrayAdvice, ArrayFacts, Reason, Sure
from alongside.practice.arrays.finding import (
    IF_SIDE_BY_SIDE,
    Case,
    Finding,
    array_name,
    less_sure,
    opens_peer_support,
)
from alongside.practice.arrays.reading import Kind
from alongside.practice.arrays.signs import Giving
from alongside.practice.arrays.ticked import among_peers, job_skills, lesson_or_treatment
from alongside.practice.arrays.worded import IF_TOGETHER, OTHER_SIDE, SURE_FROM, by_words
from alongside.practice.credentials import Standing
from alongside.practice.rules import Rules, rules_on

__all__ = ["PEER_MENTORING", "PEER_SUPPORT", "advise", "opens_peer_support"]

PEER_SUPPORT = _("peer support")
PEER_MENTORING = _("peer mentoring")


def advise(facts: ArrayFacts, on: date, rules: Rules | None = None) -> ArrayAdvice:
    """The array for an encounter on ``on``, or that it is no service; how sure it is, and why."""
    case = Case(facts, rules or rules_on(on))
    finding = _by_answers(case) or _by_ticks(case) or _by_words_alone(case) or among_peers(case)
    if finding.kind is Kind.NO_SERVICE:
        return _no_service(finding)
    if finding.kind is Kind.RELATIONSHIP:
        advice = _peer_support(case, finding) if case.opens else _mentoring(case, finding)
    else:
        array = case.array(finding.kind)
        label = PEER_MENTORING if array in case.sides and not finding.own and not case.opens else ""
        advice = ArrayAdvice(array, label, finding.why, finding.sure, finding.changes)
    return _in_contract(advice, facts)


def _by_answers(case: Case) -> Finding | None:
    row = questions.decided(case.facts.answers)
    if row is None:
        return None
    changes = () if row.kind is Kind.RELATIONSHIP else (IF_SIDE_BY_SIDE,)
    if row.kind is Kind.NO_SERVICE:
        changes = (IF_TOGETHER,)
    found = Finding(row.kind, (row.because,), row.sure, row.own, changes)
    if row.kind is Kind.RELATIONSHIP and not case.opens:
        return replace(found, side=among_peers(case).side)
    return found


def _by_ticks(case: Case) -> Finding | None:
    """Only what was ticked, with doubt where the words plainly tell of something else."""
    facts = case.facts
    if not (facts.activities or facts.going_along or facts.processes):
        return None
    found = lesson_or_treatment(case) or job_skills(case) or among_peers(case)
    if not facts.words.strip() or found.own:
        return found
    kind, ahead = case.reading.best(opens=case.opens)
    only_processes = not (facts.activities or facts.going_along)
    if ahead >= SURE_FROM and only_processes and case.opens and kind is Kind.RELATIONSHIP:
        return by_words(case)
    if ahead < SURE_FROM or _goes_with(kind, found):
        return found
    if only_processes:
        return less_sure(by_words(case), Sure.LIKELY)
    doubt = Sure.ASK if kind is Kind.NO_SERVICE else Sure.LIKELY
    change = case.if_about(kind) if kind in OTHER_SIDE else _IF_AS_WORDED[kind]
    return less_sure(found, doubt, change)


def _goes_with(kind: Kind, found: Finding) -> bool:
    return kind in (found.kind, found.side)


_IF_AS_WORDED = {
    Kind.RELATIONSHIP: IF_SIDE_BY_SIDE,
    Kind.WORK: Say(_("The words sound like job skills; if they were the aim, look there.")),
    Kind.LEARNING: Say(
        _("The words sound like learning about a condition; if that was the aim, look there.")
    ),
    Kind.NO_SERVICE: Say(_("The words sound like no service; what did the two of you do?")),
}


def _by_words_alone(case: Case) -> Finding | None:
    """Where nothing was ticked or answered, the words decide."""
    if not case.facts.words.strip():
        return None
    found = by_words(case)
    if case.signs.giving is Giving.GIVEN and case.signs.body and found.kind is Kind.RELATIONSHIP:
        return lesson_or_treatment(case)
    if found.sure is Sure.ASK and case.signs.job_words and found.kind is not Kind.NO_SERVICE:
        return job_skills(case)
    return found


def _no_service(finding: Finding) -> ArrayAdvice:
    why, sure, changes = finding.why, finding.sure, finding.changes
    return ArrayAdvice(None, "", why, sure, changes, no_service=True)


def _peer_support(case: Case, finding: Finding) -> ArrayAdvice:
    certified = _certified_on_this_day(case.facts.standing)
    names = {
        "isde": array_name(case.array(Kind.SKILL)),
        "wellness": array_name(case.array(Kind.WELLNESS)),
    }
    taught = Say(_("If you were teaching or treating, it is {isde} or {wellness}."), names)
    return ArrayAdvice(
        case.array(Kind.RELATIONSHIP),
        PEER_SUPPORT,
        (*finding.why, certified),
        finding.sure,
        (taught, *finding.changes),
    )


def _certified_on_this_day(standing: Standing) -> Reason:
    if standing.until is None:
        return Reason(_("and you are certified on this day"), source="PEER-2, seed 002")
    certified = _("and you are certified on this day (until {until:%b %Y})")
    return Reason(certified, {"until": standing.until}, "PEER-2, seed 002")


def _mentoring(case: Case, finding: Finding) -> ArrayAdvice:
    side, narrowed = _side_in_contract(case, finding.side or Kind.WELLNESS)
    certified = Say(_("With a certificate that holds on this day it would be Peer Support."))
    return ArrayAdvice(
        case.array(side),
        PEER_MENTORING,
        (*finding.why, _why_mentoring(case), *narrowed),
        finding.sure,
        (*finding.changes, case.if_about(OTHER_SIDE[side]), certified),
    )


def _why_mentoring(case: Case) -> Reason:
    if case.words_deny and opens_peer_support(case.facts.standing, case.rules):
        said = _("the note says “{words}”; without a certificate this is called peer mentoring")
        return Reason(said, {"words": case.words_deny}, "PEER-1, PEER-3")
    called = _(
        "from a supporter without the certificate this is called peer mentoring ({standing})"
    )
    return Reason(called, {"standing": case.facts.standing.say}, "PEER-3, seed 002")


def _side_in_contract(case: Case, side: Kind) -> tuple[Kind, tuple[Reason, ...]]:
    """Peer mentoring may stand under either; where the contract has one of them, under that."""
    allowed, other = case.facts.allowed, OTHER_SIDE[side]
    if allowed is None or case.array(side) in allowed or case.array(other) not in allowed:
        return side, ()
    paid = {"array": array_name(case.array(other))}
    return other, (Reason(_("and the contract pays for {array}"), paid, "PSP-10"),)


def _in_contract(advice: ArrayAdvice, facts: ArrayFacts) -> ArrayAdvice:
    """What is not in the contract stays what it is; the array lead knows what to do with it."""
    if facts.allowed is None or advice.array is None or advice.array in facts.allowed:
        return advice
    why = Reason(
        _("but the contract does not pay for {array}"),
        {"array": array_name(advice.array)},
        "PSP-10",
    )
    return replace(advice, reasons=(*advice.reasons, why), sure=Sure.ASK)
