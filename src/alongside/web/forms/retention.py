"""What is typed about a person's rights, about holds, and about how long records are kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.practice import catalog
from alongside.practice.consents import Category
from alongside.practice.retention import KEPT_WORDS, Asked, Kept
from alongside.retention.codes import AskedBy, Outcome
from alongside.retention.rules.requests import OUTCOMES, NewAnswer, NewRequest
from alongside.web.forms.fields import DayField
from alongside.web.forms.participants import Day, lines

ASKED_WORDS = {
    Asked.SEE: _("To see everything we hold"),
    Asked.COPY: _("A copy to keep"),
    Asked.CORRECT: _("Something corrected"),
    Asked.RESTRICT: _("Something not to be used or told"),
}
HOW_WORDS = {
    AskedBy.IN_PERSON: _("Said it to us"),
    AskedBy.PHONE: _("On the phone"),
    AskedBy.LETTER: _("By letter"),
    AskedBy.EMAIL: _("By e-mail"),
    AskedBy.OWN_PAGES: _("On their own pages"),
}
OUTCOME_WORDS = {
    Outcome.SHOWN: _("They saw it"),
    Outcome.GIVEN: _("They got the copy"),
    Outcome.CORRECTED: _("It is corrected"),
    Outcome.KEPT_AS_IT_IS: _("It stays as it is"),
    Outcome.AGREED: _("We will do it so"),
    Outcome.NOT_AGREED: _("We cannot do it so"),
}
CHOOSE = {"required": _("Choose one."), "invalid_choice": _("Choose one.")}


class AskForm(forms.Form):
    request_id = forms.UUIDField(widget=forms.HiddenInput)
    asked = forms.ChoiceField(
        label=_("What do they ask for?"),
        widget=forms.RadioSelect,
        choices=list(ASKED_WORDS.items()),
        error_messages=CHOOSE,
    )
    words = forms.CharField(
        label=_("What it is about, in their words"),
        required=False,
        widget=lines(),
        help_text=_("For a correction: what is wrong, and what it should say."),
    )
    why = forms.CharField(label=_("Why, if they want to say"), required=False, widget=lines(2))
    how = forms.ChoiceField(
        label=_("How they asked"), choices=list(HOW_WORDS.items()), error_messages=CHOOSE
    )
    asked_on = DayField(label=_("On which day"), widget=Day())
    asked_by_name = forms.CharField(
        label=_("Who asked, if someone else did for them"),
        max_length=200,
        required=False,
        help_text=_("A parent, a guardian, someone with a power of attorney. Look at the paper."),
    )

    def new(self) -> NewRequest:
        said = self.cleaned_data
        return NewRequest(
            asked=Asked(said["asked"]),
            words=said["words"],
            why=said["why"],
            how=AskedBy(said["how"]),
            asked_on=said["asked_on"],
            asked_by_name=said["asked_by_name"],
        )


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("What is the answer?"),
        widget=forms.RadioSelect,
        choices=[],
        error_messages=CHOOSE,
    )
    about = forms.ChoiceField(
        label=_("The correction that was made"),
        required=False,
        help_text=_("The newest changes to this record. Correct it there first."),
    )
    words = forms.CharField(
        label=_("What you say to them"),
        required=False,
        widget=lines(),
        help_text=_("In words they can follow. It is part of the letter."),
    )

    categories = forms.MultipleChoiceField(
        label=_("What is held back, if you agree?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick nothing, and all of it is."),
    )
    whom = forms.CharField(
        label=_("From whom?"),
        required=False,
        max_length=200,
        help_text=_(
            "One name or place, as it is written when something is told: “Dunn County DHS”, not "
            "“the county”. More than one, or not sure: leave it empty, and nobody hears it."
        ),
    )

    def __init__(self, *args: Any, asked: Asked, changes: list[tuple[str, str]], **more: Any):
        super().__init__(*args, **more)
        outcome, about = self.fields["outcome"], self.fields["about"]
        assert isinstance(outcome, forms.ChoiceField)  # noqa: S101
        outcome.choices = [(one, OUTCOME_WORDS[one]) for one in OUTCOMES[asked]]
        if len(OUTCOMES[asked]) == 1:
            outcome.initial = OUTCOMES[asked][0]
        if asked is Asked.CORRECT:
            assert isinstance(about, forms.ChoiceField)  # noqa: S101
            about.choices = [("", _("None of these")), *changes]
        else:
            del self.fields["about"]
        if asked is Asked.RESTRICT:
            categories = self.fields["categories"]
            assert isinstance(categories, forms.MultipleChoiceField)  # noqa: S101
            categories.choices = [
                (one.value, gettext(catalog.term("consent_category", one).short))
                for one in Category
                if one is not Category.WHOLE_RECORD
            ]
            self.order_fields(["outcome", "categories", "whom", "words"])
        else:
            del self.fields["categories"], self.fields["whom"]

    def answer(self) -> NewAnswer:
        said = self.cleaned_data
        return NewAnswer(
            Outcome(said["outcome"]),
            said["words"],
            said.get("about", ""),
            tuple(Category(one) for one in said.get("categories", ())),
            said.get("whom", ""),
        )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"), widget=lines(2), error_messages={"required": _("Say why, in a few words.")}
    )


class EndForm(forms.Form):
    reason = forms.CharField(
        label=_("How did they agree to end it?"),
        widget=lines(2),
        help_text=_("What they said, and when. Without their yes it goes on."),
        error_messages={"required": _("Say how they agreed to end it, and when.")},
    )


class StatementForm(forms.Form):
    words = forms.CharField(
        label=_("What they want to say to it, in their words"),
        widget=lines(),
        error_messages={"required": _("Write what they want to say, in their words.")},
        help_text=_("It stands beside the record from now on, and goes along with every copy."),
    )


class HoldForm(forms.Form):
    hold_id = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why must this record stay?"),
        widget=lines(2),
        error_messages={"required": _("Say why this record must stay.")},
        help_text=_("For example: a court asked for it, or a complaint is open."),
    )


class LongerForm(forms.Form):
    """How many years for each kind; what is left empty is kept as the law asks."""

    reason = forms.CharField(
        label=_("Why you keep it that long"),
        widget=lines(2),
        error_messages={"required": _("Say why you keep it that long.")},
    )

    def __init__(self, *args: Any, least: dict[Kept, int], **more: Any) -> None:
        super().__init__(*args, **more)
        for kept, years in least.items():
            self.fields[kept.value] = forms.IntegerField(
                label=_("%(kept)s: years") % {"kept": _(KEPT_WORDS[kept])},
                required=False,
                widget=forms.NumberInput({"inputmode": "numeric", "min": years, "max": 100}),
                help_text=_("The law asks for %(years)d.") % {"years": years},
            )
        self.order_fields([*(kept.value for kept in least), "reason"])

    def years(self) -> dict[Kept, int]:
        kinds = [kept for kept in Kept if kept.value in self.fields]
        return {kept: n for kept in kinds if (n := self.cleaned_data[kept.value]) is not None}
