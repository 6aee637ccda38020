"""Whom to call in a hard moment, as the agency says it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.accounts.rules import (
    LONGEST_HOURS,
    LONGEST_NAME,
    LONGEST_NUMBER,
    LONGEST_WORDS,
    MOST_LINES,
    HelpLine,
)


class HelpLineForm(forms.Form):
    name = forms.CharField(label=_("Whom one reaches"), max_length=LONGEST_NAME, required=False)
    number = forms.CharField(
        label=_("Number"),
        max_length=LONGEST_NUMBER,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    hours = forms.CharField(label=_("When"), max_length=LONGEST_HOURS, required=False)
    words = forms.CharField(label=_("Good to know"), max_length=LONGEST_WORDS, required=False)
    for_all = forms.BooleanField(label=_("Participants see this line, too"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        something = any(value for name, value in said.items() if name != "for_all")
        if something and not said.get("name"):
            self.add_error("name", _("Say whom one reaches, or empty the row."))
        if something and not said.get("number"):
            self.add_error("number", _("Add the number, or empty the row."))
        return said


LineForms = forms.formset_factory(
    HelpLineForm, extra=2, max_num=MOST_LINES, absolute_max=MOST_LINES
)


class HelpStepsForm(forms.Form):
    steps = forms.CharField(
        label=_("Your own steps"),
        help_text=_("One on each line: whom to tell, in which order, who must report what."),
        widget=forms.Textarea({"rows": 6, "maxlength": 5000}),
        max_length=5000,
        required=False,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def clean_steps(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["steps"].splitlines() if line.strip()]


def lines_said(forms_: Any) -> list[HelpLine]:
    """The rows that say something, in their order."""
    rows = [form.cleaned_data for form in forms_ if form.cleaned_data.get("number")]
    return [
        HelpLine(row["name"], row["number"], row["hours"], row["words"], row["for_all"])
        for row in rows
    ]
