"""The table of what was measured, for people and for machines. Written by the command only."""

import json
import os
import platform
from dataclasses import asdict, dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parent.parent.parent / "docs"
TIMES = "\N{MULTIPLICATION SIGN}"
DATABASES = ("sqlite", "postgresql")
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True)
class Goal:
    """``figure`` names what was measured; ``most`` or ``least`` is the goal."""

    figure: str
    what: str
    unit: str
    most: float | None = None
    least: float | None = None
    sqlite: float | None = None  # the most on SQLite, where it may be another one

    def met(self, value: float, database: str) -> bool:
        most = self.sqlite if self.sqlite and database == "sqlite" else self.most
        if most is not None:
            return value <= most
        return self.least is None or value >= self.least

    def words(self) -> str:
        if self.sqlite is not None:
            return f"≤ {self.sqlite:g} {self.unit} (SQLite), ≤ {self.most:g} {self.unit}"
        if self.most is not None:
            return f"≤ {self.most:g} {self.unit}".strip()
        return f"≥ {self.least:,.0f} {self.unit}".strip()


GOALS = (
    Goal("save", "Saving a note, against the floor (the same rows by bare SQL)", TIMES, most=3),
    Goal("event", "Saving a note, against saving it without its audit event", TIMES, most=1.15),
    Goal("gate", "The disclosure gate, to the last row on disk", "ms", most=5),
    Goal("proof", "verify-audit, hash by hash", "events/s", least=50_000),
    Goal("rotation", "rotate-keys, while the app serves", "rows/s", least=5_000),
    Goal("my_day", "My day at {large:,} encounters, against {small:,}", TIMES, most=1.2),
    Goal("record", "Participant page at {large:,} encounters, against {small:,}", TIMES, most=1.2),
    Goal("portal_first", "A participant's first page with all it loads, gzipped", "KB", most=100),
    Goal("portal_next", "A participant's next pages, the heaviest, gzipped", "KB", most=20),
    Goal("paper", "A full plan as a tagged PDF, asked for over HTTP", "s", most=1),
    Goal("measures", "Measures of the program at {large:,} encounters", "s", most=2, sqlite=4),
    Goal("contacts", "Import of a contact log", "rows/s", least=2000),
    Goal("referrals", "Import of referrals", "rows/s", least=2000),
    Goal("memory", "Memory of the serving process", "MB", most=256),
    Goal("start", "Start until the first page", "s", most=3),
)
INTRO = """# Performance

Written by `make bench`; edit nothing here. All figures of a column come from one run on one
machine, as ratios where a machine's own speed would hide what is meant. The same numbers for
machines: `performance.json`.

"""
HOW = """
How it is measured. Two agencies are made, with {small:,} and {large:,} encounters; a supporter
walks with twelve people in both. Each is served by its own process, both at the same time, and
asked in turns by twenty signed-in supporters over HTTP, after a warm-up; a figure is the ratio of
the medians. The floor is a bare Django view (no middleware, no sign-in, no form) in the same
process that writes the rows of the same note by bare SQL in one transaction with the same
durability. Memory is what all processes of the server that holds {large:,} encounters keep, after
all requests. What an audit event costs is shown by saving notes with and without it, in turns, on
the server of the bench alone. The gate tells a worker by consent what the consent covers, in a
process of its own. The measures are the page over all encounters there are, for a coordinator,
as a median of seconds; how they grow is told beside it, and so is the load of the machine. Keys
are changed for {sealed:,} sealed rows while numbers are read; each must be shown. An import begins
with the bytes of a sheet of {rows:,} rows and ends with its last row in the record, every check
included; imports are no ratio, so the load of the machine is told with
them (above the number of cores, other programs took part of the time).
"""


def machine() -> dict[str, object]:
    """What the figures depend on: never a path or a host name."""
    return {
        "cores": os.cpu_count(),
        "machine": platform.machine(),
        "system": platform.system(),
        "python": platform.python_version(),
        **{name: version(name) for name in ("django", "granian", "psycopg")},
    }


def table(measured: dict[str, dict[str, Any]], sizes: dict[str, int]) -> str:
    """The Markdown table: what, goal, and for each database the figure and whether it is met."""
    lines = ["| what | goal | SQLite | PostgreSQL |", "|---|---|---|---|"]
    for goal in GOALS:
        cells = [_cell(goal, measured.get(name, {}).get(goal.figure), name) for name in DATABASES]
        what = goal.what.format(**sizes)
        lines.append(f"| {what} | {goal.words()} | {cells[0]} | {cells[1]} |")
    return "\n".join(lines) + "\n"


def _cell(goal: Goal, figure: dict[str, Any] | None, database: str) -> str:
    if figure is None:
        return "not measured"
    value = figure["value"]
    shown = f"{value:,.0f}" if value >= 100 else f"{value:.2f}"
    told = figure.get("told", "")
    if "load" in figure:
        told = f"load {figure['load']} on {os.cpu_count()} cores"
    more = f" ({told})" if told else ""
    return f"{shown} {goal.unit}{more} {'✓' if goal.met(value, database) else '**not met**'}"


def missed(measured: dict[str, dict[str, Any]]) -> list[str]:
    """Each goal that was missed, or not measured at all, with the database it was missed on."""
    return [
        f"{goal.figure} on {NAMES[name]}"
        for goal in GOALS
        for name in DATABASES
        if (figure := measured.get(name, {}).get(goal.figure)) is None
        or not goal.met(figure["value"], name)
    ]


def last() -> dict[str, dict[str, Any]]:
    """What the last whole run measured."""
    whole = json.loads((DOCS / "performance.json").read_text(encoding="utf-8"))
    measured: dict[str, dict[str, Any]] = whole["measured"]
    return measured


def write(measured: dict[str, dict[str, Any]], sizes: dict[str, int]) -> None:
    facts = machine()
    on = date.today().isoformat()  # noqa: DTZ011 (the day on this machine)
    told = ", ".join(f"{name} {value}" for name, value in facts.items())
    text = INTRO + table(measured, sizes) + HOW.format(**sizes) + f"\nMeasured {on}: {told}.\n"
    (DOCS / "performance.md").write_text(text, encoding="utf-8")
    goals = [asdict(goal) for goal in GOALS]
    whole = {"on": on, "machine": facts, "sizes": sizes, "goals": goals, "measured": measured}
    (DOCS / "performance.json").write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")
