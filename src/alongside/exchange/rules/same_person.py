"""People who may be one person. It proposes with its reason; only a person decides."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Generic, TypeVar

from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.exchange.rules.names import read_name
from alongside.exchange.rules.words import plain

NEARLY = 84.0
CROWD = 60

Id = TypeVar("Id", bound=Hashable)


@dataclass(frozen=True)
class PersonKey:
    """What is known of someone: the name as written, birth date, whole phone number or ""."""

    name: str
    born_on: date | None = None
    phone: str = ""


@lru_cache(maxsize=100_000)
def _words(name: str) -> tuple[str, ...]:
    read = read_name(name)
    return tuple(plain(read.said if read else name).split())


@lru_cache(maxsize=100_000)
def _sorted(name: str) -> str:
    return " ".join(sorted(_words(name)))


def looks_like(a: PersonKey, b: PersonKey) -> Say | None:
    """Why the two may be one person, or nothing. The order of the two does not matter."""
    one, two = _sorted(a.name), _sorted(b.name)
    if not one or not two:
        return None
    born_alike = a.born_on is not None and a.born_on == b.born_on
    born_apart = a.born_on is not None and b.born_on is not None and not born_alike
    phone = bool(a.phone) and a.phone == b.phone
    if one == two:
        return _same_name(a, b, born_alike=born_alike, born_apart=born_apart, phone=phone)
    if born_apart or not (born_alike or phone):
        return None
    return _other_name(one, two, born_alike=born_alike, phone=phone)


def _same_name(
    a: PersonKey, b: PersonKey, *, born_alike: bool, born_apart: bool, phone: bool
) -> Say | None:
    if born_apart:
        if phone and _one_slip(a.born_on, b.born_on):
            return Say(
                _("Same name and phone number; the birth dates differ by one slip of the pen.")
            )
        return None
    turned = _words(a.name) != _words(b.name)
    if born_alike and turned:
        return Say(_("Same birth date and the same name, written the other way round."))
    if born_alike:
        return Say(_("Same name and birth date."))
    if phone:
        return Say(_("Same name and phone number; a birth date is not known."))
    return Say(_("Same name; a birth date is not known, and nothing speaks against it."))


def _other_name(one: str, two: str, *, born_alike: bool, phone: bool) -> Say | None:
    if _holds(one, two) or _holds(two, one):
        if born_alike:
            return Say(_("Same birth date; one name is part of the other."))
        return Say(_("Same phone number; one name is part of the other.")) if phone else None
    # One phone and names nearly alike are often two of a family; the birth date must say so too.
    if not born_alike or not _spelled_nearly_alike(one, two):
        return None
    if phone:
        return Say(_("Same birth date and phone number, the name spelled nearly alike."))
    return Say(_("Same birth date, the name spelled nearly alike."))


def _holds(longer: str, shorter: str) -> bool:
    """ "Maria Elena Lopez" holds "Maria Lopez", and "Otis Becker" holds "Otis B."."""
    left, parts = longer.split(), shorter.split()
    if len(parts) < 2:
        return False
    for part in parts:
        fits = [word for word in left if word == part or (len(part) == 1 and word[0] == part)]
        if not fits:
            return False
        left.remove(fits[0])
    return True


def _spelled_nearly_alike(one: str, two: str) -> bool:
    return fuzz.ratio(one, two) >= NEARLY and DamerauLevenshtein.distance(one, two) <= 3


def _one_slip(a: date | None, b: date | None) -> bool:
    if a is None or b is None:
        return False
    swapped = (a.year, a.month, a.day) == (b.year, b.day, b.month)
    return swapped or DamerauLevenshtein.distance(a.isoformat(), b.isoformat()) == 1


@dataclass(frozen=True)
class Pair(Generic[Id]):
    new: Id
    existing: Id
    say: Say


class PeopleIndex(Generic[Id]):
    """Finds who may be the same without looking at everyone: by name, birth date and phone."""

    def __init__(self) -> None:
        self._by: dict[Hashable, list[tuple[Id, PersonKey]]] = {}

    def add(self, who: Id, key: PersonKey) -> None:
        for handle in _handles(key):
            self._by.setdefault(handle, []).append((who, key))

    def like(self, key: PersonKey) -> Iterator[tuple[Id, Say]]:
        """Everyone added so far who may be the same person, each once."""
        seen: set[Id] = set()
        for handle in _handles(key):
            near = self._by.get(handle, [])
            # A day or phone shared by a crowd (January 1, a shelter) tells nobody apart.
            for who, other in near if handle[0] == "name" or len(near) <= CROWD else []:
                say = None if who in seen else looks_like(key, other)
                if say is not None:
                    seen.add(who)
                    yield who, say


def _handles(key: PersonKey) -> Iterator[tuple[str, Hashable]]:
    yield "name", _sorted(key.name)
    if key.born_on is not None:
        yield "born", key.born_on
    if key.phone:
        yield "phone", key.phone


def find_pairs(
    new: Sequence[tuple[Id, PersonKey]], existing: Iterable[tuple[Id, PersonKey]]
) -> list[Pair[Id]]:
    """Pairs between the new and what was there, and among the new, each once."""
    index: PeopleIndex[Id] = PeopleIndex()
    for who, key in existing:
        index.add(who, key)
    pairs: list[Pair[Id]] = []
    for who, key in new:
        pairs += [Pair(who, other, say) for other, say in index.like(key)]
        index.add(who, key)
    return pairs
