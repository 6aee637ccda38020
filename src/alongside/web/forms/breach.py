"""Between which days, of whom, about whom."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.core.clock import at_wall
from alongside.web.forms.encounters import DAY
from alongside.web.forms.fields import DayField


class BreachForm(forms.Form):
    since = DayField(
        label=_("From"), widget=DAY, error_messages={"required": _("Say from which day on.")}
    )
    until = DayField(
        label=_("Until"), widget=DAY, error_messages={"required": _("Say until which day.")}
    )
    who = forms.TypedChoiceField(label=_("Who"), coerce=UUID, empty_value=None, required=False)
    person = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, everyone: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["who"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [("", _("Everyone")), *everyone]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("since") and said.get("until") and said["until"] < said["since"]:
            self.add_error("until", _("The last day comes before the first."))
        return said

    def span(self, zone: str) -> tuple[datetime, datetime]:
        """From the first midnight to the one after the last day, on the agency's clock."""
        since, until = self.cleaned_data["since"], self.cleaned_data["until"]
        return at_wall(since, time(0), zone), at_wall(until + timedelta(days=1), time(0), zone)


def last_month(on: date) -> dict[str, date]:
    return {"since": on - timedelta(days=30), "until": on}
