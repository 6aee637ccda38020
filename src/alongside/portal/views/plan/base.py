"""What the pages of one's own plan share."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from alongside.core.actor import Actor
from alongside.core.refusal import Refusal, Refused
from alongside.core.words import gettext_noop as _n
from alongside.people.queries import own_record
from alongside.plans.queries.plans import newest_core_words, plan_of_episode
from alongside.plans.rules.content import Difference
from alongside.portal import unsent
from alongside.portal.access import PortalRequest
from alongside.portal.words import said
from alongside.referrals.codes import EpisodeStatus
from alongside.referrals.queries.episodes import episodes_of


def latest(viewer: Actor) -> tuple[Any, Any, bool]:
    """The plan of the latest time of support, that time, and whether it goes on."""
    person = own_record(viewer)
    episode = episodes_of(viewer, participant_id=person.pk).first()
    plan = plan_of_episode(viewer, episode_id=episode.pk) if episode else None
    return plan, episode, episode is not None and episode.status != EpisodeStatus.CONCLUDED


def going_on(viewer: Actor) -> Any:
    """The time of support that goes on; without one there is nothing to write in."""
    _plan, episode, goes_on = latest(viewer)
    if not goes_on:
        raise Http404
    return episode


def home(part: object = "") -> str:
    return reverse("portal:own_plan") + (f"#part-{part}" if part else "")


# What the staff's lists call by the field's words.
PARTS: Mapping[str, str] = {
    "goal": _n("A goal of mine"),
    "strength": _n("What I am good at"),
    "value": _n("What matters to me"),
    "core": _n("What my recovery grows from"),
    "objective": _n("A part of the way"),
    "step": _n("A step"),
    "support": _n("My own people and places"),
    "obstacle": _n("In my way"),
    "try": _n("What was tried"),
    "question": _n("What I want to ask"),
}


def in_own_words(since: Iterable[Difference]) -> list[tuple[str, Difference]]:
    """What is otherwise, each by the name it has on these pages."""
    return [(PARTS[one.part], one) for one in since]


def typed(request: PortalRequest) -> Any:
    """What was sent, an empty form too; nothing where the page is only opened."""
    return request.POST if request.method == "POST" else None


@contextmanager
def refusals_in(form: forms.Form) -> Iterator[None]:
    """A rule's no stands beside the field it is about, and nothing typed is lost."""
    try:
        yield
    except Refused as refused:
        refusal = refused.refusal
        form.add_error(refusal.field if refusal.field in form.fields else None, said(refusal))


def moved_on(form: forms.Form, revision: int) -> bool:
    """Whether someone else changed it meanwhile. Both texts stand on the page; sending the form
    once more, now with the newer revision, is a person's decision."""
    if not form.is_bound or not form.errors or form.data.get("revision") == str(revision):
        return False
    data = dict(form.data.items())
    data["revision"] = str(revision)
    form.data = data
    return True


def said_meanwhile(form: forms.Form, known: Mapping[str, Any]) -> list[str]:
    """Core words that someone else wrote since the page was made; both stand on the page, and
    sending it once more is a person's decision."""
    newest = newest_core_words(known)
    seen = str(form.data.get("seen", "")) if form.is_bound else ""
    if not form.is_bound or not form.errors or seen == str(newest or ""):
        return []
    others = [row for row in known.values() if not seen or str(row.pk) > seen]
    data = dict(form.data.items())
    data["seen"] = str(newest or "")
    form.data = data
    return [row.words for row in others if row.words]


def done(
    request: PortalRequest, text: str, *, to: str, undo: str = "", key: str = ""
) -> HttpResponse:
    """It is in the record, and no longer waits in the form."""
    unsent.over(request, key=key)
    messages.success(request, text, extra_tags=undo)
    return redirect(to)


def care(request: PortalRequest, why: Refusal, *, to: str) -> HttpResponse:
    messages.warning(request, said(why))
    return redirect(to)


def show(request: PortalRequest, template: str, page: Mapping[str, Any]) -> HttpResponse:
    form = page.get("form")
    status = 422 if form is not None and form.is_bound and form.errors else 200
    return render(request, template, {"nav": "plan", **page}, status=status)
