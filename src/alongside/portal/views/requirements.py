"""What others ask of me: the same list my supporter sees, the next thing first (PSP-7)."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.accounts.codes import Permission
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refused
from alongside.papers import pdf
from alongside.people.queries import care_team, own_record
from alongside.plans.actions import evidence, requirements
from alongside.plans.codes import RequirementState
from alongside.plans.queries import requirements as queries
from alongside.plans.rules import required_paper
from alongside.portal import unsent
from alongside.portal.access import PortalRequest, requires
from alongside.portal.forms.requirements import MORE, AskedForm, AskForm, DidForm
from alongside.portal.sending import hand_out, refuse, sent_file
from alongside.portal.words import said, told
from alongside.practice.codes import CareTeamRole

READ, WRITE = Permission.OWN_READ, Permission.OWN_WRITE


def today(request: PortalRequest) -> date:
    return local_date(timezone.now(), request.actor.time_zone)


def _home(requirement_id: UUID) -> str:
    return reverse("portal:mine_requirement", args=[requirement_id])


def _one(request: PortalRequest, requirement_id: UUID) -> Any:
    me = own_record(request.actor)
    return queries.one(
        request.actor,
        participant_id=me.pk,
        requirement_id=requirement_id,
        today=today(request),
    )


def _list(request: PortalRequest) -> dict[str, Any]:
    me = own_record(request.actor)
    lines = queries.listed(request.actor, participant_id=me.pk, today=today(request))
    return {
        "nav": "required",
        "person": me,
        "lines": [line for line in lines if line.is_open],
        "over": [line for line in lines if not line.is_open],
    }


@require_GET
@requires(READ)
@leaves(Leaving.OWN_COPY)
def required(request: PortalRequest) -> HttpResponse:
    return render(request, "portal/mine/required/list.html", _list(request))


@require_GET
@requires(READ)
@leaves(Leaving.OWN_COPY)
def required_print(request: PortalRequest) -> HttpResponse:
    return render(request, "portal/mine/required/print.html", _list(request))


@require_POST
@requires(READ)
@leaves(Leaving.OWN_COPY)
def required_paper_pdf(request: PortalRequest) -> HttpResponse:
    page = _list(request)
    data: dict[str, object] = {
        "title": _("What is asked of me"),
        "agency": request.actor.agency_name,
        "subject": page["person"].name,
        "lines": [_(required_paper.HELPS)],
        "sections": required_paper.sections(queries.as_paper(page["lines"] + page["over"]), told),
        "foot": _("Private: this belongs to the person named on it."),
        "page": _("Page {n} of {m}"),
    }
    headers = {"Content-Disposition": 'attachment; filename="list.pdf"'}
    return HttpResponse(
        pdf("record", data, language=get_language() or "en"),
        content_type="application/pdf",
        headers=headers,
    )


@require_http_methods(["GET", "POST"])
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def required_new(request: PortalRequest) -> HttpResponse:
    me = own_record(request.actor)
    first = {"requirement_id": new_id()}
    blank = AskedForm(request.POST or None, initial=first, around=_around(request, me.pk))
    form = unsent.picked_up(request, blank)
    if request.method == "POST" and form.is_valid():
        try:
            requirements.add_requirement(
                me.pk,
                form.requirement(),
                requirement_id=form.cleaned_data["requirement_id"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            unsent.over(request)
            messages.success(request, _("It is on your list."))
            return redirect("portal:mine_required")
    return _show(request, "form", {"form": form})


@require_http_methods(["GET", "POST"])
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def requirement_change(request: PortalRequest, requirement_id: UUID) -> HttpResponse:
    row = _one(request, requirement_id).row
    fields = ("words", "set_by", "due_on", "rhythm", "what_counts", "revision", *MORE)
    named = {str(one.member_id): one.member.name for one in row.people.all()}
    known = {name: getattr(row, name) for name in fields} | {"people": list(named)}
    around = _around(request, row.participant_id, named)
    blank = AskedForm(request.POST or None, initial=known, around=around)
    form = unsent.picked_up(request, blank)
    if request.method == "POST" and form.is_valid():
        try:
            requirements.correct_requirement(
                requirement_id,
                form.requirement(),
                why=form.cleaned_data["why"],
                revision=form.cleaned_data["revision"] or 0,
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            unsent.over(request)
            messages.success(request, _("Changed."))
            return redirect(_home(requirement_id))
    return _show(request, "form", {"form": form, "row": row})


def _around(
    request: PortalRequest, person_id: UUID, named: Mapping[str, str] | None = None
) -> list[tuple[str, str]]:
    """Whom to ask: who is around them now but their supporter, who asks along; and whoever stands
    there already."""
    team = care_team(request.actor, participant_id=person_id).filter(until=None)
    others = team.exclude(role=CareTeamRole.SUPPORTER)
    return list(({str(one.pk): one.name for one in others} | dict(named or {})).items())


def _show(request: PortalRequest, name: str, page: dict[str, Any]) -> HttpResponse:
    form = page["form"]
    status = 422 if form.is_bound and form.errors else 200
    page = {"nav": "required", **page}
    return render(request, f"portal/mine/required/{name}.html", page, status=status)


@require_GET
@requires(READ)
@leaves(Leaving.OWN_COPY)
def requirement(request: PortalRequest, requirement_id: UUID) -> HttpResponse:
    return _one_page(request, requirement_id, AskForm(initial={"question_id": new_id()}))


def _asking(requirement_id: UUID) -> str:
    return unsent.key_of("mine_requirement_ask", requirement_id)


def _one_page(request: PortalRequest, requirement_id: UUID, ask: AskForm) -> HttpResponse:
    line = _one(request, requirement_id)
    unsent.picked_up(request, ask, key=_asking(requirement_id))
    page = {
        "line": line,
        "row": line.row,
        "changes": list(queries.history(request.actor, requirement_id=requirement_id)),
        "form": ask,
        "stands": line.row.voided_at is None,
        "may_change": line.row.voided_at is None and line.row.theirs,
    }
    return _show(request, "one", page)


@require_http_methods(["GET", "POST"])
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def requirement_did(request: PortalRequest, requirement_id: UUID) -> HttpResponse:
    """I did this: in words, or with a photo of the paper."""
    line = _one(request, requirement_id)
    form = DidForm(
        request.POST or None,
        request.FILES or None,
        initial={"on": today(request), "times": 1, "evidence_id": new_id()},
        counts=line.row.how_many is not None,
    )
    form = unsent.picked_up(request, form)
    if request.method == "POST" and form.is_valid():
        try:
            evidence.add_evidence(
                requirement_id,
                form.evidence(),
                evidence_id=form.cleaned_data["evidence_id"],
                file=sent_file(request),
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            unsent.over(request)
            messages.success(request, _("Good. Your supporter sees it too."))
            return redirect(_home(requirement_id))
    again = form.is_bound and bool(request.FILES)
    return _show(request, "did", {"form": form, "line": line, "again": again})


@require_POST
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def requirement_state(request: PortalRequest, requirement_id: UUID) -> HttpResponse:
    """Begun, or not done after all."""
    line = _one(request, requirement_id)
    to = request.POST.get("to", "")
    if to in set(RequirementState):
        try:
            requirements.move_requirement(
                requirement_id,
                RequirementState(to),
                revision=line.row.revision,
                by=request.actor,
                at=timezone.now(),
            )
            messages.success(request, _("Kept."))
        except Refused as refused:
            messages.warning(request, said(refused.refusal))
    return redirect(_home(requirement_id))


@require_POST
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def requirement_away(request: PortalRequest, requirement_id: UUID) -> HttpResponse:
    line = _one(request, requirement_id)
    try:
        requirements.take_back_requirement(
            requirement_id, revision=line.row.revision, by=request.actor, at=timezone.now()
        )
    except Refused as refused:
        messages.warning(request, said(refused.refusal))
        return redirect(_home(requirement_id))
    undo = reverse("portal:mine_requirement_again", args=[requirement_id])
    messages.success(request, _("Taken off your list."), extra_tags=undo)
    return redirect("portal:mine_required")


@require_POST
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def requirement_again(request: PortalRequest, requirement_id: UUID) -> HttpResponse:
    _one(request, requirement_id)
    try:
        requirements.put_back_requirement(requirement_id, by=request.actor, at=timezone.now())
        messages.success(request, _("It is on your list again."))
    except Refused as refused:
        messages.warning(request, said(refused.refusal))
    return redirect(_home(requirement_id))


@require_GET
@requires(READ)
@leaves(Leaving.OWN_COPY)
def evidence_file(request: PortalRequest, requirement_id: UUID, evidence_id: UUID) -> HttpResponse:
    me = own_record(request.actor)
    file = queries.file_of(request.actor, participant_id=me.pk, evidence_id=evidence_id)
    return hand_out(request, file, back=_home(requirement_id))


@require_POST
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def evidence_away(request: PortalRequest, requirement_id: UUID, evidence_id: UUID) -> HttpResponse:
    undo = reverse("portal:mine_evidence_again", args=[requirement_id, evidence_id])
    return _turn(request, requirement_id, evidence_id, undo=undo)


@require_POST
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def evidence_again(request: PortalRequest, requirement_id: UUID, evidence_id: UUID) -> HttpResponse:
    return _turn(request, requirement_id, evidence_id)


def _turn(
    request: PortalRequest, requirement_id: UUID, evidence_id: UUID, *, undo: str = ""
) -> HttpResponse:
    queries.evidence_visible_to(request.actor).get(pk=evidence_id, requirement_id=requirement_id)
    action = evidence.take_back_evidence if undo else evidence.put_back_evidence
    try:
        action(evidence_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        messages.warning(request, said(refused.refusal))
    else:
        messages.success(request, _("Taken back.") if undo else _("It is back."), extra_tags=undo)
    return redirect(_home(requirement_id))


@require_POST
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def requirement_ask(request: PortalRequest, requirement_id: UUID) -> HttpResponse:
    _one(request, requirement_id)
    form = AskForm(request.POST)
    if form.is_valid():
        try:
            evidence.ask_about(
                requirement_id,
                form.cleaned_data["words"],
                question_id=form.cleaned_data["question_id"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            unsent.over(request, key=_asking(requirement_id))
            messages.success(request, _("Asked. You will see the answer here."))
            return redirect(_home(requirement_id))
    return _one_page(request, requirement_id, form)


@require_POST
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def question_away(request: PortalRequest, requirement_id: UUID, question_id: UUID) -> HttpResponse:
    seen = queries.questions_visible_to(request.actor)
    seen.get(pk=question_id, requirement_id=requirement_id)
    try:
        evidence.take_back_question(question_id, by=request.actor, at=timezone.now())
        undo = reverse("portal:mine_question_again", args=[requirement_id, question_id])
        messages.success(request, _("Taken back."), extra_tags=undo)
    except Refused as refused:
        messages.warning(request, said(refused.refusal))
    return redirect(_home(requirement_id))


@require_POST
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def question_again(request: PortalRequest, requirement_id: UUID, question_id: UUID) -> HttpResponse:
    seen = queries.questions_ever(request.actor)
    seen.get(pk=question_id, requirement_id=requirement_id)
    try:
        evidence.put_back_question(question_id, by=request.actor, at=timezone.now())
        messages.success(request, _("Your question is back."))
    except Refused as refused:
        messages.warning(request, said(refused.refusal))
    return redirect(_home(requirement_id))
