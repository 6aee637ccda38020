"""Fields that several forms share."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from alongside.core.clock import in_reach


class DayField(forms.DateField):
    """A day between 1900 and 2999. Beyond these, arithmetic with days and clocks breaks down."""

    def to_python(self, value: Any) -> date | None:
        on = super().to_python(value)
        if on is not None and not in_reach(on):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return on


class Worded(str):
    """The label of a choice, with a line of help below it (``<c-options>``)."""

    help: str

    def __new__(cls, name: str, help: str = "") -> "Worded":
        made = super().__new__(cls, name)
        made.help = help
        return made
