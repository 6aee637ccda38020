"""A colleague is invited, and comes in."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside import tenancy
from alongside.accounts import queries, rules
from alongside.accounts.actions.letters import put_letters_away
from alongside.accounts.codes import Role
from alongside.accounts.models import Invitation, RoleGrant, User
from alongside.audit.actions import Event, record, record_many
from alongside.core.actor import Actor
from alongside.core.refusal import STALE, Refused, ensure


@dataclass(frozen=True)
class NewColleague:
    """Whom to invite. ``supporter_id``: the row of the staff sheet that is this person."""

    name: str
    email: str
    roles: Collection[Role]
    supervisor_id: UUID | None = None
    supporter_id: UUID | None = None


@transaction.atomic
def invite_colleague(new: NewColleague, *, by: Actor, at: datetime) -> tuple[Invitation, str]:
    """An open invitation, and the secret of its link, which is kept nowhere."""
    email = new.email.strip().lower()
    ensure(
        rules.why_not_invite(
            new.roles,
            address_taken=queries.address_is_taken(email),
            invited=queries.address_is_invited(email),
        )
    )
    invitation = Invitation(
        agency_id=by.agency_id,
        email=email,
        name=new.name.strip(),
        roles=sorted(role.value for role in new.roles),
        supporter_id=new.supporter_id,
        invited_by_id=by.id,
        invited_at=at,
        expires_at=at + rules.INVITATION_LIFE,
    )
    if new.supervisor_id is not None:
        supervisor = queries.colleague_facts(by, user_id=new.supervisor_id)
        ensure(rules.why_not_supervise(invitation.id, supervisor, queries.supervisors(by)))
        invitation.supervisor_id = new.supervisor_id
    secret, invitation.link_hash = _link()
    invitation.save(force_insert=True)
    record(
        by=by,
        at=at,
        verb="colleague.invited",
        target=f"Invitation/{invitation.id}",
        detail={"roles": invitation.roles},
    )
    return invitation, secret


@transaction.atomic
def send_again(invitation_id: UUID, *, by: Actor, at: datetime) -> tuple[Invitation, str]:
    """A new link for seven more days; the one before works no more."""
    invitation = queries.invitations_visible_to(by).get(pk=invitation_id)
    ensure(rules.why_not_send_again(invitation.facts()))
    secret, link_hash = _link()
    won = Invitation.objects.filter(
        pk=invitation_id, link_hash=invitation.link_hash, accepted_at=None, taken_back_at=None
    ).update(link_hash=link_hash, expires_at=at + rules.INVITATION_LIFE)
    if not won:
        raise Refused(STALE)
    put_letters_away(invitation_id, by=by)
    record(by=by, at=at, verb="invitation.sent-again", target=f"Invitation/{invitation_id}")
    invitation.refresh_from_db()
    return invitation, secret


@transaction.atomic
def take_back(invitation_id: UUID, *, by: Actor, at: datetime) -> None:
    invitation = queries.invitations_visible_to(by).get(pk=invitation_id)
    ensure(rules.why_not_send_again(invitation.facts()))
    won = Invitation.objects.filter(pk=invitation_id, accepted_at=None, taken_back_at=None).update(
        taken_back_at=at
    )
    if not won:
        raise Refused(STALE)
    put_letters_away(invitation_id, by=by)
    record(by=by, at=at, verb="invitation.taken-back", target=f"Invitation/{invitation_id}")


@transaction.atomic
def accept_invitation(secret: str, *, name: str, password: str, at: datetime) -> User:
    """The invited person becomes a user with the roles the invitation names."""
    invitation = queries.invitation_by_secret(secret)
    if invitation is None:
        raise Refused(rules.LINK_IS_OVER)
    ensure(rules.why_not_accept(invitation.facts(), at))
    if queries.address_is_taken(invitation.email):
        raise Refused(rules.LINK_IS_OVER)
    with tenancy.working_for(invitation.agency_id):
        return _let_in(invitation, name=name, password=password, at=at)


def _let_in(invitation: Invitation, *, name: str, password: str, at: datetime) -> User:
    user = User.objects.create_user(
        invitation.email,
        password,
        agency_id=invitation.agency_id,
        name=name.strip(),
        supervisor_id=invitation.supervisor_id,
    )
    RoleGrant.objects.bulk_create(
        RoleGrant(agency_id=invitation.agency_id, user=user, role=Role(role).value)
        for role in invitation.roles
    )
    won = Invitation.objects.filter(
        pk=invitation.pk, link_hash=invitation.link_hash, accepted_at=None, taken_back_at=None
    ).update(accepted_at=at, user=user)
    if not won:
        raise Refused(rules.LINK_IS_OVER)
    record_many(
        [
            Event("invitation.accepted", f"Invitation/{invitation.id}"),
            Event("user.joined", f"User/{user.id}", {"roles": invitation.roles}),
        ],
        by=Actor(id=user.id, agency_id=invitation.agency_id),
        at=at,
    )
    return user


def _link() -> tuple[str, str]:
    secret = secrets.token_urlsafe(32)
    return secret, queries.link_hash(secret)
