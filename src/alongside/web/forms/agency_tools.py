"""The editor of an agency's own worksheet: rows of questions, as many as one needs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.practice import catalog
from alongside.practice.worksheets import PART, FieldType, Owner, Row, Sketch
from alongside.web.forms.participants import lines

EMPTY_ROWS = 3
MORE_ROWS = 5
MOST_ROWS = 80

KINDS = [
    ("", _("Choose")),
    (FieldType.TEXT.value, _("One line of words")),
    (FieldType.LONG_TEXT.value, _("Room for words")),
    (FieldType.YES_NO.value, _("Yes or no")),
    (FieldType.CHOICE.value, _("One of several")),
    (FieldType.MANY.value, _("Tick any of several")),
    (FieldType.SCALE.value, _("A number from 0 to 10")),
    (FieldType.DAY.value, _("A day")),
    (FieldType.LIST.value, _("A list that grows")),
    (FieldType.PILES.value, _("Words to sort into piles")),
    (FieldType.RANKING.value, _("The top ones of a sorting, in order")),
    (PART, _("A heading: a new part begins")),
]


class SheetForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    intro = forms.CharField(
        label=_("What it is for"),
        widget=lines(2),
        max_length=600,
        help_text=_("One or two sentences. People read it on top."),
    )
    owner = forms.ChoiceField(
        label=_("Whose is a filled-in one?"),
        widget=forms.RadioSelect,
        choices=[
            (Owner.PARTICIPANT.value, _("Kept with the participant")),
            (Owner.SUPPORTER.value, _("Only for the supporter who fills it in")),
        ],
        initial=Owner.PARTICIPANT.value,
    )
    processes = forms.MultipleChoiceField(
        label=_("Goes with"), required=False, widget=forms.CheckboxSelectMultiple, choices=[]
    )
    help = forms.CharField(
        label=_("Good to know"),
        required=False,
        widget=lines(2),
        help_text=_("Short advice for the supporter, one on each line."),
    )
    tool_id = forms.UUIDField(widget=forms.HiddenInput)
    number = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["processes"].choices = [  # type: ignore[attr-defined]
            (t.code, t.name) for t in catalog.processes()
        ]

    def sketch(self, rows: tuple[Row, ...]) -> Sketch:
        said = self.cleaned_data
        return Sketch(
            said.get("name", ""),
            said.get("intro", ""),
            Owner(said.get("owner") or Owner.PARTICIPANT),
            tuple(said.get("processes", ())),
            split_lines(said.get("help", "")),
            rows,
        )


class RowForm(forms.Form):
    """One question, or a heading. A row without words is none."""

    place = forms.IntegerField(
        label=_("Place"), required=False, widget=forms.NumberInput(attrs={"class": "short"})
    )
    kind = forms.ChoiceField(label=_("Way to answer"), required=False, choices=KINDS)
    label = forms.CharField(label=_("Question"), required=False, max_length=600)
    help = forms.CharField(label=_("Help below it"), required=False, max_length=600)
    lines = forms.CharField(
        label=_("Choices, one on each line"),
        required=False,
        widget=lines(2),
        help_text=_("For a list that grows: what stands in each line."),
    )
    needed = forms.BooleanField(label=_("May not stay empty"), required=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def row(self) -> Row:
        said = self.cleaned_data
        return Row(
            said.get("kind", ""),
            said.get("label", ""),
            said.get("help", ""),
            split_lines(said.get("lines", "")),
            said.get("key", ""),
            needed=bool(said.get("needed")),
        )

    @property
    def written(self) -> bool:
        return bool(self.cleaned_data.get("label") or self.cleaned_data.get("lines"))


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("The file"),
        help_text=_("A text file with the ending .toml, as you get it with “Take it along”."),
        error_messages={"required": _("Choose a file first.")},
    )
    tool_id = forms.UUIDField(widget=forms.HiddenInput)


def row_forms(made: Sketch) -> list[RowForm]:
    """A form for each row of a sheet, and empty ones below."""
    found = [
        RowForm(
            prefix=f"q{n}",
            initial={
                "place": n + 1,
                "kind": row.kind,
                "label": row.label,
                "help": row.help,
                "lines": "\n".join(row.lines),
                "needed": row.needed,
                "key": row.key,
            },
        )
        for n, row in enumerate(made.rows)
    ]
    count = len(found)
    empty = [
        RowForm(prefix=f"q{n}", initial={"place": n + 1})
        for n in range(count, min(count + EMPTY_ROWS, MOST_ROWS))
    ]
    return found + empty


def sent_rows(data: Any, *, more: int = 0) -> list[RowForm]:
    """The rows as they were sent, with ``more`` empty ones."""
    count = 0
    while count < MOST_ROWS and f"q{count}-label" in data:
        count += 1
    found = [RowForm(data, prefix=f"q{n}") for n in range(count)]
    fresh = range(count, min(count + more, MOST_ROWS))
    return found + [RowForm(prefix=f"q{n}", initial={"place": n + 1}) for n in fresh]


def rows_in_order(forms_sent: list[RowForm]) -> tuple[Row, ...]:
    """What is written, by the places given; rows without a place stay where they are."""
    written = [
        (form.cleaned_data.get("place") or n + 1, n, form.row())
        for n, form in enumerate(forms_sent)
        if form.is_bound and form.is_valid() and form.written
    ]
    return tuple(row for _place, _n, row in sorted(written, key=lambda found: found[:2]))


def split_lines(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
