from django import forms
from django.utils.translation import gettext_lazy as _

LINES = {"rows": 4}


class SignForm(forms.Form):
    """``read`` is the digest of the text on the page: only that is signed."""

    name = forms.CharField(
        label=_("My name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("Your name is your signature. You do not have to sign."),
        error_messages={"required": _("Write your name to sign. You do not have to.")},
    )
    read = forms.CharField(widget=forms.HiddenInput)


class OtherwiseForm(forms.Form):
    words = forms.CharField(
        label=_("What should be different?"),
        required=False,
        widget=forms.Textarea(attrs=LINES),
        help_text=_("You can leave this empty."),
    )
    version_id = forms.UUIDField(widget=forms.HiddenInput)


class ReadyForm(forms.Form):
    what_changed = forms.CharField(
        label=_("What changed for you, and why?"),
        required=False,
        widget=forms.Textarea(attrs=LINES),
        help_text=_("Small things count. Nothing changed is fine too."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
