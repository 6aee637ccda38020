"""The short pages of an update together. Every one may stay empty."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.plans.codes import WhoDoes
from alongside.web.forms.participants import lines


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
