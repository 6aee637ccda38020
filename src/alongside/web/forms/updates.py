"""An update as forms: to whom and for which time; what goes in; a name under what was read."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils import formats
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.encounters.codes import AnswerKind
from alongside.encounters.queries.updates import MayHear
from alongside.encounters.rules.outside import LONGEST_ANSWER
from alongside.encounters.rules.updates import LONGEST_WORDS, Section
from alongside.practice import catalog
from alongside.practice.consents import Category
from alongside.web.forms.fields import DayField, Worded
from alongside.web.forms.participants import Day, lines
from alongside.web.templatetags.words import say

KEEP = "keep-"


class NewUpdateForm(forms.Form):
    update_id = forms.UUIDField(widget=forms.HiddenInput)
    recipient = forms.ChoiceField(label=_("To whom?"), choices=[], widget=forms.RadioSelect)
    since = DayField(label=_("From"), widget=Day())
    until = DayField(label=_("To"), widget=Day())

    def __init__(self, *args: Any, named: Iterable[MayHear], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = list(named)
        names = Counter(one.recipient.name for one in named)
        self.fields["recipient"].choices = [  # type: ignore[attr-defined]
            (
                str(one.recipient.pk),
                Worded(one.recipient.name, _covered(one, dated=names[one.recipient.name] > 1)),
            )
            for one in named
        ]


class WriteForm(forms.Form):
    """A box for each part and each day, ticked while it stays in."""

    since = DayField(label=_("From"), widget=Day())
    until = DayField(label=_("To"), widget=Day())
    words = forms.CharField(
        label=_("What do you want said?"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=lines(4),
        help_text=_("In their own words, or left empty."),
    )
    added = forms.CharField(
        label=_("What you add, as who supports them"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=lines(3),
        help_text=_("Only what you saw. Nothing clinical. They read it before it goes."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)
    looked = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, parts: Iterable[Section], left_out: Iterable[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.parts, self.out = tuple(parts), frozenset(left_out)
        self.offered = list(keys_of(self.parts))
        for key, label in self.offered:
            field = forms.BooleanField(label=label, required=False, initial=key not in self.out)
            self.fields[f"{KEEP}{key}"] = field

    def was_left(self, fields: Mapping[str, Any]) -> None:
        """What an unfinished page had ticked: a box that is not there was not."""
        for key, _label in self.offered:
            self.initial[f"{KEEP}{key}"] = f"{KEEP}{key}" in fields

    def left_out(self) -> set[str]:
        """What stays out now, and what was left out of another time and is not shown."""
        shown = {key for key, _label in self.offered}
        kept = {key for key in shown if self.cleaned_data.get(f"{KEEP}{key}")}
        return (set(self.out) - shown) | (shown - kept)


def keys_of(parts: Iterable[Section]) -> Iterable[tuple[str, str]]:
    """What can be left out, and what it is called: each list as a whole, and each of its days.
    What is written for this is left out by writing nothing."""
    for section in parts:
        if not section.quoted and section.part != "corrects":
            yield section.part.value, gettext("“%(part)s” goes in") % {"part": say(section.title)}
            yield from ((line.key, say(line.text)) for line in section.lines if line.key)


class AgreeForm(forms.Form):
    signed_name = forms.CharField(
        label=_("Your name, if this may go out as you read it"),
        max_length=200,
        error_messages={"required": _("Type your name, if this may go out as you read it.")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    read = forms.CharField(max_length=64, widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    answer_id = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("Your answer"),
        widget=forms.RadioSelect,
        choices=[
            (AnswerKind.TOLD.value, _("Tell them")),
            (AnswerKind.CANNOT_SAY.value, _("We cannot say")),
        ],
    )
    categories = forms.MultipleChoiceField(
        label=_("What the answer tells"),
        required=False,
        choices=[],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only what the consent covers is here."),
    )
    words = forms.CharField(
        label=_("In your words"), required=False, max_length=LONGEST_ANSWER, widget=lines(4)
    )

    def __init__(self, *args: Any, covered: Iterable[Category], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [one for one in Category if one in set(covered)]
        terms = [catalog.term("consent_category", one) for one in chosen]
        self.fields["categories"].choices = [  # type: ignore[attr-defined]
            (term.code, gettext(term.name)) for term in terms
        ]
        if not terms:
            self.fields["kind"].choices = [  # type: ignore[attr-defined]
                (AnswerKind.CANNOT_SAY.value, _("We cannot say"))
            ]
            self.initial.setdefault("kind", AnswerKind.CANNOT_SAY.value)


def _covered(one: MayHear, *, dated: bool) -> str:
    """What they may hear; of someone whom two consents name, by which of them, too."""
    names = [
        gettext(catalog.term("consent_category", code).short)
        for code in Category
        if code in one.categories
    ]
    where = [one.recipient.organization] if one.recipient.organization else []
    day = formats.date_format(one.signed_on, "M j, Y") if dated and one.signed_on else ""
    by = [gettext("consent of %(day)s") % {"day": day}] if day else []
    return " · ".join([*where, ", ".join(names), *by])
