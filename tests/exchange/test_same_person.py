"""People who look like one person are proposed with a reason, and never made one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.core.words import Say
from alongside.exchange.rules import same_person
from alongside.exchange.rules.same_person import PersonKey, find_pairs, looks_like

BORN = date(2002, 3, 2)
PHONE = "+17155550100"


@pytest.mark.parametrize(
    ("a", "b", "says"),
    [
        pytest.param(
            PersonKey("Lena Iverson", BORN),
            PersonKey("lena IVERSON", BORN),
            "Same name and birth date.",
            id="same",
        ),
        pytest.param(
            PersonKey("Ines Núñez", BORN),
            PersonKey("NUNEZ, Inés", BORN),
            "Same name and birth date.",
            id="accents and case do not matter",
        ),
        pytest.param(
            PersonKey("Vang Thao", BORN),
            PersonKey("Thao Vang", BORN),
            "Same birth date and the same name, written the other way round.",
            id="the other way round",
        ),
        pytest.param(
            PersonKey("Vang Thao", None, PHONE),
            PersonKey("Vang Thao", BORN, PHONE),
            "Same name and phone number; a birth date is not known.",
            id="same phone",
        ),
        pytest.param(
            PersonKey("Vang Thao"),
            PersonKey("Vang Thao", BORN),
            "Same name; a birth date is not known, and nothing speaks against it.",
            id="nothing against it",
        ),
        pytest.param(
            PersonKey("Loretta Schmitt", BORN, PHONE),
            PersonKey("Loreta Schmidt", BORN, PHONE),
            "Same birth date and phone number, the name spelled nearly alike.",
            id="nearly alike",
        ),
        pytest.param(
            PersonKey("Maria Elena Lopez", BORN),
            PersonKey("Maria Lopez", BORN),
            "Same birth date; one name is part of the other.",
            id="with the middle name",
        ),
        pytest.param(
            PersonKey("Otis B.", BORN),
            PersonKey("Otis Becker", BORN),
            "Same birth date; one name is part of the other.",
            id="the short name",
        ),
        pytest.param(
            PersonKey("Gia Rivera", date(2002, 3, 2), PHONE),
            PersonKey("Gia Rivera", date(2002, 2, 3), PHONE),
            "Same name and phone number; the birth dates differ by one slip of the pen.",
            id="one slip",
        ),
        pytest.param(
            PersonKey("Kai Thao", BORN),
            PersonKey("Kai Thao", date(1978, 4, 1)),
            None,
            id="other day",
        ),
        pytest.param(
            PersonKey("Kai Thao", None, PHONE),
            PersonKey("Mai Thao", None, PHONE),
            None,
            id="mother and daughter on one phone",
        ),
        pytest.param(
            PersonKey("Kai Thao", BORN), PersonKey("Otis Vue", BORN), None, id="only the birthday"
        ),
        pytest.param(PersonKey("", BORN), PersonKey("", BORN), None, id="no names"),
    ],
)
def test_the_reason_is_said_in_words(a: PersonKey, b: PersonKey, says: str | None) -> None:
    assert [x and str(x) for x in (looks_like(a, b), looks_like(b, a))] == [says, says]


WORDS = st.sampled_from(["Kai", "Mai", "Thao", "Vang", "Lor", "Núñez", "Nunez", "Kay", "B."])
PEOPLE = st.lists(
    st.builds(
        PersonKey,
        st.lists(WORDS, min_size=1, max_size=3).map(" ".join),
        st.none() | st.sampled_from([BORN, BORN + timedelta(days=1)]),
        st.sampled_from(["", PHONE, "+17155550101"]),
    ),
    max_size=12,
)


@given(PEOPLE, PEOPLE)
def test_the_index_finds_what_looking_at_everyone_finds(
    new: list[PersonKey], existing: list[PersonKey]
) -> None:
    old = [(-1 - i, key) for i, key in enumerate(existing)]
    fresh = list(enumerate(new))
    slow = {
        (i, j)
        for i, key in fresh
        for j, other in [*old, *fresh[:i]]
        if looks_like(key, other) is not None
    }
    pairs = find_pairs(fresh, old)
    assert {(p.new, p.existing) for p in pairs} == slow
    assert len(pairs) == len(slow)


def test_2000_new_among_10000_are_compared_with_few(monkeypatch: pytest.MonkeyPatch) -> None:
    def person(i: int) -> PersonKey:
        born = date(1960, 1, 1) + timedelta(days=i * 7919 % 16_000)
        return PersonKey(f"Given{i % 400} Family{i // 3}", born, f"+1715{i:07}")

    compared = []
    real = same_person.looks_like

    def counting(a: PersonKey, b: PersonKey) -> Say | None:
        compared.append(1)
        return real(a, b)

    monkeypatch.setattr(same_person, "looks_like", counting)
    existing = [(i, person(i)) for i in range(10_000)]
    new = [(20_000 + i, person(i * 5)) for i in range(2_000)]
    pairs = find_pairs(new, existing)
    assert {(p.new - 20_000) * 5 for p in pairs} >= {p.existing for p in pairs}
    assert len(pairs) >= 2_000
    assert len(compared) <= 20 * len(new)
