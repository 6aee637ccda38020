"""A definition is read whole, or refused with file, line and what is wrong, by its name."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.practice import worksheets
from alongside.practice.worksheets import (
    BrokenDefinition,
    Column,
    Definition,
    Field,
    FieldType,
    Owner,
    Row,
    Section,
    Sketch,
    Voice,
    build,
    read,
    sketch,
    write,
)

HEAD = 'name = "A"\nintro = "B"\nowner = "participant"\n\n[[sections]]\ntitle = "C"\n\n'
FIELD = '[[sections.fields]]\nkey = "how"\ntype = "text"\nlabel = "How?"\n'


def test_the_smallest_one():
    found = read(HEAD + FIELD, where="x.toml", key="x")
    assert (found.name, [f.key for f in found.fields()], found.version) == ("A", ["how"], 1)


@pytest.mark.practice("PROC-3")
@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            HEAD + FIELD.replace('"text"', '"slider"'),
            "x.toml, line 10: “slider” is no known type",
            id="an unknown field type",
        ),
        pytest.param(HEAD + FIELD + 'color = "red"\n', "line 12: Nobody knows “color”", id="a key"),
        pytest.param(HEAD + FIELD + FIELD, "line 13: Two questions have the key “how”", id="twice"),
        pytest.param(
            HEAD + FIELD.replace("text", "choice"), "needs “options”", id="a choice without choices"
        ),
        pytest.param(HEAD + FIELD.replace("text", "list"), "needs “columns”", id="no columns"),
        pytest.param(
            HEAD + FIELD.replace("text", "ranking") + 'of = "b"\n',
            "line 12: “b” is no sorting",
            id="a ranking of nothing",
        ),
        pytest.param(HEAD + FIELD.replace('"how"', '"How?"'), "line 9: A question", id="its key"),
        pytest.param(HEAD.replace("participant", "boss") + FIELD, "line 3: “boss”", id="an owner"),
        pytest.param(HEAD, "at least one question", id="no question"),
        pytest.param("name = ", "line 1: This is no definition", id="no TOML"),
        pytest.param('name = "A"\nname = "B"\n', "x.toml, line 2", id="a name twice"),
        pytest.param('sections = "all"\n' + HEAD[:30], "x.toml, line", id="no tables"),
        pytest.param("x" * 70_000, "too long", id="too long"),
        pytest.param(
            HEAD + FIELD.replace("How?", "How\\u0000?"),
            "line 11: “label” holds a sign that nobody can type",
            id="NUL",
        ),
        pytest.param(
            HEAD + FIELD.replace("text", "choice") + 'options = ["a", "b\\tc"]\n',
            "line 12: A text in “options” holds a tab",
            id="a tab in an answer",
        ),
        pytest.param("a = " + "[" * 5000, "x.toml, line", id="nested without end"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text, said):
    with pytest.raises(BrokenDefinition) as no:
        read(text, where="x.toml", key="x")
    assert said in str(no.value)


SORT = FIELD.replace("text", "piles") + 'options = ["a"]\npiles = ["b"]\n'
RANK = FIELD.replace("text", "ranking") + 'of = "how"\nmost = 9999\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("version = " + "9" * 5000, "line 1: This is no definition", id="a number"),
        pytest.param(HEAD + ".".join(["a"] * 29_000) + " = 1", "line 8: This is nes", id="names"),
        pytest.param("[" + ".".join(['"!"'] * 14_000) + "]", "line 1: This is nes", id="a heading"),
        pytest.param(HEAD + SORT + RANK.replace('"how"', '"top"', 1), "one page", id="a ranking"),
    ],
)
def test_a_text_made_to_harm_is_refused_at_once(text, said):
    """Each of the names took more than a minute; the ranking made a page of many megabytes."""
    with pytest.raises(BrokenDefinition) as no:
        read(text, where="x.toml", key="x")
    assert said in str(no.value)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=400))
def test_any_text_is_read_or_refused_and_nothing_else(text):
    with pytest.raises(BrokenDefinition):
        read(text, where="x.toml", key="x")


words = st.text(
    alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30
).filter(lambda text: text.strip() == text)
keys = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
several = st.lists(words, min_size=1, max_size=4, unique=True).map(tuple)


@st.composite
def fields(draw, key):
    kind = draw(st.sampled_from([t for t in FieldType if t is not FieldType.RANKING]))
    chosen = kind in (FieldType.CHOICE, FieldType.MANY, FieldType.PILES)
    names = draw(st.lists(keys, min_size=1, max_size=3, unique=True))
    columns = tuple(Column(name, draw(words), draw(several)) for name in names)
    return Field(
        key,
        kind,
        draw(words),
        help=draw(st.just("") | words),
        optional=draw(st.booleans()),
        voice=draw(st.sampled_from(Voice)),
        options=draw(several) if chosen else (),
        columns=columns if kind is FieldType.LIST else (),
        piles=draw(several) if kind is FieldType.PILES else (),
        low=draw(words) if kind is FieldType.SCALE else "",
    )


@st.composite
def definitions(draw):
    names = draw(st.lists(keys, min_size=1, max_size=5, unique=True))
    asked = tuple(draw(fields(name)) for name in names)
    cut = draw(st.integers(0, len(asked)))
    parts = [part for part in (asked[:cut], asked[cut:]) if part]
    return Definition(
        key="x",
        address="x",
        version=draw(st.integers(1, 99)),
        name=draw(words),
        owner=draw(st.sampled_from(Owner)),
        intro=draw(words),
        sections=tuple(
            Section(draw(words), part, help=draw(words), beside=draw(st.booleans()))
            for part in parts
        ),
        help=draw(several),
        one=draw(st.booleans()),
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(definitions())
def test_what_is_written_is_read_again(definition):
    assert read(write(definition), where="x.toml", key="x") == definition


@pytest.mark.parametrize("tool", worksheets.tools(), ids=lambda tool: tool.key)
def test_the_editor_takes_a_tool_apart_and_puts_it_together_the_same(tool):
    again = read(build(sketch(tool), base=tool), where="x.toml", key=tool.key, address=tool.address)
    assert again == tool


def test_a_reworded_question_keeps_its_key_and_a_new_one_gets_a_fresh_one():
    made = Sketch("A", "B", rows=(Row("text", "One?"), Row("part", "Then"), Row("text", "Two?")))
    base = read(build(made), where="x", key="x")
    assert [(f.key, f.label) for f in base.fields()] == [("q1", "One?"), ("q2", "Two?")]
    rows = (Row("text", "New?"), Row("text", "Two, said anew?", key="q2"))
    again = read(build(Sketch("A", "B", rows=rows), base=base), where="x", key="x")
    assert [(f.key, f.label) for f in again.fields()] == [("q3", "New?"), ("q2", "Two, said anew?")]


def test_the_editor_refuses_a_way_to_answer_that_nobody_knows():
    with pytest.raises(BrokenDefinition, match="“slider” is no known type"):
        read(build(Sketch("A", "B", rows=(Row("slider", "How?"),))), where="x", key="x")
