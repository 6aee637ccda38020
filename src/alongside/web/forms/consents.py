"""Writing, signing and taking back a consent, as forms: one question each where it can be."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.consents.codes import SignedHow
from alongside.consents.rules import (
    Begin,
    NewRecipient,
    Until,
    What,
    Why,
)
from alongside.practice import catalog
from alongside.practice.consents import (
    ENGLISH,
    Category,
    ConsentKind,
    Element,
    Ending,
    Kind,
    Purpose,
    RecipientKind,
    Version,
    book,
)
from alongside.web.forms.encounters import RevealingBoxes, RevealingRadios
from alongside.web.forms.fields import DayField, Worded
from alongside.web.forms.participants import Day, lines

CLASS = "class"
UNKNOWN = _("One of these people is not known here. Look at the list again.")
NOT_LOOKED_OVER = _("A lawyer and a native speaker have not read these words yet.")
ENDING_WORDS = {
    Ending.DATE: _("On a day"),
    Ending.EVENT: _("When something happens"),
    Ending.NONE: _("It has no end of its own"),
}


class KindForm(forms.Form):
    """Which kind, and for two of them whether it fits."""

    consent_id = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("What is it about?"), error_messages={"required": _("Choose one of the kinds.")}
    )
    elsewhere = forms.BooleanField(
        label=_("It is a paper that was signed somewhere else"),
        required=False,
        help_text=_("You say what it says, and add a photo or a scan of it."),
    )
    language = forms.ChoiceField(
        label=_("In which language do they read and sign it?"),
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, version: Version, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            (one.code, Worded(one.name, "" if one.looked_over else str(NOT_LOOKED_OVER)))
            for one in book().tongues.values()
        ]
        kinds = version.kinds.values()
        self.asking = [kind for kind in kinds if kind.ask]
        chosen = self.fields["kind"]
        chosen.widget = RevealingRadios({k.code.value: f"ask-{k.code}" for k in self.asking})
        chosen.choices = [  # type: ignore[attr-defined]
            (kind.code.value, Worded(gettext(kind.name), gettext(kind.when))) for kind in kinds
        ]
        for kind in self.asking:
            self.fields[f"answer_{kind.code}"] = forms.ChoiceField(
                label=gettext(kind.ask),
                required=not self.is_bound or self.data.get("kind") == kind.code,
                widget=forms.RadioSelect,
                choices=[(one.code, Worded(gettext(one.words))) for one in kind.answers],
                error_messages={"required": gettext(book().elements[Element.FITS].missing)},
            )

    def rows(self) -> list[dict[str, Any]]:
        """Each kind with the question it opens, if it has one."""
        asked = {kind.code.value: self[f"answer_{kind.code}"] for kind in self.asking}
        return [
            {"option": option, "id": f"ask-{value}", "question": asked.get(value)}
            for option in self["kind"]
            for value in [option.data["value"]]
        ]

    def begin(self) -> Begin:
        said = self.cleaned_data
        how = SignedHow.ELSEWHERE if said["elsewhere"] else SignedHow.SCREEN
        kind = ConsentKind(said["kind"])
        language = said["language"] or self.initial.get("language", ENGLISH)
        return Begin(kind, said.get(f"answer_{kind}") or "", how, language)

    def answer_field(self) -> str:
        return f"answer_{self.cleaned_data['kind']}"


class PeopleForm(forms.Form):
    """Who may hear it: people who are known already, and one that is typed in."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    people = forms.MultipleChoiceField(
        label=_("People around them"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": UNKNOWN},
    )
    name = forms.CharField(label=_("Someone else: their name"), max_length=300, required=False)
    organization = forms.CharField(label=_("Where they work"), max_length=200, required=False)
    more = forms.MultipleChoiceField(
        label=_("About them"),
        required=False,
        widget=RevealingBoxes({"through": "through"}),
        choices=[
            ("covered", _("A health plan, clinic or doctor")),
            ("through", _("They pass it on to others, such as a health information exchange")),
        ],
    )
    participants = forms.CharField(
        label=_("Who may receive it through them?"),
        required=False,
        widget=lines(2),
        help_text=_("Names, or “those who treat me”."),
    )

    def __init__(
        self, *args: Any, kind: Kind, known: Iterable[tuple[str, NewRecipient]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.known = kind, dict(known)
        field = self.fields["people"]
        field.choices = [  # type: ignore[attr-defined]
            (key, Worded(one.name, one.organization)) for key, one in self.known.items()
        ]
        self.has_people = bool(self.known)
        offered = [("covered", "tpo"), ("through", RecipientKind.INTERMEDIARY)]
        open_to = {self.kind.code, *self.kind.recipients}
        kept = {key for key, wanted in offered if wanted in open_to}
        more = self.fields["more"]
        more.choices = [c for c in more.choices if c[0] in kept]  # type: ignore[attr-defined]
        if not kept:
            del self.fields["more"]

    def recipients(self) -> list[NewRecipient]:
        said = self.cleaned_data
        found = [self.known[key] for key in said.get("people", ())]
        if said["name"].strip():
            more = said.get("more", [])
            through = "through" in more
            found.append(
                NewRecipient(
                    said["name"],
                    RecipientKind.INTERMEDIARY if through else RecipientKind.PERSON,
                    said["organization"],
                    participants=said["participants"] if through else "",
                    covered="covered" in more,
                )
            )
        return found

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors and not self.recipients():
            where = "people" if self.has_people else "name"
            self.add_error(where, _("Say who may hear it: choose someone, or write a name."))
        return said


class WhatForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput)
    categories = forms.MultipleChoiceField(
        label=_("What may be told?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what may be told.")},
    )
    information = forms.CharField(
        label=_("More exactly"),
        required=False,
        max_length=4000,
        widget=lines(2),
        help_text=_("For example from when to when, or what to leave out."),
    )

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [catalog.term("consent_category", code) for code in kind.categories]
        self.fields["categories"].choices = [  # type: ignore[attr-defined]
            (one.code, Worded(gettext(one.name), gettext(one.help))) for one in found
        ]

    def what(self) -> What:
        chosen = frozenset(Category(code) for code in self.cleaned_data["categories"])
        return What(chosen, self.cleaned_data["information"])


class WhyForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput)
    purpose = forms.ChoiceField(
        label=_("What is it for?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what it is for.")},
    )
    words = forms.CharField(
        label=_("In a few words"), required=False, max_length=4000, widget=lines(2)
    )

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [catalog.term("consent_purpose", code) for code in kind.purposes]
        self.fields["purpose"].choices = [  # type: ignore[attr-defined]
            (one.code, Worded(gettext(one.name), gettext(one.help))) for one in found
        ]
        if kind.code is ConsentKind.PROCEEDINGS:
            self.fields["words"].label = _("Which case is it?")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        needs_words = (Purpose.OTHER, Purpose.PROCEEDINGS)
        if said.get("purpose") in needs_words and not said.get("words", "").strip():
            self.add_error("words", _("Say what it is for, in a few words."))
        return said

    def why(self) -> Why:
        return Why(Purpose(self.cleaned_data["purpose"]), self.cleaned_data["words"])


class UntilForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput)
    ends = forms.ChoiceField(
        label=_("When does it end?"),
        widget=RevealingRadios({"date": "on-a-day", "event": "by-event"}),
        error_messages={"required": _("Say when it ends.")},
    )
    ends_on = DayField(
        label=_("The last day it holds"),
        widget=Day(),
        error_messages={"required": _("Say the last day it holds.")},
    )
    ends_event = forms.CharField(
        label=_("What has to happen?"),
        max_length=200,
        error_messages={"required": _("Say what has to happen for it to end.")},
        help_text=_("Something everyone can see, such as “my CHIPS case is closed”."),
    )
    firm = forms.BooleanField(
        label=_("It cannot be taken back before it ends"),
        required=False,
        help_text=_("Only where the criminal court asks for it. Leave it empty when in doubt."),
    )

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.data.get("ends") if self.is_bound else None
        self.fields["ends_on"].required = chosen in (None, Ending.DATE.value)
        self.fields["ends_event"].required = chosen in (None, Ending.EVENT.value)
        self.fields["ends"].choices = [  # type: ignore[attr-defined]
            (code.value, ENDING_WORDS[code]) for code in kind.ends
        ]
        if not kind.may_be_firm:
            del self.fields["firm"]

    def until(self) -> Until:
        said = self.cleaned_data
        return Until(
            Ending(said["ends"]), said["ends_on"], said["ends_event"], said.get("firm", False)
        )
