"""What the invented agency told to others: calls to a social worker, an emergency, a slip that was
taken back, and an accounting that someone has at home."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from alongside.consents import actions, queries
from alongside.consents.rules import Recipient, Wanted
from alongside.core.clock import local_date
from alongside.demo.chance import Clock, Dice
from alongside.demo.life import Life
from alongside.demo.team import Walker
from alongside.practice.consents import Category, RecipientKind
from alongside.practice.disclosure import Basis, Way, proposal

CALLED = (2, 9, 16, 23)
LITTLE = frozenset({Category.RECEIVED, Category.FIRST_CONTACT, Category.ONGOING})


def tell(lives: Sequence[Life], clock: Clock, first: Walker) -> None:
    """The people of the first supporter; the consents are there already."""
    dice = Dice("disclosures")
    mine = [life for life in lives if life.who is first and life.walk is not None]
    for life in mine:
        if life.walk is not None and life.walk.ended is None:
            _calls(life, clock, dice)
    _in_an_emergency(mine[0], clock, dice)
    _given(mine[0], clock, dice)


def _calls(life: Life, clock: Clock, dice: Dice) -> None:
    """A short call each week, as far as a consent reaches."""
    if life.who is None or life.walk is None:
        return
    by = life.who.actor
    for days in CALLED:
        at = clock.ago(days, 11.25)
        on = local_date(at, by.time_zone)
        found = queries.recipients_in_force(by, participant_id=life.participant_id, on=on)
        for row, leave in found:
            least = proposal([leave], purpose=None, on=on) & LITTLE
            signed = leave.consent.signed_on
            if least and row.kind == RecipientKind.PERSON and signed and signed < on:
                wanted = Wanted(
                    id=dice.id_at(at),
                    participant_id=life.participant_id,
                    basis=Basis.CONSENT,
                    recipient=Recipient(recipient_id=row.pk),
                    way=Way.PHONE,
                    categories=least,
                    what="That we meet, and that it goes on",
                    told_at=at,
                )
                actions.disclose(wanted, by=by, at=at + timedelta(minutes=10))


def _in_an_emergency(life: Life, clock: Clock, dice: Dice) -> None:
    """Told right away, written down the same evening; once for the wrong day, and taken back."""
    if life.who is None:
        return
    by, told = life.who.actor, clock.ago(12, 19.5)
    wanted = Wanted(
        id=dice.id_at(told),
        participant_id=life.participant_id,
        basis=Basis.EMERGENCY,
        recipient=Recipient("Nurse Imhoff", "Red Cedar hospital, emergency room"),
        way=Way.PHONE,
        categories=frozenset({Category.REACH}),
        what="Which medicine stood on the table, and whom to call",
        facts={
            "emergency": "Fell on the stairs and did not wake up for some minutes",
            "why_not_asked": "Could not speak when the ambulance came",
        },
        told_at=told,
    )
    slip = replace(wanted, id=dice.id_at(told + timedelta(hours=1)), told_at=_day_before(told))
    wrong = actions.disclose(slip, by=by, at=told + timedelta(hours=1))
    actions.withdraw_disclosure(
        wrong.pk, reason="The wrong day.", by=by, at=told + timedelta(hours=1, minutes=5)
    )
    actions.disclose(wanted, by=by, at=told + timedelta(hours=1, minutes=6))


def _day_before(at: datetime) -> datetime:
    return at - timedelta(days=1)


def _given(life: Life, clock: Clock, dice: Dice) -> None:
    """An accounting, handed over at a kitchen table."""
    if life.who is None:
        return
    at = clock.ago(5, 16.75)
    wanted = Wanted(
        id=dice.id_at(at),
        participant_id=life.participant_id,
        basis=Basis.PARTICIPANT,
        recipient=Recipient(life.person.name),
        way=Way.PDF,
        what="Accounting of disclosures, 6 years",
    )
    actions.disclose(wanted, by=life.who.actor, at=at)
