"""Colleagues: inviting them, their roles, and their own first page."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.accounts.actions import NewColleague
from alongside.accounts.codes import ROLE_WORDS, STAFF_ROLES, Role
from alongside.web.forms.agency import NewPassword

Choices = Iterable[tuple[str, str]]


def role_choices() -> list[tuple[str, str]]:
    return [(role.value, gettext(ROLE_WORDS[role][0])) for role in STAFF_ROLES]


def role_words() -> list[tuple[str, str]]:
    """What each role that a colleague can have is called, and what it opens."""
    return [ROLE_WORDS[role] for role in STAFF_ROLES]


class RolesField(forms.TypedMultipleChoiceField):
    """Roles as chips; what each opens is said beside them."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Roles"),
            help_text=_("All that fit. They hold from the next click."),
            choices=role_choices,
            coerce=Role,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose at least one role.")},
        )


class OneOf(forms.TypedChoiceField):
    """One row by its id, or nothing. The view fills in what there is to choose from."""

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=UUID, empty_value=None, required=False, **options)

    def offer(self, choices: Choices, nothing: Any) -> None:
        self.choices = [("", nothing), *choices]


class InviteForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("They sign in with it. The letter says only that there is an invitation."),
    )
    roles = RolesField()
    supervisor = OneOf(label=_("Supervisor"))
    supporter = OneOf(
        label=_("Already in the staff sheet?"),
        help_text=_("Choose the row that is this person, so that there is one of them."),
    )

    def __init__(
        self, *args: Any, supervisors: Choices, supporters: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "supervisor", supervisors, _("Nobody"))
        _offer(self, "supporter", supporters, _("Not in the sheet"))

    def new_colleague(self) -> NewColleague:
        said = self.cleaned_data
        return NewColleague(
            name=said["name"],
            email=said["email"],
            roles=frozenset(said["roles"]),
            supervisor_id=said["supervisor"],
            supporter_id=said["supporter"],
        )


class ColleagueForm(forms.Form):
    roles = RolesField()
    supervisor = OneOf(label=_("Supervisor"))

    def __init__(self, *args: Any, supervisors: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "supervisor", supervisors, _("Nobody"))


class AcceptForm(NewPassword):
    name = forms.CharField(
        label=_("Your name"),
        help_text=_("As colleagues and the people you support should see it."),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    field_order = ("name", "password", "password_again")


def _offer(form: forms.Form, name: str, choices: Choices, nothing: Any) -> None:
    field = form.fields[name]
    assert isinstance(field, OneOf)  # noqa: S101
    field.offer(choices, nothing)
