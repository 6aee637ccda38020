"""The field's lists, read from ``catalogs/*.toml``, which a practitioner can read and correct.

Nothing is read at import; each file is read once, when first asked for. A file that cannot be
used raises ``BrokenCatalog`` with a sentence that names the file, the entry and what is missing.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from alongside.practice import codes


class BrokenCatalog(ValueError):
    """A catalog file does not hold what it must; the sentence says where and what."""


@dataclass(frozen=True)
class Term:
    """One entry: ``name`` on the screen, ``help`` in place, ``source`` the ID it answers to.

    ``short`` is what fits on a chip (the name, if the file gives no other) and ``inline`` what
    reads well inside a sentence. ``concepts`` are key ideas to have in mind; ``suggests`` are codes
    of another list that go well with this one; ``roles`` may open this door and ``ask`` says it in
    words; ``marks`` are facts such as ``peer-run``.
    """

    code: str
    name: str
    help: str
    source: str
    short: str
    inline: str
    concepts: tuple[str, ...] = ()
    suggests: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    marks: frozenset[str] = frozenset()
    ask: str = ""


CATALOGS: Mapping[str, tuple[str, type[StrEnum]]] = {
    "process": ("processes", codes.Process),
    "growth_area": ("growth_areas", codes.GrowthArea),
    "journey_place": ("journey_places", codes.JourneyPlace),
    "service": ("services", codes.Service),
    "mode": ("modes", codes.Mode),
    "place": ("places", codes.Place),
    "going_along": ("going_along", codes.GoingAlong),
    "pathway": ("pathways", codes.Pathway),
    "referrer_role": ("referrer_roles", codes.ReferrerRole),
    "lived_experience": ("lived_experiences", codes.LivedExperience),
    "audience": ("audiences", codes.Audience),
    "population": ("populations", codes.Population),
    "service_array": ("service_arrays", codes.ServiceArray),
    "credential_kind": ("credential_kinds", codes.CredentialKind),
    "credential_standing": ("credential_standings", codes.CredentialStanding),
    "core_component": ("core_components", codes.CoreComponent),
    "care_team_role": ("care_team_roles", codes.CareTeamRole),
    "activity": ("activities", codes.Activity),
    "contact_kind": ("contact_kinds", codes.ContactKind),
    "attempt_ending": ("attempt_endings", codes.AttemptEnding),
    "conclusion_reason": ("conclusion_reasons", codes.ConclusionReason),
    "objective": ("objectives", codes.Objective),
    "outcome": ("outcomes", codes.Outcome),
}

_TEXTS = frozenset({"name", "help", "source", "short", "inline", "ask"})
_LISTS = frozenset({"concepts", "suggests", "roles", "marks"})
_MUST = ("name", "help", "source")


def terms(kind: str) -> tuple[Term, ...]:
    """Every entry of one list, in the order of its file. ``kind`` is a key of ``CATALOGS``."""
    return tuple(_by_code(kind).values())


def term(kind: str, code: str) -> Term:
    """One entry. Raises ``LookupError`` with a sentence for a kind or code that is not there."""
    found = _by_code(kind).get(str(code))
    if found is None:
        raise LookupError(f"The list of kind “{kind}” has no entry “{code}”.")
    return found


def name(kind: str, code: str) -> str:
    """What to show for a stored code: its name, or the code itself when the list lost it."""
    found = _by_code(kind).get(str(code))
    return found.name if found else str(code)


def choices(kind: str) -> list[tuple[str, str]]:
    """(code, name) pairs for form fields, in the order of the file."""
    return [(entry.code, entry.name) for entry in terms(kind)]


def texts() -> Iterator[str]:
    """Every sentence a person can see, for the collection of texts to translate."""
    for kind in CATALOGS:
        for entry in terms(kind):
            seen = (entry.name, entry.help, entry.short, entry.ask, entry.inline, *entry.concepts)
            yield from dict.fromkeys(filter(None, seen))


def processes() -> tuple[Term, ...]:
    return terms("process")


def growth_areas() -> tuple[Term, ...]:
    return terms("growth_area")


def places() -> tuple[Term, ...]:
    return terms("place")


def modes() -> tuple[Term, ...]:
    return terms("mode")


def pathways() -> tuple[Term, ...]:
    return terms("pathway")


def activities() -> tuple[Term, ...]:
    return terms("activity")


def service_arrays() -> tuple[Term, ...]:
    return terms("service_array")


def read_terms(text: str, where: str) -> dict[str, Term]:
    """The entries of one TOML text; raises ``BrokenCatalog`` that a practitioner can act on."""
    try:
        entries = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BrokenCatalog(f"{where} cannot be read: {error}.") from error
    return {code: _term(code, entry, where) for code, entry in entries.items()}


@cache
def _by_code(kind: str) -> Mapping[str, Term]:
    if kind not in CATALOGS:
        raise LookupError(f"There is no list of kind “{kind}”.")
    stem, wanted = CATALOGS[kind]
    where = f"catalogs/{stem}.toml"
    found = read_terms(_folder().joinpath(f"{stem}.toml").read_text(encoding="utf-8"), where)
    missing = [code.value for code in wanted if code.value not in found]
    unknown = [code for code in found if code not in set(wanted)]
    if missing:
        raise BrokenCatalog(f"{where} has no entry for {', '.join(missing)}.")
    if unknown:
        raise BrokenCatalog(f"{where} has entries that nothing uses: {', '.join(unknown)}.")
    return found


def _folder() -> Traversable:
    return files("alongside.practice").joinpath("catalogs")


def _term(code: str, entry: object, where: str) -> Term:
    if not isinstance(entry, dict):
        raise BrokenCatalog(f"{where}: “{code}” must be a section: [{code}].")
    for key in _MUST:
        if not entry.get(key):
            raise BrokenCatalog(f"{where}: “{code}” needs a {key}.")
    for key, value in entry.items():
        if key in _TEXTS and isinstance(value, str):
            continue
        if key in _LISTS and isinstance(value, list) and all(isinstance(v, str) for v in value):
            continue
        raise BrokenCatalog(f"{where}: “{code}” has “{key}”, which is unknown or not text.")
    return Term(
        code=code,
        name=entry["name"],
        help=entry["help"],
        source=entry["source"],
        short=entry.get("short") or entry["name"],
        inline=entry.get("inline") or entry["name"][:1].lower() + entry["name"][1:],
        concepts=tuple(entry.get("concepts", ())),
        suggests=tuple(entry.get("suggests", ())),
        roles=tuple(entry.get("roles", ())),
        marks=frozenset(entry.get("marks", ())),
        ask=entry.get("ask", ""),
    )
