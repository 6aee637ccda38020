"""A consent as the words of a paper: to sign by hand, or the copy to take along. Pure: sentences
are translated by whoever asks."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice.consents import ENGLISH, Document

Piece = dict[str, object]


@dataclass(frozen=True)
class Tongue:
    """How words are said here: ``say`` translates, ``on`` writes a day with its year."""

    say: Callable[[str | Say], str]
    on: Callable[[date], str]

    def dated(self, sentence: Say) -> str:
        facts = {
            name: self.on(fact) if isinstance(fact, date) else fact
            for name, fact in sentence.facts.items()
        }
        return self.say(Say(sentence.text, facts))


@dataclass(frozen=True)
class Signature:
    """Who signed and when; ``relationship`` where someone signed in their place."""

    name: str
    on: date
    relationship: str = ""


@dataclass(frozen=True)
class Sheet:
    """What a paper is of. Without a ``signature`` it has lines to sign on. ``taken_back``: whom it
    does not reach any more, though the text still names them."""

    agency: str
    kind: str
    text: Document
    stands: Say
    foot: str
    signature: Signature | None = None
    taken_back: tuple[Say, ...] = ()


class TakenOut(Protocol):
    """One whom a consent names, as far as it was taken back for them."""

    name: str
    revoked_on: date | None
    revoked_at: datetime | None


def taken_back(recipients: Iterable[TakenOut], *, whole_at: datetime | None) -> tuple[Say, ...]:
    """For whom alone it was taken back, and when; not the last one, whose end was that of the whole
    at ``whole_at``."""
    return tuple(
        Say(_("Taken back for {name} on {day}."), {"name": who.name, "day": who.revoked_on})
        for who in recipients
        if who.revoked_at is not None and who.revoked_at != whole_at
    )


def consent_paper(sheet: Sheet, tongue: Tongue) -> dict[str, object]:
    """The data of the paper ``record``."""
    say, text = tongue.say, sheet.text
    # A text in another language is kept in it, headings too.
    read: Callable[[str], str] = say if text.language == ENGLISH else str
    rows = [[read(s.name), "\n".join(s.lines)] for s in text.sections if not s.legal]
    first = [{"kind": "text", "text": text.lead}, {"kind": "rows", "rows": rows}]
    if sheet.taken_back:
        items = [tongue.dated(one) for one in sheet.taken_back]
        first.append({"kind": "list", "items": items})
    sections: list[Piece] = [{"title": read(sheet.kind), "parts": first}]
    for section in text.sections:
        if section.legal:
            plain = {"kind": "text", "text": "\n".join(section.lines)}
            rule = {"kind": "text", "text": f"{read(section.legal)} (42 CFR {section.cited})"}
            sections.append({"title": read(section.name), "parts": [plain, rule]})
    sections.append({"title": say(_("I agree")), "parts": _signature(sheet, tongue)})
    return {
        "title": say(_("Consent")),
        "agency": sheet.agency,
        "sections": sections,
        "foot": say(Say(_("Code: {code}"), {"code": sheet.foot})),
        "page": say(_("Page {n} of {m}")),
    }


_LINES = (
    _("Name"),
    _("Signature"),
    _("Day"),
    _("If someone signs for the participant, how they may"),
)


def _signature(sheet: Sheet, tongue: Tongue) -> list[Piece]:
    signed, say = sheet.signature, tongue.say
    if signed is None:
        return [{"kind": "sign", "text": say(text)} for text in _LINES]
    rows = [
        [say(_("Name")), signed.name],
        [say(_("Day")), tongue.on(signed.on)],
        [say(_("How it stands")), tongue.dated(sheet.stands)],
    ]
    if signed.relationship:
        rows.insert(1, [say(_("How they may sign")), signed.relationship])
    return [{"kind": "rows", "rows": rows}]
