"""The few words with which a record is opened in an emergency, and those of its review."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.core.ids import new_id
from alongside.people.codes import OpeningReview
from alongside.people.rules.emergencies import LONGEST

DECISIONS = (
    (OpeningReview.RIGHT.value, _("It was right")),
    (OpeningReview.NOT_RIGHT.value, _("It was not right")),
    (OpeningReview.ASKED.value, _("I have a question first")),
)


def words_field(label: Any, help_text: Any = "", rows: int = 3, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "maxlength": LONGEST})
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        widget=widget,
        required=False,
        **more,
    )


class OpenForm(forms.Form):
    """Name and reason. ``person`` is asked only where several have this very name."""

    opening_id = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Their whole name"),
        help_text=_("First and last name, as it is written in the record."),
        max_length=200,
        error_messages={"required": _("Type the first and the last name.")},
    )
    reason = words_field(
        _("What is happening?"), _("A sentence is enough. It is kept, and read by others.")
    )
    person = forms.ChoiceField(
        label=_("Which of them is it?"), required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, alike: Any = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["reason"].widget.is_required = True
        self.fields["reason"].required = True
        self.fields["reason"].error_messages["required"] = _(
            "Say in a few words what is happening. One sentence is enough."
        )
        if alike:
            person: Any = self.fields["person"]
            person.choices = list(alike)
            person.required = True
            person.error_messages["required"] = _("Choose one, or open nothing if you are unsure.")
        else:
            del self.fields["person"]


class WordsForm(forms.Form):
    word_id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    words = words_field(_("Your answer"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["words"].required = True
        self.fields["words"].error_messages["required"] = _(
            "Write a few words, so that others understand."
        )


class ReviewForm(WordsForm):
    to = forms.ChoiceField(
        label=_("What do you find?"),
        choices=DECISIONS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three.")},
    )
    field_order = ("word_id", "to", "words")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["words"].label = _("In your words")
