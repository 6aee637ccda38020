"""Wishes in messy notes, read without inventing anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.practice.matching import WishKind, read_wishes


def read(text: str) -> list[tuple[str, str, bool]]:
    return [(wish.kind.value, wish.value, wish.avoid) for wish in read_wishes(text)]


@pytest.mark.practice("PSP-4")
@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("Spanish speaking por favor", [("language", "Spanish", False)]),
        ("Hmong speaker", [("language", "Hmong", False)]),
        ("habla español", [("language", "Spanish", False)]),
        ("Spanish", [("language", "Spanish", False)]),
        ("needs ASL interpreter", [("language", "American Sign Language", False)]),
        ("woman if possible", [("gender", "woman", False)]),
        ("mujer, por favor", [("gender", "woman", False)]),
        ("Female peer preferred", [("gender", "woman", False)]),
        ("hmong woman", [("gender", "woman", False)]),
        ("no men", [("gender", "man", True)]),
        ("can't be alone with men", [("gender", "man", True)]),
        ("someone who's been thru child protection", [("experience", "child_protection", False)]),
        ("somebody in recovery from opioids", [("experience", "substance_use", False)]),
        ("someone who has been locked up", [("experience", "incarceration", False)]),
        (
            "older woman who has been thru treatment court",
            [("gender", "woman", False), ("experience", "treatment_court", False)],
        ),
        ('said "anyone but my cousin Ray"', [("refusal", "my cousin Ray", True)]),
        ("not with Dale Dahl", [("refusal", "Dale Dahl", True)]),
        ('"not Kay"', [("refusal", "Kay", True)]),
        (
            "anyone but Ray, Tina or Jo, evenings only",
            [("time", "evenings", False), ("refusal", "Ray, Tina or Jo", True)],
        ),
        ("doesn't want to work with her ex", [("refusal", "her ex", True)]),
        ("evenings only - works days", [("time", "evenings", False)]),
        ("weekends or after 5pm", [("time", "weekends, after 5pm", False)]),
        ("no mornings", [("time", "mornings", True)]),
        ("not too far from Boyceville", [("place", "near Boyceville", False)]),
        ("near Eau Claire please", [("place", "near Eau Claire", False)]),
        (
            "wants to meet at library\nNOT at home",
            [("place", "library", False), ("place", "home", True)],
        ),
        ("does not want to meet at home", [("place", "home", True)]),
        (
            "no phone, text only",
            [("contact_mode", "telephone", True), ("contact_mode", "text_message", False)],
        ),
        ("do not leave voicemail", [("contact_mode", "voicemail", True)]),
        (
            "Spanish speaker, woman if possible; no men",
            [("language", "Spanish", False), ("gender", "woman", False), ("gender", "man", True)],
        ),
    ],
)
def test_what_is_read(text, wishes):
    assert read(text) == wishes


@pytest.mark.parametrize(
    "text",
    [
        "has toddler w/ her",
        "a vet",
        "allergic to cats",
        "single woman w/ 2 kids",
        "CHIPS court Friday",
        "speaks no English",
        "her husband drinks",
        "lost kids to foster care",
        "she works nights",
        "not sure yet",
        "needs a ride",
    ],
)
def test_what_is_not_a_known_wish_stays_word_for_word(text):
    assert read(text) == [("other", text, False)]


@pytest.mark.parametrize(
    "text", ["", "  \n ", "n/a", "none", "no preference", "ok with anyone", "-"]
)
def test_no_wish_is_no_wish(text):
    assert read_wishes(text) == ()


def test_the_words_are_kept_beside_what_was_understood():
    wishes = read_wishes('evenings only - works days\nsaid "anyone but my cousin Ray"')
    assert [wish.words for wish in wishes] == [
        "evenings only - works days",
        "anyone but my cousin Ray",
    ]


@pytest.mark.practice("PSP-4")
@given(st.text(alphabet=st.sampled_from("abRay not,.;\n\"'-yoga womn"), max_size=60))
def test_nothing_is_invented_and_nothing_breaks(text):
    flat = " ".join(text.split())
    for wish in read_wishes(text):
        assert wish.value
        if wish.kind in (WishKind.OTHER, WishKind.REFUSAL):
            assert all(word in flat for word in wish.words.split())
