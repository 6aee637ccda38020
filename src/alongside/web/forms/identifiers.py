from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.people.codes import IDENTIFIER_WORDS
from alongside.people.rules import MOST_LABEL, MOST_VALUE
from alongside.web.forms.participants import lines


class CorrectionForm(forms.Form):
    """Never saved while typing: what stands here reaches the database sealed, by one press."""

    label = forms.CharField(
        label=_("What this number is"),
        max_length=MOST_LABEL,
        required=False,
        help_text=_("For example: court file, county number."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    value = forms.CharField(
        label=_("The number or the address"), max_length=MOST_VALUE, widget=lines(3)
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["value"].widget.attrs["autocomplete"] = "off"


class IdentifierForm(CorrectionForm):
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[(kind.value, _(name)) for kind, (name, _help) in IDENTIFIER_WORDS.items()],
        widget=forms.RadioSelect,
    )
    identifier_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    field_order = ["kind", "value", "label", "identifier_id"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["label"].help_text = _("Only for another number, for example: court file.")
