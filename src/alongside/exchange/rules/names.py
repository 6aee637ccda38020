"""Names as sheets write them, brought to the way a person says them: given name first."""

import re
from dataclasses import dataclass
from functools import lru_cache

from alongside.exchange.rules.words import plain

NICKNAME = re.compile(r"[\"“”(]\s*([^\"“”()]{1,40}?)\s*[\"“”)]")
TITLE = re.compile(
    r"^(cp?ps|cps|cpps|lmt|msw|lcsw|csw|apsw|lpc|csac|sac|rn|bsw?|ma|ms|mba|phd|crc|ccar|ryt\W?\d*)\.?$",
    re.IGNORECASE,
)
SUFFIX = re.compile(r"^(jr|sr|ii|iii|iv)\.?$", re.IGNORECASE)
REMARK = re.compile(r"\*\*|={2,}|-{3,}|#{2,}|>>|<<|\d{3,}|[:?!]")
# "Na" and "No" are names; only what can be none stands here.
NO_NAME = frozenset(["", "unknown", "unk", "n a", "tbd", "none", "not known", "xxx", "desconocido"])
LONGEST_NAME = 120
MOST_WORDS = 7
PARTICLES = frozenset(
    ["de", "del", "la", "las", "los", "da", "dos", "van", "von", "der", "den", "di", "le", "du"]
)


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
    if plain(text) in NO_NAME or len(text) > LONGEST_NAME or REMARK.search(text):
        return None
    also = "; ".join(found.strip() for found in NICKNAME.findall(text))
    text = NICKNAME.sub(" ", text).strip(" ,;*-")
    if not re.search(r"[^\W\d_]", text) or len(text.split()) > MOST_WORDS:
        return None
    given, family = _parts(" ".join(text.split()))
    given, family = _capital(given), _capital(family, particles=PARTICLES)
    short = len(plain(family)) == 1 and bool(given)
    if short:
        family = f"{family[0].upper()}."
    return PersonName(f"{given} {family}".strip(), given, family, also, short)


def _parts(text: str) -> tuple[str, str]:
    if "," in text:
        family, *rest = [part.strip() for part in text.split(",") if part.strip()]
        rest = [part for part in rest if not TITLE.match(part)]
        firsts = [part for part in rest if not SUFFIX.match(part)]
        suffix = [part for part in rest if SUFFIX.match(part)]
        if not firsts:
            first, last = _parts(family)
            return first, " ".join([last, *suffix])
        said = " ".join(firsts).split()
        if len(said) > 1 and SUFFIX.match(said[-1]):  # "Smith, John Jr."
            suffix.insert(0, said.pop())
        return " ".join(said), " ".join([family, *suffix])
    words = text.split()
    if len(words) <= 2:
        return words[0], " ".join(words[1:])
    from nameparser import HumanName  # noqa: PLC0415 (no start waits for its lists)

    name = HumanName(text)
    given = " ".join(part for part in (name.first, name.middle) if part)
    family = " ".join(part for part in (name.last, name.suffix) if part)
    return (given, family) if given and family else (" ".join(words[:-1]), words[-1])


def name_of(first: str, last: str) -> PersonName | None:
    """A name from two columns."""
    first, last = " ".join(first.split()), " ".join(last.split())
    if plain(first) in NO_NAME or plain(last) in NO_NAME:
        return read_name(last if plain(first) in NO_NAME else first)
    return read_name(f"{last}, {first}")


def _capital(name: str, particles: frozenset[str] = frozenset()) -> str:
    """Small or all-capital names get their capitals; a name with both is left as it is."""
    small = name == name.lower()
    if not small and name != name.upper():
        words = name.split()
        return " ".join(
            _word(word) if len(word) > 2 and word == word.upper() else word for word in words
        )
    words = name.split()
    return " ".join(
        word.lower() if word.lower() in particles and i < len(words) - 1 else _word(word)
        for i, word in enumerate(words)
    )


def _word(word: str) -> str:
    if SUFFIX.match(word):
        return word.capitalize() if word[0] in "jJsS" else word.upper()
    pieces = re.split(r"([-'\u2019])", word.lower())
    word = "".join(piece[:1].upper() + piece[1:] for piece in pieces)
    return re.sub(r"^Mc([a-z])", lambda found: "Mc" + found.group(1).upper(), word)
