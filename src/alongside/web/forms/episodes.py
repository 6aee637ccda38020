from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.practice import catalog
from alongside.referrals.rules.episodes import Ending
from alongside.web.forms.fields import DayField
from alongside.web.forms.participants import Day, lines, terms

ANOTHER = "other"


class JourneyForm(forms.Form):
    place = forms.ChoiceField(
        label=_("Where are you in your journey?"),
        widget=forms.RadioSelect,
        choices=[],
        error_messages={"required": _("Choose what fits best, or leave it for another day.")},
    )
    words = forms.CharField(
        label=_("In their own words"),
        required=False,
        widget=lines(),
        help_text=_("How they would put it. A name on a list never says it all."),
    )
    on = DayField(label=_("Since when"), widget=Day())
    step_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["place"].choices = terms("journey_place")  # type: ignore[attr-defined]


class RhythmForm(forms.Form):
    rhythm = forms.ChoiceField(
        label=_("How often do you want to be in touch?"),
        widget=forms.RadioSelect,
        choices=[
            ("7", _("Every week")),
            ("14", _("Every two weeks")),
            ("30", _("Every month")),
            (ANOTHER, _("Another way")),
        ],
        error_messages={"required": _("Choose one.")},
    )
    days = forms.IntegerField(
        label=_("Every how many days?"),
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 1, "max": 30}),
    )

    def every_days(self) -> int:
        """Whole days; 0 when nothing was said, which the rule answers."""
        rhythm = self.cleaned_data["rhythm"]
        return (self.cleaned_data["days"] or 0) if rhythm == ANOTHER else int(rhythm)

    @staticmethod
    def of(days: int | None) -> dict[str, object]:
        if days is None:
            return {}
        known = str(days) in {"7", "14", "30"}
        return {"rhythm": str(days)} if known else {"rhythm": ANOTHER, "days": days}


class EndingForm(forms.Form):
    words = forms.CharField(
        label=_("What it has been like"),
        required=False,
        widget=lines(4),
        help_text=_("In their words: what was gained, what it is like to end."),
    )
    continuing_supports = forms.CharField(
        label=_("Who and what stays with them"),
        required=False,
        widget=lines(),
        help_text=_("People, groups, places and habits that go on."),
    )
    hand_off = forms.CharField(
        label=_("Who takes over what"),
        required=False,
        widget=lines(),
        help_text=_("Introduced to whom, and how. Leave it empty if nobody needs to."),
    )
    last_meeting_on = DayField(label=_("Last meeting"), required=False, widget=Day())

    def ending(self) -> Ending:
        said = self.cleaned_data
        return Ending(
            words=said["words"],
            continuing_supports=said["continuing_supports"],
            hand_off=said["hand_off"],
            last_meeting_on=said["last_meeting_on"],
            reason=said.get("reason", ""),
        )


class ConcludeForm(EndingForm):
    reason = forms.ChoiceField(
        label=_("What comes closest?"),
        widget=forms.RadioSelect,
        choices=[],
        error_messages={"required": _("Choose what comes closest.")},
    )
    on = DayField(label=_("Concluded on"), widget=Day())

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        reasons = [(t.code, _(t.name)) for t in catalog.terms("conclusion_reason")]
        self.fields["reason"].choices = reasons  # type: ignore[attr-defined]


class ReturnForm(forms.Form):
    words = forms.CharField(
        label=_("What they say"),
        required=False,
        widget=lines(),
        help_text=_("In their own words: what brings them back."),
    )
    on = DayField(label=_("Back since"), widget=Day())
    again = forms.ChoiceField(
        label=_("With whom?"), required=False, widget=forms.RadioSelect, choices=[]
    )

    def __init__(
        self, *args: object, supporters: list[tuple[str, str]] | None = None, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = [*(supporters or []), ("", _("Look for someone together"))]
        self.fields["again"].choices = choices  # type: ignore[attr-defined]
