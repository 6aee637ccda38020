from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.encounters.rules.outside import LONGEST_QUESTION


class AskForm(forms.Form):
    question_id = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("Your question"),
        max_length=LONGEST_QUESTION,
        error_messages={"required": _("Write your question first.")},
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Only their supporter and our desk read it."),
    )
