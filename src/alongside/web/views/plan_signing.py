"""Signing a plan on two devices: whoever signs first lays it before the other."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.codes import Permission
from alongside.core.refusal import Refused
from alongside.plans import actions, queries
from alongside.plans.codes import Side
from alongside.plans.queries import versions
from alongside.web import drafts
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.plans import AnswerForm, OfferForm
from alongside.web.views.plan_versions import read_anew
from alongside.web.views.plans import going_on, home, open_version


@requires(Permission.PLAN_WRITE)
def plan_offer(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    """Read it as it stands, sign, and lay it before the participant, who reads the same text."""
    person = drafts.the_person(request, participant_id)
    episode = going_on(request, participant_id)
    plan = queries.plan_of_episode(request.actor, episode_id=episode.pk)
    now = open_version(request, plan)
    form = OfferForm(request.POST or None, initial={"read": now.digest})
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            actions.offer_plan(
                episode.pk,
                name=request.actor.name,
                read=form.cleaned_data["read"],
                by=request.actor,
                at=timezone.now(),
            )
            said = _("You signed. They can read and sign it on their own device.")
            return drafts.done(request, participant_id, said=said, to=home(participant_id))
    page = {"person": person, "now": now, "form": read_anew(form, now.digest)}
    page["comes_in"] = person.user_id is not None
    return drafts.show(request, "web/plans/offer.html", page)


@requires(Permission.PLAN_WRITE)
def version_sign(request: StaffRequest, participant_id: UUID, version_id: UUID) -> HttpResponse:
    """The participant signed first: read what they signed, then sign it or say what else."""
    person, version = _version(request, participant_id, version_id)
    now = versions.open_version(request.actor, plan_id=version.plan_id)
    form = OfferForm(request.POST or None, initial={"read": version.digest})
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            signed = actions.sign_plan(
                version_id,
                name=request.actor.name,
                read=form.cleaned_data["read"],
                by=request.actor,
                at=timezone.now(),
            )
            said = _("Version %(number)s is in force. Both of you signed.")
            done = said % {"number": signed.number}
            return drafts.done(request, participant_id, said=done, to=home(participant_id))
    page = {
        "person": person,
        "version": version,
        "now": now,
        "content": versions.content_of(version),
        "form": form,
        "answer": AnswerForm(),
        "answered": versions.asked_otherwise(request.actor, version=now.version),
        "may_sign": Side.SUPPORTER not in versions.facts_of(version).signed and not now.moved_on,
        "is_open": now.offered is not None and now.offered.pk == version.pk,
    }
    return drafts.show(request, "web/plans/sign.html", page)


@require_POST
@requires(Permission.PLAN_WRITE)
def version_answer(request: StaffRequest, participant_id: UUID, version_id: UUID) -> HttpResponse:
    """Not like this: what should be different. It is a draft again."""
    _version(request, participant_id, version_id)
    said = _("It is a draft again. They find your words on their page.")
    words = request.POST.get("words", "")
    return _move(request, participant_id, version_id, actions.answer_plan, said, words=words)


@require_POST
@requires(Permission.PLAN_WRITE)
def version_take_back(
    request: StaffRequest, participant_id: UUID, version_id: UUID
) -> HttpResponse:
    _version(request, participant_id, version_id)
    said = _("Your signature is taken back. The plan is a draft again.")
    return _move(request, participant_id, version_id, actions.take_offer_back, said)


def _version(request: StaffRequest, participant_id: UUID, version_id: UUID) -> tuple[Any, Any]:
    person = drafts.the_person(request, participant_id)
    rows = versions.versions_of(request.actor, participant_id=participant_id)
    return person, rows.get(pk=version_id)


def _move(
    request: StaffRequest, participant_id: UUID, version_id: UUID, act: Any, said: str, **more: str
) -> HttpResponse:
    try:
        act(version_id, by=request.actor, at=timezone.now(), **more)
    except Refused as refused:
        here = reverse("web:plan", args=[participant_id])
        return drafts.care(request, refused.refusal, to=here)
    return drafts.done(request, participant_id, said=said, to=home(participant_id))
