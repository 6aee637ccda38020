"""``alongside import``: what it prints, and what it says of a bad file."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from alongside.accounts.models import Agency
from alongside.exchange.commands import import_command
from alongside.people.models import Participant
from tests.factories import AgencyFactory

pytestmark = pytest.mark.django_db

DATA = Path(__file__).parent.parent / "data"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(import_command, list(arguments))


def test_json_on_an_empty_installation() -> None:
    result = run("referrals", str(DATA / "referrals.csv"), "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "rows": 118,
        "imported": 117,
        "to_sort_out": 1,
        "already_there": 0,
        "looks_like_same_person": 7,
        "problems": {
            "birth_date_impossible": 5,
            "birth_date_missing": 5,
            "birth_date_unreadable": 3,
            "not_a_person": 1,
            "phone_incomplete": 12,
        },
    }
    again = json.loads(run("referrals", str(DATA / "referrals.csv"), "--json").stdout)
    assert (again["imported"], again["already_there"]) == (0, 118)
    assert [agency.name for agency in Agency.objects.all()] == ["Our agency"]
    assert Participant.objects.count() == 117


def test_in_words() -> None:
    result = run("staff", str(DATA / "staff.csv"))
    assert result.stdout.splitlines() == [
        "14 rows: 14 imported, 0 to sort out, 0 already there.",
        "       3  hours unknown",
    ]


def test_a_log_without_its_people_waits_as_a_whole() -> None:
    told = json.loads(run("contacts", str(DATA / "contact_log.xlsx"), "--json").stdout)
    assert (told["rows"], told["imported"], told["to_sort_out"]) == (3000, 0, 3000)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(b"", "This file is empty.", id="empty"),
        pytest.param(b"%PDF-1.4", "This is a PDF", id="a PDF"),
        pytest.param(b"Name,DOB\n", "no rows below them", id="only names of columns"),
        pytest.param(b"County,Program\nPolk,CCS\n", "the column “Name”", id="no names of people"),
    ],
)
def test_a_bad_file_ends_with_one_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    file = tmp_path / "sheet.csv"
    file.write_bytes(content)
    result = run("referrals", str(file))
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert "Traceback" not in result.output
    assert Participant.objects.count() == 0


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    result = run("referrals", str(tmp_path / "none.csv"))
    assert result.exit_code == 2
    assert "cannot be read" in result.stderr


def test_among_several_agencies_one_is_named() -> None:
    AgencyFactory(name="One")
    two = AgencyFactory(name="Two")
    result = run("referrals", str(DATA / "referrals_old.csv"))
    assert result.exit_code == 2
    assert "Choose one with --agency" in result.stderr
    named = run("referrals", str(DATA / "referrals_old.csv"), "--agency", "Two", "--json")
    assert json.loads(named.stdout)["imported"] == 30
    assert set(Participant.objects.values_list("agency_id", flat=True)) == {two.pk}
