"""Suggestions: the participant's own wishes first, their no above all, every reason in words."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.practice.codes import LivedExperience, Pathway
from alongside.practice.matching import (
    PersonSide,
    SupporterSide,
    Wish,
    WishKind,
    read_wishes,
    suggest,
)

E = LivedExperience


def supporter(n: int, name: str = "", **facts: object) -> SupporterSide:
    return SupporterSide(UUID(int=n), name or f"Person {n}", **facts)


def words(person: PersonSide, side: SupporterSide) -> list[str]:
    (only,) = suggest(person, [side])
    return [str(reason.say) for reason in only.reasons]


@pytest.mark.practice("PSP-4")
def test_reasons_in_words():
    person = PersonSide(
        "Dunn Co.", read_wishes("Spanish speaking por favor"), "", frozenset(), Pathway.CHIPS
    )
    side = supporter(
        1,
        languages=frozenset({"English", "Spanish"}),
        counties=frozenset({"Dunn", "Pepin"}),
        experiences=frozenset({E.CHILD_PROTECTION}),
        room=3,
    )
    assert words(person, side) == [
        "asked for a Spanish speaker: yes",
        "child protection experience: shared",
        "Dunn County",
        "room for 3 more",
    ]


@pytest.mark.practice("PSP-3", "PSP-4")
def test_what_a_supporter_did_not_open_is_not_known_and_never_a_no():
    person = PersonSide(wishes=read_wishes("someone who's been thru child protection"))
    (found,) = suggest(person, [supporter(1)])
    assert [(r.answer.value, str(r.say)) for r in found.reasons] == [
        ("unknown", "asked for child protection experience: not known"),
        ("unknown", "room: not known"),
    ]


@pytest.mark.practice("PSP-4")
def test_a_refusal_stands_beside_every_suggestion_and_rules_out_the_one_it_names():
    person = PersonSide("Dunn", read_wishes('said "anyone but my cousin Ray"'))
    ray = supporter(1, "Ray Dahl", counties=frozenset({"Dunn"}), room=9)
    rayna = supporter(2, "Rayna Lor")
    mai = supporter(3, "Mai Her")
    found = suggest(person, [ray, rayna, mai])
    assert [s.supporter_id.int for s in found] == [3, 2, 1]
    assert {str(s.cautions[0]) for s in found} == {"asked for: anyone but my cousin Ray"}
    assert [str(s.ruled_out or "") for s in found] == [
        "",
        "",
        "asked for: anyone but my cousin Ray",
    ]
    close = [[str(c) for c in s.cautions[1:]] for s in found]
    assert close == [[], ["The name is close. Is this the same person?"], []]


@pytest.mark.parametrize(
    ("note", "name", "ruled_out"),
    [
        pytest.param("anyone but Nuñez", "Inés Núñez", True, id="accents do not matter"),
        pytest.param("not with dale dahl", "Dale Dahl", True, id="nor do capitals"),
        pytest.param("anyone but her mom", "Mai Her", False, id="a small word is no name"),
        pytest.param(
            "anyone but someone who will judge me", "Will Lor", False, id="will is no name"
        ),
        pytest.param("no men", "Otis Lor", True, id="no men, and he says he is a man"),
    ],
)
def test_who_a_refusal_names(note, name, ruled_out):
    person = PersonSide(wishes=read_wishes(note))
    (found,) = suggest(person, [supporter(1, name, gender_words="he / him, man")])
    assert (found.ruled_out is not None) is ruled_out


@pytest.mark.parametrize(
    ("note", "facts", "reason"),
    [
        pytest.param(
            "woman if possible",
            {"gender_words": "she/her"},
            "asked for: woman if possible: yes",
            id="woman",
        ),
        pytest.param(
            "woman if possible", {}, "asked for: woman if possible: not known", id="not said"
        ),
        pytest.param(
            "evenings only",
            {"times": frozenset({"evenings"})},
            "asked for: evenings only: yes",
            id="evenings",
        ),
        pytest.param(
            "evenings only",
            {"times": frozenset({"mornings"})},
            "asked for: evenings only: no",
            id="mornings",
        ),
        pytest.param(
            "after 5",
            {"times": frozenset({"evenings"})},
            "asked for: after 5: not known",
            id="after 5",
        ),
        pytest.param("has toddler w/ her", {}, "said: has toddler w/ her", id="to have in mind"),
        pytest.param("no phone, text only", {}, "said: no phone", id="how to be in touch"),
        pytest.param(
            "Hmong speaker",
            {"languages": frozenset({"English"})},
            "asked for a Hmong speaker: no",
            id="no",
        ),
    ],
)
def test_each_wish_has_its_answer(note, facts, reason):
    assert words(PersonSide(wishes=read_wishes(note)), supporter(1, **facts))[0] == reason


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        pytest.param(
            {"experiences": frozenset({E.CHILD_PROTECTION})},
            {"counties": frozenset({"Dunn"})},
            id="experience before county",
        ),
        pytest.param(
            {"counties": frozenset({"Dunn"})},
            {"counties": frozenset({"Polk"}), "languages": frozenset({"Hmong"})},
            id="county before language",
        ),
        pytest.param({"languages": frozenset({"Hmong"})}, {"room": 9}, id="language before room"),
        pytest.param({"room": 3}, {"room": 1}, id="room"),
        pytest.param({"room": 1}, {"room": 0}, id="no room comes last"),
    ],
)
def test_after_the_wishes(better, worse):
    person = PersonSide("Dunn", (), "Hmong", frozenset(), Pathway.CHIPS)
    found = suggest(person, [supporter(1, **worse), supporter(2, **better)])
    assert [s.supporter_id.int for s in found] == [2, 1]


NOTES = st.lists(
    st.sampled_from(
        [
            "Spanish speaking",
            "Hmong speaker",
            "woman if possible",
            "no men",
            "evenings only",
            "someone who's been to jail",
            "someone in recovery",
            "anyone but Ray",
            "not with Tina Lor",
            "near Boyceville",
            "text only",
            "has toddler w/ her",
        ]
    ),
    max_size=5,
)
PEOPLE = st.builds(
    PersonSide,
    st.sampled_from(["Dunn", "Polk", ""]),
    NOTES.map("\n".join).map(read_wishes),
    st.sampled_from(["", "Hmong", "English"]),
    st.frozensets(st.sampled_from(LivedExperience), max_size=3),
    st.sampled_from(Pathway),
)
SUPPORTERS = st.lists(
    st.builds(
        SupporterSide,
        st.uuids(version=4),
        st.sampled_from(["Ray Dahl", "Tina Lor", "Mai Her", "Otis Vue"]),
        st.frozensets(st.sampled_from(["English", "Spanish", "Hmong"])),
        st.frozensets(st.sampled_from(["Dunn", "Polk"])),
        st.frozensets(st.sampled_from(LivedExperience)),
        st.sampled_from([None, "she/her", "man", "they/them"]),
        st.frozensets(st.sampled_from(["evenings", "mornings", "weekends"])),
        st.none() | st.integers(-2, 5000),
        st.integers(0, 40),
    ),
    max_size=6,
    unique_by=lambda side: side.id,
)


@pytest.mark.practice("PSP-4")
@given(PEOPLE, SUPPORTERS)
def test_no_weight_lifts_anyone_above_one_who_meets_more_wishes(person, supporters):
    found = suggest(person, supporters)
    met = [sum(r.wished and r.answer == "yes" for r in s.reasons) for s in found if not s.ruled_out]
    assert met == sorted(met, reverse=True)
    ruled_out = [s.ruled_out is not None for s in found]
    assert ruled_out == sorted(ruled_out)
    assert {s.supporter_id for s in found} == {side.id for side in supporters}


@given(PEOPLE, SUPPORTERS)
def test_the_persons_no_stands_beside_each_suggestion(person, supporters):
    refusals = [f"asked for: {w.words}" for w in person.wishes if w.kind is WishKind.REFUSAL]
    for found in suggest(person, supporters):
        assert [w for w in refusals if w not in map(str, found.cautions)] == []
        assert all(str(reason.say) for reason in found.reasons)


@given(PEOPLE, SUPPORTERS, st.randoms())
def test_the_order_does_not_depend_on_the_order_of_asking(person, supporters, random):
    before = [s.supporter_id for s in suggest(person, supporters)]
    shuffled = random.sample(supporters, len(supporters))
    assert [s.supporter_id for s in suggest(person, shuffled)] == before


def test_a_wish_made_by_hand_counts_like_one_that_was_read():
    person = PersonSide(wishes=(Wish(WishKind.LANGUAGE, "spanish", "Spanish"),))
    (found,) = suggest(person, [supporter(1, languages=frozenset({"Spanish"}))])
    assert found.reasons[0].answer == "yes"


@pytest.mark.parametrize(
    ("language", "spoken", "answer"),
    [
        pytest.param("Español", {"Spanish"}, "yes", id="in their own word"),
        pytest.param("English/Spanish", {"Spanish"}, "yes", id="one of two"),
        pytest.param("Tagalog", {"tagalog"}, "yes", id="a language without a pattern"),
        pytest.param("Hmong", {"English", "Spanish"}, "no", id="none in common"),
        pytest.param("Hmong", set(), "unknown", id="nobody said"),
    ],
)
def test_a_common_language(language, spoken, answer):
    (found,) = suggest(PersonSide(language=language), [supporter(1, languages=frozenset(spoken))])
    assert [r.answer.value for r in found.reasons if r.kind == "language"] == [answer]


@pytest.mark.practice("PSP-4", "PROC-1")
def test_a_common_language_comes_before_common_experience():
    person = PersonSide("Polk", (), "Hmong", frozenset({E.CHILD_PROTECTION}))
    shares = supporter(
        1,
        languages=frozenset({"English"}),
        counties=frozenset({"Polk"}),
        experiences=frozenset({E.CHILD_PROTECTION}),
        room=5,
    )
    speaks = supporter(2, languages=frozenset({"English", "Hmong"}), room=1)
    unknown = supporter(3)
    assert [s.supporter_id.int for s in suggest(person, [shares, speaks, unknown])] == [2, 3, 1]
