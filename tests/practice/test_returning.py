"""The days until someone is back with support, without a database."""

from datetime import date

import pytest

from alongside.practice.returning import Return, days_until_back, middle_of

pytestmark = pytest.mark.practice("MPR-5", "SVC-2")
MAY = date(2026, 5, 3)


@pytest.mark.parametrize(
    ("one", "days"),
    [
        pytest.param(Return(MAY), None, id="not back yet is not a number"),
        pytest.param(Return(MAY, back_on=MAY), 0, id="the same day"),
        pytest.param(Return(MAY, back_on=date(2026, 5, 5)), 2, id="from the day we knew"),
        pytest.param(
            Return(MAY, date(2026, 5, 1), date(2026, 5, 5)), 4, id="from the day it began"
        ),
        pytest.param(
            Return(MAY, date(2026, 5, 1), date(2026, 5, 2)), 1, id="back before they told us"
        ),
    ],
)
def test_days_until_back(one, days):
    assert days_until_back(one) == days


def test_the_middle_leaves_out_who_is_not_back():
    back = [Return(MAY, back_on=date(2026, 5, day)) for day in (3, 4, 9)]
    assert middle_of([*back, Return(MAY)]) == 1.0
    assert middle_of([Return(MAY)]) is None
