"""An update as it would be read now: put together from the record each time it is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.encounters.models import Update
from alongside.encounters.queries.updates import (
    MayHear,
    referrers_behind,
    update_days,
    who_may_hear,
)
from alongside.encounters.rules import updates as rules
from alongside.encounters.rules.updates import AskedFacts, Section, UpdateFacts
from alongside.plans.queries import requirements
from alongside.practice.consents import Category, Purpose
from alongside.referrals.codes import EpisodeStatus
from alongside.referrals.queries import episodes


@dataclass(frozen=True)
class Composed:
    """``all_there_is`` to choose from, ``sections`` as they would be sent, ``text`` as it would be
    kept and its ``code``. ``holds`` is whether a consent names the recipient today. ``address`` is
    where a letter goes, if they ``come_in`` to read it; to others it goes on paper."""

    holds: bool
    all_there_is: tuple[Section, ...]
    sections: tuple[Section, ...]
    text: Mapping[str, object]
    code: str
    purpose: Purpose | None
    categories: frozenset[Category]
    comes_in: bool
    address: str


def composed(viewer: Actor, update: Update, *, at: datetime) -> Composed:
    """Four queries, and one more where it may be told how far things are that were asked."""
    today = local_date(at, viewer.time_zone)
    named = who_may_hear(viewer, participant_id=update.participant_id, on=today)
    mine = next((one for one in named if one.recipient.pk == update.recipient_id), None)
    facts = _facts(viewer, update, mine)
    sections = rules.compose(facts)
    recipient = update.recipient
    text = rules.as_kept(
        sections,
        to=(recipient.name, recipient.organization),
        sender=(viewer.agency_name, viewer.name),
        about=update.participant.name,
        period=f"{rules.said(update.since)} to {rules.said(update.until)}",
    )
    referrer = referrers_behind(viewer, [recipient.referrer_id]).get(
        recipient.referrer_id or update.pk
    )
    user = referrer.user if referrer is not None else None
    comes_in = user is not None and user.is_active
    return Composed(
        holds=mine is not None,
        all_there_is=rules.everything(facts),
        sections=sections,
        text=text,
        code=rules.code_of(text),
        purpose=mine.purpose if mine else None,
        categories=facts.categories,
        comes_in=comes_in,
        address=(user.email or "") if user is not None and comes_in else "",
    )


def _facts(viewer: Actor, update: Update, mine: MayHear | None) -> UpdateFacts:
    latest = episodes.standing_of(viewer, [update.participant_id]).get(update.participant_id)
    over = latest is not None and latest.status == EpisodeStatus.CONCLUDED
    former = update.corrects
    return UpdateFacts(
        since=update.since,
        until=update.until,
        categories=mine.categories if mine else frozenset(),
        days=update_days(
            viewer, participant_id=update.participant_id, since=update.since, until=update.until
        ),
        asked=_asked(viewer, update) if mine and Category.REQUIRED in mine.categories else (),
        left_out=frozenset(update.left_out),
        words=update.words,
        added=update.added,
        person=update.participant.name,
        writer=viewer.name,
        agency=viewer.agency_name,
        walks_since=latest.begun_on if latest else None,
        walked_until=latest.ended_on if latest and over else None,
        corrects_on=local_date(former.sent_at, viewer.time_zone)
        if former and former.sent_at
        else None,
    )


def _asked(viewer: Actor, update: Update) -> tuple[AskedFacts, ...]:
    """What was asked of the person as it stands today, without what is no longer asked. The words
    are those both of them see; each can be left out."""
    found = requirements.still_asked(
        viewer, participant_id=update.participant_id, today=update.until
    )
    return tuple(
        AskedFacts(one.row.pk, one.row.words, one.state_name, one.how_far) for one in found
    )
