"""What people read is marked for translation, and no template lies about unused."""

import re
from pathlib import Path

import allauth
import crispy_bootstrap5
import pytest

from tests.architecture.source import TEMPLATES, python_files, template_files

# Templates with words that are not for translation, and why.
EXCEPTIONS = {
    "web/gallery.html": "shows components with sample words, in demo mode only",
    "web/_body.html": "attributes of the body element, no words",
}
# Words that stand for themselves in any language.
PROPER = re.compile(r"\b(Alongside|alongside manage set_up_link)\b")
SILENT = re.compile(
    r"{%\s*comment.*?endcomment\s*%}"
    r"|{#.*?#}"
    r"|{%\s*block (?:shape|class|robots)\s*%}.*?{%\s*endblock\s*%}"
    r"|{%\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%}"
    r"|<script\b.*?</script>|<style\b.*?</style>|<!--.*?-->"
    r"|{%.*?%}|{{.*?}}",
    re.DOTALL,
)
SAID_IN = re.compile(
    r"""\s(?:title|sub|label|text|help|alt|placeholder|aria-label|caption|legend|action|tag|back_label)="([^"]*)\"""",
)
TAG = re.compile(r"<[^<>]*>", re.DOTALL)
LETTER = re.compile(r"[^\W\d_]{2,}")


def bare_words(text: str) -> list[str]:
    text = SILENT.sub(" ", text)
    said = [*SAID_IN.findall(text), TAG.sub(" ", text)]
    return [word for part in said for word in LETTER.findall(PROPER.sub(" ", _entities(part)))]


def _entities(text: str) -> str:
    return re.sub(r"&#?\w+;", " ", text)


def named(path: Path) -> str:
    folder = next(one for one in TEMPLATES if path.is_relative_to(one))
    return str(path.relative_to(folder))


def test_all_words_are_marked_for_translation():
    bare = {
        named(path): words
        for path in template_files()
        if named(path) not in EXCEPTIONS and (words := bare_words(path.read_text()))
    }
    assert bare == {}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("<p>{% translate 'Hello' %}</p>", [], id="marked"),
        pytest.param("<p>Hello</p>", ["Hello"], id="not marked"),
        pytest.param('<c-card title="Today">{{ x }}</c-card>', ["Today"], id="in an attribute"),
        pytest.param('<c-card title="{{ today }}" icon="sun">·</c-card>', [], id="a variable"),
        pytest.param("{% comment %}Words{% endcomment %}&nbsp;", [], id="a comment"),
    ],
)
def test_the_check_sees_words(text, words):
    assert bare_words(text) == words


def used_names() -> set[str]:
    """Every template named in code or in another template, and every component in use."""
    texts = [path.read_text() for path in template_files()]
    texts += [path.read_text() for path in python_files()]
    found = set(re.findall(r"""["']([\w/.-]+\.(?:html|txt))["']""", "\n".join(texts)))
    for component in re.findall(r"<c-([\w.-]+)", "\n".join(texts)):
        found.add(f"cotton/{component.replace('-', '_').replace('.', '/')}.html")
    return found


def made_names() -> list[re.Pattern[str]]:
    """Names put together at run time: ``f"web/participants/moments/_{self.kind}.html"``."""
    made = []
    for path in python_files():
        for name in re.findall(r"""f["']([\w/{}.-]+\.html)["']""", path.read_text()):
            parts = re.split(r"{[^}]*}", name)
            made.append(re.compile(r"\w+".join(re.escape(part) for part in parts)))
    return made


def test_every_template_is_used():
    theirs = set()
    for library in (allauth, crispy_bootstrap5):
        folder = Path(library.__file__).parent / "templates"
        theirs |= {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    standard = {f"{code}.html" for code in (400, 403, 404, 500)} | {"403_csrf.html"}
    made = made_names()
    theirs |= set(EXCEPTIONS)
    unused = {
        name
        for name in {named(path) for path in template_files()} - used_names() - theirs - standard
        if not any(pattern.fullmatch(name) for pattern in made)
    }
    assert unused == set()


def test_no_title_shows_a_name():
    titles = {
        named(path): title
        for path in template_files()
        for title in re.findall(r"{% block title %}(.*?){% endblock", path.read_text(), re.DOTALL)
        if "{{" in title
    }
    assert titles == {}


@pytest.mark.asvs("1.2.3", "3.7.1")
def test_no_template_brings_script_or_style_of_its_own():
    """The policy of the pages refuses both; data for the sign-in library is neither."""
    loose = re.compile(
        r"<style\b|\sstyle=|\son\w+=|<script(?![^>]*application/json)(?![^>]*\bsrc=)"
    )
    assert [named(path) for path in template_files() if loose.search(path.read_text())] == []


def test_no_label_word_for_people_is_used():
    """The words this work does not use for people (glossary), in what staff read."""
    banned = re.compile(
        r"\b(client|patient|addict|non-compliant|noncompliant|clean|dirty)s?\b", re.I
    )
    said = {
        named(path): found
        for path in template_files()
        if (
            found := banned.findall(
                re.sub(r"{%\s*comment.*?endcomment\s*%}", "", path.read_text(), flags=re.S)
            )
        )
    }
    assert said == {}
