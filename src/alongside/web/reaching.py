"""How someone wants to be reached, short, for the colleague who has the phone in hand."""

from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.utils import formats
from django.utils.translation import gettext as _

from alongside.core.actor import Actor
from alongside.core.clock import local
from alongside.people.codes import SAYS_WORDS, WAY_SHORT, May
from alongside.people.queries.doors import contact_wish
from alongside.people.rules.reaching import Reaching


@dataclass(frozen=True)
class Shown:
    """``quiet``: said where the quiet hours run now."""

    lines: tuple[str, ...]
    quiet: str = ""


def shown(viewer: Actor, *, participant_id: UUID, at: datetime) -> Shown | None:
    """``None`` where they never said. One query."""
    row = contact_wish(viewer, participant_id=participant_id)
    if row is None:
        return None
    wish = row.reaching()
    quiet = ""
    if wish.quiet_until is not None and wish.is_quiet(local(at, viewer.time_zone).time()):
        quiet = _("Quiet time now, until %(until)s.") % {"until": _clock(wish.quiet_until)}
    said = lines(wish)
    return Shown((*said, joined_words()) if row.joined else tuple(said), quiet)


def lines(wish: Reaching) -> list[str]:
    found = []
    said = {
        May.YES: _("Yes: %(ways)s."),
        May.NO: _("No: %(ways)s."),
        May.WHEN: _("Sometimes: %(ways)s."),
    }
    for may, sentence in said.items():
        ways = ", ".join(_(WAY_SHORT[way]) for way in wish.those(may))
        found += [sentence % {"ways": ways}] * bool(ways)
    found += [f"“{wish.words}”"] * bool(wish.words)
    found.append(_("A message: %(says)s.") % {"says": _(SAYS_WORDS[wish.says])})
    if wish.quiet_from and wish.quiet_until:
        hours = {"begins": _clock(wish.quiet_from), "ends": _clock(wish.quiet_until)}
        found.append(_("Quiet from %(begins)s until %(ends)s.") % hours)
    if wish.others:
        found.append(_("May pick up: %(who)s") % {"who": wish.others})
    return found


def joined_words() -> str:
    return _("Put together from two records: the more careful word of each counts. Ask them.")


def _clock(at: time) -> str:
    return formats.time_format(at, "P")
