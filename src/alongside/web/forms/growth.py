from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.practice.growth.codes import CompetencyWord, SupervisionKind, Whose
from alongside.practice.growth.hours import in_words
from alongside.web.forms.fields import DayField
from alongside.web.forms.participants import Day, lines, terms
from alongside.workforce.rules.growth import (
    LINE_LENGTH,
    TOPIC_LENGTH,
    Beginning,
    NewLearning,
    NewSupervision,
    NewView,
)

COUNTS_FOR = {
    "for_certificate": _("My certificate"),
    "for_in_service": _("Yearly in-service hours"),
    "for_orientation": _("Orientation"),
}


def file_field(label: Any) -> forms.FileField:
    return forms.FileField(
        label=label,
        required=False,
        allow_empty_file=True,
        help_text=_("A PDF or a photo, 10 megabytes at most. Where it was taken is left out."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )


class LearningForm(forms.Form):
    on = DayField(label=_("On which day"), widget=Day())
    topic = forms.CharField(label=_("What it was about"), max_length=TOPIC_LENGTH)
    hours = forms.DecimalField(
        label=_("Hours"),
        max_digits=5,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"step": "0.25", "min": "0.25", "inputmode": "decimal"}),
        help_text=_("In quarters: 1.5 is an hour and a half."),
    )
    given_by = forms.CharField(label=_("Who gave it"), max_length=TOPIC_LENGTH, required=False)
    counts_for = forms.MultipleChoiceField(
        label=_("What the hours count for"),
        widget=forms.CheckboxSelectMultiple,
        choices=list(COUNTS_FOR.items()),
        error_messages={"required": _("Choose what the hours count for.")},
    )
    file = file_field(_("The paper you got"))
    made_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def learning(self) -> NewLearning:
        said = self.cleaned_data
        return NewLearning(
            on=said["on"],
            topic=said["topic"],
            minutes=_minutes(said["hours"]),
            given_by=said["given_by"],
            **{name: name in said["counts_for"] for name in COUNTS_FOR},
        )


def known_learning(row: Any) -> dict[str, Any]:
    """What the form starts with when an entry is corrected."""
    return {
        "on": row.on,
        "topic": row.topic,
        "hours": in_words(row.minutes),
        "given_by": row.given_by,
        "counts_for": [name for name in COUNTS_FOR if getattr(row, name)],
    }


def _minutes(hours: Decimal) -> int:
    """Whole minutes; what does not come to a whole one is no quarter either, and 1 says so."""
    minutes = hours * 60
    return int(minutes) if minutes == minutes.to_integral_value() else 1


class SupervisionForm(forms.Form):
    on = DayField(label=_("On which day"), widget=Day())
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=9999, initial=60)
    kind = forms.ChoiceField(label=_("How"), widget=forms.RadioSelect, choices=[])
    topics = forms.CharField(
        label=_("What you talked about"),
        required=False,
        widget=lines(4),
        max_length=5000,
        help_text=_("The two of you read this, nobody else. Leave names out where you can."),
    )
    beside = forms.MultipleChoiceField(
        label=_("Who else was in the group"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[],
    )
    done = forms.MultipleChoiceField(
        label=_("Talked about, off the list"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[],
    )
    made_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, team: Iterable[Any] = (), agenda: Iterable[Any] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = terms("supervision_kind")  # type: ignore[attr-defined]
        for name, found in (
            ("beside", [(str(one.pk), one.name) for one in team]),
            ("done", [(str(line.pk), line.words) for line in agenda]),
        ):
            if found:
                self.fields[name].choices = found  # type: ignore[attr-defined]
            else:
                del self.fields[name]

    def supervision(self) -> NewSupervision:
        said = self.cleaned_data
        return NewSupervision(
            said["on"], said["minutes"], SupervisionKind(said["kind"]), said["topics"]
        )

    def chosen(self, name: str) -> list[UUID]:
        return [UUID(one) for one in self.cleaned_data.get(name, ())]


class ViewForm(forms.Form):
    word = forms.ChoiceField(label=_("How far along"), widget=forms.RadioSelect, choices=[])
    words = forms.CharField(
        label=_("What shows it"),
        required=False,
        widget=lines(4),
        max_length=5000,
        help_text=_("A time when it went well, a training, something you made. No names."),
    )
    file = file_field(_("A paper that shows it"))
    made_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["word"].choices = terms("competency_word")  # type: ignore[attr-defined]

    def view(self, competency: str, whose: Whose) -> NewView:
        said = self.cleaned_data
        return NewView(competency, whose, CompetencyWord(said["word"]), said["words"])


class LineForm(forms.Form):
    words = forms.CharField(label=_("To talk about next time"), max_length=LINE_LENGTH)
    made_id = forms.UUIDField(required=False, widget=forms.HiddenInput)


EXPERIENCE = {"": _("Nobody said"), "yes": _("Six months or more"), "no": _("Less than that")}


class BeginningForm(forms.Form):
    began_on = DayField(label=_("First day here"), required=False, widget=Day())
    experienced = forms.ChoiceField(
        label=_("Experience in such work before"),
        required=False,
        widget=forms.RadioSelect,
        choices=list(EXPERIENCE.items()),
    )
    volunteer = forms.BooleanField(label=_("Works as a volunteer"), required=False)

    def beginning(self) -> Beginning:
        said = self.cleaned_data
        experienced = {"yes": True, "no": False}.get(said["experienced"])
        return Beginning(said["began_on"], experienced, said["volunteer"])


def known_beginning(supporter: Any) -> dict[str, Any]:
    experienced = {True: "yes", False: "no", None: ""}[supporter.experienced]
    return {
        "began_on": supporter.began_on,
        "experienced": experienced,
        "volunteer": supporter.volunteer,
    }
