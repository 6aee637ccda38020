"""Who is meant by a name in a log. One who fits is taken, of two a person decides."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from rapidfuzz import fuzz, process

from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.exchange.codes import ContactField, ProblemKind
from alongside.exchange.rules.names import PersonName, read_name
from alongside.exchange.rules.problems import Problem, said
from alongside.exchange.rules.words import plain

CLOSE = 82
MOST_OFFERED = 6

Key = TypeVar("Key")


@dataclass(frozen=True)
class Found:
    """``id`` where exactly one fits; ``candidates`` for a person to choose from where not."""

    id: UUID | None
    problem: Problem | None = None
    candidates: tuple[UUID, ...] = ()


class _Many(Generic[Key]):
    def __init__(self) -> None:
        self._of: dict[Key, dict[UUID, None]] = {}

    def add(self, key: Key, who: UUID) -> None:
        self._of.setdefault(key, {})[who] = None

    def get(self, key: Key) -> tuple[UUID, ...]:
        return tuple(self._of.get(key, ()))

    def keys(self) -> Iterable[Key]:
        return self._of.keys()


class NamesInUse:
    """Everyone of one kind by the ways their name is written."""

    def __init__(self, people: Iterable[tuple[UUID, str]]) -> None:
        self._whole: _Many[str] = _Many()
        self._short: _Many[tuple[str, str]] = _Many()
        self._given: _Many[str] = _Many()
        self._said: dict[UUID, str] = {}
        for who, name in people:
            self.add(who, name)

    def add(self, who: UUID, name: str) -> None:
        words = words_of(name)
        self._said.setdefault(who, name)
        self._whole.add(" ".join(sorted(words)), who)
        if words:
            self._given.add(words[0], who)
        for word in words[1:]:
            self._short.add((words[0], word[0]), who)

    def said(self, who: UUID) -> str:
        return self._said[who]

    def whole(self, name: PersonName) -> tuple[UUID, ...]:
        return self._whole.get(" ".join(sorted(plain(name.said).split())))

    def short(self, name: PersonName) -> tuple[UUID, ...]:
        given, letter = plain(name.given).split(), plain(name.family)
        return self._short.get((given[0], letter[:1])) if given and letter else ()

    def given(self, name: PersonName) -> tuple[UUID, ...]:
        words = plain(name.said).split()
        return self._given.get(words[0]) if words else ()

    def nearly(self, name: PersonName) -> tuple[UUID, ...]:
        """People whose name is written nearly like this one, for a person to choose from."""
        key = " ".join(sorted(plain(name.said).split()))
        near = process.extract(
            key, self._whole.keys(), scorer=fuzz.ratio, score_cutoff=CLOSE, limit=MOST_OFFERED
        )
        return tuple(who for found, _score, _at in near for who in self._whole.get(found))


def words_of(name: str) -> Sequence[str]:
    read = read_name(name)
    return plain(read.said if read else name).split()


def who_was_it(name: PersonName, people: NamesInUse) -> Found:
    """The participant a log means. A short name is enough where only one person fits it."""
    fits = people.whole(name)
    if len(fits) == 1:
        return Found(fits[0])
    if fits:
        return Found(None, _several(name, len(fits)), fits)
    if name.short:
        fits = people.short(name)
        if len(fits) == 1:
            return Found(fits[0], _by_short_name(name, people.said(fits[0])))
        if fits:
            return Found(None, _several(name, len(fits)), fits)
    fits = people.given(name) if not name.family else ()
    text = _("Nobody in the record goes by “{cell}”.")
    nobody = said(ProblemKind.WHO_UNKNOWN, text, ContactField.NAME, cell=name.said)
    return Found(None, nobody, (fits or people.nearly(name))[:MOST_OFFERED])


def _several(name: PersonName, many: int) -> Problem:
    text = _("“{cell}” may be {many} people. Choose who it was.")
    return said(ProblemKind.WHO_AMBIGUOUS, text, ContactField.NAME, cell=name.said, many=many)


def _by_short_name(name: PersonName, whole: str) -> Problem:
    text = _("“{cell}” was taken as {whole}: nobody else fits.")
    return Problem(
        ProblemKind.WHO_BY_SHORT_NAME,
        Say(text, {"cell": name.said, "whole": whole}),
        ContactField.NAME,
    )


class StaffInUse:
    """Supporters by initials and by name."""

    def __init__(self, staff: Iterable[tuple[UUID, str, str]]) -> None:
        self._names = NamesInUse([])
        self._initials: _Many[str] = _Many()
        for who, name, initials in staff:
            self.add(who, name, initials)

    def add(self, who: UUID, name: str, initials: str) -> None:
        self._names.add(who, name)
        if initials:
            self._initials.add(_letters(initials), who)

    def with_these(self, name: PersonName, initials: str) -> tuple[UUID, ...]:
        """Supporters with this name, or with these initials."""
        same = self._initials.get(_letters(initials)) if initials else ()
        return same or self._names.whole(name)

    def find(self, written: str) -> Found:
        fits = self._initials.get(_letters(written))
        name = read_name(written)
        if not fits and name is not None:
            fits = self._names.whole(name) or self._names.short(name)
            fits = fits or (self._names.given(name) if not name.family else ())
        if len(fits) == 1:
            return Found(fits[0])
        if fits:
            text = _("“{cell}” may be {many} supporters. Choose who it was.")
            kind = ProblemKind.SUPPORTER_AMBIGUOUS
            several = said(kind, text, ContactField.SUPPORTER, cell=written, many=len(fits))
            return Found(None, several, fits)
        text = _("No supporter goes by “{cell}”.")
        kind = ProblemKind.SUPPORTER_UNKNOWN
        return Found(None, said(kind, text, ContactField.SUPPORTER, cell=written))


def _letters(initials: str) -> str:
    return plain(initials).replace(" ", "")
