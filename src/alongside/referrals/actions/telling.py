"""A referrer gets a letter that there is an update, when what is shared with them changes.

The letter names nobody and says nothing; what changed they read on their own page, through the
gate. It goes only to who comes in by an account, and only where a consent that holds now names them
and covers what changed.
"""

from collections.abc import Collection
from datetime import datetime, time
from uuid import UUID

from django.db import transaction

from alongside.accounts.actions import queue_letter
from alongside.accounts.codes import LetterKind, LetterStatus
from alongside.accounts.models import Letter
from alongside.consents import actions as consents
from alongside.consents.models import Consent
from alongside.consents.queries import coverage
from alongside.consents.rules import Signing
from alongside.core.actor import Actor
from alongside.core.clock import at_wall, local_date
from alongside.files.actions import Checked, keeps_files
from alongside.practice.consents import Category
from alongside.referrals.models import Referrer
from alongside.referrals.rules.standing import TOLD_BY_ITSELF


@keeps_files
@transaction.atomic
def sign_consent_and_tell(
    consent_id: UUID,
    signing: Signing,
    *,
    by: Actor,
    at: datetime,
    paper: Checked | None = None,
) -> Consent:
    """``sign_consent``, and whoever it comes to name finds a letter that there is an update."""
    consent = consents.sign_consent(consent_id, signing, by=by, at=at, paper=paper)
    named = {row.referrer_id for row in consent.recipients.all()} - {None}
    if named:
        tell_referrers(consent.participant_id, TOLD_BY_ITSELF, by=by, at=at, only=named)
    return consent


def tell_referrers(
    participant_id: UUID,
    changed: Collection[Category],
    *,
    by: Actor,
    at: datetime,
    only: Collection[UUID | None] | None = None,
) -> None:
    """Part of the caller's action. One letter a day to each, that something is there."""
    today = local_date(at, by.time_zone)
    for referrer_id, to in _who_comes_in(participant_id, by):
        if only is not None and referrer_id not in only:
            continue
        found = coverage(
            agency_id=by.agency_id,
            participant_ids=[participant_id],
            referrer_id=referrer_id,
            on=today,
        ).get(participant_id)
        if found is None or not found.categories & set(changed):
            continue
        if not _told_since(to, at_wall(today, time(0), by.time_zone), by):
            queue_letter(LetterKind.UPDATE, to=to, by=by, at=at)


def _who_comes_in(participant_id: UUID, by: Actor) -> list[tuple[UUID, str]]:
    """Referrers with a way in who sent this person: they have a page that shows it."""
    rows = Referrer.objects.filter(
        agency_id=by.agency_id,
        voided_at=None,
        user__is_active=True,
        drafts__referral__participant_id=participant_id,
        drafts__referral__voided_at=None,
    ).exclude(user__email="")
    found = rows.values_list("pk", "user__email").distinct()
    return [(referrer_id, to) for referrer_id, to in found if to]


def _told_since(to: str, since: datetime, by: Actor) -> bool:
    going = [LetterStatus.WAITING, LetterStatus.SENDING, LetterStatus.SENT]
    return Letter.objects.filter(
        agency_id=by.agency_id,
        kind=LetterKind.UPDATE,
        to=to,
        queued_at__gte=since,
        status__in=going,
    ).exists()
