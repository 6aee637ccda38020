"""What a participant may ask of their record: taken down, answered, disagreed with, printed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.accounts.codes import Permission
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refused
from alongside.people.codes import Printed
from alongside.practice.retention import Asked, time_for
from alongside.retention import actions, queries
from alongside.retention.codes import AskedBy, RequestStatus, StepKind
from alongside.retention.rules.requests import NO
from alongside.web import drafts
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.retention import (
    ASKED_WORDS,
    HOW_WORDS,
    OUTCOME_WORDS,
    AnswerForm,
    AskForm,
    EndForm,
    ReasonForm,
    StatementForm,
)
from alongside.web.own_copies import on_paper
from alongside.web.templatetags.words import held_words, say
from alongside.web.views.shared import refuse

WRITES = (Permission.CONSENT_WRITE, Permission.PRIVACY_MANAGE)


@require_GET
@requires(*WRITES)
def rights(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    """What the person may ask, in words for them, and what they asked so far."""
    person = drafts.the_person(request, participant_id)
    rows = list(queries.requests_of(request.actor, participant_id=participant_id)[:100])
    page = {
        "nav": "people",
        "person": person,
        "lines": [line(row) for row in rows],
        "statements": queries.statements_of(request.actor, participant_id=participant_id),
        "days": {
            one.value: time_for(one, local_date(timezone.now(), request.actor.time_zone)).days
            for one in Asked
        },
    }
    return render(request, "web/rights/rights.html", page)


def line(row: Any) -> dict[str, Any]:
    """One request in words."""
    answers = [step for step in row.steps.all() if step.kind == StepKind.ANSWERED]
    open_now = row.status == RequestStatus.OPEN
    return {
        "row": row,
        "asked": ASKED_WORDS[Asked(row.asked)],
        "how": HOW_WORDS[AskedBy(row.how)],
        "answer": _until(row) or OUTCOME_WORDS[answers[-1].outcome]
        if answers and not open_now
        else "",
        "open": open_now,
    }


def _until(row: Any) -> str:
    """That it was held back and is no more; nothing where it is still, or never was."""
    ended = row.held is None and queries.ending_of(row) is not None
    return _("It was held back. That has ended.") if ended else ""


@require_http_methods(["GET", "POST"])
@requires(*WRITES)
def right_ask(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    person = drafts.the_person(request, participant_id)
    now = timezone.now()
    if request.method == "GET":
        today = local_date(now, request.actor.time_zone)
        begun = {"request_id": new_id(), "asked_on": today, "asked": request.GET.get("for")}
        return _ask_page(request, person, AskForm(initial=begun))
    form = AskForm(request.POST)
    if form.is_valid():
        try:
            made = actions.ask_for_record(
                participant_id,
                form.new(),
                request_id=form.cleaned_data["request_id"],
                by=request.actor,
                at=now,
            )
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            messages.success(request, _("Taken down. The privacy officer sees it now."))
            return redirect("web:right", participant_id, made.pk)
    return _ask_page(request, person, form)


def _ask_page(request: StaffRequest, person: Any, form: AskForm) -> HttpResponse:
    return drafts.show(request, "web/rights/ask.html", {"person": person, "form": form})


@require_GET
@requires(*WRITES)
def right(request: StaffRequest, participant_id: UUID, request_id: UUID) -> HttpResponse:
    row = _row(request, participant_id, request_id)
    drafts.the_person(request, participant_id)
    return _page(request, row)


def _row(request: StaffRequest, participant_id: UUID, request_id: UUID) -> Any:
    rows = queries.requests_of(request.actor, participant_id=participant_id)
    return rows.get(pk=request_id)


def _page(request: StaffRequest, row: Any, **forms: Any) -> HttpResponse:
    facts = queries.facts_of_request(request.actor, row)
    manages = request.actor.may(Permission.PRIVACY_MANAGE)
    open_now = facts.status is RequestStatus.OPEN
    page: dict[str, Any] = {
        "nav": "people",
        "person": row.participant,
        **line(row),
        "steps": list(row.steps.all()),
        "outcomes": OUTCOME_WORDS,
        "manages": manages,
        "may_be_longer": open_now and manages and facts.may_be_longer and not facts.longer,
        "may_disagree": facts.status is RequestStatus.ANSWERED and facts.outcome in NO,
        "disagreed": facts.disagreed,
        "may_reopen": not open_now and (manages or facts.status is RequestStatus.WITHDRAWN),
        "answer_form": _answer_form(request, row) if open_now and manages else None,
        "held": held_words(row),
        "end_form": EndForm(prefix="end") if facts.held and manages else None,
        "longer_form": ReasonForm(prefix="longer"),
        "statement_form": StatementForm(prefix="statement"),
        **forms,
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "web/rights/right.html", page, status=status)


def _answer_form(request: StaffRequest, row: Any, data: Any = None) -> AnswerForm:
    asked = Asked(row.asked)
    changes = queries.newest_changes(request.actor, participant_id=row.participant_id)
    shown = [(one.about, f"{say(one.what)} · {one.by}") for one in changes]
    if asked is not Asked.CORRECT:
        shown = []
    return AnswerForm(data, asked=asked, changes=shown)


@require_POST
@requires(Permission.PRIVACY_MANAGE)
def right_answer(request: StaffRequest, participant_id: UUID, request_id: UUID) -> HttpResponse:
    row = _row(request, participant_id, request_id)
    form = _answer_form(request, row, request.POST)
    if form.is_valid():
        try:
            actions.answer_request(row.pk, form.answer(), by=request.actor, at=timezone.now())
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            messages.success(request, _("Answered. Print the letter, or read it out."))
            return redirect("web:right", participant_id, request_id)
    return _page(request, row, answer_form=form)


@require_POST
@requires(Permission.PRIVACY_MANAGE)
def right_longer(request: StaffRequest, participant_id: UUID, request_id: UUID) -> HttpResponse:
    row = _row(request, participant_id, request_id)
    form = ReasonForm(request.POST, prefix="longer")
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            actions.take_longer(row.pk, reason, by=request.actor, at=timezone.now())
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            messages.success(request, _("There is more time. Tell them why, in writing."))
            return redirect("web:right", participant_id, request_id)
    return _page(request, row, longer_form=form)


@require_POST
@requires(Permission.PRIVACY_MANAGE, fresh=True)
def right_end(request: StaffRequest, participant_id: UUID, request_id: UUID) -> HttpResponse:
    """What we agreed to hold back ends, with their yes."""
    row = _row(request, participant_id, request_id)
    form = EndForm(request.POST, prefix="end")
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            actions.end_restriction(row.pk, reason, by=request.actor, at=timezone.now())
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            said = _(
                "It may be told again from now on. They read on their own pages that it ended. "
                "To hold it back again, open the request."
            )
            messages.success(request, said)
            return redirect("web:right", participant_id, request_id)
    return _page(request, row, end_form=form)


@require_POST
@requires(*WRITES)
def right_statement(request: StaffRequest, participant_id: UUID, request_id: UUID) -> HttpResponse:
    row = _row(request, participant_id, request_id)
    form = StatementForm(request.POST, prefix="statement")
    if form.is_valid():
        try:
            words = form.cleaned_data["words"]
            actions.disagree(row.pk, words, by=request.actor, at=timezone.now())
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            messages.success(request, _("Their words stand beside the record from now on."))
            return redirect("web:right", participant_id, request_id)
    return _page(request, row, statement_form=form)


@require_POST
@requires(*WRITES)
def right_statement_back(
    request: StaffRequest, participant_id: UUID, request_id: UUID
) -> HttpResponse:
    said = _("The statement goes along no more. It stays readable here.")
    return _do(request, participant_id, request_id, actions.take_disagreement_back, said)


@require_POST
@requires(*WRITES)
def right_withdraw(request: StaffRequest, participant_id: UUID, request_id: UUID) -> HttpResponse:
    said = _("Withdrawn. It stays here, and can be opened again.")
    return _do(request, participant_id, request_id, actions.withdraw_request, said)


@require_POST
@requires(*WRITES)
def right_again(request: StaffRequest, participant_id: UUID, request_id: UUID) -> HttpResponse:
    said = _("Open again.")
    return _do(request, participant_id, request_id, actions.open_request_again, said)


def _do(
    request: StaffRequest, participant_id: UUID, request_id: UUID, action: Any, said: str
) -> HttpResponse:
    row = _row(request, participant_id, request_id)
    try:
        action(row.pk, by=request.actor, at=timezone.now())
    except Refused as refused:
        messages.warning(request, say(refused.refusal))
    else:
        messages.success(request, said)
    return redirect("web:right", participant_id, request_id)


@require_GET
@requires(*WRITES)
@leaves(Leaving.OWN_COPY)
def right_print(request: StaffRequest, participant_id: UUID, request_id: UUID) -> HttpResponse:
    """The letter: what was asked, what the answer is, and what one can do about it."""
    on_paper(request, participant_id, Printed.ANSWER)
    row = _row(request, participant_id, request_id)
    page = {
        "nav": "people",
        "person": row.participant,
        **line(row),
        "steps": list(row.steps.all()),
        "held": held_words(row),
        "outcomes": OUTCOME_WORDS,
        "refused": queries.facts_of_request(request.actor, row).outcome in NO,
        "printed_at": timezone.now(),
    }
    return render(request, "web/rights/print.html", page)
