"""A page's form with what was typed into it before, put back by the names of its fields. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

Typed = Mapping[str, Sequence[str]]
Attributes = dict[str, str | None]
NOT_FILLED = frozenset({"submit", "button", "image", "reset", "file", "password"})
OWN = "csrfmiddlewaretoken"


@dataclass
class _Tag:
    """A start tag, from its first character to behind its last one."""

    kind: str
    attributes: Attributes
    start: int
    end: int
    within: str = ""  # the select that an option belongs to
    closed_at: int = 0  # where the text of a textarea ends

    @property
    def name(self) -> str:
        return self.attributes.get("name") or self.within

    @property
    def type(self) -> str:
        return (self.attributes.get("type") or "text").lower()


@dataclass
class _Form:
    tag: _Tag
    parts: list[_Tag] = field(default_factory=list)

    def sends_to(self, page: str) -> str:
        if (self.tag.attributes.get("method") or "").lower() != "post":
            return ""
        return urlsplit(urljoin(page, self.tag.attributes.get("action") or "")).path

    def knows(self, typed: Typed) -> int:
        return len({part.name for part in self.parts} & set(typed))


class _Reader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.forms: list[_Form] = []
        self._lines = [0]
        for line in html.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self._inside, self._select = False, ""
        self.feed(html)
        self.close()

    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start, text = self._here(), self.get_starttag_text() or ""
        found = _Tag(tag, dict(attrs), start, start + len(text))
        if tag == "form":
            self.forms.append(_Form(found))
            self._inside = True
        elif self._inside and tag in ("input", "textarea", "select", "option", "button"):
            if tag == "select":
                self._select = found.name
            elif tag == "option":
                found.within = self._select
            self.forms[-1].parts.append(found)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "select":
            self._select = ""
        elif tag == "textarea" and self._inside:
            self.forms[-1].parts[-1].closed_at = self._here()


def refill(html: str, *, page: str, to: str, typed: Typed) -> str | None:
    """``html``, the page at ``page``, with ``typed`` in its form that sends to the path ``to``; or
    ``None`` where the page has no such form. Words for a field that is not there any more stay in
    the form unseen."""
    forms = [form for form in _Reader(html).forms if form.sends_to(page) == to]
    if not forms:
        return None
    form = max(forms, key=lambda form: form.knows(typed))
    for start, end, text in sorted(_changes(form, typed), reverse=True):
        html = html[:start] + text + html[end:]
    return html


def _changes(form: _Form, typed: Typed) -> Iterator[tuple[int, int, str]]:
    used: Counter[str] = Counter()
    for part in form.parts:
        values = typed.get(part.name, ())
        if part.name == OWN or part.kind in ("button", "select"):
            continue
        if part.kind == "option":
            chosen = part.attributes.get("value") in values
            yield part.start, part.end, _written(part, "selected", chosen)
        elif part.kind == "input" and part.type in ("checkbox", "radio"):
            chosen = (part.attributes.get("value") or "on") in values
            yield part.start, part.end, _written(part, "checked", chosen)
        elif part.type not in NOT_FILLED and used[part.name] < len(values):
            value = values[used[part.name]]
            used[part.name] += 1
            if part.kind == "textarea":
                yield part.end, part.closed_at, "\n" + escape(value)
            else:
                part.attributes["value"] = value
                yield part.start, part.end, _written(part)
    there = {part.name for part in form.parts}
    unseen = [
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, values in typed.items()
        if name not in there and name != OWN
        for value in values
    ]
    yield form.tag.end, form.tag.end, "".join(unseen)


def _written(part: _Tag, flag: str = "", on: bool = False) -> str:
    attributes = {name: value for name, value in part.attributes.items() if name != flag}
    if flag and on:
        attributes[flag] = None
    told = "".join(
        f" {name}" if value is None else f' {name}="{escape(value)}"'
        for name, value in attributes.items()
    )
    return f"<{part.kind}{told}>"
