"""What is typed about a person and not yet sent: kept on the server, for its author alone."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from alongside.core.refusal import Refusal, Refused
from alongside.people import actions, queries
from alongside.web.access import StaffRequest
from alongside.web.templatetags.words import say

F = TypeVar("F", bound=forms.Form)
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "draft_key", "draft_actor", "draft_edit"})
MOST_TYPED = 200_000  # characters


def typed_fields(data: QueryDict) -> dict[str, str | list[str]]:
    """What each field says, several values as a list; without what the page itself adds."""
    return {
        key: data.getlist(key) if len(data.getlist(key)) > 1 else str(data.get(key, ""))
        for key in data
        if key not in NOT_TYPED
    }


def paper(
    request: StaffRequest,
    form: type[F],
    *,
    key: str,
    participant_id: UUID,
    initial: Mapping[str, Any] | None = None,
    **more: Any,
) -> F:
    """The form as it was sent; else as it was left; else with what is known."""
    if request.method == "POST":
        return form(request.POST, initial=dict(initial or {}), **more)
    left = queries.draft_of(request.actor, participant_id=participant_id, form=key)
    found = form(initial={**(initial or {}), **(left.fields if left else {})}, **more)
    found.left_at = left.saved_at if left else None  # type: ignore[attr-defined]
    return found


@contextmanager
def refusals_in(form: forms.Form) -> Iterator[None]:
    """A rule's no stands beside the field it is about, and nothing typed is lost."""
    try:
        yield
    except Refused as refused:
        refusal = refused.refusal
        form.add_error(refusal.field if refusal.field in form.fields else None, say(refusal))


def done(
    request: StaffRequest,
    participant_id: UUID,
    *,
    key: str = "",
    said: str,
    to: str,
    undo: str = "",
) -> HttpResponse:
    """It is in the record: what was typed is let go, and a sentence says so, with its undo."""
    if key:
        actions.drop_draft(participant_id, form=key, by=request.actor)
    messages.success(request, said, extra_tags=undo)
    return redirect(to)


def show(request: StaffRequest, template: str, page: Mapping[str, Any]) -> HttpResponse:
    """The page, or with 422 the same page with what to look at again."""
    form = page.get("form")
    status = 422 if form is not None and form.is_bound and form.errors else 200
    return render(request, template, {"nav": "people", **page}, status=status)


def care(request: StaffRequest, why: Refusal | str, *, to: str) -> HttpResponse:
    """A button that could not do what it says, and why, on the page it came from."""
    messages.warning(request, say(why))
    return redirect(to)


def inside(path: str, participant_id: UUID) -> str:
    """``path`` when it leads to a page about this person, else their page."""
    home = reverse("web:participant", args=[participant_id])
    return path if path.startswith(home) and "\\" not in path else home


def the_person(request: StaffRequest, participant_id: UUID) -> Any:
    """Whom the page is about. Opening it is on record; what is sent has its own event, and where it
    is shown again instead, ``requires`` puts that on record."""
    if request.method == "POST":
        request.about = participant_id
        return queries.participants_visible_to(request.actor).get(pk=participant_id)
    return actions.open_record(participant_id, by=request.actor, at=timezone.now())


def stale(form: forms.Form, revision: int) -> bool:
    """Whether someone else changed the row meanwhile. Both stand on the page; sending the form
    once more, now with the newer revision, is a person's decision."""
    if not form.is_bound or not form.errors or form.data.get("revision") == str(revision):
        return False
    data = dict(form.data.items())
    data["revision"] = str(revision)
    form.data = data
    return True
