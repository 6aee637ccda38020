from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.people.rules import NewParticipant
from alongside.practice.codes import Pathway
from alongside.referrals.actions.desk import NewReferrer, ReferralWords
from alongside.referrals.rules.desk import WITH_REASON
from alongside.web.forms.fields import DayField
from alongside.web.forms.participants import Day, lines, terms

PHONE = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})


class RequestForm(forms.Form):
    """What a request says: the same questions when it comes in and when it is corrected."""

    pathway = forms.ChoiceField(
        label=_("How they came to us"), widget=forms.RadioSelect, choices=[]
    )
    referrer_name = forms.CharField(
        label=_("Who referred them"),
        max_length=200,
        required=False,
        help_text=_("Leave it empty if they asked by themselves."),
    )
    referrer_role = forms.CharField(
        label=_("Their job"),
        max_length=100,
        required=False,
        help_text=_("For example: county social worker, CCS service facilitator."),
    )
    referrer_organization = forms.CharField(label=_("Where from"), max_length=200, required=False)
    referrer_email = forms.EmailField(label=_("Their e-mail"), required=False)
    referrer_phone = forms.CharField(
        label=_("Their phone"), max_length=60, required=False, widget=PHONE
    )
    reason = forms.CharField(
        label=_("What brings them"),
        required=False,
        widget=lines(),
        help_text=_("In plain words, theirs if you have them. No diagnosis is needed."),
    )
    asked_for = forms.CharField(
        label=_("What they asked for"),
        required=False,
        widget=lines(),
        help_text=_("Language, who they would like or not like, times, places. Their wishes lead."),
    )
    county = forms.CharField(label=_("County"), max_length=60, required=False)
    received_on = DayField(
        label=_("When they asked"),
        required=False,
        widget=Day(),
        help_text=_("Leave it empty if nobody knows. Never guess."),
    )
    next_court_on = DayField(label=_("Next court date"), required=False, widget=Day())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pathway"].choices = terms("pathway")  # type: ignore[attr-defined]

    def request_words(self) -> ReferralWords:
        said = self.cleaned_data
        return ReferralWords(
            pathway=Pathway(said["pathway"]),
            received_on=said["received_on"],
            county=said["county"],
            reason=said["reason"],
            asked_for=said["asked_for"],
            next_court_on=said["next_court_on"],
        )

    def referrer(self) -> NewReferrer | None:
        said = self.cleaned_data
        if not said["referrer_name"]:
            return None
        kept = ("name", "role", "organization", "email", "phone")
        return NewReferrer(**{key: said[f"referrer_{key}"] for key in kept})


class NewReferralForm(RequestForm):
    """Someone asks for support. ``referral_id`` is made with the page: five clicks, one request."""

    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("As they say it, given name first.")
    )
    phone = forms.CharField(label=_("Phone"), max_length=60, required=False, widget=PHONE)
    language = forms.CharField(label=_("Language"), max_length=60, required=False)
    born_on = DayField(
        label=_("Born on"),
        required=False,
        widget=Day(),
        help_text=_("Leave it empty if you do not know. Never guess."),
    )
    population = forms.ChoiceField(
        label=_("How they describe themselves"),
        required=False,
        choices=[],
        help_text=_("Their own word is enough. Nobody has to prove anything."),
    )
    referral_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["population"].choices = populations()  # type: ignore[attr-defined]

    def participant(self) -> NewParticipant:
        kept = ("name", "phone", "language", "county", "born_on", "population")
        return NewParticipant(**{key: self.cleaned_data[key] for key in kept})


def populations() -> list[tuple[str, Any]]:
    said = terms("population", but=frozenset({"not_said"}))
    return [("", _("Not said yet")), *said]


class CorrectForm(RequestForm):
    why = forms.CharField(
        label=_("Why is it corrected?"),
        max_length=300,
        required=False,
        help_text=_("What stood here before stays readable."),
    )


def as_it_stands(referral: Any) -> Mapping[str, object]:
    """What the correction form starts with."""
    kept = ("pathway", "reason", "asked_for", "county", "received_on", "next_court_on")
    said: dict[str, object] = {name: getattr(referral, name) for name in kept}
    if referral.referrer:
        for name in ("name", "role", "organization", "email", "phone"):
            said[f"referrer_{name}"] = getattr(referral.referrer, name)
    return said


class MoveForm(forms.Form):
    reason = forms.CharField(label=_("Why"), required=False, widget=lines(2))
    told = forms.CharField(
        label=_("What they were told"),
        required=False,
        widget=lines(2),
        help_text=_("The words you used, and when they can ask again."),
    )

    def __init__(self, *args: Any, to: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("reason", "told"):
            self.fields[name].required = to in {str(status) for status in WITH_REASON}


class PopulationForm(forms.Form):
    population = forms.ChoiceField(
        label=_("How they describe themselves"), required=False, choices=[]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["population"].choices = populations()  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    said = forms.CharField(
        label=_("What did they say?"),
        widget=lines(3),
        help_text=_("In their words. They decide; take the time they need."),
    )


class EndForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it ends"), widget=lines(2), help_text=_("A few neutral words are enough.")
    )
    hand_off = forms.CharField(
        label=_("For whoever comes next"),
        required=False,
        widget=lines(3),
        help_text=_("What the participant wants the next supporter to know, if anything."),
    )


class ToldForm(forms.Form):
    words = forms.CharField(required=False, widget=forms.Textarea)
