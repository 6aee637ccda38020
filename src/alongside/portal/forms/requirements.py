"""What is asked of me, in my own words. Few words, short sentences."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.core.clock import in_reach
from alongside.plans.codes import Rhythm
from alongside.plans.rules.requirements import MOST_TIMES, NewEvidence, NewRequirement
from alongside.practice import catalog

HOW_OFTEN = (
    (Rhythm.ONCE.value, _("Once")),
    (Rhythm.WEEK.value, _("Each week")),
    (Rhythm.MONTH.value, _("Each month")),
)


LONGEST_NAME, LONGEST_ASK = 200, 300  # characters
MORE = ("set_by_name", "official", "how_many", "ask_words")  # columns, each a field of its own
# What the lists of the staff call by a name of their trade.
PLAIN = {
    "case_plan": _("The plan of my county worker"),
    "ccs": _("My CCS team, with workers from the county"),
}


class DayField(forms.DateField):
    """A day that people mean: nobody means the year 1."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **options)

    def to_python(self, value: Any) -> date | None:
        on = super().to_python(value)
        if on is not None and not in_reach(on):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return on


def text(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "maxlength": 5000})


class AskedForm(forms.Form):
    words = forms.CharField(
        label=_("What do they ask of you?"),
        widget=text(),
        help_text=_("Say it your way. One thing only."),
        error_messages={"required": _("Write what they ask of you.")},
    )
    set_by = forms.ChoiceField(
        label=_("Who asks it?"),
        widget=forms.RadioSelect,
        choices=[],
        error_messages={"required": _("Choose who asks it.")},
    )
    due_on = DayField(
        label=_("By when?"), required=False, help_text=_("Or until when. No day is fine.")
    )
    rhythm = forms.ChoiceField(
        label=_("How often?"),
        widget=forms.RadioSelect,
        choices=HOW_OFTEN,
        initial=Rhythm.ONCE.value,
    )
    what_counts = forms.CharField(
        label=_("How will they know it is done?"),
        required=False,
        widget=text(2),
        help_text=_("A paper, a call, a list you sign. If you do not know, ask."),
    )
    set_by_name = forms.CharField(
        label=_("What is their name?"), required=False, max_length=LONGEST_NAME
    )
    official = forms.CharField(label=_("What does the paper say?"), required=False, widget=text(2))
    how_many = forms.IntegerField(
        label=_("How many times in all?"),
        required=False,
        min_value=1,
        max_value=MOST_TIMES,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    people = forms.MultipleChoiceField(
        label=_("Whom can you ask about it?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[],
        help_text=_("Only for your list. We do not tell them."),
    )
    ask_words = forms.CharField(
        label=_("Whom can you ask about it?"), required=False, max_length=LONGEST_ASK
    )
    why = forms.CharField(label=_("Why do you change it?"), required=False, max_length=300)
    requirement_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, around: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = around  # type: ignore[attr-defined]
        if around:
            self.fields["ask_words"].label = _("Or someone else")
        else:
            del self.fields["people"]
        self.fields["set_by"].choices = [  # type: ignore[attr-defined]
            (one.code, PLAIN.get(one.code) or _(one.short)) for one in catalog.terms("set_by")
        ]

    @property
    def more(self) -> list[forms.BoundField]:
        """What few know at once: folded away."""
        return [self[name] for name in self.fields if name in (*MORE, "people")]

    @property
    def more_said(self) -> bool:
        return any(field.value() or field.errors for field in self.more)

    def requirement(self) -> NewRequirement:
        said = self.cleaned_data
        return NewRequirement(
            words=said["words"],
            set_by=said["set_by"],
            rhythm=said["rhythm"],
            due_on=said["due_on"],
            what_counts=said["what_counts"],
            set_by_name=said["set_by_name"],
            official=said["official"],
            how_many=said["how_many"],
            ask_words=said["ask_words"],
            people=tuple(UUID(one) for one in said.get("people", ())),
        )


class DidForm(forms.Form):
    on = DayField(label=_("Which day?"), error_messages={"required": _("Choose a day.")})
    words = forms.CharField(
        label=_("What did you do?"), required=False, widget=text(), help_text=_("A few words.")
    )
    file = forms.FileField(
        label=_("A photo or a file"),
        required=False,
        allow_empty_file=True,
        help_text=_("Take a photo of the paper. Words alone are fine too."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
    times = forms.IntegerField(
        label=_("How many times?"),
        min_value=1,
        max_value=MOST_TIMES,
        initial=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    evidence_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, counts: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not counts:
            del self.fields["times"]

    def evidence(self) -> NewEvidence:
        said = self.cleaned_data
        return NewEvidence(on=said["on"], words=said["words"], times=said.get("times", 1))


class AskForm(forms.Form):
    words = forms.CharField(
        label=_("What do you want to know?"),
        widget=text(2),
        help_text=_("Your supporter reads it and asks with you."),
        error_messages={"required": _("Write what you want to know.")},
    )
    question_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
