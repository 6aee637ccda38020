"""What a day of contact changes. No Django, no database, no clock."""

from collections.abc import Iterable
from datetime import date

from alongside.referrals.codes import ReferralStatus

_CLOSED = frozenset({ReferralStatus.DECLINED, ReferralStatus.WITHDRAWN, ReferralStatus.ENDED})


def first_contact(
    days: Iterable[date],
    *,
    received_on: date | None,
    status: ReferralStatus,
    status_on: date | None,
) -> date | None:
    """The first day of contact that answers a request: not before it came, nor after it closed."""
    until = status_on if status in _CLOSED else None
    answering = [
        day
        for day in days
        if (received_on is None or day >= received_on) and (until is None or day <= until)
    ]
    return min(answering, default=None)


def last_contact(days: Iterable[date], *, begun_on: date) -> date | None:
    """The last day of contact inside an episode that began on ``begun_on``."""
    return max((day for day in days if day >= begun_on), default=None)
