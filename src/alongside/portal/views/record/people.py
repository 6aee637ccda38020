"""The people around the participant, and what may be told to whom: to read, and to take back."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.accounts.codes import Permission
from alongside.consents.actions import revoke_consent
from alongside.consents.codes import ConsentStatus, RevokedHow
from alongside.consents.queries import consents_of, consents_visible_to, facts_of
from alongside.consents.rules import Revoking, papers, standing
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refused
from alongside.people.queries import care_team, own_record
from alongside.portal import unsent
from alongside.portal.access import PortalRequest, requires
from alongside.portal.forms.record import WrongForm
from alongside.portal.views.papers import handed
from alongside.portal.words import on_day, said, told, whom
from alongside.practice.consents import (
    ConsentKind,
    code_of,
    from_data,
    kind_of,
    reading,
    tongue,
)
from alongside.practice.retention import Asked
from alongside.retention import actions as retention
from alongside.retention.codes import AskedBy
from alongside.retention.queries.requests import requests_of
from alongside.retention.rules.requests import NewRequest

READ, WRITE = Permission.OWN_READ, Permission.OWN_WRITE
SIGNED = (ConsentStatus.SIGNED, ConsentStatus.ENDED, ConsentStatus.REVOKED)
MOST = 200


@require_GET
@requires(READ)
@leaves(Leaving.OWN_COPY)
def own_people(request: PortalRequest) -> HttpResponse:
    return _people(request, WrongForm(initial={"request_id": new_id()}))


def _people(request: PortalRequest, form: WrongForm, *, status: int = 200) -> HttpResponse:
    person = own_record(request.actor)
    asked = requests_of(request.actor, participant_id=person.pk)
    page = {
        "nav": "people",
        "members": care_team(request.actor, participant_id=person.pk).filter(until=None),
        "form": unsent.picked_up(request, form, key="own_people_wrong"),
        "asked": asked.filter(how=AskedBy.OWN_PAGES)[:MOST],
    }
    return render(request, "portal/mine/record/people.html", page, status=status)


@require_POST
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def own_people_wrong(request: PortalRequest) -> HttpResponse:
    """Something in the record is wrong. It waits with the privacy officer until it is answered."""
    form = WrongForm(request.POST)
    if form.is_valid():
        now, actor = timezone.now(), request.actor
        new = NewRequest(
            Asked.CORRECT,
            form.cleaned_data["words"],
            local_date(now, actor.time_zone),
            AskedBy.OWN_PAGES,
        )
        try:
            made = retention.ask_for_record(
                own_record(actor).pk,
                new,
                request_id=form.cleaned_data["request_id"],
                by=actor,
                at=now,
            )
        except Refused as refused:
            form.add_error(refused.refusal.field or None, said(refused.refusal))
        else:
            unsent.over(request, key="own_people_wrong")
            undo = reverse("portal:own_wrong_back", args=[made.pk])
            text = _("Sent. You read the answer here.")
            messages.success(request, text, extra_tags=undo)
            return redirect("portal:own_people")
    return _people(request, form, status=422)


@require_POST
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def own_wrong_back(request: PortalRequest, request_id: UUID) -> HttpResponse:
    try:
        retention.withdraw_request(request_id, by=request.actor, at=timezone.now())
        messages.success(request, _("Taken back."))
    except Refused as refused:
        messages.warning(request, said(refused.refusal))
    return redirect("portal:own_people")


@dataclass(frozen=True)
class Shown:
    """A consent on a page: what it is called, whether it holds, and its own text. ``other``: the
    same in the language of the page, which is ``called`` so, where it was signed in another one."""

    row: Any
    name: str
    state: str
    sentence: Any
    text: Any = None
    other: Any = None
    called: str = ""

    @property
    def open_to(self) -> list[Any]:
        return [one for one in self.row.recipients.all() if one.revoked_at is None]

    @property
    def named(self) -> list[Any]:
        """Who may hear it; where it was taken back whole, who could until then."""
        everyone = self.row.recipients.all()
        return self.open_to or [one for one in everyone if one.revoked_at == self.row.revoked_at]

    @property
    def taken_back(self) -> tuple[Any, ...]:
        return papers.taken_back(self.row.recipients.all(), whole_at=self.row.revoked_at)


def _shown(request: PortalRequest, row: Any, *, with_text: bool = False) -> Shown:
    on = local_date(timezone.now(), request.actor.time_zone)
    facts = facts_of(row)
    state, sentence = standing(ConsentStatus(row.status), facts, on=on)
    kind = kind_of(row.version, ConsentKind(row.kind))
    text = from_data(row.text or {}) if with_text else None
    for who in row.recipients.all():
        who.name = whom(who.name)  # as it is shown; nothing here is saved
    here = tongue(translation.get_language() or "")
    other = text and text.language != here.code and reading(facts, language=here.code)
    name = kind.name if kind else ""
    return Shown(row, name, state.value, sentence, text, other or None, here.name)


@require_GET
@requires(READ)
@leaves(Leaving.OWN_COPY)
def own_consents(request: PortalRequest) -> HttpResponse:
    person = own_record(request.actor)
    rows = consents_of(request.actor, participant_id=person.pk).filter(status__in=SIGNED)
    found = [_shown(request, row) for row in rows[:MOST]]
    page = {
        "nav": "consents",
        "in_force": [one for one in found if one.state == "in-force"],
        "over": [one for one in found if one.state != "in-force"],
    }
    return render(request, "portal/mine/record/consents.html", page)


def _consent(request: PortalRequest, consent_id: UUID) -> Shown:
    rows = consents_visible_to(request.actor).filter(participant__user_id=request.actor.id)
    return _shown(request, rows.filter(status__in=SIGNED).get(pk=consent_id), with_text=True)


@require_GET
@requires(READ)
@leaves(Leaving.OWN_COPY)
def own_consent(request: PortalRequest, consent_id: UUID) -> HttpResponse:
    """What was signed, word for word, and who may hear it."""
    page = {"nav": "consents", "one": _consent(request, consent_id)}
    return render(request, "portal/mine/record/consent.html", page)


@require_GET
@requires(READ)
@leaves(Leaving.OWN_COPY)
def own_consent_print(request: PortalRequest, consent_id: UUID) -> HttpResponse:
    """Their copy of what was signed, with its code, and for whom it was taken back."""
    one = _consent(request, consent_id)
    page = {"nav": "consents", "one": one, "foot": code_of(one.row.text_hash)}
    return render(request, "portal/mine/record/consent_print.html", page)


@require_GET
@requires(READ)
@leaves(Leaving.OWN_COPY)
def own_consent_paper(request: PortalRequest, consent_id: UUID) -> HttpResponse:
    """The same as a tagged PDF."""
    one = _consent(request, consent_id)
    row = one.row
    language = one.text.language
    sheet = papers.Sheet(
        request.actor.agency_name,
        one.text.title or one.name,
        one.text,
        one.sentence,
        code_of(row.text_hash),
        papers.Signature(row.signer_name, row.signed_on, row.signer_relationship),
        one.taken_back,
    )
    how = papers.Tongue(told, on_day)
    with translation.override(language):
        # What was signed, in the language in which it was signed, whatever the page speaks.
        return handed("record", papers.consent_paper(sheet, how), "consent")


@require_http_methods(["GET", "POST"])
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def own_consent_back(request: PortalRequest, consent_id: UUID) -> HttpResponse:
    """Take it back, for all or for one. From the next moment on nothing is told by it."""
    one = _consent(request, consent_id)
    there, typed = unsent.waiting(request)
    page: dict[str, Any] = {"nav": "consents", "one": one, "unsent": there}
    if request.method != "POST":
        chosen = request.GET.get("who") or typed.get("who", "")
        page |= {"chosen": chosen, "words": typed.get("words", "")}
        return render(request, "portal/mine/record/consent_back.html", page)
    who = next((r for r in one.open_to if str(r.pk) == request.POST.get("who")), None)
    page["words"] = request.POST.get("words", "")
    try:
        if who is None and request.POST.get("who") != "all":
            page["error"] = _("Choose who may not hear it any more.")
            return render(request, "portal/mine/record/consent_back.html", page, status=422)
        revoke_consent(
            consent_id,
            Revoking(RevokedHow.WRITTEN, request.POST.get("words", "")[:1000]),
            by=request.actor,
            at=timezone.now(),
            recipient_id=who.pk if who else None,
        )
    except Refused as refused:
        page["error"] = said(refused.refusal)
        return render(request, "portal/mine/record/consent_back.html", page, status=422)
    unsent.over(request)
    messages.success(request, _("Taken back. Nothing is told by it from now on."))
    return redirect("portal:own_consent", consent_id)
