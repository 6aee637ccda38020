"""Names as sheets write them, brought to the way a person says them: given name first."""

import re
from dataclasses import dataclass
from functools import lru_cache

from nameparser import HumanName

from alongside.exchange.rules.words import is_unknown, plain

NICKNAME = re.compile(r"[\"“”(]\s*([^\"“”()]{1,40}?)\s*[\"“”)]")
SUFFIX = re.compile(r"^(jr|sr|ii|iii|iv)\.?$", re.IGNORECASE)
REMARK = re.compile(r"\*\*|={2,}|-{3,}|#{2,}|>>|<<|\d{3,}|[:?!]")
LONGEST_NAME = 120
MOST_WORDS = 7
PARTICLES = frozenset("de del la las los da dos van von der den di le du y e bin al".split())


@dataclass(frozen=True)
class PersonName:
    """``said`` is given name first; ``also`` what stood in quotes or brackets.

    ``short`` when the family name is one letter, as in "Otis B.".
    """

    said: str
    given: str
    family: str
    also: str = ""
    short: bool = False


@lru_cache(maxsize=50_000)
def read_name(cell: str) -> PersonName | None:
    """A name, or nothing where the cell holds none (blank, "??", a remark)."""
    text = " ".join(cell.split())
    if is_unknown(text) or len(text) > LONGEST_NAME or REMARK.search(text):
        return None
    also = "; ".join(found.strip() for found in NICKNAME.findall(text))
    text = NICKNAME.sub(" ", text).strip(" ,;*-")
    if not re.search(r"[^\W\d_]", text) or len(text.split()) > MOST_WORDS:
        return None
    given, family = _parts(" ".join(text.split()))
    given, family = _capital(given), _capital(family)
    short = len(plain(family)) == 1 and bool(given)
    if short:
        family = f"{family[0].upper()}."
    return PersonName(f"{given} {family}".strip(), given, family, also, short)


def _parts(text: str) -> tuple[str, str]:
    if "," in text:
        family, *rest = [part.strip() for part in text.split(",") if part.strip()]
        given = [part for part in rest if not SUFFIX.match(part)]
        suffix = [part for part in rest if SUFFIX.match(part)]
        if not given:
            first, last = _parts(family)
            return first, " ".join([last, *suffix])
        return " ".join(given), " ".join([family, *suffix])
    words = text.split()
    if len(words) <= 2:
        return words[0], " ".join(words[1:])
    name = HumanName(text)
    given = " ".join(part for part in (name.first, name.middle) if part)
    family = " ".join(part for part in (name.last, name.suffix) if part)
    return (given, family) if given and family else (" ".join(words[:-1]), words[-1])


def name_of(first: str, last: str) -> PersonName | None:
    """A name from two columns."""
    first, last = " ".join(first.split()), " ".join(last.split())
    if is_unknown(first) or is_unknown(last):
        return read_name(last if is_unknown(first) else first)
    return read_name(f"{last}, {first}")


def _capital(name: str) -> str:
    """Small or all-capital names get their capitals; a name with both is left as it is."""
    small = name == name.lower()
    if not small and name != name.upper():
        words = name.split()
        return " ".join(_word(word) if len(word) > 2 and word == word.upper() else word for word in words)
    words = name.split()
    return " ".join(
        word.lower() if i and word.lower() in PARTICLES and i < len(words) - 1 else _word(word)
        for i, word in enumerate(words)
    )


def _word(word: str) -> str:
    if SUFFIX.match(word):
        return word.capitalize() if word[0] in "jJsS" else word.upper()
    pieces = re.split(r"([-'’])", word.lower())
    word = "".join(piece[:1].upper() + piece[1:] for piece in pieces)
    return re.sub(r"^Mc([a-z])", lambda found: "Mc" + found.group(1).upper(), word)
