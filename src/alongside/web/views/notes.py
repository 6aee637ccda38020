"""A signed note: read, answered by the participant, corrected forward, marked as a mistake."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.codes import Permission
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.encounters import actions, queries, rules
from alongside.people.actions import open_record
from alongside.web import noteforms
from alongside.web.access import StaffRequest, requires
from alongside.web.arraycards import array_card
from alongside.web.forms.encounters import NoteForm, ReasonForm, WordsForm
from alongside.web.languages import theirs
from alongside.web.views.drafts import draft_facts
from alongside.web.views.kept import kept_card
from alongside.web.views.readings import between


@requires(Permission.NOTE_READ)
def note(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    found = queries.the_note(request.actor, encounter_id=encounter_id)
    open_record(found.participant_id, by=request.actor, at=timezone.now())
    return _note_page(request, found, ReasonForm())


def _note_page(
    request: StaffRequest, found: Any, mistake: ReasonForm, *, status: int = 200
) -> HttpResponse:
    facts = found.facts(versions=len(found.versions.all()))
    request.about = found.participant_id
    actor, any_reason = request.actor, "-"
    page = {
        "nav": "people",
        "note": found,
        "person": found.participant,
        "mistake": mistake,
        "own": queries.question_about(actor, encounter_id=found.pk)
        if found.author_id == actor.id
        else None,
        "may_correct": rules.why_not_correct(facts, actor, reason=any_reason, seen=facts.versions)
        is None
        and found.kind == "contact",
        "may_void": rules.why_not_void(facts, actor, reason=any_reason) is None,
        "versions": facts.versions,
        **between(request, found.pk),
        **kept_card(request, found),
        "may_sign": rules.why_not_sign_brought_over(facts, actor) is None,
        "may_hand_over": actor.may(Permission.NOTE_WRITE)
        and found.kind == "contact"
        and found.status != "entered-in-error",
    }
    return render(request, "web/encounters/note.html", page, status=status)


@requires(Permission.NOTE_WRITE)
def note_correct(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    found = queries.the_note(request.actor, encounter_id=encounter_id)
    if found.author_id != request.actor.id:
        return redirect("web:note", encounter_id)
    person = found.participant
    if request.method != "POST":
        open_record(person.pk, by=request.actor, at=timezone.now())
        initial = noteforms.as_it_stands(found, request.actor.time_zone)
        draft = queries.drafts_of(request.actor).filter(encounter_id=encounter_id).first()
        if draft is not None:
            initial |= noteforms.as_initial(draft.fields)
        form = noteforms.note_form(request, person, initial=initial, correction=True)
        return _correction_page(request, found, form, draft=draft)
    data = request.POST
    form = noteforms.note_form(request, person, data=data, correction=True)
    if not form.is_valid():
        return _correction_page(request, found, form, status=422)
    try:
        actions.correct_note(
            encounter_id,
            form.note(),
            reason=form.cleaned_data["reason"],
            seen=form.cleaned_data["seen"],
            kept=form.kept(),
            by=request.actor,
            at=timezone.now(),
        )
    except Refused as refused:
        form.refused(refused.refusal)
        return _correction_page(request, found, form, status=422)
    messages.success(request, _("Corrected and signed. What it said before stays readable."))
    return redirect("web:note", encounter_id)


def _correction_page(
    request: StaffRequest, found: Any, form: NoteForm, *, draft: Any = None, status: int = 200
) -> HttpResponse:
    person = found.participant
    request.about = person.pk
    page = {
        "nav": "people",
        "person": person,
        "note": found,
        "form": form,
        "when": noteforms.when_line(form, request),
        "card": array_card(form, request, person),
        "hints": noteforms.hints(form, request),
        "save_url": reverse("web:draft_save", args=[person.pk]),
        "advice_url": reverse("web:note_advice", args=[person.pk]),
    }
    if draft is not None:
        page |= draft_facts(draft, request)
    return render(request, "web/encounters/note_form.html", page, status=status)


@require_POST
@requires(Permission.NOTE_WRITE)
def note_void(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    found = queries.the_note(request.actor, encounter_id=encounter_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _note_page(request, found, form, status=422)
    try:
        reason = form.cleaned_data["reason"]
        actions.void_note(encounter_id, reason=reason, by=request.actor, at=timezone.now())
    except Refused as refused:
        form.add_error(None, noteforms.said(refused.refusal))
        return _note_page(request, found, form, status=422)
    messages.success(request, _("Marked as a mistake. It stays readable and counts for nothing."))
    return redirect("web:note", encounter_id)


@require_POST
@requires(Permission.NOTE_WRITE)
def note_sign(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """Sign for a contact that came from an old sheet."""
    try:
        actions.sign_brought_over(encounter_id, by=request.actor, at=timezone.now())
        messages.success(request, _("Signed."))
    except Refused as refused:
        messages.warning(request, noteforms.said(refused.refusal))
    return redirect("web:note", encounter_id)


@requires(Permission.NOTE_WRITE)
def note_together(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """The phone changes hands: only this note, large, with room for the participant's words."""
    found = queries.the_note(request.actor, encounter_id=encounter_id)
    with theirs(found.participant):
        return _together(request, found)


def _together(request: StaffRequest, found: Any) -> HttpResponse:
    page = {"note": found, "person": found.participant}
    request.about = found.participant_id
    if request.method != "POST":
        open_record(found.participant_id, by=request.actor, at=timezone.now())
        form = WordsForm(initial={"words_id": new_id()})
        return render(request, "web/encounters/together.html", {**page, "form": form})
    form = WordsForm(request.POST)
    if form.is_valid():
        facts = form.cleaned_data
        try:
            added = actions.add_words(
                facts["words_id"],
                found.pk,
                words=facts["words"],
                signed_name=facts["signed_name"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error(refused.refusal.field or None, noteforms.said(refused.refusal))
        else:
            done = {**page, "added": added}
            return render(request, "web/encounters/together_done.html", done)
    return render(request, "web/encounters/together.html", {**page, "form": form}, status=422)
