"""Signing a consent, taking it back, ending it; a link of two records."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.consents.codes import RevokedHow, SignedHow
from alongside.consents.rules import Revoking, Signing
from alongside.practice.consents import ConsentKind, Kind, Signer, Statement, Version
from alongside.web.forms.encounters import RevealingRadios
from alongside.web.forms.fields import DayField, Worded
from alongside.web.forms.growth import file_field
from alongside.web.forms.participants import Day, lines


class SignerFields(forms.Form):
    """Who signs: the participant, or someone who may for them."""

    name = forms.CharField(
        label=_("My name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write your name here. That is how you sign.")},
    )
    signer = forms.ChoiceField(
        label=_("Who signs?"),
        widget=RevealingRadios({Signer.AUTHORIZED.value: "for-another"}),
        choices=[
            (Signer.PARTICIPANT.value, _("The participant")),
            (Signer.AUTHORIZED.value, _("Someone who may sign for them")),
        ],
    )
    relationship = forms.CharField(
        label=_("How they may sign"),
        max_length=200,
        error_messages={"required": _("Say how they may sign for the participant.")},
        help_text=_("For example: mother, guardian, health care power of attorney."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.data.get("signer") if self.is_bound else None
        self.fields["relationship"].required = chosen in (None, Signer.AUTHORIZED.value)


class SignForm(SignerFields):
    thanks = _("Signed. It holds from now on. They get a copy.")
    seen = forms.CharField(widget=forms.HiddenInput)
    read = forms.BooleanField(
        label=_("I read this, or it was read to me."),
        error_messages={"required": _("Read it first, or read it out loud together.")},
    )

    def signing(self) -> Signing:
        said = self.cleaned_data
        return Signing(
            said["name"],
            Signer(said["signer"]),
            said["relationship"],
            SignedHow.SCREEN,
            seen=said["seen"],
        )


class PaperForm(SignerFields):
    """A paper that was signed by hand: ours, printed, or one from elsewhere."""

    on = DayField(label=_("On which day was it signed?"), widget=Day())
    foot = forms.CharField(
        label=_("The code at the foot of the paper"),
        max_length=20,
        error_messages={"required": _("Type the code: it stands at the foot of the paper.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off"}),
        help_text=_("It shows that this paper and this text belong together."),
    )
    says = forms.MultipleChoiceField(
        label=_("What does the paper say?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Look for each. A form that leaves one out may not count."),
    )
    combined = forms.BooleanField(
        label=_("It also speaks of use against them in a court or hearing"), required=False
    )
    file = file_field(_("A photo or scan of the signed paper"))

    def __init__(self, *args: Any, ours: bool, kind: Kind, version: Version, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ours = ours
        self.fields["name"].label = _("The name that stands under it")
        self.fields["file"].required = True
        self.fields["file"].error_messages["required"] = _(
            "Add a photo or a scan of the paper that was signed."
        )
        self.fields["name"].error_messages["required"] = _("Say whose name stands under it.")
        if ours:
            del self.fields["says"], self.fields["combined"]
        else:
            del self.fields["foot"]
            asked = [version.statements[code] for code in (*kind.statements, *kind.with_care)]
            self.fields["says"].choices = [  # type: ignore[attr-defined]
                (one.code.value, Worded(gettext(one.name), gettext(one.legal))) for one in asked
            ]
            if kind.code is ConsentKind.PROCEEDINGS:
                self.fields["combined"].label = _(
                    "It also speaks of anything but use against them in a court or hearing"
                )

    def signing(self) -> Signing:
        said = self.cleaned_data
        return Signing(
            said["name"],
            Signer(said["signer"]),
            said["relationship"],
            SignedHow.PAPER if self.ours else SignedHow.ELSEWHERE,
            seen=said.get("foot", ""),
            on=said["on"],
            says=frozenset(Statement(code) for code in said.get("says", ())),
            combined=said.get("combined", False),
        )


class RevokeForm(forms.Form):
    """All of it, or for one of them; ``whom`` is empty for all."""

    whom = forms.ChoiceField(
        label=_("For whom?"), required=False, widget=forms.RadioSelect, choices=[]
    )
    how = forms.ChoiceField(
        label=_("How did they say so?"),
        widget=forms.RadioSelect,
        choices=[
            (RevokedHow.ALOUD.value, _("Out loud, and I write it down")),
            (RevokedHow.WRITTEN.value, _("In writing")),
        ],
        error_messages={"required": _("Choose one of the two.")},
    )
    on = DayField(label=_("On which day?"), widget=Day())
    words = forms.CharField(
        label=_("Their words on it"), required=False, max_length=4000, widget=lines(2)
    )

    def __init__(self, *args: Any, left: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["whom"].choices = [  # type: ignore[attr-defined]
            ("", _("For everyone: all of it")),
            *((str(pk), name) for pk, name in left),
        ]
        if len(left) < 2:
            del self.fields["whom"]

    def recipient_id(self) -> UUID | None:
        chosen = self.cleaned_data.get("whom")
        return UUID(chosen) if chosen else None

    def revoking(self) -> Revoking:
        said = self.cleaned_data
        return Revoking(RevokedHow(said["how"]), said["words"], said["on"])


class EndForm(forms.Form):
    on = DayField(label=_("On which day did it happen?"), widget=Day())


class MistakeForm(forms.Form):
    reason = forms.CharField(
        label=_("What was the mistake?"),
        max_length=4000,
        widget=lines(2),
        error_messages={
            "required": _("Say in a few words why it was a mistake. It stays with it.")
        },
    )


class MistakeBackForm(forms.Form):
    reason = forms.CharField(
        label=_("Why does it count?"),
        max_length=4000,
        widget=lines(2),
        error_messages={"required": _("Say in a few words why it counts.")},
    )


class LinkPersonForm(forms.Form):
    """Whom they mean: a search by POST, since a name is in no address."""

    words = forms.CharField(label=_("Name of the other one"), max_length=100)


class LinkYesForm(forms.Form):
    other_is = forms.CharField(
        label=_("What the other one is to me"),
        max_length=80,
        help_text=_("Such as: my mother, my partner, my brother."),
        error_messages={"required": _("Say what the other one is to you.")},
    )
    name = forms.CharField(
        label=_("My name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write your name here. That is how you say yes.")},
    )
