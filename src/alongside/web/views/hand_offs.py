"""Hand-offs after hard talks: written in minutes, answered by whoever looks after the writer."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.accounts.codes import Permission
from alongside.core.clock import local, local_date, moment
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.encounters.actions import hand_offs as actions
from alongside.encounters.queries import hand_offs as queries
from alongside.encounters.rules.hand_offs import NOT_AUTHOR
from alongside.people.queries import own_caseload, participants_visible_to
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.hand_offs import (
    NOT_IN_THE_RECORD,
    AgainForm,
    AnswerForm,
    HandOffCorrection,
    HandOffForm,
    SinceForm,
    TakeBackForm,
    as_said,
    as_typed,
    now_at,
)
from alongside.web.noteforms import uuid_or_none
from alongside.web.templatetags.words import say
from alongside.web.views.shared import refuse

READS = (Permission.HAND_OFF_WRITE, Permission.HAND_OFF_ANSWER, Permission.NOTE_READ)
PAGE, NOTES, MOST_TYPED = 30, 5, 40_000


@require_GET
@requires(*READS)
def hand_offs(request: StaffRequest) -> HttpResponse:
    """What waits for an answer first, then one's own beginnings, then all in sight by time."""
    actor = request.actor
    rows = queries.hand_offs_by_time(actor, before=_before(request), limit=PAGE + 1)
    more = rows[PAGE - 1] if len(rows) > PAGE else None
    page = {
        "nav": "more",
        "waiting": list(queries.hand_offs_open(actor, at=timezone.now())[:PAGE]),
        "drafts": list(queries.hand_off_drafts(actor)[:PAGE]),
        "rows": rows[:PAGE],
        "next": f"{more.happened_at.isoformat()}~{more.pk.hex}" if more else "",
        "earlier": _before(request) is not None,
    }
    return render(request, "web/handoffs/hand_offs.html", page)


def _before(request: StaffRequest) -> tuple[datetime, UUID] | None:
    """The key in an address, or nothing for one that is not ours."""
    day, _mark, key = request.GET.get("before", "").partition("~")
    at, row = moment(day), uuid_or_none(key)
    return (at, row) if at is not None and row is not None else None


@require_http_methods(["GET", "POST"])
@requires(Permission.HAND_OFF_WRITE)
def hand_off_new(request: StaffRequest) -> HttpResponse:
    now = timezone.now()
    if request.method == "GET":
        return _paper(request, _form(request, initial=_first(request, now)))
    form = _form(request, data=request.POST)
    if form.is_valid():
        try:
            made = actions.record_hand_off(
                form.cleaned_data["hand_off_id"], form.hand_off(), by=request.actor, at=now
            )
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            messages.success(request, _told(request))
            return redirect("web:hand_off", made.pk)
    return _paper(request, form)


def _told(request: StaffRequest) -> str:
    names = _hears(request)
    if not names:
        return _("Written down. Nobody is named who answers yet: tell someone yourself, today.")
    return _("Written down. %(who)s can see it now.") % {"who": ", ".join(names)}


def _hears(request: StaffRequest) -> list[str]:
    today = local_date(timezone.now(), request.actor.time_zone)
    return queries.who_hears(request.actor, on=today)


def _first(request: StaffRequest, now: datetime) -> dict[str, Any]:
    """A new page, or one as it was left."""
    left = uuid_or_none(request.GET.get("draft"))
    if left is not None:
        draft = queries.hand_off_drafts(request.actor).get(hand_off_id=left)
        return {**draft.fields, "hand_off_id": left}
    begun = {"hand_off_id": new_id(), **now_at(now, request.actor.time_zone)}
    return {**begun, "person": request.GET.get("with", ""), "note": request.GET.get("note", "")}


def _form(
    request: StaffRequest,
    *,
    data: Any = None,
    initial: dict[str, Any] | None = None,
    kind: type[HandOffForm] = HandOffForm,
) -> HandOffForm:
    actor = request.actor
    chosen = uuid_or_none((data if data is not None else initial or {}).get("person"))
    people = dict(own_caseload(actor).values_list("pk", "name"))
    notes: list[tuple[UUID, str]] = []
    if chosen is not None:
        seen = participants_visible_to(actor).filter(pk=chosen).values_list("pk", "name")
        people |= dict(seen)
        found = queries.notes_to_link(actor, participant_id=chosen)[:NOTES]
        notes = [(n.pk, formats.date_format(n.on, "l, M j")) for n in found]
    return kind(
        data,
        initial=initial,
        people=people.items(),
        notes=notes,
        time_zone=actor.time_zone,
    )


def _paper(request: StaffRequest, form: HandOffForm, **more: Any) -> HttpResponse:
    page = {
        "nav": "more",
        "form": form,
        "hears": _hears(request),
        **more,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "web/handoffs/form.html", page, status=status)


@require_POST
@requires(Permission.HAND_OFF_WRITE)
def hand_off_draft(request: StaffRequest) -> HttpResponse:
    """Autosave. Words typed while someone else was signed in never land under this name."""
    key = uuid_or_none(request.POST.get("hand_off_id"))
    typed = as_typed(request.POST)
    if key is None or request.POST.get("draft_actor", str(request.actor.id)) != str(
        request.actor.id
    ):
        return JsonResponse({}, status=403)
    if len(str(typed)) > MOST_TYPED:
        return JsonResponse({}, status=413)
    person = str(typed.get("person", ""))
    whom = None if person in ("", NOT_IN_THE_RECORD) else uuid_or_none(person)
    try:
        kept = actions.keep_hand_off_draft(
            key, typed, participant_id=whom, by=request.actor, at=timezone.now()
        )
    except Refused as refused:
        return JsonResponse({"error": refused.refusal.code}, status=422)
    reply = {"saved_at": local(kept.saved_at, request.actor.time_zone).isoformat()}
    if "seen" not in request.POST:
        reply["url"] = f"{reverse('web:hand_off_new')}?draft={key}"
    return JsonResponse(reply)


@require_POST
@requires(Permission.HAND_OFF_WRITE)
def hand_off_draft_drop(request: StaffRequest, hand_off_id: UUID) -> HttpResponse:
    actions.drop_hand_off_draft(hand_off_id, by=request.actor)
    messages.success(request, _("Let go."))
    return redirect("web:hand_offs")


@require_GET
@requires(*READS)
def hand_off(request: StaffRequest, hand_off_id: UUID) -> HttpResponse:
    found = actions.open_hand_off(hand_off_id, by=request.actor, at=timezone.now())
    return _show(request, found)


def _show(request: StaffRequest, found: Any, **bound: forms.Form) -> HttpResponse:
    actor = request.actor
    request.about = found.participant_id
    mine = found.author_id == actor.id
    answers = not mine and actor.may(Permission.HAND_OFF_ANSWER)
    stands, over = found.status in ("waiting", "seen"), found.status == "followed-up"
    first = {"answer_id": new_id()}
    page: dict[str, Any] = {
        "nav": "more",
        "found": found,
        "mine": mine and found.status != "taken-back",
        "answers": list(found.answers.all()),
        "versions": list(found.versions.all()),
        "sees_person": found.participant_id is not None
        and participants_visible_to(actor).filter(pk=found.participant_id).exists(),
        "form": next(iter(bound.values()), None),
        "hears": _hears(request) if mine and stands else [],
        "printed_at": timezone.now(),
    }
    if answers and stands:
        page["answer_form"] = bound.get("answer_form") or AnswerForm(initial=first)
    if page["mine"]:
        since = {**first, "still_open": found.still_open}
        page["since_form"] = bound.get("since_form") or SinceForm(initial=since)
        page["take_back_form"] = bound.get("take_back_form") or TakeBackForm()
    if over and (mine or answers):
        page["again_form"] = bound.get("again_form") or AgainForm(initial=first)
    return render(request, "web/handoffs/hand_off.html", page, status=422 if bound else 200)


@require_http_methods(["GET", "POST"])
@requires(Permission.HAND_OFF_WRITE)
def hand_off_correct(request: StaffRequest, hand_off_id: UUID) -> HttpResponse:
    """Its writer corrects it; others in sight read why not."""
    actor, now = request.actor, timezone.now()
    found = actions.open_hand_off(hand_off_id, by=actor, at=now)
    if found.author_id != actor.id:
        messages.warning(request, say(NOT_AUTHOR))
        return _show(request, found)
    if request.method == "GET":
        left = queries.hand_off_drafts(actor).filter(hand_off_id=hand_off_id).first()
        said = {**as_said(found, actor.time_zone), **(left.fields if left else {})}
        initial = {**said, "seen": len(found.versions.all())}
        form = _form(request, initial=initial, kind=HandOffCorrection)
        return _paper(request, form, found=found)
    form = _form(request, data=request.POST, kind=HandOffCorrection)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.correct_hand_off(
                hand_off_id,
                form.hand_off(),
                reason=said["reason"],
                seen=said["seen"],
                by=actor,
                at=now,
            )
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            messages.success(request, _("Corrected. What it said before is kept."))
            return redirect("web:hand_off", hand_off_id)
    return _paper(request, form, found=found)


@require_POST
@requires(Permission.HAND_OFF_WRITE)
def hand_off_take_back(request: StaffRequest, hand_off_id: UUID) -> HttpResponse:
    form = TakeBackForm(request.POST)

    def do(said: dict[str, Any], at: datetime) -> None:
        actions.take_back_hand_off(hand_off_id, reason=said["reason"], by=request.actor, at=at)

    return _do(request, hand_off_id, do, _("Taken back. It stays readable."), take_back_form=form)


@require_POST
@requires(Permission.HAND_OFF_ANSWER)
def hand_off_answer(request: StaffRequest, hand_off_id: UUID) -> HttpResponse:
    form = AnswerForm(request.POST)

    def do(said: dict[str, Any], at: datetime) -> None:
        key = said["answer_id"]
        actions.answer_hand_off(key, hand_off_id, form.answer(), by=request.actor, at=at)

    return _do(request, hand_off_id, do, _("Answered."), answer_form=form)


@require_POST
@requires(Permission.HAND_OFF_WRITE)
def hand_off_add(request: StaffRequest, hand_off_id: UUID) -> HttpResponse:
    form = SinceForm(request.POST)

    def do(said: dict[str, Any], at: datetime) -> None:
        actions.add_to_hand_off(
            said["answer_id"],
            hand_off_id,
            words=said["words"],
            still_open=said["still_open"],
            by=request.actor,
            at=at,
        )

    return _do(request, hand_off_id, do, _("Added."), since_form=form)


@require_POST
@requires(Permission.HAND_OFF_WRITE, Permission.HAND_OFF_ANSWER)
def hand_off_again(request: StaffRequest, hand_off_id: UUID) -> HttpResponse:
    form = AgainForm(request.POST)

    def do(said: dict[str, Any], at: datetime) -> None:
        actions.open_hand_off_again(
            said["answer_id"], hand_off_id, words=said["words"], by=request.actor, at=at
        )

    return _do(request, hand_off_id, do, _("It is open again."), again_form=form)


def _do(
    request: StaffRequest, hand_off_id: UUID, do: Any, said: str, **form: forms.Form
) -> HttpResponse:
    """One step with a hand-off in sight; a refusal stands on its page, with what was typed."""
    queries.hand_offs_visible_to(request.actor).get(pk=hand_off_id)
    [paper] = form.values()
    if paper.is_valid():
        try:
            do(paper.cleaned_data, timezone.now())
        except Refused as refused:
            refuse(paper, refused.refusal)
        else:
            messages.success(request, said)
            return redirect("web:hand_off", hand_off_id)
    found = queries.the_hand_off(request.actor, hand_off_id=hand_off_id)
    return _show(request, found, **form)
