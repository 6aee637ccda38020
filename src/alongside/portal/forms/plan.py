"""A participant's own plan as forms: one thing each, in plain words. Only words are ever a must."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.core.clock import in_reach
from alongside.plans.codes import GoalStatus, ObstacleKind, PartKind, PartStatus, WhoDoes
from alongside.plans.rules.parts import LONGEST_NAME, RESTS, SAID_OF, NewPart
from alongside.practice import catalog
from alongside.practice.codes import CoreComponent

LONGEST = 5_000  # characters
SAY_IT = {"required": _("Write a few words first.")}


def lines(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "maxlength": LONGEST})


def short(label: Any, **more: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(
        **{"label": label, "required": False, "max_length": LONGEST_NAME, "widget": widget, **more}
    )


class DayField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def to_python(self, value: Any) -> Any:
        on = super().to_python(value)
        if on is not None and not in_reach(on):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return on


def offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]


class OwnGoalForm(forms.Form):
    words = forms.CharField(
        label=_("What do you want?"),
        widget=lines(),
        max_length=LONGEST,
        help_text=_("Say it your way. One sentence is enough."),
        error_messages=SAY_IT,
    )
    area = forms.ChoiceField(
        label=_("What part of life is it?"), required=False, widget=forms.RadioSelect
    )
    goal_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = [(t.code, gettext(t.short)) for t in catalog.growth_areas()]
        offer(self, "area", [*areas, ("", gettext("None of these"))])


class OwnGoalEndForm(forms.Form):
    to = forms.ChoiceField(
        label=_("What happened?"),
        widget=forms.RadioSelect,
        choices=[
            (GoalStatus.REACHED.value, _("I reached it")),
            (GoalStatus.SET_ASIDE.value, _("I set it aside for now")),
        ],
        error_messages={"required": _("Choose one.")},
    )
    said = forms.CharField(
        label=_("Your words on it"), required=False, widget=lines(), max_length=LONGEST
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


class OwnCoreWordsForm(forms.Form):
    seen = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for term in catalog.terms("core_component"):
            self.fields[term.code] = forms.CharField(
                label=gettext(term.name),
                help_text=gettext(term.help),
                required=False,
                widget=lines(2),
                max_length=LONGEST,
            )

    def said(self) -> dict[CoreComponent, str]:
        return {code: self.cleaned_data[code.value] for code in CoreComponent}


class OwnPartForm(forms.Form):
    kind: ClassVar[PartKind]
    words = forms.CharField(
        label=_("Your words"), widget=lines(), max_length=LONGEST, error_messages=SAY_IT
    )
    part_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, part: Any = None, **kwargs: Any) -> None:
        """``part``: what is changed; fields that this form does not show stay as they are in it."""
        super().__init__(*args, **kwargs)
        self.part = part
        self.begin()

    def begin(self) -> None:
        pass

    def new(self, goal_id: UUID | None, parent_id: UUID | None) -> NewPart:
        said: dict[str, Any] = {
            name: self.cleaned_data[name]
            if name in self.cleaned_data
            else getattr(self.part, name, "")
            for name in SAID_OF[self.kind]
            if name != "goal_id"
        }
        return NewPart(self.kind, self.cleaned_data["words"], goal_id, parent_id, **said)


class OwnStrengthForm(OwnPartForm):
    kind = PartKind.STRENGTH


class OwnValueForm(OwnPartForm):
    kind = PartKind.VALUE


class OwnObjectiveForm(OwnPartForm):
    """Under which array it stands is not asked here; what a supporter chose stays."""

    kind = PartKind.OBJECTIVE
    sample = forms.ChoiceField(
        label=_("Ten ideas to start from"), required=False, widget=forms.RadioSelect
    )

    def begin(self) -> None:
        self.fields["words"].required = False
        self.fields["words"].help_text = _("Or leave it empty and pick an idea.")
        ideas = [(t.code, gettext(t.name)) for t in catalog.terms("objective")]
        offer(self, "sample", [*ideas, ("", gettext("None of these"))])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not said.get("words") and said.get("sample"):
            said["words"] = gettext(catalog.term("objective", said["sample"]).name)
        return said


class Opening(forms.RadioSelect):
    """Choices that open a further question (see ``assets/js/reveals.js``)."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        opens = {WhoDoes.SOMEONE.value: "own-who_name", WhoDoes.SUPPORTER.value: "own-on_behalf"}
        if str(value) in opens:
            option["attrs"]["data-reveals"] = opens[str(value)]
        return option


class OwnWhoForm(OwnPartForm):
    who = forms.ChoiceField(
        label=_("Who does it?"),
        widget=Opening,
        error_messages={"required": _("Choose who does it.")},
    )
    who_name = short(_("If it is someone else: who?"))
    day = DayField(label=_("By when?"), required=False)

    def begin(self) -> None:
        whose = [
            (WhoDoes.PARTICIPANT.value, gettext("Me")),
            (WhoDoes.SUPPORTER.value, gettext("My supporter")),
            (WhoDoes.SOMEONE.value, gettext("Someone else")),
        ]
        offer(self, "who", whose)


class OwnStepForm(OwnWhoForm):
    """What one asks for oneself is one's own yes to it (SVC-6)."""

    kind = PartKind.STEP
    on_behalf = forms.BooleanField(label=_("I ask my supporter to do this for me."), required=False)

    def new(self, goal_id: UUID | None, parent_id: UUID | None) -> NewPart:
        said = self.cleaned_data
        if said["who"] != WhoDoes.SUPPORTER:
            said["on_behalf"] = False
        said["permission_words"] = ""
        if said["on_behalf"]:
            same = self.part is not None and self.part.words == said["words"].strip()
            kept = self.part.permission_words if same else ""
            said["permission_words"] = kept or gettext("I ask my supporter to do this for me.")
        return super().new(goal_id, parent_id)


class OwnTryForm(OwnWhoForm):
    kind = PartKind.TRY

    def begin(self) -> None:
        super().begin()
        self.fields["words"].label = _("What was tried? How did it go?")
        self.fields["who"].label = _("Who tried it?")
        self.fields["day"].label = _("When?")


class OwnSupportForm(OwnPartForm):
    kind = PartKind.SUPPORT
    how_close = short(_("How close are you?"))
    next_step = forms.CharField(
        label=_("What could come next?"), required=False, widget=lines(2), max_length=LONGEST
    )

    def begin(self) -> None:
        self.fields["words"].label = _("Who or what is it?")


class OwnObstacleForm(OwnPartForm):
    kind = PartKind.OBSTACLE
    obstacle = forms.ChoiceField(
        label=_("Where is it?"),
        widget=forms.RadioSelect,
        choices=[
            (ObstacleKind.PERSONAL.value, _("Inside me, like fear or pain")),
            (ObstacleKind.ENVIRONMENTAL.value, _("Around me, like money or rides")),
        ],
        error_messages={"required": _("Choose where it is.")},
    )


class OwnQuestionForm(OwnPartForm):
    kind = PartKind.QUESTION
    asked_of = short(_("Whom do you want to ask?"))


FORMS: Mapping[str, type[OwnPartForm]] = {
    form.kind.value: form
    for form in (
        *(OwnStrengthForm, OwnValueForm, OwnObjectiveForm, OwnStepForm, OwnSupportForm),
        *(OwnObstacleForm, OwnTryForm, OwnQuestionForm),
    )
}

ENDS: Mapping[tuple[PartKind, PartStatus], Any] = {
    (PartKind.STEP, PartStatus.DONE): _("It is done"),
    (PartKind.OBJECTIVE, PartStatus.DONE): _("I got there"),
    (PartKind.OBSTACLE, PartStatus.DONE): _("It is out of the way"),
    (PartKind.QUESTION, PartStatus.DONE): _("I asked"),
}


class OwnRestForm(forms.Form):
    to = forms.ChoiceField(
        label=_("What happened?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    said = forms.CharField(
        label=_("Your words on it"), required=False, widget=lines(), max_length=LONGEST
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: PartKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ends = [status for status in PartStatus if status in RESTS[kind]]
        aside = gettext("I set it aside for now")
        offer(self, "to", [(end.value, ENDS.get((kind, end), aside)) for end in ends])
        if len(ends) == 1:
            self.initial.setdefault("to", ends[0].value)
        if kind is PartKind.QUESTION:
            self.fields["said"].label = _("What was said?")
