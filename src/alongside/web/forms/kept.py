"""A part of a note that is kept apart: what, why; and what is said about it."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.encounters.codes import KeptStatus
from alongside.encounters.rules.kept import NewKept
from alongside.practice import catalog
from alongside.web.forms.encounters import words_field


class KeptForm(forms.Form):
    """``seen`` is which text the page knew; ``older`` is asked where the note was corrected."""

    part_id = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kept_text = words_field(_("The part that is kept apart"), 4)
    kept_reason = forms.ChoiceField(
        label=_("Why is it kept apart?"), widget=forms.RadioSelect, required=False
    )
    kept_why = words_field(_("In your words, for the privacy officer"), 2)
    older = forms.BooleanField(
        label=_("It stood in the note before. Keep its earlier texts apart, too."), required=False
    )

    def __init__(self, *args: Any, versions: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason: Any = self.fields["kept_reason"]
        reason.choices = [(t.code, gettext(t.name)) for t in catalog.terms("kept_reason")]
        if not versions:
            del self.fields["older"]

    def kept(self) -> NewKept:
        said = self.cleaned_data
        older = bool(said.get("older"))
        return NewKept(said["kept_text"], said["kept_reason"], said["kept_why"], older=older)


DECISIONS = (
    (KeptStatus.AGREED.value, _("It stays apart")),
    (KeptStatus.OPENED.value, _("Open it to the participant")),
    (KeptStatus.ASKED.value, _("I have a question first")),
)


class LookForm(forms.Form):
    """A privacy officer's word on it."""

    to = forms.ChoiceField(
        label=_("Your look at it"),
        choices=DECISIONS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three.")},
    )
    words = words_field(
        _("Your words"), 2, help_text=_("Needed for a question, and when you open it.")
    )


class AnswerForm(forms.Form):
    words = words_field(_("Your answer"), 3)


class NothingForm(forms.Form):
    """For a step that asks for no words."""
