"""What a participant's pages weigh: ``python -m scripts.benching.weight FACTS.json`` lets the first
supporter's first person come in, and tells their session and where they can go.

The first page counts with all it loads, each page after it with what is new, gzipped as it goes
over the line.
"""

import gzip
import http.client
import json
import re
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from uuid import UUID

import django

HOME = "/portal/mine/"
PARTS = re.compile(r"""(?:<link[^>]+href|<script[^>]+src|<img[^>]+src|<use[^>]+href)="([^"#]+)""")
MODULES = re.compile(r"""(?:from|import)\s*"(\./[^"]+\.js)\"""")
KB = 1000
# Pages that no list of places names; those with an id are found in the record.
WITHOUT_ID = (
    "own_sign",
    "own_ready",
    "own_versions",
    "own_taken_back",
    "own_goal_new",
    "own_core_words",
    "own_updates",
)


def portal(place: Any, port: int) -> dict[str, dict[str, Any]]:
    """Kilobytes of the first page with all it needs, and of the heaviest page after it."""
    told = json.loads(place.run("scripts.benching.weight", place.facts))
    reader, seen = _Reader(port, told["cookie"]), set[str]()
    first = reader.weigh(HOME, seen)
    after = {path: reader.weigh(path, seen) for path in told["paths"]}
    heaviest = max(after, key=lambda path: after[path])
    return {
        "portal_first": {"value": round(first / KB, 1), "told": f"{len(seen)} files with the page"},
        "portal_next": {
            "value": round(after[heaviest] / KB, 1),
            "told": f"the heaviest of {len(after)}, {heaviest.removeprefix(HOME) or 'home'}",
        },
    }


class _Reader:
    def __init__(self, port: int, cookie: str) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.port, self.cookie = port, cookie

    def weigh(self, path: str, seen: set[str]) -> int:
        """Bytes of a page and of what it loads for the first time."""
        page, total = self._get(path)
        wanted = [urljoin(path, one) for one in PARTS.findall(page.decode())]
        while wanted:
            part = wanted.pop()
            if part in seen or part.startswith("http"):
                continue
            seen.add(part)
            body, bytes_ = self._get(part)
            total += bytes_
            if ".js" in part:
                wanted += [urljoin(part, one) for one in MODULES.findall(body.decode())]
        return total

    def _get(self, path: str) -> tuple[bytes, int]:
        headers = {
            "Host": f"127.0.0.1:{self.port}",
            "Cookie": f"sessionid={self.cookie}",
            "Accept-Encoding": "gzip",
        }
        self.line.request("GET", path, headers=headers)
        answer = self.line.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"GET {path} answered {answer.status}")
        if answer.getheader("Content-Encoding") == "gzip":
            return gzip.decompress(body), len(body)
        return body, len(gzip.compress(body, 6))


def main() -> None:
    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from alongside import tenancy  # noqa: PLC0415
    from alongside.accounts.models import RoleGrant, User  # noqa: PLC0415
    from alongside.people.models import Participant  # noqa: PLC0415

    who = json.loads(Path(sys.argv[1]).read_text())["supporters"][0]
    agency, person_id = UUID(who["agency"]), UUID(who["people"][0])
    with tenancy.working_for(agency):
        person = Participant.objects.get(pk=person_id)
        user = person.user or User.objects.create(
            agency_id=agency, name=person.name, user_name="bench-participant"
        )
        RoleGrant.objects.get_or_create(agency_id=agency, user=user, role="participant")
        person.user = user
        person.save(update_fields=["user"])
        paths = [*_places(), *_with_an_id(person, who["goals"])]
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    print(json.dumps({"cookie": cookie, "paths": paths}))


def _places() -> list[str]:
    from django.urls import reverse  # noqa: PLC0415

    from alongside.portal.mine import PLACES  # noqa: PLC0415

    places = [reverse(place.url) for place in PLACES]
    pages = [reverse(f"portal:{name}") for name in WITHOUT_ID]
    return [*(path for path in places if path != HOME), *pages]


def _with_an_id(person: Any, goals: list[str]) -> list[str]:
    """One of each page that a row has for itself, and a fresh sheet of each kind."""
    from django.urls import reverse  # noqa: PLC0415

    from alongside.accounts.queries import actor_for  # noqa: PLC0415
    from alongside.encounters.models import Appointment, Encounter  # noqa: PLC0415
    from alongside.plans.models import PlanVersion  # noqa: PLC0415
    from alongside.plans.queries import tools  # noqa: PLC0415

    notes = Encounter.objects.filter(participant=person, status="signed", kind="contact")
    versions = PlanVersion.objects.filter(plan__episode__participant=person)
    times = Appointment.objects.filter(participant=person)
    sheets = tools.definitions(actor_for(person.user))
    found = {
        "own_note": notes.order_by("-on").values_list("pk", flat=True)[:1],
        "own_time": times.values_list("pk", flat=True)[:1],
        "own_goal": goals[:1],
        "own_version": versions.values_list("pk", flat=True)[:1],
        "own_sheet_new": [one.address for one in sheets if not one.private],
    }
    return [reverse(f"portal:{name}", args=[one]) for name, some in found.items() for one in some]


if __name__ == "__main__":
    main()
