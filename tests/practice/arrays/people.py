"""Supporters as the state sees them on one day."""

from datetime import date, timedelta

from alongside.practice.codes import CredentialKind
from alongside.practice.credentials import CredentialFacts, standing_on

ON = date(2026, 11, 22)
YESTERDAY = ON - timedelta(days=1)
BEGAN = date(2024, 11, 21)


def holding(kind=CredentialKind.CPS, begins=BEGAN, ends=None, in_training=False, on=ON):
    return standing_on([CredentialFacts(kind, begins, ends, in_training)], on)


CPS = holding(ends=date(2027, 7, 8))
LAST_DAY = holding(ends=ON)
LAPSED_YESTERDAY = holding(ends=YESTERDAY)
FROM_TOMORROW = holding(begins=ON + timedelta(days=1))
TRAINING = holding(begins=None, in_training=True)
PARENT = holding(CredentialKind.CPPS)
COACH = holding(CredentialKind.RECOVERY_COACH)
NEVER = standing_on([], ON)
NOT_CERTIFIED = (LAPSED_YESTERDAY, FROM_TOMORROW, TRAINING, PARENT, COACH, NEVER)
