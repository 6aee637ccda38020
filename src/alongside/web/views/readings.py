"""Reading the team's notes one by one, and saying what was done well in one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.accounts.codes import Permission
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.encounters import actions, queries
from alongside.encounters.rules import readings as rules
from alongside.people.actions import open_record
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.team import SayForm, affirm_form, ask_form
from alongside.web.templatetags.words import say
from alongside.web.views.referrals import posted
from alongside.web.views.shared import refuse

LEADS = Permission.TEAM_READ


@require_GET
@requires(LEADS)
def team_note(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    return note_page(request, encounter_id)


def note_page(
    request: StaffRequest,
    encounter_id: UUID,
    *,
    affirm: SayForm | None = None,
    ask: SayForm | None = None,
) -> HttpResponse:
    """One note as its writer's supervisor reads it; a form that came back refused stands open."""
    actor = request.actor
    _row, facts = queries.led_note(actor, encounter_id=encounter_id)
    note = queries.the_note(actor, encounter_id=encounter_id)
    open_record(note.participant_id, by=actor, at=timezone.now())
    page = {
        "nav": "team",
        "note": note,
        "person": note.participant,
        "facts": facts,
        "waiting": queries.notes_to_read(actor).count(),
        "next": queries.next_to_read(actor, after=note),
        "may_read": rules.why_not_read(facts, actor, seen=facts.versions) is None,
        "affirm": affirm or affirm_form(initial={"made_id": new_id()}),
        "ask": ask or ask_form(initial={"made_id": new_id()}),
        **between(request, encounter_id),
    }
    refused = affirm is not None or ask is not None
    return render(request, "web/team/note.html", page, status=422 if refused else 200)


def between(request: StaffRequest, encounter_id: UUID) -> dict[str, Any]:
    """What passed between the writer of a note and whoever leads the writer; nothing for others."""
    actor = request.actor
    found = {
        "affirmations": list(queries.affirmations_on(actor, encounter_id=encounter_id)),
        "questions": list(queries.questions_on(actor, encounter_id=encounter_id)),
        "readings": list(queries.readings(actor, encounter_id=encounter_id)),
    }
    return {**found, "between": any(found.values())}


@require_POST
@requires(LEADS)
def team_note_read(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """One tap: this note is read, and the next one opens."""
    note = queries.the_note(request.actor, encounter_id=encounter_id)
    seen = request.POST.get("seen", "")
    try:
        actions.read_note(
            encounter_id,
            seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 6 else 0,
            by=request.actor,
            at=timezone.now(),
        )
    except Refused as refused:
        messages.warning(request, say(refused.refusal))
        return redirect("web:team_note", encounter_id)
    undo = reverse("web:team_note_unread", args=[encounter_id])
    following = queries.next_to_read(request.actor, after=note)
    if following is None:
        messages.success(request, _("Read. That was the last one."), extra_tags=undo)
        return redirect("web:team")
    messages.success(request, _("Read."), extra_tags=undo)
    return redirect("web:team_note", following)


@require_POST
@requires(LEADS)
def team_note_unread(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    actions.unread_note(encounter_id, by=request.actor, at=timezone.now())
    messages.success(request, _("Back among the notes to read."))
    return redirect("web:team_note", encounter_id)


@require_POST
@requires(LEADS)
def affirm(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    queries.led_note(request.actor, encounter_id=encounter_id)
    form = affirm_form(request.POST)
    if form.is_valid():
        try:
            given = actions.give_affirmation(
                form.cleaned_data["made_id"] or new_id(),
                encounter_id,
                words=form.cleaned_data["words"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            undo = reverse("web:affirmation_back", args=[given.pk])
            messages.success(request, _("Said. They find it on their day."), extra_tags=undo)
            return redirect("web:team_note", encounter_id)
    return note_page(request, encounter_id, affirm=form)


@require_http_methods(["GET", "POST"])
@requires(LEADS)
def affirmation(request: StaffRequest, affirmation_id: UUID) -> HttpResponse:
    """Saying it otherwise; for whoever said it."""
    given = queries.affirmations_visible_to(request.actor).get(
        pk=affirmation_id, taken_back_at=None
    )
    if given.given_by_id != request.actor.id:
        return redirect("web:note", given.encounter_id)
    form = affirm_form(posted(request), initial={"words": given.words})
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_affirmation(
                affirmation_id,
                words=form.cleaned_data["words"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            messages.success(request, _("Changed. They find it on their day once more."))
            return redirect("web:team_note", given.encounter_id)
    page = {"nav": "team", "given": given, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "web/team/affirmation.html", page, status=status)


@require_POST
@requires(LEADS)
def affirmation_back(request: StaffRequest, affirmation_id: UUID) -> HttpResponse:
    undo = reverse("web:affirmation_again", args=[affirmation_id])
    said = _("Taken back. They see it no more.")
    return _move(request, actions.take_back_affirmation, affirmation_id, said, undo)


@require_POST
@requires(LEADS)
def affirmation_again(request: StaffRequest, affirmation_id: UUID) -> HttpResponse:
    said = _("Said again.")
    return _move(request, actions.restore_affirmation, affirmation_id, said)


def _move(
    request: StaffRequest, action: Any, affirmation_id: UUID, said: str, undo: str = ""
) -> HttpResponse:
    given = queries.affirmations_visible_to(request.actor).get(pk=affirmation_id)
    try:
        action(affirmation_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        messages.warning(request, say(refused.refusal))
    else:
        messages.success(request, said, extra_tags=undo)
    return redirect("web:team_note", given.encounter_id)


@require_POST
@requires(Permission.NOTE_WRITE)
def affirmation_seen(request: StaffRequest, affirmation_id: UUID) -> HttpResponse:
    """The writer puts it away from their day; it stays on the note."""
    actions.see_affirmation(affirmation_id, by=request.actor, at=timezone.now())
    messages.success(request, _("It stays on your note."))
    return redirect("web:today")
