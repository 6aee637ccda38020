from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.practice import catalog
from alongside.practice.codes import Audience, CredentialKind, LivedExperience
from alongside.web.forms.fields import DayField
from alongside.web.forms.participants import Day, lines, terms
from alongside.workforce.rules import NewCredential, NewSupporter, ProfileWords, listed

NOT_TOLD = ("", _("Kept to myself"))


class Listed(forms.CharField):
    """Several words in one line: ``English, Hmong``."""

    def to_python(self, value: Any) -> Any:
        return listed(super().to_python(value) or "")

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else ", ".join(value or ())


def audience(**more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Who may see it"), choices=terms("audience"), **more)


class ProfileForm(forms.Form):
    """The supporter's own words, each part with its audience, and one part per experience."""

    public_name = forms.CharField(
        label=_("My name on the public page"),
        max_length=60,
        required=False,
        help_text=_(
            "How you want to be called there. Leave it empty, and you do not stand there. Only "
            "parts that are open to everyone go with it."
        ),
    )
    bio = forms.CharField(
        label=_("About me"),
        required=False,
        widget=lines(5),
        help_text=_("As you would tell someone over coffee. As much or as little as you like."),
    )
    bio_audience = audience()
    strengths = forms.CharField(label=_("What I am good at"), required=False, widget=lines(3))
    strengths_audience = audience()
    gender_words = forms.CharField(
        label=_("My gender, in my words"),
        max_length=60,
        required=False,
        help_text=_("Some people ask for a woman or a man. Leave it empty if you like."),
    )
    gender_audience = audience()
    languages = Listed(
        label=_("Languages I speak"), max_length=300, required=False, help_text=_("With commas.")
    )
    times = forms.CharField(
        label=_("When I can meet"),
        max_length=200,
        required=False,
        help_text=_("For example: mornings, Tuesday evenings."),
    )
    peer_support_training = forms.CharField(
        label=_("Training in peer support"), max_length=200, required=False
    )
    recovery_coach_training = forms.CharField(
        label=_("Training in recovery coaching"), max_length=200, required=False
    )
    other_license = forms.CharField(label=_("Other licenses"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in LivedExperience:
            self.fields[f"{kind}_audience"] = forms.ChoiceField(
                label=_("Who may see it"), required=False, choices=[NOT_TOLD, *terms("audience")]
            )
            self.fields[f"{kind}_words"] = forms.CharField(
                label=_("In my words"), required=False, widget=lines(2)
            )

    def parts(self) -> list[dict[str, Any]]:
        """One part of the story after the other, for the page."""
        return [
            {
                "term": entry,
                "audience": self[f"{entry.code}_audience"],
                "words": self[f"{entry.code}_words"],
            }
            for entry in catalog.terms("lived_experience")
        ]

    def profile(self) -> ProfileWords:
        said = self.cleaned_data
        chosen = ("gender_audience", "strengths_audience", "bio_audience")
        kept = {name: said[name] for name in ProfileWords.__dataclass_fields__}
        return ProfileWords(**{**kept, **{name: Audience(kept[name]) for name in chosen}})

    def story(self, told: Mapping[LivedExperience, Any]) -> dict[LivedExperience, Any]:
        """What to keep. A part taken back stays with the supporter alone, and without words."""
        found: dict[LivedExperience, tuple[str, Audience]] = {}
        for kind in LivedExperience:
            chosen = self.cleaned_data[f"{kind}_audience"]
            said = self.cleaned_data[f"{kind}_words"]
            if chosen:
                found[kind] = (said, Audience(chosen))
            elif said:
                found[kind] = (said, Audience.NOBODY)
            elif kind in told:
                found[kind] = ("", Audience.NOBODY)
        return found


def own_words(supporter: Any) -> dict[str, Any]:
    """What the profile form starts with, from the supporter's own row."""
    said = {name: getattr(supporter, name) for name in ProfileWords.__dataclass_fields__}
    for part in supporter.experiences.all():
        if part.words or part.audience != Audience.NOBODY:
            said[f"{part.kind}_audience"] = part.audience
            said[f"{part.kind}_words"] = part.words
    return said


class SupporterForm(forms.Form):
    """The frame that the agency keeps."""

    name = forms.CharField(label=_("Name"), max_length=200)
    initials = forms.CharField(label=_("Initials in old sheets"), max_length=12, required=False)
    counties = Listed(
        label=_("Counties"), max_length=300, required=False, help_text=_("With commas.")
    )
    languages = Listed(
        label=_("Languages"),
        max_length=300,
        required=False,
        help_text=_("Once they sign in, supporters keep this themselves."),
    )
    caseload_size = forms.IntegerField(
        label=_("How many people at most"), min_value=0, max_value=99, initial=15
    )
    other_license = forms.CharField(
        label=_("Other licenses"),
        max_length=200,
        required=False,
        help_text=_("Once they sign in, supporters keep this themselves."),
    )

    made_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def supporter(self) -> NewSupporter:
        return NewSupporter(**{k: v for k, v in self.cleaned_data.items() if k != "made_id"})


class LinkForm(forms.Form):
    user = forms.ChoiceField(label=_("Who signs in as this supporter"), choices=[])

    def __init__(self, *args: Any, users: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(user.pk), user.name) for user in users]
        self.fields["user"].choices = choices  # type: ignore[attr-defined]


class CredentialForm(forms.Form):
    kind = forms.ChoiceField(label=_("Which one"), choices=[])
    in_training = forms.BooleanField(label=_("In training, exam not passed yet"), required=False)
    certified_on = DayField(
        label=_("Certified on"),
        required=False,
        widget=Day(),
        help_text=_("Leave it empty if nobody knows."),
    )
    expires_on = DayField(label=_("Last day it holds"), required=False, widget=Day())
    exam_on = DayField(label=_("Exam on"), required=False, widget=Day())
    training_hours = forms.DecimalField(
        label=_("Hours of training"), required=False, min_value=0, max_digits=5, decimal_places=1
    )
    continuing_hours = forms.DecimalField(
        label=_("Hours of continuing education in this period"),
        required=False,
        min_value=0,
        max_digits=5,
        decimal_places=1,
    )

    made_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = terms("credential_kind")  # type: ignore[attr-defined]

    def credential(self) -> NewCredential:
        said = {k: v for k, v in self.cleaned_data.items() if k != "made_id"}
        return NewCredential(**{**said, "kind": CredentialKind(said["kind"])})
