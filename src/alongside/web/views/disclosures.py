"""What was told to someone outside: looked at, told, written down, taken back."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.accounts.codes import Permission
from alongside.consents import actions, queries
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refused
from alongside.papers import pdf
from alongside.practice.disclosure import (
    BY_HAND,
    Basis,
    Ground,
    Leave,
    book,
    ground,
    in_words,
    proposal,
)
from alongside.retention.queries import held_back
from alongside.web import drafts, tellings
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.disclosures import DisclosureForm, ReasonForm, WhichDayForm, begun
from alongside.web.noteforms import uuid_or_none
from alongside.web.templatetags.words import say
from alongside.web.views.shared import refuse

PAGE = 50


@require_GET
@requires(Permission.DISCLOSURE_WRITE)
def disclosures(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    """All that left the agency about one person, newest first."""
    person = drafts.the_person(request, participant_id)
    after = uuid_or_none(request.GET.get("after"))
    rows, key = queries.disclosure_page(
        request.actor, participant_id=participant_id, after=after, limit=PAGE
    )
    zone = request.actor.time_zone
    page = {
        "nav": "people",
        "person": person,
        "lines": [line(row, zone) for row in rows],
        "next": f"?after={key}" if key else "",
        "earlier": after is not None,
    }
    return render(request, "web/disclosures/disclosures.html", page)


def line(row: Any, zone: str) -> dict[str, Any]:
    """One disclosure in words."""
    return {
        "row": row,
        "when": tellings.when(row.told_at, row.last_at, row.times, zone),
        "to_whom": tellings.to_whom(row),
        "told": tellings.told(row),
        "why": tellings.why(row),
        "way": tellings.way(row),
    }


@require_http_methods(["GET", "POST"])
@requires(Permission.DISCLOSURE_WRITE, fresh=True)
def disclosure_new(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    """First the ground and, under a consent, whom it names; then what is told."""
    person = drafts.the_person(request, participant_id)
    asked = request.POST if request.method == "POST" else request.GET
    basis = asked.get("ground", "")
    if basis not in set(Basis):
        return render(request, "web/disclosures/grounds.html", _grounds(request, person))
    found = ground(Basis(basis))
    recipient_id = uuid_or_none(asked.get("to"))
    leave = _leave(request, participant_id, recipient_id) if basis == Basis.CONSENT else None
    if request.method == "GET":
        if leave is not None and not proposal([leave], purpose=None, on=_day(request)):
            raise Http404
        return _paper(request, person, _first(request, found, leave), recipient_id)
    form = DisclosureForm(request.POST, ground=found, leave=leave)
    if form.is_valid():
        wanted = form.wanted(
            participant_id, recipient_id=recipient_id, zone=request.actor.time_zone
        )
        try:
            row = actions.disclose(wanted, by=request.actor, at=timezone.now())
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            messages.success(request, _("Written down."))
            return redirect("web:disclosure", row.pk)
    return _paper(request, person, form, recipient_id)


def _grounds(request: StaffRequest, person: Any) -> dict[str, Any]:
    """Whom a consent named on the day it was told, today until one says another, and the other
    grounds that are open to this person."""
    on = _day(request)
    named = queries.recipients_once_in_force(request.actor, participant_id=person.pk)
    return {
        "nav": "people",
        "person": person,
        "named": list(_named(named, on)),
        "grounds": list(_open_grounds(request, person.pk)),
        "why_protected": queries.why_part_two_applies(
            request.actor, participant_id=person.pk, on=_today(request)
        ),
        "held_back": held_back(request.actor, participant_id=person.pk),
        "on": on,
        "earlier": on != _today(request),
        "then": f"&on={on}" if on != _today(request) else "",
        "day_form": WhichDayForm({"on": on}),
    }


def _today(request: StaffRequest) -> date:
    return local_date(timezone.now(), request.actor.time_zone)


def _day(request: StaffRequest) -> date:
    """On which day it was told: a consent is judged by that day, not by the one of writing."""
    today = _today(request)
    form = WhichDayForm(request.GET)
    return min(form.cleaned_data["on"], today) if form.is_valid() else today


def _named(found: Iterable[tuple[Any, Leave]], on: Any) -> Iterable[dict[str, Any]]:
    """Whoever two consents name says by which of them."""
    found = list(found)
    names = Counter((row.name, row.organization) for row, _leave in found)
    for row, leave in found:
        least = proposal([leave], purpose=None, on=on)
        if least:
            twice = names[row.name, row.organization] > 1
            signed_on = leave.consent.signed_on if twice else None
            yield {"row": row, "least": in_words(least), "signed_on": signed_on}


def _open_grounds(request: StaffRequest, participant_id: UUID) -> Iterable[Ground]:
    protected = queries.part_two_applies(
        request.actor, participant_id=participant_id, on=_today(request)
    )
    officer = request.actor.may(Permission.PRIVACY_MANAGE)
    for one in book().grounds.values():
        if one.code is Basis.CONSENT or (one.privacy and not officer):
            continue
        if not (one.without_part_2 and protected):
            yield one


def _leave(request: StaffRequest, participant_id: UUID, recipient_id: UUID | None) -> Leave:
    """The day stands in the form; whether it held then, the gate says."""
    found = queries.recipients_once_in_force(request.actor, participant_id=participant_id)
    leave = next((leave for row, leave in found if row.pk == recipient_id), None)
    if leave is None:
        raise Http404
    return leave


def _first(request: StaffRequest, found: Ground, leave: Leave | None) -> DisclosureForm:
    now, zone = timezone.now(), request.actor.time_zone
    initial = begun(new_id(), now=now, zone=zone)
    if _day(request) != _today(request):
        initial = {**initial, "on": _day(request), "clock": None}
    return DisclosureForm(initial=initial, ground=found, leave=leave)


def _paper(
    request: StaffRequest, person: Any, form: DisclosureForm, recipient_id: UUID | None
) -> HttpResponse:
    page = {
        "person": person,
        "form": form,
        "ground": form.ground,
        "leave": form.leave,
        "to": recipient_id,
        "needed": _needed(form),
        "facts": [form[code] for code in form.ground.facts],
        "held_back": held_back(request.actor, participant_id=person.pk),
    }
    return drafts.show(request, "web/disclosures/form.html", page)


def _needed(form: DisclosureForm) -> str:
    """What is both consented to and of use for the purpose: at most that, without a reason."""
    if form.leave is None or form.leave.consent.signed_on is None:
        return ""
    return in_words(proposal([form.leave], purpose=None, on=form.leave.consent.signed_on))


@require_GET
@requires(Permission.DISCLOSURE_WRITE)
def disclosure(request: StaffRequest, disclosure_id: UUID) -> HttpResponse:
    """One line in full, and the words that go along with it."""
    row = queries.disclosure(request.actor, disclosure_id=disclosure_id)
    drafts.the_person(request, row.participant_id)
    return _show(request, row, ReasonForm())


def _show(request: StaffRequest, row: Any, form: ReasonForm) -> HttpResponse:
    request.about = row.participant_id
    page = {
        "row": row,
        "line": line(row, request.actor.time_zone),
        "facts": tellings.facts(row),
        "along": row.travels(),
        "form": form,
        "person": row.participant,
        "by_hand": row.way in BY_HAND,
    }
    return drafts.show(request, "web/disclosures/disclosure.html", page)


@require_GET
@requires(Permission.DISCLOSURE_WRITE)
@leaves(Leaving.GATE)
def disclosure_paper(request: StaffRequest, disclosure_id: UUID) -> HttpResponse:
    """The sheet that goes along: what is told, the notice, the scope of the consent. It was told
    already when it was written down; this is the same once more."""
    row = queries.disclosure(request.actor, disclosure_id=disclosure_id)
    if row.withdrawn_at is not None:
        raise Http404
    drafts.the_person(request, row.participant_id)
    return paper("update", _letter(request, row), name="notice")


def _letter(request: StaffRequest, row: Any) -> dict[str, object]:
    zone = request.actor.time_zone
    said: list[dict[str, object]] = [{"kind": "text", "text": tellings.told(row)}]
    found = row.travels()
    return {
        "title": _("What we told you"),
        "agency": request.actor.agency_name,
        "subject": row.participant.name,
        "to": [part for part in (row.name, row.organization, row.address) if part],
        "from": [request.actor.agency_name, tellings.moment(row.told_at, zone)],
        "sections": [{"title": _("What is told"), "parts": said}],
        "notice": tellings.notice_of(row),
        "foot": found.words if found else "",
        "page": _("Page {n} of {m}"),
    }


def paper(kind: str, data: dict[str, object], *, name: str) -> HttpResponse:
    """A PDF under a name that says nothing of anybody."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return HttpResponse(pdf(kind, data), content_type="application/pdf", headers=headers)


@require_POST
@requires(Permission.DISCLOSURE_WRITE)
def disclosure_withdraw(request: StaffRequest, disclosure_id: UUID) -> HttpResponse:
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            actions.withdraw_disclosure(
                disclosure_id,
                reason=form.cleaned_data["reason"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            undo = reverse("web:disclosure_restore", args=[disclosure_id])
            messages.success(request, _("Taken back. It stays here, and says so."), undo)
            return redirect("web:disclosure", disclosure_id)
    row = queries.disclosure(request.actor, disclosure_id=disclosure_id)
    return _show(request, row, form)


@require_POST
@requires(Permission.DISCLOSURE_WRITE)
def disclosure_restore(request: StaffRequest, disclosure_id: UUID) -> HttpResponse:
    to = reverse("web:disclosure", args=[disclosure_id])
    try:
        actions.restore_disclosure(disclosure_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        messages.warning(request, say(refused.refusal))
    else:
        messages.success(request, _("It counts again."))
    return redirect(to)
