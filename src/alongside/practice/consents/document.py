"""The very text that a person reads and signs, put together from the facts and the dated texts."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from alongside.core.words import gettext_noop as _
from alongside.practice import catalog
from alongside.practice.consents.codes import Category, Element, Ending, RecipientKind
from alongside.practice.consents.facts import ConsentFacts, RecipientFacts
from alongside.practice.consents.judging import statements_of
from alongside.practice.consents.part_2 import Kind, Version, book, version

E = Element
UNTIL_DAY = _("Until {day}.")
UNTIL_EVENT = _("Until this happens: {event}.")
NO_END = _("It has no end of its own. I can take it back at any time.")
COVERED = _("health plan or provider under HIPAA")
_CODE = 8
MARK = re.compile(r" *\((?:check|ours)\)")


@dataclass(frozen=True)
class Section:
    """``lines`` are the plain words, ``legal`` the point of the rule, ``source`` its place."""

    code: str
    name: str
    lines: tuple[str, ...]
    legal: str = ""
    source: str = ""

    @property
    def cited(self) -> str:
        return cited(self.source)


def cited(source: str) -> str:
    """The place of a rule as people read it: our own marks of what to look up once more stay in the
    data."""
    return MARK.sub("", source)


@dataclass(frozen=True)
class Document:
    """``version`` names the dated texts it was made of."""

    version: str
    kind: str
    title: str
    lead: str
    sections: tuple[Section, ...]

    def as_data(self) -> dict[str, Any]:
        """To be kept with the consent, whatever the texts say later."""
        return asdict(self)

    @property
    def hash(self) -> str:
        text = json.dumps(self.as_data(), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def code_of(text_hash: str) -> str:
    """What stands at the foot of a printed form, so that a paper and its text stay together:
    ``"3fa9-12bc"``."""
    return f"{text_hash[: _CODE // 2]}-{text_hash[_CODE // 2 : _CODE]}"


def is_code_of(typed: str, text_hash: str) -> bool:
    """However it was typed: small or capital letters, with or without the line."""
    plain = "".join(sign for sign in typed.casefold() if sign.isalnum())
    return len(plain) >= _CODE and text_hash.startswith(plain)


def document(facts: ConsentFacts) -> Document:
    """What the person reads. Raises ``LookupError`` for a kind its version does not know."""
    found = version(facts.version)
    kind = found.kinds.get(facts.kind) if found is not None else None
    if found is None or kind is None:
        raise LookupError(f"No consent “{facts.kind}” is made under “{facts.version}”.")
    sections = tuple(_sections(facts, found, kind))
    lead = kind.lead.format(discloser=facts.discloser)
    return Document(found.code, facts.kind.value, kind.name, lead, sections)


def from_data(data: Mapping[str, Any]) -> Document:
    """A text that was kept, whatever earlier versions of it lack."""
    sections = tuple(
        Section(
            one.get("code", ""),
            one.get("name", ""),
            tuple(one.get("lines", ())),
            one.get("legal", ""),
            one.get("source", ""),
        )
        for one in data.get("sections", ())
    )
    known = {key: data.get(key, "") for key in ("version", "kind", "title", "lead")}
    return Document(**known, sections=sections)


def _sections(facts: ConsentFacts, found: Version, kind: Kind) -> Iterator[Section]:
    yield _section(E.PARTICIPANT, [facts.participant])
    yield _section(E.DISCLOSER, [facts.discloser])
    yield _section(E.RECIPIENT, [_who(one) for one in facts.recipients])
    yield _section(E.INFORMATION, _what(facts))
    yield _section(E.PURPOSE, _why(facts))
    yield _section(E.END, _until(facts))
    if kind.alone:
        yield Section("alone", kind.short, (kind.alone,))
    for code in statements_of(kind, firm=facts.firm, purpose=facts.purpose):
        if code not in facts.statements:
            continue  # a form from elsewhere may say less
        said = found.statements[code]
        yield Section(code.value, said.name, (said.plain,), said.legal, said.source)


def _section(code: Element, lines: list[str]) -> Section:
    part = book().elements[code]
    return Section(code.value, part.name, tuple(filter(None, lines)), source=part.source)


def _who(one: RecipientFacts) -> str:
    said = ", ".join(filter(None, (one.name, one.organization)))
    if one.kind is RecipientKind.INTERMEDIARY and one.participants:
        said = f"{said}: {one.participants}"
    return f"{said} ({COVERED})" if one.covered else said


def _what(facts: ConsentFacts) -> list[str]:
    ordered = [code for code in Category if code in facts.categories]
    return [*(catalog.name("consent_category", code) for code in ordered), facts.information]


def _why(facts: ConsentFacts) -> list[str]:
    named = catalog.name("consent_purpose", facts.purpose) if facts.purpose else ""
    return [named, facts.purpose_words]


def _until(facts: ConsentFacts) -> list[str]:
    if facts.ends is Ending.DATE and facts.ends_on:
        return [UNTIL_DAY.format(day=in_full(facts.ends_on))]
    if facts.ends is Ending.EVENT and facts.ends_event:
        return [UNTIL_EVENT.format(event=facts.ends_event.rstrip(". "))]
    return [NO_END] if facts.ends is Ending.NONE else []


def in_full(day: date) -> str:
    """``November 22, 2026``: on paper nobody should have to guess."""
    return f"{day:%B} {day.day}, {day.year}"
