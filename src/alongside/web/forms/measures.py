"""What to measure: which time and whom. Asked by GET: no name and no word of recovery in it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.practice import catalog
from alongside.practice.codes import Pathway
from alongside.practice.measures import Quarter, quarter_of, read_quarter
from alongside.reporting import queries
from alongside.reporting.rules.asking import (
    MOST_QUARTERS,
    Wanted,
    usual,
    why_not_ask,
    why_not_contract,
)
from alongside.reporting.rules.page import county_names
from alongside.web.templatetags.words import say

# An address says the place of a pathway in our list, never what it is.
WAYS = {str(place): way for place, way in enumerate(Pathway, start=1)}
Choices = list[tuple[str, Any]]


class _Chosen(forms.CharField):
    """One of a list. What is not in it stays in the form as it was typed, with a sentence."""

    widget = forms.Select

    def __init__(self, *, wrong: Promise, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=64, **kwargs)
        self.wrong, self.known = wrong, set[str]()

    def offer(self, choices: Choices, typed: str) -> None:
        self.known = {value for value, _label in choices}
        more = [(typed, typed)] if typed and typed not in self.known else []
        self.widget.choices = [*choices, *more]

    def clean(self, value: Any) -> str:
        found = str(super().clean(value))
        if found and found not in self.known:
            raise ValidationError(str(self.wrong) % {"typed": found})
        return found


class MeasuresForm(forms.Form):
    since = _Chosen(
        label=_("From"), wrong=_("“%(typed)s” is no quarter to choose. Choose one of the list.")
    )
    until = _Chosen(
        label=_("Until"), wrong=_("“%(typed)s” is no quarter to choose. Choose one of the list.")
    )
    contract = _Chosen(
        label=_("Contract"), wrong=_("This contract is not one of yours. Choose one of the list.")
    )
    way = _Chosen(label=_("Way in"), wrong=_("“%(typed)s” is no way in. Choose one of the list."))
    county = _Chosen(
        label=_("County"), wrong=_("“%(typed)s” is no county to choose. Choose one of the list.")
    )

    def __init__(
        self,
        data: Mapping[str, str],
        *,
        today: date,
        contracts: Iterable[Any],
        counties: Iterable[str],
    ) -> None:
        self.today, self.contracts = today, {str(one.pk): one for one in contracts}
        first, last = usual(today)
        whole = {"since": str(first), "until": str(last)}
        super().__init__(whole | {key: value for key, value in data.items() if value})
        named = {key: gettext(name) for key, name in county_names(counties).items()}
        quarters = [quarter_of(today).after(-n) for n in range(MOST_QUARTERS)]
        times: Choices = [(str(one), quarter_words(one)) for one in quarters]
        for name, choices in (
            ("since", times),
            ("until", times),
            ("contract", [("", _("All")), *((k, c.name) for k, c in self.contracts.items())]),
            (
                "way",
                [
                    ("", _("All")),
                    *((k, gettext(catalog.term("pathway", w).short)) for k, w in WAYS.items()),
                ],
            ),
            ("county", [("", _("All")), *named.items()]),
        ):
            field = self.fields[name]
            assert isinstance(field, _Chosen)  # noqa: S101
            field.offer(list(choices), str(self.data.get(name, ""))[:64])

    def clean(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        first, last = (read_quarter(said.get(name, "")) for name in ("since", "until"))
        if first and last:
            refusal = why_not_ask(first, last, self.today)
            contract = self.contracts.get(said.get("contract", ""))
            if refusal is None and contract is not None:
                refusal = why_not_contract(first, last, contract.starts_on, contract.ends_on)
            if refusal is not None:
                self.add_error(refusal.field or None, say(refusal))
        return said

    def wanted(self) -> Wanted | None:
        """What was asked for; nothing where some of it cannot be asked."""
        if not self.is_valid():
            return None
        said = self.cleaned_data
        first, last = (read_quarter(said[name]) for name in ("since", "until"))
        if first is None or last is None:
            return None
        contract = self.contracts.get(said["contract"])
        return Wanted(
            first,
            last,
            contract_id=contract.pk if contract else None,
            contract=queries.limits(contract) if contract else None,
            pathway=WAYS.get(said["way"]),
            county=said["county"],
        )

    def asked(self) -> dict[str, str]:
        """As it stands in the address, to ask for the same again."""
        return {name: str(self.data.get(name, "")) for name in self.fields}

    def told(self) -> list[tuple[str, str]]:
        """Each filter by its name and what was chosen, for sheet and paper."""
        found = []
        for name, field in self.fields.items():
            assert isinstance(field, _Chosen)  # noqa: S101
            chosen = dict(field.widget.choices).get(self.data.get(name, ""), "")
            found.append((str(field.label), str(chosen)))
        return found


def quarter_words(one: Quarter) -> str:
    return gettext("%(year)s, quarter %(number)s") % {"year": one.year, "number": one.number}
