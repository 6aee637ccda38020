"""Rows a second of the importer: ``python -m scripts.benching.sheets FACTS.json ROWS``.

Made-up sheets of the two common kinds go through the importer's own actions, from the bytes of the
file to the last row in the record, every check included. Prints JSON.
"""

import io
import json
import random
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import django


def contacts(names: list[str], rows: int, today: date) -> bytes:
    dice, out = random.Random(5), io.StringIO()  # noqa: S311
    out.write("Date,Start,End,Min,Who,PS,How,Where,What we did\n")
    for n in range(rows):
        # Days before the agency's first note here, so that nothing is there already.
        on = today - timedelta(days=500 + n % 700)
        hour, who = dice.randint(8, 16), dice.choice(names)
        start, end = f"{hour}:{n % 60:02d}", f"{hour + 1}:{n % 60:02d}"
        if n % 50 == 7:
            start, end = end, start
        if n % 60 == 9:
            who = "Somebody Unknown"
        out.write(
            f"{on:%m/%d/%Y},{start},{end},60,{who},Supporter {n % 4},f2f,coffee shop,talked\n"
        )
    return out.getvalue().encode()


def referrals(rows: int, today: date) -> bytes:
    dice, out = random.Random(6), io.StringIO()  # noqa: S311
    syllables = ("ka", "lo", "mi", "ra", "ten", "sol", "ber", "vik", "nor", "dal", "xa", "pe")
    out.write("Ref Date,Name,DOB,Phone,County,Program,Referred by,Their role,E-mail,Reason\n")
    for n in range(rows):
        on = today - timedelta(days=n % 300)
        name = " ".join("".join(dice.choices(syllables, k=3)).capitalize() for _ in range(2))
        born = date(1950 + n % 50, n % 12 + 1, n % 28 + 1)
        born_on = "unknown" if n % 40 == 3 else f"{born:%m/%d/%Y}"
        out.write(
            f"{on:%m/%d/%Y},{name},{born_on},715-555-{n % 10000:04d},Dunn,CCS,Lee Haas,CCS SF,"
            "lee.haas@polk.example,feels alone since moving\n"
        )
    return out.getvalue().encode()


def main() -> None:
    django.setup()
    from alongside import tenancy  # noqa: PLC0415

    facts, rows = json.loads(Path(sys.argv[1]).read_text()), int(sys.argv[2])
    with tenancy.working_for(UUID(facts["supporters"][0]["agency"])):
        print(json.dumps(bring_in(facts, rows)))


def bring_in(facts: dict[str, Any], rows: int) -> dict[str, Any]:
    from alongside.accounts.models import User  # noqa: PLC0415
    from alongside.accounts.queries import actor_for  # noqa: PLC0415
    from alongside.core.actor import Actor  # noqa: PLC0415
    from alongside.exchange import actions, queries  # noqa: PLC0415
    from alongside.exchange.codes import SheetKind  # noqa: PLC0415

    by = actor_for(User.objects.get(pk=UUID(facts["desk"])))
    if not isinstance(by, Actor):
        raise TypeError("the desk cannot sign in")
    today = date.fromisoformat(facts["day"])
    told = {}
    for kind, data in (
        (SheetKind.CONTACTS, contacts(facts["names"], rows, today)),
        (SheetKind.REFERRALS, referrals(rows, today)),
    ):
        begun = time.perf_counter()
        batch = actions.choose_file(data, f"{kind}.csv", kind, by=by, at=datetime.now(UTC))
        actions.begin_batch(batch.pk, by=by, at=datetime.now(UTC))
        memory, done = actions.Memory(by.agency_id), False
        while not done:
            step = actions.import_step(
                batch.pk, by=by, at=datetime.now(UTC), limit=1000, memory=memory
            )
            done = step.done
        took = time.perf_counter() - begun
        counts = queries.row_counts(by, [batch.pk])[batch.pk]
        told[kind.value] = {
            "rows": rows,
            "seconds": round(took, 3),
            "became": {status.value: n for status, n in sorted(counts.items())},
        }
    return told


if __name__ == "__main__":
    main()
