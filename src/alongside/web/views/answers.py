"""What referrers ask, and what they are answered: through the gate, or not at all."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.accounts.codes import Permission
from alongside.consents.queries import proposal
from alongside.consents.rules.disclosures import Recipient
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.encounters import actions
from alongside.encounters.actions import NewAnswer
from alongside.encounters.codes import AnswerKind, ReferrerQuestionStatus
from alongside.encounters.queries import updates as queries
from alongside.encounters.rules.outside import CANNOT_SAY, QUESTION_WORDS
from alongside.practice.consents import Category
from alongside.web import drafts
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.updates import AnswerForm

WRITES = Permission.DISCLOSURE_WRITE
S = ReferrerQuestionStatus
MOST_SHOWN = 100


@require_GET
@requires(WRITES)
def referrer_questions(request: StaffRequest) -> HttpResponse:
    """What waits for an answer, the oldest first."""
    page = {
        "questions": list(queries.questions_waiting(request.actor)[:MOST_SHOWN]),
        "nav": "more",
    }
    return render(request, "web/updates/questions.html", page)


@require_http_methods(["GET", "POST"])
@requires(WRITES)
def referrer_question(
    request: StaffRequest, participant_id: UUID, question_id: UUID
) -> HttpResponse:
    person = drafts.the_person(request, participant_id)
    question = _the_question(request, participant_id, question_id)
    now = timezone.now()
    form = AnswerForm(
        request.POST or None, initial={"answer_id": new_id()}, covered=_covered(request, question)
    )
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            actions.answer_referrer(question_id, _new(form), by=request.actor, at=now)
            said = _("Answered. They get a letter that there is an update.")
            return drafts.done(request, participant_id, said=said, to=request.path)
    page = {
        "person": person,
        "question": question,
        "status_words": QUESTION_WORDS[S(question.status)],
        "answers": list(question.answers.all()),
        "cannot_say": CANNOT_SAY,
        "form": form,
        "may_tell": len(form.fields["kind"].choices) > 1,  # type: ignore[attr-defined]
    }
    return drafts.show(request, "web/updates/question.html", page)


@require_POST
@requires(WRITES)
def referrer_question_seen(
    request: StaffRequest, participant_id: UUID, question_id: UUID
) -> HttpResponse:
    said = _("They see that someone has read it.")
    return _move(request, participant_id, question_id, actions.see_question, said)


@require_POST
@requires(WRITES)
def referrer_question_close(
    request: StaffRequest, participant_id: UUID, question_id: UUID
) -> HttpResponse:
    return _move(request, participant_id, question_id, actions.close_question, _("Closed."))


def _move(
    request: StaffRequest,
    participant_id: UUID,
    question_id: UUID,
    act: Callable[..., None],
    said: str,
) -> HttpResponse:
    _the_question(request, participant_id, question_id)
    here = reverse("web:referrer_question", args=[participant_id, question_id])
    try:
        act(question_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=here)
    return drafts.done(request, participant_id, said=said, to=here)


def _new(form: AnswerForm) -> NewAnswer:
    said = form.cleaned_data
    return NewAnswer(
        id=said["answer_id"],
        kind=AnswerKind(said["kind"]),
        words=said["words"],
        categories=[Category(code) for code in said["categories"]],
    )


def _the_question(request: StaffRequest, participant_id: UUID, question_id: UUID) -> Any:
    found = queries.referrer_questions(request.actor, participant_id=participant_id)
    return found.get(pk=question_id)


def _covered(request: StaffRequest, question: Any) -> frozenset[Category]:
    """The least that the consents in force let who asked hear."""
    who = queries.who_asked(request.actor, question=question)
    return proposal(
        request.actor,
        participant_id=question.referral.participant_id,
        recipient=Recipient(referrer_id=who.pk),
        on=local_date(timezone.now(), request.actor.time_zone),
    )
