"""Every read of consents, viewer first."""

from alongside.consents.queries.consents import (
    consent_visible_to,
    consents_of,
    consents_visible_to,
    coverage,
    facts_of,
    states_of,
    steps_of,
    why_not_take_mistake_back,
)
from alongside.consents.queries.disclosures import (
    accounting,
    disclosure,
    disclosure_page,
    disclosures_of,
    disclosures_visible_to,
    own_copies,
    proposal,
    recipients_in_force,
    recipients_once_in_force,
    told_after,
    told_between,
)
from alongside.consents.queries.gate import part_two_applies, why_part_two_applies
from alongside.consents.queries.part_two import part_two, part_two_of_all, program, programs

__all__ = [
    "accounting",
    "consent_visible_to",
    "consents_of",
    "consents_visible_to",
    "coverage",
    "disclosure",
    "disclosure_page",
    "disclosures_of",
    "disclosures_visible_to",
    "facts_of",
    "own_copies",
    "part_two",
    "part_two_applies",
    "part_two_of_all",
    "program",
    "programs",
    "proposal",
    "recipients_in_force",
    "recipients_once_in_force",
    "states_of",
    "steps_of",
    "told_after",
    "told_between",
    "why_not_take_mistake_back",
    "why_part_two_applies",
]
