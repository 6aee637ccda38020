"""What participants write about their own record. Few words, short sentences."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.encounters.codes import Wish


def words_field(label: Any, rows: int = 4, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "maxlength": 20000})
    return forms.CharField(**{"label": label, "required": False, "widget": widget, **more})


class WordsForm(forms.Form):
    """Own words on a note, and a name by way of signing. ``seen``: how many earlier texts the page
    knew."""

    words_id = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    words = words_field(_("Your words"))
    signed_name = forms.CharField(
        label=_("Your name, if you want to sign"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


WISHES = (
    (Wish.CANNOT_COME.value, _("I cannot come")),
    (Wish.OTHER_TIME.value, _("I need another time")),
)


class WishForm(forms.Form):
    wish = forms.ChoiceField(
        label=_("What do you want to say?"),
        choices=WISHES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    words = forms.CharField(
        label=_("A few words for your supporter"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 200}),
        help_text=_("For example: Friday after 2 would be good."),
    )


class WrongForm(forms.Form):
    """What is wrong about the people around them, or anything else in the record."""

    request_id = forms.UUIDField(widget=forms.HiddenInput)
    words = words_field(
        _("What is wrong, and what is right?"),
        3,
        required=True,
        error_messages={"required": _("Write a few words first.")},
    )


class HoldBackForm(forms.Form):
    """What is not to be used or told (2.26)."""

    request_id = forms.UUIDField(widget=forms.HiddenInput)
    words = words_field(
        _("What do we hold back, and from whom?"),
        3,
        required=True,
        error_messages={"required": _("Write a few words first.")},
    )
