"""Make an agency with N encounters: ``python -m scripts.benching.load N FACTS.json``.

Every supporter walks with twelve people and every person has some forty contacts, whatever N is:
a larger agency has more of both. FACTS tells who may sign in, with their people and goals.
"""

import json
import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client

CASELOAD = 12
CONTACTS = 500  # of one supporter
SINCE = (1, 2, 3, 5, 8, 13, 20, 24, 27, 31, 38, 2)  # days since the last contact, by place
SAMPLE = 20  # supporters who sign in
SAMPLED_FROM = 10_000  # encounters; fewer need no more than four
EVERY = 6  # days between contacts


class Town:
    """Who is who, by number."""

    def __init__(self, encounters: int) -> None:
        from alongside.demo.cast import participants  # noqa: PLC0415
        from alongside.demo.wordbook import situations  # noqa: PLC0415

        self.encounters = encounters
        self.supporters = max(4, encounters // CONTACTS)
        self.people = self.supporters * CASELOAD
        self.dice = random.Random(7)  # noqa: S311
        self.now = datetime.now(UTC).replace(microsecond=0)
        self.agency = self.id(400)
        self.desk = self.id(400)
        self.user = [self.id(390) for _ in range(self.supporters)]
        self.supporter = [self.id(390) for _ in range(self.supporters)]
        self.person = [self.id(380) for _ in range(self.people)]
        self.episode = [self.id(370) for _ in range(self.people)]
        self.plan = [self.id(365) for _ in range(self.people)]
        self.goal = [self.id(365) for _ in range(self.people * 2)]
        self.keys: list[UUID] = []
        self.head = ""
        names = [person.name.split() for person in participants()]
        self.first = sorted({name[0] for name in names})
        self.last = sorted({name[-1] for name in names})
        stories = [story for story in situations().values() if story.weight]
        self.texts = [
            (s, f"{did} {more}".replace("{", "").replace("}", ""))
            for s in stories
            for did in s.did
            for more in s.more
        ]

    def id(self, ago: float) -> UUID:
        """A version 7 UUID of that many days ago."""
        milliseconds = int((self.now.timestamp() - ago * 86400) * 1000)
        bits = milliseconds << 80 | 7 << 76 | self.dice.getrandbits(12) << 64
        return UUID(int=bits | 2 << 62 | self.dice.getrandbits(62))

    def name(self, n: int) -> str:
        first, last = (
            self.first[n % len(self.first)],
            self.last[n // len(self.first) % len(self.last)],
        )
        return f"{first} {last}" if n < len(self.first) * len(self.last) else f"{first} {last}-{n}"


def fill(town: Town) -> None:
    from alongside.reporting import counting  # noqa: PLC0415
    from scripts.benching import tables  # noqa: PLC0415
    from scripts.benching.filling import insert, settle  # noqa: PLC0415

    # Months are counted once at the end instead of at every note.
    counting.drop(connection)
    for model, columns, rows in tables.all_of(town):
        _say(f"  {insert(model, columns, rows):>9,} {model._meta.verbose_name_plural}")
    counting.create(connection)
    counting.recount(connection)
    settle()


def signed_in(town: Town) -> Iterator[dict[str, Any]]:
    """Some supporters, spread over all, each with a session of their own."""
    from alongside.accounts.models import User  # noqa: PLC0415

    count = min(SAMPLE if town.encounters >= SAMPLED_FROM else 4, town.supporters)
    for place in range(count):
        n = place * town.supporters // count
        client = Client()
        user = User.objects.get(pk=town.user[n])
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        people = range(n * CASELOAD, (n + 1) * CASELOAD)
        yield {
            "cookie": client.cookies[settings.SESSION_COOKIE_NAME].value,
            "agency": str(town.agency),
            "user": str(town.user[n]),
            "supporter": str(town.supporter[n]),
            "people": [str(town.person[p]) for p in people],
            "goals": [str(town.goal[p * 2]) for p in people],
        }


def reader(town: Town) -> dict[str, Any]:
    """Who looks at the measures: a coordinator."""
    from alongside.accounts.models import User  # noqa: PLC0415

    client = Client()
    user = User.objects.get(pk=town.desk)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return {"cookie": client.cookies[settings.SESSION_COOKIE_NAME].value, "people": []}


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> None:
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    town = Town(int(sys.argv[1]))
    fill(town)
    facts = {
        "desk": str(town.desk),
        "names": [town.name(n) for n in range(min(town.people, 400))],
        "supporters": list(signed_in(town)),
        "reader": reader(town),
        "day": (town.now - timedelta(hours=6)).date().isoformat(),
    }
    Path(sys.argv[2]).write_text(json.dumps(facts))


if __name__ == "__main__":
    main()
