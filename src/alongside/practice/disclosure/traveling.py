"""What goes along with what is told: the notice, and the scope of the consent in words. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice import catalog
from alongside.practice.consents.codes import Category, Ending, Purpose
from alongside.practice.disclosure.book import notice
from alongside.practice.disclosure.deciding import Leave, consented


@dataclass(frozen=True)
class Travels:
    """``words`` are the law's own sentence, ``lines`` explain it and the consent."""

    title: Say
    words: str
    lines: tuple[Say, ...] = ()

    def __str__(self) -> str:
        return "\n".join([self.words, *map(str, self.lines)])


def scope_of(leave: Leave) -> dict[str, object]:
    """What a disclosure keeps of its consent, so that its scope can be said for ever."""
    consent = leave.consent
    return {
        "signed_on": consent.signed_on.isoformat() if consent.signed_on else "",
        "discloser": consent.discloser,
        "recipient": leave.recipient.name,
        "categories": [c.value for c in Category if c in consented(consent)],
        "information": consent.information,
        "purpose": consent.purpose.value if consent.purpose else "",
        "purpose_words": consent.purpose_words,
        "ends": consent.ends.value if consent.ends else "",
        "ends_on": consent.ends_on.isoformat() if consent.ends_on else "",
        "ends_event": consent.ends_event,
        "firm": consent.firm,
    }


def travels(notice_code: str, scope: Mapping[str, object]) -> Travels | None:
    """The words that go along; nothing where no notice was made."""
    found = notice(notice_code)
    if found is None:
        return None
    lines = (Say(found.plain), *_scope(scope)) if scope else (Say(found.plain),)
    return Travels(Say(found.title), found.words, lines)


def _scope(scope: Mapping[str, object]) -> tuple[Say, ...]:
    def said(key: str) -> str:
        return str(scope.get(key) or "")

    chosen = scope.get("categories")
    codes = chosen if isinstance(chosen, list) else []
    if Category.WHOLE_RECORD in codes:
        codes = [Category.WHOLE_RECORD]
    lines = [
        Say(_SIGNED, {"day": date.fromisoformat(said("signed_on")), "who": said("discloser")}),
        Say(_TO, {"name": said("recipient")}),
        Say(_WHAT, {"what": _joined(codes)}),
    ]
    if said("information"):
        lines.append(Say(_MORE, {"words": said("information")}))
    purpose = catalog.term("consent_purpose", Purpose(said("purpose"))).name
    lines.append(Say(_FOR, {"purpose": Say(purpose)}))
    if said("purpose_words"):
        lines.append(Say(_FOR_WORDS, {"words": said("purpose_words")}))
    return (*lines, _end(scope), Say(_FIRM if scope.get("firm") else _BACK))


def _joined(codes: list[str]) -> Say:
    """The names of what may be told, each translated by itself."""
    gaps = {f"n{n}": Say(catalog.term("consent_category", c).name) for n, c in enumerate(codes)}
    return Say("; ".join(f"{{{gap}}}" for gap in gaps), gaps)


def _end(scope: Mapping[str, object]) -> Say:
    if scope.get("ends") == Ending.DATE:
        return Say(_UNTIL, {"day": date.fromisoformat(str(scope["ends_on"]))})
    if scope.get("ends") == Ending.EVENT:
        return Say(_UNTIL_EVENT, {"event": str(scope["ends_event"])})
    return Say(_NO_END)


_SIGNED = _("This is told by a consent signed on {day}. It lets {who} tell it.")
_TO = _("Who may hear it: {name}.")
_WHAT = _("What may be told: {what}.")
_MORE = _("More exactly: {words}")
_FOR = _("What it is for: {purpose}.")
_FOR_WORDS = _("In the words of the consent: {words}")
_UNTIL = _("It holds until {day}.")
_UNTIL_EVENT = _("It holds until this happens: {event}.")
_NO_END = _("It has no end by date.")
_FIRM = _("It was agreed to hold until its end.")
_BACK = _("The person may take it back at any time.")
