"""The ``alongside`` command as a person types it: real processes, a database of their own."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from alongside.config.command import free_port
from tests.waiting import first_answer

DATA = Path(__file__).parent.parent / "data"
COMMAND = [sys.executable, "-m", "alongside.config.command"]
START = ["start-agency", "--name", "Two Rivers", "--time-zone", "America/Chicago"]
ANN = ["--administrator", "Ann Bell", "--email", "ann@two-rivers.example"]


def in_folder(folder: Path) -> dict[str, str]:
    inherited = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return {**inherited, "ALONGSIDE_DATA": str(folder), "PYTHONPATH": "src"}


# The new database is a copy of the tests' own.
pytestmark = pytest.mark.django_db


@pytest.fixture
def environment(tmp_path, empty_installation):
    shutil.copytree(empty_installation, tmp_path, dirs_exist_ok=True)
    return in_folder(tmp_path)


@pytest.fixture
def alongside(environment):
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *arguments], env=environment, capture_output=True, text=True, check=False
        )

    return run


@pytest.mark.asvs("13.3.2")
def test_an_agency_begins_once_and_its_log_is_whole(alongside, tmp_path):
    for path in tmp_path.iterdir():
        path.unlink()  # here from nothing at all
    weak = alongside(*START, *ANN, "--password", "shorty")
    assert (weak.returncode, "at least 12 characters" in weak.stderr) == (1, True)
    begun = alongside(*START, *ANN, "--password", "walk-by-the-river-9")
    assert (begun.returncode, begun.stderr) == (0, "")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert tmp_path / "alongside.sqlite3" in files
    assert [path.name for path in files if path.stat().st_mode & 0o077] == []
    again = alongside(*START, *ANN, "--password", "walk-by-the-river-9")
    assert "already signs in with this e-mail address" in again.stderr
    whole = alongside("verify-audit")
    assert (whole.returncode, "2 events, all whole" in whole.stdout) == (0, True)


def test_sheets_come_in_and_come_in_once(alongside):
    alongside("import", "staff", str(DATA / "staff.csv"), "--json")
    first = alongside("import", "referrals", str(DATA / "referrals.csv"), "--json")
    said = json.loads(first.stdout)
    assert list(said) == [
        "rows",
        "imported",
        "to_sort_out",
        "already_there",
        "looks_like_same_person",
        "problems",
    ]
    assert said["rows"] == said["imported"] + said["to_sort_out"] + said["already_there"] == 118
    second = alongside("import", "referrals", str(DATA / "referrals.csv"), "--json")
    again = json.loads(second.stdout)
    assert (again["imported"], again["to_sort_out"], again["already_there"]) == (0, 0, 118)


def test_a_file_that_is_no_sheet_gets_one_sentence(alongside, tmp_path):
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.7 something")
    bad = alongside("import", "referrals", str(tmp_path / "scan.pdf"))
    assert (bad.returncode, bad.stdout, "Traceback" in bad.stderr) == (2, "", False)
    assert len(bad.stderr.strip().splitlines()) == 1


def test_it_serves_and_stops_cleanly_on_ctrl_c(environment, tmp_path):
    port = free_port(18400 + os.getpid() % 1000)
    log = tmp_path / "log"
    with log.open("w") as out:
        server = subprocess.Popen(
            [*COMMAND, "serve", "--port", str(port)],
            env=environment,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        page = first_answer(f"http://127.0.0.1:{port}/start/")
        assert "Alongside" in page
    finally:
        # As a terminal does: to every process of the command at once.
        os.killpg(server.pid, signal.SIGINT)
        code = server.wait(timeout=60)
    said = log.read_text()
    assert (code, "Traceback" in said, "/start/?token=" in said) == (0, False, True)
