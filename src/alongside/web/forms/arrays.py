"""Answering a question about an array, withdrawing an example, and finding one."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.core.refusal import Refusal
from alongside.encounters.rules import NO_SERVICE, NewAnswer
from alongside.practice import catalog
from alongside.practice.codes import ServiceArray
from alongside.web.forms.encounters import NO_REASON, words_field
from alongside.web.forms.fields import DayField


def answers_offered(*, certified: bool = True) -> list[tuple[str, str]]:
    """What an answer may be. Peer Support only where the asker was certified that day (PEER-2)."""
    offered = [t for t in catalog.terms("service_array") if "clinical" not in t.marks]
    # What a peer-run agency usually provides comes first.
    offered.sort(key=lambda term: "peer-run" not in term.marks)
    arrays = [
        (t.code, gettext(t.name))
        for t in offered
        if certified or t.code != ServiceArray.PEER_SUPPORT
    ]
    return [*arrays, (NO_SERVICE, gettext("Not a peer support service"))]


class AnswerForm(forms.Form):
    """``seen`` is how many answers the page knew of."""

    seen = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    choice = forms.ChoiceField(
        label=_("Which array fits?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an array, or say that none fits.")},
    )
    reason = words_field(
        _("Why?"),
        3,
        required=True,
        help_text=_("One or two plain sentences. The asker reads them, and so does the next one."),
        error_messages={"required": _("Say why. It helps the next one, too.")},
    )
    shared_words = words_field(
        _("What colleagues will read as the question"),
        4,
        required=True,
        help_text=_("No names, no places. Shorten it if you can."),
        error_messages={"required": _("Say in a few words what it was about.")},
    )

    def __init__(self, *args: Any, certified: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["choice"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101
        choice.choices = answers_offered(certified=certified)

    def answer(self) -> NewAnswer:
        said = self.cleaned_data
        return NewAnswer(said["choice"], said["reason"], said["shared_words"], said["seen"])

    def refused(self, refusal: Refusal) -> None:
        sentence = gettext(refusal.sentence).format(**refusal.facts)
        self.add_error(refusal.field if refusal.field in self.fields else None, sentence)


class WithdrawForm(forms.Form):
    reason = words_field(
        _("Why is it no example any more?"), 2, required=True, error_messages=NO_REASON
    )


class FindForm(forms.Form):
    """Words and array of an example. What cannot be read asks for nothing."""

    words = forms.CharField(label=_("Words"), max_length=100, required=False)
    array = forms.ChoiceField(label=_("Array"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        array = self.fields["array"]
        assert isinstance(array, forms.ChoiceField)  # noqa: S101
        array.choices = [("", gettext("Every array")), *answers_offered()]

    def asked(self) -> dict[str, str]:
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in ("words", "array")}


class PartingForm(forms.Form):
    """Whose notes, which array, since when."""

    supporter = forms.TypedChoiceField(
        label=_("Supporter"), coerce=UUID, empty_value=None, required=False
    )
    array = forms.ChoiceField(label=_("Recorded as"), required=False)
    since = DayField(
        label=_("Since"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), required=False
    )

    def __init__(self, *args: Any, supporters: Iterable[tuple[str, str]], **kw: Any) -> None:
        super().__init__(*args, **kw)
        for name, choices in (
            ("supporter", [("", gettext("Everyone")), *supporters]),
            ("array", [("", gettext("Every array")), *answers_offered()]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101
            field.choices = choices

    def asked(self) -> dict[str, Any]:
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in ("supporter", "array", "since")}
