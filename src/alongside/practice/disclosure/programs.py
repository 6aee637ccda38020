"""Whether Part 2 protects someone, by the programs they are or were in. Pure.

A program is a contract. Nobody is entered under one: whom it is for says who is. Where that is not
known well enough, a program that is protected counts, and one for which Part 2 was switched off
does not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice.codes import Pathway, Population
from alongside.practice.counties import county_key
from alongside.practice.funding import ContractFacts, RequestFacts


class Fit(IntEnum):
    """Whether a program is for someone. ``PERHAPS``: it asks for what nobody has said yet."""

    NO = 0
    PERHAPS = 1
    YES = 2


@dataclass(frozen=True)
class Program:
    """Whom it is for and when; ``off``: Part 2 was switched off for just these."""

    name: str
    whom: ContractFacts
    begins: date
    ends: date | None = None
    off: bool = False


@dataclass(frozen=True)
class Support:
    """A time in which someone asked for support or had it. Days that are not known are open."""

    request: RequestFacts
    begins: date | None = None
    ends: date | None = None


def why_protected(
    supports: Iterable[Support], programs: Iterable[Program], *, on: date
) -> Say | None:
    """Why Part 2 applies to someone on a day; ``None`` only where it was switched off for every
    program that each of their times of support could be under, and these cover all of that time."""
    supports, programs = list(supports), list(programs)
    if not supports:
        return Say(_("They are in no program. Part 2 applies."))
    for support in supports:
        near = [one for one in programs if _at_the_time(one, support)]
        same = (one for one in near if not one.off and fit(one.whom, support.request))
        if (one := next(same, None)) is not None:
            said = _("Part 2 applies to a program of theirs: {program}.")
            return Say(said, {"program": one.name})
        off = [one for one in near if one.off and fit(one.whom, support.request) is Fit.YES]
        if not _covered(support, off, on):
            return Say(_("Not all of their support is under a known program. Part 2 applies."))
    return None


def _covered(support: Support, programs: Iterable[Program], on: date) -> bool:
    """Whether these, one after another, last from the first day of support to its last or today.
    A first day that nobody knows is not covered."""
    if support.begins is None:
        return False
    last = max(on, support.begins) if support.ends is None else support.ends
    open_from = support.begins
    for one in sorted(programs, key=lambda each: each.begins):
        if one.begins > open_from:
            return False
        if one.ends is None or one.ends >= last:
            return True
        open_from = max(open_from, one.ends + timedelta(days=1))
    return False


def fit(whom: ContractFacts, request: RequestFacts) -> Fit:
    return min(
        _one_of({county_key(name) for name in whom.counties}, county_key(request.county)),
        _one_of(whom.pathways, _known(request.pathway, Pathway.NOT_SAID)),
        _one_of(whom.populations, _known(request.population, Population.NOT_SAID)),
    )


def _known(said: str | None, not_said: str) -> str:
    return "" if said is None or said == not_said else said


def _one_of(limits: Iterable[str], said: str) -> Fit:
    limits = set(limits)
    if not limits:
        return Fit.YES
    if not said:
        return Fit.PERHAPS
    return Fit.YES if said in limits else Fit.NO


def _at_the_time(program: Program, support: Support) -> bool:
    begins_in_time = support.ends is None or program.begins <= support.ends
    lasts = program.ends is None or support.begins is None or support.begins <= program.ends
    return begins_in_time and lasts
