"""A referrer gets a link, comes in by it, and may be shut out and let in again."""

import secrets
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside import tenancy
from alongside.accounts.actions import outside
from alongside.accounts.actions.letters import put_letters_away
from alongside.accounts.codes import Role
from alongside.accounts.models import User
from alongside.accounts.queries import address_is_invited, address_is_taken, link_hash
from alongside.audit.actions import Event, record, record_many
from alongside.core.actor import Actor
from alongside.core.refusal import STALE, Refused, ensure
from alongside.referrals.actions.desk import NewReferrer
from alongside.referrals.models import Referrer, ReferrerLink
from alongside.referrals.queries import referrers as queries
from alongside.referrals.queries.desk import referrers_visible_to
from alongside.referrals.rules import links as rules
from alongside.tenancy.hidden import free_id


@transaction.atomic
def give_link(
    who: NewReferrer,
    *,
    referrer_id: UUID | None = None,
    link_id: UUID | None = None,
    by: Actor,
    at: datetime,
) -> tuple[ReferrerLink, str]:
    """A link for a referrer, and its secret, which is kept nowhere. An open one works no more.

    Without ``referrer_id`` it is for whom the desk knows by that address, or for someone new.
    ``link_id`` is made by the form: a second click is ``Refused`` and leaves the first as it is.
    """
    ensure(rules.why_not_keep_referrers(by))
    if link_id is not None and queries.links_visible_to(by).filter(pk=link_id).exists():
        raise Refused(rules.GIVEN_ALREADY)
    fields = {key: " ".join(value.split()) for key, value in asdict(who).items()}
    fields["email"] = fields["email"].lower()
    referrer = _kept(referrer_id, fields, by=by)
    _end_open_links(referrer, by=by, at=at)
    secret = secrets.token_urlsafe(32)
    link = ReferrerLink.objects.create(
        id=free_id(ReferrerLink, link_id),
        agency_id=by.agency_id,
        referrer=referrer,
        email=fields["email"],
        link_hash=link_hash(secret),
        made_by_id=by.id,
        made_at=at,
        expires_at=at + rules.LINK_LIFE,
    )
    record(by=by, at=at, verb="referrer.link-given", target=f"Referrer/{referrer.pk}")
    return link, secret


def _known(referrer_id: UUID | None, email: str, *, by: Actor) -> Referrer | None:
    if referrer_id is not None:
        return referrers_visible_to(by).select_related("user").get(pk=referrer_id)
    return queries.referrer_with_address(by, email=email) if email else None


def _end_open_links(referrer: Referrer, *, by: Actor, at: datetime) -> None:
    """A link that was given before works no more, and a letter with it is not sent any more."""
    before = ReferrerLink.objects.filter(referrer=referrer, used_at=None, taken_back_at=None)
    for link in before:
        put_letters_away(link.pk, by=by)
    before.update(taken_back_at=at)


def _belongs_to_another(email: str, known: Referrer | None) -> bool:
    if known is not None and known.user is not None and known.user.email == email:
        return False
    return address_is_taken(email) or address_is_invited(email)


def _is_another(known: Referrer, fields: dict[str, str]) -> bool:
    moved = known.email.lower() not in ("", fields["email"])
    return moved and known.name.casefold().split() != fields["name"].casefold().split()


def _kept(referrer_id: UUID | None, fields: dict[str, str], *, by: Actor) -> Referrer:
    """Who it is for, as the desk says it now, if a link may go there."""
    known = _known(referrer_id, fields["email"], by=by)
    ensure(
        rules.why_not_give_link(
            name=fields["name"],
            email=fields["email"],
            of_someone_else=_belongs_to_another(fields["email"], known),
            closed=bool(known and known.user and not known.user.is_active),
            another=known is not None and _is_another(known, fields),
        )
    )
    if known is None:
        return Referrer.objects.create(agency_id=by.agency_id, **fields)
    Referrer.objects.filter(pk=known.pk).update(**fields)
    known.refresh_from_db()
    return known


@transaction.atomic
def take_back_link(link_id: UUID, *, by: Actor, at: datetime) -> None:
    ensure(rules.why_not_keep_referrers(by))
    link = queries.links_visible_to(by).get(pk=link_id)
    ensure(rules.why_not_take_back(link.facts()))
    won = ReferrerLink.objects.filter(pk=link_id, used_at=None, taken_back_at=None).update(
        taken_back_at=at
    )
    if not won:
        raise Refused(STALE)
    put_letters_away(link_id, by=by)
    record(by=by, at=at, verb="referrer.link-taken-back", target=f"Referrer/{link.referrer_id}")


@transaction.atomic
def come_in(secret: str, *, at: datetime) -> User:
    """Whoever holds the link comes in, once: an account at first, the same account later."""
    link = queries.link_by_secret(secret)
    if link is None:
        raise Refused(rules.LINK_IS_OVER)
    ensure(rules.why_not_use(link.facts(), at))
    with tenancy.working_for(link.agency_id):
        return _let_in(link, at=at)


def _let_in(link: ReferrerLink, *, at: datetime) -> User:
    # Claim by condition: of two who open one link, one comes in.
    won = ReferrerLink.objects.filter(
        pk=link.pk, used_at=None, taken_back_at=None, expires_at__gt=at
    ).update(used_at=at)
    referrer = Referrer.objects.select_related("user").get(pk=link.referrer_id)
    closed = referrer.user is not None and not referrer.user.is_active
    if not won or closed or referrer.voided_at or _belongs_to_another(link.email, referrer):
        raise Refused(rules.LINK_IS_OVER)
    events = [Event("referrer.came-in", f"Referrer/{referrer.pk}")]
    if referrer.user is None:
        user = outside.open_sign_in(
            link.agency_id, email=link.email, name=referrer.name, role=Role.REFERRER
        )
        Referrer.objects.filter(pk=referrer.pk, user=None).update(user=user)
        events.append(Event("user.joined", f"User/{user.pk}", {"roles": [Role.REFERRER.value]}))
    else:
        user = outside.move_sign_in(referrer.user.pk, email=link.email, name=referrer.name)
    record_many(events, by=Actor(id=user.pk, agency_id=link.agency_id), at=at)
    return user


@transaction.atomic
def close_access(referrer_id: UUID, *, by: Actor, at: datetime) -> None:
    """End every session of this referrer, now, and let none begin. What they sent stays."""
    ensure(rules.why_not_keep_referrers(by))
    referrer = referrers_visible_to(by).get(pk=referrer_id)
    if referrer.user_id is None:
        raise Refused(STALE)
    outside.close_sign_in(referrer.user_id)
    record(by=by, at=at, verb="referrer.shut-out", target=f"Referrer/{referrer_id}")


@transaction.atomic
def open_access(referrer_id: UUID, *, by: Actor, at: datetime) -> None:
    ensure(rules.why_not_keep_referrers(by))
    referrer = referrers_visible_to(by).get(pk=referrer_id)
    if referrer.user_id is None:
        raise Refused(STALE)
    outside.let_in_again(referrer.user_id)
    record(by=by, at=at, verb="referrer.let-in", target=f"Referrer/{referrer_id}")
