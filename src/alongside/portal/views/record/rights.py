"""What participants may ask of their record, all that they asked, and how to complain."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.accounts.codes import Permission
from alongside.accounts.queries import agency_of
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refused
from alongside.core.words import gettext_noop
from alongside.encounters.queries.own import whom_to_ask
from alongside.people.queries import own_record
from alongside.portal import unsent
from alongside.portal.access import PortalRequest, requires
from alongside.portal.forms.record import HoldBackForm
from alongside.portal.words import said
from alongside.practice import catalog
from alongside.practice.retention import Asked, time_for
from alongside.retention import actions
from alongside.retention.codes import AskedBy, Outcome, RequestStatus, StepKind
from alongside.retention.queries.requests import ending_of, requests_of
from alongside.retention.rules.requests import NewRequest

ASKED = {
    Asked.SEE: gettext_noop("To see all that we hold"),
    Asked.COPY: gettext_noop("A copy to keep"),
    Asked.CORRECT: gettext_noop("Something put right"),
    Asked.RESTRICT: gettext_noop("Something held back"),
}
OUTCOMES = {
    Outcome.SHOWN: gettext_noop("You saw it."),
    Outcome.GIVEN: gettext_noop("You got it."),
    Outcome.CORRECTED: gettext_noop("We put it right."),
    Outcome.KEPT_AS_IT_IS: gettext_noop("It stays as it is."),
    Outcome.AGREED: gettext_noop("Yes, we do it so."),
    Outcome.NOT_AGREED: gettext_noop("We cannot do it so."),
}


@dataclass(frozen=True)
class Line:
    """One request with all that was said to it, whether asked here or through us."""

    row: Any
    asked: str
    answer: str
    steps: tuple[Any, ...]
    through_us: bool
    held: dict[str, str] | None = None

    @property
    def open(self) -> bool:
        return bool(self.row.status == RequestStatus.OPEN)


def _line(row: Any) -> Line:
    steps = tuple(row.steps.all())
    answers = [step for step in steps if step.kind == StepKind.ANSWERED]
    answered = answers and row.status == RequestStatus.ANSWERED
    answer = _(OUTCOMES[Outcome(answers[-1].outcome)]) if answered else ""
    if answered and row.held is None and ending_of(row) is not None:
        answer = _("This has ended.")
    shown = tuple(step for step in steps if step.words)
    asked, through_us = _(ASKED[Asked(row.asked)]), row.how != AskedBy.OWN_PAGES
    return Line(row, asked, answer, shown, through_us, _held(row))


def _held(row: Any) -> dict[str, str] | None:
    """What we hold back now, and from whom; empty means all of it, and everyone."""
    if row.held is None:
        return None
    codes = row.held["categories"]
    what = [_(catalog.term("consent_category", code).name) for code in codes]
    return {"what": "; ".join(what), "whom": row.held["whom"]}


@require_http_methods(["GET", "POST"])
@requires(Permission.OWN_READ)
@leaves(Leaving.OWN_COPY)
def own_rights(request: PortalRequest) -> HttpResponse:
    """To read, and to ask that something is held back (2.26)."""
    actor, now = request.actor, timezone.now()
    person, on = own_record(actor), local_date(now, actor.time_zone)
    form = HoldBackForm(request.POST or None, initial={"request_id": new_id()})
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        new = NewRequest(Asked.RESTRICT, wanted["words"], on, AskedBy.OWN_PAGES)
        try:
            made = actions.ask_for_record(
                person.pk, new, request_id=wanted["request_id"], by=actor, at=now
            )
        except Refused as refused:
            form.add_error(refused.refusal.field or None, said(refused.refusal))
        else:
            unsent.over(request)
            undo = reverse("portal:own_right_back", args=[made.pk])
            text = _("Sent. You read the answer here.")
            messages.success(request, text, extra_tags=undo)
            return redirect("portal:own_rights")
    page = {
        "nav": "rights",
        "lines": [_line(row) for row in requests_of(actor, participant_id=person.pk)],
        "form": unsent.picked_up(request, form),
        "days": time_for(Asked.RESTRICT, on, agency_of(actor).jurisdiction).days,
        "officers": whom_to_ask(actor),
    }
    status = 422 if form.is_bound else 200
    return render(request, "portal/mine/record/rights.html", page, status=status)


@require_POST
@requires(Permission.OWN_WRITE)
@leaves(Leaving.OWN_COPY)
def own_right_back(request: PortalRequest, request_id: UUID) -> HttpResponse:
    """Whatever they asked, and however: it is theirs to take back."""
    try:
        actions.withdraw_request(request_id, by=request.actor, at=timezone.now())
        messages.success(request, _("Taken back."))
    except Refused as refused:
        messages.warning(request, said(refused.refusal))
    return redirect("portal:own_rights")
