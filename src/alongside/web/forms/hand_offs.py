"""A hand-off as a form: what was typed becomes a ``NewHandOff``, or stays as typed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.core.clock import at_wall, local
from alongside.encounters.codes import HandOffStatus
from alongside.encounters.rules.hand_offs import LONGEST, NewAnswer, NewHandOff, needs_permission
from alongside.practice import catalog
from alongside.practice.codes import HandOffTo
from alongside.web.forms.encounters import DAY, RevealingBoxes, chips, clock_field
from alongside.web.forms.fields import DayField

NOT_IN_THE_RECORD = "none"
MANY = frozenset({"about", "handed_to"})
NOT_TYPED = frozenset(
    {"csrfmiddlewaretoken", "draft_key", "draft_actor", "draft_edit", "hand_off_id", "seen"}
)


def words_field(label: Any, rows: int, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "maxlength": LONGEST})
    return forms.CharField(
        **{"label": label, "required": False, "max_length": LONGEST, "widget": widget, **more}
    )


class HandOffForm(forms.Form):
    hand_off_id = forms.UUIDField(widget=forms.HiddenInput)
    person = forms.ChoiceField(
        label=_("Whom did you talk with?"),
        error_messages={"required": _("Say whom you talked with.")},
    )
    on = DayField(
        label=_("Day"), widget=DAY, error_messages={"required": _("Say which day it was.")}
    )
    clock = clock_field(_("About what time?"))
    about = forms.MultipleChoiceField(
        label=_("What was it about?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Say what it was about.")},
    )
    handed_to = forms.MultipleChoiceField(
        label=_("Who took over?"),
        error_messages={"required": _("Say who took over, or that nobody did.")},
    )
    who = forms.CharField(
        label=_("Who exactly?"),
        help_text=_("A name or a line, so that others can ask there."),
        max_length=200,
        required=False,
    )
    permission_words = words_field(
        _("How did they say yes to that?"),
        2,
        help_text=_("For family, friends, a counselor or clinic. Or why it could not wait."),
    )
    wanted = words_field(_("What the person wanted"), 2)
    done = words_field(
        _("What you did"),
        3,
        required=True,
        error_messages={"required": _("Write in a few words what you did.")},
    )
    still_open = forms.BooleanField(label=_("Something is still open"), required=False)
    next_step = words_field(_("What comes next, and who does it?"), 2)
    note = forms.ChoiceField(label=_("It belongs to this note"), required=False)

    def __init__(
        self,
        *args: Any,
        people: Iterable[tuple[UUID, str]],
        notes: Iterable[tuple[UUID, str]],
        time_zone: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.time_zone = time_zone
        theirs = [(to.value, "permission") for to in HandOffTo if needs_permission(to.value)]
        handed_to = self.fields["handed_to"]
        handed_to.widget = RevealingBoxes(reveals=dict(theirs))
        self._offer("handed_to", chips("hand_off_to"))
        self._offer("about", [(t.code, gettext(t.name)) for t in catalog.terms("hard_talk")])
        named = [(str(pk), name) for pk, name in people]
        unnamed = (NOT_IN_THE_RECORD, gettext("Someone who is not in our record"))
        self._offer("person", [("", gettext("Choose")), *named, unnamed])
        linked = [(str(pk), words) for pk, words in notes]
        self._offer("note", [("", gettext("No note")), *linked])
        if not linked:
            del self.fields["note"]
        self.fields["still_open"].widget.attrs["data-reveals"] = "next-step"

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = choices

    def hand_off(self) -> NewHandOff:
        said = self.cleaned_data
        person, note = said["person"], said.get("note")
        return NewHandOff(
            participant_id=None if person == NOT_IN_THE_RECORD else UUID(person),
            happened_at=at_wall(said["on"], said["clock"], self.time_zone),
            about=tuple(said["about"]),
            handed_to=tuple(said["handed_to"]),
            who=said["who"],
            wanted=said["wanted"],
            done=said["done"],
            permission_words=said["permission_words"],
            still_open=said["still_open"],
            next_step=said["next_step"],
            encounter_id=UUID(note) if note else None,
        )


class HandOffCorrection(HandOffForm):
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = forms.CharField(
        label=_("What do you correct, and why?"),
        max_length=500,
        error_messages={"required": _("Say in a few words what you corrected.")},
    )


class AnswerForm(forms.Form):
    answer_id = forms.UUIDField(widget=forms.HiddenInput)
    to = forms.ChoiceField(
        label=_("Your answer"),
        choices=[
            (HandOffStatus.SEEN.value, _("Seen, we keep it open together")),
            (HandOffStatus.FOLLOWED_UP.value, _("Followed up, nothing is open")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two answers.")},
    )
    words = words_field(
        _("Your words"),
        3,
        help_text=_("How your colleague is, what you two agreed, what was done."),
    )

    def answer(self) -> NewAnswer:
        return NewAnswer(HandOffStatus(self.cleaned_data["to"]), self.cleaned_data["words"])


class SinceForm(forms.Form):
    answer_id = forms.UUIDField(widget=forms.HiddenInput)
    words = words_field(
        _("What happened since"),
        2,
        required=True,
        error_messages={"required": _("Write in a few words what happened.")},
    )
    still_open = forms.BooleanField(label=_("Something is still open"), required=False)


class AgainForm(forms.Form):
    answer_id = forms.UUIDField(widget=forms.HiddenInput)
    words = words_field(
        _("Why it is open again"),
        2,
        required=True,
        error_messages={"required": _("Say in a few words why it is open again.")},
    )


class TakeBackForm(forms.Form):
    reason = words_field(
        _("Why do you take it back?"),
        2,
        required=True,
        error_messages={"required": _("Say in a few words why you take it back.")},
    )


def as_typed(post: QueryDict) -> dict[str, object]:
    return {
        name: post.getlist(name) if name in MANY else post.get(name, "")
        for name in post
        if name not in NOT_TYPED
    }


def as_said(found: Any, time_zone: str) -> dict[str, Any]:
    """What a recorded hand-off says, as a form shows it again."""
    at = local(found.happened_at, time_zone)
    return {
        "hand_off_id": found.pk,
        "person": str(found.participant_id or NOT_IN_THE_RECORD),
        "on": at.date(),
        "clock": at.time().replace(second=0, microsecond=0),
        "about": found.about,
        "handed_to": found.handed_to,
        "who": found.who,
        "wanted": found.wanted,
        "done": found.done,
        "permission_words": found.permission_words,
        "still_open": found.still_open,
        "next_step": found.next_step,
        "note": str(found.encounter_id or ""),
    }


def now_at(now: datetime, time_zone: str) -> dict[str, Any]:
    at = local(now, time_zone)
    return {"on": at.date(), "clock": at.time().replace(minute=at.minute // 5 * 5, second=0)}
