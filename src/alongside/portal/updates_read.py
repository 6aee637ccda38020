"""An update that went out, said in the language of the page: to read beside the words as they were
sent. What people wrote stays as they wrote it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from alongside.core.words import Say, gettext_noop, read_back
from alongside.encounters.codes import UpdatePart
from alongside.plans.rules.requirements import STATE_NAMES
from alongside.portal.words import told
from alongside.practice import catalog

P = UpdatePart
# As ``encounters.rules.updates`` writes them; somebody's name alone stands before the last one.
TITLES: tuple[str, ...] = ("A corrected update", "Support", "Went to together")
TITLES += ("What was asked, and how far it is", "Days we met")
TITLES += ("Added by {name}, {agency}", "{name} says")
SENTENCES: Mapping[str, tuple[str, ...]] = {
    P.CORRECTS: ("It takes the place of the update of {day}.",),
    P.SUPPORT: ("Support since {since}. It goes on.", "Support from {since} to {until}."),
}
PERIOD = gettext_noop("From {since} to {until}")
A_DAY = "{day}"
HOW_FAR = "{done} of {all} done."
STATES = frozenset(STATE_NAMES.values())


def in_words(text: Mapping[str, Any]) -> dict[str, Any]:
    """The same shape as what was kept, its titles and fixed words translated."""
    sections = [
        {
            **section,
            "title": _said(section["title"], TITLES),
            "lines": [_line(section["part"], line) for line in section["lines"]],
        }
        for section in text["sections"]
    ]
    return {**text, "period": _period(text["period"]), "sections": sections}


def _line(part: str, line: str) -> str:
    if part in SENTENCES:
        return _said(line, SENTENCES[part])
    if part == P.DAYS:
        return _said(line, (A_DAY,))
    if part == P.ALONG:
        return _along(line)
    return _asked(line) if part == P.ASKED else line


def _said(words: str, forms: tuple[str, ...]) -> str:
    return " ".join(told(one) for one in read_back(words, forms)) or words


def _along(line: str) -> str:
    day, _colon, what = line.partition(": ")
    known = {one.name for one in catalog.terms("going_along")}
    if not isinstance(_day(day), date) or what not in known:
        return line
    return told(Say("{day}: {what}", {"day": _day(day), "what": Say(what)}))


def _asked(line: str) -> str:
    """What somebody asked, its state, and how far it is: the last state that stands there, for the
    words before it are theirs."""
    at = line.rfind(": ")
    while at > 0:
        state, _dot, far = line[at + 2 :].partition(". ")
        if state in STATES:
            facts = {"what": line[:at], "state": Say(state), "how_far": _said(far, (HOW_FAR,))}
            return told(Say("{what}: {state}. {how_far}" if far else "{what}: {state}", facts))
        at = line.rfind(": ", 0, at)
    return line


def _period(words: str) -> str:
    since, _to, until = words.partition(" to ")
    days = {"since": _day(since), "until": _day(until)}
    if not all(isinstance(one, date) for one in days.values()):
        return words
    return told(Say(PERIOD, days))


def _day(words: str) -> object:
    """The day that is written there in English, else the words."""
    found = read_back(words, (A_DAY,))
    return found[0].facts["day"] if found else words
