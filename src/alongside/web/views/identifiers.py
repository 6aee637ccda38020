"""Numbers and addresses: named on the facts page, shown in full to who asks, on record."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.codes import Permission
from alongside.accounts.queries import agency_of
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.people import queries
from alongside.people.actions import identifiers as actions
from alongside.people.codes import IDENTIFIER_WORDS, IdentifierKind
from alongside.people.rules import look_again
from alongside.practice.rules import rules_on
from alongside.web import drafts
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.identifiers import CorrectionForm, IdentifierForm
from alongside.web.templatetags.words import say

SIGHT = (Permission.SIGHT_OWN, Permission.SIGHT_TEAM, Permission.SIGHT_AGENCY)


def listed(request: StaffRequest, participant_id: UUID) -> dict[str, Any]:
    """What there is, and not what it says."""
    standing = queries.identifiers(request.actor, participant_id=participant_id)
    removed = queries.removed_identifiers(request.actor, participant_id=participant_id)
    return {
        "identifiers": [{"row": row, "name": _name(request, row)} for row in standing],
        "removed_identifiers": [{"row": row, "name": _name(request, row)} for row in removed],
    }


def _name(request: StaffRequest, row: Any) -> str:
    kind = IdentifierKind(row.kind)
    label = queries.label_of(request.actor, row) if kind is IdentifierKind.OTHER else ""
    return label or _(IDENTIFIER_WORDS[kind][0])


@requires(Permission.PARTICIPANT_WRITE)
def identifier_new(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    person = drafts.the_person(request, participant_id)
    form = IdentifierForm(request.POST or None, initial={"identifier_id": new_id()})
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            row = actions.keep_identifier(
                participant_id,
                kind=IdentifierKind(form.cleaned_data["kind"]),
                label=form.cleaned_data["label"],
                value=form.cleaned_data["value"],
                identifier_id=form.cleaned_data["identifier_id"],
                by=request.actor,
                at=timezone.now(),
            )
            return _saved(request, row, _("Kept, sealed. Only who asks to see it sees it."))
    return drafts.show(request, "web/identifiers/new.html", {"person": person, "form": form})


@require_POST
@requires(*SIGHT)
def identifier_show(
    request: StaffRequest, participant_id: UUID, identifier_id: UUID
) -> HttpResponse:
    return _shown(request, participant_id, identifier_id)


@require_POST
@requires(Permission.PARTICIPANT_WRITE)
def identifier_correct(
    request: StaffRequest, participant_id: UUID, identifier_id: UUID
) -> HttpResponse:
    form = CorrectionForm(request.POST)
    if form.is_valid():
        with drafts.refusals_in(form):
            row = actions.correct_identifier(
                identifier_id,
                label=form.cleaned_data["label"],
                value=form.cleaned_data["value"],
                by=request.actor,
                at=timezone.now(),
            )
            return _saved(request, row, _("Saved. What it said before is kept."))
    stands = queries.what_stands(request.actor, identifier_id=identifier_id)
    return _shown(request, participant_id, stands, form)


@require_POST
@requires(Permission.PARTICIPANT_WRITE)
def identifier_remove(
    request: StaffRequest, participant_id: UUID, identifier_id: UUID
) -> HttpResponse:
    to = _facts(participant_id)
    try:
        actions.remove_identifier(identifier_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=to)
    undo = reverse("web:identifier_restore", args=[participant_id, identifier_id])
    return drafts.done(request, participant_id, said=_("Removed."), to=to, undo=undo)


@require_POST
@requires(Permission.PARTICIPANT_WRITE)
def identifier_restore(
    request: StaffRequest, participant_id: UUID, identifier_id: UUID
) -> HttpResponse:
    to = _facts(participant_id)
    try:
        actions.restore_identifier(identifier_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=to)
    return drafts.done(request, participant_id, said=_("It is here again."), to=to)


def _shown(
    request: StaffRequest,
    participant_id: UUID,
    identifier_id: UUID,
    form: CorrectionForm | None = None,
) -> HttpResponse:
    now = timezone.now()
    try:
        shown = actions.show_identifier(identifier_id, by=request.actor, at=now)
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=_facts(participant_id))
    kind = IdentifierKind(shown.row.kind)
    form = form or CorrectionForm(initial={"label": shown.label, "value": shown.value})
    if kind is not IdentifierKind.OTHER:
        del form.fields["label"]
    page = {
        "person": shown.row.participant,
        "shown": shown,
        "name": shown.label or _(IDENTIFIER_WORDS[kind][0]),
        "form": form,
        "at": now,
    }
    return drafts.show(request, "web/identifiers/shown.html", page)


def _saved(request: StaffRequest, row: Any, said: str) -> HttpResponse:
    today = local_date(timezone.now(), request.actor.time_zone)
    digits = rules_on(today, agency_of(request.actor).jurisdiction).member_number_digits
    advice = look_again(IdentifierKind(row.kind), row.value, digits=digits)
    if advice is None:
        messages.success(request, said)
    else:
        messages.warning(request, say(advice))
    return redirect(_facts(row.participant_id))


def _facts(participant_id: UUID) -> str:
    return reverse("web:participant_facts", args=[participant_id])
