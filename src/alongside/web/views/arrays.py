"""The array lead's work: open questions, answers, and the examples they become."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.accounts.codes import Permission
from alongside.audit.actions import record
from alongside.core.clock import local_date, moment
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refused
from alongside.encounters import actions, queries, rules
from alongside.encounters.codes import QuestionStatus
from alongside.practice import catalog
from alongside.practice.arrays.questions import questions
from alongside.web import noteforms
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.arrays import AnswerForm, FindForm, WithdrawForm
from alongside.web.sheets import sheet

PAGE = 20
READERS = (Permission.NOTE_WRITE, Permission.NOTE_READ, Permission.ARRAY_ANSWER)


@require_GET
@requires(Permission.ARRAY_ANSWER)
def arrays(request: StaffRequest) -> HttpResponse:
    """What waits, oldest first; and the answers given last."""
    key = key_of(request.GET.get("after", ""))
    waiting = queries.open_array_questions(request.actor)
    if key is not None:
        waiting = waiting.filter(asked_at__gte=key[0]).exclude(pk=key[1])
    rows = list(waiting[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    page = {
        "nav": "more",
        "questions": rows[:PAGE],
        "next": f"?{urlencode({'after': key_text(last.asked_at, last.pk)})}" if last else "",
        "answered": list(queries.precedents(request.actor)[:5]),
        "is_lead": _is_lead(request),
    }
    return render(request, "web/arrays/arrays.html", page)


def _is_lead(request: StaffRequest) -> bool:
    lead = queries.array_lead(request.actor)
    return lead is not None and lead.pk == request.actor.id


@requires(Permission.ARRAY_ANSWER)
def array_question(request: StaffRequest, question_id: UUID) -> HttpResponse:
    """One question: answer it, or correct what was answered."""
    found = queries.question_to_answer(request.actor, question_id=question_id)
    answers = len(found.versions.all()) + (found.answered_at is not None)
    if request.method != "POST":
        initial = {
            "seen": answers,
            "choice": rules.NO_SERVICE if found.no_service else found.array,
            "reason": found.reason,
            "shared_words": found.shared_words or found.words,
        }
        form = AnswerForm(initial=initial, certified=found.certified)
        return _question_page(request, found, form)
    form = AnswerForm(request.POST, certified=found.certified)
    if form.is_valid():
        try:
            actions.answer_question(question_id, form.answer(), by=request.actor, at=timezone.now())
        except Refused as refused:
            form.refused(refused.refusal)
        else:
            messages.success(request, _("Answered. The asker sees it, and the next one, too."))
            return redirect("web:arrays")
    return _question_page(request, found, form, status=422)


def _question_page(
    request: StaffRequest, found: Any, form: AnswerForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    page = {
        "nav": "more",
        "question": found,
        "form": form,
        "withdraw": WithdrawForm(),
        "ticked": ticked(found),
        "is_open": found.status == QuestionStatus.OPEN,
        "may_answer": found.status in (QuestionStatus.OPEN, QuestionStatus.ANSWERED),
        "versions": sorted(found.versions.all(), key=lambda version: -version.number),
        **more,
    }
    return render(request, "web/arrays/question.html", page, status=status)


def ticked(question: Any) -> list[str]:
    """What was ticked in the note and said to the short questions, in words."""
    words = [_(catalog.name("process", code)) for code in question.processes]
    words += [_(catalog.name("activity", code)) for code in question.activities]
    if question.going_along:
        words.append(_(catalog.name("going_along", question.going_along)))
    for short in questions():
        said = dict(short.answers).get(question.answers.get(short.code, ""))
        if said:
            words.append(f"{_(short.ask)} {_(said)}")
    return words


@require_POST
@requires(Permission.ARRAY_ANSWER)
def precedent_withdraw(request: StaffRequest, question_id: UUID) -> HttpResponse:
    found = queries.question_to_answer(request.actor, question_id=question_id)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            actions.withdraw_precedent(
                question_id, reason=reason, by=request.actor, at=timezone.now()
            )
        except Refused as refused:
            form.add_error(None, noteforms.said(refused.refusal))
        else:
            messages.success(request, _("It is no example any more. The asker keeps the answer."))
            return redirect("web:array_question", question_id)
    answer = AnswerForm(certified=found.certified)
    return _question_page(request, found, answer, status=422, withdraw=form)


@require_POST
@requires(Permission.ARRAY_ANSWER)
def precedent_restore(request: StaffRequest, question_id: UUID) -> HttpResponse:
    try:
        actions.restore_precedent(question_id, by=request.actor, at=timezone.now())
        messages.success(request, _("It is an example again."))
    except Refused as refused:
        messages.warning(request, noteforms.said(refused.refusal))
    return redirect("web:array_question", question_id)


@requires(*READERS)
def precedents(request: StaffRequest) -> HttpResponse:
    """Answered questions, to look up: by words and array, newest first. What is looked for comes
    by POST, so that no word of it is in an address; nothing is written."""
    asked = FindForm(request.POST).asked()
    withdrawn = "withdrawn" in request.POST and request.actor.may(Permission.ARRAY_ANSWER)
    key = key_of(request.POST.get("before", ""))
    found = queries.precedents(
        request.actor, words=asked["words"], array=asked["array"], withdrawn=withdrawn, before=key
    )
    rows = list(found[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    kept = {name: value for name, value in asked.items() if value}
    if withdrawn:
        kept["withdrawn"] = "1"
    page = {
        "nav": "more",
        "form": FindForm(initial=asked),
        "asked": kept,
        "withdrawn": withdrawn,
        "precedents": rows[:PAGE],
        "before": key_text(last.answered_at, last.pk) if last else "",
        "may_answer": request.actor.may(Permission.ARRAY_ANSWER),
    }
    return render(request, "web/arrays/precedents.html", page)


@require_POST
@requires(*READERS, fresh=True)
@leaves(Leaving.INSIDE)
def precedents_export(request: StaffRequest) -> HttpResponseBase:
    """The examples found, as a sheet; taking them out is an event."""
    asked = FindForm(request.POST).asked()
    record(by=request.actor, at=timezone.now(), verb="precedents.exported", target="ArrayQuestion")
    found = queries.precedents(request.actor, words=asked["words"], array=asked["array"]).iterator(
        chunk_size=500
    )
    head = [_("answered on"), _("question"), _("ticked"), _("certified"), _("array"), _("reason")]
    return sheet("array-examples", [*head, _("answered by")], _rows(request, found))


def _rows(request: StaffRequest, found: Any) -> Iterator[list[object]]:
    for each in found:
        array = _("Not a peer support service")
        yield [
            local_date(each.answered_at, request.actor.time_zone).isoformat(),
            each.shared_words,
            "; ".join(ticked(each)),
            _("yes") if each.certified else _("no"),
            array if each.no_service else _(catalog.name("service_array", each.array)),
            each.reason,
            each.answered_by.name,
        ]


def key_of(text: str) -> tuple[datetime, UUID] | None:
    """The key of the last row of a page, as it stood in an address; nothing for what is none."""
    since, _dot, key = text.rpartition("~")
    at, row = moment(since), noteforms.uuid_or_none(key)
    return (at, row) if at is not None and row is not None else None


def key_text(at: datetime | None, key: UUID) -> str:
    return f"{at.isoformat()}~{key}" if at else ""
