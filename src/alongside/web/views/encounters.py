"""Logging a contact: who, then the note. A try that reached nobody is one tap more."""

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
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.encounters import actions, queries
from alongside.encounters.codes import AppointmentStatus
from alongside.people.actions import open_record
from alongside.people.queries import own_caseload, participants_visible_to, seen_by
from alongside.practice import catalog
from alongside.practice.codes import AttemptEnding
from alongside.web import noteforms
from alongside.web.access import StaffRequest, requires
from alongside.web.arraycards import array_card
from alongside.web.forms.encounters import NoteForm


@requires(Permission.NOTE_WRITE)
def log(request: StaffRequest) -> HttpResponse:
    """Who was it with? Those with an appointment today first, then one's own caseload by name."""
    now = timezone.now()
    on = local_date(now, request.actor.time_zone)
    todays = [
        planned
        for planned in queries.appointments_on(request.actor, on=on)
        if planned.status == AppointmentStatus.PLANNED
    ]
    page = {
        "nav": "log",
        "appointments": todays,
        "people": [(person, new_id()) for person in own_caseload(request.actor)],
        "endings": catalog.terms("attempt_ending"),
        "drafts": list(queries.drafts_of(request.actor)[:3]),
    }
    return render(request, "web/encounters/log.html", page)


@require_POST
@requires(Permission.NOTE_WRITE)
def attempt(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    encounter_id = noteforms.uuid_or_none(request.POST.get("encounter_id")) or new_id()
    ending = request.POST.get("ending", "")
    if ending not in set(AttemptEnding):
        return redirect("web:log")
    try:
        actions.log_attempt(
            encounter_id,
            participant_id,
            AttemptEnding(ending),
            by=request.actor,
            at=timezone.now(),
        )
    except Refused as refused:
        messages.warning(request, noteforms.said(refused.refusal))
        return redirect("web:log")
    person = participants_visible_to(request.actor).get(pk=participant_id)
    said = _("Written down: you tried to reach %(name)s.") % {"name": person.first_name}
    messages.success(request, said, extra_tags=reverse("web:attempt_undo", args=[encounter_id]))
    return redirect("web:today")


@require_POST
@requires(Permission.NOTE_WRITE)
def attempt_undo(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    try:
        actions.void_note(
            encounter_id, reason=_("Taken back right away."), by=request.actor, at=timezone.now()
        )
        messages.success(request, _("Taken back."))
    except Refused as refused:
        messages.warning(request, noteforms.said(refused.refusal))
    return redirect("web:today")


@requires(Permission.NOTE_WRITE)
def note_new(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    if request.method == "POST":
        return _sign(request, participant_id)
    now = timezone.now()
    person = open_record(participant_id, by=request.actor, at=now)
    appointment_id = noteforms.uuid_or_none(request.GET.get("appointment"))
    appointment = (
        queries.appointments_visible_to(request.actor)
        .filter(pk=appointment_id, participant_id=participant_id)
        .first()
        if appointment_id
        else None
    )
    if appointment is not None and appointment.encounter_id:
        return redirect("web:note", appointment.encounter_id)
    initial = noteforms.new_note(request, person, appointment, now)
    form = noteforms.note_form(request, person, initial=initial)
    unfinished = queries.drafts_of(request.actor).filter(participant=person, corrects=False)
    return note_page(request, person, form, unfinished=list(unfinished[:3]))


def note_page(
    request: StaffRequest, person: Any, form: NoteForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The form of a new note, with its times and its proposed array as they stand."""
    page = {
        "nav": "log",
        "person": person,
        "form": form,
        "when": noteforms.when_line(form, request),
        "card": array_card(form, request, person),
        "hints": noteforms.hints(form, request),
        "save_url": reverse("web:draft_save", args=[person.pk]),
        "advice_url": reverse("web:note_advice", args=[person.pk]),
        **more,
    }
    return render(request, "web/encounters/note_form.html", page, status=status)


def _sign(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    person = seen_by(request.actor, participant_id=participant_id)
    form = noteforms.note_form(request, person, data=request.POST)
    if not form.is_valid():
        return note_page(request, person, form, status=422)
    facts = form.cleaned_data
    now = timezone.now()
    try:
        note = actions.sign_note(
            facts["encounter_id"],
            participant_id,
            form.note(),
            by=request.actor,
            at=now,
            appointment_id=facts["appointment"],
            kept=form.kept(),
        )
    except Refused as refused:
        form.refused(refused.refusal)
        return note_page(request, person, form, status=422)
    if note.signed_at != now and note.what_we_did != form.note().what_we_did:
        return _keep_as_correction(request, participant_id, note.pk)
    messages.success(request, _("Signed."))
    return redirect("web:note", note.pk)


def _keep_as_correction(
    request: StaffRequest, participant_id: UUID, encounter_id: UUID
) -> HttpResponse:
    """Signed before, then changed on the way back: the new words wait in a correction."""
    actions.save_draft(
        encounter_id,
        participant_id,
        noteforms.typed_fields(request.POST),
        seen=None,
        corrects=True,
        by=request.actor,
        at=timezone.now(),
    )
    messages.warning(
        request, _("This note was signed before. Your new words are here: correct the note?")
    )
    return redirect("web:note_correct", encounter_id)


@require_POST
@requires(Permission.NOTE_WRITE)
def note_advice(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    """The proposed array and the line of times for what is typed so far. Writes nothing."""
    person = participants_visible_to(request.actor).get(pk=participant_id)
    return advice_fragment(request, person)


def advice_fragment(request: StaffRequest, person: Any, **more: Any) -> HttpResponse:
    form = noteforms.note_form(request, person, data=request.POST)
    page = {
        "person": person,
        "form": form,
        "card": array_card(form, request, person),
        "hints": noteforms.hints(form, request),
        "when": noteforms.when_line(form, request),
        "fragment": True,
        **more,
    }
    return render(request, "web/encounters/_advice.html", page)
