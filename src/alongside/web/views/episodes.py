from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.codes import Permission
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.encounters.actions.appointments import conclude_and_call_off
from alongside.encounters.queries.appointments import planned_with
from alongside.people.queries import participants_visible_to
from alongside.practice import catalog
from alongside.referrals.actions import episodes as actions
from alongside.referrals.actions.returns import come_back
from alongside.referrals.codes import EpisodeStatus
from alongside.referrals.queries import episodes as queries
from alongside.referrals.rules.episodes import ENDING_FIELDS, ending_advice
from alongside.web import drafts
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.episodes import (
    ConcludeForm,
    EndingForm,
    JourneyForm,
    ReturnForm,
    RhythmForm,
)

WALKS = (Permission.PLAN_WRITE, Permission.MATCH_WRITE)
SIGHT = (Permission.SIGHT_OWN, Permission.SIGHT_TEAM, Permission.SIGHT_AGENCY)


def _home(participant_id: UUID) -> str:
    return reverse("web:participant", args=[participant_id])


def _going_on(request: StaffRequest, participant_id: UUID) -> Any:
    """The time of support that goes on. Raises ``DoesNotExist`` when there is none to write in."""
    found = queries.episodes_of(request.actor, participant_id=participant_id)
    return found.exclude(status=EpisodeStatus.CONCLUDED).get()


def _said(episode: Any) -> dict[str, Any]:
    return {name: getattr(episode, column) for name, column in ENDING_FIELDS.items()}


@requires(*SIGHT)
def journey(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    now = timezone.now()
    person = drafts.the_person(request, participant_id)
    episode = queries.open_episode(request.actor, participant_id=participant_id)
    steps = list(queries.journey(request.actor, participant_id=participant_id))
    first = {"on": local_date(now, request.actor.time_zone), "step_id": new_id()}
    form = drafts.paper(
        request, JourneyForm, key="journey", participant_id=participant_id, initial=first
    )
    if request.method == "POST" and episode and form.is_valid():
        with drafts.refusals_in(form):
            step = actions.set_journey_place(
                episode.pk, **form.cleaned_data, by=request.actor, at=now
            )
            return drafts.done(
                request,
                participant_id,
                key="journey",
                said=_("Kept, the way they put it."),
                to=_home(participant_id),
                undo=reverse("web:journey_take_back", args=[participant_id, step.pk]),
            )
    page = {
        "person": person,
        "episode": episode,
        "form": form,
        "key": "journey",
        "steps": steps,
        "places": catalog.terms("journey_place"),
    }
    return drafts.show(request, "web/episodes/journey.html", page)


@require_POST
@requires(*WALKS)
def journey_take_back(request: StaffRequest, participant_id: UUID, step_id: UUID) -> HttpResponse:
    queries.journey(request.actor, participant_id=participant_id).get(pk=step_id)
    try:
        actions.take_back_journey_step(step_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=_home(participant_id))
    return drafts.done(request, participant_id, said=_("Taken back."), to=_home(participant_id))


@requires(*WALKS)
def rhythm(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    now = timezone.now()
    person = drafts.the_person(request, participant_id)
    episode = _going_on(request, participant_id)
    form = drafts.paper(
        request,
        RhythmForm,
        key="rhythm",
        participant_id=participant_id,
        initial=RhythmForm.of(episode.agreed_every_days),
    )
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            actions.agree_rhythm(episode.pk, every_days=form.every_days(), by=request.actor, at=now)
            return drafts.done(
                request,
                participant_id,
                key="rhythm",
                said=_("Agreed. Your day will keep this rhythm in mind."),
                to=_home(participant_id),
            )
    page = {"person": person, "episode": episode, "form": form, "key": "rhythm"}
    return drafts.show(request, "web/episodes/rhythm.html", page)


@requires(*WALKS)
def ending(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    """Raise the ending, or go on writing on it together."""
    now = timezone.now()
    on = local_date(now, request.actor.time_zone)
    person = drafts.the_person(request, participant_id)
    episode = _going_on(request, participant_id)
    form = drafts.paper(
        request, EndingForm, key="ending", participant_id=participant_id, initial=_said(episode)
    )
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            said = form.ending()
            if episode.status == EpisodeStatus.OPEN:
                actions.raise_ending(episode.pk, said, on=on, by=request.actor, at=now)
            else:
                actions.write_ending(episode.pk, said, by=request.actor, at=now)
            return drafts.done(
                request,
                participant_id,
                key="ending",
                said=_("Kept. You go on meeting as before, until the last meeting."),
                to=_home(participant_id),
                undo=reverse("web:keep_going", args=[participant_id]),
            )
    raised = episode.ending_raised_on or on
    page = {
        "person": person,
        "episode": episode,
        "form": form,
        "key": "ending",
        "advice": ending_advice(raised_on=raised, last_meeting_on=episode.last_meeting_on),
    }
    return drafts.show(request, "web/episodes/ending.html", page)


@require_POST
@requires(*WALKS)
def keep_going(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    episode = _going_on(request, participant_id)
    try:
        actions.keep_going(episode.pk, by=request.actor, at=timezone.now())
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=_home(participant_id))
    return drafts.done(
        request, participant_id, said=_("You keep going together."), to=_home(participant_id)
    )


@requires(*WALKS)
def conclude(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    now = timezone.now()
    person = drafts.the_person(request, participant_id)
    episode = _going_on(request, participant_id)
    first = {**_said(episode), "on": local_date(now, request.actor.time_zone)}
    form = drafts.paper(
        request, ConcludeForm, key="conclude", participant_id=participant_id, initial=first
    )
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            conclude_and_call_off(
                episode.pk,
                form.ending(),
                on=form.cleaned_data["on"],
                by=request.actor,
                at=now,
            )
            sees = participants_visible_to(request.actor).filter(pk=participant_id).exists()
            return drafts.done(
                request,
                participant_id,
                key="conclude",
                said=_("Concluded. The record stays theirs, and the way back is open."),
                to=_home(participant_id) if sees else reverse("web:participants"),
            )
    page = {
        "person": person,
        "episode": episode,
        "form": form,
        "key": "conclude",
        "planned": planned_with(request.actor, participant_id=participant_id).count(),
    }
    return drafts.show(request, "web/episodes/conclude.html", page)


@requires(Permission.MATCH_WRITE)
def come_back_page(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    now = timezone.now()
    person = drafts.the_person(request, participant_id)
    matches = queries.walked_alongside(request.actor, participant_id=participant_id)
    known = {match.supporter_id: match.supporter.name for match in matches}
    form = drafts.paper(
        request,
        ReturnForm,
        key="return",
        participant_id=participant_id,
        initial={"on": local_date(now, request.actor.time_zone), "again": ""},
        supporters=[(str(key), _("With %(name)s again") % {"name": n}) for key, n in known.items()],
    )
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            again = form.cleaned_data["again"]
            come_back(
                participant_id,
                words=form.cleaned_data["words"],
                on=form.cleaned_data["on"],
                with_supporter=UUID(again) if again else None,
                by=request.actor,
                at=now,
            )
            return drafts.done(
                request,
                participant_id,
                key="return",
                said=_("Welcome back. A new time together has begun."),
                to=_home(participant_id),
            )
    page = {
        "person": person,
        "form": form,
        "key": "return",
        "last": queries.episodes_of(request.actor, participant_id=participant_id).first(),
    }
    return drafts.show(request, "web/episodes/return.html", page)
