from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.plans.codes import RequirementState, Rhythm
from alongside.plans.rules.requirements import (
    MOST_TIMES,
    REQUIREMENT_MOVES,
    RHYTHM_NAMES,
    STATE_NAMES,
    NewEvidence,
    NewRequirement,
)
from alongside.practice import catalog
from alongside.web.forms.fields import DayField
from alongside.web.forms.growth import file_field
from alongside.web.forms.participants import Day, lines

TEXTS = ("words", "set_by", "set_by_name", "official", "rhythm", "what_counts", "ask_words")


class RequirementForm(forms.Form):
    words = forms.CharField(
        label=_("What is asked, in plain words"),
        widget=lines(2),
        help_text=_("The way you would say it to a friend. One thing only."),
        error_messages={"required": _("Say in plain words what is asked. One sentence is enough.")},
    )
    set_by = forms.ChoiceField(label=_("Who asks it?"), widget=forms.RadioSelect, choices=[])
    set_by_name = forms.CharField(
        label=_("Name"),
        max_length=200,
        required=False,
        help_text=_("A judge, a worker, a class: as it stands on the paper."),
    )
    rhythm = forms.ChoiceField(
        label=_("How often?"),
        widget=forms.RadioSelect,
        choices=[(code.value, _(name)) for code, name in RHYTHM_NAMES.items()],
        initial=Rhythm.ONCE.value,
    )
    how_many = forms.IntegerField(
        label=_("How many times in all?"),
        required=False,
        min_value=1,
        max_value=MOST_TIMES,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=_("Like 12 for twelve meetings. Leave it empty if it is not a number."),
    )
    due_on = DayField(
        label=_("By when?"),
        required=False,
        widget=Day(),
        help_text=_("Or until when. No day is fine."),
    )
    what_counts = forms.CharField(
        label=_("What counts as done?"),
        required=False,
        widget=lines(2),
        help_text=_("A certificate, a sign-in sheet, a phone call. If you do not know, ask."),
    )
    official = forms.CharField(
        label=_("As the paper says it"),
        required=False,
        widget=lines(2),
        help_text=_("The official words, if you have them."),
    )
    people = forms.MultipleChoiceField(
        label=_("Whom can they ask about it?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[],
    )
    ask_words = forms.CharField(
        label=_("Or someone else"),
        required=False,
        max_length=300,
        help_text=_("A name, an office, a number."),
    )
    why = forms.CharField(
        label=_("Why do you change it?"),
        required=False,
        max_length=300,
        help_text=_("A few words. They stand in its history."),
    )
    requirement_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, around: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["set_by"].choices = [  # type: ignore[attr-defined]
            (one.code, _(one.short)) for one in catalog.terms("set_by")
        ]
        self.fields["people"].choices = around  # type: ignore[attr-defined]
        if not around:
            del self.fields["people"]

    def requirement(self) -> NewRequirement:
        said = self.cleaned_data
        return NewRequirement(
            **{name: said[name] for name in TEXTS},
            due_on=said["due_on"],
            how_many=said["how_many"],
            people=tuple(UUID(one) for one in said.get("people", ())),
        )


def known(row: Any) -> dict[str, Any]:
    """The fields as they stand now."""
    return {
        **{name: getattr(row, name) for name in TEXTS},
        "due_on": row.due_on,
        "how_many": row.how_many,
        "people": [str(one.member_id) for one in row.people.all()],
        "revision": row.revision,
    }


class MoveForm(forms.Form):
    to = forms.ChoiceField(
        label=_("How far is it now?"),
        widget=forms.RadioSelect,
        choices=[],
        error_messages={"required": _("Choose how far it is.")},
    )
    words = forms.CharField(
        label=_("Who said so, or why"),
        required=False,
        max_length=300,
        help_text=_("Like: the clerk called on Monday."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, now: RequirementState, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (to.value, _(STATE_NAMES[to]))
            for to in RequirementState
            if to in REQUIREMENT_MOVES[now]
        ]


class EvidenceForm(forms.Form):
    on = DayField(label=_("On which day?"), widget=Day())
    words = forms.CharField(
        label=_("What was done?"),
        required=False,
        widget=lines(2),
        help_text=_("A few words, theirs if they like."),
    )
    meeting = forms.ChoiceField(
        label=_("You went along?"),
        required=False,
        choices=[],
        help_text=_("Only that you met and where to. No word of the note."),
    )
    times = forms.IntegerField(
        label=_("It counts for how many times?"),
        min_value=0,
        max_value=MOST_TIMES,
        initial=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=_("0 if it does not count by itself."),
    )
    file = file_field(_("A photo or a file"))
    evidence_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, meetings: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].choices = [("", _("None")), *meetings]  # type: ignore[attr-defined]
        if not meetings:
            del self.fields["meeting"]

    def evidence(self) -> NewEvidence:
        said = self.cleaned_data
        return NewEvidence(on=said["on"], words=said["words"], times=said["times"])


class QuestionForm(forms.Form):
    words = forms.CharField(
        label=_("What do you two want to know?"),
        widget=lines(2),
        error_messages={"required": _("Write what you want to know.")},
    )
    question_id = forms.UUIDField(widget=forms.HiddenInput, required=False)


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("What did you find out?"),
        widget=lines(2),
        error_messages={"required": _("Write what you found out together.")},
    )
