"""What the agency says of itself to anyone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.accounts.rules.public_page import LONGEST, PublicWords


def words(rows: int, **options: Any) -> forms.CharField:
    return forms.CharField(
        max_length=LONGEST, widget=forms.Textarea({"rows": rows}), **{"required": False, **options}
    )


class PublicPageForm(forms.Form):
    """``seen`` is the number of the words that the form began with, 0 for none."""

    slug = forms.CharField(
        label=_("Address of the page"),
        max_length=60,
        help_text=_("Small letters and digits, with hyphens. It stands behind /about/."),
    )
    peer_run = words(
        4,
        label=_("We are run by peers"),
        required=True,
        help_text=_("In your own words: who runs this agency, and what you have lived through."),
    )
    welcome = words(4, label=_("Welcome"))
    what_we_do = words(5, label=_("What you do"), help_text=_("Below what peer support is."))
    asks = forms.BooleanField(
        label=_("People may ask for support on the page"), required=False, initial=True
    )
    found = forms.BooleanField(label=_("Search engines may list the page"), required=False)
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def words(self) -> PublicWords:
        said = self.cleaned_data
        return PublicWords(said["peer_run"], said["welcome"], said["what_we_do"], said["asks"])
