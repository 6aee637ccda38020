"""What a supervisor says on a note, and when one is away."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.accounts.actions import NewTimeAway
from alongside.encounters.rules.readings import LONGEST_WORDS
from alongside.web.forms.fields import DayField
from alongside.web.forms.participants import Day, lines
from alongside.web.forms.users import Choices, OneOf


class SayForm(forms.Form):
    """A few words, with an id made when the form opened, so that five clicks say it once. ``seen``
    is how much was said before, as the page showed it."""

    words = forms.CharField(widget=lines(3))
    made_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, label: Any, empty: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = label
        self.fields["words"].error_messages["required"] = empty
        self.fields["words"].widget.attrs["data-count"] = LONGEST_WORDS


def affirm_form(*args: Any, **kwargs: Any) -> SayForm:
    empty = _("Say what you saw, in a sentence or two.")
    return SayForm(*args, label=_("What did they do well?"), empty=empty, prefix="affirm", **kwargs)


def ask_form(*args: Any, **kwargs: Any) -> SayForm:
    empty = _("Write your question.")
    return SayForm(*args, label=_("Your question"), empty=empty, prefix="ask", **kwargs)


def answer_form(*args: Any, **kwargs: Any) -> SayForm:
    empty = _("Write your answer.")
    return SayForm(*args, label=_("Your answer"), empty=empty, prefix="answer", **kwargs)


class AwayForm(forms.Form):
    starts_on = DayField(
        label=_("First day away"),
        widget=Day(),
        error_messages={"required": _("Choose the first day.")},
    )
    ends_on = DayField(
        label=_("Last day away"),
        widget=Day(),
        error_messages={"required": _("Choose the last day.")},
    )
    stand_in = OneOf(
        label=_("Who looks out for the team meanwhile?"),
        help_text=_("They see what you see of the team on these days, and no longer."),
    )
    made_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    instead_of = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, supervisors: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["stand_in"]
        assert isinstance(field, OneOf)  # noqa: S101
        field.offer(supervisors, _("Nobody yet"))

    def time_away(self, supervisor_id: UUID) -> NewTimeAway:
        said = self.cleaned_data
        return NewTimeAway(
            supervisor_id=supervisor_id,
            starts_on=said["starts_on"],
            ends_on=said["ends_on"],
            stand_in_id=said["stand_in"],
            instead_of=said["instead_of"],
        )
