"""What a supporter knows and can do: two views side by side, what shows it, and the sign-off."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.accounts.codes import Permission
from alongside.core.ids import new_id
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refused
from alongside.practice import catalog
from alongside.practice.growth.codes import COMPETENCIES, Whose
from alongside.web import drafts
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.growth import ViewForm
from alongside.web.views.growing.shared import (
    SEES_GROWTH,
    THE_TWO,
    Grower,
    checked_file,
    grower,
    hand_out,
    home,
)
from alongside.web.views.referrals import posted
from alongside.workforce import actions, queries


@require_GET
@requires(*SEES_GROWTH)
def competencies(request: StaffRequest, supporter_id: UUID) -> HttpResponse:
    who = grower(request, supporter_id)
    return render(request, "web/growth/competencies.html", who.page(**lists(request, supporter_id)))


def lists(request: StaffRequest, supporter_id: UUID) -> dict[str, Any]:
    """Both lists, and how many are signed off."""
    found = queries.competencies(request.actor, supporter_id=supporter_id)
    return {
        "knowledge": [one for one in found if one.kind == "knowledge_area"],
        "skills": [one for one in found if one.kind == "skill"],
        "signed": sum(one.signed for one in found),
        "all": len(found),
    }


@requires(*SEES_GROWTH)
def competency(request: StaffRequest, supporter_id: UUID) -> HttpResponse:
    """One of them, by its number in the list: an address says nothing of what it is."""
    who = grower(request, supporter_id)
    number = _number(request.GET.get("n", "1"))
    one = queries.competencies(request.actor, supporter_id=supporter_id)[number - 1]
    whose = Whose.SELF if who.relation.mine else Whose.SUPERVISOR
    before = one.own if who.relation.mine else one.supervisors
    start = {"made_id": new_id()} | ({"word": before.word} if before else {})
    form = ViewForm(posted(request), request.FILES or None, initial=start)
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            file = checked_file(request)
            actions.say_view(
                supporter_id,
                form.view(one.code, whose),
                by=request.actor,
                at=timezone.now(),
                view_id=form.cleaned_data["made_id"],
                file=file,
            )
            messages.success(request, _("Kept. What you said before stays readable."))
            return redirect(_address(supporter_id, number))
    page = who.page(form=form, again=bool(request.FILES), **_one(request, who, one))
    return drafts.show(request, "web/growth/competency.html", page)


def _one(request: StaffRequest, who: Grower, one: Any) -> dict[str, Any]:
    ids = {"supporter_id": who.row.pk, "competency": one.code}
    return {
        "one": one,
        "term": catalog.term(one.kind, one.code),
        "history": queries.views_of(request.actor, **ids),
        "sign_offs": queries.sign_offs_of(request.actor, **ids),
        "says": who.relation.mine or who.relation.supervises,
        "next": one.number + 1 if one.number < len(COMPETENCIES) else None,
    }


@require_POST
@requires(Permission.SUPERVISION_WRITE)
def sign(request: StaffRequest, supporter_id: UUID) -> HttpResponse:
    grower(request, supporter_id)
    number = _number(request.POST.get("n", "1"))
    back = _address(supporter_id, number)
    try:
        actions.sign_off(
            supporter_id,
            COMPETENCIES[number - 1],
            words=request.POST.get("words", "")[:2000],
            by=request.actor,
            at=timezone.now(),
        )
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=back)
    messages.success(request, _("Signed off, with today's date."))
    return redirect(back)


@require_POST
@requires(Permission.SUPERVISION_WRITE)
def unsign(request: StaffRequest, supporter_id: UUID) -> HttpResponse:
    grower(request, supporter_id)
    number = _number(request.POST.get("n", "1"))
    back = _address(supporter_id, number)
    code = COMPETENCIES[number - 1]
    try:
        actions.take_back_sign_off(supporter_id, code, by=request.actor, at=timezone.now())
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=back)
    messages.success(request, _("Taken back. It stays in the history."))
    return redirect(back)


@require_GET
@requires(*SEES_GROWTH)
@leaves(Leaving.INSIDE)
def file(request: StaffRequest, supporter_id: UUID, view_id: UUID) -> HttpResponse:
    row = queries.view_with_file(request.actor, supporter_id=supporter_id, view_id=view_id)
    return hand_out(request, row.file, back=home("competencies", supporter_id))


@require_POST
@requires(*THE_TWO)
def file_remove(request: StaffRequest, supporter_id: UUID, view_id: UUID) -> HttpResponse:
    row = queries.view_with_file(request.actor, supporter_id=supporter_id, view_id=view_id)
    said = _("The file is gone from here. For 30 days it can be put back.")
    undo = reverse("web:competency_file_restore", args=[supporter_id, view_id])
    return _with_file(request, actions.remove_view_file, row, said, undo)


@require_POST
@requires(*THE_TWO)
def file_restore(request: StaffRequest, supporter_id: UUID, view_id: UUID) -> HttpResponse:
    row = queries.view_with_file(
        request.actor, supporter_id=supporter_id, view_id=view_id, removed=True
    )
    return _with_file(request, actions.put_back_view_file, row, _("The file is back."))


def _with_file(
    request: StaffRequest, action: Any, row: Any, said: str, undo: str = ""
) -> HttpResponse:
    back = _address(row.supporter_id, COMPETENCIES.index(row.competency) + 1)
    try:
        action(row.supporter_id, row.pk, by=request.actor, at=timezone.now())
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=back)
    messages.success(request, said, extra_tags=undo)
    return redirect(back)


def _address(supporter_id: UUID, number: int) -> str:
    return f"{home('competency', supporter_id)}?n={number}"


def _number(text: str) -> int:
    if text.isascii() and text.isdecimal() and 1 <= int(text[:4]) <= len(COMPETENCIES):
        return int(text[:4])
    raise Http404
