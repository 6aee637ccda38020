"""What was written on a worksheet: from a form to answers, and from answers to what people read.

Answers are plain: texts as they were chosen or typed, by the key of their question. What is
unanswered has no entry; nothing is ever guessed. An answer whose question is gone stays readable.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from alongside.core.clock import in_reach
from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice.worksheets.definition import Definition, Field, FieldType, Section, Voice

Row = dict[str, str]
Answer = str | int | list[str] | list[Row] | dict[str, list[str]]
Answers = dict[str, Answer]
Typed = Mapping[str, Sequence[str]]

LONGEST = 20_000
MOST_ROWS = 60
MOST_OWN = 12
SCALE = range(0, 11)
YES, NO = "yes", "no"
T = FieldType


def name_of(key: str, *rest: object) -> str:
    """The name of a control: ``f-ideas-0-who``. Keys hold no ``-``."""
    return "-".join(("f", key, *map(str, rest)))


def read_typed(definition: Definition, typed: Typed) -> Answers:
    """What a form says, in the order of the definition. What no question asks for is left out."""
    found = ((field.key, _READ[field.type](field, typed)) for field in definition.fields())
    return {key: answer for key, answer in found if answer not in ("", None, [], {})}


def problems(definition: Definition, answers: Mapping[str, object]) -> dict[str, Say]:
    """What to look at again before it is kept, by question."""
    found: dict[str, Say] = {}
    for field in definition.fields():
        answer = answers.get(field.key)
        if field.type is T.DAY and answer and _day(str(answer)) is None:
            found[field.key] = Say(_("Write the day as month, day and year."))
        elif answer is None and not field.optional:
            found[field.key] = Say(_("This one is needed to make sense of the rest."))
    return found


def _one(typed: Typed, name: str) -> str:
    values = typed.get(name) or ("",)
    return str(values[-1]).replace("\x00", "").replace("\r\n", "\n").strip()[:LONGEST]


def _text(field: Field, typed: Typed) -> Answer:
    return _one(typed, name_of(field.key))


def _yes_no(field: Field, typed: Typed) -> Answer:
    said = _one(typed, name_of(field.key))
    return said if said in (YES, NO) else ""


def _choice(field: Field, typed: Typed) -> Answer:
    said = _one(typed, name_of(field.key))
    return said if said in field.options else ""


def _many(field: Field, typed: Typed) -> Answer:
    said = typed.get(name_of(field.key)) or ()
    return [option for option in field.options if option in said]


def _scale(field: Field, typed: Typed) -> Answer:
    said = _one(typed, name_of(field.key))
    return int(said) if said.isascii() and said.isdecimal() and int(said[:3]) in SCALE else ""


def _list(field: Field, typed: Typed) -> Answer:
    rows: list[Row] = []
    for n in range(MOST_ROWS):
        row = {c.key: _one(typed, name_of(field.key, n, c.key)) for c in field.columns}
        choices = {c.key: c.options for c in field.columns if c.options}
        row = {k: v for k, v in row.items() if v and (k not in choices or v in choices[k])}
        if row:
            rows.append(row)
    return rows


def _piles(field: Field, typed: Typed) -> Answer:
    piles: dict[str, list[str]] = {pile: [] for pile in field.piles}
    seen: set[str] = set()
    items = [(option, name_of(field.key, n)) for n, option in enumerate(field.options)]
    for n in range(MOST_OWN):
        own = _one(typed, name_of(field.key, "own", n))
        items += [(own, name_of(field.key, "own", n, "pile"))] if own else []
    for item, name in items:
        pile = _one(typed, name)
        if item in field.options and pile not in piles:
            continue
        # A value of their own that is in no pile yet is kept all the same, in the last.
        if item not in seen:
            piles[pile if pile in piles else field.piles[-1]].append(item)
            seen.add(item)
    return {pile: items for pile, items in piles.items() if items}


def _ranking(field: Field, typed: Typed) -> Answer:
    said = [_one(typed, name_of(field.key, n)) for n in range(field.most)]
    return list(dict.fromkeys(filter(None, said)))


_READ: Mapping[FieldType, Callable[[Field, Typed], Answer]] = {
    T.TEXT: _text,
    T.LONG_TEXT: _text,
    T.YES_NO: _yes_no,
    T.CHOICE: _choice,
    T.MANY: _many,
    T.SCALE: _scale,
    T.DAY: _text,
    T.LIST: _list,
    T.PILES: _piles,
    T.RANKING: _ranking,
}


@dataclass(frozen=True)
class Line:
    """One answer as it is read: a text, several, rows of a list, or piles. ``none``: unanswered."""

    label: str
    kind: FieldType
    voice: Voice
    text: str = ""
    texts: tuple[str, ...] = ()
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()
    piles: tuple[tuple[str, tuple[str, ...]], ...] = ()
    not_said: tuple[str, ...] = ()
    low: str = ""
    high: str = ""

    @property
    def empty(self) -> bool:
        return not (self.text or self.texts or self.rows or self.piles)

    @property
    def day(self) -> date | None:
        return _day(self.text)


@dataclass(frozen=True)
class Part:
    section: Section
    lines: tuple[Line, ...]


def parts(
    definition: Definition, answers: Mapping[str, object], *, theirs_only: bool = False
) -> tuple[Part, ...]:
    """The worksheet as it is read, what was said only; ``theirs_only``: without our own remarks."""
    found = []
    for section in definition.sections:
        lines = tuple(
            line
            for field in section.fields
            if not (theirs_only and field.voice is Voice.OURS)
            for line in (_line(field, answers.get(field.key)),)
            if not line.empty
        )
        if lines:
            found.append(Part(section, lines))
    known = {field.key for field in definition.fields()}
    gone = tuple(
        Line(key, T.LONG_TEXT, Voice.THEIRS, text="\n".join(flat(answer)))
        for key, answer in answers.items()
        if key not in known and flat(answer)
    )
    return (*found, Part(Section("", ()), gone)) if gone else tuple(found)


def _line(field: Field, answer: object) -> Line:
    base = Line(field.label, field.type, field.voice, low=field.low, high=field.high)
    if isinstance(answer, dict):
        order = [*field.piles, *(pile for pile in answer if pile not in field.piles)]
        piles = tuple((p, tuple(map(str, answer[p]))) for p in order if answer.get(p))
        return Line(base.label, T.PILES, base.voice, piles=piles)
    if isinstance(answer, list) and any(isinstance(one, dict) for one in answer):
        names = {column.key: column.label for column in field.columns}
        rows = tuple(
            tuple(
                (names.get(k, k), str(row[k]))
                for k in [*names, *(row.keys() - names)]
                if row.get(k)
            )
            for row in answer
            if isinstance(row, dict)
        )
        return Line(base.label, T.LIST, base.voice, rows=tuple(filter(None, rows)))
    if isinstance(answer, list):
        texts = tuple(map(str, answer))
        left = tuple(o for o in field.options if o not in texts) if texts else ()
        return Line(base.label, base.kind, base.voice, texts=texts, not_said=left)
    text = "" if answer is None else str(answer)
    return Line(base.label, base.kind, base.voice, text=text, low=base.low, high=base.high)


def _in_order(names: Mapping[str, str], row: Mapping[str, object]) -> list[str]:
    return [key for key in (*names, *(k for k in row if k not in names)) if row.get(key)]


def flat(answer: object) -> list[str]:
    """Every text in an answer, for comparing and for sheets."""
    return list(_flat(answer))


def _flat(answer: object) -> Iterator[str]:
    if isinstance(answer, dict):
        for key, value in answer.items():
            if isinstance(value, list):
                yield f"{key}: {', '.join(map(str, value))}"
            else:
                yield str(value)
    elif isinstance(answer, list):
        for one in answer:
            yield " · ".join(_flat(one)) if isinstance(one, dict) else str(one)
    elif answer not in ("", None):
        yield str(answer)


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if in_reach(found) else None


def words_lost(kept: Mapping[str, object], typed: Mapping[str, object]) -> bool:
    """Whether ``typed`` lacks words that ``kept`` holds, so that both must be kept."""
    return any(set(flat(kept[key])) - _held(kept[key], typed.get(key)) for key in kept)


def _held(kept: object, typed: object) -> set[str]:
    """The texts of ``kept`` that ``typed`` still has: the same, or grown as one goes on typing."""
    now = flat(typed)
    return {text for text in flat(kept) if any(text in one for one in now)}
