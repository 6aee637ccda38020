"""What a form says when something is missing or cannot be read: what to do, in our own words.

Django's sentences ("This field is required.") say what is wrong. These say how to mend it, for our
forms and for those of the sign-in library alike. A form may still say it better for its own field.
"""

from typing import Any

from django import forms
from django.core import validators
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

SENTENCES: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {"required": _("Please fill this in.")},
    forms.ChoiceField: {
        "required": _("Please choose one."),
        "invalid_choice": _("Please choose one from the list."),
    },
    forms.MultipleChoiceField: {
        "required": _("Please choose at least one."),
        "invalid_choice": _("Please choose from the list."),
    },
    forms.DateField: {
        "required": _("Please choose a day."),
        "invalid": _("Write the day like 11/19/2026."),
    },
    forms.TimeField: {
        "required": _("Please say what time."),
        "invalid": _("Write it like 10:30 or 2:15 pm."),
    },
    forms.FileField: {
        "required": _("Please choose a file."),
        "empty": _("There is nothing in this file. Please choose another."),
    },
    forms.IntegerField: {"invalid": _("Write a number, like 12.")},
    forms.DecimalField: {"invalid": _("Write a number, like 1.5.")},
    forms.URLField: {"invalid": _("Write a web address like https://example.org.")},
}


def speak_plainly() -> None:
    """Give every form these sentences. Once, when the app starts."""
    for field, sentences in SENTENCES.items():
        own = vars(field).get("default_error_messages", {})
        field.default_error_messages = {**own, **sentences}
    validators.EmailValidator.message = _("Write an e-mail address like name@example.org.")
    validators.URLValidator.message = _("Write a web address like https://example.org.")
    validators.MaxLengthValidator.message = ngettext_lazy(
        "This is too long. At most %(limit_value)d letter fits.",
        "This is too long. At most %(limit_value)d letters fit.",
        "limit_value",
    )
    validators.MinValueValidator.message = _("Choose %(limit_value)s or more.")
    validators.MaxValueValidator.message = _("Choose %(limit_value)s or less.")
