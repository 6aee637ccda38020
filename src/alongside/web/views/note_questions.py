"""A question about a note: asked, answered, asked on, closed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.accounts.codes import Permission
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.encounters import actions, queries
from alongside.encounters.codes import NoteQuestionStatus
from alongside.encounters.rules import readings as rules
from alongside.people.actions import open_record
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.team import SayForm, answer_form, ask_form
from alongside.web.templatetags.words import say
from alongside.web.views.readings import note_page
from alongside.web.views.referrals import posted
from alongside.web.views.shared import refuse

LEADS = Permission.TEAM_READ
S = NoteQuestionStatus


@require_POST
@requires(LEADS)
def note_ask(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    queries.led_note(request.actor, encounter_id=encounter_id)
    form = ask_form(request.POST)
    if form.is_valid():
        try:
            asked = actions.ask_on_note(
                form.cleaned_data["made_id"] or new_id(),
                encounter_id,
                words=form.cleaned_data["words"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            undo = reverse("web:note_question_back", args=[asked.pk])
            messages.success(request, _("Asked. They find it on their day."), extra_tags=undo)
            return redirect("web:team_note", encounter_id)
    return note_page(request, encounter_id, ask=form)


@require_http_methods(["GET", "POST"])
@requires(LEADS, Permission.NOTE_WRITE)
def note_question(request: StaffRequest, note_question_id: UUID) -> HttpResponse:
    """All that was said; the writer answers here, and whoever leads the writer asks on."""
    actor = request.actor
    question, facts = queries.the_question(actor, question_id=note_question_id)
    asked_of_me = question.to_id == actor.id
    make = answer_form if asked_of_me else ask_form
    initial = {"seen": facts.turns}
    form: SayForm = make(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        write = actions.answer_note_question if asked_of_me else actions.ask_on
        try:
            write(
                note_question_id,
                words=form.cleaned_data["words"],
                seen=form.cleaned_data["seen"] or 0,
                by=actor,
                at=timezone.now(),
            )
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            messages.success(request, _("Sent."))
            return redirect("web:today" if asked_of_me else "web:team")
    open_record(question.encounter.participant_id, by=actor, at=timezone.now())
    page = {
        "nav": "today" if asked_of_me else "team",
        "question": question,
        "person": question.encounter.participant,
        "asked_of_me": asked_of_me,
        "form": form,
        "may_say": _may_say(asked_of_me, facts, actor),
        "may_close": rules.why_not_move_question(facts, actor, S.CLOSED) is None,
        "may_withdraw": rules.why_not_move_question(facts, actor, S.WITHDRAWN) is None,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "web/team/question.html", page, status=status)


def _may_say(asked_of_me: bool, facts: Any, actor: Any) -> bool:
    if asked_of_me:
        return rules.why_not_answer_on_note(facts, actor, words="-") is None
    return rules.why_not_ask_on(facts, actor, words="-") is None


@require_POST
@requires(LEADS)
def close(request: StaffRequest, note_question_id: UUID) -> HttpResponse:
    undo = reverse("web:note_question_again", args=[note_question_id])
    return _move(request, actions.close_note_question, note_question_id, _("Closed."), undo)


@require_POST
@requires(LEADS)
def withdraw(request: StaffRequest, note_question_id: UUID) -> HttpResponse:
    undo = reverse("web:note_question_again", args=[note_question_id])
    said = _("Taken back. They see it no more.")
    return _move(request, actions.withdraw_note_question, note_question_id, said, undo)


@require_POST
@requires(LEADS)
def reopen(request: StaffRequest, note_question_id: UUID) -> HttpResponse:
    return _move(request, actions.reopen_note_question, note_question_id, _("Open again."))


def _move(
    request: StaffRequest, action: Any, note_question_id: UUID, said: str, undo: str = ""
) -> HttpResponse:
    queries.the_question(request.actor, question_id=note_question_id)
    try:
        action(note_question_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        messages.warning(request, say(refused.refusal))
        return redirect("web:note_question", note_question_id)
    messages.success(request, said, extra_tags=undo)
    return redirect("web:team_questions")
