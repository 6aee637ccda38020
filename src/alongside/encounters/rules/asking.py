"""The words that go along with a question: what was written, without names. Pure.

It takes out too much rather than too little: a word with a capital letter inside a sentence is
taken for a name unless it is one of the plain ones below. The asker sees the words beforehand.
"""

import re
from collections.abc import Iterable

from alongside.core.words import gettext_noop as _

SOMEONE = _("someone")
THE_PERSON = _("the person")
LONGEST_PROPOSED = 600  # characters
_WORD = re.compile(r"[^\W\d_]+(?:[’'\-][^\W\d_]+)*")  # noqa: RUF001
_REACHED = re.compile(
    r"\S+@\S+|https?://\S+|(?:\+?\d[\s().\-]*){6,}\d|\b\d{1,5}\s+(?:[A-Z]\w+\s+){1,3}"
    r"(?:St|Street|Ave|Avenue|Rd|Road|Dr|Drive|Ln|Lane|Blvd|Ct|Court|Way)\b\.?"
)
_SENTENCE_ENDS = '.!?:;\n"“”(-\u2013\u2014•*'


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Capital letters in these tell of nobody.
_PLAIN = _set(
    "i i'm i've i'll i'd i’m i’ve i’ll i’d monday tuesday wednesday thursday friday saturday "  # noqa: RUF001
    "sunday mon tue wed thu fri sat sun january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec god "
    "english spanish hmong wisconsin christmas thanksgiving easter zoom google facebook medicaid "
    "badgercare walmart tai chi qi gong ok"
)
# How a sentence begins that begins with no name.
_BEGINS = _set(
    "a about after afterwards again all also an and another any as asked at attended back be "
    "because before began both brainstormed brought but by call called came chatted checked "
    "coached coffee completed connected conversation discussed did discussion drove each "
    "encouraged even every explored filled first for found from gave getting given goals got "
    "had has have he heard held helped her here hers him his how however if in introduced is it "
    "its job joined just kept last later learned led let listened long looked lots made many "
    "meditation met met most my need needs next no not nothing now of on once one only our over "
    "participant peer person phone picked plan planned played practiced practised prepared read "
    "reflected reviewed rode role said sat saw second she showed short since skill so some "
    "someone spent spoke started still stopped stretched support supported taking talk talked "
    "taught texted that the their them then there these they thing things this those three "
    "through time to today together told took transported tried two until used very visited "
    "waited walked walking want wanted wants was we went were what when where which while who "
    "why will with without worked wrote yes yesterday yoga you your"
)


def without_names(
    words: str,
    name: str,
    around: Iterable[str] = (),
    *,
    person: str = THE_PERSON,
    someone: str = SOMEONE,
) -> str:
    """``words`` without the person's ``name``, the names of those ``around`` them, and what looks
    like a name. What reaches someone (numbers, addresses, mail) goes too. ``person`` and
    ``someone`` stand in, in the reader's language."""
    theirs, others = _parts([name]), _parts(around)
    text = _REACHED.sub("…", words)

    def plain(found: re.Match[str]) -> str:
        word = found.group()
        stem = re.sub(r"[’']s$", "", word)  # noqa: RUF001
        mine, small, start = word[len(stem) :], stem.casefold(), found.start()
        written_as_name = stem[:1].isupper() or small not in _BEGINS
        if small in theirs and written_as_name:
            return _at(person, text, start) + mine
        if (small in others and stem[:1].isupper()) or _looks_like_a_name(stem, text, start):
            return _at(someone, text, start) + mine
        return word

    text = _WORD.sub(plain, text)
    # A first and a last name are one person.
    for who in (person, someone):
        text = re.sub(rf"({re.escape(who)})(?:\s+{re.escape(who)})+", r"\1", text, flags=re.I)
    return text


def words_to_ask(words: str, name: str, around: Iterable[str] = (), **stand_ins: str) -> str:
    """The words proposed for a question, cut at a word where they are long."""
    plain = without_names(words, name, around, **stand_ins)
    text = re.sub(r"[ \t]+", " ", plain).strip()
    if len(text) <= LONGEST_PROPOSED:
        return text
    return text[:LONGEST_PROPOSED].rsplit(" ", 1)[0] + " …"


def _parts(names: Iterable[str]) -> frozenset[str]:
    return frozenset(
        part.casefold() for name in names for part in _WORD.findall(name) if len(part) > 1
    )


def _looks_like_a_name(word: str, text: str, start: int) -> bool:
    small = word.casefold()
    if not word[:1].isupper() or small in _PLAIN:
        return False
    if len(word) > 1 and word.isupper():
        return False
    return not _begins_a_sentence(text, start) or small not in _BEGINS


def _begins_a_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \t")
    return not before or before[-1] in _SENTENCE_ENDS


def _at(who: str, text: str, start: int) -> str:
    return who[:1].upper() + who[1:] if _begins_a_sentence(text, start) else who
