"""Who is served, with reasons. Advice to the coordinator; no answer closes a request (SVC-1).

Nobody is asked to prove a diagnosis: what people say about themselves is enough. Where a pathway
needs its professional, the answer names whom to ask and the request stays (PSP-5). Where someone
is in their journey is not a fact here, because it never decides (MPR-1).
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice import catalog
from alongside.practice.codes import Pathway, Population, ReferrerRole
from alongside.practice.counties import county_key
from alongside.practice.rules import Rules, rules_on


class Answer(StrEnum):
    YES = "yes"
    ASK = "ask"
    NO = "no"


@dataclass(frozen=True)
class EligibilityFacts:
    """What a request says. Empty contract sets mean that no contract limits it."""

    population: Population | None = None
    own_words: str = ""
    born_on: date | None = None
    county: str = ""
    pathway: Pathway = Pathway.NOT_SAID
    has_referring_professional: bool = False
    referrer_role: ReferrerRole | None = None
    contract_counties: frozenset[str] = frozenset()
    contract_pathways: frozenset[Pathway] = frozenset()


@dataclass(frozen=True)
class Eligibility:
    """``ask_whom`` is the sentence for the person, when somebody else has to open the door."""

    answer: Answer
    reasons: tuple[Say, ...]
    ask_whom: Say | None = None


@dataclass(frozen=True)
class _Finding:
    answer: Answer
    say: Say
    ask_whom: Say | None = None


_Check = Callable[[EligibilityFacts, date, Rules], _Finding | None]
_WEIGHT = {Answer.YES: 0, Answer.ASK: 1, Answer.NO: 2}
_PROFESSIONAL = frozenset(
    {Pathway.FAMILY_TREATMENT_COURT, Pathway.CHIPS, Pathway.JUVENILE_JUSTICE, Pathway.CCS}
)
_MATCHING_ROLE_UNKNOWN = frozenset({None, ReferrerRole.NOT_SAID})
_OWN_WORD = re.compile(
    r"\b(recover\w*|sober|sobriety|relaps\w*|return to use|drink\w*|drunk|alcohol\w*"
    r"|drugs?|meth|opio\w*|heroin|fentanyl|pills|detox|rehab|treatment|tx|aa|na|mental health"
    r"|depress\w*|anxi\w*|bipolar|ptsd|trauma\w*|panic|schizo\w*|suicid\w*|self-harm|overdos\w*"
    r"|psych\w*|hear(s|ing)? voices|recuper\w*|ansiedad|depresi\w*|adicci\w*)\b",
    re.IGNORECASE,
)


def assess(facts: EligibilityFacts, on: date, rules: Rules | None = None) -> Eligibility:
    """The most careful answer of all checks, with every reason, open questions first."""
    rules = rules or rules_on(on)
    found = [f for check in _CHECKS if (f := check(facts, on, rules)) is not None]
    found.sort(key=lambda finding: -_WEIGHT[finding.answer])
    answer = found[0].answer if found else Answer.ASK
    return Eligibility(answer, tuple(f.say for f in found), _first(f.ask_whom for f in found))


def _first(says: Iterable[Say | None]) -> Say | None:
    return next((say for say in says if say is not None), None)


def age_on(born_on: date | None, on: date) -> int | None:
    """Whole years, or ``None`` for a birth date that is unknown or lies ahead."""
    if born_on is None or born_on > on:
        return None
    before_birthday = (on.month, on.day) < (born_on.month, born_on.day)
    return on.year - born_on.year - before_birthday


def _who_they_are(facts: EligibilityFacts, on: date, rules: Rules) -> _Finding:
    population = facts.population or Population.NOT_SAID
    if population is Population.AFFECTED_BY_OTHERS_USE:
        say = Say(_("Affected by someone else's use: supported in their own right."))
        return _Finding(Answer.YES, say)
    if population is not Population.NOT_SAID:
        name = Say(catalog.name("population", population))
        say = Say(_("{who}: their own word is enough."), {"who": name})
        return _Finding(Answer.YES, say)
    if _OWN_WORD.search(facts.own_words):
        return _Finding(Answer.YES, Say(_("Said in their own words. That is enough.")))
    if facts.pathway in _PROFESSIONAL:
        name = Say(catalog.term("pathway", facts.pathway).short)
        say = Say(_("{pathway} is one of the doors this program is for."), {"pathway": name})
        return _Finding(Answer.YES, say)
    return _Finding(
        Answer.ASK,
        Say(
            _(
                "Not said yet what they would like support with. When you talk, ask whether "
                "mental health, substance use or someone else's use is part of it. "
                "Their word is enough."
            )
        ),
    )


def _age(facts: EligibilityFacts, on: date, rules: Rules) -> _Finding:
    age = age_on(facts.born_on, on)
    said = {"age": age}
    if age is None:
        return _Finding(Answer.YES, Say(_("Birth date not known. It can be filled in later.")))
    if age >= rules.adult_from:
        return _Finding(Answer.YES, Say(_("An adult.")))
    if age < rules.youth_from:
        return _Finding(
            Answer.NO,
            Say(
                _(
                    "{age} years old by the birth date. Is the date right? This service is for "
                    "young people and adults; a parent can be supported in their own right."
                ),
                said,
            ),
        )
    if facts.pathway is Pathway.JUVENILE_JUSTICE:
        return _Finding(Answer.YES, Say(_("{age} years old: juvenile justice is for youth."), said))
    if age >= rules.transition_age_from:
        return _Finding(
            Answer.YES, Say(_("{age} years old: a young person on the way to adult life."), said)
        )
    say = Say(_("{age} years old: younger than most we serve. Ask who could be a good fit."), said)
    return _Finding(Answer.ASK, say)


def _door(facts: EligibilityFacts, on: date, rules: Rules) -> _Finding:
    door = catalog.term("pathway", facts.pathway)
    if facts.pathway is Pathway.NOT_SAID:
        return _Finding(Answer.ASK, Say(_("Not said how they came to us. Ask when you talk.")))
    if not door.roles:
        return _Finding(Answer.YES, Say(_("Nobody else has to make the referral.")))
    who = {"who": Say(door.ask), "pathway": Say(door.short)}
    ask_whom = Say(_("Please ask {who} to send a referral. We keep the request here."), who)
    if not facts.has_referring_professional:
        say = Say(_("{pathway} needs a referral from {who}. Nothing is lost meanwhile."), who)
        return _Finding(Answer.ASK, say, ask_whom)
    if facts.referrer_role in _MATCHING_ROLE_UNKNOWN or facts.referrer_role in door.roles:
        return _Finding(Answer.YES, Say(_("{pathway}, with its referral."), who))
    say = Say(_("{pathway} referrals come from {who}; this one came from someone else."), who)
    return _Finding(Answer.ASK, say, ask_whom)


def _county(facts: EligibilityFacts, on: date, rules: Rules) -> _Finding | None:
    if not facts.contract_counties:
        return None
    key = county_key(facts.county)
    if not key:
        return _Finding(Answer.ASK, Say(_("County not known. Ask where they live.")))
    names = {county_key(name) for name in facts.contract_counties}
    said = {"county": facts.county.strip() if key not in names else key.title()}
    if key in names:
        return _Finding(Answer.YES, Say(_("{county} County is covered."), said))
    say = Say(_("{county} is not in a current contract. Ask who could pay, or who is near."), said)
    return _Finding(Answer.ASK, say)


def _contract(facts: EligibilityFacts, on: date, rules: Rules) -> _Finding | None:
    if not facts.contract_pathways or facts.pathway is Pathway.NOT_SAID:
        return None
    if facts.pathway in facts.contract_pathways:
        return None
    name = {"pathway": Say(catalog.term("pathway", facts.pathway).short)}
    say = Say(_("{pathway} is not in a current contract. Ask who could pay."), name)
    return _Finding(Answer.ASK, say)


_CHECKS: tuple[_Check, ...] = (_who_they_are, _door, _age, _county, _contract)
