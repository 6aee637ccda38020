"""A list with a mistake stops the start: file, line and what is wrong, as real processes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from alongside.config.start import CHECKS, mistakes

PACKAGE = Path(__file__).parents[2] / "src" / "alongside"
COMMAND = [sys.executable, "-m", "alongside.config.command"]
PROCESSES = "practice/catalogs/processes.toml"
WISCONSIN = "practice/jurisdictions/wisconsin.toml"
WORDS = "exchange/words.toml"
HEAD = "Alongside did not start: a list has a mistake.\n  "


@pytest.fixture
def copy(tmp_path):
    """The package with lists of its own; what nobody changes here is linked."""
    package = tmp_path / "code" / "alongside"
    package.mkdir(parents=True)
    for part in PACKAGE.iterdir():
        if part.name not in {"practice", "exchange", "__pycache__"}:
            (package / part.name).symlink_to(part)
    for part in ("practice", "exchange"):
        shutil.copytree(PACKAGE / part, package / part)
    return package


@pytest.fixture
def start(copy, tmp_path):
    inherited = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    paths = {"ALONGSIDE_DATA": str(tmp_path / "data"), "PYTHONPATH": str(copy.parent)}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            arguments, env={**inherited, **paths}, capture_output=True, text=True, check=False
        )

    return run


def change(file: Path, old: str, new: str) -> int:
    """Put ``new`` in place of the first ``old``; the line where it stands."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("file", "old", "new", "later", "sentence"),
    [
        pytest.param(
            PROCESSES,
            "[exploring]",
            "[exploring",
            0,
            "This cannot be read. Expected ']' at the end of a table declaration.",
            id="not TOML",
        ),
        pytest.param(
            PROCESSES,
            'name = "Exploring"',
            'name = "Exploring"\ncolour = "green"',
            1,
            "[exploring] has “colour”, which is unknown; known are ask, help, inline, "
            "marks, name, roles, short, source, suggests, yours.",
            id="unknown line",
        ),
        pytest.param(
            PROCESSES,
            '[exploring]\nname = "Exploring"',
            "[exploring]",
            0,
            "[exploring] needs a name.",
            id="name is missing",
        ),
        pytest.param(
            "practice/catalogs/activities.toml",
            'marks = ["skill"]',
            'marks = ["skil"]',
            0,
            "[skill_practice] has “skil” in marks, but it is not one of expert, permission, "
            "relationship, skill, wellness, work.",
            id="no such mark",
        ),
        pytest.param(
            "practice/catalogs/pathways.toml",
            '"child_protection"',
            '"chips"',
            0,
            "[family_treatment_court] has “chips” in suggests, but it is not one of",
            id="points to nothing",
        ),
        pytest.param(
            "practice/catalogs/places.toml",
            "[jail]",
            '[moon]\nname = "The moon"\nhelp = "Up there."\nsource = "SVC-9"\n\n[jail]',
            0,
            "[moon] is not known; Place in practice/codes.py does not have it.",
            id="in the list, not in the code",
        ),
        pytest.param(
            "practice/codes.py",
            '    COMMUNITY = "community"\n    INPATIENT',
            '    COMMUNITY = "community"\n    MOON = "moon"\n    INPATIENT',
            None,
            "practice/catalogs/places.toml, line 1: The entry [moon] is missing; Place in "
            "practice/codes.py has it.",
            id="in the code, not in the list",
        ),
        pytest.param(
            WISCONSIN,
            "[[period]]\nfrom = 2014-07-01",
            "[[period]]\nfrom = 01.07.2014",
            1,
            "This cannot be read. Expected newline or end of document after a statement.",
            id="a date written another way",
        ),
        pytest.param(
            WISCONSIN,
            "supervision_minutes = 60",
            'supervision_minutes = "60"',
            0,
            "“supervision_minutes” from 2014-07-01 must be a whole number, 0 or more.",
            id="a number in quotes",
        ),
        pytest.param(
            WORDS,
            "[values.mode]",
            '[values.mode]\nletter = ["letter"]',
            1,
            "“letter” is not known; Mode in practice/codes.py lacks it.",
            id="words of sheets",
        ),
    ],
)
def test_a_mistake_is_told_with_its_file_and_line(copy, start, file, old, new, later, sentence):
    line = change(copy / file, old, new)
    where = "" if later is None else f"{file}, line {line + later}: "
    said = start(*COMMAND, "verify-audit")
    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr.startswith(HEAD + where + sentence)
    assert (len(said.stderr.splitlines()), "Traceback" in said.stderr) == (2, False)


def test_a_period_out_of_order_is_told(copy, start):
    file = copy / WISCONSIN
    text = file.read_text(encoding="utf-8")
    period = text[text.index("[[period]]") :]
    file.write_text(text + "\n" + period.replace("2014-07-01", "2013-01-01"), encoding="utf-8")
    line = file.read_text(encoding="utf-8").split("2013-01-01")[0].count("\n") + 1
    assert start(*COMMAND, "manage", "check").stderr == (
        f"{HEAD}{WISCONSIN}, line {line}: The period from 2013-01-01 comes after the one from "
        "2014-07-01: put them in order of time.\n"
    )


WAYS = {
    "serve": [*COMMAND, "serve", "--port", "18399"],
    "demo": [*COMMAND, "demo", "--port", "18399"],
    "import": [*COMMAND, "import", "staff", "none.csv"],
    "manage": [*COMMAND, "manage", "check"],
    "another server": [sys.executable, "-c", "import alongside.config.wsgi"],
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_start_stops_and_tells_all_mistakes(copy, start, way):
    change(copy / PROCESSES, 'name = "Exploring"\n', "")
    change(copy / PROCESSES, 'source = "PROC-1"\n', "")
    (copy / WISCONSIN).write_bytes(b"# \xe9t\xe9\n")
    said = start(*WAYS[way])
    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr == (
        "Alongside did not start: 3 mistakes in its lists.\n"
        f"  {PROCESSES}, line 4: [connecting] needs a source.\n"
        f"  {PROCESSES}, line 8: [exploring] needs a name.\n"
        f"  {WISCONSIN}, line 1: Save the file as UTF-8 text.\n"
    )


def test_a_file_that_cannot_be_read_is_told_once_whoever_reads_it(copy, start):
    new = copy / "practice" / "moon" / "phases.toml"
    new.parent.mkdir()
    new.write_text("[full\n")
    said = start(*COMMAND, "manage", "check").stderr
    assert said.startswith(f"{HEAD}practice/moon/phases.toml, line 1: This cannot be read.")
    assert len(said.splitlines()) == 2


def test_help_needs_no_lists(copy, start):
    (copy / WORDS).unlink()
    assert start(*COMMAND, "--help").returncode == 0
    assert start(*COMMAND, "manage", "check").stderr == (
        f"{HEAD}{WORDS}, line 1: The file is missing or cannot be opened.\n"
    )


def test_our_own_lists_are_whole():
    assert (len(CHECKS) >= 3, mistakes()) == (True, [])
