"""Typed words back in the form they were typed into."""

import pytest

from alongside.web.refill import refill

PAGE = """<form method="get" action="/notes/"><input name="words" value="search"></form>
<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="new">
<input name="name" value="Ana"><input name="line" value=""><input name="line" value="">
<textarea name="words" rows="3">
before</textarea>
<input type="checkbox" name="roles" value="a" checked><input type="checkbox" name="roles" value="b">
<select name="who"><option value="">-</option>
<option value="1" selected>Lee</option><option value="2">Bo</option></select>
<button name="go" value="1">Save</button></form>
<form method="post" action="/other/"><input name="name" value="Zoe"></form>"""


def test_every_kind_of_field_takes_what_was_typed():
    typed = {
        "csrfmiddlewaretoken": ["old"],
        "name": ['Gia "G" <R>'],
        "line": ["one", "two"],
        "words": ["\nfirst & second"],
        "roles": ["b"],
        "who": ["2"],
        "go": ["1"],
    }
    assert refill(PAGE, page="/notes/1/", to="/notes/1/", typed=typed) == (
        PAGE.replace('value="Ana"', 'value="Gia &quot;G&quot; &lt;R&gt;"')
        .replace('name="line" value=""', 'name="line" value="one"', 1)
        .replace('name="line" value=""', 'name="line" value="two"', 1)
        .replace("\nbefore<", "\n\nfirst &amp; second<")
        .replace('value="a" checked', 'value="a"')
        .replace('name="roles" value="b"', 'name="roles" value="b" checked')
        .replace('value="1" selected', 'value="1"')
        .replace('value="2"', 'value="2" selected')
    )


def test_words_for_a_field_that_is_gone_stay_in_the_form():
    html = refill('<form method="post"></form>', page="/a/", to="/a/", typed={"row-4": ['"x"']})
    assert html == (
        '<form method="post"><input type="hidden" name="row-4" value="&quot;x&quot;"></form>'
    )


@pytest.mark.parametrize(
    ("html", "to"),
    [
        pytest.param("<p>Nothing</p>", "/a/", id="no form"),
        pytest.param('<form method="get" action="/a/"></form>', "/a/", id="one that asks"),
        pytest.param('<form method="post" action="/b/"></form>', "/a/", id="another's form"),
    ],
)
def test_a_page_without_that_form_says_so(html, to):
    assert refill(html, page="/a/", to=to, typed={"words": ["a"]}) is None


def test_of_two_forms_to_one_place_the_one_with_these_fields():
    html = '<form method="post"><input name="a"></form><form method="post"><input name="b"></form>'
    assert refill(html, page="/", to="/", typed={"b": ["x"]}) == html.replace(
        '<input name="b">', '<input name="b" value="x">'
    )
