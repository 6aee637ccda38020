"""What a participant typed in a form and has not sent: on the server within a second, for them
alone, by the page and the row it is about. A closed tab, a sign-out or a lost line takes nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.urls import reverse

from alongside.people import actions, queries
from alongside.people.queries import own_record
from alongside.portal.access import PortalRequest

F = TypeVar("F", bound=forms.Form)
OF_THE_PAGE = frozenset({"csrfmiddlewaretoken", "draft_key", "draft_actor", "draft_edit"})
SIGNS = frozenset({"signed_name"})  # a name is a signature: given at once or not at all
MOST = 100_000  # characters
LONGEST_KEY = 74  # with the sign for what is put away it still fits its column


@dataclass(frozen=True)
class Unsent:
    """For the page: the form's key, and since when something waits in it."""

    key: str
    saved_at: datetime | None = None

    @property
    def keep_url(self) -> str:
        return reverse("portal:own_typed", args=[self.key])


def key_of(page: str, *rows: object) -> str:
    """``own_goal-0193…``: a form, and the row it is about."""
    return "-".join([page, *(row.hex if isinstance(row, UUID) else str(row) for row in rows)])


def key_here(request: PortalRequest) -> str:
    found = request.resolver_match
    return key_of(found.url_name or "", *found.kwargs.values()) if found else ""


def picked_up(request: PortalRequest, form: F, *, key: str = "") -> F:
    """The form with what was left in it. ``key``: for a form that is sent to another page than the
    one it stands on. An id for something new is made anew: what has it may be kept already."""
    there, typed = waiting(request, key=key)
    if typed:
        left = _answers(form, typed).items()
        form.initial.update({name: value for name, value in left if not name.endswith("_id")})
    form.unsent = there  # type: ignore[attr-defined]
    return form


def _answers(form: forms.Form, typed: dict[str, Any]) -> dict[str, Any]:
    """A box that was not ticked is not sent at all; it stays unticked."""
    kinds = (forms.BooleanField, forms.MultipleChoiceField)
    boxes = {name: "" for name, field in form.fields.items() if isinstance(field, kinds)}
    return {**boxes, **{name: typed[name] for name in form.fields if name in typed}}


def waiting(request: PortalRequest, *, key: str = "") -> tuple[Unsent, dict[str, Any]]:
    """For a page that is opened; what is sent speaks for itself."""
    key, draft = key or key_here(request), None
    if request.method != "POST":
        person = own_record(request.actor)
        draft = queries.draft_of(request.actor, participant_id=person.pk, form=key)
    return Unsent(key, draft.saved_at if draft else None), dict(draft.fields) if draft else {}


def typed_fields(data: QueryDict) -> dict[str, str | list[str]]:
    """What each field says, several values as a list."""
    return {
        name: data.getlist(name) if len(data.getlist(name)) > 1 else str(data.get(name, ""))
        for name in data
        if name not in OF_THE_PAGE | SIGNS
    }


def over(request: PortalRequest, *, key: str = "") -> None:
    """It is in the record now."""
    person = own_record(request.actor)
    actions.drop_draft(person.pk, form=key or key_here(request), by=request.actor)
