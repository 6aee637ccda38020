"""The components say what they are given, and nothing that was typed becomes markup."""

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.template import engines
from django.test import Client, RequestFactory
from django.urls import reverse

from alongside.accounts.codes import Role
from alongside.accounts.models import Agency
from alongside.practice import worksheets
from alongside.web.templatetags.look import initials
from tests.factories import UserFactory
from tests.web.look_urls import ReachForm

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "src/alongside/web/static/web/dist"
ICON = re.compile(r'(?:<c-icon[^>]*? name|\bicon)="([a-z0-9-]+)"')
TYPED = "<script>alert(1)</script>"


def drawn(markup: str, **context: object) -> str:
    request = RequestFactory().get("/")
    template = engines["django"].from_string("{% load cotton %}" + markup)
    return " ".join(template.render(context, request).split())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("Gia R.", "GR", id="first and last"),
        pytest.param("Pa Houa Vang", "PV", id="a middle word is left out"),
        pytest.param("Ángela", "Á", id="one name, with its accent"),
        pytest.param("", "", id="no name"),
        pytest.param("(unknown) 7", "", id="nothing that begins with a letter"),
    ],
)
def test_initials(name: str, expected: str) -> None:
    assert initials(name) == expected


COMPONENTS = [
    '{% cotton theirs :words="typed" title="{{ typed }}" who="{{ typed }}" %}{% endcotton %}',
    '{% cotton ours :words="typed" :title="typed" %}{% endcotton %}',
    '{% cotton person-row :name="typed" :sub="typed" :tag="typed" href="/x/" %}{% endcotton %}',
    '{% cotton heading :title="typed" :sub="typed" %}{% endcotton %}',
    '{% cotton card :title="typed" :sub="typed" :tag="typed" %}{% endcotton %}',
    '{% cotton toast :text="typed" :undo="typed" %}{% endcotton %}',
    '{% cotton hint :title="typed" %}{{ typed }}{% endcotton %}',
    '{% cotton chip name="goal" value="{{ typed }}" :label="typed" %}{% endcotton %}',
    '{% cotton empty :title="typed" %}{{ typed }}{% endcotton %}',
    '{% cotton desk :caption="typed" %}{% endcotton %}',
    '{% cotton search name="words" :value="typed" label="Find" %}{% endcotton %}',
]


@pytest.mark.parametrize("markup", COMPONENTS, ids=lambda markup: markup.split()[2])
def test_what_was_typed_never_becomes_markup(markup: str) -> None:
    html = drawn(markup, typed=TYPED)
    assert "&lt;script&gt;" in html
    assert "<script>" not in html


def test_their_words_keep_their_lines() -> None:
    html = drawn('{% cotton theirs :words="typed" %}{% endcotton %}', typed="one\ntwo")
    assert '<p class="voice-words">one<br>two</p>' in html


def test_a_field_stands_with_its_label_help_and_error() -> None:
    html = drawn('{% cotton field :field="form.name" %}{% endcotton %}', form=ReachForm({}))
    assert '<label class="q" for="id_name"> Name you like to be called </label>' in html
    assert '<p class="help" id="id_name_helptext">As you say it.</p>' in html
    assert 'id="id_name_error"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert "optional" not in html


def test_what_is_optional_says_so() -> None:
    html = drawn('{% cotton field :field="form.since" %}{% endcotton %}', form=ReachForm({}))
    assert '<span class="optional">optional</span>' in html


def test_choices_are_real_radio_buttons_in_a_fieldset() -> None:
    html = drawn('{% cotton field :field="form.how" %}{% endcotton %}', form=ReachForm())
    assert html.startswith("<fieldset")
    assert html.count('<input type="radio" name="how"') == 2
    assert '<label for="id_how_1">by text</label>' in html


def test_the_summary_leads_to_each_field_and_is_absent_when_all_is_well() -> None:
    markup = '{% cotton error-summary :form="form" %}{% endcotton %}'
    good = ReachForm({"name": "Gia", "how": "text", "texts": "on"})
    assert drawn(markup, form=good) == ""
    html = drawn(markup, form=ReachForm({"name": "Gia"}))
    assert [f'href="#id_{name}"' in html for name in ("name", "how", "texts")] == [
        False,
        True,
        True,
    ]


def test_crispy_draws_the_same_fields() -> None:
    by_crispy = drawn("{% load crispy_forms_tags %}{{ form|crispy }}", form=ReachForm({}))
    assert by_crispy.count('class="error"') == 3
    assert "data-error-summary" in by_crispy


@pytest.mark.parametrize(
    ("name", "at_most"),
    [("app.css", 32_000), ("app.js", 25_000), ("icons.svg", 10_000), ("tools.svg", 10_000)],
)
def test_the_bundle_stays_light(name: str, at_most: int) -> None:
    assert len(gzip.compress((BUILT / name).read_bytes(), 9)) <= at_most


def test_the_bundle_calls_nobody() -> None:
    for path in BUILT.iterdir():
        packed = path.read_bytes()
        plain = gzip.decompress(packed) if path.suffix == ".gz" else packed
        text = plain.decode().replace("http://www.w3.org/", "")
        assert "http://" not in text
        assert "https://" not in text


def test_the_lock_file_names_no_registry() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    assert [name for name, entry in lock["packages"].items() if "resolved" in entry] == []


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    sprite = (BUILT / "icons.svg").read_text()
    named = {
        name
        for path in (ROOT / "src/alongside/web/templates").rglob("*.html")
        for name in ICON.findall(path.read_text())
    }
    assert "sun" in named
    assert [name for name in sorted(named) if f'<symbol id="{name}"' not in sprite] == []
    tools = (BUILT / "tools.svg").read_text()
    icons = {tool.icon for tool in worksheets.tools()}
    assert "ear" in icons
    assert [name for name in sorted(icons) if f'<symbol id="{name}"' not in tools] == []


def test_the_ping_hands_out_the_token_of_this_sign_in(
    agency: Agency, signed_in: Callable[[object], Client]
) -> None:
    client = signed_in(UserFactory(agency=agency, roles=[Role.SUPPORTER]))
    assert list(client.get(reverse("web:ping")).json()) == ["csrf"]
