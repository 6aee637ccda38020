"""The sign-in library tells us what happened; the audit log keeps it."""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from django.contrib.auth import signals as auth
from django.dispatch import Signal
from django.utils import timezone

from alongside import tenancy
from alongside.accounts import actions, queries

VERBS: dict[Signal, str] = {
    account.user_logged_in: "user.signed-in",
    auth.user_logged_out: "user.signed-out",
    account.password_changed: "user.password-changed",
    account.password_reset: "user.password-reset",
    mfa.authenticator_added: "user.second-factor-added",
    mfa.authenticator_removed: "user.second-factor-removed",
    mfa.authenticator_reset: "user.second-factor-renewed",
}


def listen() -> None:
    for signal in VERBS:
        signal.connect(_keep, dispatch_uid="alongside.sign_ins")


def _keep(sender: object, signal: Signal, **told: Any) -> None:
    keep(told.get("user"), verb=VERBS[signal], how=_how(told))


def keep(user: Any, *, verb: str, how: str = "") -> None:
    """One event for this user; nothing for someone without an agency or shut out meanwhile."""
    if user is None:
        return
    with tenancy.working_for(user.agency_id):
        actor = queries.actor_for(user)
        if actor is not None:
            actions.sign_in_happened(verb=verb, by=actor, at=timezone.now(), how=how)


def _how(told: dict[str, Any]) -> str:
    authenticator = told.get("authenticator")
    return str(authenticator.type) if authenticator is not None else ""
