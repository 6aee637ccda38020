"""What the state and payers decide is dated."""

from datetime import date

import pytest

from alongside.practice.catalog_errors import CatalogError
from alongside.practice.rules import read_periods, rules_on

NOW = date(2026, 11, 22)
WISCONSIN = rules_on(NOW)


@pytest.mark.practice("SVC-10", "SVC-12", "PEER-1")
def test_wisconsin_today():
    assert (WISCONSIN.contact_every_days, WISCONSIN.contact_soon_days) == (30, 7)
    assert (WISCONSIN.plan_every_months, WISCONSIN.plan_soon_days) == (3, 14)
    assert (WISCONSIN.education_hours, WISCONSIN.education_years) == (20, 2)
    assert WISCONSIN.peer_support_credentials == ("cps",)


def _period(begins: str, days: int) -> str:
    lines = [f"from = {begins}", f"contact_every_days = {days}"]
    for key, value in vars(WISCONSIN).items():
        if key == "peer_support_credentials":
            lines.append('peer_support_credentials = ["cps"]')
        elif key.startswith("array_"):
            lines.append(f'{key} = "{value}"')
        elif key != "contact_every_days":
            lines.append(f"{key} = {value}")
    return "[[period]]\n" + "\n".join(lines) + "\n"


LONG = _period("2020-01-01", 30).count("\n")


def test_periods_stand_in_order_of_time():
    read = read_periods(_period("2020-01-01", 30) + _period("2027-01-01", 14), "x.toml")
    assert [(begins, rules.contact_every_days) for begins, rules in read] == [
        (date(2020, 1, 1), 30),
        (date(2027, 1, 1), 14),
    ]


def test_before_the_first_period_the_first_one_holds():
    assert rules_on(date(1926, 1, 1)) == rules_on(date(2014, 7, 1))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param("x", "cannot be read", id="not TOML"),
        pytest.param("period = [1]", r"line 1: The file has no \[\[period\]\]", id="no section"),
        pytest.param("moon = 1\n", "line 1: “moon” is unknown here", id="unknown on top"),
        pytest.param("", r"has no \[\[period\]\]", id="empty"),
        pytest.param("[[period]]\na = 1\n", "needs a “from” date", id="no date"),
        pytest.param("[[period]]\nfrom = 2020-01-01\n", "from 2020-01-01 needs", id="incomplete"),
        pytest.param(
            _period("2020-01-01", 30) * 2,
            f"line {LONG + 2}: .* both begin on the same day",
            id="same day",
        ),
        pytest.param(
            _period("2020-01-01", 30) + _period("2019-01-01", 30), "order of time", id="order"
        ),
        pytest.param(
            _period("2020-01-01", 30) + "moon = 1\n",
            f"line {LONG + 1}: .* has “moon”, which is unknown",
            id="unknown",
        ),
        pytest.param(_period("2020-01-01", -1), "must be a whole number", id="below zero"),
        pytest.param(
            _period("2020-01-01", 30).replace('["cps"]', '"cps"'), "must be a list", id="no list"
        ),
        pytest.param(
            _period("2020-01-01", 30).replace('"isde"', '"talk"'),
            "“array_skill” from 2020-01-01 must be one of these: ",
            id="no such array",
        ),
    ],
)
def test_a_broken_file_says_what_to_mend(text, sentence):
    with pytest.raises(CatalogError, match=sentence):
        read_periods(text, "x.toml")


@pytest.mark.parametrize("name", ["atlantis", "../wisconsin", ""])
def test_unknown_jurisdiction_is_a_sentence(name):
    with pytest.raises(LookupError, match="There are no rules for"):
        rules_on(NOW, name)
