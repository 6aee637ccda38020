"""Where two people stand on a day, for lists and headings. What is due decides the practice."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from alongside.core.actor import Actor
from alongside.practice.cadence import ContactFacts, Due, DueState, contact_due
from alongside.practice.rules import Rules
from alongside.referrals.codes import EpisodeStatus
from alongside.referrals.queries import episodes

TONES = {DueState.DUE: "now", DueState.SOON: "soon", DueState.SETTLED: "ok"}


@dataclass(frozen=True)
class Standing:
    """``due`` only while a time of support goes on; ``name`` as short as this list allows."""

    person: Any
    name: str
    episode: Any | None
    due: Due | None

    @property
    def tone(self) -> str:
        return TONES[self.due.state] if self.due else "later"


def due_of(episode: Any | None, *, on: date, rules: Rules) -> Due | None:
    if episode is None or episode.status == EpisodeStatus.CONCLUDED:
        return None
    facts = ContactFacts(episode.begun_on, episode.last_contact_on, episode.agreed_every_days)
    return contact_due(facts, on, rules)


def standings(
    viewer: Actor, people: Iterable[Any], *, on: date, rules: Rules, short: bool
) -> list[Standing]:
    """One query for all. ``short`` names are for a phone others may glimpse at; two people who
    would read the same keep their full names."""
    rows = list(people)
    latest = episodes.standing_of(viewer, [person.pk for person in rows])
    same = Counter(person.short_name for person in rows)
    return [
        Standing(
            person,
            person.short_name if short and same[person.short_name] == 1 else person.name,
            latest.get(person.pk),
            due_of(latest.get(person.pk), on=on, rules=rules),
        )
        for person in rows
    ]
