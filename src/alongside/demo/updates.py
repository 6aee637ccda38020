"""What went to court and county in the invented agency: one update sent, one that corrects it, one
half written; and what a referrer asks."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from alongside.accounts.models import User
from alongside.accounts.queries import actor_for
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.demo.chance import Clock, Dice
from alongside.demo.life import Life
from alongside.demo.referrers import DANA
from alongside.demo.team import Walker
from alongside.encounters import actions
from alongside.encounters.actions import NewUpdate
from alongside.encounters.models import Update
from alongside.encounters.queries import composing
from alongside.encounters.queries import updates as queries
from alongside.encounters.queries.updates import MayHear
from alongside.practice.consents import Category
from alongside.referrals.queries.referrers import sent_referrals

HERS = "I have not missed a class since September. The mornings are the hardest, and I go."
MENDED = "I missed one class in October, when my car broke down. I made it up the week after."
ADDED = "We talk each week. I saw how much this class means to them."
ASKS = "Does she have a ride to the hearing on the 12th? I could pick her up."
TODAYS = "Please tell the judge that I have keys to my own place now."
A_SEASON = timedelta(days=80)


def write(lives: Sequence[Life], clock: Clock, first: Walker) -> None:
    """For two of the first supporter's people whom a consent lets speak."""
    dice = Dice("updates")
    mine = [life for life in lives if life.who is first and life.walk and not life.walk.ended]
    speak = [(life, named) for life in mine if (named := _named(life, first, clock))]
    if not speak:
        raise LookupError("No consent of the demo names anyone for an update.")
    life, to = speak[0]
    before = _begun(life, to, first, dice, at=clock.ago(13, 15))
    before = _written(before, HERS, first.actor, at=clock.ago(13, 15.1))
    _sent(before, life, first.actor, at=clock.ago(13, 15.2))
    newer = actions.correct_update(before.pk, by=first.actor, at=clock.ago(12, 11))
    newer = _written(newer, MENDED, first.actor, at=clock.ago(12, 11.1))
    _sent(newer, life, first.actor, at=clock.ago(12, 11.2))
    _asked(clock, dice)
    life, to = speak[-1]
    half = _begun(life, to, first, dice, at=clock.now - timedelta(hours=3))
    _written(half, TODAYS, first.actor, at=clock.now - timedelta(hours=3), added="")


def _asked(clock: Clock, dice: Dice) -> None:
    """Dana wants to know something about the one she sent; nobody has answered yet."""
    user = User.objects.filter(email=DANA.email).first()
    dana = actor_for(user) if user is not None else None
    sent = sent_referrals(dana).first() if dana is not None else None
    if dana is None or sent is None or sent.referral_id is None:
        raise LookupError(DANA.name)
    at = clock.ago(1, 13.5)
    actions.ask_about_referral(dice.id_at(at), sent.referral_id, words=ASKS, by=dana, at=at)


def _named(life: Life, first: Walker, clock: Clock) -> MayHear | None:
    """Someone who may hear days and words, for court or county."""
    found = queries.who_may_hear(first.actor, participant_id=life.participant_id, on=clock.day(13))
    return next((one for one in found if Category.WORDS in one.categories), None)


def _begun(life: Life, to: MayHear, who: Walker, dice: Dice, *, at: datetime) -> Update:
    until = local_date(at, who.actor.time_zone)
    new = NewUpdate(dice.id_at(at), to.recipient.pk, until - A_SEASON, until)
    return actions.begin_update(life.participant_id, new, by=who.actor, at=at)


def _written(update: Update, words: str, by: Actor, *, at: datetime, added: str = ADDED) -> Update:
    return actions.write_update(
        update.pk,
        left_out=[],
        words=words,
        added=added,
        since=update.since,
        until=update.until,
        revision=update.revision,
        by=by,
        at=at,
    )


def _sent(update: Update, life: Life, by: Actor, *, at: datetime) -> None:
    code = composing.composed(by, update, at=at).code
    actions.send_update(update.pk, signed_name=life.person.name, read=code, by=by, at=at)
