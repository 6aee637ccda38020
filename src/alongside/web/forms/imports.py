from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.exchange.codes import FIELD_LABELS, KIND_LABELS, SheetKind

LONG = frozenset({"note", "reason", "asked_for", "lived_experience"})
SAMPLE_LENGTH = 28


class ChooseForm(forms.Form):
    """Which file, and what stands in it."""

    kind = forms.ChoiceField(label=_("What is in it?"), widget=forms.RadioSelect, choices=[])
    file = forms.FileField(
        label=_("The sheet"),
        help_text=_("An Excel workbook (.xlsx) or a text file (.csv), as it is."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
        max_length=200,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.value, gettext(label)) for kind, label in KIND_LABELS.items()]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class ColumnsForm(forms.Form):
    """For each thing we can keep, the column that holds it."""

    keep = forms.BooleanField(
        label=_("Keep this for the next sheet with the same columns"), required=False, initial=True
    )

    def __init__(
        self,
        *args: Any,
        kind: SheetKind,
        header: Sequence[str],
        samples: Sequence[str],
        columns: Mapping[str, int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", gettext("not in this sheet"))]
        for at, sample in enumerate(samples):
            name = header[at] if at < len(header) else ""
            shown = name or gettext("Column {n}").format(n=at + 1)
            choices.append((str(at), f"{shown} · {sample[:SAMPLE_LENGTH]}" if sample else shown))
        for field, label in FIELD_LABELS[kind].items():
            self.fields[f"column-{field.value}"] = forms.ChoiceField(
                label=gettext(label),
                choices=choices,
                required=False,
                initial=str(columns.get(field.value, "")),
                widget=forms.Select(attrs={"class": "form-select"}),
            )
        self.order_fields([name for name in self.fields if name != "keep"])

    def columns(self) -> dict[str, int]:
        return {
            name.removeprefix("column-"): int(value)
            for name, value in self.cleaned_data.items()
            if name.startswith("column-") and value != ""
        }


class RowForm(forms.Form):
    """The cells of a waiting row to mend, and who was meant where that is open."""

    def __init__(
        self,
        *args: Any,
        kind: SheetKind,
        cells: Mapping[str, str],
        troubled: frozenset[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.verbatim = cells
        fields = [field for field in FIELD_LABELS[kind] if field.value in cells]
        for field in sorted(fields, key=lambda field: field.value not in troubled):
            long = field.value in LONG
            self.fields[f"cell-{field.value}"] = forms.CharField(
                label=gettext(FIELD_LABELS[kind][field]),
                required=False,
                max_length=5000,
                initial=cells[field.value],
                widget=forms.Textarea(attrs={"rows": 2}) if long else forms.TextInput(),
            )

    def corrected(self) -> dict[str, str]:
        """Only cells that were sent and changed; a line break sent by a browser is no change."""
        said = {
            name.removeprefix("cell-"): value.replace("\r\n", "\n")
            for name, value in self.cleaned_data.items()
            if name in self.data
        }
        return {
            field: value
            for field, value in said.items()
            if " ".join(value.split()) != " ".join(self.verbatim[field].split())
        }


class WhoForm(forms.Form):
    """Who a log row was with, and who of the agency it was."""

    participant = forms.UUIDField(required=False)
    supporter = forms.UUIDField(required=False)
    for_name = forms.BooleanField(required=False)
    for_supporter = forms.BooleanField(required=False)
    again = forms.BooleanField(required=False)

    def chosen(self) -> dict[str, UUID]:
        said = self.cleaned_data
        return {name: said[name] for name in ("participant", "supporter") if said[name]}


class SkipForm(forms.Form):
    reason = forms.CharField(label=_("Why does it stay out?"), max_length=200)
