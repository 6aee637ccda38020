from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.outcomes.rules.rhythm import LONGEST, SHORTEST


class LoadForm(forms.Form):
    """A Questionnaire as a file or as text, and why the agency may use it."""

    file = forms.FileField(
        label=_("The file"),
        required=False,
        help_text=_("A FHIR R4 Questionnaire: a text file with the ending .json."),
    )
    text = forms.CharField(
        label=_("Or its text"), required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    may_use = forms.CharField(
        label=_("Why your agency may use it"),
        help_text=_("A license, a letter, or that it is public. Say where the paper is."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        error_messages={
            "required": _("Say why your agency may use it: a license, a letter, or public.")
        },
    )
    instrument_id = forms.UUIDField(widget=forms.HiddenInput)
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=9999)


class RhythmForm(forms.Form):
    rhythm_id = forms.UUIDField(widget=forms.HiddenInput)
    instrument = forms.ChoiceField(label=_("Which one"))
    contract = forms.ChoiceField(label=_("For whom"), required=False)
    every_days = forms.IntegerField(
        label=_("Every how many days"),
        required=False,
        min_value=SHORTEST,
        max_value=LONGEST,
        help_text=_("Leave it empty to offer it no more."),
        error_messages={
            "min_value": _("Choose at least %(limit_value)s days, so that it stays an offer."),
            "max_value": _("Choose at most %(limit_value)s days."),
            "invalid": _("Write a whole number of days, like 90."),
        },
    )
    starts_on = forms.DateField(
        label=_("From which day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, instruments: Any, contracts: Any, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["instrument"].choices = instruments  # type: ignore[attr-defined]
        everyone = [("", _("Everybody")), *contracts]
        self.fields["contract"].choices = everyone  # type: ignore[attr-defined]
