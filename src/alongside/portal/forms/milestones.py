"""What mattered to me, and when I used again. Few words, short sentences."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.outcomes.rules.milestones import Back, NewMilestone, NewReturn
from alongside.portal.forms.requirements import DayField, text
from alongside.practice import catalog


class OwnMilestoneForm(forms.Form):
    words = forms.CharField(
        label=_("What was it?"),
        widget=text(),
        help_text=_("In your words. Big or small."),
        error_messages={"required": _("Say it in your words. One sentence is enough.")},
    )
    on = DayField(label=_("Which day?"), error_messages={"required": _("Choose a day.")})
    about = forms.BooleanField(label=_("I am not sure of the day"), required=False)
    kind = forms.ChoiceField(
        label=_("What is it about?"), required=False, widget=forms.RadioSelect, choices=[]
    )
    milestone_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            *((one.code, _(one.short)) for one in catalog.terms("milestone")),
            ("", _("None of these")),
        ]

    def milestone(self) -> NewMilestone:
        said = self.cleaned_data
        return NewMilestone(said["words"], said["on"], said["about"], said["kind"])


class OwnReturnForm(forms.Form):
    known_on = DayField(
        label=_("Which day do you tell us?"),
        help_text=_("Most of the time, this is today."),
        error_messages={"required": _("Choose a day.")},
    )
    happened_on = DayField(
        label=_("When was it?"), required=False, help_text=_("Only if you want to say.")
    )
    words = forms.CharField(
        label=_("Your words"),
        required=False,
        widget=text(),
        help_text=_("Only if you want. No need to say what or how much."),
    )
    return_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def told(self) -> NewReturn:
        said = self.cleaned_data
        return NewReturn(said["known_on"], said["happened_on"], said["words"])


class OwnBackForm(forms.Form):
    back_on = DayField(
        label=_("Since when are you back with support?"),
        help_text=_("A call, a group, a coffee: all of it counts."),
        error_messages={"required": _("Choose a day.")},
    )
    words = forms.CharField(label=_("What helped you?"), required=False, widget=text())
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def back(self, encounter_id: Any = None) -> Back:
        said = self.cleaned_data
        return Back(on=said["back_on"], words=said["words"], encounter_id=encounter_id)
