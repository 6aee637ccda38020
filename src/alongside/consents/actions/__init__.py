"""Every write of consents: each one sentence in the log."""

from alongside.consents.actions.consents import (
    call_consent_mistaken,
    end_consent,
    revoke_consent,
    sign_consent,
    take_consent_end_back,
    take_mistake_back,
)
from alongside.consents.actions.disclosures import (
    disclose,
    disclose_many,
    restore_disclosure,
    withdraw_disclosure,
)
from alongside.consents.actions.drafts import (
    draft_again,
    draft_consent,
    name_recipients,
    put_consent_away,
    say_language,
    say_until,
    say_what,
    say_why,
    take_consent_up,
)
from alongside.consents.actions.part_two import switch_part_two

__all__ = [
    "call_consent_mistaken",
    "disclose",
    "disclose_many",
    "draft_again",
    "draft_consent",
    "end_consent",
    "name_recipients",
    "put_consent_away",
    "restore_disclosure",
    "revoke_consent",
    "say_language",
    "say_until",
    "say_what",
    "say_why",
    "sign_consent",
    "switch_part_two",
    "take_consent_end_back",
    "take_consent_up",
    "take_mistake_back",
    "withdraw_disclosure",
]
