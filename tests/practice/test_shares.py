"""How contact took place, and what counts as one."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.practice.codes import ContactKind, Mode
from alongside.practice.contact_kinds import counts_as_contact
from alongside.practice.counties import county_key
from alongside.practice.shares import mode_shares


@pytest.mark.practice("SVC-5")
def test_shares_stand_in_the_practice_order_and_name_the_empty_ones():
    shares = mode_shares(Counter({Mode.TEXT_MESSAGE: 1, Mode.FACE_TO_FACE: 2}))
    assert [(s.mode.value, s.count, s.percent) for s in shares] == [
        ("face_to_face", 2, 67),
        ("telephone", 0, 0),
        ("video", 0, 0),
        ("text_message", 1, 33),
        ("social_media", 0, 0),
        ("other_electronic", 0, 0),
    ]


def test_no_contacts_have_no_shares():
    assert {s.percent for s in mode_shares({})} == {0}


@given(st.dictionaries(st.sampled_from(Mode), st.integers(0, 5000), min_size=1))
def test_shares_add_up_and_are_never_off_by_one(counts):
    shares = mode_shares(counts)
    total = sum(counts.values())
    assert sum(s.percent for s in shares) == (100 if total else 0)
    assert all(abs(s.percent - s.count * 100 / total) < 1 for s in shares if total)


@pytest.mark.practice("SVC-10")
@pytest.mark.parametrize(
    ("kind", "counts"),
    [
        pytest.param(ContactKind.WITH_PERSON, True, id="together"),
        pytest.param(ContactKind.GROUP, True, id="in a group"),
        pytest.param(ContactKind.ATTEMPT, False, id="an attempt without the person does not count"),
        pytest.param(ContactKind.WITHOUT_PERSON, False, id="nor a talk with the care team"),
    ],
)
def test_what_counts(kind, counts):
    assert counts_as_contact(kind) is counts


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Pepin Co.", "pepin"),
        ("PEPIN COUNTY", "pepin"),
        (" pepin ", "pepin"),
        ("Pepin Co., WI", "pepin"),
        ("St. Croix", "st croix"),
        ("Saint Croix County", "st croix"),
        ("Eau Claire", "eau claire"),
        ("Hennepin MN", "hennepin mn"),
        ("", ""),
        ("Cook", "cook"),
    ],
)
def test_one_spelling_of_a_county(text, key):
    assert county_key(text) == key
