"""How someone wants to be reached, in their words: the same questions on both faces."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.people.codes import MAY_WORDS, SAYS_WORDS, WAY_WORDS, May, Says, Way
from alongside.people.rules.reaching import MOST_WORDS, Reaching


class ReachForm(forms.Form):
    """``wish`` is what holds now. Nothing has to be answered."""

    words = forms.CharField(
        label=_("When, and what to know"),
        help_text=_("For example: text first. Call after 4."),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea({"rows": 2}),
    )
    says = forms.ChoiceField(
        label=_("What may a message say?"),
        choices=[(one.value, _(SAYS_WORDS[one])) for one in Says],
        widget=forms.RadioSelect,
        initial=Says.NEUTRAL.value,
    )
    quiet_from = forms.TimeField(
        label=_("No calls from"), required=False, widget=forms.TimeInput({"type": "time"})
    )
    quiet_until = forms.TimeField(
        label=_("until"), required=False, widget=forms.TimeInput({"type": "time"})
    )
    others = forms.CharField(
        label=_("Who else may pick up the phone?"),
        help_text=_("And what they know."),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea({"rows": 2}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Any = None, *, wish: Reaching, number: int) -> None:
        initial = {
            "words": wish.words,
            "says": wish.says.value,
            "quiet_from": wish.quiet_from,
            "quiet_until": wish.quiet_until,
            "others": wish.others,
            "seen": number,
            **{way.value: may.value for way, may in wish.ways.items()},
        }
        super().__init__(data, initial=initial)
        for way in Way:
            self.fields[way.value] = forms.ChoiceField(
                label=_(WAY_WORDS[way]),
                choices=[(may.value, _(MAY_WORDS[may])) for may in May],
                widget=forms.RadioSelect,
                required=False,
            )
        self.order_fields([*(way.value for way in Way), "words"])

    @property
    def ways(self) -> list[forms.BoundField]:
        return [self[way.value] for way in Way]

    def reaching(self) -> Reaching:
        said = self.cleaned_data
        return Reaching(
            {way: May(said[way.value]) for way in Way if said[way.value]},
            said["words"],
            Says(said["says"]),
            said["quiet_from"],
            said["quiet_until"],
            said["others"],
        )
