"""FHIR Questionnaires in and out: what is read is written back, what is broken is said once."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from fhir.resources.R4B.questionnaire import Questionnaire
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse

from alongside.practice import instruments
from alongside.practice.catalog_errors import CatalogError
from alongside.practice.codes import Outcome
from alongside.practice.instruments import BrokenInstrument, Item, Kind, Level, fhir, scores
from alongside.practice.instruments.reader import read as read_ours
from alongside.practice.instruments.responses import response
from tests.practice.instruments.made import CUT, item, made

EXAMPLE = Path("docs/examples/steady-ground.json").read_text()
NOW = datetime(2026, 11, 19, 16, 30, tzinfo=UTC)
NUMBERS = (
    Item("n", "How many days?", Kind.INTEGER, low=Decimal(0), high=Decimal(7), required=True),
    Item("d", "How far?", Kind.DECIMAL, low=Decimal("-0.5"), high=Decimal("2.5"), help="In miles"),
    Item("b", "Is it so?", Kind.BOOLEAN),
    Item("t", "Your words", Kind.TEXT, longest=200),
    Item("s", "One word", Kind.STRING),
    Item("p", "Only to read", Kind.DISPLAY),
)


@pytest.mark.practice("SVC-2")
@pytest.mark.parametrize(
    "instrument",
    [
        pytest.param(replace(instruments.instrument("check-in"), source=""), id="our check-in"),
        pytest.param(made(reversed=("q0", "q2"), bands=CUT, minimum=2, prorate=True), id="scores"),
        pytest.param(made(groups=True), id="in a group"),
        pytest.param(replace(made(), entries=(*made().entries, *NUMBERS)), id="every kind"),
    ],
)
def test_what_is_written_is_read_back_equal(instrument):
    text = fhir.text_of(instrument)
    Questionnaire.model_validate_json(text)
    assert fhir.read(text, key=instrument.key, version=instrument.version) == instrument


def test_what_is_read_is_written_back_with_all_that_we_do_not_use():
    found = json.loads(EXAMPLE)
    found["url"] = "urn:example:one"
    found["item"][0]["item"][0] |= {"prefix": "1.", "code": [{"code": "x", "system": "urn:a"}]}
    found["item"][0]["extension"] = [{"url": "urn:other", "valueString": "kept"}]
    read = fhir.read(json.dumps(found))
    assert fhir.write(read) == found
    assert set(read.extra) == {"version", "name", "publisher", "url"}


@pytest.mark.practice("SVC-2")
@pytest.mark.parametrize(
    ("each", "total", "words"),
    [
        pytest.param(["1"] * 10, 10, "10 to 46", id="the lowest"),
        pytest.param(["5"] * 6 + ["4"] * 4, 46, "10 to 46", id="just below the cut"),
        pytest.param(["5"] * 7 + ["4"] * 3, 47, "47 to 60", id="on the cut"),
        pytest.param(["6"] * 10, 60, "47 to 60", id="the highest"),
        pytest.param(["6"] * 9, None, "", id="one is not answered"),
    ],
)
def test_the_worked_example(each, total, words):
    """Ten questions, 1 to 6, a total of 10 to 60 with a cut point at 47."""
    found = fhir.read(EXAMPLE)
    given = {f"s{n}": value for n, value in enumerate(each, start=1)}
    (score,) = scores(found, given)
    assert (score.value, score.words) == (total, words)
    assert (score.low, score.high) == (10, 60)


def test_an_answered_one_as_a_response():
    found = fhir.read(EXAMPLE, key="steady", version=2)
    given = {f"s{n}": "5" for n in range(1, 11)}
    sent = response(found, given, at=NOW, subject="Patient/x")
    QuestionnaireResponse.model_validate(sent)
    assert (sent["status"], sent["questionnaire"]) == (
        "completed",
        "urn:alongside:instrument:steady|2",
    )
    assert [one["linkId"] for one in sent["item"][0]["item"]] == list(given)
    part = response(found, {"s1": "5"}, at=NOW)
    assert (part["status"], "extension" in part) == ("stopped", False)
    kinds = replace(made(), entries=(*made().entries, *NUMBERS))
    answers = {"n": 3, "d": "1.5", "b": True, "t": "Words", "q0": "2"}
    every = response(kinds, answers, at=NOW)
    QuestionnaireResponse.model_validate(every)
    values = {one["linkId"]: one["answer"][0] for one in every["item"]}
    assert values["n"] == {"valueInteger": 3}
    assert values["d"] == {"valueDecimal": 1.5}
    assert values["b"] == {"valueBoolean": True}


def changed(*path, to):
    found = json.loads(EXAMPLE)
    place = found
    for step in path[:-1]:
        place = place[step]
    if to is None:
        del place[path[-1]]
    else:
        place[path[-1]] = to
    return json.dumps(found)


def with_score(name, **value):
    found = json.loads(EXAMPLE)
    found["extension"][0]["extension"].append({"url": name, **value})
    return json.dumps(found)


def deep(levels):
    inner = {"linkId": "q", "text": "Q", "type": "boolean"}
    for n in range(levels):
        inner = {"linkId": f"g{n}", "text": "G", "type": "group", "item": [inner]}
    return json.dumps(
        {"resourceType": "Questionnaire", "status": "active", "title": "T", "item": [inner]}
    )


HIDDEN = "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden"
ITEM = ("item", 0, "item", 0)
ANSWER = (*ITEM, "answerOption", 0, "valueCoding")
UNTYPED = "There is a sign in it that nobody can type, like NUL. Take it out."
LINES = "An answer of “s1” has spaces around its code, a tab or a line break."
BROKEN = [
    pytest.param(
        "{",
        "line 1, column 2",
        "This is not JSON. It stops making sense at line 1, column 2.",
        id="bad JSON",
    ),
    pytest.param(
        "[]",
        "resourceType",
        "This is no FHIR Questionnaire: its resourceType does not say so.",
        id="a list",
    ),
    pytest.param(
        '{"resourceType": "Patient"}',
        "resourceType",
        "This is a FHIR Patient. A Questionnaire is needed.",
        id="another resource",
    ),
    pytest.param(
        "[" * 100_000, "", "This is nested too deep, or holds a number that is none.", id="a tower"
    ),
    pytest.param(
        '{"a": NaN}', "", "This is nested too deep, or holds a number that is none.", id="no number"
    ),
    pytest.param(deep(20), "", "This is nested too deep.", id="nested too deep"),
    pytest.param(
        deep(5),
        "g0",
        "Groups within groups end after 4 steps; “g0” goes deeper.",
        id="groups too deep",
    ),
    pytest.param(" " * 300_001, "", "The file is too large: at most 300 KB.", id="too large"),
    pytest.param(
        changed(*ITEM, "linkId", to="s2"),
        "s2",
        "Two questions have the linkId “s2”.",
        id="one linkId twice",
    ),
    pytest.param(
        changed(*ITEM, "type", to="date"),
        "s1",
        "The question “s1” is of the type “date”. Known are: "
        "choice, integer, decimal, boolean, string, text, display, group.",
        id="unknown type",
    ),
    pytest.param(
        changed(*ITEM, "answerOption", to=None),
        "s1",
        "The question “s1” is a choice, but has no answers to choose from.",
        id="no options",
    ),
    pytest.param(
        changed(*ITEM, "type", to=None),
        "item[0] (ground).item[0] (s1).type",
        "Here “type” is missing.",
        id="FHIR misses something",
    ),
    pytest.param(
        changed(*ITEM, "frog", to=1),
        "item[0] (ground).item[0] (s1).frog",
        "FHIR knows no “frog” here.",
        id="FHIR knows no such thing",
    ),
    pytest.param(
        changed(
            *ITEM,
            "enableWhen",
            to=[{"question": "s2", "operator": "exists", "answerBoolean": True}],
        ),
        "s1",
        "“s1” uses a question that shows only after another answer (enableWhen). "
        "That is not done here.",
        id="enableWhen",
    ),
    pytest.param(
        changed(*ITEM, "repeats", to=True),
        "s1",
        "“s1” uses a question with several answers at once (repeats). That is not done here.",
        id="repeats",
    ),
    pytest.param(
        changed(
            *ITEM,
            "extension",
            to=[
                {
                    "url": HIDDEN,
                    "valueBoolean": True,
                }
            ],
        ),
        "s1",
        f"“s1” uses the extension {HIDDEN}. That is not done here.",
        id="hidden",
    ),
    pytest.param(
        changed("title", to=None),
        "title",
        "It needs a title, so that people know what it is.",
        id="no title",
    ),
    pytest.param(changed("item", to=None), "", "There is no question in it.", id="no question"),
    pytest.param(
        with_score("item", valueString="s99"),
        "total",
        "The score “total” names “s99”, which is no question.",
        id="a score names an unknown question",
    ),
    pytest.param(
        with_score("reversed", valueString="s99"),
        "total",
        "The score “total” names “s99”, which is no question.",
        id="a score reverses an unknown question",
    ),
    pytest.param(
        with_score("item", valueString="s1"),
        "total",
        "The score “total” names a question twice.",
        id="a score counts one twice",
    ),
    pytest.param(
        EXAMPLE.replace('"valueDecimal": 1\n', f'"valueDecimal": {"9" * 400}\n', 1),
        "s1",
        "“s1” holds a number that is too large.",
        id="a number of 400 digits",
    ),
    pytest.param(
        with_score("frog", valueString="x"),
        "urn:alongside:score",
        "A score knows no “frog”.",
        id="a score with a stranger",
    ),
    pytest.param(
        with_score("method", valueCode="sum"),
        "urn:alongside:score",
        "A score says “method” twice.",
        id="two methods",
    ),
    *[
        pytest.param(changed(*path, to=sign), where, UNTYPED, id=f"{what} in {where}")
        for what, sign in (("NUL", "a\0"), ("a bell", "a\a"), ("half a letter", "a\ud83d"))
        for path, where in (
            (("title",), "title"),
            ((*ITEM, "text"), "item[0] (ground).item[0] (s1).text"),
            ((*ANSWER, "code"), "item[0] (ground).item[0] (s1).answerOption[0].valueCoding.code"),
            (("publisher",), "publisher"),
        )
    ],
    pytest.param(
        changed(*ITEM, "linkId", to="s1\0"),
        "item[0] (ground).item[0] (s1).linkId",
        UNTYPED,
        id="NUL in a linkId",
    ),
    *[
        pytest.param(changed(*ANSWER, "code", to=code), "s1", LINES, id=f"{code!r} as a code")
        for code in ("a\tb", "a\nb")
    ],
    pytest.param(
        changed(*ITEM, "linkId", to="s\t1"),
        "s\t1",
        "The linkId “s\t1” holds a tab or a line break. Take it out.",
        id="a tab in a linkId",
    ),
]


@pytest.mark.parametrize(("text", "where", "said"), BROKEN)
def test_what_is_broken_is_said_in_one_sentence_with_its_place(text, where, said):
    with pytest.raises(BrokenInstrument) as broken:
        fhir.read(text)
    assert (broken.value.where, str(broken.value.say)) == (where, said)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        pytest.param({"minimum": 5}, "asks for 5 answers, but counts 4 questions.", id="too many"),
        pytest.param({"minimum": 0}, "asks for 0 answers, but counts 4 questions.", id="none"),
        pytest.param({"reversed": ("q9",)}, "names “q9”, which is no question.", id="unknown"),
        pytest.param({"bands": CUT[::-1]}, None, id="cut points go down"),
    ],
)
def test_a_score_that_cannot_be(rule, said):
    with pytest.raises(BrokenInstrument) as broken:
        fhir.read(fhir.text_of(made(**rule)))
    wanted = (
        f"The score “total” {said}"
        if said
        else ("The cut points of the score “total” need words, and go upwards.")
    )
    assert str(broken.value.say) == wanted
    text_only = replace(made(), entries=(*made().entries[1:], item("q0", kind=Kind.TEXT)))
    with pytest.raises(BrokenInstrument, match="whose answers have no number"):
        fhir.read(fhir.text_of(text_only))


@pytest.mark.practice("SVC-2", "SVC-13")
def test_our_check_in_asks_about_all_eighteen_outcomes_and_three_levels():
    ours = instruments.instrument(instruments.CHECK_IN)
    asked = [one.outcome for one in ours.questions() if one.outcome]
    asked += [one.outcome for one in ours.scores if one.outcome]
    assert sorted(asked) == sorted(Outcome)
    assert [one.level for one in ours.scores if one.level] == list(Level)
    counted = [key for one in ours.scores if one.level for key in one.items]
    assert (len(counted), len(set(counted))) == (12, 12)
    assert list(instruments.mistakes()) == []


def test_a_mistake_in_our_own_file_is_told_with_its_line():
    path = Path("src/alongside/practice/instruments/library/01-check-in.toml")
    text = path.read_text()
    wrong = text.replace('outcome = "purpose"', 'outcome = "purposes"')
    with pytest.raises(CatalogError, match=r"a.toml, line \d+: “purposes” is none"):
        read_ours(wrong, where="a.toml", key="a")
    wrong = text.replace('items = ["capital_care"', 'items = ["capital_cars"')
    with pytest.raises(CatalogError, match="names “capital_cars”, which is no question"):
        read_ours(wrong, where="a", key="a")
