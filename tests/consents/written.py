"""A consent written through the same actions as everywhere else."""

from datetime import datetime, timedelta

from alongside.consents import actions, queries
from alongside.consents.models import Consent
from alongside.consents.rules import (
    Begin,
    NewRecipient,
    Signing,
    Until,
    What,
    Why,
    steps,
)
from alongside.core.clock import local_date
from alongside.practice.consents import Category, ConsentKind, Ending, Purpose
from tests.consents.made import ANSWER, CATEGORIES, PURPOSE
from tests.factories import NOW, Pair

PAT = NewRecipient("Pat Olsen", organization="Dunn County")
VANG = NewRecipient("Dr. Vang", organization="Red Cedar clinic")


def written(
    pair: Pair,
    kind: ConsentKind = ConsentKind.GENERAL,
    *,
    people=(PAT, VANG),
    categories: frozenset[Category] | None = None,
    until: Until | None = None,
    language: str = "en",
    at: datetime = NOW,
) -> Consent:
    """A draft that lacks nothing but its signature."""
    by = pair.actor
    begin = Begin(kind, ANSWER.get(kind, ""), language=language)
    consent = actions.draft_consent(pair.participant.pk, begin, by=by, at=at)
    consent = actions.name_recipients(consent.pk, people, revision=consent.revision, by=by, at=at)
    what = What(categories or CATEGORIES[kind])
    consent = actions.say_what(consent.pk, what, revision=consent.revision, by=by, at=at)
    why = Why(PURPOSE.get(kind, Purpose.AT_MY_REQUEST), "Case 26 JC 1")
    consent = actions.say_why(consent.pk, why, revision=consent.revision, by=by, at=at)
    until = until or Until(Ending.DATE, on=local_date(at, by.time_zone) + timedelta(days=90))
    return actions.say_until(consent.pk, until, revision=consent.revision, by=by, at=at)


def today(pair: Pair):
    return local_date(NOW, pair.actor.time_zone)


def seen(pair: Pair, consent: Consent) -> str:
    """What the page with the text sends along."""
    found = queries.consents_visible_to(pair.actor).get(pk=consent.pk)
    return steps.shown(queries.facts_of(found), today=today(pair)).hash


def signing(pair: Pair, consent: Consent, **changed: object) -> Signing:
    return Signing(**({"name": "Gia Rivera", "seen": seen(pair, consent)} | changed))


def signed(pair: Pair, kind: ConsentKind = ConsentKind.GENERAL, **more: object) -> Consent:
    consent = written(pair, kind, **more)
    return actions.sign_consent(consent.pk, signing(pair, consent), by=pair.actor, at=NOW)
