"""What a participant corrects about themselves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.people.codes import IdentifierKind
from alongside.people.rules import MOST_VALUE

KINDS = {
    "home": IdentifierKind.HOME,
    "mailing": IdentifierKind.MAILING,
    "email": IdentifierKind.EMAIL,
}
LINES = {"rows": 3, "autocomplete": "off"}


class MeForm(forms.Form):
    name = forms.CharField(
        label=_("Your name, as you say it"),
        max_length=200,
        error_messages={"required": _("Write the name you go by.")},
    )
    pronouns = forms.CharField(label=_("Pronouns"), required=False, max_length=60)
    phone = forms.CharField(
        label=_("Phone number"),
        required=False,
        max_length=60,
        widget=forms.TextInput({"type": "tel"}),
    )
    language = forms.CharField(label=_("The language you like best"), required=False, max_length=60)
    revision = forms.IntegerField(widget=forms.HiddenInput)


class PlacesForm(forms.Form):
    """Three sealed texts. An empty one is taken out."""

    home = forms.CharField(
        label=_("Where you live"),
        help_text=_("Only if you want to tell."),
        required=False,
        max_length=MOST_VALUE,
        widget=forms.Textarea(LINES),
    )
    mailing = forms.CharField(
        label=_("Where a letter is safe to send"),
        required=False,
        max_length=MOST_VALUE,
        widget=forms.Textarea(LINES),
    )
    email = forms.EmailField(
        label=_("E-mail address that is safe to write to"),
        required=False,
        widget=forms.EmailInput({"autocomplete": "off"}),
    )

    def said(self) -> dict[IdentifierKind, str]:
        found: dict[str, Any] = self.cleaned_data
        return {kind: found[name] for name, kind in KINDS.items()}
