"""Whom to call in a hard moment, as the agency says it. What it said before is kept."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import IntegrityError, transaction

from alongside.accounts import queries, rules
from alongside.accounts.models import HelpLines
from alongside.accounts.rules import HelpLine
from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.refusal import STALE, Refused, ensure


def set_help_lines(
    lines: Sequence[HelpLine], steps: Sequence[str], *, seen: int, by: Actor, at: datetime
) -> HelpLines | None:
    """Put these lines and steps in force. ``seen`` is the number the form knew of, 0 for none.

    Saying the same again changes nothing.
    """
    try:
        return _set(lines, steps, seen=seen, by=by, at=at)
    except IntegrityError as someone_was_faster:
        raise Refused(STALE) from someone_was_faster


@transaction.atomic
def _set(
    lines: Sequence[HelpLine], steps: Sequence[str], *, seen: int, by: Actor, at: datetime
) -> HelpLines | None:
    ensure(rules.why_not_help_lines(lines, steps))
    found = queries.help_lines(by)
    wanted, said = [asdict(line) for line in lines], list(steps)
    if (found.lines, found.steps) == (wanted, said) if found else not (wanted or said):
        return found
    if seen != (found.number if found else 0):
        raise Refused(STALE)
    new = HelpLines.objects.create(
        agency_id=by.agency_id,
        number=seen + 1,
        lines=wanted,
        steps=said,
        set_at=at,
        set_by_id=by.id,
    )
    record(by=by, at=at, verb="help-lines.set", target=f"HelpLines/{new.pk}")
    return new
