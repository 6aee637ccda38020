"""The notes about the time together, for the person they are about: to read, answer and sign."""

from datetime import date
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
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refused
from alongside.encounters.actions import own as actions
from alongside.encounters.queries import own as queries
from alongside.portal import unsent
from alongside.portal.access import PortalRequest, requires
from alongside.portal.forms.record import WordsForm
from alongside.portal.words import said

READ, WRITE = Permission.OWN_READ, Permission.OWN_WRITE
SHOWN = 20


@require_GET
@requires(READ)
@leaves(Leaving.OWN_COPY)
def own_notes(request: PortalRequest) -> HttpResponse:
    key = _key(request.GET.get("before", ""))
    rows = queries.own_notes_page(request.actor, before=key, limit=SHOWN + 1)
    last = rows[SHOWN - 1] if len(rows) > SHOWN else None
    page = {
        "nav": "notes",
        "notes": rows[:SHOWN],
        "next": f"{last.on.isoformat()}~{last.pk.hex}" if last else "",
        "first": key is None,
    }
    return render(request, "portal/mine/record/notes.html", page)


def _key(text: str) -> tuple[date, UUID] | None:
    """The key in an address, or nothing for one that is not ours."""
    day, _mark, row = text.partition("~")
    try:
        return date.fromisoformat(day), UUID(hex=row)
    except ValueError:
        return None


@require_http_methods(["GET", "POST"])
@requires(READ)
@leaves(Leaving.OWN_COPY)
def own_note(request: PortalRequest, encounter_id: UUID) -> HttpResponse:
    """One note with both voices, and room for an answer."""
    if request.method != "POST":
        return _note_page(request, encounter_id, WordsForm(initial={"words_id": new_id()}))
    form = WordsForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            added = actions.answer_note(
                given["words_id"],
                encounter_id,
                words=given["words"],
                signed_name=given["signed_name"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error(refused.refusal.field or None, said(refused.refusal))
        else:
            unsent.over(request)
            undo = reverse("portal:own_words_back", args=[added.pk])
            text = _("Kept. Your supporter can read it now.")
            messages.success(request, text, extra_tags=undo)
            return redirect(f"{reverse('portal:own_note', args=[encounter_id])}#your-words")
    return _note_page(request, encounter_id, form, status=422)


def _note_page(
    request: PortalRequest, encounter_id: UUID, form: WordsForm, *, status: int = 200
) -> HttpResponse:
    note = queries.own_note(request.actor, encounter_id=encounter_id)
    added = list(note.added_words.all())
    page = {
        "nav": "notes",
        "note": note,
        "apart": queries.told_apart(note),
        "ask": queries.whom_to_ask(request.actor),
        "before": queries.said_before(note),
        "added": [one for one in added if one.taken_back_at is None],
        "taken_back": [one for one in added if one.taken_back_at is not None],
        "form": unsent.picked_up(request, form),
    }
    return render(request, "portal/mine/record/note.html", page, status=status)


@require_http_methods(["GET", "POST"])
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def own_words(request: PortalRequest, words_id: UUID) -> HttpResponse:
    """Say it otherwise."""
    added = queries.own_words(request.actor).get(pk=words_id)
    before = list(queries.own_words_before(request.actor, words_id=words_id))
    if request.method != "POST":
        initial = {"words_id": words_id, "seen": len(before), "words": added.words}
        return _words_page(request, added, before, WordsForm(initial=initial))
    form = WordsForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.change_own_words(
                words_id,
                words=given["words"],
                signed_name=given["signed_name"],
                seen=given["seen"] or 0,
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error(refused.refusal.field or None, said(refused.refusal))
        else:
            unsent.over(request)
            messages.success(request, _("Changed. Your supporter can read it now."))
            return redirect("portal:own_note", added.encounter_id)
    return _words_page(request, added, before, form, status=422)


def _words_page(
    request: PortalRequest, added: Any, before: list[Any], form: WordsForm, *, status: int = 200
) -> HttpResponse:
    form = unsent.picked_up(request, form)
    page = {"nav": "notes", "added": added, "before": before, "form": form}
    return render(request, "portal/mine/record/words.html", page, status=status)


@require_POST
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def own_words_back(request: PortalRequest, words_id: UUID) -> HttpResponse:
    added = queries.own_words(request.actor).get(pk=words_id)
    actions.take_own_words_back(words_id, by=request.actor, at=timezone.now())
    undo = reverse("portal:own_words_again", args=[words_id])
    messages.success(request, _("Taken back. Nobody reads it in the note."), extra_tags=undo)
    return redirect("portal:own_note", added.encounter_id)


@require_POST
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def own_words_again(request: PortalRequest, words_id: UUID) -> HttpResponse:
    added = queries.own_words(request.actor).get(pk=words_id)
    actions.bring_own_words_back(words_id, by=request.actor, at=timezone.now())
    messages.success(request, _("Your words are back in the note."))
    return redirect("portal:own_note", added.encounter_id)
