"""Asking for support by oneself: a short form, of which only a name and a way back are needed."""

from typing import Any

from django import forms
from django.utils.translation import get_language, get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from alongside.practice import catalog
from alongside.practice.codes import Pathway
from alongside.referrals.rules.asking import NO_WAY, AskedWords

QUIET = {"autocomplete": "off"}
LONGEST_WISH = 2000
ENGLISH = "en"
# What a message may say, and how the desk reads it.
MESSAGES = {
    "call-back": (_("Only: please call back"), "Messages: only “please call back”."),
    "agency": (_("You may say the name of the agency"), "Messages may name the agency."),
    "none": (_("Please leave no message"), "Leave no message."),
}


class AskForm(forms.Form):
    waits_apart = False
    called = forms.CharField(
        label=_("What can we call you?"),
        max_length=200,
        help_text=_("Any name is fine."),
        widget=forms.TextInput(QUIET),
    )
    phone = forms.CharField(
        label=_("Your phone number"),
        max_length=60,
        required=False,
        widget=forms.TextInput({"inputmode": "tel", **QUIET}),
    )
    reach_by = forms.CharField(
        label=_("Or another way to reach you"),
        max_length=200,
        required=False,
        help_text=_("An e-mail, a place, or someone you trust."),
        widget=forms.TextInput(QUIET),
    )
    may_say = forms.ChoiceField(
        label=_("What may a message say?"),
        widget=forms.RadioSelect,
        choices=[(code, words) for code, (words, _desk) in MESSAGES.items()],
        initial="call-back",
    )
    county = forms.CharField(
        label=_("Your county"), max_length=60, required=False, widget=forms.TextInput(QUIET)
    )
    language = forms.CharField(
        label=_("The language you like to speak"),
        max_length=60,
        required=False,
        widget=forms.TextInput(QUIET),
    )
    way = forms.ChoiceField(
        label=_("Is one of these part of your life now?"),
        required=False,
        widget=forms.RadioSelect,
        help_text=_("You do not have to say."),
    )
    wish = forms.CharField(
        label=_("What would you like?"),
        max_length=LONGEST_WISH,
        required=False,
        help_text=_("In your own words."),
        widget=forms.Textarea({"rows": 3}),
    )
    made_id = forms.UUIDField(widget=forms.HiddenInput)
    # No person sees this field, and whatever fills in forms by itself does.
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput({**QUIET, "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, counties: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counties = counties
        ways = [(door.code, gettext(door.name)) for door in doors()]
        self.fields["way"].choices = [*ways, ("", _("None of these"))]  # type: ignore[attr-defined]
        if counties:
            self.fields["county"].widget.attrs["list"] = "counties"
        if get_language() != ENGLISH:
            here = get_language_info(get_language())["name_local"]
            self.fields["language"].initial = here.capitalize()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        unreachable = not said.get("phone") and not said.get("reach_by")
        if unreachable and not {"phone", "reach_by"} & set(self.errors):
            self.add_error("phone", gettext(NO_WAY.sentence))
        if said.get("website"):
            # Said kindly: a person's browser may have filled it in, and their words are kept.
            self.add_error("website", _("Please leave this field empty, then send it again."))
        return said

    @property
    def is_filled_by_itself(self) -> bool:
        return "website" in self.errors

    def words(self) -> AskedWords:
        said = self.cleaned_data
        return AskedWords(
            called=said["called"],
            phone=said["phone"],
            reach_by=said["reach_by"],
            phone_note=MESSAGES[said["may_say"]][1],
            county=said["county"],
            language=said["language"],
            wish=said["wish"],
            pathway=Pathway(said["way"]) if said["way"] else Pathway.SELF_REFERRAL,
        )


def doors() -> list[catalog.Term]:
    """Ways that need a professional, and whom to ask (PSP-5)."""
    return [door for door in catalog.pathways() if door.ask]
