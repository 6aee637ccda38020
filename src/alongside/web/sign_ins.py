"""The sign-in library tells us what happened; the audit log keeps it."""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from django.contrib.auth import signals as auth
from django.dispatch import Signal
from django.utils import timezone

from alongside import tenancy
from alongside.accounts import actions, devices, queries

VERBS: dict[Signal, str] = {
    account.user_logged_in: "user.signed-in",
    auth.user_logged_out: "user.signed-out",
    account.password_changed: "user.password-changed",
    account.password_reset: "user.password-reset",
    mfa.authenticator_added: "user.second-factor-added",
    mfa.authenticator_removed: "user.second-factor-removed",
    mfa.authenticator_reset: "user.second-factor-renewed",
}

# Someone tried, and did not get in. Who tries an address that is nobody's leaves no event: there is
# no agency to keep it. The limits on guessing keep these few.
REFUSED: dict[Signal, str] = {
    auth.user_login_failed: "password",
    mfa.authentication_failed: "",
    account.login_code_rejected: "code",
}


def listen() -> None:
    account.authentication_step_completed.connect(_shown, dispatch_uid="alongside.sign_ins")
    for signal in VERBS:
        signal.connect(_keep, dispatch_uid="alongside.sign_ins")
    for signal in REFUSED:
        signal.connect(_refused, dispatch_uid="alongside.sign_ins")


def _shown(sender: object, request: Any, **told: Any) -> None:
    if told.get("reauthenticated"):
        devices.new_key(request)


def _keep(sender: object, signal: Signal, **told: Any) -> None:
    keep(told.get("user"), verb=VERBS[signal], how=_how(told))


def _refused(sender: object, signal: Signal, **told: Any) -> None:
    tried = told.get("credentials") or {}
    said = str(tried.get("email") or tried.get("username", ""))
    user = told.get("user") or queries.user_at_the_door(said)
    keep(user, verb="user.sign-in-refused", how=REFUSED[signal] or _how(told))


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
