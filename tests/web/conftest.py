from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine


@pytest.fixture(autouse=True)
def late_morning() -> Iterator[None]:
    """Requests read the real clock; near midnight "today" would be two days in one test."""
    with time_machine.travel(datetime.now(UTC).replace(hour=16, minute=30)):
        yield
