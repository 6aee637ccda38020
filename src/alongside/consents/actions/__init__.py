"""Every write of consents: each one sentence in the log."""

from alongside.consents.actions.disclosures import (
    disclose,
    disclose_many,
    restore_disclosure,
    switch_part_two,
    withdraw_disclosure,
)

__all__ = [
    "disclose",
    "disclose_many",
    "restore_disclosure",
    "switch_part_two",
    "withdraw_disclosure",
]
