from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.outcomes.rules.milestones import NewMilestone, NewReturn
from alongside.practice import catalog
from alongside.web.forms.fields import DayField
from alongside.web.forms.participants import Day, lines


class MilestoneForm(forms.Form):
    words = forms.CharField(
        label=_("In their own words"),
        widget=lines(2),
        help_text=_("What happened, and what it means to them."),
        error_messages={"required": _("Say it in your words. One sentence is enough.")},
    )
    on = DayField(label=_("On which day?"), widget=Day())
    about = forms.BooleanField(label=_("Around this day, not sure"), required=False)
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


class ReturnForm(forms.Form):
    known_on = DayField(label=_("When did you come to know?"), widget=Day())
    happened_on = DayField(
        label=_("When was it?"),
        required=False,
        widget=Day(),
        help_text=_("Only if they want to say."),
    )
    words = forms.CharField(
        label=_("In their own words"),
        required=False,
        widget=lines(2),
        help_text=_("If they have any. No amount, no list of what."),
    )
    return_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def told(self) -> NewReturn:
        said = self.cleaned_data
        return NewReturn(said["known_on"], said["happened_on"], said["words"])


class BackForm(forms.Form):
    meeting = forms.ChoiceField(
        label=_("In one of your meetings?"),
        required=False,
        choices=[],
        help_text=_("Or leave it, and choose a day."),
    )
    back_on = DayField(label=_("On which day?"), required=False, widget=Day())
    words = forms.CharField(
        label=_("What helped?"), required=False, widget=lines(2), help_text=_("In their words.")
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, meetings: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("No, elsewhere")), *meetings]
        self.fields["meeting"].choices = choices  # type: ignore[attr-defined]
        if not meetings:
            del self.fields["meeting"]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if not said.get("meeting") and not said.get("back_on") and "back_on" not in self.errors:
            self.add_error("back_on", _("Please choose a day."))
        return said
