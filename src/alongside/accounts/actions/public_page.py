"""The agency's public page: written, looked at, published, taken back. Nothing of it is lost."""

from dataclasses import asdict
from datetime import datetime

from django.db import IntegrityError, transaction

from alongside.accounts import queries
from alongside.accounts.models import PublicAddress, PublicPage
from alongside.accounts.rules import public_page as rules
from alongside.accounts.rules.public_page import PublicWords
from alongside.audit.actions import Event, record, record_many
from alongside.core.actor import Actor
from alongside.core.refusal import STALE, Refused, ensure


def write_public_page(
    words: PublicWords, *, slug: str, found: bool, seen: int, by: Actor, at: datetime
) -> PublicPage:
    """Keep these words as the newest, open to nobody yet. ``seen`` is the number the form knew of,
    0 for none. Saying the same again changes nothing. ``slug`` and ``found`` hold at once."""
    try:
        return _write(words, slug=slug, found=found, seen=seen, by=by, at=at)
    except IntegrityError as someone_was_faster:
        raise Refused(STALE) from someone_was_faster


@transaction.atomic
def _write(
    words: PublicWords, *, slug: str, found: bool, seen: int, by: Actor, at: datetime
) -> PublicPage:
    ensure(rules.why_not_write_page(words, by))
    standing = queries.public_address(slug)
    taken = standing is not None and standing.agency_id != by.agency_id
    ensure(rules.why_not_stand_at(slug, taken=taken))
    events = _stand_at(slug, found=found, by=by)
    newest = queries.public_pages(by).first()
    if newest is None or any(getattr(newest, k) != v for k, v in asdict(words).items()):
        if seen != (newest.number if newest else 0):
            raise Refused(STALE)
        newest = PublicPage.objects.create(
            agency_id=by.agency_id, number=seen + 1, set_at=at, set_by_id=by.id, **asdict(words)
        )
        events.append(Event("public-page.written", f"PublicPage/{newest.pk}"))
    record_many(events, by=by, at=at)
    return newest


def _stand_at(slug: str, *, found: bool, by: Actor) -> list[Event]:
    address = queries.address_of(by)
    if address is None:
        address = PublicAddress.objects.create(agency_id=by.agency_id, slug=slug, found=found)
    elif (address.slug, address.found) == (slug, found):
        return []
    else:
        PublicAddress.objects.filter(pk=address.pk).update(slug=slug, found=found)
    return [Event("public-page.address-chosen", f"PublicAddress/{address.pk}")]


@transaction.atomic
def publish_public_page(number: int, *, by: Actor, at: datetime) -> PublicAddress:
    """Open the newest words to anyone. ``number`` is what was looked at: words that came after are
    refused."""
    ensure(rules.why_not_keep_page(by))
    newest, address = queries.public_pages(by).first(), queries.address_of(by)
    if newest is None or address is None:
        raise Refused(rules.NOTHING_WRITTEN)
    if newest.number != number:
        raise Refused(STALE)
    if address.page_id == newest.pk:
        return address
    won = PublicAddress.objects.filter(pk=address.pk, page_id=address.page_id).update(page=newest)
    if not won:
        raise Refused(STALE)
    record(by=by, at=at, verb="public-page.published", target=f"PublicPage/{newest.pk}")
    address.refresh_from_db()
    return address


@transaction.atomic
def take_public_page_back(*, by: Actor, at: datetime) -> None:
    """From the next request on the page is there for nobody."""
    ensure(rules.why_not_keep_page(by))
    address = queries.address_of(by)
    if address is None or not PublicAddress.objects.filter(pk=address.pk).exclude(page=None).update(
        page=None
    ):
        raise Refused(rules.NOT_OPEN)
    record(by=by, at=at, verb="public-page.taken-back", target=f"PublicPage/{address.page_id}")
