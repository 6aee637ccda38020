"""Unfinished notes: saved while typing, picked up anywhere, put away with an undo."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.codes import Permission
from alongside.core.clock import local
from alongside.core.refusal import Refused
from alongside.encounters import actions, queries
from alongside.people.actions import open_record
from alongside.web import noteforms
from alongside.web.access import StaffRequest, requires
from alongside.web.views.encounters import note_page

VOICES = ("what_we_did", "participant_words", "what_next", "done_for", "permission_words", "reason")


@requires(Permission.NOTE_WRITE)
def draft(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """An unfinished note as it was left, on whatever device it was left."""
    found = queries.drafts_of(request.actor).get(encounter_id=encounter_id)
    if found.corrects:
        return redirect("web:note_correct", encounter_id)
    person = open_record(found.participant_id, by=request.actor, at=timezone.now())
    initial = {**noteforms.as_initial(found.fields), "encounter_id": encounter_id}
    form = noteforms.note_form(request, person, initial=initial)
    return note_page(request, person, form, **draft_facts(found, request))


def draft_facts(found: Any, request: StaffRequest) -> dict[str, Any]:
    """What a page says about a draft: when it was saved, and what another window had typed."""
    return {
        "draft": found,
        "saved_at": local(found.saved_at, request.actor.time_zone),
        "save_url": save_url(found.participant_id, found.saved_at),
        "other_words": other_words(found.other),
    }


def other_words(fields: noteforms.Fields) -> list[str]:
    return [text for name in VOICES for text in fields.get(name, []) if text.strip()]


def save_url(participant_id: UUID, saved_at: datetime | None = None) -> str:
    url = reverse("web:draft_save", args=[participant_id])
    return f"{url}?{urlencode({'seen': saved_at.isoformat()})}" if saved_at else url


@require_POST
@requires(Permission.NOTE_WRITE)
def draft_save(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    """Answers 409 where another window had saved other words; both are kept."""
    typed_by = request.POST.get("draft_actor")
    encounter_id = noteforms.uuid_or_none(request.POST.get("encounter_id"))
    if encounter_id is None or (typed_by and typed_by != str(request.actor.id)):
        return JsonResponse({"error": "not-yours"}, status=403)
    try:
        kept = actions.save_draft(
            encounter_id,
            participant_id,
            noteforms.typed_fields(request.POST),
            seen=_seen(request),
            corrects="seen" in request.POST,
            by=request.actor,
            at=timezone.now(),
        )
    except Refused as refused:
        return JsonResponse({"error": refused.refusal.code}, status=422)
    reply: dict[str, Any] = {
        "url": _page(kept.draft),
        "save_url": save_url(participant_id, kept.draft.saved_at),
        "saved_at": local(kept.draft.saved_at, request.actor.time_zone).isoformat(),
    }
    if kept.conflict:
        reply["other"] = {"url": _page(kept.draft), "words": other_words(kept.draft.other)}
    return JsonResponse(reply, status=409 if kept.conflict else 200)


def _seen(request: StaffRequest) -> datetime | None:
    """When this window last knew the draft to be saved; nothing for what is no moment."""
    try:
        return parse_datetime(request.GET.get("seen", ""))
    except ValueError:
        return None


def _page(found: Any) -> str:
    route = "web:note_correct" if found.corrects else "web:draft"
    return reverse(route, args=[found.encounter_id])


@require_POST
@requires(Permission.NOTE_WRITE)
def draft_later(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    """Leave it for later: the last words are saved with it."""
    if not keep(request, participant_id):
        return redirect("web:today")
    messages.success(request, _("Kept for later. You find it under Today."))
    return redirect("web:today")


@require_POST
@requires(Permission.NOTE_WRITE)
def draft_drop(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    """Put it away. What was typed last goes with it, so that undo brings all of it back."""
    encounter_id = keep(request, participant_id)
    if encounter_id is not None:
        actions.drop_draft(encounter_id, by=request.actor, at=timezone.now())
        undo = reverse("web:draft_restore", args=[encounter_id])
        messages.success(request, _("Draft put away."), extra_tags=undo)
    return redirect("web:today")


def keep(request: StaffRequest, participant_id: UUID) -> UUID | None:
    """Save the form as it was sent; its encounter id, or ``None`` with a message why not."""
    encounter_id = noteforms.uuid_or_none(request.POST.get("encounter_id"))
    if encounter_id is None:
        return None
    known = queries.drafts_of(request.actor).filter(encounter_id=encounter_id).first()
    try:
        actions.save_draft(
            encounter_id,
            participant_id,
            noteforms.typed_fields(request.POST),
            seen=known.saved_at if known else None,
            corrects="seen" in request.POST,
            by=request.actor,
            at=timezone.now(),
        )
    except Refused as refused:
        messages.warning(request, noteforms.said(refused.refusal))
        return None
    return encounter_id


@require_POST
@requires(Permission.NOTE_WRITE)
def draft_restore(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    actions.restore_draft(encounter_id, by=request.actor, at=timezone.now())
    return redirect("web:draft", encounter_id)
