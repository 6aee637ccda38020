"""People who come in from outside: their sign-in opens, closes and opens again.

Called by the actions of whoever lets them in; these ask the rule and record the event.
"""

from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.db.models import F

from alongside.accounts.codes import Role
from alongside.accounts.models import RoleGrant, User
from alongside.core.refusal import STALE, Refused

LONGEST_NAME = 30


def open_sign_in(
    agency_id: UUID, *, email: str, name: str, role: Role, password: str | None = None, **more: Any
) -> User:
    """A sign-in, mostly without a password: they come back by a code, or by a passkey they add.
    ``more``: a user name, where there is no address."""
    user = User.objects.create_user(
        email, password or None, agency_id=agency_id, name=name.strip(), **more
    )
    RoleGrant.objects.create(agency_id=agency_id, user=user, role=role.value)
    return user


def move_sign_in(user_id: UUID, *, email: str, name: str) -> User:
    """The same person under another address or name. Where they were signed in ends, and with a
    new address every key of the old one: the way in was lost, and may be in other hands."""
    address = email.strip().lower()
    if User.objects.filter(pk=user_id).exclude(email=address).exists():
        Authenticator.objects.filter(user_id=user_id).delete()
        User.objects.filter(pk=user_id).update(password=make_password(None))
    User.objects.filter(pk=user_id).update(
        email=address, name=name.strip(), session_epoch=F("session_epoch") + 1
    )
    return User.objects.get(pk=user_id)


def renew_sign_in(
    user_id: UUID, *, email: str, name: str, password: str | None, **more: Any
) -> User:
    """The way in was lost and may be in other hands: every key of before goes, every session ends,
    and what is said now holds."""
    Authenticator.objects.filter(user_id=user_id).delete()
    User.objects.filter(pk=user_id).update(
        email=email.strip().lower() or None,
        name=name.strip(),
        password=make_password(password or None),
        session_epoch=F("session_epoch") + 1,
        **more,
    )
    return User.objects.get(pk=user_id)


def change_sign_in(user_id: UUID, **fields: Any) -> None:
    """What someone signs in with, or on what kind of phone. Sessions go on."""
    User.objects.filter(pk=user_id).update(**fields)


def empty_sign_in(user_id: UUID) -> None:
    """Nothing that says who it was stays; the row does, for what points to it."""
    UserSession.objects.filter(user_id=user_id).delete()
    Authenticator.objects.filter(user_id=user_id).delete()
    User.objects.filter(pk=user_id).update(
        email=None,
        user_name=user_id.hex[-LONGEST_NAME:],
        name="—",
        password=make_password(None),
        is_active=False,
        session_epoch=F("session_epoch") + 1,
    )


def close_sign_in(user_id: UUID) -> None:
    """Every session ends, now, and none begins."""
    won = User.objects.filter(pk=user_id, is_active=True).update(
        is_active=False, session_epoch=F("session_epoch") + 1
    )
    if not won:
        raise Refused(STALE)


def let_in_again(user_id: UUID) -> None:
    if not User.objects.filter(pk=user_id, is_active=False).update(is_active=True):
        raise Refused(STALE)
