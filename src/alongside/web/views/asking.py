"""The writer's side of a question about an array: ask, take back, take the answer over."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.codes import Permission
from alongside.core.refusal import Refused
from alongside.encounters import actions, queries
from alongside.people.queries import participants_visible_to
from alongside.web import arraycards, noteforms
from alongside.web.access import StaffRequest, requires
from alongside.web.views.drafts import keep
from alongside.web.views.encounters import advice_fragment


@require_POST
@requires(Permission.NOTE_WRITE)
def array_ask(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    """One tap. What goes along is what the asker had before their eyes, or it is shown first."""
    person = participants_visible_to(request.actor).get(pk=participant_id)
    encounter_id = noteforms.uuid_or_none(request.POST.get("encounter_id"))
    if encounter_id is None:
        return redirect("web:log")
    form = noteforms.note_form(request, person, data=request.POST)
    shown = arraycards.was_shown(form, request, person)
    refusal = None
    if shown:
        asked = arraycards.new_question(form, request, person)
        try:
            actions.ask_array_lead(
                encounter_id, participant_id, asked, by=request.actor, at=timezone.now()
            )
        except Refused as refused:
            refusal = refused.refusal
    if request.htmx:
        return advice_fragment(request, person, look_again=not shown, refusal=refusal)
    if refusal is not None:
        messages.warning(request, noteforms.said(refusal))
    elif not shown:
        messages.info(request, _("These words would go along. Look at them, then ask once more."))
    if keep(request, participant_id) is None:
        return redirect("web:today")
    return redirect(reverse("web:draft", args=[encounter_id]) + "#ask-lead")


@require_POST
@requires(Permission.NOTE_WRITE)
def question_back(request: StaffRequest, question_id: UUID) -> HttpResponse:
    question = queries.own_questions(request.actor).get(pk=question_id)
    to = _kept(request, question)
    try:
        actions.take_back_question(question_id, by=request.actor, at=timezone.now())
        undo = reverse("web:question_again", args=[question_id])
        messages.success(request, _("The question is taken back."), extra_tags=undo)
    except Refused as refused:
        messages.warning(request, noteforms.said(refused.refusal))
    return redirect(to)


@require_POST
@requires(Permission.NOTE_WRITE)
def question_again(request: StaffRequest, question_id: UUID) -> HttpResponse:
    question = queries.own_questions(request.actor).get(pk=question_id)
    try:
        actions.ask_again(question_id, by=request.actor, at=timezone.now())
        messages.success(request, _("Your question is on its way again."))
    except Refused as refused:
        messages.warning(request, noteforms.said(refused.refusal))
    return redirect(_home(request, question))


@require_POST
@requires(Permission.NOTE_WRITE)
def question_take_over(request: StaffRequest, question_id: UUID) -> HttpResponse:
    """Into the note: a draft is filled in, a signed note is corrected with the reason."""
    question = queries.own_questions(request.actor).get(pk=question_id)
    to = _kept(request, question)
    who = question.answered_by.name if question.answered_by else ""
    correction = _("The array lead, %(name)s, answered.") % {"name": who}
    try:
        signed = actions.take_over_answer(
            question_id, correction=correction, by=request.actor, at=timezone.now()
        )
    except Refused as refused:
        messages.warning(request, noteforms.said(refused.refusal))
        return redirect(to)
    if signed:
        messages.success(request, _("Corrected and signed. What it said before stays readable."))
    else:
        messages.success(request, _("The answer is in your note. Look it over and sign."))
    return redirect(_home(request, question))


@require_POST
@requires(Permission.NOTE_WRITE)
def question_put_away(request: StaffRequest, question_id: UUID) -> HttpResponse:
    question = queries.own_questions(request.actor).get(pk=question_id)
    to = _kept(request, question)
    try:
        actions.put_answer_away(question_id, by=request.actor, at=timezone.now())
        undo = reverse("web:question_bring_back", args=[question_id])
        messages.success(request, _("The note stays as it is."), extra_tags=undo)
    except Refused as refused:
        messages.warning(request, noteforms.said(refused.refusal))
    return redirect(to)


@require_POST
@requires(Permission.NOTE_WRITE)
def question_bring_back(request: StaffRequest, question_id: UUID) -> HttpResponse:
    question = actions.bring_answer_back(question_id, by=request.actor, at=timezone.now())
    return redirect(_home(request, question))


@require_POST
@requires(Permission.NOTE_WRITE)
def precedent_use(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    """Record an unfinished note the way a like question was answered."""
    participants_visible_to(request.actor).get(pk=participant_id)
    precedent_id = noteforms.uuid_or_none(request.POST.get("precedent"))
    encounter_id = keep(request, participant_id)
    if encounter_id is None or precedent_id is None:
        return redirect("web:log")
    actions.use_precedent(encounter_id, precedent_id, by=request.actor, at=timezone.now())
    messages.success(request, _("Filled in, with the reason. Look it over and sign."))
    return redirect(reverse("web:draft", args=[encounter_id]) + "#array-title")


def _kept(request: StaffRequest, question: object) -> str:
    """Where to go back to; what was typed around the button is kept first."""
    if request.POST.get("encounter_id"):
        keep(request, question.participant_id)  # type: ignore[attr-defined]
    return _home(request, question)


def _home(request: StaffRequest, question: object) -> str:
    """The note a question is about, as it is now: a draft, a signed note, or the day."""
    key = question.encounter_id  # type: ignore[attr-defined]
    if queries.drafts_of(request.actor).filter(encounter_id=key).exists():
        return reverse("web:draft", args=[key]) + "#ask-lead"
    if queries.encounters_visible_to(request.actor).filter(pk=key).exists():
        return reverse("web:note", args=[key])
    return reverse("web:today")
