"""Sealed numbers for the people of an agency: ``python -m scripts.benching.numbers FACTS.json N``.

The first supporter's people get them; some of their ids are added to FACTS for who asks to see one.
Prints how many there are.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import django

AT_ONCE = 1000
ASKED_FOR = 200


def value(n: int) -> str:
    return f"{8_000_000_000 + n}"


def main() -> None:
    django.setup()
    from alongside import tenancy  # noqa: PLC0415
    from alongside.core.ids import new_id  # noqa: PLC0415
    from alongside.people.models import Identifier  # noqa: PLC0415

    path, many = Path(sys.argv[1]), int(sys.argv[2])
    facts = json.loads(path.read_text())
    who = facts["supporters"][0]
    people, now, kept = who["people"], datetime.now(UTC), []

    def row(n: int) -> Identifier:
        pk, person = new_id(), people[n % len(people)]
        if n % max(many // ASKED_FOR, 1) == 0:
            kept.append({"person": person, "number": str(pk), "value": value(n)})
        return Identifier(
            pk=pk,
            agency_id=UUID(who["agency"]),
            participant_id=UUID(person),
            entry=pk,
            kind="other",
            label="County file",
            value=value(n),
            kept_at=now,
            kept_by_id=UUID(who["user"]),
        )

    with tenancy.working_for(UUID(who["agency"])):
        for first in range(0, many, AT_ONCE):
            last = min(first + AT_ONCE, many)
            Identifier.objects.bulk_create([row(n) for n in range(first, last)])
    path.write_text(json.dumps({**facts, "numbers": kept}))
    print(many)


if __name__ == "__main__":
    main()
