"""Charts: drawn on our side, told in words, without a script, a style or a verdict."""

import re
from datetime import date

import pytest
from defusedxml.ElementTree import fromstring

from alongside.papers import pdf
from alongside.papers.charts import COLORS, LETTER, Axis, Mark, Point, Series, bar_chart, line_chart
from tests.papers.reading import words_of

DAYS = [date(2026, 5, 2), date(2026, 8, 2), date(2026, 11, 2)]
SCALE = Axis(((1.0, "Not yet"), (5.0, "Yes")), 1, 5)


def drawn(names=("Me", "My <people>"), marks=()):
    series = [
        Series(name, tuple(Point(day, 1.0 + n + k) for k, day in enumerate(DAYS)))
        for n, name in enumerate(names)
    ]
    days = [(day, f"{day:%B}") for day in DAYS]
    return line_chart(
        series, key="one", title="A title", told="In words", days=days, values=SCALE, marks=marks
    )


@pytest.mark.practice("SVC-2")
def test_a_chart_is_shapes_alone():
    marks = [Mark(date(2026, 6, 1), "1"), Mark(date(2026, 6, 3), "2")]
    chart = drawn(marks=marks)
    assert (chart.title, chart.told) == ("A title", "In words")
    assert {one.tag for one in chart.shapes} == {"path", "circle", "rect", "text"}
    names = {name for one in chart.shapes for name, _value in one.attributes}
    assert names & {"style", "id", "onclick", "href"} == set()
    words = [one.text for one in chart.shapes if one.text]
    assert words == ["Not yet", "Yes", "May", "August", "November", "Me", "My <people>", "1", "2"]
    trends = [
        dict(one.attributes)
        for one in chart.shapes
        if dict(one.attributes).get("class", "").startswith("trend")
    ]
    assert [one["stroke"] for one in trends] == list(COLORS[:2])
    assert ["stroke-dasharray" in one for one in trends] == [False, True]


def test_the_file_of_a_chart_is_sound_and_stands_in_a_tagged_paper():
    svg = drawn().svg()
    assert fromstring(svg).tag.endswith("svg")
    assert not re.search("script|style|http://pygal", svg)
    part = {"kind": "chart", "picture": "one", "alt": "In words"}
    words = {"title": "Change", "sections": [{"title": "A chart", "parts": [part]}]}
    made = pdf("record", words, pictures={"one": svg})
    assert "A chart" in words_of(made)


@pytest.mark.parametrize("count", [0, 1, 7])
def test_bars(count):
    chart = bar_chart([("May", count), ("June", 2)], key="b", title="T", told="W")
    bars = [one for one in chart.shapes if ("class", "bar") in one.attributes]
    assert len(bars) == 2


def test_one_day_alone_is_a_chart_too():
    one = Series("Me", (Point(DAYS[0], 3.0),))
    chart = line_chart([one], key="k", title="T", told="W", days=[(DAYS[0], "May")], values=SCALE)
    assert [shape.tag for shape in chart.shapes if shape.tag == "circle"] == ["circle"]


def test_no_sign_in_a_word_stops_a_chart_or_its_paper():
    """Signs that XML cannot hold, and signs that no font of the machine shows."""
    words, scale = ("one\x0btwo", "\ufffe가"), Axis(((1.0, "\x01 가"), (5.0, "Yes")), 1, 5)
    series = [Series(word, (Point(DAYS[0], 1.0), Point(DAYS[1], 2.0))) for word in words]
    days = [(day, f"\x1f{day:%B}") for day in DAYS[:2]]
    chart = line_chart(series, key="one", title="A", told="In words", days=days, values=scale)
    assert "one two" in [one.text for one in chart.shapes]
    part = {"kind": "chart", "picture": "one", "alt": chart.told}
    data = {"title": "A", "sections": [{"title": "B", "parts": [part]}]}
    assert pdf("record", data, pictures={"one": chart.svg()}).startswith(b"%PDF")


PHONE = 290  # px: how wide a chart is on a screen of 360 px


def test_words_are_as_large_on_a_phone_as_those_around_them_and_all_within_the_picture():
    names = ("Inside me", "People around me", "Around where I live")
    line = drawn(names, [Mark(date(2026, 6, 1), "1"), Mark(date(2026, 6, 3), "2")])
    months = [f"{date(2026, n, 1):%b}" for n in range(1, 13)]
    bars = bar_chart([(month, 2) for month in months], key="b", title="T", told="W")
    for chart in (line, bars):
        wide, high = (float(one) for one in chart.box.split()[2:])
        right, down = (float(one) for one in re.findall(r"-?[\d.]+", chart.shift))
        texts = [(dict(one.attributes), one.text) for one in chart.shapes if one.tag == "text"]
        assert min(float(one["font-size"]) for one, _word in texts) * PHONE / wide >= 12
        for one, word in texts:
            length = len(word) * LETTER
            before = {"start": 0, "middle": length / 2, "end": length}[one["text-anchor"]]
            begins = right + float(one["x"]) - before
            assert 0 <= begins <= wide - length, word
            assert 0 <= down + float(one["y"]) <= high, word
    named = [one.text for one in bars.shapes if one.tag == "text" and one.text in months]
    assert named == months[1::2]


def test_a_day_without_room_between_the_ends_is_not_named():
    days = [(date(2026, 2, 2), "Feb 2026"), (date(2026, 9, 2), "Sep 2026"), (DAYS[2], "Nov 2026")]
    one = Series("Me", tuple(Point(day, 3.0) for day, _word in days))
    chart = line_chart([one], key="k", title="T", told="W", days=days, values=SCALE)
    assert [shape.text for shape in chart.shapes if "2026" in shape.text] == [
        *("Feb 2026", "Nov 2026")
    ]


def test_signs_close_to_each_other_are_not_read_as_one_number():
    marks = [Mark(date(2026, 8, day), str(day)) for day in (1, 5, 9)]
    signs = [
        dict(one.attributes) for one in drawn(marks=marks).shapes if one.text in ("1", "5", "9")
    ]
    assert [one["y"] for one in signs] == ["10", "24", "38"]
