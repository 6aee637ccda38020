from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, transaction

from alongside.accounts.models import User
from alongside.demo import build

# Noon on a Thursday in Wisconsin: appointments lie before and behind.
NOON = datetime(2026, 11, 19, 18, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[build.SignIn]]:
    """The demo agency, built once for a module, and gone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        sign_ins = build.build_demo(say=lambda _said: None, now=NOON)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as it is by itself a minute after so many rows came in
        yield sign_ins
        transaction.set_rollback(True)


@pytest.fixture
def people(demo: list[build.SignIn], db: None) -> dict[str, User]:
    """Who signs in, by role; of the supporters the first."""
    return {one.role: User.objects.get(email=one.email) for one in reversed(demo)}
