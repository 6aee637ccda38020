"""One referral that was sent: what happens next, what was sent, and a way to add or take back."""

from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from alongside.accounts.codes import Permission
from alongside.accounts.queries import agency_of
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refused
from alongside.portal.access import PortalRequest, requires
from alongside.portal.forms import referral as forms
from alongside.portal.views.drafts import answers
from alongside.portal.words import said
from alongside.practice.rules import rules_on
from alongside.referrals.actions import sending as actions
from alongside.referrals.actions.showing import look_at_standing
from alongside.referrals.codes import AdditionKind, Knows
from alongside.referrals.queries import referrers as queries
from alongside.referrals.queries.standing import covered
from alongside.referrals.rules.standing import TOLD_BY_ITSELF


@require_GET
@requires(Permission.REFERRAL_SEND)
@leaves(Leaving.OWN_WORDS)
def sent(request: PortalRequest, referral_id: UUID) -> HttpResponse:
    draft = queries.sent_referrals(request.actor).get(referral_id=referral_id)
    on = local_date(draft.sent_at, request.actor.time_zone) if draft.sent_at else None
    additions = list(queries.additions(request.actor, referral_id=referral_id))
    agency = agency_of(request.actor)
    pages = forms.read(queries.typed(draft), today=on, counties=[])
    page = {
        "draft": draft,
        "new": bool(request.GET.get("new")),
        "answers": answers(pages),
        "knows": Knows(draft.referral.knows) if draft.referral and draft.referral.knows else "",
        "rules": rules_on(on, agency.jurisdiction) if on else None,
        "agency": agency,
        "additions": additions,
        "shares": _shares(request, draft.referral),
        "taken_back": any(row.kind == AdditionKind.WITHDRAWAL for row in additions),
    }
    return render(request, "portal/sent/sent.html", page)


def _shares(request: PortalRequest, referral: Any) -> bool:
    """Whether a page with what they share is there today; a word of it is on that page alone."""
    today = local_date(timezone.now(), request.actor.time_zone)
    found = covered(request.actor, participant_id=referral.participant_id, on=today)
    return found is not None and any(found.allows(one) for one in TOLD_BY_ITSELF)


@require_GET
@requires(Permission.REFERRAL_SEND)
@leaves(Leaving.GATE)
def shared(request: PortalRequest, referral_id: UUID) -> HttpResponse:
    """How they stand, as far as they let this referrer know, anew at each click."""
    draft = queries.sent_referrals(request.actor).get(referral_id=referral_id)
    try:
        look = look_at_standing(referral_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        raise Http404 from refused
    return render(request, "portal/sent/shared.html", {"draft": draft, "look": look})


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_SEND)
@leaves(Leaving.OWN_WORDS)
def add(request: PortalRequest, referral_id: UUID) -> HttpResponse:
    return _more(request, referral_id, forms.AddForm, AdditionKind.WORDS)


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_SEND)
@leaves(Leaving.OWN_WORDS)
def take_back(request: PortalRequest, referral_id: UUID) -> HttpResponse:
    return _more(request, referral_id, forms.TakeBackForm, AdditionKind.WITHDRAWAL)


def _more(
    request: PortalRequest,
    referral_id: UUID,
    kind: type[django_forms.Form],
    what: AdditionKind,
) -> HttpResponse:
    draft = queries.sent_referrals(request.actor).get(referral_id=referral_id)
    form = (
        kind(request.POST) if request.method == "POST" else kind(initial={"addition_id": new_id()})
    )
    if form.is_bound and form.is_valid():
        try:
            actions.add_to_referral(
                referral_id, **form.cleaned_data, kind=what, by=request.actor, at=timezone.now()
            )
        except Refused as refused:
            form.add_error(None, said(refused.refusal))
        else:
            messages.success(request, _("We told the coordinator."))
            return redirect("portal:sent", referral_id=referral_id)
    page: dict[str, Any] = {"draft": draft, "form": form, "takes_back": what != AdditionKind.WORDS}
    status = 422 if form.is_bound else 200
    return render(request, "portal/sent/more.html", page, status=status)
