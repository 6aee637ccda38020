"""What a plan holds beside its goals, as forms: one thing each."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.plans.codes import ObstacleKind, PartKind, PartStatus, WhoDoes
from alongside.plans.rules.parts import LONGEST_NAME, RESTS, SAID_OF, NewPart, status_name
from alongside.practice import catalog
from alongside.practice.codes import ServiceArray
from alongside.web.forms.encounters import RevealingRadios, offered_arrays
from alongside.web.forms.fields import DayField, Worded
from alongside.web.forms.participants import Day, lines

NEEDS_WORDS = {"required": _("Write it the way they say it. A few words are enough.")}


def one_line(label: Any, **more: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(
        **{
            "label": label,
            "required": False,
            "max_length": LONGEST_NAME,
            "widget": widget,
            "error_messages": {"max_length": _("Make it shorter, please.")},
            **more,
        }
    )


class PartForm(forms.Form):
    kind: ClassVar[PartKind]
    words = forms.CharField(
        label=_("In their own words"), widget=lines(), error_messages=NEEDS_WORDS
    )
    part_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, name: str = "", opens: bool = False, **kwargs: Any) -> None:
        """``name``: what the participant is called; ``opens``: whether Peer Support is offered."""
        super().__init__(*args, **kwargs)
        self.begin(name, opens=opens)

    def begin(self, name: str, *, opens: bool) -> None:
        pass

    def new(self, goal_id: UUID | None, parent_id: UUID | None) -> NewPart:
        said = {key: self.cleaned_data[key] for key in SAID_OF[self.kind] if key != "goal_id"}
        return NewPart(self.kind, self.cleaned_data["words"], goal_id, parent_id, **said)


class StrengthForm(PartForm):
    kind = PartKind.STRENGTH


class ValueForm(PartForm):
    kind = PartKind.VALUE


class ObjectiveForm(PartForm):
    kind = PartKind.OBJECTIVE
    sample = forms.ChoiceField(
        label=_("Ten ways to begin"), required=False, widget=forms.RadioSelect
    )
    service_array = forms.ChoiceField(label=_("Service array"), required=False)

    def begin(self, name: str, *, opens: bool) -> None:
        self.fields["words"].required = False
        self.fields["words"].help_text = _("Leave it empty to take the words of a sample.")
        self.fields["sample"].choices = [  # type: ignore[attr-defined]
            *(
                (t.code, Worded(gettext(t.name), gettext(t.help)))
                for t in catalog.terms("objective")
            ),
            ("", Worded(gettext("None of these"))),
        ]
        now = self.initial.get("service_array")
        arrays = [
            (code, said)
            for code, said in offered_arrays()
            if opens or code != ServiceArray.PEER_SUPPORT or code == now
        ]
        self.fields["service_array"].choices = [  # type: ignore[attr-defined]
            ("", gettext("None, or later")),
            *arrays,
        ]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not said.get("words") and said.get("sample"):
            said["words"] = gettext(catalog.term("objective", said["sample"]).name)
        return said


class WhoForm(PartForm):
    """Who takes a step, or tried something."""

    who = forms.ChoiceField(
        label=_("Who does it?"), error_messages={"required": _("Choose who does it.")}
    )
    who_name = one_line(_("Who is that?"))
    day = DayField(label=_("By when?"), required=False, widget=Day())
    reveals: ClassVar[Mapping[str, str]] = {WhoDoes.SOMEONE.value: "part-who_name"}

    def begin(self, name: str, *, opens: bool) -> None:
        field = self.fields["who"]
        field.widget = RevealingRadios(reveals=self.reveals)
        field.choices = [  # type: ignore[attr-defined]
            (WhoDoes.PARTICIPANT.value, name or gettext("The participant")),
            (WhoDoes.SUPPORTER.value, gettext("Their supporter")),
            (WhoDoes.SOMEONE.value, gettext("Someone else")),
        ]


class StepForm(WhoForm):
    kind = PartKind.STEP
    reveals = {WhoDoes.SOMEONE.value: "part-who_name", WhoDoes.SUPPORTER.value: "part-for-them"}
    on_behalf = forms.BooleanField(
        label=_("It is done for them, in their place"),
        required=False,
        help_text=_("Most things go better side by side. If not, ask first, for this one task."),
    )
    permission_words = forms.CharField(
        label=_("How did they say yes to it?"), required=False, widget=lines(2)
    )

    def begin(self, name: str, *, opens: bool) -> None:
        super().begin(name, opens=opens)
        self.fields["on_behalf"].widget.attrs["data-reveals"] = "part-permission"

    def new(self, goal_id: UUID | None, parent_id: UUID | None) -> NewPart:
        # What was ticked for a supporter says nothing once another takes the step.
        if self.cleaned_data["who"] != WhoDoes.SUPPORTER:
            self.cleaned_data["on_behalf"] = False
        return super().new(goal_id, parent_id)


class TryForm(WhoForm):
    kind = PartKind.TRY

    def begin(self, name: str, *, opens: bool) -> None:
        super().begin(name, opens=opens)
        self.fields["words"].label = _("What was tried, and how did it go?")
        self.fields["who"].label = _("Who tried it?")
        self.fields["day"].label = _("When?")


class SupportForm(PartForm):
    kind = PartKind.SUPPORT
    how_close = one_line(_("How close?"), help_text=_("For example: every day, once a year."))
    next_step = forms.CharField(label=_("A next step"), required=False, widget=lines(2))

    def begin(self, name: str, *, opens: bool) -> None:
        self.fields["words"].label = _("Who or what?")


class ObstacleForm(PartForm):
    kind = PartKind.OBSTACLE
    obstacle = forms.ChoiceField(
        label=_("Where does it stand?"),
        widget=forms.RadioSelect,
        choices=[
            (ObstacleKind.PERSONAL.value, _("Personal")),
            (ObstacleKind.ENVIRONMENTAL.value, _("Around them")),
        ],
        error_messages={"required": _("Choose where it stands.")},
    )


class QuestionForm(PartForm):
    kind = PartKind.QUESTION
    asked_of = one_line(_("Whom to ask?"))


FORMS: Mapping[str, type[PartForm]] = {
    form.kind.value: form
    for form in (
        *(StrengthForm, ValueForm, ObjectiveForm, StepForm, SupportForm),
        *(ObstacleForm, TryForm, QuestionForm),
    )
}


class RestForm(forms.Form):
    """How something came to rest, with the words that go with it."""

    to = forms.ChoiceField(
        label=_("What happened?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    said = forms.CharField(label=_("Their words on it"), required=False, widget=lines())
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: PartKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ends = [status for status in PartStatus if status in RESTS[kind]]
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (status.value, gettext(status_name(kind, status))) for status in ends
        ]
        if len(ends) == 1:
            self.initial.setdefault("to", ends[0].value)
        if kind is PartKind.QUESTION:
            self.fields["said"].label = _("What was said?")
