"""A participant comes in by themselves: a link, the account, its end. Their wish, never a duty."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
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
from alongside.people.codes import AskedHow, LinkWay, Way
from alongside.people.models import OwnLink, Participant
from alongside.people.queries import doors as queries
from alongside.people.queries import own_record, participants_visible_to
from alongside.people.rules import doors as rules
from alongside.tenancy.hidden import free_id


@dataclass(frozen=True)
class NewOwnLink:
    """``asked``: how the person said that they want it. ``email`` only where it is mailed."""

    way: LinkWay
    asked: AskedHow | None
    email: str = ""


@dataclass(frozen=True)
class SignIn:
    """What someone signs in with. Without a password a passkey is added in the next step."""

    user_name: str
    email: str = ""
    password: str = field(default="", repr=False)
    shared_phone: bool = False


@transaction.atomic
def give_own_link(
    participant_id: UUID, new: NewOwnLink, *, link_id: UUID, by: Actor, at: datetime
) -> tuple[OwnLink, str]:
    """A link and its secret, which is kept nowhere. An open one works no more. ``link_id`` is made
    by the form: a second click is ``Refused`` and leaves the first as it is."""
    person = participants_visible_to(by).select_related("user").get(pk=participant_id)
    ensure(rules.why_not_keep_door(by))
    links = queries.own_links(by, participant_id=participant_id)
    if links.filter(pk=link_id).exists():
        raise Refused(rules.GIVEN_ALREADY)
    email = new.email.strip().lower()
    wish = queries.contact_wish(by, participant_id=participant_id)
    ensure(
        rules.why_not_give_own_link(
            way=new.way,
            email=email,
            asked=new.asked is not None,
            closed=person.user is not None and not person.user.is_active,
            no_mail=wish is not None and wish.reaching().refuses(Way.EMAIL),
            taken=_of_someone_else(email, person.user),
        )
    )
    _end_open_links(person, by=by, at=at)
    secret = secrets.token_urlsafe(32)
    link = OwnLink.objects.create(
        pk=free_id(OwnLink, link_id),
        agency_id=by.agency_id,
        participant=person,
        way=new.way.value,
        email=email if new.way is LinkWay.MAIL else "",
        asked=new.asked.value if new.asked else "",
        link_hash=link_hash(secret),
        made_by_id=by.id,
        made_at=at,
        expires_at=at + rules.LINK_LIFE[new.way],
    )
    told = {"way": new.way.value, "asked": link.asked}
    target = f"Participant/{participant_id}"
    record(by=by, at=at, verb="own-link.given", target=target, detail=told)
    return link, secret


@transaction.atomic
def take_back_own_link(participant_id: UUID, link_id: UUID, *, by: Actor, at: datetime) -> None:
    link = queries.own_links(by, participant_id=participant_id).get(pk=link_id)
    ensure(rules.why_not_keep_door(by))
    ensure(rules.why_not_take_back_own_link(link.facts()))
    won = OwnLink.objects.filter(pk=link_id, used_at=None, taken_back_at=None)
    if not won.update(taken_back_at=at):
        raise Refused(STALE)
    put_letters_away(link_id, by=by)
    record(by=by, at=at, verb="own-link.taken-back", target=f"Participant/{participant_id}")


@transaction.atomic
def come_in_by_own_link(secret: str, new: SignIn, *, at: datetime) -> User:
    """Whoever holds the link comes in, once: an account at first, the same account later. With a
    later link every key of before goes: the way in was lost, and may be in other hands."""
    link = queries.own_link_by_secret(secret)
    if link is None:
        raise Refused(rules.OWN_LINK_IS_OVER)
    ensure(rules.why_not_come_in(link.facts(), at))
    with tenancy.working_for(link.agency_id):
        return _let_in(link, new, at=at)


def _let_in(link: OwnLink, new: SignIn, *, at: datetime) -> User:
    person = Participant.objects.select_related("user").get(pk=link.participant_id)
    user_name, email = rules.tidy_name(new.user_name), new.email.strip().lower()
    known = person.user
    taken = queries.name_is_taken(user_name, but=known.pk if known else None)
    ensure(rules.why_not_user_name(user_name, taken=taken))
    if _of_someone_else(email, known):
        raise Refused(rules.ADDRESS_NOT_FREE)
    # Claim by condition: of two who open one link, one comes in.
    open_now = OwnLink.objects.filter(
        pk=link.pk, used_at=None, taken_back_at=None, expires_at__gt=at
    )
    gone = person.voided_at or person.same_as_id or (known and not known.is_active)
    if gone or not open_now.update(used_at=at):
        raise Refused(rules.OWN_LINK_IS_OVER)
    put_letters_away(link.pk, by=Actor(id=link.made_by_id, agency_id=link.agency_id))
    more: dict[str, Any] = {"user_name": user_name, "email": email, "name": person.name}
    more |= {"password": new.password, "shared_phone": new.shared_phone}
    events = [Event("own-link.used", f"Participant/{person.pk}")]
    if known is None:
        user = outside.open_sign_in(link.agency_id, role=Role.PARTICIPANT, **more)
        Participant.objects.filter(pk=person.pk, user=None).update(user=user)
        roles = {"roles": [Role.PARTICIPANT.value]}
        events.append(Event("user.joined", f"User/{user.pk}", roles))
    else:
        user = outside.renew_sign_in(known.pk, **more)
    record_many(events, by=Actor(id=user.pk, agency_id=link.agency_id), at=at)
    return user


@transaction.atomic
def close_own_sign_in(participant_id: UUID, *, wish: bool, by: Actor, at: datetime) -> None:
    """Every session ends, now, and none begins. ``wish``: the person asked for it."""
    person = participants_visible_to(by).get(pk=participant_id)
    ensure(rules.why_not_keep_door(by))
    _close(person, why="their-wish" if wish else "agency", by=by, at=at)


@transaction.atomic
def close_my_sign_in(*, by: Actor, at: datetime) -> None:
    """A participant wants no page of their own any more. The record stays as it is."""
    _close(own_record(by), why="own", by=by, at=at)


@transaction.atomic
def open_own_sign_in(participant_id: UUID, *, by: Actor, at: datetime) -> None:
    """They may sign in again. Sessions from before stay ended."""
    person = participants_visible_to(by).get(pk=participant_id)
    ensure(rules.why_not_keep_door(by))
    if person.user is None or person.user.is_active:
        raise Refused(STALE)
    outside.let_in_again(person.user.pk)
    record(by=by, at=at, verb="own-sign-in.opened", target=f"Participant/{participant_id}")


@transaction.atomic
def change_my_sign_in(*, user_name: str, email: str, by: Actor, at: datetime) -> None:
    """What a participant signs in with. The address may be left out."""
    person = own_record(by)
    user_name, email = rules.tidy_name(user_name), email.strip().lower()
    taken = queries.name_is_taken(user_name, but=by.id)
    ensure(rules.why_not_user_name(user_name, taken=taken))
    if _of_someone_else(email, User.objects.get(pk=by.id)):
        raise Refused(rules.ADDRESS_NOT_FREE)
    outside.change_sign_in(by.id, user_name=user_name, email=email or None)
    record(by=by, at=at, verb="own-sign-in.changed", target=f"Participant/{person.pk}")


@transaction.atomic
def share_my_phone(shared: bool, *, by: Actor, at: datetime) -> None:
    """Whether others use the phone too. Holds for this session and those to come."""
    outside.change_sign_in(by.id, shared_phone=shared)
    detail = {"shared": shared}
    record(by=by, at=at, verb="own-sign-in.phone-said", target=f"User/{by.id}", detail=detail)


def forget_accounts(
    by: Actor, *, made: Collection[UUID], people: Collection[UUID]
) -> dict[str, int]:
    """Records are disposed of: nothing in their accounts says any more whose they were."""
    theirs = Participant.objects.filter(pk__in=people, agency_id=by.agency_id)
    accounts = [pk for pk in theirs.values_list("user_id", flat=True) if pk is not None]
    for pk in accounts:
        outside.empty_sign_in(pk)
    return {}


def _close(person: Participant, *, why: str, by: Actor, at: datetime) -> None:
    _end_open_links(person, by=by, at=at)
    if person.user_id is None:
        raise Refused(STALE)
    outside.close_sign_in(person.user_id)
    target, detail = f"Participant/{person.pk}", {"why": why}
    record(by=by, at=at, verb="own-sign-in.closed", target=target, detail=detail)


def _end_open_links(person: Participant, *, by: Actor, at: datetime) -> None:
    """A link that was given before works no more, and a letter with it is not sent any more."""
    before = OwnLink.objects.filter(participant=person, used_at=None, taken_back_at=None)
    for link in before:
        put_letters_away(link.pk, by=by)
    before.update(taken_back_at=at)


def _of_someone_else(email: str, known: User | None) -> bool:
    if not email or (known is not None and known.email == email):
        return False
    return address_is_taken(email) or address_is_invited(email)
