"""What a participant says about themselves: how they are reached, and what messages may say."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.refusal import STALE, Refused, ensure
from alongside.people import rules
from alongside.people.models import ContactWish
from alongside.people.queries import doors as queries
from alongside.people.queries import participants_visible_to
from alongside.people.rules.reaching import Reaching, why_not_reach


@transaction.atomic
def say_how_to_reach(
    participant_id: UUID, wish: Reaching, *, seen: int, by: Actor, at: datetime
) -> ContactWish:
    """What holds from now on: said by the participant, or written down by who writes their record.
    ``seen`` is the number that was on the screen; ``STALE`` where somebody was faster."""
    person = participants_visible_to(by).get(pk=participant_id)
    ensure(rules.why_not_write_about_oneself(by))
    wish = replace(wish, words=wish.words.strip(), others=wish.others.strip())
    ensure(why_not_reach(wish))
    last = queries.contact_wish(by, participant_id=participant_id)
    if last is not None and last.reaching() == wish:
        return last
    if (last.number if last else 0) != seen:
        raise Refused(STALE)
    row = ContactWish.objects.create(
        agency_id=by.agency_id,
        participant=person,
        number=seen + 1,
        ways={way.value: may.value for way, may in wish.ways.items()},
        words=wish.words,
        says=wish.says.value,
        quiet_from=wish.quiet_from,
        quiet_until=wish.quiet_until,
        others=wish.others,
        set_at=at,
        set_by_id=by.id,
    )
    record(by=by, at=at, verb="participant.reach-said", target=f"Participant/{person.pk}")
    return row
