"""Records whose time is over: what is due, proposed by one person, confirmed by another."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from alongside.accounts.codes import Permission
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refused
from alongside.people.queries import participants_visible_to
from alongside.practice.retention import SINCE_WORDS, Since, rules_on
from alongside.retention import actions, queries
from alongside.retention.codes import DisposalStatus
from alongside.retention.queries.reach import whole_person
from alongside.retention.rules.parts import name_of
from alongside.web.access import StaffRequest, requires
from alongside.web.noteforms import uuid_or_none
from alongside.web.sheets import sheet
from alongside.web.templatetags.words import say

HEAD = (
    "disposal",
    "record",
    "stands",
    "proposed on",
    "proposed by",
    "done on",
    "done by",
    "rows",
    "files",
    "rules: years, counted from",
)
BOTH = (Permission.PRIVACY_MANAGE, Permission.DISPOSAL_CONFIRM)
STATUS_WORDS = {
    DisposalStatus.PROPOSED: gettext_lazy("Waits for a second person"),
    DisposalStatus.TAKEN_BACK: gettext_lazy("Taken back"),
    DisposalStatus.DONE: gettext_lazy("Gone"),
}


@require_GET
@requires(Permission.PRIVACY_MANAGE)
def due(request: StaffRequest) -> HttpResponse:
    after = uuid_or_none(request.GET.get("after"))
    on = local_date(timezone.now(), request.actor.time_zone)
    found, key = queries.due_records(request.actor, on=on, after=after)
    page = {"nav": "more", "found": found, "next": f"?after={key}" if key else ""}
    return render(request, "web/records/due.html", page)


@require_GET
@requires(Permission.PRIVACY_MANAGE)
def due_record(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    """Why it may go, or why not; what would go, and what stays."""
    actor = request.actor
    person = actions.open_kept(participant_id, by=actor, at=timezone.now())
    on = local_date(timezone.now(), actor.time_zone)
    mine = queries.disposals_visible_to(actor).filter(participant_id=participant_id)
    page = {
        "nav": "more",
        "person": person,
        "standing": queries.standing_of(actor, participant_id=participant_id, on=on),
        "counts": _counted(queries.counts_of(actor, participant_id=participant_id)),
        "also": len(whole_person(actor, participant_id=participant_id)) - 1,
        "proposed": mine.filter(status=DisposalStatus.PROPOSED).first(),
        "hold": queries.hold_of(actor, participant_id=participant_id),
        "disposal_id": new_id(),
        "seen": participants_visible_to(actor).filter(pk=participant_id).exists(),
    }
    return render(request, "web/records/due_record.html", page)


def _counted(rows: Mapping[str, int]) -> list[tuple[str, int]]:
    """Kinds of rows in words, the most first; kinds with one name are counted together."""
    found: dict[str, int] = {}
    for label, count in rows.items():
        if count:
            words = str(_(name_of(label)))
            found[words] = found.get(words, 0) + count
    return sorted(found.items(), key=lambda one: (-one[1], one[0]))


@require_POST
@requires(Permission.PRIVACY_MANAGE, fresh=True)
def propose(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    queries.people_kept(request.actor).get(pk=participant_id)
    try:
        made = actions.propose_disposal(
            participant_id,
            disposal_id=uuid_or_none(request.POST.get("disposal_id")) or new_id(),
            by=request.actor,
            at=timezone.now(),
        )
    except Refused as refused:
        messages.warning(request, say(refused.refusal))
        return redirect("web:record_due", participant_id)
    messages.success(request, _("Proposed. Another person has to confirm it. Nothing is gone yet."))
    return redirect("web:disposal", made.pk)


@require_GET
@requires(*BOTH)
def disposals(request: StaffRequest) -> HttpResponse:
    after = uuid_or_none(request.GET.get("after"))
    rows = queries.disposals_visible_to(request.actor)
    found, key = queries.page_of(request.actor, rows, before=after)
    page = {
        "nav": "more",
        "lines": [(row, STATUS_WORDS[DisposalStatus(row.status)]) for row in found],
        "manages": request.actor.may(Permission.PRIVACY_MANAGE),
        "next": f"?after={key}" if key else "",
    }
    return render(request, "web/records/disposals.html", page)


@require_GET
@requires(*BOTH)
def disposal(request: StaffRequest, disposal_id: UUID) -> HttpResponse:
    """One disposal: it holds no name. Whoever may see the person has a way to them while they are
    there."""
    actor = request.actor
    row = queries.disposals_visible_to(actor).get(pk=disposal_id)
    person = queries.people_kept(actor).filter(pk=row.participant_id).first()
    waits = row.status == DisposalStatus.PROPOSED
    counts = row.rows
    if waits:
        counts = queries.counts_of(actor, participant_id=row.participant_id)
    page = {
        "nav": "more",
        "row": row,
        "status": STATUS_WORDS[DisposalStatus(row.status)],
        "why": [_why(one) for one in row.why],
        "counts": _counted(counts),
        "person": person,
        "waits": waits,
        "may_confirm": waits
        and actor.may(Permission.DISPOSAL_CONFIRM)
        and row.proposed_by_id != actor.id,
        "own": row.proposed_by_id == actor.id,
    }
    return render(request, "web/records/disposal.html", page)


def _why(one: Mapping[str, Any]) -> dict[str, Any]:
    """A rule by the version that was in force then."""
    version = date.fromisoformat(str(one["version"]))
    rule = next((rule for rule in rules_on(version) if rule.key == one["rule"]), None)
    return {
        "name": rule.name if rule else one["rule"],
        "source": rule.source if rule else "",
        "since": SINCE_WORDS[Since(str(one["since"]))],
        "counted_on": date.fromisoformat(str(one["counted_on"])),
        "years": one["years"],
        "free_on": date.fromisoformat(str(one["free_on"])),
    }


@require_POST
@requires(Permission.DISPOSAL_CONFIRM, fresh=True)
def confirm(request: StaffRequest, disposal_id: UUID) -> HttpResponse:
    queries.disposals_visible_to(request.actor).get(pk=disposal_id)
    return _do(request, disposal_id, actions.confirm_disposal, _("The record is gone."))


@require_POST
@requires(*BOTH)
def take_back(request: StaffRequest, disposal_id: UUID) -> HttpResponse:
    queries.disposals_visible_to(request.actor).get(pk=disposal_id)
    said = _("Taken back. The record stays.")
    return _do(request, disposal_id, actions.take_disposal_back, said)


@require_POST
@requires(*BOTH)
def finish(request: StaffRequest, disposal_id: UUID) -> HttpResponse:
    queries.disposals_visible_to(request.actor).get(pk=disposal_id)
    return _do(request, disposal_id, actions.finish_files, _("The files are erased."))


def _do(request: StaffRequest, disposal_id: UUID, action: Any, said: str) -> HttpResponse:
    try:
        action(disposal_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        messages.warning(request, say(refused.refusal))
    else:
        messages.success(request, said)
    return redirect("web:disposal", disposal_id)


@require_POST
@requires(*BOTH, fresh=True)
@leaves(Leaving.NOBODY)
def sheet_of(request: StaffRequest) -> HttpResponseBase:
    """Every disposal of the agency: ids, days, people of the agency and counts; no name."""
    actions.export_disposals(by=request.actor, at=timezone.now())
    zone = request.actor.time_zone
    rows = queries.disposals_visible_to(request.actor).order_by("id")
    lines = (
        (
            row.pk,
            row.participant_id,
            row.status,
            local_date(row.proposed_at, zone),
            row.proposed_by.name,
            local_date(row.done_at, zone) if row.done_at else "",
            row.done_by.name if row.done_by else "",
            sum(row.rows.values()),
            row.files,
            "; ".join(f"{one['rule']}: {one['years']}, {one['counted_on']}" for one in row.why),
        )
        for row in rows
    )
    return sheet("disposals", HEAD, lines)
