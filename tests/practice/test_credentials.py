"""What a certificate is worth on one day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.practice.codes import CredentialKind, CredentialStanding
from alongside.practice.credentials import CredentialFacts, standing_on

K, S = CredentialKind, CredentialStanding
ON = date(2026, 11, 22)
HELD = CredentialFacts(K.CPS, date(2025, 7, 8), date(2027, 7, 8))
LAPSED_YESTERDAY = CredentialFacts(K.CPS, date(2024, 11, 21), date(2026, 11, 21))
ENDS_TODAY = CredentialFacts(K.CPS, date(2024, 11, 22), ON)
NEXT_WEEK = CredentialFacts(K.CPS, date(2026, 11, 29), date(2028, 11, 29))
TRAINING = CredentialFacts(K.CPS, in_training=True)
TRAINING_WITH_DATES = CredentialFacts(K.CPS, date(2025, 1, 1), date(2027, 1, 1), in_training=True)
PARENT = CredentialFacts(K.CPPS, date(2025, 1, 1), date(2028, 1, 1))
COACH = CredentialFacts(K.RECOVERY_COACH, date(2025, 1, 1), date(2028, 1, 1))


@pytest.mark.practice("PEER-1")
@pytest.mark.parametrize(
    ("credentials", "standing", "kind", "words"),
    [
        pytest.param([], S.NEVER, None, "not certified", id="nothing on file"),
        pytest.param([HELD], S.CERTIFIED, K.CPS, "certified (until Jul 2027)", id="held"),
        pytest.param([ENDS_TODAY], S.CERTIFIED, K.CPS, "certified (until Nov 2026)", id="last day"),
        pytest.param(
            [LAPSED_YESTERDAY],
            S.LAPSED,
            K.CPS,
            "certificate ran out on 2026-11-21",
            id="lapsed yesterday counts as lapsed",
        ),
        pytest.param(
            [LAPSED_YESTERDAY, HELD], S.CERTIFIED, K.CPS, "certified (until Jul 2027)", id="renewed"
        ),
        pytest.param(
            [TRAINING], S.IN_TRAINING, K.CPS, "in training, exam not passed yet", id="training"
        ),
        pytest.param(
            [TRAINING_WITH_DATES],
            S.IN_TRAINING,
            K.CPS,
            "in training, exam not passed yet",
            id="training without the exam is no certificate, whatever the dates say",
        ),
        pytest.param(
            [NEXT_WEEK],
            S.IN_TRAINING,
            K.CPS,
            "in training, exam not passed yet",
            id="certified next week",
        ),
        pytest.param(
            [LAPSED_YESTERDAY, TRAINING],
            S.LAPSED,
            K.CPS,
            "certificate ran out on 2026-11-21",
            id="lapsed, training again",
        ),
        pytest.param(
            [PARENT], S.CERTIFIED, K.CPPS, "certified (until Jan 2028)", id="parent peer specialist"
        ),
        pytest.param(
            [PARENT, HELD], S.CERTIFIED, K.CPS, "certified (until Jul 2027)", id="CPS comes first"
        ),
        pytest.param(
            [COACH], S.NEVER, None, "not certified", id="recovery coach training is not a CPS"
        ),
        pytest.param(
            [CredentialFacts(K.CPS)],
            S.NEVER,
            K.CPS,
            "no dates for the certificate yet",
            id="no dates",
        ),
        pytest.param(
            [CredentialFacts(K.CPS, date(2025, 1, 1))],
            S.CERTIFIED,
            K.CPS,
            "certified (end date not known)",
            id="no end",
        ),
        pytest.param(
            [CredentialFacts(K.CPS, None, ON)],
            S.CERTIFIED,
            K.CPS,
            "certified (until Nov 2026)",
            id="no beginning",
        ),
    ],
)
def test_standing(credentials, standing, kind, words):
    found = standing_on(credentials, ON)
    assert (found.standing, found.kind, str(found.say)) == (standing, kind, words)


@pytest.mark.practice("PEER-1")
@given(
    begins=st.dates(date(2015, 1, 1), date(2030, 1, 1)),
    days=st.integers(0, 1500),
    on=st.dates(date(2014, 1, 1), date(2036, 1, 1)),
)
def test_a_certificate_holds_from_its_first_through_its_last_day(begins, days, on):
    ends = begins + timedelta(days=days)
    found = standing_on([CredentialFacts(K.CPS, begins, ends)], on)
    assert (found.standing is S.CERTIFIED) == (begins <= on <= ends)
    assert (found.standing is S.LAPSED) == (on > ends)
