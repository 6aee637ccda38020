"""The very text that a person reads and signs, put together from the facts and the dated texts."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from alongside.practice.consents.codes import Category, Element, Ending, RecipientKind
from alongside.practice.consents.facts import ConsentFacts, RecipientFacts
from alongside.practice.consents.judging import statements_of
from alongside.practice.consents.part_2 import Kind, Version, book, tongue, version
from alongside.practice.consents.tongues import ENGLISH, Tongue

E = Element
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
    """``version`` names the dated texts it was made of, in ``language`` alone."""

    version: str
    kind: str
    title: str
    lead: str
    sections: tuple[Section, ...]
    language: str = ENGLISH

    def as_data(self) -> dict[str, Any]:
        """To be kept with the consent, whatever the texts say later."""
        data = asdict(self)
        if self.language == ENGLISH:
            # As it was before there was another one: what was printed keeps its code.
            del data["language"]
        return data

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
    said_in = tongue(facts.language).code
    lead = kind.told("lead", said_in).format(discloser=facts.discloser)
    title = kind.told("name", said_in)
    return Document(found.code, facts.kind.value, title, lead, sections, said_in)


def reading(facts: ConsentFacts, *, language: str) -> Document | None:
    """The same consent in another language, to read and not to sign; nothing where the dated texts
    do not know it any more."""
    if tongue(language).code != language:
        return None
    try:
        return document(replace(facts, language=language))
    except LookupError:
        return None


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
    return Document(**known, sections=sections, language=data.get("language", ENGLISH))


def _sections(facts: ConsentFacts, found: Version, kind: Kind) -> Iterator[Section]:
    how = tongue(facts.language)
    lines = {
        E.PARTICIPANT: [facts.participant],
        E.DISCLOSER: [facts.discloser],
        E.RECIPIENT: [_who(one, kind, how) for one in facts.recipients],
        E.INFORMATION: _what(facts, how),
        E.PURPOSE: _why(facts, how),
        E.END: _until(facts, how),
    }
    for element, told in lines.items():
        part = book().elements[element]
        name = part.told("name", how.code)
        yield Section(element.value, name, tuple(filter(None, told)), source=part.source)
    if kind.alone:
        yield Section("alone", kind.told("short", how.code), (kind.told("alone", how.code),))
    for code in statements_of(kind, firm=facts.firm, purpose=facts.purpose):
        if code not in facts.statements:
            continue  # a form from elsewhere may say less
        said = found.statements[code]
        name, plain, legal = (said.told(one, how.code) for one in ("name", "plain", "legal"))
        yield Section(code.value, name, (plain,), legal, said.source)


def _who(one: RecipientFacts, kind: Kind, how: Tongue) -> str:
    is_class = one.kind is RecipientKind.CLASS and one.name == kind.class_words
    name = kind.told("class_words", how.code) if is_class else one.name
    said = ", ".join(filter(None, (name, one.organization)))
    if one.kind is RecipientKind.INTERMEDIARY and one.participants:
        said = f"{said}: {one.participants}"
    return f"{said} ({how.covered})" if one.covered else said


def _what(facts: ConsentFacts, how: Tongue) -> list[str]:
    ordered = [code for code in Category if code in facts.categories]
    return [*(how.categories[code] for code in ordered), facts.information]


def _why(facts: ConsentFacts, how: Tongue) -> list[str]:
    return [how.purposes[facts.purpose] if facts.purpose else "", facts.purpose_words]


def _until(facts: ConsentFacts, how: Tongue) -> list[str]:
    if facts.ends is Ending.DATE and facts.ends_on:
        return [how.until_day.format(day=how.day(facts.ends_on))]
    if facts.ends is Ending.EVENT and facts.ends_event:
        return [how.until_event.format(event=facts.ends_event.rstrip(". "))]
    return [how.no_end] if facts.ends is Ending.NONE else []


def in_full(day: date, language: str = ENGLISH) -> str:
    """``November 22, 2026``: on paper nobody should have to guess."""
    return tongue(language).day(day)
