"""The note as a form: what was typed becomes a ``NewNote``, or stays as typed with what to mend."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.core.refusal import Refusal
from alongside.encounters import rules
from alongside.encounters.rules import NewNote, Times, times_on_wall
from alongside.encounters.rules.kept import NewKept, why_not_these
from alongside.practice import catalog
from alongside.practice.arrays.questions import known, questions
from alongside.practice.codes import Activity, Mode, Place, Service
from alongside.web.forms.fields import DayField

NOT_OFFERED = frozenset({Activity.GOING_ALONG.value})
_KEPT = ("text", "reason", "why")
SHORT = "short_"  # before the code of a short question about the array
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
CLOCK = ["%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M%p", "%I %p"]


def chips(kind: str, *, but: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    """Codes and their short names, in the reader's language."""
    return [(t.code, gettext(t.short)) for t in catalog.terms(kind) if t.code not in but]


def offered_arrays() -> list[tuple[str, str]]:
    """The service arrays a peer supporter's note may be under: not those of clinical staff."""
    offered = [t for t in catalog.terms("service_array") if "clinical" not in t.marks]
    # What a peer-run agency usually provides comes first.
    offered.sort(key=lambda term: "peer-run" not in term.marks)
    return [(t.code, gettext(t.name)) for t in offered]


class _Reveals:
    """Options that open a further question (see ``assets/js/reveals.js``)."""

    def __init__(self, reveals: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.reveals = reveals

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)  # type: ignore[misc]
        opens = self.reveals.get(str(value), "")
        if opens:
            option["attrs"]["data-reveals"] = opens
        return option


class RevealingRadios(_Reveals, forms.RadioSelect):
    """One choice, some of which open a further question."""


class RevealingBoxes(_Reveals, forms.CheckboxSelectMultiple):
    """Several choices, some of which open a further question."""


def clock_field(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    said = {"required": _("Say what time it was."), "invalid": _("Write it like 10:30 or 2:15 pm.")}
    return forms.TimeField(label=label, widget=widget, input_formats=CLOCK, error_messages=said)


def words_field(label: Any, rows: int, **kwargs: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "maxlength": 20000})
    return forms.CharField(**{"label": label, "required": False, "widget": widget, **kwargs})


class NoteForm(forms.Form):
    """One contact. ``goals`` are the participant's own; their words stand on the chips."""

    encounter_id = forms.UUIDField(widget=forms.HiddenInput)
    appointment = forms.UUIDField(widget=forms.HiddenInput, required=False)
    on = DayField(
        label=_("Day"), widget=DAY, error_messages={"required": _("Say which day it was.")}
    )
    start = clock_field(_("From"))
    end = clock_field(_("To"))
    mode = forms.ChoiceField(
        label=_("How were you in touch?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how you were in touch.")},
    )
    place = forms.ChoiceField(label=_("Where?"), widget=forms.RadioSelect, required=False)
    proposed_place = forms.CharField(widget=forms.HiddenInput, required=False)
    place_words = forms.CharField(label=_("Name of the place"), max_length=120, required=False)
    going_along = forms.ChoiceField(
        label=_("Did you go along to something?"), widget=forms.RadioSelect, required=False
    )
    processes = forms.MultipleChoiceField(
        label=_("What did we do?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
    activities = forms.MultipleChoiceField(label=_("In more detail"), required=False)
    service = forms.ChoiceField(
        label=_("Kind of support"), widget=forms.RadioSelect, required=False
    )
    goals = forms.MultipleChoiceField(
        label=_("Goals this touched"), widget=forms.CheckboxSelectMultiple, required=False
    )
    what_we_did = words_field(_("In everyday words"), 4)
    participant_words = words_field(_("Their words"), 2)
    what_next = words_field(_("What comes next"), 2)
    done_for = words_field(_("What did you do for them?"), 2)
    permission_words = words_field(
        _("How did they say yes?"), 2, help_text=_("For this one task, in their words.")
    )
    miles = forms.DecimalField(
        label=_("Miles you drove"),
        required=False,
        min_value=0,
        max_value=9999,
        decimal_places=1,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "class": "short"}),
    )
    array = forms.ChoiceField(label=_("Record it under"), required=False)
    array_own_reason = words_field(_("Why this one?"), 2)
    kept_text = words_field(_("The part that is kept apart"), 3)
    kept_reason = forms.ChoiceField(
        label=_("Why is it kept apart?"), widget=forms.RadioSelect, required=False
    )
    kept_why = words_field(_("In your words, for the privacy officer"), 2)
    kept_older = forms.BooleanField(
        label=_("It stood in the note before. Keep its earlier texts apart, too."), required=False
    )
    ask_words = words_field(_("The words that go along"), 3)
    ask_proposed = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        goals: Iterable[tuple[UUID, str]],
        first_name: str,
        time_zone: str,
        now: datetime,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.time_zone = time_zone
        self.now = now
        self._tick_what_was_written()
        self._ask_shortly()
        self._choose(goals)
        theirs = gettext("Words of %(name)s") % {"name": first_name}
        self.fields["participant_words"].label = theirs
        self.fields["done_for"].label = gettext("What did you do for %(name)s?") % {
            "name": first_name
        }
        self.fields["permission_words"].label = gettext("How did %(name)s say yes?") % {
            "name": first_name
        }

    def _tick_what_was_written(self) -> None:
        """Words about a task done for the person count, ticked or not: nothing typed is lost."""
        data = self.data
        if not isinstance(data, QueryDict) or not data.get("done_for", "").strip():
            return
        if Activity.DOING_FOR.value not in data.getlist("activities"):
            ticked = data.copy()
            ticked.appendlist("activities", Activity.DOING_FOR.value)
            self.data = ticked

    def _ask_shortly(self) -> None:
        """The short questions about the array, each a field of its own."""
        for question in questions():
            choices = [(code, gettext(words)) for code, words in question.answers]
            self.fields[f"{SHORT}{question.code}"] = forms.ChoiceField(
                label=gettext(question.ask),
                widget=forms.RadioSelect,
                choices=choices,
                required=False,
            )

    def short_fields(self) -> list[forms.BoundField]:
        return [self[f"{SHORT}{question.code}"] for question in questions()]

    def short_answers(self) -> dict[str, str]:
        """What was said to the short questions so far."""
        said = {q.code: self.so_far(f"{SHORT}{q.code}") or "" for q in questions()}
        return known(said)

    def _choose(self, goals: Iterable[tuple[UUID, str]]) -> None:
        self._offer("mode", chips("mode"))
        self._offer("place", chips("place"))
        self._offer("going_along", [("", gettext("No")), *chips("going_along")])
        self._offer("processes", chips("process"))
        self._offer("service", chips("service"))
        self._offer("goals", [(str(pk), f"“{words}”") for pk, words in goals])
        boxes = RevealingBoxes({Activity.DOING_FOR.value: "done-for"})
        self.fields["activities"].widget = boxes
        self._offer("activities", chips("activity", but=NOT_OFFERED))
        arrays = offered_arrays()
        arrays.append((rules.NO_SERVICE, gettext("No service array")))
        self.fields["array"].widget = RevealingRadios({code: "own-reason" for code, _n in arrays})
        self._offer("array", [("", gettext("As proposed")), *arrays])
        reasons = [(t.code, gettext(t.name)) for t in catalog.terms("kept_reason")]
        self._offer("kept_reason", reasons)

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean_activities(self) -> list[str]:
        """Going along is asked on its own, and is one of the activities all the same."""
        chosen: list[str] = self.cleaned_data["activities"]
        along = self.cleaned_data.get("going_along")
        return [*chosen, Activity.GOING_ALONG.value] if along else chosen

    def clean(self) -> dict[str, Any]:
        """What only a rule can see is said together with what is missing."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if {"on", "start", "end"} <= set(cleaned):
            self.refused(rules.why_not_times(self._times(), self.now))
        if not self.errors and self.kept():
            self.refused(why_not_these(self.kept()))
        if not self.errors:
            for fault in rules.faults(
                self.note(), advised=rules.array_of(cleaned["array"])[0], now=self.now
            ):
                self.refused(fault)
        return cleaned

    def refused(self, refusal: Refusal | None) -> None:
        """Show why a rule said no, beside the field that mends it."""
        if refusal is None:
            return
        sentence = gettext(refusal.sentence).format(**refusal.facts)
        field = refusal.field if refusal.field in self.fields else None
        if field is None or sentence not in self.errors.get(field, []):
            self.add_error(field, sentence)

    def _times(self) -> Times:
        facts = self.cleaned_data
        return times_on_wall(facts["on"], facts["start"], facts["end"], self.time_zone)

    def note(self) -> NewNote:
        """What is to be signed. Only for a form whose times are valid."""
        facts = self.cleaned_data
        return NewNote(
            times=self._times(),
            mode=facts["mode"],
            place=self.where(facts["mode"], facts["place"], facts["proposed_place"]),
            place_words=facts["place_words"],
            going_along=facts["going_along"],
            service=facts["service"] or Service.MENTORING.value,
            processes=tuple(facts["processes"]),
            activities=tuple(facts["activities"]),
            goal_ids=tuple(UUID(goal) for goal in facts["goals"]),
            what_we_did=facts["what_we_did"],
            participant_words=facts["participant_words"],
            what_next=facts["what_next"],
            done_for=facts["done_for"],
            permission_words=facts["permission_words"],
            array=facts["array"],
            array_answers=self.short_answers(),
            array_own_reason=facts["array_own_reason"],
            miles=facts["miles"],
        )

    def kept(self) -> NewKept:
        """What stays off the participant's pages; false while nothing is typed there."""
        text, reason, why = (self.cleaned_data.get(f"kept_{of}") or "" for of in _KEPT)
        return NewKept(text, reason, why, older=bool(self.cleaned_data.get("kept_older")))

    @staticmethod
    def where(mode: str | None, place: str | None, proposed: str | None) -> str:
        """A place that was only proposed, for meeting face to face, gives way on the phone."""
        if mode and mode != Mode.FACE_TO_FACE and place == proposed:
            return Place.ELECTRONIC.value
        return place or ""

    def so_far(self, name: str) -> Any:
        """The value typed so far if it can be read, else ``None``; never an error."""
        field = self.fields[name]
        try:
            return field.clean(self[name].value())
        except forms.ValidationError:
            return None


NO_REASON = {"required": _("A few words are enough.")}


class CorrectionForm(NoteForm):
    """A signed note, to be said differently. ``seen`` is how many versions this page knew.

    Where an old sheet gave minutes and no times, the times may stay unknown.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput)
    minutes = forms.IntegerField(
        label=_("Minutes"),
        required=False,
        min_value=1,
        max_value=960,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "short"}),
    )
    reason = words_field(
        _("What did you correct, and why?"), 2, required=True, error_messages=NO_REASON
    )
    field_order = ("reason",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self["minutes"].value():
            self.fields["start"].required = self.fields["end"].required = False

    def _times(self) -> Times:
        facts = self.cleaned_data
        if facts["start"] is None or facts["end"] is None:
            return Times(facts["on"], minutes=facts.get("minutes"))
        return super()._times()


class ReasonForm(forms.Form):
    reason = words_field(_("What was the mistake?"), 2, required=True, error_messages=NO_REASON)


class WordsForm(forms.Form):
    """The participant's turn, on the same phone."""

    words_id = forms.UUIDField(widget=forms.HiddenInput)
    words = words_field(_("Your words"), 4)
    signed_name = forms.CharField(
        label=_("Your name, if you want to sign"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
