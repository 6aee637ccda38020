"""A referrer types a referral page by page, sends it once, adds to it, and may take it back."""

import json
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.core.refusal import STALE, Refused, ensure
from alongside.people.actions import add_participant
from alongside.people.rules import NewParticipant
from alongside.referrals.actions.desk import step
from alongside.referrals.codes import AdditionKind, ReferralStatus, Source
from alongside.referrals.models import (
    Referral,
    ReferralAddition,
    ReferralDraft,
    ReferralMove,
    Referrer,
)
from alongside.referrals.queries import desk
from alongside.referrals.queries import referrers as queries
from alongside.referrals.rules import sending as rules
from alongside.referrals.rules.desk import why_not_work
from alongside.tenancy.hidden import free_id


@transaction.atomic
def begin_draft(draft_id: UUID, *, by: Actor, at: datetime) -> ReferralDraft:
    """``draft_id`` is made by the page, so that five clicks begin one referral."""
    ensure(rules.why_not_refer(by))
    there = queries.drafts_visible_to(by).filter(pk=draft_id).first()
    if there is not None:
        return there
    draft = ReferralDraft.objects.create(
        id=free_id(ReferralDraft, draft_id),
        agency_id=by.agency_id,
        referrer=queries.referrer_of(by),
        author_id=by.id,
        answers="",
        begun_at=at,
        saved_at=at,
    )
    record(by=by, at=at, verb="referral.draft-begun", target=f"ReferralDraft/{draft.pk}")
    return draft


@transaction.atomic
def save_draft(
    draft_id: UUID, said: Mapping[str, str], *, by: Actor, at: datetime
) -> ReferralDraft:
    """Keep what one page says, beside what the others say. It is not the record yet."""
    draft = queries.drafts_visible_to(by).get(pk=draft_id)
    if draft.sent_at is not None:
        raise Refused(rules.SENT_ALREADY)
    won = ReferralDraft.objects.filter(
        pk=draft_id, revision=draft.revision, sent_at=None, put_away_at=None
    ).update(revision=F("revision") + 1, saved_at=at)
    if not won:
        raise Refused(STALE)
    draft.refresh_from_db()
    draft.answers = json.dumps({**queries.typed(draft), **said}, ensure_ascii=False)
    draft.save(update_fields=["answers"])
    return draft


@transaction.atomic
def put_draft_away(draft_id: UUID, *, by: Actor, at: datetime) -> None:
    queries.open_drafts(by).get(pk=draft_id)
    won = ReferralDraft.objects.filter(pk=draft_id, sent_at=None, put_away_at=None).update(
        put_away_at=at
    )
    if not won:
        raise Refused(STALE)
    record(by=by, at=at, verb="referral.draft-put-away", target=f"ReferralDraft/{draft_id}")


@transaction.atomic
def take_draft_up(draft_id: UUID, *, by: Actor, at: datetime) -> None:
    queries.drafts_visible_to(by).get(pk=draft_id)
    won = (
        ReferralDraft.objects.filter(pk=draft_id, sent_at=None)
        .exclude(put_away_at=None)
        .update(put_away_at=None)
    )
    if not won:
        raise Refused(STALE)
    record(by=by, at=at, verb="referral.draft-taken-up", target=f"ReferralDraft/{draft_id}")


@transaction.atomic
def send(draft: ReferralDraft, words: rules.SentWords, *, by: Actor, at: datetime) -> Referral:
    """What was typed becomes a referral at the desk, with its participant. The caller has loaded
    the draft for ``by``; of two who send it at once, one is told that it was sent."""
    ensure(rules.why_not_refer(by))
    today = local_date(at, by.time_zone)
    ensure(rules.why_not_send(words, today=today))
    person = add_participant(_person(words), by=by, at=at)
    referral = Referral.objects.create(
        id=free_id(Referral, draft.pk),
        agency_id=by.agency_id,
        participant=person,
        referrer_id=draft.referrer_id,
        pathway=words.pathway.value,
        received_on=today,
        entered_at=at,
        county=words.county,
        reason=words.reason,
        asked_for=words.asked_for,
        next_court_on=words.next_court_on,
        urgent_words=words.urgent_words,
        knows=words.knows.value,
        source=Source.REFERRER.value,
        status_on=today,
    )
    _know(draft.referrer_id, words)
    won = ReferralDraft.objects.filter(
        pk=draft.pk, revision=draft.revision, sent_at=None, put_away_at=None
    ).update(sent_at=at, referral=referral, reference=rules.new_reference())
    if not won:
        raise Refused(STALE)
    record(by=by, at=at, verb="referral.sent", target=f"Referral/{referral.pk}")
    return referral


def _person(words: rules.SentWords) -> NewParticipant:
    return NewParticipant(
        name=" ".join(words.name.split()),
        born_on=words.born_on,
        phone=words.phone,
        phone_note=words.phone_note,
        reach_by=words.reach_by,
        county=words.county,
        language=words.language,
    )


def _know(referrer_id: UUID, words: rules.SentWords) -> None:
    """Referrers say themselves where they work and how to reach them."""
    said = {
        "organization": words.organization,
        "role": words.role,
        "phone": words.referrer_phone,
    }
    Referrer.objects.filter(pk=referrer_id).update(**{k: v for k, v in said.items() if v})


@transaction.atomic
def add_to_referral(
    referral_id: UUID,
    words: str,
    *,
    addition_id: UUID,
    by: Actor,
    at: datetime,
    kind: AdditionKind = AdditionKind.WORDS,
) -> ReferralAddition:
    """More of it, or a correction, after it was sent: the desk reads it. ``addition_id`` is made by
    the form."""
    sent = queries.sent_referrals(by).get(referral_id=referral_id)
    ensure(rules.why_not_refer(by))
    ensure(rules.why_not_add(words))
    known = queries.additions(by, referral_id=referral_id)
    there = known.filter(pk=addition_id).first()
    if there is not None:
        return there
    if known.filter(kind=AdditionKind.WITHDRAWAL).exists():
        raise Refused(rules.TAKEN_BACK_ALREADY)
    addition = ReferralAddition.objects.create(
        id=free_id(ReferralAddition, addition_id),
        agency_id=by.agency_id,
        referral_id=referral_id,
        kind=kind.value,
        words=words.strip(),
        by_id=by.id,
        at=at,
    )
    if kind is AdditionKind.WITHDRAWAL:
        _withdraw(sent.referral, words, by=by, at=at)
    verb = "referral.added-to" if kind is AdditionKind.WORDS else "referral.taken-back"
    record(by=by, at=at, verb=verb, target=f"Referral/{referral_id}")
    return addition


def _withdraw(referral: Referral | None, words: str, *, by: Actor, at: datetime) -> None:
    """Nobody has begun with it yet: it is withdrawn. Else the desk decides with the person."""
    if referral is None or referral.status != ReferralStatus.RECEIVED:
        return
    if ReferralMove.objects.filter(referral=referral).exists():
        return
    step(referral, ReferralStatus.WITHDRAWN, reason=words, by=by, at=at)


@transaction.atomic
def read_additions(referral_id: UUID, *, by: Actor, at: datetime) -> int:
    """The desk has read what the referrer added. How many that were."""
    ensure(why_not_work(by))
    referral = desk.referrals_visible_to(by).get(pk=referral_id)
    unread = ReferralAddition.objects.filter(referral=referral, read_at=None)
    found = unread.update(read_at=at, read_by_id=by.id)
    if found:
        record(by=by, at=at, verb="referral.addition-read", target=f"Referral/{referral_id}")
    return found
