"""The tools of the practice are all there, each with the owner and the steps it must have."""

import pytest

from alongside.practice import worksheets
from alongside.practice.worksheets import FieldType, Owner

P, S = Owner.PARTICIPANT, Owner.SUPPORTER
T = FieldType
# Key, owner, and keys of questions that PRACTICE.md names.
TOOLS = [
    ("initial-meeting", P, "talked_about support_means boundaries questions next_on"),
    ("oars-self-review", S, "open_questions affirmations reflections summaries roadblocks"),
    ("open-questions", S, "connecting exploring"),
    ("strengths", P, "strengths"),
    ("reflective-listening", S, "simple double_sided feeling metaphor alongside statement"),
    ("advantages", P, "decision advantages disadvantages stay_advantages summary decided"),
    ("values", P, "values top daily"),
    ("ask-share-ask", P, "knows permission shared made_of_it"),
    ("recovery-story", S, "need ask aspect response"),
    ("anger", S, "observation feelings needs request"),
    ("gentle-refusal", S, "reflect refuse alternative"),
    ("self-care", S, "practices people places need"),
    ("brainstorming", P, "challenge ideas first_choice second_choice"),
    ("possibilities-and-pitfalls", S, "readiness pitfalls"),
    ("natural-supports", P, "supports"),
    ("wellness-toolbox", P, "tools questions_to_ask"),
    ("crisis-plan", P, "well early_signs want not_want helps not_helps call afterwards"),
    ("concluding", P, "raised_on last_on what_it_is_like gained next supports affirmation_for_me"),
    ("advocacy-plan", P, "want rights who_decides say supporter outcome"),
]


@pytest.mark.practice("PROC-3", "PEER-7")
@pytest.mark.parametrize(("key", "owner", "asks"), TOOLS, ids=[key for key, *_rest in TOOLS])
def test_each_tool_has_its_owner_and_its_steps(key, owner, asks):
    tool = worksheets.tool(key)
    assert tool is not None
    assert (tool.owner, set(asks.split()) - {f.key for f in tool.fields()}) == (owner, set())
    assert (bool(tool.help), bool(tool.processes)) == (True, True)


def test_there_are_these_nineteen_and_each_address_says_nothing():
    assert [tool.key for tool in worksheets.tools()] == [key for key, *_rest in TOOLS]
    assert [tool.address for tool in worksheets.tools()] == [f"{n:02}" for n in range(1, 20)]


@pytest.mark.practice("PROC-3")
@pytest.mark.parametrize("key", ["initial-meeting", "values"])
def test_rows_that_are_our_own_say_so(key):
    tool = worksheets.tool(key)
    assert tool is not None
    assert ("our own" in tool.own, any(s.own for s in tool.sections)) == (True, True)


def test_sharing_ones_story_is_never_kept_with_anybody():
    story = worksheets.tool("recovery-story")
    assert story is not None
    assert story.private


@pytest.mark.parametrize(
    ("key", "field", "column"),
    [
        pytest.param("brainstorming", "ideas", "who", id="who offered each idea"),
        pytest.param("natural-supports", "supports", "how_close", id="how close"),
        pytest.param("natural-supports", "supports", "next_step", id="the next step"),
        pytest.param("wellness-toolbox", "tools", "how_it_went", id="how it went"),
        pytest.param("strengths", "strengths", "when", id="when it showed"),
    ],
)
def test_lists_hold_what_the_practice_asks_for(key, field, column):
    found = worksheets.tool(key).field(field)
    assert (found.type, column in {c.key for c in found.columns}) == (T.LIST, True)


def test_ten_roadblocks_and_ten_parts_of_life():
    roadblocks = worksheets.tool("oars-self-review").field("roadblocks").options
    kinds = worksheets.tool("natural-supports").field("supports").columns[1].options
    assert (len(roadblocks), len(kinds)) == (10, 10)


def test_no_word_of_a_protected_plan_or_set_stands_in_them():
    said = " ".join(worksheets.texts()).lower()
    for word in ("wrap", "rec-cap", "barc", "card sort", "client", "patient", "addict"):
        assert word not in said.split()


def test_no_tool_has_a_mistake():
    assert list(worksheets.mistakes()) == []


TELLING = {"treatment", "recovery", "relapse", "drug", "drugs", "sober", "crisis", "diagnosis"}


def test_no_key_that_gets_into_an_address_tells_what_it_is_about():
    """``?more=`` names the list that gets further lines."""
    keys = {field.key for tool in worksheets.tools() for field in tool.fields()}
    assert {key for key in keys if TELLING & set(key.split("_"))} == set()
