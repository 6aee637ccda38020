from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.core.clock import at_wall
from alongside.core.refusal import Refusal
from alongside.encounters.actions.appointments import NewAppointment
from alongside.encounters.rules import times_on_wall
from alongside.web.forms.encounters import DAY, chips, clock_field
from alongside.web.forms.fields import DayField


class AppointmentForm(forms.Form):
    """A time to meet. Whoever plans for others also says which supporter will be there."""

    appointment_id = forms.UUIDField(widget=forms.HiddenInput)
    supporter = forms.ChoiceField(label=_("Who will be there?"))
    on = DayField(label=_("Day"), widget=DAY)
    start = clock_field(_("From"))
    end = clock_field(_("To"))
    words = forms.CharField(
        label=_("What for?"),
        max_length=200,
        required=False,
        help_text=_("In the words you two use."),
    )
    place_words = forms.CharField(label=_("Where?"), max_length=120, required=False)
    going_along = forms.ChoiceField(
        label=_("Do you go along to something?"), widget=forms.RadioSelect, required=False
    )

    def __init__(
        self,
        *args: Any,
        supporters: Iterable[tuple[UUID, str]],
        time_zone: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.time_zone = time_zone
        self.fields["end"].required = False
        along = self.fields["going_along"]
        if isinstance(along, forms.ChoiceField):
            along.choices = [("", gettext("No")), *chips("going_along")]
        whom = [(str(pk), name) for pk, name in supporters]
        field = self.fields["supporter"]
        if whom and isinstance(field, forms.ChoiceField):
            field.choices = whom
        else:
            del self.fields["supporter"]

    def appointment(self) -> NewAppointment:
        facts = self.cleaned_data
        start, end = facts["start"], facts["end"]
        ends_at = None
        if end is not None:
            ends_at = times_on_wall(facts["on"], start, end, self.time_zone).ended_at
        return NewAppointment(
            starts_at=at_wall(facts["on"], start, self.time_zone),
            ends_at=ends_at,
            place_words=facts["place_words"],
            going_along=facts["going_along"],
            words=facts["words"],
        )

    def supporter_id(self) -> UUID | None:
        chosen = self.cleaned_data.get("supporter")
        return UUID(chosen) if chosen else None

    def refused(self, refusal: Refusal) -> None:
        sentence = gettext(refusal.sentence).format(**refusal.facts)
        self.add_error(refusal.field if refusal.field in self.fields else None, sentence)
