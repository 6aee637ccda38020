"""Coming in for the first time, and what one signs in with. Grade 6, nothing asked twice."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from alongside.people.rules.doors import LONGEST_NAME

PHONES = (("mine", _("Only I use it")), ("shared", _("Others use it too")))


class Newcomer:
    """Whom a new password must not be made of; read by the validators as they read a user."""

    def __init__(self, agency: Any, user_name: str, email: str) -> None:
        self.agency, self.username, self.email = agency, user_name, email


class NameForm(forms.Form):
    user_name = forms.CharField(
        label=_("A name to sign in with"),
        help_text=_("Make one up. It does not have to be your real name."),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(
            {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("Type a name to sign in with.")},
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("If you have one, we can help you back in by e-mail."),
        required=False,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )


class ComeInForm(NameForm):
    phone = forms.ChoiceField(
        label=_("Who uses this phone?"), choices=PHONES, widget=forms.RadioSelect
    )
    password = forms.CharField(
        label=_("A password"),
        help_text=_("At least 12 letters. Four words in a row work well."),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        error_messages={"required": _("Choose a password, or use a passkey.")},
    )

    def __init__(self, *args: Any, agency: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency = agency
        self.fields["password"].required = not self.by_passkey

    @property
    def by_passkey(self) -> bool:
        return self.data.get("way") == "passkey"

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if self.by_passkey:
            return {**said, "password": ""}
        if not said.get("password"):
            return said
        who: Any = Newcomer(self.agency, said.get("user_name", ""), said.get("email", ""))
        try:
            validate_password(said["password"], who)
        except forms.ValidationError as refused:
            self.add_error("password", refused)
        return said
