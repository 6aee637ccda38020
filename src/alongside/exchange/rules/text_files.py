"""Encoding and separator of a text sheet, found from its bytes."""

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from charset_normalizer import from_bytes

from alongside.core.refusal import Refusal, Refused
from alongside.core.words import gettext_noop as _

SEPARATORS = (",", ";", "\t", "|")
SAMPLE_CHARS = 200_000
SAMPLE_ROWS = 200
LONGEST_CELL = 1_000_000
MOST_LINES_IN_A_CELL = 200
SINGLE_BYTE = ("cp1252", "mac_roman", "cp850", "latin_1")
BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
UNTYPED = re.compile("[\x01-\x08\x0e-\x1f\x7f]")
LETTERS_IN_USE = frozenset("áàâäãåæçéèêëíìîïñóòôöõøœúùûüýÿßšžÁÀÂÄÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØŒÚÙÛÜÝŠŽ")
MARKS_IN_USE = frozenset("\u2013\u2014\u2018\u2019“”…•·°½¼¾¿¡«»€£©®™§±ºª\u00a0")
NOT_A_SHEET = Refusal(
    "not-a-sheet",
    _("This file is not a spreadsheet. Save the sheet as .xlsx or .csv, then choose that file."),
)


def decode(data: bytes) -> tuple[str, str]:
    """Text and the name of its encoding. Raises ``Refused`` where no text can be read."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _strict(data, encoding), encoding
    wide = _wide(data)
    if wide:
        return _strict(data, wide), wide
    try:
        return _sound(data.decode("utf-8")), "utf-8"
    except UnicodeDecodeError:
        encoding = _single_byte(data)
    return _sound(data.decode(encoding, errors="replace")), encoding


def _strict(data: bytes, encoding: str) -> str:
    try:
        return _sound(data.decode(encoding))
    except UnicodeDecodeError:
        # A file cut in the middle of a letter is still worth reading; the mark says what it is.
        return _sound(data.decode(encoding, errors="replace"))


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark: every second byte of Latin text is zero."""
    sample = data[:4000]
    if len(sample) < 4:
        return None
    for encoding, half in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if half.count(0) > 0.6 * len(half):
            return encoding
    return None


def _single_byte(data: bytes) -> str:
    """The one of the old encodings in which the accents make words."""
    lines = [line for line in data.splitlines() if not line.isascii()]
    sample = b"\n".join(lines)[:20_000]
    guess = from_bytes(sample, cp_isolation=list(SINGLE_BYTE)).best()
    guessed = guess.encoding if guess is not None else ""
    return max(
        SINGLE_BYTE,
        key=lambda encoding: (_sense(sample, encoding), encoding == "cp1252", encoding == guessed),
    )


def _sense(sample: bytes, encoding: str) -> int:
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError:
        return -len(sample)
    foreign = [(before, char) for before, char in zip(" " + text, text, strict=False) if char > "~"]
    score = 0
    for before, char in foreign:
        if char in LETTERS_IN_USE:
            score += 2 if char.islower() or not before.islower() else 0
        elif char in MARKS_IN_USE:
            score += 1
        else:
            score -= 2
    return score


def _sound(text: str) -> str:
    """The text without what nobody types, unless so much of it is none that it must be something
    else."""
    text = text.replace("\x00", "")
    sample = text[:SAMPLE_CHARS]
    odd = sum(1 for c in sample if c not in "\t\n\r\x0b\x0c" and unicodedata.category(c) in "Cc Cn")
    odd += sample.count("\ufffd")
    if odd > max(2, len(sample) // 20):
        raise Refused(NOT_A_SHEET)
    return UNTYPED.sub("", text)


def find_separator(text: str) -> str:
    """The separator with which most lines fall into the same number of cells, two or more."""
    said = re.match(r"\ufeff?sep=(.)\r?\n", text)
    if said and said.group(1) in SEPARATORS:
        return said.group(1)
    sample = text[:SAMPLE_CHARS]
    return max(SEPARATORS, key=lambda separator: _evenness(sample, separator))


def _evenness(sample: str, separator: str) -> float:
    try:
        rows = islice(csv.reader(io.StringIO(sample, newline=""), delimiter=separator), SAMPLE_ROWS)
        widths = Counter(len(row) for row in rows if any(cell.strip() for cell in row))
    except csv.Error:
        return 0.0
    if not widths:
        return 0.0
    width, often = max(widths.items(), key=lambda item: (item[1] * min(item[0], 8), item[0]))
    return 0.0 if width < 2 else often / widths.total() * min(width, 8)


def split(text: str, separator: str) -> Iterator[list[str]]:
    """Rows of cells. A quotation mark that was never closed does not swallow the rest."""
    if re.match(r"\ufeff?sep=.\r?\n", text):
        text = text.split("\n", 1)[1]
    csv.field_size_limit(LONGEST_CELL)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        return _unquoted(text, separator)
    if any(cell.count("\n") > MOST_LINES_IN_A_CELL for row in rows for cell in row):
        return _unquoted(text, separator)
    return iter(rows)


def _unquoted(text: str, separator: str) -> Iterator[list[str]]:
    lines = re.split(r"\r\n|\r|\n", text)
    return ([cell.strip('"') for cell in line.split(separator)] for line in lines)
