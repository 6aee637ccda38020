"""Milliseconds of the gate: ``python -m scripts.benching.gate FACTS.json TIMES``. Prints JSON.

A supporter tells a county worker by consent what that consent covers, from the call to the last row
on disk: who may see whom, the consent, the rule, the row and its event in the log.
"""

import json
import statistics
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import django

WARM = 5


def consents(who: dict[str, Any]) -> None:
    """A consent of each of the supporter's people, for the same worker."""
    from alongside.consents.models import Consent, ConsentRecipient  # noqa: PLC0415

    now, today = datetime.now(UTC), date.today()  # noqa: DTZ011
    for person in who["people"]:
        consent = Consent.objects.create(
            agency_id=UUID(who["agency"]),
            participant_id=UUID(person),
            kind="general",
            version="2024-1",
            status="signed",
            discloser="Large Agency",
            categories=["received", "attendance"],
            purpose="court_or_county",
            ends="date",
            ends_on=today + timedelta(days=90),
            statements=["revocation", "proceedings", "copy"],
            signer_name="Invented",
            signed_on=today - timedelta(days=2),
            recorded_at=now,
            recorded_by_id=UUID(who["user"]),
            text={"title": "Consent"},
            text_hash="0" * 64,
            begun_at=now,
            begun_by_id=UUID(who["user"]),
            saved_at=now,
        )
        ConsentRecipient.objects.create(
            agency_id=consent.agency_id,
            consent=consent,
            name="Pat Olsen",
            kind="person",
            organization="Dunn County DHS",
        )


def tell(who: dict[str, Any], by: Any, n: int) -> float:
    from alongside.consents.actions.disclosures import disclose  # noqa: PLC0415
    from alongside.consents.rules.disclosures import Recipient, Wanted  # noqa: PLC0415
    from alongside.core.ids import new_id  # noqa: PLC0415
    from alongside.practice.consents import Category  # noqa: PLC0415
    from alongside.practice.disclosure import Basis, Way  # noqa: PLC0415

    wanted = Wanted(
        id=new_id(),
        participant_id=UUID(who["people"][n % len(who["people"])]),
        basis=Basis.CONSENT,
        recipient=Recipient("Pat Olsen", "Dunn County DHS"),
        way=Way.PHONE,
        categories=frozenset({Category.RECEIVED}),
        what="That the referral arrived",
    )
    begun = time.perf_counter()
    disclose(wanted, by=by, at=datetime.now(UTC))
    return time.perf_counter() - begun


def main() -> None:
    django.setup()
    from alongside import tenancy  # noqa: PLC0415
    from alongside.accounts.models import User  # noqa: PLC0415
    from alongside.accounts.queries import actor_for  # noqa: PLC0415

    who = json.loads(Path(sys.argv[1]).read_text())["supporters"][0]
    with tenancy.working_for(UUID(who["agency"])):
        consents(who)
        by = actor_for(User.objects.get(pk=UUID(who["user"])))
        took = [tell(who, by, n) for n in range(WARM + int(sys.argv[2]))][WARM:]
    print(json.dumps({"milliseconds": statistics.median(took) * 1000}))


if __name__ == "__main__":
    main()
