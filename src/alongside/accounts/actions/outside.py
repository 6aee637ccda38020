"""People who come in from outside: their sign-in opens, closes and opens again.

Called by the actions of whoever lets them in; these ask the rule and record the event.
"""

from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db.models import F

from alongside.accounts.codes import Role
from alongside.accounts.models import RoleGrant, User
from alongside.core.refusal import STALE, Refused


def open_sign_in(agency_id: UUID, *, email: str, name: str, role: Role) -> User:
    """A sign-in without a password: they come back by a code, or by a passkey they add."""
    user = User.objects.create_user(email, None, agency_id=agency_id, name=name.strip())
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
