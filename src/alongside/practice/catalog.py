"""The field's lists, read from ``catalogs/*.toml``, which a practitioner can read and correct.

Nothing is read at import; each file is read once, when first asked for. A file that cannot be
used raises ``CatalogError`` with file, line and what is wrong; ``mistakes()`` finds them all.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from alongside.practice import codes, kept
from alongside.practice.catalog_errors import CatalogError, Lines, read_text, read_toml, refuse
from alongside.practice.consents import codes as consents
from alongside.practice.growth import codes as growth


@dataclass(frozen=True)
class Term:
    """One entry: ``name`` on the screen, ``help`` in place, ``source`` the ID it answers to.

    ``short`` is what fits on a chip (the name, if the file gives no other) and ``inline`` what
    reads well inside a sentence. ``suggests`` are codes of another list that go well with this one;
    ``roles`` may open this door, ``ask`` says it in words, and ``yours`` to the person themselves;
    ``marks`` are facts such as ``peer-run``.
    """

    code: str
    name: str
    help: str
    source: str
    short: str
    inline: str
    suggests: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    marks: frozenset[str] = frozenset()
    ask: str = ""
    yours: str = ""


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
    "set_by": ("set_by", codes.SetBy),
    "milestone": ("milestones", codes.MilestoneKind),
    "hard_talk": ("hard_talks", codes.HardTalk),
    "hand_off_to": ("hand_off_to", codes.HandOffTo),
    "knowledge_area": ("knowledge_areas", growth.KnowledgeArea),
    "skill": ("skills", growth.Skill),
    "competency_word": ("competency_words", growth.CompetencyWord),
    "supervision_kind": ("supervision_kinds", growth.SupervisionKind),
    "kept_reason": ("kept_reasons", kept.KeptReason),
    "consent_category": ("consent_categories", consents.Category),
    "consent_purpose": ("consent_purposes", consents.Purpose),
}

# What a list may mark, and which other list its codes belong to. Each mark is explained on top of
# its file.
MARKS: Mapping[str, frozenset[str]] = {
    "service_array": frozenset({"peer-run", "clinical"}),
    "activity": frozenset({"relationship", "skill", "wellness", "work", "expert", "permission"}),
    "care_team_role": frozenset({"natural", "professional"}),
    "hand_off_to": frozenset({"permission", "alone"}),
    "kept_reason": frozenset({"told"}),
}
POINTS: Mapping[str, Mapping[str, str]] = {
    "pathway": {"suggests": "lived_experience", "roles": "referrer_role"},
}

_TEXTS = frozenset({"name", "help", "source", "short", "inline", "ask", "yours"})
_LISTS = frozenset({"suggests", "roles", "marks"})
_MUST = ("name", "help", "source")
_NONE = "this list has none"


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
            seen = (entry.name, entry.help, entry.short, entry.ask, entry.yours, entry.inline)
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
    """The entries of one TOML text; raises ``CatalogError`` that a practitioner can act on."""
    entries = read_toml(text, where)
    refuse(_mistakes_of_entries(entries, Lines(text), where))
    return {code: _term(code, entry) for code, entry in entries.items()}


def mistakes() -> Iterator[CatalogError]:
    """Everything that is wrong in the lists, for the start of the program. Every file is read."""
    for kind in CATALOGS:
        yield from _mistakes_of(kind)


def _mistakes_of(kind: str) -> Iterator[CatalogError]:
    where = _where(kind)
    try:
        text = read_text(_source(kind), where)
        entries = read_toml(text, where)
    except CatalogError as error:
        yield error
        return
    lines = Lines(text)
    yield from _mistakes_of_codes(kind, entries, lines)
    yield from _mistakes_of_entries(entries, lines, where)
    yield from _mistakes_of_pointers(kind, entries, lines)


def _mistakes_of_codes(
    kind: str, entries: Mapping[str, object], lines: Lines
) -> Iterator[CatalogError]:
    """The codes in the file and in ``codes.py`` are the same ones."""
    wanted = CATALOGS[kind][1]
    for lost in wanted:
        if lost.value not in entries:
            what = f"The entry [{lost.value}] is missing; {_enum(wanted)} has it."
            yield CatalogError(_where(kind), lines.of(), what)
    for code in entries:
        if code not in set(wanted):
            what = f"[{code}] is not known; {_enum(wanted)} does not have it."
            yield CatalogError(_where(kind), lines.of(code), what)


def _mistakes_of_entries(
    entries: Mapping[str, object], lines: Lines, where: str
) -> Iterator[CatalogError]:
    """Each entry has its name, help and source, and nothing that is unknown."""
    for code, entry in entries.items():
        if not isinstance(entry, dict):
            what = f"“{code}” must be a section: [{code}]."
            yield CatalogError(where, lines.of(code), what)
            continue
        for key in _MUST:
            if not entry.get(key):
                yield CatalogError(where, lines.of(code, key), f"[{code}] needs a {key}.")
        for key, value in entry.items():
            if wrong := _wrong(key, value):
                yield CatalogError(where, lines.of(code, key), f"[{code}] has “{key}”, {wrong}.")


def _wrong(key: str, value: object) -> str:
    if key in _TEXTS:
        return "" if isinstance(value, str) else "which must be text"
    if key in _LISTS:
        fine = isinstance(value, list) and all(isinstance(v, str) for v in value)
        return "" if fine else "which must be a list of texts"
    return f"which is unknown; known are {', '.join(sorted(_TEXTS | _LISTS))}"


def _mistakes_of_pointers(
    kind: str, entries: Mapping[str, object], lines: Lines
) -> Iterator[CatalogError]:
    """Marks, and codes of other lists, are ones that exist."""
    allowed = {"marks": MARKS.get(kind, frozenset())}
    for key, target in POINTS.get(kind, {}).items():
        allowed[key] = frozenset(code.value for code in CATALOGS[target][1])
    for code, entry in entries.items():
        for key in ("marks", "suggests", "roles"):
            named = entry.get(key, ()) if isinstance(entry, dict) else ()
            known = allowed.get(key, frozenset())
            for one in named if isinstance(named, list) else ():
                if isinstance(one, str) and one not in known:
                    among = f"it is not one of {', '.join(sorted(known))}" if known else _NONE
                    what = f"[{code}] has “{one}” in {key}, but {among}."
                    yield CatalogError(_where(kind), lines.of(code, key), what)


def _enum(wanted: type[StrEnum]) -> str:
    file = wanted.__module__.removeprefix("alongside.").replace(".", "/")
    return f"{wanted.__name__} in {file}.py"


def _where(kind: str) -> str:
    return f"practice/catalogs/{CATALOGS[kind][0]}.toml"


def _source(kind: str) -> Traversable:
    return _folder().joinpath(f"{CATALOGS[kind][0]}.toml")


@cache
def _by_code(kind: str) -> Mapping[str, Term]:
    if kind not in CATALOGS:
        raise LookupError(f"There is no list of kind “{kind}”.")
    text, where = read_text(_source(kind), _where(kind)), _where(kind)
    refuse(_mistakes_of_codes(kind, read_toml(text, where), Lines(text)))
    return read_terms(text, where)


def _folder() -> Traversable:
    return files("alongside.practice").joinpath("catalogs")


def _term(code: str, entry: Mapping[str, Any]) -> Term:
    return Term(
        code=code,
        name=entry["name"],
        help=entry["help"],
        source=entry["source"],
        short=entry.get("short") or entry["name"],
        inline=entry.get("inline") or entry["name"][:1].lower() + entry["name"][1:],
        suggests=tuple(entry.get("suggests", ())),
        roles=tuple(entry.get("roles", ())),
        marks=frozenset(entry.get("marks", ())),
        ask=entry.get("ask", ""),
        yours=entry.get("yours", ""),
    )
