"""Where two views of one competency stand to each other, in words and without a score (SVC-8)."""

from dataclasses import dataclass
from enum import StrEnum

from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice.growth.codes import CompetencyWord

_ORDER = list(CompetencyWord)
_FAR_APART = 2
_READY_FROM = _ORDER.index(CompetencyWord.ON_MY_OWN)


class Gap(StrEnum):
    NOBODY_LOOKED = "nobody-looked"
    OWN_VIEW_MISSING = "own-view-missing"
    SUPERVISOR_VIEW_MISSING = "supervisor-view-missing"
    SEEN_DIFFERENTLY = "seen-differently"
    GROWING = "growing"
    READY = "ready"


@dataclass(frozen=True)
class Standing:
    """What is next for one competency. ``gap`` is ``None`` once the supervisor signed it off."""

    gap: Gap | None
    say: Say


_SAYS: dict[Gap, str] = {
    Gap.NOBODY_LOOKED: _("Not looked at yet."),
    Gap.OWN_VIEW_MISSING: _("The supporter's own view is not here yet."),
    Gap.SUPERVISOR_VIEW_MISSING: _("The supervisor's view is not here yet."),
    Gap.SEEN_DIFFERENTLY: _("You two see it differently. Worth a talk."),
    Gap.GROWING: _("Still growing."),
    Gap.READY: _("Ready to be signed off."),
}


def standing_of(
    own: CompetencyWord | None, supervisors: CompetencyWord | None, *, signed: bool
) -> Standing:
    """What is next, from the two views and whether it is signed off."""
    if signed:
        return Standing(None, Say(_("Signed off.")))
    gap = _gap(own, supervisors)
    return Standing(gap, Say(_SAYS[gap]))


def _gap(own: CompetencyWord | None, supervisors: CompetencyWord | None) -> Gap:
    if own is None and supervisors is None:
        return Gap.NOBODY_LOOKED
    if own is None:
        return Gap.OWN_VIEW_MISSING
    if supervisors is None:
        return Gap.SUPERVISOR_VIEW_MISSING
    mine, theirs = _ORDER.index(own), _ORDER.index(supervisors)
    if abs(mine - theirs) >= _FAR_APART:
        return Gap.SEEN_DIFFERENTLY
    return Gap.READY if min(mine, theirs) >= _READY_FROM else Gap.GROWING
