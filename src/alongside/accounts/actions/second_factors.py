"""Second factors as a place where sealed things lie: see ``resealing.Place``."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import transaction

from alongside.accounts.actions.resealing import Step
from alongside.accounts.models import User
from alongside.accounts.sealed import ring
from alongside.accounts.second_factors import key_of_secret, secret_anew
from alongside.core.sealing import CannotOpen

_SECRET = ("secret", "seed")


class SecondFactors:
    """Apps that make codes, and recovery codes; a passkey keeps nothing secret with us. Owner by
    owner: few are there, and their rows count up by a number of their own."""

    def keys(self, agency_id: UUID) -> Mapping[str, int]:
        """What was kept before there were keys of the installation bears no name and counts not."""
        found: Counter[str] = Counter()
        for row in Authenticator.objects.filter(user__agency_id=agency_id):
            found.update(_keys(row.data))
        return found

    def step(self, agency_id: UUID, *, after: UUID | None, limit: int) -> Step:
        owners = User.objects.filter(agency_id=agency_id, pk__gt=after or UUID(int=0))
        people = list(owners.order_by("pk").values_list("pk", flat=True)[:limit])
        done = closed = 0
        for row in Authenticator.objects.filter(user_id__in=people):
            try:
                if not all(key_of_secret(one) == ring().current for one in _secrets(row.data)):
                    done += _write(row, _anew(row.data))
            except CannotOpen:
                closed += 1
        return Step(done, closed, people[-1] if len(people) == limit else None)


def _keys(data: Mapping[str, Any]) -> set[str]:
    """Which keys it needs; one that cannot be read opens with none."""
    found = set()
    for one in _secrets(data):
        with suppress(CannotOpen):
            found.add(key_of_secret(one))
    return {key for key in found if key}


def _write(row: Any, data: dict[str, Any]) -> int:
    """Where the row still says what was read: a recovery code may have been used meanwhile."""
    with transaction.atomic():
        same = Authenticator.objects.filter(pk=row.pk, data=row.data)
        return int(same.update(data=data))


def _secrets(data: Mapping[str, Any]) -> Iterator[str]:
    yield from (data[name] for name in _SECRET if name in data)
    yield from data.get("migrated_codes") or ()


def _anew(data: Mapping[str, Any]) -> dict[str, Any]:
    new = {**data, **{name: secret_anew(data[name]) for name in _SECRET if name in data}}
    if data.get("migrated_codes"):
        new["migrated_codes"] = [secret_anew(one) for one in data["migrated_codes"]]
    return new
