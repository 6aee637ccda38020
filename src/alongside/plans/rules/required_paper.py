"""What is asked, as a paper to take along and as a sheet. Pure: the face tells the words."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from alongside.core.words import Say
from alongside.core.words import gettext_noop as _

Tell = Callable[[Say | str], str]


@dataclass(frozen=True)
class PaperLine:
    """One thing that is asked, as it stands on the list. ``shown``: what shows that it was done."""

    words: str
    when: Say
    state: str
    set_by: str
    set_by_name: str = ""
    official: str = ""
    what_counts: str = ""
    how_far: Say | None = None
    ask: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()


HEAD: Sequence[str] = (
    _("What is asked"),
    _("Who asks it"),
    _("By when"),
    _("How far"),
    _("What counts as done"),
    _("As the paper says it"),
    _("Whom to ask"),
    _("What shows it"),
)
HELPS = _(
    "Your supporter helps you with this. They do not check on you, and they tell nobody by "
    "themselves."
)


def rows(lines: Iterable[PaperLine], tell: Tell) -> Iterator[list[str]]:
    """For a sheet, under ``HEAD``."""
    for line in lines:
        yield [
            line.words,
            _who(line, tell),
            tell(line.when),
            _far(line, tell),
            line.what_counts,
            line.official,
            "; ".join(line.ask),
            "; ".join(line.shown),
        ]


def sections(lines: Iterable[PaperLine], tell: Tell) -> list[dict[str, object]]:
    """For the paper ``record``: one section for each thing, in the order of the list."""
    return [{"title": line.words, "parts": list(_parts(line, tell))} for line in lines]


def _parts(line: PaperLine, tell: Tell) -> Iterator[dict[str, object]]:
    told = zip(
        HEAD[1:5],
        (_who(line, tell), tell(line.when), _far(line, tell), line.what_counts),
        strict=True,
    )
    known = [[tell(label), text] for label, text in told if text]
    yield {"kind": "rows", "rows": known}
    if line.official:
        yield {"kind": "quote", "text": line.official, "who": tell(HEAD[5])}
    if line.ask:
        yield {"kind": "rows", "rows": [[tell(HEAD[6]), "; ".join(line.ask)]]}
    if line.shown:
        yield {"kind": "list", "items": list(line.shown)}


def _who(line: PaperLine, tell: Tell) -> str:
    return ", ".join(filter(None, [tell(line.set_by), line.set_by_name]))


def _far(line: PaperLine, tell: Tell) -> str:
    state = tell(line.state)
    return f"{state}. {tell(line.how_far)}" if line.how_far else state
