"""Finding someone to walk along: suggestions, what the participant said, and telling both."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.codes import Permission
from alongside.core.refusal import Refused
from alongside.encounters.actions.appointments import end_match_and_call_off
from alongside.encounters.queries.appointments import planned_with
from alongside.encounters.queries.met import met_with
from alongside.people.actions import open_record
from alongside.people.rules import first_name
from alongside.referrals.actions import matching as actions
from alongside.referrals.codes import MatchStatus, ReferralStatus
from alongside.referrals.queries import desk as desk_queries
from alongside.referrals.queries import matching as queries
from alongside.referrals.rules import matching as rules
from alongside.web import drafts
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.referrals import AnswerForm, EndForm, ToldForm
from alongside.web.views.referrals import posted, today

BEST = 3
ANSWERS = {
    "yes": actions.accept_match,
    "no": actions.decline_match,
    "thinking": actions.keep_thinking,
}


@requires(Permission.MATCH_WRITE)
def match(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    return _page(request, referral_id)


def _page(
    request: StaffRequest, referral_id: UUID, *, answer: AnswerForm | None = None
) -> HttpResponse:
    referral = desk_queries.referrals_visible_to(request.actor).get(pk=referral_id)
    open_record(referral.participant_id, by=request.actor, at=timezone.now())
    rows = queries.matches_of(request.actor, participant_id=referral.participant_id)
    asked = queries.pick(rows, MatchStatus.PROPOSED)
    current = queries.pick(rows, MatchStatus.ACCEPTED)
    context = {
        "nav": "desk",
        "referral": referral,
        "person": referral.participant,
        "asked": asked,
        "current": current,
        "earlier": [_earlier(row) for row in rows if row not in (asked, current)],
        "answer": answer or AnswerForm(),
    }
    if current is not None:
        context |= _to_tell(current)
    elif asked is None and referral.status == ReferralStatus.ACCEPTED:
        context |= _suggestions(request, referral)
    return render(request, "web/matches/match.html", context, status=422 if answer else 200)


def _earlier(row: Any) -> dict[str, Any]:
    return {"match": row, "status": rules.STATUS_NAMES[MatchStatus(row.status)]}


def _suggestions(request: StaffRequest, referral: Any) -> dict[str, Any]:
    found = queries.proposals(request.actor, referral, on=today(request))
    met = met_with(request.actor, participant_id=referral.participant_id)

    def shown(proposal: queries.Proposal) -> dict[str, Any]:
        return {"it": proposal, "met": met.get(proposal.profile.id, 0)}

    return {
        "best": [shown(p) for p in found.open[:BEST]],
        "more": [shown(p) for p in found.open[BEST:]],
        "refused": [shown(p) for p in found.refused],
        "suggesting": True,
    }


def _to_tell(current: Any) -> dict[str, Any]:
    """Neutral words to copy. They may be read by others on the way: no name but the reader's
    and the supporter's, and nothing about why."""
    by = current.first_contact_due_on
    facts = {
        "participant": current.participant.first_name,
        "supporter": first_name(current.supporter.name),
        "day": formats.date_format(by, "l, F j") if by else _("the end of the week"),
    }
    return {
        "to_participant": _(
            "Hello {participant}, {supporter} would like to meet you and will be in touch by "
            "{day}. If another time or way suits you better, just tell us."
        ).format(**facts),
        "to_supporter": _(
            "Hello {supporter}, someone new looks forward to hearing from you. Please sign in to "
            "see who it is, and say a first hello by {day}."
        ).format(**facts),
    }


@require_POST
@requires(Permission.MATCH_WRITE)
def propose(request: StaffRequest, referral_id: UUID, supporter_id: UUID) -> HttpResponse:
    home = reverse("web:match", args=[referral_id])
    try:
        actions.propose_match(
            referral_id, supporter_id=supporter_id, by=request.actor, at=timezone.now()
        )
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=home)
    return redirect(home)


@require_POST
@requires(Permission.MATCH_WRITE)
def answer(request: StaffRequest, match_id: UUID) -> HttpResponse:
    row = queries.matches_visible_to(request.actor).get(pk=match_id)
    keep = ANSWERS.get(request.POST.get("answer", ""))
    if keep is None or row.referral_id is None:
        raise Http404
    form = AnswerForm(request.POST)
    if form.is_valid():
        with drafts.refusals_in(form):
            kept = keep(
                match_id, said=form.cleaned_data["said"], by=request.actor, at=timezone.now()
            )
            _say(request, kept)
            return redirect("web:match", referral_id=row.referral_id)
    return _page(request, row.referral_id, answer=form)


def _say(request: StaffRequest, kept: Any) -> None:
    if kept.status == MatchStatus.ACCEPTED:
        undo = reverse("web:match_take_back", args=[kept.pk])
        messages.success(request, _("They are matched. Now tell both."), extra_tags=undo)
    elif kept.status == MatchStatus.DECLINED:
        messages.success(request, _("Their words are kept. Here is who else could walk along."))
    else:
        messages.success(request, _("Their words are kept. There is time."))


@require_POST
@requires(Permission.MATCH_WRITE)
def told(request: StaffRequest, match_id: UUID) -> HttpResponse:
    form = ToldForm(request.POST)
    who = request.POST.get("who", "")
    if who == "participant" and form.is_valid():
        words = form.cleaned_data["words"]
        row = actions.tell_participant(match_id, words=words, by=request.actor, at=timezone.now())
    elif who == "supporter":
        row = actions.tell_supporter(match_id, by=request.actor, at=timezone.now())
    else:
        raise Http404
    return redirect(_home(row))


@requires(Permission.MATCH_WRITE)
def end(request: StaffRequest, match_id: UUID) -> HttpResponse:
    row = queries.matches_visible_to(request.actor).get(pk=match_id)
    open_record(row.participant_id, by=request.actor, at=timezone.now())
    form = EndForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            end_match_and_call_off(
                match_id, **form.cleaned_data, by=request.actor, at=timezone.now()
            )
            messages.success(request, _("The match has ended. The record stays with them."))
            return redirect(_home(row))
    planned = planned_with(
        request.actor, participant_id=row.participant_id, supporter_id=row.supporter_id
    )
    page = {
        "nav": "desk",
        "match": row,
        "form": form,
        "home": _home(row),
        "planned": planned.count(),
    }
    return drafts.show(request, "web/matches/end.html", page)


@require_POST
@requires(Permission.MATCH_WRITE)
def take_back(request: StaffRequest, match_id: UUID) -> HttpResponse:
    row = queries.matches_visible_to(request.actor).get(pk=match_id)
    try:
        actions.take_back_match(match_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=_home(row))
    messages.success(request, _("Taken back."))
    return redirect(_home(row))


def _home(row: Any) -> str:
    """The match's place at the desk; a relationship older than the desk leads to the person."""
    if row.referral_id is not None:
        return reverse("web:match", args=[row.referral_id])
    return reverse("web:participant", args=[row.participant_id])
