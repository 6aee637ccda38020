"""The life of an appointment. A meeting that did not happen is nobody's failing. Pure."""

from datetime import datetime, timedelta

from alongside.core.refusal import Refusal
from alongside.core.words import gettext_noop as _
from alongside.encounters.codes import AppointmentStatus
from alongside.encounters.rules.times import LONGEST

S = AppointmentStatus
APPOINTMENT_MOVES: dict[AppointmentStatus, frozenset[AppointmentStatus]] = {
    S.PLANNED: frozenset({S.MET, S.MISSED, S.CANCELLED}),
    # Back to planned when a note turns out to be a mistake, or a tap was one.
    S.MET: frozenset({S.PLANNED}),
    S.MISSED: frozenset({S.PLANNED, S.MET}),
    S.CANCELLED: frozenset({S.PLANNED}),
}
FARTHEST = timedelta(days=366)


def why_not_move(status: AppointmentStatus, to: AppointmentStatus) -> Refusal | None:
    if to in APPOINTMENT_MOVES[status]:
        return None
    return Refusal("settled", _("This appointment is settled already. Look again."))


def why_not_undo(*, has_note: bool, to: AppointmentStatus) -> Refusal | None:
    """What has a note stays met until the note itself is taken back."""
    if has_note and to is S.PLANNED:
        return Refusal(
            "has-note", _("There is a note about this meeting. Correct the note instead.")
        )
    return None


def why_not_plan(starts_at: datetime, ends_at: datetime | None, now: datetime) -> Refusal | None:
    if starts_at < now - timedelta(days=1):
        return Refusal(
            "in-the-past", _("That day has passed. Write a note about it instead."), field="on"
        )
    if starts_at > now + FARTHEST:
        return Refusal(
            "too-far", _("That is more than a year away. Is the year right?"), field="on"
        )
    if ends_at is not None and not timedelta(0) < ends_at - starts_at <= LONGEST:
        return Refusal("ends-before-start", _("The end must come after the start."), field="end")
    return None
