"""What is kept apart from the participants' pages: written, looked at, opened, and its history."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.accounts.codes import Permission
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.core.words import gettext_noop
from alongside.encounters import actions, queries
from alongside.encounters.codes import KeptStatus, KeptStepKind
from alongside.encounters.queries import kept as kept_queries
from alongside.encounters.rules import kept as rules
from alongside.people.actions import open_record
from alongside.web import drafts
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.kept import AnswerForm, KeptForm, LookForm, NothingForm
from alongside.web.noteforms import uuid_or_none
from alongside.web.templatetags.words import say
from alongside.web.views.shared import refuse

S, K = KeptStatus, KeptStepKind
PAGE = 30
MAY = (Permission.NOTE_WRITE, Permission.PRIVACY_MANAGE)
STATUS_WORDS = {
    S.WAITING: gettext_noop("waits for a look"),
    S.ASKED: gettext_noop("a question is open"),
    S.AGREED: gettext_noop("stays apart"),
    S.OPENED: gettext_noop("open to the participant"),
    S.WITHDRAWN: gettext_noop("taken back"),
}
STEP_WORDS = {
    K.WRITTEN: gettext_noop("kept it apart"),
    K.CHANGED: gettext_noop("said it otherwise"),
    K.ASKED: gettext_noop("asked"),
    K.ANSWERED: gettext_noop("answered"),
    K.AGREED: gettext_noop("agreed that it stays apart"),
    K.OPENED: gettext_noop("opened it to the participant"),
    K.BACK: gettext_noop("looks at it again"),
    K.WITHDRAWN: gettext_noop("took it back"),
    K.RESTORED: gettext_noop("brought it back"),
}
OPEN = (S.WAITING, S.ASKED)
SETTLED = (S.AGREED, S.OPENED, S.WITHDRAWN)


def kept_card(request: StaffRequest, note: Any) -> dict[str, Any]:
    """What the page of a note shows of it."""
    parts = kept_queries.kept_of(request.actor, encounter_id=note.pk)
    return {
        "kept_parts": [(part, STATUS_WORDS[S(part.status)]) for part in parts],
        "may_keep": rules.why_not_keep_apart(note.facts(), request.actor) is None
        and note.kind == "contact",
    }


@require_GET
@requires(*MAY)
def kept_list(request: StaffRequest) -> HttpResponse:
    """What is open, then what was settled: all for a privacy officer, one's own for others."""
    actor = request.actor
    before = uuid_or_none(request.GET.get("before"))
    waiting = kept_queries.kept_to_look_at(actor, statuses=OPEN)[:PAGE]
    found = kept_queries.kept_to_look_at(actor, statuses=SETTLED, before=before)
    rows = list(found[: PAGE + 1])
    page = {
        "nav": "more",
        "waiting": [(part, STATUS_WORDS[S(part.status)]) for part in waiting],
        "settled": [(part, STATUS_WORDS[S(part.status)]) for part in rows[:PAGE]],
        "next": rows[PAGE - 1].pk.hex if len(rows) > PAGE else "",
        "officer": actor.may(Permission.PRIVACY_MANAGE),
    }
    return render(request, "web/kept/list.html", page)


@requires(Permission.NOTE_WRITE)
def kept_new(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    note = queries.the_note(request.actor, encounter_id=encounter_id)
    drafts.the_person(request, note.participant_id)
    versions = len(note.versions.all())
    if request.method != "POST":
        form = KeptForm(initial={"part_id": new_id()}, versions=versions)
        return _form(request, note, form)
    form = KeptForm(request.POST, versions=versions)
    if form.is_valid():
        part_id = form.cleaned_data["part_id"]
        try:
            actions.keep_apart(
                part_id, encounter_id, form.kept(), by=request.actor, at=timezone.now()
            )
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            messages.success(request, _("Kept apart. Your privacy officer looks at it."))
            return redirect("web:note", encounter_id)
    return _form(request, note, form, status=422)


@requires(Permission.NOTE_WRITE)
def kept_change(request: StaffRequest, kept_id: UUID) -> HttpResponse:
    part = kept_queries.kept_visible_to(request.actor).get(pk=kept_id)
    if part.written_by_id != request.actor.id:
        raise Http404
    note = queries.the_note(request.actor, encounter_id=part.encounter_id)
    drafts.the_person(request, note.participant_id)
    versions = len(note.versions.all())
    if request.method != "POST":
        said = {
            "part_id": part.pk,
            "seen": part.revision,
            "kept_text": part.text,
            "kept_reason": part.reason,
            "kept_why": part.why,
            "older": part.older > 0,
        }
        return _form(request, note, KeptForm(initial=said, versions=versions), part=part)
    form = KeptForm(request.POST, versions=versions)
    if form.is_valid():
        seen = form.cleaned_data["seen"] or 0
        try:
            actions.change_kept(
                kept_id, form.kept(), seen=seen, by=request.actor, at=timezone.now()
            )
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            messages.success(request, _("Changed. Your privacy officer looks at it again."))
            return redirect("web:kept", kept_id)
    return _form(request, note, form, part=part, status=422)


def _form(
    request: StaffRequest, note: Any, form: KeptForm, *, part: Any = None, status: int = 200
) -> HttpResponse:
    page = {"nav": "people", "note": note, "person": note.participant, "form": form, "part": part}
    return render(request, "web/kept/form.html", page, status=status)


@require_GET
@requires(*MAY)
def kept(request: StaffRequest, kept_id: UUID) -> HttpResponse:
    part = kept_queries.kept_visible_to(request.actor).get(pk=kept_id)
    open_record(part.encounter.participant_id, by=request.actor, at=timezone.now())
    return _show(request, part)


def _show(request: StaffRequest, part: Any, form: Any = None) -> HttpResponse:
    actor, facts = request.actor, part.facts()
    request.about = part.encounter.participant_id
    asks = rules.why_not_look_at_kept(facts, S.AGREED, actor) is None
    answers = rules.why_not_answer_kept(facts, "-", actor) is None
    fresh = LookForm() if asks else AnswerForm() if answers else None
    back = S.WAITING
    page = {
        "nav": "more" if actor.may(Permission.PRIVACY_MANAGE) else "people",
        "part": part,
        "note": part.encounter,
        "person": part.encounter.participant,
        "state": STATUS_WORDS[facts.status],
        "steps": [(step, STEP_WORDS[K(step.kind)]) for step in part.steps.all()],
        "form": form or fresh,
        "decides": asks,
        "answers": answers,
        "may_back": facts.status in (S.AGREED, S.OPENED)
        and rules.why_not_look_at_kept(facts, back, actor) is None,
        "may_change": rules.why_not_change_kept(facts, actor, seen=facts.revision) is None,
        "may_withdraw": rules.why_not_withdraw_kept(facts, S.WITHDRAWN, actor) is None,
        "may_restore": rules.why_not_withdraw_kept(facts, back, actor) is None,
    }
    return render(request, "web/kept/part.html", page, status=422 if form else 200)


@require_POST
@requires(*MAY)
def kept_say(request: StaffRequest, kept_id: UUID) -> HttpResponse:
    """One word on it: looked at, answered, taken back, brought back."""
    part = kept_queries.kept_visible_to(request.actor).get(pk=kept_id)
    act = request.POST.get("act", "look")
    form = {"look": LookForm, "answer": AnswerForm}.get(act, NothingForm)(request.POST)
    if not form.is_valid():
        return _show(request, part, form)
    try:
        _say(part, act, form.cleaned_data, request)
    except Refused as refused:
        if act not in ("look", "answer"):
            messages.warning(request, say(refused.refusal))
            return redirect("web:kept", kept_id)
        refuse(form, refused.refusal)
        return _show(request, part, form)
    messages.success(request, _("Kept. Its writer and the privacy officer can read it."))
    return redirect("web:kept", kept_id)


def _say(part: Any, act: str, said: dict[str, Any], request: StaffRequest) -> None:
    by, at = request.actor, timezone.now()
    if act == "look":
        actions.look_at_kept(part.pk, S(said["to"]), words=said["words"], by=by, at=at)
    elif act == "answer":
        actions.answer_kept(part.pk, said["words"], by=by, at=at)
    elif act == "withdraw":
        actions.withdraw_kept(part.pk, by=by, at=at)
    elif act == "restore":
        actions.restore_kept(part.pk, by=by, at=at)
    else:
        actions.look_at_kept(part.pk, S.WAITING, by=by, at=at)
