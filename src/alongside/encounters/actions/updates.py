"""An update is begun, written together, read, agreed to and told through the gate."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import cast
from uuid import UUID

from django.db import transaction
from django.db.models import F

from alongside.accounts.actions import queue_letter
from alongside.accounts.codes import LetterKind
from alongside.audit.actions import record
from alongside.consents.actions import disclose
from alongside.consents.models import Disclosure
from alongside.consents.rules.disclosures import Recipient, Wanted
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.refusal import STALE, Refused, ensure
from alongside.encounters.codes import UpdateStatus
from alongside.encounters.models import Update
from alongside.encounters.queries import composing
from alongside.encounters.queries import updates as queries
from alongside.encounters.rules import updates as rules
from alongside.people.queries import participants_visible_to
from alongside.practice.consents import Category, Purpose
from alongside.practice.disclosure import Basis, Way
from alongside.tenancy.hidden import once

S = UpdateStatus


@dataclass(frozen=True)
class NewUpdate:
    """``id`` comes from the form, so that five clicks begin one."""

    id: UUID
    recipient_id: UUID
    since: date
    until: date


def begin_update(participant_id: UUID, new: NewUpdate, *, by: Actor, at: datetime) -> Update:
    """A draft to one whom a consent names, for some time, with everything in that may be told."""
    return once(
        lambda pk: _begin(participant_id, replace(new, id=pk), by=by, at=at),
        new.id,
        mine=queries.updates_of(by, participant_id=participant_id).filter(pk=new.id).first,
    )


@transaction.atomic
def _begin(participant_id: UUID, new: NewUpdate, *, by: Actor, at: datetime) -> Update:
    person = participants_visible_to(by).get(pk=participant_id)
    today = local_date(at, by.time_zone)
    named = queries.who_may_hear(by, participant_id=participant_id, on=today)
    if new.recipient_id not in {one.recipient.pk for one in named}:
        raise Refused(rules.NOBODY_NAMED)
    ensure(rules.why_not_period(new.since, new.until, today=today))
    there = queries.updates_of(by, participant_id=participant_id).filter(pk=new.id).first()
    if there is not None:
        return there
    update = Update.objects.create(
        pk=new.id,
        agency_id=by.agency_id,
        participant=person,
        recipient_id=new.recipient_id,
        since=new.since,
        until=new.until,
        begun_at=at,
        begun_by_id=by.id,
        saved_at=at,
    )
    _record("update.begun", update, by=by, at=at)
    return update


@transaction.atomic
def write_update(
    update_id: UUID,
    *,
    left_out: Iterable[str],
    words: str,
    added: str,
    since: date,
    until: date,
    revision: int,
    by: Actor,
    at: datetime,
) -> Update:
    """What stays out, and what people want said. ``revision`` is the one on the screen."""
    update = queries.updates_visible_to(by).get(pk=update_id)
    ensure(rules.why_not_change(S(update.status)))
    ensure(rules.why_not_period(since, until, today=local_date(at, by.time_zone)))
    ensure(rules.why_not_words(words, added))
    said: dict[str, object] = {
        "left_out": sorted(set(left_out)),
        "words": words.strip(),
        "added": added.strip(),
        "since": since,
        "until": until,
    }
    if all(getattr(update, name) == value for name, value in said.items()):
        return update
    won = Update.objects.filter(
        pk=update_id, status=S.DRAFT.value, revision=update.revision
    ).filter(revision=revision)
    if not won.update(**said, saved_at=at, revision=F("revision") + 1):
        raise Refused(STALE)
    _record("update.written", update, by=by, at=at)
    return queries.updates_visible_to(by).get(pk=update_id)


@transaction.atomic
def put_update_away(update_id: UUID, *, by: Actor, at: datetime) -> None:
    _move(update_id, S.PUT_AWAY, "update.put-away", by=by, at=at)


@transaction.atomic
def take_update_up(update_id: UUID, *, by: Actor, at: datetime) -> None:
    _move(update_id, S.DRAFT, "update.taken-up", by=by, at=at)


@transaction.atomic
def correct_update(update_id: UUID, *, by: Actor, at: datetime) -> Update:
    """A new draft that says what the former said and names it; the former stays as it was sent. A
    draft that does so already is the one to go on with."""
    former = queries.updates_visible_to(by).get(pk=update_id)
    newer = Update.objects.filter(corrects=former, status=S.SENT.value).exists()
    ensure(rules.why_not_correct(S(former.status), corrected=newer))
    there = Update.objects.filter(corrects=former, status=S.DRAFT.value).first()
    if there is not None:
        return there
    update = Update.objects.create(
        agency_id=by.agency_id,
        participant_id=former.participant_id,
        recipient_id=former.recipient_id,
        since=former.since,
        until=former.until,
        left_out=former.left_out,
        words=former.words,
        added=former.added,
        corrects=former,
        begun_at=at,
        begun_by_id=by.id,
        saved_at=at,
    )
    _record("update.correction-begun", update, by=by, at=at)
    return update


@transaction.atomic
def send_update(update_id: UUID, *, signed_name: str, read: str, by: Actor, at: datetime) -> Update:
    """The participant agreed to what stood on the screen, whose code is ``read``: it is told
    through the gate, kept word for word, and a letter says that there is an update."""
    update = queries.updates_visible_to(by).get(pk=update_id)
    if update.status == S.SENT and update.code == read:
        return update
    ensure(rules.why_not_change(S(update.status)))
    draft = composing.composed(by, update, at=at)
    ensure(None if draft.holds else rules.NOT_ANY_MORE)
    ensure(rules.why_not_agree(draft.sections, name=signed_name, read=read, now=draft.code))
    if update.corrects is not None and queries.updates_visible_to(by).filter(
        corrects=update.corrects, status=S.SENT.value
    ):
        raise Refused(STALE)
    won = Update.objects.filter(
        pk=update_id, status=S.DRAFT.value, revision=update.revision
    ).update(
        status=S.SENT.value,
        text=draft.text,
        code=draft.code,
        signed_name=signed_name.strip(),
        sent_at=at,
        sent_by_id=by.id,
    )
    if not won:
        raise Refused(STALE)
    if draft.address:
        queue_letter(LetterKind.UPDATE, to=draft.address, by=by, at=at, about=update_id)
    told = disclose(_wanted(update, draft, by=by), by=by, at=at)
    Update.objects.filter(pk=update_id).update(disclosure=told)
    _record("update.sent", update, by=by, at=at)
    return queries.updates_visible_to(by).get(pk=update_id)


def look_at_update(update_id: UUID, *, referral_id: UUID, by: Actor, at: datetime) -> Update:
    """A referrer opens what was sent to them. The gate says at each look whether they still may,
    and counts it. Raises ``Refused`` where it does not."""
    update = queries.updates_for_referrer(by, referral_id=referral_id).get(pk=update_id)
    look_again(cast(Disclosure, update.disclosure), by=by, at=at)
    return update


def look_again(first: Disclosure, *, by: Actor, at: datetime) -> None:
    """The same once more, to the same, by the consent as it is now."""
    wanted = Wanted(
        id=new_id(),
        participant_id=first.participant_id,
        basis=Basis.CONSENT,
        recipient=Recipient(
            name=first.name, organization=first.organization, referrer_id=first.referrer_id
        ),
        way=Way.PORTAL,
        categories=frozenset(Category(code) for code in first.categories),
        what=first.what,
        purpose=Purpose(first.purpose) if first.purpose else None,
    )
    disclose(wanted, by=by, at=at)


def _wanted(update: Update, draft: composing.Composed, *, by: Actor) -> Wanted:
    recipient = update.recipient
    sent = queries.updates_of(by, participant_id=update.participant_id).filter(status=S.SENT.value)
    return Wanted(
        id=update.pk,
        participant_id=update.participant_id,
        basis=Basis.CONSENT,
        recipient=Recipient(
            name=recipient.name,
            organization=recipient.organization,
            recipient_id=recipient.pk,
            referrer_id=recipient.referrer_id,
        ),
        way=Way.PORTAL if draft.comes_in else Way.PAPER,
        categories=rules.categories_of(draft.sections),
        what=rules.number_words(sent.count(), update.since, update.until),
        purpose=draft.purpose,
    )


def _move(update_id: UUID, to: UpdateStatus, verb: str, *, by: Actor, at: datetime) -> None:
    update = queries.updates_visible_to(by).get(pk=update_id)
    ensure(rules.why_not_move_update(S(update.status), to))
    won = Update.objects.filter(pk=update_id, status=update.status).update(status=to.value)
    if not won:
        raise Refused(STALE)
    _record(verb, update, by=by, at=at)


def _record(verb: str, update: Update, *, by: Actor, at: datetime) -> None:
    target, detail = f"Participant/{update.participant_id}", {"update": str(update.pk)}
    record(by=by, at=at, verb=verb, target=target, detail=detail)
