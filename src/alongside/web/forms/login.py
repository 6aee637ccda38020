"""Signing in by an address or a user name, each tried once; whether others use the phone too."""

from typing import Any

from allauth.account.forms import LoginForm as LibraryForm
from allauth.account.internal import flows
from django import forms
from django.utils.translation import gettext_lazy as _


class LoginForm(LibraryForm):  # type: ignore[misc]
    shared = forms.BooleanField(
        label=_("Others use this phone too"),
        help_text=_("We sign you out sooner, and keep nothing on the phone."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login = self.fields["login"]
        login.label = _("E-mail or user name")
        login.widget.attrs = {"autocomplete": "username", "autocapitalize": "none"}
        self.order_fields(["login", "password", "shared"])

    def user_credentials(self) -> dict[str, str]:
        """What was typed is an address or a name, never tried as both: that would take longer
        where it is known, and so tell that it is."""
        login = self.cleaned_data["login"]
        method = flows.login.derive_login_method(login)
        return {str(method.value): login, "password": self.cleaned_data.get("password", "")}

    def login(self, request: Any, redirect_url: str | None = None) -> Any:
        answer = super().login(request, redirect_url)
        if self.cleaned_data["shared"] and request.user.is_authenticated:
            request.session["shared"] = True
        return answer
