"""Someone used again and says so. Help stands first on the page; then, if it fits, a few facts."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.codes import Permission
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.encounters.actions.evidence import back_by_meeting
from alongside.encounters.queries.going_along import to_choose
from alongside.outcomes.actions import returns as actions
from alongside.outcomes.queries import milestones as queries
from alongside.outcomes.rules.milestones import Back
from alongside.web import drafts
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.milestones import BackForm, ReturnForm
from alongside.web.noteforms import uuid_or_none
from alongside.web.templatetags.words import day
from alongside.web.views.milestones import at_hand, home
from alongside.web.views.requirements import today

WRITE = Permission.PLAN_WRITE


@requires(WRITE)
def return_new(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    person = drafts.the_person(request, participant_id)
    form = drafts.paper(
        request,
        ReturnForm,
        key="again",
        participant_id=participant_id,
        initial={"return_id": new_id(), "known_on": today(request)},
    )
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            row = actions.tell_return(
                participant_id,
                form.told(),
                return_id=form.cleaned_data["return_id"],
                by=request.actor,
                at=timezone.now(),
            )
            return drafts.done(
                request,
                participant_id,
                key="again",
                said=_("Kept. It took courage to say it."),
                to=home(participant_id),
                undo=reverse("web:return_take_back", args=[participant_id, row.pk]),
            )
    page = {"person": person, "form": form, "key": "again", **at_hand(request, participant_id)}
    return drafts.show(request, "web/milestones/return.html", page)


def _row(request: StaffRequest, participant_id: UUID, return_id: UUID) -> Any:
    seen = queries.returns_visible_to(request.actor)
    return seen.get(pk=return_id, participant_id=participant_id)


@requires(WRITE)
def return_correct(request: StaffRequest, participant_id: UUID, return_id: UUID) -> HttpResponse:
    person = drafts.the_person(request, participant_id)
    row = _row(request, participant_id, return_id)
    key = f"again-{return_id}"
    fields = ("known_on", "happened_on", "words", "revision")
    form = drafts.paper(
        request,
        ReturnForm,
        key=key,
        participant_id=participant_id,
        initial={name: getattr(row, name) for name in fields},
    )
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            actions.correct_return(
                return_id,
                form.told(),
                revision=form.cleaned_data["revision"] or 0,
                by=request.actor,
                at=timezone.now(),
            )
            return drafts.done(
                request,
                participant_id,
                key=key,
                said=_("Changed. What it said before is kept."),
                to=home(participant_id),
            )
    if form.is_bound:
        row.refresh_from_db()
    stale = drafts.stale(form, row.revision)
    page = {"person": person, "form": form, "key": key, "row": row, "stale": stale}
    return drafts.show(
        request, "web/milestones/return.html", {**page, **at_hand(request, participant_id)}
    )


@requires(WRITE)
def return_back(request: StaffRequest, participant_id: UUID, return_id: UUID) -> HttpResponse:
    """With support again: in a meeting, or on a day."""
    person = drafts.the_person(request, participant_id)
    row = _row(request, participant_id, return_id)
    met = to_choose(request.actor, participant_id=participant_id, along=False)
    since = row.happened_on or row.known_on
    key = f"back-{return_id}"
    form = drafts.paper(
        request,
        BackForm,
        key=key,
        participant_id=participant_id,
        initial={
            "back_on": row.back_on or today(request),
            "words": row.back_words,
            "meeting": str(row.back_encounter_id or ""),
            "revision": row.revision,
        },
        meetings=[(str(one.pk), day(one.on)) for one in met if one.on >= since],
    )
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            _say_back(request, return_id, form)
            return drafts.done(
                request,
                participant_id,
                key=key,
                said=_("Kept. Good to be side by side again."),
                to=home(participant_id),
                undo=reverse("web:return_not_yet", args=[participant_id, return_id]),
            )
    if form.is_bound:
        row.refresh_from_db()
    stale = drafts.stale(form, row.revision)
    page = {"person": person, "form": form, "key": key, "row": row, "stale": stale}
    return drafts.show(request, "web/milestones/back.html", page)


def _say_back(request: StaffRequest, return_id: UUID, form: BackForm) -> None:
    said = form.cleaned_data
    now: dict[str, Any] = {
        "revision": said["revision"],
        "by": request.actor,
        "at": timezone.now(),
    }
    met = uuid_or_none(said.get("meeting", ""))
    if met is not None:
        back_by_meeting(return_id, met, words=said["words"], **now)
    else:
        actions.say_back(return_id, Back(on=said["back_on"], words=said["words"]), **now)


@require_POST
@requires(WRITE)
def return_not_yet(request: StaffRequest, participant_id: UUID, return_id: UUID) -> HttpResponse:
    row = _row(request, participant_id, return_id)
    try:
        actions.take_back_being_back(
            return_id, revision=row.revision, by=request.actor, at=timezone.now()
        )
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=home(participant_id))
    return drafts.done(request, participant_id, said=_("Taken back."), to=home(participant_id))


@require_POST
@requires(WRITE)
def return_take_back(request: StaffRequest, participant_id: UUID, return_id: UUID) -> HttpResponse:
    row = _row(request, participant_id, return_id)
    try:
        actions.take_back_return(
            return_id, revision=row.revision, by=request.actor, at=timezone.now()
        )
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=home(participant_id))
    undo = reverse("web:return_put_back", args=[participant_id, return_id])
    return drafts.done(
        request, participant_id, said=_("Taken back."), to=home(participant_id), undo=undo
    )


@require_POST
@requires(WRITE)
def return_put_back(request: StaffRequest, participant_id: UUID, return_id: UUID) -> HttpResponse:
    seen = queries.returns_visible_to(request.actor, taken_back=True)
    seen.get(pk=return_id, participant_id=participant_id)
    try:
        actions.put_back_return(return_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=home(participant_id))
    return drafts.done(request, participant_id, said=_("It is back."), to=home(participant_id))
