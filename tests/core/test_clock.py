"""Moments as addresses hold them."""

from datetime import UTC, datetime

import pytest

from alongside.core.clock import moment


def test_a_moment_of_ours_is_read():
    at = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    assert moment(at.isoformat()) == at


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("yesterday", id="no moment"),
        pytest.param("2026-13-01T00:00:00+00:00", id="no month"),
        pytest.param("2026-11-20T09:30:00", id="no zone"),
        pytest.param("0001-01-01T00:00:00+14:00", id="before every clock"),
        pytest.param("9999-12-31T23:59:59-14:00", id="after every clock"),
    ],
)
def test_what_is_none_is_nothing(text):
    assert moment(text) is None
