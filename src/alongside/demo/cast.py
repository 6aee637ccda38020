"""Who plays which part in the invented agency. No database, no clock."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from alongside.accounts.codes import Role
from alongside.demo.chance import Clock, Dice
from alongside.demo.wordbook import Names, book
from alongside.practice.codes import CredentialKind, Pathway, Population
from alongside.workforce.rules import NewCredential

PASSWORD = "walk-alongside-2026"  # noqa: S105 (demo only, printed on the screen)


@dataclass(frozen=True)
class Part:
    key: str
    name: str
    email: str
    roles: tuple[Role, ...]


STAFF = (
    Part("administrator", "Hank Reuter", "hank.reuter@demo.example", (Role.ADMINISTRATOR,)),
    Part("supervisor", "Nora Halvorsen", "nora.halvorsen@demo.example", (Role.SUPERVISOR,)),
    Part("supervisor2", "Dale Pruitt", "dale.pruitt@demo.example", (Role.SUPERVISOR,)),
    Part("coordinator", "Mim Kowalski", "mim.kowalski@demo.example", (Role.COORDINATOR,)),
    Part("array-lead", "Gwen Oster", "gwen.oster@demo.example", (Role.ARRAY_LEAD,)),
    Part("billing", "Phil Baumann", "phil.baumann@demo.example", (Role.BILLING,)),
    Part("privacy-officer", "Sunniva Dahl", "sunniva.dahl@demo.example", (Role.PRIVACY_OFFICER,)),
)


@dataclass(frozen=True)
class SupporterPart:
    """``load`` is how many people walk with them on the day of the demo."""

    key: str
    name: str
    languages: tuple[str, ...]
    counties: tuple[str, ...]
    gender: str
    times: str
    room: int
    load: int
    supervisor: str
    strengths: str
    bio: str
    story: dict[str, tuple[str, str]]
    cps: dict[str, int] | None = None
    training_hours: int = 0
    coach: bool = False
    license: str = ""
    domain: str = "demo.example"

    @property
    def email(self) -> str:
        return f"{self.name.lower().replace(' ', '.')}@{self.domain}"

    @property
    def training(self) -> str:
        return "Wisconsin CPS training, 48 hours" if self.cps or self.training_hours >= 48 else ""

    def credentials(self, clock: Clock) -> list[NewCredential]:
        kept = []
        if self.cps:
            begun = clock.day(self.cps["from"])
            kept.append(
                NewCredential(
                    CredentialKind.CPS,
                    training_hours=Decimal(48),
                    exam_on=begun - timedelta(days=20),
                    certified_on=begun,
                    expires_on=clock.day(self.cps["to"]),
                    continuing_hours=Decimal(self.cps["hours"]),
                )
            )
        if self.training_hours:
            kept.append(
                NewCredential(
                    CredentialKind.CPS,
                    in_training=True,
                    training_hours=Decimal(self.training_hours),
                )
            )
        if self.coach:
            coached = clock.day(420)
            kept.append(NewCredential(CredentialKind.RECOVERY_COACH, certified_on=coached))
        return kept


@cache
def supporters() -> tuple[SupporterPart, ...]:
    return tuple(_supporter(key, dict(entry)) for key, entry in book("team").items())


def _supporter(key: str, entry: dict[str, Any]) -> SupporterPart:
    told = entry.pop("story")
    story = {kind: (str(audience), str(words)) for kind, (audience, words) in told.items()}
    entry["training_hours"] = entry.pop("training", 0)
    fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}
    return SupporterPart(key=key, story=story, **fields)


@dataclass(frozen=True)
class Person:
    """A participant before anything has happened. ``tags`` say what life is about just now."""

    number: int
    name: str
    names: Names
    language: str
    county: str
    pathway: Pathway
    population: Population
    tags: frozenset[str]
    age: int
    own_words: str

    @property
    def young(self) -> bool:
        return "young" in self.tags


_SHARES = {"housing": 0.5, "work": 0.5, "license": 0.3, "school": 0.15, "treatment": 0.3}
_PATHWAYS = (
    [Pathway.CHIPS] * 24
    + [Pathway.CCS] * 26
    + [Pathway.SELF_REFERRAL] * 22
    + [Pathway.FAMILY_TREATMENT_COURT] * 18
    + [Pathway.OTHER] * 6
    + [Pathway.JUVENILE_JUSTICE] * 7
)


@cache
def participants() -> tuple[Person, ...]:
    lines = book("people")["participants"]
    return tuple(_person(number, line) for number, line in enumerate(lines))


def _person(number: int, line: str) -> Person:
    name, pronoun, *more = (part.strip() for part in line.split("|"))
    dice = Dice("person", number)
    people = book("people")
    affected = number % 14 == 9
    pathway = Pathway.SELF_REFERRAL if affected else dice.take(_PATHWAYS)
    young = pathway is Pathway.JUVENILE_JUSTICE
    tags = {tag for tag, share in _SHARES.items() if dice.often(share)}
    if pathway in (Pathway.FAMILY_TREATMENT_COURT, Pathway.CHIPS):
        tags |= {"court", "parent_court"}
    if dice.often(0.06):
        tags.add("jail")
    if young:
        tags = {"young", "school"}
    if affected:
        tags = {"affected"}
    words = "own_words_affected" if affected else "own_words_young" if young else "own_words"
    return Person(
        number,
        name,
        Names(name.split()[0], pronoun, dice.take(people["kids"])),
        more[0] if more else "English",
        dice.take(people["counties"]),
        pathway,
        _population(dice, affected=affected, young=young),
        frozenset(tags),
        dice.randint(15, 17) if young else dice.randint(20, 66),
        dice.take(people[words]),
    )


def _population(dice: Dice, *, affected: bool, young: bool) -> Population:
    if affected:
        return Population.AFFECTED_BY_OTHERS_USE
    if young:
        return Population.TRANSITION_AGE_YOUTH
    if dice.often(0.4):
        return Population.ADULT_LONG_TERM
    return Population.ADULT_SELF_IDENTIFIED if dice.often(0.85) else Population.NOT_SAID
