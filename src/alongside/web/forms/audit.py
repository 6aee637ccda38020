"""Which events of the log to show."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.audit.queries import Wanted
from alongside.core.clock import at_wall
from alongside.web.forms.fields import DayField
from alongside.web.verbs import VERBS


class WantedForm(forms.Form):
    who = forms.TypedChoiceField(label=_("Who"), coerce=UUID, empty_value=None, required=False)
    what = forms.ChoiceField(label=_("What"), required=False)
    since = DayField(
        label=_("From"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), required=False
    )
    until = DayField(
        label=_("Until"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), required=False
    )

    def __init__(self, *args: Any, everyone: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = sorted((gettext(words), verb) for verb, words in VERBS.items())
        self._offer("who", [("", _("Everyone")), *everyone])
        self._offer("what", [("", _("Everything")), *((verb, words) for words, verb in kinds)])

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = choices

    def wanted(self, *, time_zone: str, targets: Iterable[str] = ()) -> Wanted:
        """What was asked for, with whole days of the agency's own clock."""
        said = self.cleaned_data if self.is_valid() else {}
        since, until = said.get("since"), said.get("until")
        return Wanted(
            actor_id=said.get("who"),
            verb=said.get("what") or "",
            targets=frozenset(targets),
            since=_midnight(since, time_zone) if since else None,
            before=_midnight(until + timedelta(days=1), time_zone) if until else None,
        )


def _midnight(on: Any, time_zone: str) -> datetime:
    return at_wall(on, time(0), time_zone)
