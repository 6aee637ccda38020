"""What a participant says about themselves: how they are reached, and what messages may say."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.refusal import STALE, Refused, ensure
from alongside.people import rules
from alongside.people.actions import change_facts
from alongside.people.actions.identifiers import (
    correct_identifier,
    keep_identifier,
    remove_identifier,
)
from alongside.people.codes import IdentifierKind
from alongside.people.models import ContactWish, Participant
from alongside.people.queries import doors as queries
from alongside.people.queries import identifiers, own_record, participants_visible_to
from alongside.people.rules import NewParticipant
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
    if last is not None and last.reaching() == wish and not last.joined:
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


OWN_FACTS = ("name", "pronouns", "phone", "language")


@transaction.atomic
def correct_my_facts(
    said: Mapping[str, str], *, revision: int, by: Actor, at: datetime
) -> Participant:
    """A participant puts right what stands about them: ``OWN_FACTS``. What it said before stays, as
    it does when a colleague corrects it. ``STALE`` where somebody was faster."""
    person = own_record(by)
    ensure(rules.why_not_write_about_oneself(by))
    before = person.facts()
    told: dict[str, Any] = {
        name: " ".join(said[name].split()) for name in OWN_FACTS if name in said
    }
    after: NewParticipant = replace(before, **told)
    return change_facts(person, before, after, revision=revision, by=by, at=at)


@transaction.atomic
def keep_my_places(said: Mapping[IdentifierKind, str], *, by: Actor, at: datetime) -> None:
    """Where someone lives, and where a letter or an e-mail is safe: sealed, each with its history.
    An empty one is taken out of sight."""
    person = own_record(by)
    rows = {row.kind: row for row in identifiers(by, participant_id=person.pk)}
    for kind, text in said.items():
        row, text = rows.get(kind.value), rules.tidy_identifier(kind, text)
        if row is None and text:
            keep_identifier(person.pk, kind=kind, label="", value=text, by=by, at=at)
        elif row is not None and not text:
            remove_identifier(row.pk, by=by, at=at)
        elif row is not None and text != str(row.value):
            correct_identifier(row.pk, label="", value=text, by=by, at=at)
