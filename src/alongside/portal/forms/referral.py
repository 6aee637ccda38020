"""The referral form: one thing per page. What is typed is kept as typed, and read at the end."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.core.clock import in_reach
from alongside.practice import catalog
from alongside.practice.codes import Pathway
from alongside.referrals.codes import Knows
from alongside.referrals.rules.sending import KNOWS_NAMES, LONGEST_WORDS, SentWords

# A referrer sends through these; who asks by themselves needs no form.
DOORS = tuple(p for p in Pathway if p not in (Pathway.SELF_REFERRAL, Pathway.NOT_SAID))
PHONE = {"inputmode": "tel", "autocomplete": "off"}
QUIET = {"autocomplete": "off"}


class Day(forms.DateField):
    """A day that people mean: nobody was born in the year 1."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput({"type": "date", **QUIET}, format="%Y-%m-%d")
        super().__init__(required=False, widget=widget, **options)

    def to_python(self, value: Any) -> date | None:
        on = super().to_python(value)
        if on is not None and not in_reach(on):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return on


def words(**options: Any) -> forms.CharField:
    widget = forms.Textarea({"rows": 4})
    return forms.CharField(required=False, max_length=LONGEST_WORDS, widget=widget, **options)


class Page(forms.Form):
    """One page. ``question`` is its heading, ``why`` the line below."""

    question: Any = ""
    why: Any = ""

    def __init__(self, *args: Any, today: date, counties: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.counties = today, counties


class PathwayPage(Page):
    question = _("What brings them to us?")
    why = _("Choose what fits best.")
    pathway = forms.ChoiceField(label=_("The way they come"), widget=forms.RadioSelect, choices=[])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(door.value, gettext(catalog.name("pathway", door))) for door in DOORS]
        self.fields["pathway"].choices = names  # type: ignore[attr-defined]


class PersonPage(Page):
    question = _("Who is it?")
    why = _("Only what we need to find them.")
    name = forms.CharField(
        label=_("Their name"),
        max_length=200,
        help_text=_("As they say it, first name first."),
        widget=forms.TextInput(QUIET),
    )
    county = forms.CharField(
        label=_("The county they live in"), max_length=60, widget=forms.TextInput(QUIET)
    )
    born_on = Day(label=_("Born on"), help_text=_("If you know. Never guess."))
    language = forms.CharField(
        label=_("The language they like to speak"),
        max_length=60,
        required=False,
        widget=forms.TextInput(QUIET),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.counties:
            self.fields["county"].widget.attrs["list"] = "counties"

    def clean_born_on(self) -> date | None:
        on: date | None = self.cleaned_data["born_on"]
        if on is not None and on > self.today:
            raise ValidationError(_("This birth date is still to come. Check the year."))
        return on


class ReachPage(Page):
    question = _("How can we reach them safely?")
    why = _("We never leave a message that says what it is about.")
    phone = forms.CharField(
        label=_("Their phone"), max_length=60, required=False, widget=forms.TextInput(PHONE)
    )
    reach_by = forms.CharField(
        label=_("What works best?"),
        max_length=200,
        required=False,
        help_text=_("A text, a call after five, a letter, through someone they trust."),
        widget=forms.TextInput(QUIET),
    )
    phone_note = forms.CharField(
        label=_("What should we be careful about?"),
        max_length=200,
        required=False,
        help_text=_("For example: others use this phone too."),
        widget=forms.TextInput(QUIET),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and not said.get("phone") and not said.get("reach_by"):
            self.add_error("phone", _("Write a phone number, or below what else works."))
        return said


class WantsPage(Page):
    question = _("What do they want?")
    why = _("In their words, if you have them. You can leave this empty.")
    reason = words(label=_("What would help them"), help_text=_("No diagnosis is needed."))
    asked_for = words(
        label=_("Who they would like beside them"),
        help_text=_("Or who not. Their wishes come first."),
    )


class AgreedPage(Page):
    question = _("Do they know of this referral?")
    why = _("Peer support is their own choice.")
    knows = forms.ChoiceField(
        label=_("Do they know, and do they agree?"),
        widget=forms.RadioSelect,
        choices=[(code.value, name) for code, name in KNOWS_NAMES.items()],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(code.value, gettext(name)) for code, name in KNOWS_NAMES.items()]
        self.fields["knows"].choices = names  # type: ignore[attr-defined]


class DatesPage(Page):
    question = _("Is there a date we should know?")
    why = _("Leave it empty if there is none.")
    next_court_on = Day(label=_("Next court date"))
    urgent_words = forms.CharField(
        label=_("Is anything else urgent?"),
        max_length=500,
        required=False,
        help_text=_("For example: they have to move out on Friday."),
        widget=forms.Textarea({"rows": 2}),
    )

    def clean_next_court_on(self) -> date | None:
        on: date | None = self.cleaned_data["next_court_on"]
        if on is not None and on < self.today:
            raise ValidationError(_("This day is over. Write the next one, or leave it empty."))
        return on


class YouPage(Page):
    question = _("How can we reach you?")
    why = _("So that the coordinator can call you back.")
    role = forms.CharField(
        label=_("Your job"),
        max_length=100,
        help_text=_("For example: county social worker."),
        widget=forms.TextInput({"autocomplete": "organization-title"}),
    )
    organization = forms.CharField(
        label=_("Where you work"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    referrer_phone = forms.CharField(
        label=_("Your work phone"),
        max_length=60,
        required=False,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "tel"}),
    )


# The order of the pages, by the word that stands in the address.
PAGES: Mapping[str, type[Page]] = {
    "way": PathwayPage,
    "who": PersonPage,
    "reach": ReachPage,
    "wants": WantsPage,
    "agreed": AgreedPage,
    "dates": DatesPage,
    "you": YouPage,
}


def read(typed: Mapping[str, str], **about: Any) -> dict[str, Page]:
    """Every page filled with what was typed, read like a form that was sent."""
    pages = {key: page(data=dict(typed), **about) for key, page in PAGES.items()}
    for page in pages.values():
        page.full_clean()
    return pages


def first_to_mend(pages: Mapping[str, Page]) -> str | None:
    return next((key for key, page in pages.items() if page.errors), None)


def sent_words(pages: Mapping[str, Page]) -> SentWords:
    """What all pages say together. Only for pages without anything to mend."""
    said = {name: value for page in pages.values() for name, value in page.cleaned_data.items()}
    said |= {"pathway": Pathway(said["pathway"]), "knows": Knows(said["knows"])}
    return SentWords(**said)


class AddForm(forms.Form):
    """``addition_id`` is made with the page: five clicks add once."""

    words = forms.CharField(
        label=_("What should we know?"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea({"rows": 4}),
    )
    addition_id = forms.UUIDField(widget=forms.HiddenInput)


class TakeBackForm(AddForm):
    words = forms.CharField(
        label=_("Why do you take it back?"),
        max_length=LONGEST_WORDS,
        help_text=_("A few words are enough."),
        widget=forms.Textarea({"rows": 3}),
    )
