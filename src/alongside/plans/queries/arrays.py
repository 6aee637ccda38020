"""Under which service array an objective fits, from who writes it: the advice of the notes."""

from datetime import date

from alongside.core.actor import Actor
from alongside.practice import arrays
from alongside.practice.arrays import ArrayAdvice, ArrayFacts
from alongside.practice.credentials import Standing
from alongside.practice.rules import rules_on
from alongside.workforce.models import Supporter
from alongside.workforce.queries import own_supporter, standing


def array_advice(viewer: Actor, *, words: str, on: date) -> ArrayAdvice | None:
    """What is proposed for these words, with reasons; nothing to whoever is no supporter."""
    own = _own(viewer, on)
    if own is None:
        return None
    supporter, held = own
    facts = ArrayFacts(standing=held, words=words, other_license=supporter.other_license)
    return arrays.advise(facts, on, rules_on(on, supporter.agency.jurisdiction))


def opens_peer_support(viewer: Actor, *, on: date) -> bool:
    """Whether the viewer's certificate opens the Peer Support array on that day (PEER-2)."""
    own = _own(viewer, on)
    if own is None:
        return False
    supporter, held = own
    return arrays.advice.opens_peer_support(held, rules_on(on, supporter.agency.jurisdiction))


def _own(viewer: Actor, on: date) -> tuple[Supporter, Standing] | None:
    try:
        supporter = own_supporter(viewer)
    except Supporter.DoesNotExist:
        return None
    return supporter, standing(viewer, supporter_id=supporter.pk, on=on)
