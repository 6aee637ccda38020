from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class HandOnForm(forms.Form):
    """Who walks along from now on, and what the participant says to it."""

    to = forms.ChoiceField(
        label=_("Who walks along from now on?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose someone, or send them back to the desk.")},
    )
    said = forms.CharField(
        label=_("What they said"),
        help_text=_("In their own words. They decide who walks with them."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write what they said, in their words.")},
    )
    words = forms.CharField(
        label=_("For whoever comes next"),
        help_text=_("What they want the next supporter to know, if anything."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, choices: Iterable[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        to: Any = self.fields["to"]
        to.choices = list(choices)
