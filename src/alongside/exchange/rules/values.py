"""Phones, counties, lists, numbers: small values of a row, read without inventing anything."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import phonenumbers

from alongside.core.words import gettext_noop as _
from alongside.exchange.codes import ProblemKind
from alongside.exchange.rules.problems import Problem, said
from alongside.exchange.rules.words import is_unknown, plain

EMAIL = re.compile(r"[^\s@,;<>()]+@[^\s@,;<>()]+\.[^\s@,;<>()]{2,}")
BRACKETS = re.compile(r"\(\s*([^()\d][^()]*?)\s*\)")
PHONE_CHARACTERS = re.compile(
    r"(?:\+?[\d][\d\s().\-/]{5,}\d|\(\d{3}\)[\d\s().\-/]{6,}\d)(?:\s*(?:x|ext)\.?\s*\d+)?"
)
STATES = {
    "mn": "MN", "minnesota": "MN", "il": "IL", "illinois": "IL", "ia": "IA", "iowa": "IA",
    "mi": "MI", "michigan": "MI",
}  # fmt: skip
LONGEST = 300
HOME_STATE = ("wi", "wisc", "wisconsin")


@dataclass(frozen=True)
class Phone:
    """``written`` is kept to be called; ``full`` only where the number is complete (E.164)."""

    written: str = ""
    full: str = ""
    note: str = ""


@lru_cache(maxsize=20_000)
def read_phone(cell: str) -> tuple[Phone, Problem | None]:
    """A number and whose it is. A number without its area code stays as it was written."""
    text = " ".join(cell.split())
    if is_unknown(text):
        return Phone(), None
    found = PHONE_CHARACTERS.search(text[:LONGEST])
    if found is None:
        problem = said(
            ProblemKind.PHONE_INCOMPLETE,
            _("“{cell}” is not a whole phone number. It is kept as it was written."),
            cell=text,
        )
        return Phone(note=text), problem
    written = found.group().strip()
    note = _note(text[: found.start()] + " " + text[found.end() :])
    full = _full(written)
    if full:
        return Phone(written, full, note), None
    problem = said(
        ProblemKind.PHONE_INCOMPLETE,
        _("The phone number “{cell}” has no area code. It is kept as it was written."),
        cell=written,
    )
    return Phone(written, "", note), problem


def _note(rest: str) -> str:
    in_brackets = BRACKETS.search(rest)
    if in_brackets and not rest.replace(in_brackets.group(), "").strip(" ,;-"):
        return in_brackets.group(1)
    return " ".join(rest.split()).strip(" ,;-/")


def _full(written: str) -> str:
    digits = re.sub(r"\D", "", written)
    if re.fullmatch(r"([2-9]\d\d){2}\d{4}", digits) and written[0] != "+":
        return f"+1{digits}"  # by far the most; the library takes its time
    if len(digits) < 10:
        return ""
    try:
        number = phonenumbers.parse(written, "US")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@lru_cache(maxsize=20_000)
def read_email(cell: str) -> tuple[str, Problem | None]:
    if is_unknown(cell):
        return "", None
    found = EMAIL.search(cell[:LONGEST].lower())  # some letters are two when they are small
    if found is None or len(found.group()) > 254:
        text = _("“{cell}” is not an e-mail address. It stays empty.")
        return "", said(ProblemKind.EMAIL_UNREADABLE, text, cell=cell.strip())
    return found.group().rstrip("."), None


@lru_cache(maxsize=5_000)
def read_county(cell: str) -> tuple[str, Problem | None]:
    """ "Polk Co." is Polk; a county of another state keeps its state: "Hennepin MN"."""
    if is_unknown(cell):
        return "", said(ProblemKind.COUNTY_MISSING, _("No county is given. It stays unknown."))
    words = re.sub(r"[.,;()]", " ", cell).split()
    state = ""
    if len(words) > 1 and plain(words[-1]) in (*STATES, *HOME_STATE):
        state = STATES.get(plain(words[-1]), "")
        words = words[:-1]
    if len(words) > 1 and plain(words[-1]) in ("county", "co", "cty", "cnty", "condado"):
        words = words[:-1]
    elif len(words) > 2 and plain(words[0]) in ("county", "condado"):
        words = [word for word in words[1:] if plain(word) not in ("of", "de")]
    name = " ".join(words)
    if name in (name.lower(), name.upper()):
        name = name.title()
    return f"{name} {state}".strip(), None


def read_list(cell: str) -> tuple[str, ...]:
    """Parts between commas, semicolons, slashes or line breaks, each once."""
    if is_unknown(cell):
        return ()
    parts = [part.strip(" .") for part in re.split(r"[,;/\n|&]+|\band\b|\by\b", cell)]
    return tuple(dict.fromkeys(part for part in parts if part and not is_unknown(part)))


@lru_cache(maxsize=5_000)
def read_number(cell: str) -> Decimal | None:
    """A number that is not negative, with or without its unit: "12.5", "12,5 mi"."""
    found = re.fullmatch(r"~?\s*(\d{1,6}(?:[.,]\d{1,3})?|\.\d{1,3})\s*[A-Za-z.]*", cell.strip())
    return Decimal(found.group(1).replace(",", ".")) if found else None


@lru_cache(maxsize=5_000)
def read_yes(cell: str) -> bool | None:
    """Yes, no, or neither."""
    word = plain(cell)
    if word in ("yes", "y", "true", "1", "x", "si", "s", "ja"):
        return True
    if word in ("no", "n", "false", "0"):
        return False
    return None


@lru_cache(maxsize=50_000)
def phone_key(written: str) -> str:
    """A whole number by its digits, to compare by; "" where the area code is missing."""
    found = PHONE_CHARACTERS.search(written[:LONGEST])
    digits = re.sub(r"\D", "", re.sub(r"(?:x|ext).*", "", found.group())) if found else ""
    digits = digits[1:] if len(digits) == 11 and digits.startswith("1") else digits
    return digits if len(digits) == 10 else ""
