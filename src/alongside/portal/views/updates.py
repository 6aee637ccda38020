"""What a referrer may read of someone they referred, as long as the consent holds, and ask."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.accounts.codes import Permission
from alongside.consents.queries import coverage
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refused
from alongside.encounters import actions
from alongside.encounters.codes import ReferrerQuestionStatus
from alongside.encounters.queries import updates as queries
from alongside.encounters.rules.outside import CANNOT_SAY, QUESTION_WORDS
from alongside.portal.access import PortalRequest, requires
from alongside.portal.forms.updates import AskForm
from alongside.portal.words import said
from alongside.practice.consents import Category
from alongside.referrals.queries.referrers import referrer_of, sent_referrals

MAY = Permission.REFERRAL_SEND
MOST_SHOWN = 50


@require_http_methods(["GET", "POST"])
@requires(MAY)
@leaves(Leaving.OWN_WORDS)
def updates(request: PortalRequest, referral_id: UUID) -> HttpResponse:
    """What came from the agency, as a list without a word of it, and what the reader asked."""
    draft = sent_referrals(request.actor).get(referral_id=referral_id)
    form = AskForm(request.POST or None, initial={"question_id": new_id()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.ask_about_referral(
                given["question_id"],
                referral_id,
                words=given["words"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refused:
            where = refused.refusal.field
            form.add_error(where if where in form.fields else None, said(refused.refusal))
        else:
            messages.success(request, _("Sent. You get a letter when there is an answer."))
            return redirect("portal:told_all", referral_id)
    asked = queries.own_questions_on(request.actor, referral_id=referral_id)[:MOST_SHOWN]
    page = {
        "draft": draft,
        "updates": _open_updates(request, referral_id, draft.referral),
        "questions": [(row, _status(row)) for row in asked],
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "portal/updates/updates.html", page, status=status)


def _open_updates(request: PortalRequest, referral_id: UUID, referral: Any) -> list[Any]:
    """Those that a consent in force lets through today; of others not even that they are there."""
    found = coverage(
        agency_id=request.actor.agency_id,
        participant_ids=[referral.participant_id],
        referrer_id=referrer_of(request.actor).pk,
        on=local_date(timezone.now(), request.actor.time_zone),
    ).get(referral.participant_id)
    if found is None:
        return []
    rows = queries.updates_for_referrer(request.actor, referral_id=referral_id)[:MOST_SHOWN]
    return [row for row in rows if {Category(c) for c in _told(row)} <= found.categories]


def _status(row: Any) -> str:
    return _(QUESTION_WORDS[ReferrerQuestionStatus(row.status)])


def _told(row: Any) -> list[str]:
    return list(row.disclosure.categories)


@require_GET
@requires(MAY)
@leaves(Leaving.GATE)
def update(request: PortalRequest, referral_id: UUID, update_id: UUID) -> HttpResponse:
    """One update, word for word. The gate looks at each call: a consent taken back a moment ago
    makes it absent."""
    draft = sent_referrals(request.actor).get(referral_id=referral_id)
    try:
        found = actions.look_at_update(
            update_id, referral_id=referral_id, by=request.actor, at=timezone.now()
        )
    except Refused as refused:
        raise Http404 from refused
    page = {"draft": draft, "update": found, "text": found.text}
    if found.disclosure is not None:
        page["along"] = found.disclosure.travels()
    return render(request, "portal/updates/update.html", page)


@require_GET
@requires(MAY)
@leaves(Leaving.GATE)
def question(request: PortalRequest, referral_id: UUID, question_id: UUID) -> HttpResponse:
    """What was asked, and the newest answer. One that the consent does not cover any more reads
    like one that never told anything."""
    draft = sent_referrals(request.actor).get(referral_id=referral_id)
    asked = queries.own_questions_on(request.actor, referral_id=referral_id).get(pk=question_id)
    newest = next(iter(reversed(asked.answers.all())), None)
    page = {
        "draft": draft,
        "question": asked,
        "status_words": _status(asked),
        "answer": newest,
        "words": _words(request, newest, at=timezone.now()) if newest else "",
        "along": newest.disclosure.travels() if newest and newest.disclosure else None,
    }
    if page["words"] == CANNOT_SAY:
        page |= {"words": _(CANNOT_SAY), "along": None}
    return render(request, "portal/updates/question.html", page)


def _words(request: PortalRequest, answer: Any, *, at: datetime) -> str:
    try:
        return actions.look_at_answer(answer, by=request.actor, at=at)
    except Refused:
        return CANNOT_SAY


@require_POST
@requires(MAY)
@leaves(Leaving.OWN_WORDS)
def question_back(request: PortalRequest, referral_id: UUID, question_id: UUID) -> HttpResponse:
    queries.own_questions_on(request.actor, referral_id=referral_id).get(pk=question_id)
    try:
        actions.withdraw_question(question_id, by=request.actor, at=timezone.now())
        messages.success(request, _("Taken back. Nobody had read it."))
    except Refused as refused:
        messages.warning(request, said(refused.refusal))
    return redirect("portal:told_all", referral_id)
