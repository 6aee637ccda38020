from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.plans.codes import GoalStatus, Side
from alongside.practice import catalog
from alongside.practice.codes import CoreComponent
from alongside.web.forms.participants import lines

LATER = "later"  # the button of those who do not agree today


class GoalForm(forms.Form):
    words = forms.CharField(
        label=_("In their own words"),
        widget=lines(),
        help_text=_("One sentence, the way they say it."),
    )
    area = forms.ChoiceField(
        label=_("Part of life"), required=False, widget=forms.RadioSelect, choices=[]
    )
    goal_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["area"].choices = [  # type: ignore[attr-defined]
            *((t.code, _(t.short)) for t in catalog.growth_areas()),
            ("", _("None of these")),
        ]


class SettleForm(forms.Form):
    to = forms.ChoiceField(
        label=_("What happened?"),
        widget=forms.RadioSelect,
        choices=[
            (GoalStatus.REACHED.value, _("Reached it")),
            (GoalStatus.SET_ASIDE.value, _("Set it aside for now")),
        ],
        error_messages={"required": _("Choose one of the two.")},
    )
    said = forms.CharField(label=_("Their words on it"), required=False, widget=lines())
    revision = forms.IntegerField(widget=forms.HiddenInput)


class CoreWordsForm(forms.Form):
    """Five optional prompts; every one may stay empty. ``seen``: the newest words on the page."""

    seen = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for term in catalog.terms("core_component"):
            self.fields[term.code] = forms.CharField(
                label=_(term.name), help_text=_(term.help), required=False, widget=lines(2)
            )

    def said(self) -> dict[CoreComponent, str]:
        return {code: self.cleaned_data[code.value] for code in CoreComponent}


class WordsForm(forms.Form):
    """What changed and why, in both voices. ``seen_*`` are the marks of the words the page knew."""

    what_changed = forms.CharField(
        label=_("What changed, and why?"),
        required=False,
        widget=lines(4),
        help_text=_("In their words. Nothing changed is fine too."),
    )
    supporter_said = forms.CharField(
        label=_("And how do you see it?"),
        required=False,
        widget=lines(3),
        help_text=_("Your own words, beside theirs. They read them too."),
    )
    seen_participant = forms.CharField(required=False, widget=forms.HiddenInput)
    seen_supporter = forms.CharField(required=False, widget=forms.HiddenInput)

    def seen(self) -> dict[Side, str]:
        """Marks of what this page was made from; none for a form without them."""
        return {side: self.cleaned_data[f"seen_{side}"] for side in Side}


class SignTogetherForm(forms.Form):
    """Both sign on one phone. ``read`` is the digest of what the page shows."""

    participant_name = forms.CharField(
        label=_("I agree with this plan. My name:"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Hand over the phone, so that they can write it themselves."),
        error_messages={
            "required": _(
                "They agree by writing their name. If today is not the day, choose “Another day”."
            )
        },
    )

    read = forms.CharField(required=False, widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if LATER in self.data:
            self.fields["participant_name"].required = False


class LookForm(WordsForm, SignTogetherForm):
    """A short look: the words and both names on one page."""


class OfferForm(forms.Form):
    """The supporter signs first, on their own; the participant reads it in the portal."""

    read = forms.CharField(widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    words = forms.CharField(
        label=_("What should be different?"),
        required=False,
        widget=lines(3),
        help_text=_("You can leave this empty."),
    )
