"""A browser of few words: one kept connection, a session, the forms as the pages give them."""

import http.client
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from alongside.core.ids import new_id

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
WITHOUT_EVENT = "X-Without-Event"  # only the server of the bench knows it
WORDS = {
    "mode": "face_to_face",
    "place": "community",
    "service": "mentoring",
    "processes": "connecting",
    "start": "08:00",
    "end": "08:45",
    "what_we_did": "Coffee at the Blue Door. Went through what comes on Thursday.",
    "participant_words": "I like that we just sit here. Nobody wants anything from me.",
    "what_next": "Coffee again next week, and the phone call before that.",
}


class Wrong(RuntimeError):
    """The server did not answer as a browser would expect; the sentence says to what."""


@dataclass
class Visitor:
    """One supporter, signed in at one server."""

    port: int
    who: dict[str, Any]
    dice: Random = field(default_factory=lambda: Random(3))  # noqa: S311
    token: str = ""
    cookie: str = ""

    def __post_init__(self) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        self.cookie = f"sessionid={self.who['cookie']}"

    def person(self) -> int:
        return self.dice.randrange(len(self.who["people"]))

    def my_day(self) -> float:
        return self._get("/")

    def record(self) -> float:
        return self._get(f"/people/{self.who['people'][self.person()]}/")

    def plan_paper(self) -> float:
        """The whole plan of the first person as PDF."""
        return self._get(f"/people/{self.who['people'][0]}/plan/paper/")

    def measures(self, since: str, until: str) -> float:
        return self._get(f"/measures/?since={since}&until={until}")

    def open_form(self) -> None:
        """The form is opened once; its token goes with every note after it."""
        self._get(f"/log/with/{self.who['people'][0]}/")

    def show_number(self, number: dict[str, str]) -> float:
        """Seconds to show a sealed number in full; ``Wrong`` where the page does not say it."""
        path = f"/people/{number['person']}/numbers/{number['number']}/"
        begun = time.perf_counter()
        answer, body = self._ask("POST", path, urlencode({"csrfmiddlewaretoken": self.token}))
        took = time.perf_counter() - begun
        if answer.status != 200 or number["value"].encode() not in body:
            raise Wrong(f"POST {path} answered {answer.status} without the number")
        return took

    def sign(self, day: str, *, recorded: bool = True) -> float:
        """Seconds to sign a note; without its event, to see what that costs."""
        place = self.person()
        form = self._form(place, day) | {"csrfmiddlewaretoken": self.token}
        path = f"/log/with/{self.who['people'][place]}/"
        more = {} if recorded else {WITHOUT_EVENT: "1"}
        return self._post(path, form, wanted=302, more=more)

    def save_bare(self, day: str) -> float:
        """Seconds to write the same rows and nothing else."""
        place = self.person()
        ids = {name: self.who[name] for name in ("agency", "user", "supporter")}
        form = self._form(place, day) | ids | {"person": self.who["people"][place]}
        return self._post("/floor/", form, wanted=204)

    def _form(self, place: int, day: str) -> dict[str, str]:
        on = date.fromisoformat(day) - timedelta(days=1)
        goal = self.who["goals"][place]
        return {**WORDS, "encounter_id": str(new_id()), "on": on.isoformat(), "goals": goal}

    def _get(self, path: str) -> float:
        begun = time.perf_counter()
        answer, body = self._ask("GET", path)
        took = time.perf_counter() - begun
        if answer.status != 200:
            raise Wrong(f"GET {path} answered {answer.status}")
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie" and value.startswith("csrftoken="):
                session = self.cookie.split("; ")[0]
                self.cookie = f"{session}; {value.split(';')[0]}"
        found = TOKEN.search(body.decode()) if not self.token else None
        self.token = found[1] if found else self.token
        return took

    def _post(
        self,
        path: str,
        form: dict[str, str],
        *,
        wanted: int,
        more: Mapping[str, str] = MappingProxyType({}),
    ) -> float:
        begun = time.perf_counter()
        answer, body = self._ask("POST", path, urlencode(form), more)
        took = time.perf_counter() - begun
        if answer.status != wanted:
            said = re.sub(r"<[^>]+>|\s+", " ", body.decode())[:3000]
            raise Wrong(f"POST {path} answered {answer.status}, not {wanted}: {said}")
        return took

    def _ask(
        self,
        method: str,
        path: str,
        body: str = "",
        more: Mapping[str, str] = MappingProxyType({}),
    ) -> tuple[http.client.HTTPResponse, bytes]:
        headers = {"Cookie": self.cookie, "Host": f"127.0.0.1:{self.port}", **more}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.line.request(method, path, body or None, headers)
        answer = self.line.getresponse()
        return answer, answer.read()
