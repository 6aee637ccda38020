"""Papers: what leaves or stays as a tagged PDF. Pure: words in, bytes out, no clock, no database.

``pdf("record", {...})`` is all there is. The data go to Typst as JSON and are never pasted into a
template, so nothing in them can be run. Every paper is PDF/UA-1: read aloud in order, with its
language and a title. The title stands in tabs and file lists: it never holds a name.
"""

import json
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from unicodedata import category, name

import typst


class Paper(StrEnum):
    """The templates there are; each is a file of this name in ``templates``, and says its data."""

    RECORD = "record"
    ACCOUNTING = "accounting"
    UPDATE = "update"
    PLAN = "plan"


TEMPLATES = Path(__file__).parent / "templates"
# A word longer than a line is broken, since what runs off the paper is lost.
LONGEST = 32
# Each round puts names in place of the signs that no font shows; one round is the rule.
ROUNDS = 4
_UNSHOWN = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_LONG = re.compile(rf"\S{{{LONGEST + 1},}}")
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
# Controls change what one sees; line ends and tabs are text.
_KEPT = "\n\t"
_TURNS = {"\u202d", "\u202e"}
_MARKS = {"\u200d", "\ufe0e", "\ufe0f"}


def pdf(
    paper: str,
    data: Mapping[str, object],
    *,
    language: str = "en",
    pictures: Mapping[str, str] | None = None,
) -> bytes:
    """The paper as tagged PDF/UA-1. Raises ``ValueError`` for a paper that does not exist.
    ``pictures`` are drawings as SVG, which parts of the kind ``chart`` name.

    A sign that no font of this machine shows is written as its name: ``[grinning face]``.
    """
    source = TEMPLATES / f"{Paper(paper).value}.typ"
    text = json.dumps({**_sound(data), "language": language}, ensure_ascii=False)
    drawn = json.dumps(dict(pictures or {}), ensure_ascii=False)
    for _round in range(ROUNDS):
        try:
            return _compiled(source, text, drawn)
        except typst.TypstError as error:
            signs = _not_shown(error)
            if not signs:
                raise
            text, drawn = _named(text, signs), _named(drawn, signs)
    signs = {sign for sign in text + drawn if ord(sign) > 0x17F}
    return _compiled(source, _named(text, signs), _named(drawn, signs))


def _compiled(source: Path, text: str, drawn: str) -> bytes:
    inputs = {"data": text, "pictures": drawn}
    compiler = typst.Compiler(source, root=TEMPLATES, font_paths=_fonts(), sys_inputs=inputs)
    made = compiler.compile(format="pdf", pdf_standards=["ua-1"])
    if not isinstance(made, bytes):
        raise TypeError("Typst gave no document")
    return made


@cache
def _fonts() -> typst.Fonts:
    """Those inside Typst come first; those of the machine help with other scripts."""
    return typst.Fonts()


def _sound(value: Mapping[str, object]) -> dict[str, object]:
    return {key: _sound_one(one) for key, one in value.items()}


def _sound_one(value: object) -> object:
    if isinstance(value, str):
        kept = "".join(c for c in value if c in _KEPT or not _hides(c))
        return _LONG.sub(_broken, kept)
    if isinstance(value, Mapping):
        return _sound(value)
    if isinstance(value, Sequence):
        return [_sound_one(one) for one in value]
    return value


def _hides(sign: str) -> bool:
    return category(sign) in ("Cc", "Cs", "Co") or sign in _TURNS


def _broken(word: re.Match[str]) -> str:
    """Places at which a word may go on in the next line; they take no room and say nothing."""
    text = word.group()
    return "\u200b".join(text[n : n + LONGEST] for n in range(0, len(text), LONGEST))


def _not_shown(error: typst.TypstError) -> set[str]:
    found = "".join(_UNSHOWN.findall(error.diagnostic))
    return set(_ESCAPED.sub(lambda sign: chr(int(sign.group(1), 16)), found))


def _named(text: str, signs: set[str]) -> str:
    """Each sign by its name; signs that only join others are left out."""
    words = {
        ord(sign): "" if sign in _MARKS else f"[{name(sign, 'sign').lower()}]" for sign in signs
    }
    return text.translate(words)
