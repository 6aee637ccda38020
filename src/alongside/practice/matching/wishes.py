"""Wishes in messy notes. What cannot be read stays "other", word for word; nothing is invented."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from alongside.practice.matching import signs


class WishKind(StrEnum):
    LANGUAGE = "language"
    GENDER = "gender"
    EXPERIENCE = "experience"
    PLACE = "place"
    TIME = "time"
    CONTACT_MODE = "contact_mode"
    REFUSAL = "refusal"
    OTHER = "other"


@dataclass(frozen=True)
class Wish:
    """``value`` is what was understood, ``words`` what was written. ``avoid``: the person wants
    this not to be so ("not at home"). A refusal names who or what the person does not want."""

    kind: WishKind
    value: str
    words: str
    avoid: bool = False


_Reader = Callable[[str], Iterator[Wish]]
_PIECES = re.compile(r"[;\n]+|\.(?=\s|$)")
_COMMAS = re.compile(
    r",\s*|\s+(?:and|&|y)\s+(?=(?:no|not|only|prefers?|wants?|evenings?|someone)\b)"
)
_SAID = re.compile(
    r"^\W*(?:(?:she|he|they|client|person|peer)\s+)?(?:said|says|asks? for|asked for|wants? to say"
    r"|dijo|dice)\b\s*[:,-]?\s*",
    re.IGNORECASE,
)


def read_wishes(text: str) -> tuple[Wish, ...]:
    """Every wish in the order written. Unread pieces come back as ``other``, verbatim."""
    found: list[Wish] = []
    for piece in _pieces(text):
        found.extend(_read_piece(piece))
    return tuple(dict.fromkeys(found))


def _pieces(text: str) -> Iterator[str]:
    """Lines and sentences; a line that goes on with "NOT at ..." still is its own piece."""
    for piece in _PIECES.split(text):
        cleaned = " ".join(piece.split())
        if cleaned.strip(" .,-\"'“”"):
            yield cleaned


def _read_piece(piece: str) -> Iterator[Wish]:
    if signs.NO_WISH.match(piece):
        return
    refusal, rest = _take_refusal(piece)
    for part in filter(None, (_plain(p) for p in _COMMAS.split(rest))):
        if signs.POLITE.match(part):
            continue
        wishes = [wish for reader in _READERS for wish in reader(part)]
        yield from wishes or [_unread(part)]
    if refusal:
        yield refusal


def _unread(part: str) -> Wish:
    bare = signs.BARE_NOT.match(part)
    if bare and not re.match(r"(?:sure|yet|now|too|much)\b", bare["who"], re.IGNORECASE):
        return Wish(WishKind.REFUSAL, _plain(bare["who"]), part, avoid=True)
    return Wish(WishKind.OTHER, part, part)


def _take_refusal(piece: str) -> tuple[Wish | None, str]:
    """The refusal in a piece, and what is left of the piece without it."""
    hit = signs.REFUSAL.search(piece)
    if hit is None or any(gender.search(hit["who"]) for gender in signs.GENDERS.values()):
        return None, piece
    if any(_place_or_mode(hit[0])):
        return None, piece
    names, rest = _names_of(hit["who"])
    words = _plain(hit[0][: len(hit[0]) - len(hit["who"])] + names)
    before = _SAID.sub("", piece[: hit.start()]).strip(" ,:-\"'“”")
    after = piece[hit.end() :].strip(" ,.\"'“”") if not rest else rest + piece[hit.end() :]
    left = ", ".join(part for part in (before, after) if part)
    return Wish(WishKind.REFUSAL, _plain(names), words, avoid=True), left


def _names_of(who: str) -> tuple[str, str]:
    """Names may go on after a comma ("Ray, Tina or Jo"); another wish does not belong to them."""
    parts = re.split(r"(,\s*)", who)
    taken = parts[0]
    for i in range(1, len(parts) - 1, 2):
        if any(wish for reader in _READERS for wish in reader(parts[i + 1])):
            return taken, "".join(parts[i + 1 :])
        if not re.match(r"(?:(?:or|and)\s+)?[A-Z][\w'-]*(?:\s|$)", parts[i + 1]):
            return taken, "".join(parts[i + 1 :])
        taken += parts[i] + parts[i + 1]
    return taken, ""


def _place_or_mode(words: str) -> Iterator[Wish]:
    yield from _place(words)
    yield from _mode(words)


def _plain(words: str) -> str:
    return words.strip(" .,!-\"'“”")


def _language(part: str) -> Iterator[Wish]:
    for name, pattern in signs.LANGUAGES.items():
        hit = pattern.search(part)
        if hit is None or signs.NOT_SPOKEN.search(part[: hit.start()]):
            continue
        alone = len(part.split()) <= 2 and not any(
            gender.search(part) for gender in signs.GENDERS.values()
        )
        if alone or signs.SPOKEN.search(part):
            yield Wish(WishKind.LANGUAGE, name, part)


def _gender(part: str) -> Iterator[Wish]:
    for name, pattern in signs.GENDERS.items():
        hit = pattern.search(part)
        if hit is None:
            continue
        avoid = bool(signs.NOT_GENDER.search(part[: hit.start()]))
        if avoid or len(part.split()) <= 2 or _wished(part, hit):
            yield Wish(WishKind.GENDER, name, part, avoid=avoid)


def _wished(part: str, hit: re.Match[str]) -> bool:
    """A wish, and not the person describing themselves ("single woman w/ two kids")."""
    told = re.search(r"\b(?:is|she'?s|he'?s|single|pregnant)\W+(?:\w+\W+)?$", part[: hit.start()])
    return bool(signs.SEEKING.search(part)) and told is None


def _experience(part: str) -> Iterator[Wish]:
    if not signs.WHO_LIVED_IT.search(part) or signs.NOT_LIVED.search(part):
        return
    for experience, pattern in signs.EXPERIENCES.items():
        if pattern.search(part):
            yield Wish(WishKind.EXPERIENCE, experience.value, part)


def _time(part: str) -> Iterator[Wish]:
    own = signs.OWN_HOURS.sub(lambda hit: " " * len(hit[0]), part)
    hits = list(signs.TIMES.finditer(own))
    if hits and not signs.FIXED_DATE.search(part):
        value = ", ".join(hit[0].lower() for hit in hits)
        avoid = bool(signs.NOT_TIME.search(own[: hits[0].start()]))
        yield Wish(WishKind.TIME, value, part, avoid=avoid)


def _place(part: str) -> Iterator[Wish]:
    near = signs.NEAR.search(part)
    if near and not signs.LANGUAGES_ONLY.fullmatch(near["where"]):
        avoid = bool(signs.NOT_NEAR.search(part))
        yield Wish(WishKind.PLACE, f"near {near['where'].rstrip('.')}", part, avoid=avoid)
        return
    if signs.NEAR_HERE.search(part):
        yield Wish(WishKind.PLACE, "near", part)
        return
    for name, pattern in signs.MEETING_PLACES.items():
        hit = pattern.search(part)
        if hit and signs.MEETING.search(part):
            avoid = bool(signs.NOT_THERE.search(part[: hit.start()]))
            yield Wish(WishKind.PLACE, name, part, avoid=avoid)


def _mode(part: str) -> Iterator[Wish]:
    for name, pattern in signs.MODES.items():
        hit = pattern.search(part)
        if hit is None:
            continue
        avoid = bool(signs.NOT_BY.search(part[: hit.start()]))
        if avoid or len(part.split()) <= 2 or signs.BY.search(part):
            yield Wish(WishKind.CONTACT_MODE, str(name), part, avoid=avoid)


_READERS: tuple[_Reader, ...] = (_language, _gender, _experience, _time, _place, _mode)
