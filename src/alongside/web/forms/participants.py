from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.people.rules import NewParticipant
from alongside.practice import catalog
from alongside.practice.codes import CareTeamRole, Population
from alongside.web.forms.fields import DayField


class Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def lines(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def terms(kind: str, *, but: frozenset[str] = frozenset()) -> list[tuple[str, Any]]:
    """Codes and their translated names, for a field's choices."""
    return [(code, _(name)) for code, name in catalog.choices(kind) if code not in but]


class SearchForm(forms.Form):
    words = forms.CharField(max_length=100, required=False, strip=True)
    after = forms.UUIDField(required=False, widget=forms.HiddenInput)


class FactsForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("As they say it, given name first.")
    )
    pronouns = forms.CharField(
        label=_("Pronouns"), max_length=60, required=False, help_text=_("If they want to tell.")
    )
    reach_by = forms.CharField(
        label=_("How they like to be reached"),
        max_length=200,
        required=False,
        help_text=_("For example: a text first, after 3 pm, never at work."),
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    phone_note = forms.CharField(
        label=_("About this phone"),
        max_length=200,
        required=False,
        help_text=_("Whose phone it is, and whether a message is safe."),
    )
    language = forms.CharField(label=_("Language"), max_length=60, required=False)
    county = forms.CharField(label=_("County"), max_length=60, required=False)
    born_on = DayField(
        label=_("Born on"),
        required=False,
        widget=Day(),
        help_text=_("Leave it empty if you do not know. Never guess."),
    )
    population = forms.ChoiceField(
        label=_("How they describe themselves"), required=False, choices=[]
    )
    own_words = forms.CharField(
        label=_("In their own words"),
        required=False,
        widget=lines(),
        help_text=_("What brings them here, as they say it. Nobody has to prove anything."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        not_said = frozenset({Population.NOT_SAID.value})
        choices = [("", _("Not said")), *terms("population", but=not_said)]
        self.fields["population"].choices = choices  # type: ignore[attr-defined]

    def facts(self, before: NewParticipant) -> NewParticipant:
        """What the form says; what it does not ask stays as it was."""
        said = {f.name: self.cleaned_data.get(f.name) for f in fields(NewParticipant)}
        kept = {"born_on_as_written": before.born_on_as_written, "batch_id": before.batch_id}
        return NewParticipant(**{**said, **kept})  # type: ignore[arg-type]


class CareTeamForm(forms.Form):
    """Someone around the participant. Supporters of the program come by a match, not here."""

    name = forms.CharField(label=_("Name"), max_length=200)
    role = forms.ChoiceField(label=_("Who they are"), choices=[])
    organization = forms.CharField(label=_("Where from"), max_length=200, required=False)
    phone = forms.CharField(
        label=_("Phone"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    words = forms.CharField(
        label=_("In their own words"),
        required=False,
        widget=lines(2),
        help_text=_("What this person means to them, or helps with."),
    )
    since = DayField(label=_("Since"), required=False, widget=Day())
    member_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: object, staff: bool = False, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        natural = [t for t in catalog.terms("care_team_role") if "natural" in t.marks]
        paid = [t for t in catalog.terms("care_team_role") if "professional" in t.marks]
        ours = CareTeamRole.SUPPORTER.value
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (_("Their own people"), [(t.code, _(t.name)) for t in natural]),
            (_("Professionals"), [(t.code, _(t.name)) for t in paid if staff or t.code != ours]),
            (CareTeamRole.OTHER.value, _(catalog.term("care_team_role", CareTeamRole.OTHER).name)),
        ]

    def said(self) -> dict[str, str]:
        kept = ("name", "role", "organization", "phone", "email", "words")
        return {name: str(self.cleaned_data[name]) for name in kept}


class LeaveForm(forms.Form):
    until = DayField(label=_("Until"), widget=Day())
