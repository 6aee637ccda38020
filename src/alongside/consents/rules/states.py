"""How a consent stands on a day, in one sentence for the screen. Pure."""

from datetime import date
from enum import StrEnum

from alongside.consents.codes import ConsentStatus
from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice.consents import ConsentFacts, Ending, has_ended, why_not_rely

S = ConsentStatus


class Standing(StrEnum):
    IN_FORCE = "in-force"
    DRAFT = "draft"
    OVER = "over"


def standing(status: ConsentStatus, facts: ConsentFacts, *, on: date) -> tuple[Standing, Say]:
    """Whether it holds on ``on``, and the sentence that says so."""
    if status is S.DRAFT:
        return Standing.DRAFT, Say(_("A draft. Nothing is told by it yet."))
    if status is S.PUT_AWAY:
        return Standing.OVER, Say(_("A draft that was put away."))
    if why_not_rely(facts, on=on) is None:
        return Standing.IN_FORCE, _in_force(facts)
    return Standing.OVER, _over(status, facts, on=on)


def _in_force(facts: ConsentFacts) -> Say:
    if facts.ends is Ending.DATE:
        return Say(_("Holds until {day}."), {"day": facts.ends_on})
    if facts.ends is Ending.EVENT:
        return Say(_("Holds until this happens: {event}"), {"event": facts.ends_event})
    return Say(_("Holds until it is taken back."))


def _over(status: ConsentStatus, facts: ConsentFacts, *, on: date) -> Say:
    if status is S.MISTAKEN:
        return Say(_("Written by mistake. Nothing is told by it."))
    if facts.revoked_on is not None:
        return Say(_("Taken back on {day}."), {"day": facts.revoked_on})
    if has_ended(facts, on=on):
        return Say(_("Ended on {day}."), {"day": facts.event_on or facts.ends_on})
    return Say(_("It does not count. Sign a new one together."))
