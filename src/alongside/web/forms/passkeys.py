"""The sign-in library's passkey forms. What no passkey sends is a wrong code, not an error."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as library
from django import forms
from django.core.exceptions import ValidationError

from alongside.web.adapters import portal_home

NOT_ONE = (KeyError, TypeError, ValueError, AttributeError)


class CredentialField(forms.JSONField):
    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        try:
            return super().bound_data(data, initial)
        except ValueError:
            return forms.fields.InvalidJSONInput(data)


class _Authenticates(library.AuthenticateWebAuthnForm):  # type: ignore[misc]
    credential = CredentialField(widget=forms.HiddenInput)

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()
        except NOT_ONE as error:
            raise get_adapter().validation_error("incorrect_code") from error


class AuthenticateForm(_Authenticates):
    pass


class LoginForm(_Authenticates, library.LoginWebAuthnForm):  # type: ignore[misc]
    pass


class ReauthenticateForm(_Authenticates, library.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class AddForm(library.AddWebAuthnForm):  # type: ignore[misc]
    credential = CredentialField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A participant chose it instead of a password.
        self.fields["passwordless"].initial = portal_home(self.user) == "portal:mine"

    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean()
        except NOT_ONE as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return cleaned
