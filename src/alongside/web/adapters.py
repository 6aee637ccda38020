"""How the sign-in library asks us, and what it says in our words."""

import logging
import re
import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside import tenancy
from alongside.accounts import devices, queries
from alongside.accounts.codes import Permission
from alongside.accounts.networks import client_ip
from alongside.accounts.second_factors import open_secret, seal_secret
from alongside.people.codes import Way
from alongside.people.queries.doors import reaching_of_account
from alongside.web import limits
from alongside.web.access import NEEDS_FACTOR

log = logging.getLogger(__name__)
WAYS = {
    "reauthenticate": _("With your password"),
    "mfa_reauthenticate": _("With a code"),
    "mfa_reauthenticate:webauthn": _("With a passkey"),
}
REAL_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: an administrator invites."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This sign-in is closed. Ask your administrator."),
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "username_password_mismatch": _("The name or the password is not right."),
        "enter_current_password": _("Type your password as it is now."),
        "incorrect_password": _("This password is not right."),
        "too_many_login_attempts": _(
            "That was wrong too often. Wait five minutes, then try again."
        ),
        "incorrect_code": _("This code is not right. Look at the letter once more."),
        "rate_limited": _("That was too fast. Wait a minute, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Each role has a home: those who come in from outside have theirs in the portal."""
        home = portal_home(request.user)
        if home:
            return reverse(home)
        return str(super().get_login_redirect_url(request))

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """At the door nothing is written: whoever holds the mailed link is known by it."""
        with tenancy.working_for(user.agency_id):  # type: ignore[attr-defined]
            super().set_password(user, password)

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        tenancy.work_for(user.agency_id)  # type: ignore[attr-defined]  # known from here on
        super().login(request, user)
        request.session["shared"] = user.shared_phone  # type: ignore[attr-defined]
        devices.note(request)
        home = portal_home(user)
        # A participant's second step is theirs to choose; a code by e-mail is one by itself.
        if not home or (home == "portal:home" and _typed_password(request, user)):
            ask_for_second_factor(request, user)

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_ip(request)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Of one account from one network: whoever guesses elsewhere locks nobody out here."""
        account = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{account}:{client_ip(request)}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """And of one account from all networks together, far above what a person mistypes."""
        super().pre_authenticate(request, **credentials)
        account = str(credentials.get("email") or credentials.get("username", "")).lower()
        self._anywhere = limits.take(request, "sign-in", key=account)
        if not self._anywhere:
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        super()._rollback_login_failed_rl_usage()
        if self._anywhere:
            self._anywhere.rollback()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nobody who said "no e-mail" gets one. A dead mail server stops no page: it says what it
        always says, whoever asked, and the letter can be asked for again. Only the kind is in the
        log, never to whom."""
        user = context.get("user") or queries.user_at_the_door(email)
        wish = reaching_of_account(user) if user is not None else None
        if wish is not None and wish.refuses(Way.EMAIL):
            return
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:
            log.warning("A letter for a sign-in did not go out: %s.", type(error).__name__)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The library's ways, in our words."""
        return [
            {**way, "description": WAYS.get(way["id"], way["description"])}
            for way in super().get_reauthentication_methods(user)
        ]

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Whoever typed the password a moment ago need not again, for the first factor."""
        if self.request.session.get(NEEDS_FACTOR):
            typed = get_authentication_records(self.request, self.request.user)
            if typed and time.time() - typed[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT:
                return False
        return bool(super().is_reauthentication_required(app=app, **more))


class MFAAdapter(DefaultMFAAdapter):
    """Second factors: their secrets are kept under the installation's key."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _(
            "This is your only second step. Add another one first, then remove this one."
        ),
        "incorrect_code": _(
            "This code is not right, or it was used already. Wait for the next one."
        ),
    }

    def encrypt(self, text: str) -> str:
        return seal_secret(text)

    def decrypt(self, encrypted_text: str) -> str:
        return open_secret(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        if settings.DEMO or authenticator.type not in REAL_FACTORS:
            return True
        user = authenticator.user
        if portal_home(user) == "portal:mine" and (user.email or user.has_usable_password()):
            return True  # their second step is theirs to take away again
        others = Authenticator.objects.filter(user=authenticator.user, type__in=REAL_FACTORS)
        return bool(others.exclude(pk=authenticator.pk).exists())

    def generate_authenticator_name(
        self,
        user: AbstractBaseUser,
        type: Authenticator.Type,
    ) -> str:
        """What a new passkey is called until its owner finds a better name."""
        return gettext("My device")

    def build_totp_svg(self, url: str) -> str:
        """Black on white, in a dark page too."""
        picture = str(super().build_totp_svg(url))
        return re.sub(r"(<svg[^>]*>)", r'\1<rect width="100%" height="100%" fill="#fff"/>', picture)


def ask_for_second_factor(request: HttpRequest, user: AbstractBaseUser) -> None:
    """A password alone opens one page: the one where a second factor is set up."""
    if not settings.DEMO and not is_mfa_enabled(user, REAL_FACTORS):
        request.session[NEEDS_FACTOR] = True


def is_outside(user: object) -> bool:
    """Whether someone comes in from outside: their pages are the portal's."""
    return bool(portal_home(user))


def portal_home(user: object) -> str:
    """The first page of someone who comes in from outside; nothing for a colleague."""
    if not isinstance(user, get_user_model()):
        return ""
    with tenancy.working_for(user.agency_id):
        actor = queries.actor_for(user)
    if actor is None or actor.is_staff:
        return ""
    return "portal:mine" if actor.may(Permission.OWN_READ) else "portal:home"


def _typed_password(request: HttpRequest, user: AbstractBaseUser) -> bool:
    return any(step["method"] == "password" for step in get_authentication_records(request, user))
