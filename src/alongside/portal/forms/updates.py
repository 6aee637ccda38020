from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.encounters.rules.outside import LONGEST_QUESTION


class AskForm(forms.Form):
    question_id = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("Your question"),
        required=False,
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Only the person’s supporter and our desk read it."),
    )
