"""What shows that something asked was done, and questions about it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.accounts.codes import Permission
from alongside.core.ids import new_id
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refused
from alongside.encounters.actions.evidence import show_by_meeting
from alongside.encounters.queries.going_along import to_choose
from alongside.people.actions import open_record
from alongside.plans.actions import evidence as actions
from alongside.plans.queries import requirements as queries
from alongside.web import drafts
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.requirements import AnswerForm, EvidenceForm, QuestionForm
from alongside.web.noteforms import uuid_or_none
from alongside.web.templatetags.words import day, term
from alongside.web.views.growing.shared import checked_file, hand_out
from alongside.web.views.participants import SIGHT
from alongside.web.views.requirements import home, show_one, the_one, today

WRITE = Permission.PLAN_WRITE


@requires(WRITE)
def requirement_show(
    request: StaffRequest, participant_id: UUID, requirement_id: UUID
) -> HttpResponse:
    """Write down that something was done, with what shows it."""
    person = drafts.the_person(request, participant_id)
    line = the_one(request, participant_id, requirement_id)
    key = f"shown-{requirement_id}"
    form = drafts.paper(
        request,
        EvidenceForm,
        key=key,
        participant_id=participant_id,
        initial={"on": today(request), "times": 1, "evidence_id": new_id()},
        meetings=_meetings(request, participant_id),
    )
    if request.method == "POST":
        form.files = request.FILES
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            row = _keep(request, requirement_id, form)
            back = [participant_id, requirement_id, row.pk]
            return drafts.done(
                request,
                participant_id,
                key=key,
                said=_("Kept. It stands with what is asked."),
                to=home(participant_id, requirement_id),
                undo=reverse("web:evidence_take_back", args=back),
            )
    page = {
        "person": person,
        "line": line,
        "form": form,
        "key": key,
        "again": form.is_bound and bool(request.FILES),
    }
    return drafts.show(request, "web/required/show.html", page)


def _meetings(request: StaffRequest, participant_id: UUID) -> list[tuple[str, str]]:
    met = to_choose(request.actor, participant_id=participant_id, along=True)
    return [(str(one.pk), f"{day(one.on)}: {term(one.going_along, 'going_along')}") for one in met]


def _keep(request: StaffRequest, requirement_id: UUID, form: EvidenceForm) -> Any:
    met = uuid_or_none(form.cleaned_data.get("meeting", ""))
    more: dict[str, Any] = {
        "evidence_id": form.cleaned_data["evidence_id"],
        "file": checked_file(request),
        "by": request.actor,
        "at": timezone.now(),
    }
    if met is not None:
        return show_by_meeting(requirement_id, met, form.evidence(), **more)
    return actions.add_evidence(requirement_id, form.evidence(), **more)


@require_GET
@requires(*SIGHT)
@leaves(Leaving.INSIDE)
def evidence_file(
    request: StaffRequest, participant_id: UUID, requirement_id: UUID, evidence_id: UUID
) -> HttpResponse:
    open_record(participant_id, by=request.actor, at=timezone.now())
    file = queries.file_of(request.actor, participant_id=participant_id, evidence_id=evidence_id)
    return hand_out(request, file, back=home(participant_id, requirement_id), called="paper")


@require_POST
@requires(WRITE)
def evidence_take_back(
    request: StaffRequest, participant_id: UUID, requirement_id: UUID, evidence_id: UUID
) -> HttpResponse:
    undo = reverse("web:evidence_put_back", args=[participant_id, requirement_id, evidence_id])
    return _turn(request, participant_id, requirement_id, evidence_id, undo=undo)


@require_POST
@requires(WRITE)
def evidence_put_back(
    request: StaffRequest, participant_id: UUID, requirement_id: UUID, evidence_id: UUID
) -> HttpResponse:
    return _turn(request, participant_id, requirement_id, evidence_id)


def _turn(
    request: StaffRequest,
    participant_id: UUID,
    requirement_id: UUID,
    evidence_id: UUID,
    *,
    undo: str = "",
) -> HttpResponse:
    seen = queries.evidence_visible_to(request.actor)
    seen.get(pk=evidence_id, requirement_id=requirement_id, requirement__participant=participant_id)
    action = actions.take_back_evidence if undo else actions.put_back_evidence
    to = home(participant_id, requirement_id)
    try:
        action(evidence_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=to)
    messages.success(request, _("Taken back.") if undo else _("It is back."), extra_tags=undo)
    return redirect(to)


@require_POST
@requires(WRITE)
def requirement_ask(
    request: StaffRequest, participant_id: UUID, requirement_id: UUID
) -> HttpResponse:
    the_one(request, participant_id, requirement_id)
    form = QuestionForm(request.POST)
    if form.is_valid():
        with drafts.refusals_in(form):
            actions.ask_about(
                requirement_id,
                form.cleaned_data["words"],
                question_id=form.cleaned_data["question_id"],
                by=request.actor,
                at=timezone.now(),
            )
            messages.success(request, _("Kept. It waits here for an answer."))
            return redirect(home(participant_id, requirement_id))
    return show_one(request, participant_id, requirement_id, ask=form)


@require_POST
@requires(WRITE)
def requirement_answer(
    request: StaffRequest, participant_id: UUID, requirement_id: UUID, question_id: UUID
) -> HttpResponse:
    _question(request, participant_id, requirement_id, question_id)
    form = AnswerForm(request.POST)
    if form.is_valid():
        with drafts.refusals_in(form):
            actions.answer_about(
                question_id, form.cleaned_data["answer"], by=request.actor, at=timezone.now()
            )
            messages.success(request, _("Kept. You both see it now."))
            return redirect(home(participant_id, requirement_id))
    typed = {"answering": question_id, "answer": form}
    return show_one(request, participant_id, requirement_id, **typed)


@require_POST
@requires(WRITE)
def question_take_back(
    request: StaffRequest, participant_id: UUID, requirement_id: UUID, question_id: UUID
) -> HttpResponse:
    _question(request, participant_id, requirement_id, question_id)
    to = home(participant_id, requirement_id)
    try:
        actions.take_back_question(question_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=to)
    undo = reverse("web:question_put_back", args=[participant_id, requirement_id, question_id])
    messages.success(request, _("Taken back."), extra_tags=undo)
    return redirect(to)


@require_POST
@requires(WRITE)
def question_put_back(
    request: StaffRequest, participant_id: UUID, requirement_id: UUID, question_id: UUID
) -> HttpResponse:
    seen = queries.questions_ever(request.actor).filter(requirement_id=requirement_id)
    seen.get(pk=question_id, requirement__participant_id=participant_id)
    to = home(participant_id, requirement_id)
    try:
        actions.put_back_question(question_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=to)
    messages.success(request, _("The question is back."))
    return redirect(to)


def _question(
    request: StaffRequest, participant_id: UUID, requirement_id: UUID, question_id: UUID
) -> Any:
    seen = queries.questions_visible_to(request.actor).filter(requirement_id=requirement_id)
    return seen.get(pk=question_id, requirement__participant_id=participant_id)
