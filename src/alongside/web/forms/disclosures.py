"""What is told to someone outside, as a form: one ground, one recipient, nothing ticked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.consents.rules import Recipient, Wanted
from alongside.core.clock import at_wall, local
from alongside.practice import catalog
from alongside.practice.consents import Category, RecipientKind
from alongside.practice.disclosure import (
    BY_HAND,
    WAY_WORDS,
    Basis,
    Fact,
    Ground,
    Leave,
    Way,
    book,
    consented,
)
from alongside.web.forms.encounters import DAY, clock_field, words_field
from alongside.web.forms.fields import DayField

WHY_MORE = "why_more"


class DisclosureForm(forms.Form):
    """``ground`` decides which questions there are, ``leave`` what a consent lets be told."""

    disclosure_id = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Who gets it?"),
        help_text=_("A person, by name."),
        max_length=200,
        required=False,
        error_messages={"required": _("Say who gets it, by name.")},
    )
    organization = forms.CharField(
        label=_("Where do they work?"),
        max_length=200,
        required=False,
        error_messages={"required": _("Say where they work.")},
    )
    address = forms.CharField(
        label=_("Address, phone or e-mail"),
        help_text=_("Where it goes."),
        max_length=300,
        required=False,
    )
    categories = forms.MultipleChoiceField(
        label=_("What is told?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    what = words_field(
        _("In a few words"),
        3,
        max_length=2000,
        help_text=_("As it was said or written."),
        error_messages={"required": _("Say what is told.")},
    )
    way = forms.ChoiceField(
        label=_("How?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Say how it is told."),
            "invalid_choice": _("Say how it is told."),
        },
    )
    on = DayField(
        label=_("Day"), widget=DAY, error_messages={"required": _("Say which day it was.")}
    )
    clock = clock_field(_("About what time?"))

    def __init__(
        self, *args: Any, ground: Ground, leave: Leave | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ground, self.leave = ground, leave
        self._way().choices = [(way.value, gettext(WAY_WORDS[way])) for way in BY_HAND]
        self._offer_categories()
        self._name_them()
        for code in self.facts_asked():
            self.fields[code] = _fact_field(book().facts[code])
        last = ("what", "way", "address", "on", "clock")
        self.order_fields([*self._head(), "categories", WHY_MORE, *last])
        self.fields["what"].required = leave is None

    def facts_asked(self) -> tuple[str, ...]:
        return (*self.ground.facts, WHY_MORE) if self.leave else self.ground.facts

    def wanted(self, participant_id: UUID, *, recipient_id: UUID | None, zone: str) -> Wanted:
        """What was typed. ``zone`` is the agency's own clock."""
        said = self.cleaned_data
        keys = self.facts_asked()
        return Wanted(
            id=said["disclosure_id"],
            participant_id=participant_id,
            basis=self.ground.code,
            recipient=Recipient(
                name=said.get("name", ""),
                organization=said.get("organization", ""),
                address=said.get("address", ""),
                recipient_id=recipient_id,
            ),
            way=Way(said["way"]),
            categories=frozenset(Category(code) for code in said.get("categories", ())),
            what=said["what"],
            facts={key: _as_text(said.get(key)) for key in keys},
            told_at=at_wall(said["on"], said["clock"], zone),
        )

    def _head(self) -> list[str]:
        return ["disclosure_id", "name", "organization", *self.ground.facts]

    def _offer_categories(self) -> None:
        most = consented(self.leave.consent) if self.leave else self.ground.most
        if self.ground.code is Basis.PARTICIPANT or not most:
            del self.fields["categories"]
            return
        offered = [c for c in Category if c in most and c is not Category.WHOLE_RECORD]
        choices = [(c.value, gettext(catalog.term("consent_category", c).short)) for c in offered]
        field = self.fields["categories"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101
        field.choices = choices
        field.required = self.leave is not None
        field.error_messages["required"] = gettext("Choose what is told.")

    def _name_them(self) -> None:
        named = self.leave is not None and self.leave.recipient.kind is RecipientKind.PERSON
        if named or self.ground.code is Basis.PARTICIPANT:
            del self.fields["name"], self.fields["organization"]
            return
        self.fields["name"].required = self.ground.named or self.leave is not None
        self.fields["organization"].required = self.ground.organization

    def _way(self) -> forms.ChoiceField:
        field = self.fields["way"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        return field


def _fact_field(fact: Fact) -> forms.Field:
    said = {"required": gettext(fact.missing), "invalid": gettext(fact.missing)}
    plain: dict[str, Any] = {"label": gettext(fact.label), "error_messages": said}
    plain |= {"help_text": gettext(fact.help) if fact.help else ""}
    needed = fact.code != WHY_MORE
    if fact.kind == "day":
        return DayField(**plain, widget=DAY, required=needed)
    if fact.kind == "yes":
        return forms.BooleanField(**plain, required=needed)
    if fact.kind == "line":
        return forms.CharField(**plain, required=needed, max_length=200)
    return words_field(plain.pop("label"), 2, **{**plain, "required": needed, "max_length": 2000})


def _as_text(value: Any) -> str:
    if value is True:
        return "yes"
    return value.isoformat() if hasattr(value, "isoformat") else str(value or "")


def begun(disclosure_id: UUID, *, now: datetime, zone: str, **more: Any) -> Mapping[str, Any]:
    """A new form: now, by phone. Nothing is ticked: each thing told is somebody's decision."""
    here = local(now, zone)
    first = {"on": here.date(), "clock": here.time().replace(second=0, microsecond=0)}
    return {"disclosure_id": disclosure_id, "way": Way.PHONE.value, **first, **more}


class WhichDayForm(forms.Form):
    on = DayField(label=_("On which day was it told?"), widget=DAY)


class ReasonForm(forms.Form):
    reason = words_field(
        _("What was wrong?"),
        2,
        required=True,
        max_length=500,
        error_messages={"required": _("Say in a few words what was wrong.")},
    )


class PartTwoForm(forms.Form):
    reason = words_field(
        _("Why?"),
        3,
        required=True,
        max_length=2000,
        help_text=_("Who decided it, and on what ground. It must hold in five years."),
        error_messages={"required": _("Say why, in words that hold in five years.")},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)
