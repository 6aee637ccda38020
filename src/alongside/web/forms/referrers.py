"""A referrer gets a link: who they are, and the address it goes to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.referrals.actions.desk import NewReferrer
from alongside.web.forms.referrals import PHONE


class ReferrerForm(forms.Form):
    """``link_id`` is made with the page: five clicks give one link."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(
        label=_("Work e-mail"),
        help_text=_("The link goes there. The letter says only that there is one."),
    )
    role = forms.CharField(
        label=_("Their job"),
        max_length=100,
        required=False,
        help_text=_("For example: county social worker, CCS service facilitator."),
    )
    organization = forms.CharField(label=_("Where from"), max_length=200, required=False)
    phone = forms.CharField(label=_("Work phone"), max_length=60, required=False, widget=PHONE)
    link_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def new_referrer(self) -> NewReferrer:
        kept = ("name", "role", "organization", "email", "phone")
        return NewReferrer(**{key: self.cleaned_data[key] for key in kept})


def as_known(referrer: Any) -> dict[str, str]:
    """What the form starts with for someone the desk knows."""
    kept = ("name", "role", "organization", "email", "phone")
    return {name: getattr(referrer, name) for name in kept}
