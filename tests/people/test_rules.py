from datetime import date
from uuid import uuid4

import pytest

from alongside.accounts.codes import Role
from alongside.accounts.rules import permissions_of
from alongside.core.actor import Actor
from alongside.people import rules
from alongside.people.rules import Difference, NewParticipant

GIA = NewParticipant(name="Gia Rivera", county="Dunn")
TODAY = date(2026, 11, 19)


def actor(*roles: Role) -> Actor:
    return Actor(id=uuid4(), agency_id=uuid4(), permissions=permissions_of(roles))


@pytest.mark.parametrize(
    ("person", "code"),
    [
        pytest.param(GIA, None, id="a name is enough"),
        pytest.param(NewParticipant(name="  "), "no-name", id="without a name there is nobody"),
        pytest.param(
            NewParticipant(name="Gia", born_on=date(2062, 1, 1)),
            "born-later",
            id="nobody is born tomorrow",
        ),
    ],
)
def test_what_is_needed_to_keep_a_person(person, code):
    refusal = rules.why_not_keep(person, on=TODAY)
    assert (refusal.code if refusal else None) == code


def test_differences_name_what_changed_and_what_it_said_before():
    after = NewParticipant(name="Gia Rivera", county="Polk", born_on=date(1990, 5, 4))
    assert rules.differences(GIA, after) == [
        Difference("born_on", "", "1990-05-04"),
        Difference("county", "Dunn", "Polk"),
    ]
    assert rules.differences(GIA, GIA) == []


@pytest.mark.parametrize(
    ("roles", "code"),
    [
        pytest.param([Role.COORDINATOR], None, id="the coordinator keeps matches"),
        pytest.param([Role.SUPPORTER], "not-matched", id="a supporter lets nobody in"),
    ],
)
def test_an_account_joins_through_a_match_only(roles, code):
    refusal = rules.why_not_join("Rosa", user_id=uuid4(), by=actor(*roles))
    assert (refusal.code if refusal else None) == code
    assert rules.why_not_join("Bea", user_id=None, by=actor(*roles)) is None


def test_leaving_has_a_day_that_has_been():
    assert rules.why_not_until(date(2026, 1, 1), date(2026, 11, 20), on=TODAY).code == "later"
    assert rules.why_not_until(date(2026, 1, 1), date(2025, 12, 31), on=TODAY).code == "before"
    assert rules.why_not_until(None, TODAY, on=TODAY) is None


@pytest.mark.parametrize(
    ("name", "key"),
    [
        pytest.param("Núñez, Ines", "nunez ines", id="accents and commas"),
        pytest.param("  Mai   Xiong ", "mai xiong", id="spaces"),
        pytest.param("O'Neil", "o neil", id="apostrophes"),
        pytest.param(
            "a" * 150 + "\ufb03" * 30, "a" * 150 + "ffi" * 16 + "ff", id="signs that grow"
        ),
    ],
)
def test_name_key(name, key):
    assert rules.name_key(name) == key


def test_short_names_and_initials():
    assert [rules.short_name(n) for n in ("Gia Rivera", "Gia")] == ["Gia R.", "Gia"]
    assert [rules.initials(n) for n in ("Gia Lee Rivera", "Gia", "")] == ["GR", "G", ""]
    assert [rules.first_name(n) for n in ("Gia Rivera", "")] == ["Gia", ""]
