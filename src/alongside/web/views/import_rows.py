"""What waits for a person: rows to sort out one by one, and people who may be the same."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from alongside.accounts.codes import Permission
from alongside.core.refusal import Refusal, Refused
from alongside.core.words import gettext_noop
from alongside.exchange import actions, queries
from alongside.exchange.actions import Answer, Looked
from alongside.exchange.codes import (
    PROBLEM_LABELS,
    ContactField,
    ProblemKind,
    RowStatus,
    SheetKind,
)
from alongside.exchange.rules.batches import why_not_move_row
from alongside.exchange.rules.layout import mended
from alongside.exchange.rules.problems import Problem
from alongside.people.codes import SamePersonAnswer
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.imports import RowForm, SkipForm, WhoForm
from alongside.web.templatetags.words import say
from alongside.web.views.import_lines import sentence

K = ProblemKind
ASKS_WHO = frozenset({K.WHO_UNKNOWN, K.WHO_AMBIGUOUS, K.NO_NAME, K.NOT_A_PERSON})
ASKS_SUPPORTER = frozenset({K.SUPPORTER_UNKNOWN, K.SUPPORTER_AMBIGUOUS})
ASKS_AGAIN = frozenset({K.ALREADY_LOGGED, K.ALREADY_ON_STAFF})
PAIRS_SHOWN = 20
MOST_SEARCHED = 100
CHOOSE = Refusal("choose", gettext_noop("Choose which record stays, or say they are two people."))


@requires(Permission.IMPORT_MANAGE)
def sort_out(request: StaffRequest) -> HttpResponse:
    """Every row that waits, by reason."""
    batch_id, why = _filter(request)
    rows = queries.to_sort_out(request.actor, batch_id=batch_id, why=why)
    after = request.GET.get("after", "")
    page = list(rows[: queries.PAGE + 1]) if not after else _after(rows, after)
    shown = page[: queries.PAGE]
    reasons = queries.reasons(request.actor, batch_id=batch_id)
    context = {
        "nav": "more",
        "rows": [
            {
                "row": row,
                "url": _row_url(row, batch_id, why),
                "said": sentence(_main_problem(row)) if row.problems else "",
                "cells": " · ".join(cell for cell in row.cells if cell.strip()),
            }
            for row in shown
        ],
        "reasons": [
            (kind, PROBLEM_LABELS[ProblemKind(kind)], n, _query(batch_id, kind))
            for kind, n in reasons.items()
        ],
        "all_url": _query(batch_id, ""),
        "total": sum(reasons.values()),
        "why": why,
        "batch_id": batch_id,
        "offers": _offers(rows) if why and batch_id else 0,
        "next": _next(shown, batch_id, why) if len(page) > len(shown) else "",
    }
    return render(request, "web/imports/sort_out.html", context)


def _filter(request: StaffRequest) -> tuple[UUID | None, str]:
    try:
        batch_id = UUID(request.GET.get("batch", ""))
    except ValueError:
        batch_id = None
    why = request.GET.get("why", "")
    return batch_id, why if why in set(ProblemKind) else ""


def _query(batch_id: UUID | None, why: str, **more: str) -> str:
    kept = {"batch": str(batch_id) if batch_id else "", "why": why, **more}
    return "?" + urlencode({name: value for name, value in kept.items() if value})


def _after(rows: Any, after: str) -> list[Any]:
    """Rows behind the last one shown, by the place of its sheet and its own."""
    try:
        batch, number = after.split(".")
        batch_id, place = UUID(hex=batch), int(number)
    except ValueError:
        return list(rows[: queries.PAGE + 1])
    behind = rows.filter(batch_id__gt=batch_id) | rows.filter(batch_id=batch_id, number__gt=place)
    return list(behind[: queries.PAGE + 1])


def _next(shown: list[Any], batch_id: UUID | None, why: str) -> str:
    last = shown[-1]
    return _query(batch_id, why, after=f"{last.batch_id.hex}.{last.number}")


def _row_url(row: Any, batch_id: UUID | None, why: str) -> str:
    return reverse("web:import_row", args=[row.pk]) + _query(batch_id, why)


def _main_problem(row: Any) -> Mapping[str, Any]:
    """What keeps the row waiting, among all that is said about it."""
    found = [problem for problem in row.problems if problem["kind"] == row.why]
    return found[0] if found else row.problems[-1]  # type: ignore[no-any-return]


def _offers(rows: Any) -> int:
    return sum("mend" in _main_problem(row) for row in rows if row.problems)


@require_POST
@requires(Permission.IMPORT_MANAGE)
def offers(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    """A person says yes to what was offered for every row with this reason."""
    why = request.POST.get("why", "")
    count = actions.accept_offers(batch_id=batch_id, why=why, by=request.actor, at=timezone.now())
    _told(request, count)
    return redirect(reverse("web:import_sort_out") + _query(batch_id, ""))


@require_POST
@requires(Permission.IMPORT_MANAGE)
def again(request: StaffRequest) -> HttpResponse:
    """Look at everything that waits once more: what was missing may be there by now."""
    batch_id, _why = _filter(request)
    _told(request, actions.try_again(batch_id=batch_id, by=request.actor, at=timezone.now()))
    return redirect(reverse("web:import_sort_out") + _query(batch_id, ""))


def _told(request: StaffRequest, count: int) -> None:
    if count:
        text = ngettext("{n} row came in.", "{n} rows came in.", count)
        messages.success(request, text.format(n=count))
    else:
        messages.info(request, _("Nothing new could come in. The rows go on waiting."))


@requires(Permission.IMPORT_MANAGE)
def row(request: StaffRequest, row_id: UUID) -> HttpResponse:
    """One row: what is the matter, its cells to mend, and the row as it stands beside it."""
    found = queries.rows_visible_to(request.actor).select_related("batch").get(pk=row_id)
    form, who = _row_form(request, found), WhoForm(request.POST or None)
    act = request.POST.get("act", "")
    if request.method == "POST" and form.is_valid() and who.is_valid() and act != "find":
        try:
            return _settle(request, found, form, who, offered=act == "offer")
        except Refused as refused:
            form.add_error(None, say(refused.refusal))
    looked = _look(request, found, form, who)
    context = _row_page(request, found, looked) | {"form": form, "nav": "more"}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "web/imports/row.html", context, status=status)


def _row_form(request: StaffRequest, found: Any) -> RowForm:
    layout = queries.layout_of_batch(found.batch)
    cells, layout = mended(found.cells, layout, found.corrected)
    shown = {
        field: cells[at].strip() if at < len(cells) else "" for field, at in layout.columns.items()
    }
    troubled = frozenset(p["field"] for p in found.problems if p.get("field"))
    for field in troubled:
        shown.setdefault(field, "")
    kind = SheetKind(found.batch.kind)
    return RowForm(request.POST or None, kind=kind, cells=shown, troubled=troubled)


def _settle(
    request: StaffRequest, found: Any, form: RowForm, who: WhoForm, *, offered: bool
) -> HttpResponse:
    said = who.cleaned_data
    offers = [problem["mend"] for problem in found.problems if "mend" in problem]
    mend = offers[0] if offered and offers else {}
    answer = Answer(
        {**form.corrected(), **mend},
        participant_id=said["participant"],
        supporter_id=said["supporter"],
        again=said["again"],
        for_name=said["for_name"],
        for_supporter=said["for_supporter"],
    )
    also = actions.settle_row(found.pk, answer, by=request.actor, at=timezone.now())
    text = _("The row is in the record.")
    if also:
        more = ngettext("{n} more came in with it.", "{n} more came in with it.", also)
        text = f"{text} {more.format(n=also)}"
    messages.success(request, text)
    return _onwards(request, found)


def _onwards(request: StaffRequest, found: Any) -> HttpResponse:
    """The next row that waits under the same filter, or the list when none is left."""
    batch_id, why = _filter(request)
    rows = queries.to_sort_out(request.actor, batch_id=batch_id, why=why)
    behind = rows.filter(batch_id=found.batch_id, number__gt=found.number)
    later = behind.first() or rows.filter(batch_id__gt=found.batch_id).first() or rows.first()
    if later is None:
        return redirect(reverse("web:import_sort_out") + _query(batch_id, ""))
    return redirect(_row_url(later, batch_id, why))


def _look(request: StaffRequest, found: Any, form: RowForm, who: WhoForm) -> Looked:
    corrected, chosen = {}, {}
    if form.is_bound and form.is_valid() and who.is_valid():
        corrected = form.corrected()
        chosen = {name: str(pk) for name, pk in who.chosen().items()}
    return actions.look_at_one(
        found, corrected=corrected, chosen=chosen, by=request.actor, at=timezone.now()
    )


def _row_page(request: StaffRequest, found: Any, looked: Looked) -> dict[str, Any]:
    kinds = {problem.kind for problem in looked.problems}
    batch_id, why = _filter(request)
    header = [*found.batch.header, *[""] * len(found.cells)]
    contact = found.batch.kind == SheetKind.CONTACTS
    context: dict[str, Any] = {
        "row": found,
        "batch": found.batch,
        "waits": found.status == RowStatus.TO_SORT_OUT,
        "skipped": found.status == RowStatus.SKIPPED,
        "out": _why_out(RowStatus(found.status)),
        "problems": _told_problems(looked),
        "offer": next((p for p in looked.problems if p.mend), None),
        "verbatim": [(header[at], cell) for at, cell in enumerate(found.cells) if cell.strip()],
        "skip_form": SkipForm(),
        "list_url": reverse("web:import_sort_out") + _query(batch_id, why),
        "query": _query(batch_id, why),
        "asks_again": bool(kinds & ASKS_AGAIN),
        "asks_who": contact and bool(kinds & ASKS_WHO),
        "asks_supporter": contact and bool(kinds & ASKS_SUPPORTER),
    }
    if context["asks_who"]:
        context |= _who(request, found)
    if context["asks_supporter"]:
        context["staff"] = queries.staff_to_choose(request.actor)
        context["supporter_too"] = queries.same_supporter(request.actor, found).count()
    return context


def _why_out(status: RowStatus) -> Refusal | None:
    """Why nothing can be done with a row of a sheet that is not in the record."""
    if status in (RowStatus.UNDONE, RowStatus.WAITING):
        return why_not_move_row(status, RowStatus.IMPORTED)
    return None


def _told_problems(looked: Looked) -> list[tuple[Problem, bool]]:
    """What keeps the row first; then what is only to be known."""
    main = looked.sort_out
    rest = [problem for problem in looked.problems if problem is not main]
    return ([(main, True)] if main else []) + [(problem, False) for problem in rest]


def _who(request: StaffRequest, found: Any) -> dict[str, Any]:
    """People to choose from: whom the name may mean, and whom was searched for."""
    words = request.POST.get("find", "").strip()[:MOST_SEARCHED]
    written = queries.layout_of_batch(found.batch).cell(found.cells, ContactField.NAME)
    meant = actions.people_meant(written, by=request.actor)
    people = {person.pk: person for person in queries.people_by_id(request.actor, meant)}
    for person in queries.people_named(request.actor, words=words):
        people.setdefault(person.pk, person)
    return {
        "people": list(people.values()),
        "find": words,
        "may_be_one": queries.any_open_proposal(request.actor, among=meant),
        "written": written,
        "name_too": queries.same_name(request.actor, found).count(),
    }


@require_POST
@requires(Permission.IMPORT_MANAGE)
def skip(request: StaffRequest, row_id: UUID) -> HttpResponse:
    found = queries.rows_visible_to(request.actor).select_related("batch").get(pk=row_id)
    try:
        reason = request.POST.get("reason", "")
        actions.skip_row(row_id, reason=reason, by=request.actor, at=timezone.now())
    except Refused as refused:
        messages.warning(request, say(refused.refusal))
        return redirect(_row_url(found, *_filter(request)))
    take_up = reverse("web:import_row_take_up", args=[row_id])
    messages.success(request, _("The row stays out."), extra_tags=take_up)
    return _onwards(request, found)


@require_POST
@requires(Permission.IMPORT_MANAGE)
def take_up(request: StaffRequest, row_id: UUID) -> HttpResponse:
    try:
        actions.take_up_row(row_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        messages.warning(request, say(refused.refusal))
    return redirect("web:import_row", row_id=row_id)


@requires(Permission.IMPORT_MANAGE)
def same_person(request: StaffRequest) -> HttpResponse:
    """Pairs that may be one person, side by side; and what was decided before."""
    pairs = list(queries.open_proposals(request.actor)[: PAIRS_SHOWN + 1])
    decided = list(queries.decided_proposals(request.actor)[:PAIRS_SHOWN])
    shown = pairs[:PAIRS_SHOWN]
    actions.open_pairs(shown, by=request.actor, at=timezone.now())
    referrals = queries.referrals_of_pairs(request.actor, shown)
    context = {
        "nav": "more",
        "pairs": [
            {
                "pair": pair,
                "sides": [
                    {"person": person, "referrals": referrals[person.pk]}
                    for person in (pair.kept, pair.other)
                ],
            }
            for pair in shown
        ],
        "more": len(pairs) > len(shown),
        "decided": decided,
    }
    return render(request, "web/imports/same_person.html", context)


@require_POST
@requires(Permission.IMPORT_MANAGE)
def decide(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    answer = request.POST.get("answer", "")
    by, at = request.actor, timezone.now()
    undo = reverse("web:same_person_reopen", args=[proposal_id])
    try:
        if answer == SamePersonAnswer.DIFFERENT:
            actions.decide_different(proposal_id, by=by, at=at)
            messages.success(request, _("Two people. They stay two."), extra_tags=undo)
        else:
            actions.decide_same(proposal_id, keep=_kept(answer), by=by, at=at)
            messages.success(request, _("One person, one record."), extra_tags=undo)
    except Refused as refused:
        messages.warning(request, say(refused.refusal))
    return redirect("web:same_person")


def _kept(answer: str) -> UUID:
    try:
        return UUID(answer)
    except ValueError as error:
        raise Refused(CHOOSE) from error


@require_POST
@requires(Permission.IMPORT_MANAGE)
def reopen(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    try:
        actions.reopen_proposal(proposal_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        messages.warning(request, say(refused.refusal))
    return redirect("web:same_person")
