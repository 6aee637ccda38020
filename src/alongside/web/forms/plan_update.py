"""The short pages of an update together. Every one may stay empty."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.plans.codes import WhoDoes
from alongside.web.forms.participants import lines
from alongside.web.forms.plans import LATER


class MattersForm(forms.Form):
    words = forms.CharField(
        label=_("What matters most to you right now?"),
        required=False,
        widget=lines(3),
        help_text=_("It joins what stands there already. You can leave it empty."),
    )
    part_id = forms.UUIDField(widget=forms.HiddenInput, required=False)


class NewGoalForm(forms.Form):
    goal = forms.CharField(
        label=_("Is there something new you want?"),
        required=False,
        widget=lines(2),
        help_text=_("One sentence, the way you say it."),
    )
    goal_id = forms.UUIDField(widget=forms.HiddenInput, required=False)


class NextStepForm(forms.Form):
    """For one goal; its prefix is the goal's id."""

    words = forms.CharField(label=_("A next step"), required=False, widget=lines(1))
    who = forms.ChoiceField(
        label=_("Who does it?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            (WhoDoes.PARTICIPANT.value, _("Me")),
            (WhoDoes.SUPPORTER.value, _("My supporter")),
        ],
        initial=WhoDoes.PARTICIPANT.value,
    )
    part_id = forms.UUIDField(widget=forms.HiddenInput, required=False)


class OnGoalsForm(forms.Form):
    """Words on each open goal, for the button that settles it: ``said-<id of the goal>``."""

    def __init__(self, data: Any, *, goals: Iterable[Any], left: Mapping[str, Any]) -> None:
        super().__init__(data, prefix="said")
        for goal in goals:
            self.fields[str(goal.id)] = forms.CharField(
                label=_("Words on it"),
                required=False,
                widget=lines(2),
                initial=left.get(f"said-{goal.id}", ""),
            )

    def clean(self) -> None:
        """Whoever goes on with words on a goal has not said what became of it."""
        if self.data.get("go") and LATER not in self.data:
            for name in self.left():
                choose = _("Choose “Reached it” or “Set it aside for now”, or clear these words.")
                self.add_error(name.removeprefix("said-"), choose)

    def left(self, *, settled: str = "") -> dict[str, str]:
        """What is typed on goals other than the settled one, as the page names it."""
        typed = {name: words for name, words in self.cleaned_data.items() if name != settled}
        return {self.add_prefix(name): words for name, words in typed.items() if words.strip()}
