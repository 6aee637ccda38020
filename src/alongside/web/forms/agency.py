"""The agency, its contracts, and its very first page."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.accounts.actions import ContractTerms, NewAgency
from alongside.practice import catalog
from alongside.practice.counties import county_key
from alongside.web.forms.fields import DayField

NEAR_ZONES = (
    ("America/Chicago", _("Central: Madison, Chicago")),
    ("America/New_York", _("Eastern: Detroit, New York")),
    ("America/Denver", _("Mountain: Denver")),
    ("America/Phoenix", _("Mountain without summer time: Phoenix")),
    ("America/Los_Angeles", _("Pacific: Seattle, Los Angeles")),
    ("America/Anchorage", _("Alaska")),
    ("Pacific/Honolulu", _("Hawaii")),
)
REFERENCE_ROWS = 8


def time_zones() -> list[tuple[Any, Any]]:
    near = {zone for zone, _words in NEAR_ZONES}
    others = sorted(zone for zone in available_timezones() - near if "/" in zone)
    return [
        (_("United States"), NEAR_ZONES),
        (_("Everywhere"), [(zone, zone.replace("_", " ")) for zone in others]),
    ]


def lines(text: str) -> list[str]:
    """Entries on lines or between commas, without repeats."""
    return list(dict.fromkeys(part.strip() for part in re.split(r"[,;\n]", text) if part.strip()))


def county_names(text: str) -> list[str]:
    """Counties as people write them, each once, without the word County."""
    named: dict[str, str] = {}
    for line in lines(text):
        named.setdefault(county_key(line), re.sub(r"(?i)\s+(county|co\.?|cty)$", "", line))
    return list(named.values())


class NewPassword(forms.Form):
    """A password typed twice, checked as the installation asks."""

    password = forms.CharField(
        label=_("Password"),
        help_text=_("12 letters or more. A few words you will remember are best."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        max_length=200,
    )
    password_again = forms.CharField(
        label=_("The same password again"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        max_length=200,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        password, again = cleaned.get("password"), cleaned.get("password_again")
        if password and again and password != again:
            self.add_error("password_again", _("The two passwords are not the same."))
        if password:
            try:
                validate_password(password)
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned


class StartForm(NewPassword):
    agency = forms.CharField(label=_("Name of your agency"), max_length=200)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("The clock on your agency's wall. Days and hours are shown by it."),
        choices=time_zones,
        initial="America/Chicago",
    )
    name = forms.CharField(
        label=_("Your name"), max_length=200, widget=forms.TextInput({"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("You sign in with it."),
        widget=forms.EmailInput({"autocomplete": "username"}),
    )
    field_order = ("agency", "time_zone", "name", "email", "password", "password_again")

    def new_agency(self) -> NewAgency:
        said = self.cleaned_data
        return NewAgency(
            name=said["agency"],
            time_zone=said["time_zone"],
            administrator=said["name"],
            email=said["email"],
            password=said["password"],
        )


class AgencyForm(forms.Form):
    name = forms.CharField(label=_("Name of your agency"), max_length=200)
    phone = forms.CharField(label=_("Phone"), max_length=60, required=False)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("The clock on your agency's wall. Days and hours are shown by it."),
        choices=time_zones,
    )
    counties = forms.CharField(
        label=_("Counties you serve"),
        help_text=_("One on each line, or with commas: Dunn, Polk, Barron."),
        widget=forms.Textarea({"rows": 4}),
        required=False,
    )
    array_lead = forms.TypedChoiceField(
        label=_("Array lead"),
        help_text=_("The person who answers which service array fits when someone is unsure."),
        coerce=UUID,
        empty_value=None,
        required=False,
    )

    exit_to = forms.URLField(
        label=_("Where “Exit this page” leads"),
        help_text=_(
            "Participants who leave in a hurry land there. A page that says nothing of them: "
            "weather, news, recipes. Empty: a weather page."
        ),
        required=False,
        max_length=200,
        assume_scheme="https",
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages nobody has looked over yet"),
        help_text=_("Participants may choose them. What has no translation stays English."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, colleagues: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        more = self.fields["languages"]
        assert isinstance(more, forms.MultipleChoiceField)  # noqa: S101
        names = dict(settings.LANGUAGES)
        more.choices = [(code, names[code]) for code in sorted(settings.NOT_LOOKED_OVER)]
        lead = self.fields["array_lead"]
        assert isinstance(lead, forms.ChoiceField)  # noqa: S101
        lead.choices = [("", _("Nobody yet")), *colleagues]

    def clean_counties(self) -> list[str]:
        return county_names(self.cleaned_data["counties"])


class ReferenceForm(forms.Form):
    """One link of the agency: scope of practice, code of ethics, and the like (PEER-10)."""

    title = forms.CharField(label=_("What it is"), max_length=200, required=False)
    url = forms.URLField(
        label=_("Web address"), max_length=500, required=False, assume_scheme="https"
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("title") and not cleaned.get("url") and "url" not in self.errors:
            self.add_error("url", _("Add the web address, or empty both."))
        if cleaned.get("url") and not cleaned.get("title"):
            self.add_error("title", _("Say what this link is."))
        return cleaned


References = forms.formset_factory(
    ReferenceForm, extra=2, max_num=REFERENCE_ROWS, absolute_max=REFERENCE_ROWS
)


class ContractForm(forms.Form):
    funder = forms.CharField(
        label=_("Who pays"), help_text=_("A county, a state grant, CCS."), max_length=200
    )
    name = forms.CharField(label=_("What you call this contract"), max_length=200)
    starts_on = DayField(
        label=_("From"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    ends_on = DayField(
        label=_("Until"),
        help_text=_("The last day. Leave it empty while it runs."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )
    counties = forms.MultipleChoiceField(
        label=_("Counties"), widget=forms.CheckboxSelectMultiple, required=False
    )
    pathways = forms.MultipleChoiceField(
        label=_("Pathways"), widget=forms.CheckboxSelectMultiple, required=False
    )
    populations = forms.MultipleChoiceField(
        label=_("Who it is for"), widget=forms.CheckboxSelectMultiple, required=False
    )
    arrays = forms.MultipleChoiceField(
        label=_("Service arrays"), widget=forms.CheckboxSelectMultiple, required=False
    )
    made_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, counties: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("counties", [(county, county) for county in counties])
        self._offer("pathways", _terms("pathway"))
        self._offer("populations", _terms("population"))
        self._offer("arrays", _terms("service_array"))

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101
        field.choices = choices
        field.help_text = _("None chosen means all.")

    def terms(self) -> ContractTerms:
        return ContractTerms(**{k: v for k, v in self.cleaned_data.items() if k != "made_id"})


class EndForm(forms.Form):
    on = DayField(label=_("Last day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


def _terms(kind: str) -> list[tuple[str, str]]:
    return [(code, gettext(name)) for code, name in catalog.choices(kind)]


def day_of(text: str) -> date | None:
    """A day from an address, or nothing where it cannot be read."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
