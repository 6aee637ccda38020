"""Bringing in a sheet: choose it, say which column is what, look, let it come in, take it back."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
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
from alongside.core.refusal import Refused
from alongside.core.words import Say
from alongside.exchange import actions, queries
from alongside.exchange.actions import Looked
from alongside.exchange.codes import (
    BATCH_LABELS,
    KIND_LABELS,
    BatchStatus,
    RowStatus,
    SheetKind,
)
from alongside.exchange.rules.columns import missing
from alongside.exchange.rules.sheets import MOST_BYTES, TOO_BIG
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.imports import ChooseForm, ColumnsForm
from alongside.web.templatetags.words import say
from alongside.web.views.import_lines import (
    count_lines,
    look_line,
    preview_tabs,
    problem_lines,
    row_line,
    titles,
)

LOOKED_THROUGH = 5000
SAMPLED = 40


@requires(Permission.IMPORT_MANAGE)
def imports(request: StaffRequest) -> HttpResponse:
    """Choose a file; below it, what was brought in before and what still waits."""
    form = ChooseForm(
        request.POST or None, request.FILES or None, initial={"kind": SheetKind.REFERRALS}
    )
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("web:import_columns", batch_id=_choose(request, form).pk)
        except Refused as refused:
            form.add_error("file", say(refused.refusal))
    context = {"nav": "more", "form": form, **_history(request)}
    return render(request, "web/imports/imports.html", context, status=422 if form.errors else 200)


def _choose(request: StaffRequest, form: ChooseForm) -> Any:
    file = form.cleaned_data["file"]
    if file.size > MOST_BYTES:
        raise Refused(TOO_BIG)
    kind = SheetKind(form.cleaned_data["kind"])
    return actions.choose_file(file.read(), file.name, kind, by=request.actor, at=timezone.now())


def _history(request: StaffRequest) -> dict[str, Any]:
    before = request.GET.get("before", "")
    found = queries.history(request.actor, before=_uuid(before))
    shown = found[: queries.PAGE]
    counts = queries.row_counts(request.actor, [batch.pk for batch in shown])
    return {
        "batches": [
            {
                "batch": batch,
                "kind": KIND_LABELS[SheetKind(batch.kind)],
                "status": BATCH_LABELS[BatchStatus(batch.status)],
                "counts": count_lines(counts[batch.pk]),
            }
            for batch in shown
        ],
        "next": f"?before={shown[-1].pk}" if len(found) > queries.PAGE else "",
        "waiting": queries.still_waiting(request.actor),
        "pairs": queries.open_proposals(request.actor).count(),
    }


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@requires(Permission.IMPORT_MANAGE)
def columns(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    """Which column is what: proposed, and a person's to change."""
    batch = queries.batches_visible_to(request.actor).get(pk=batch_id)
    if batch.status != BatchStatus.CHOSEN:
        return redirect("web:import_batch", batch_id=batch.pk)
    rows = [row.cells for row in queries.rows_of(batch)[:SAMPLED]]
    kind = SheetKind(batch.kind)
    form = ColumnsForm(
        request.POST or None,
        kind=kind,
        header=batch.header,
        samples=_samples(batch.header, rows),
        columns=batch.columns,
    )
    if request.method == "POST" and form.is_valid():
        lacking = missing(kind, form.columns())
        if lacking is None:
            keep = form.cleaned_data["keep"]
            actions.set_columns(
                batch_id, form.columns(), keep=keep, by=request.actor, at=timezone.now()
            )
            return redirect("web:import_batch", batch_id=batch.pk)
        form.add_error(None, _missing(lacking))
    lacking = missing(kind, batch.columns)
    context = {
        "nav": "more",
        "batch": batch,
        "kind": KIND_LABELS[kind],
        "form": form,
        "lacking": _missing(lacking) if lacking else "",
        "found": len(batch.columns),
        "twin": queries.same_file_before(request.actor, batch),
    }
    status = 422 if form.errors else 200
    return render(request, "web/imports/columns.html", context, status=status)


def _missing(lacking: Say) -> str:
    """The name of the column is a word of ours, translated by itself."""
    return say(Say(lacking.text, {"label": say(Say(str(lacking.facts["label"])))}))


def _samples(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """The first thing written in each column."""
    width = max([len(header), *(len(row) for row in rows)])
    return [
        next((row[at].strip() for row in rows if at < len(row) and row[at].strip()), "")
        for at in range(width)
    ]


@requires(Permission.IMPORT_MANAGE)
def batch(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    """The preview before, the progress meanwhile, and what became of it afterwards."""
    found = queries.batches_visible_to(request.actor).select_related("chosen_by").get(pk=batch_id)
    context = {
        "nav": "more",
        "batch": found,
        "kind": KIND_LABELS[SheetKind(found.kind)],
        "status": BATCH_LABELS[BatchStatus(found.status)],
    }
    if found.status == BatchStatus.CHOSEN:
        return render(request, "web/imports/preview.html", context | _preview(request, found))
    if found.status == BatchStatus.RUNNING:
        counts = queries.row_counts(request.actor, [found.pk])[found.pk]
        context["read"] = found.row_count - counts[RowStatus.WAITING]
        return render(request, "web/imports/running.html", context)
    return render(request, "web/imports/result.html", context | _result(request, found))


def _preview(request: StaffRequest, found: Any) -> dict[str, Any]:
    """Every row as it would come out. A very long sheet is looked through in part."""
    rows = list(queries.rows_of(found)[:LOOKED_THROUGH])
    looked = actions.look_at(found, rows, by=request.actor, at=timezone.now())
    show = request.GET.get("show", "")
    chosen = [look for look in looked if _shows(show, look)]
    after = _place(request)
    left = [look for look in chosen if look.row.number > after]
    page = left[: queries.PAGE]
    return {
        "lines": [look_line(found, look) for look in page],
        "titles": titles(found),
        "tabs": preview_tabs(looked),
        "show": show,
        "next": f"?show={show}&after={page[-1].row.number}" if len(left) > len(page) else "",
        "problems": problem_lines(Counter(p.kind for look in looked for p in look.problems)),
        "partly": found.row_count > len(rows),
        "looked_through": len(rows),
        "lacking": missing(SheetKind(found.kind), found.columns),
        "twin": queries.same_file_before(request.actor, found),
    }


def _place(request: StaffRequest) -> int:
    """The row of the sheet after which a page goes on; 0 for an address that is not ours."""
    after = request.GET.get("after", "")
    return int(after) if after.isdecimal() and len(after) < 10 else 0


def _shows(show: str, look: Looked) -> bool:
    if show == "said":
        return bool(look.problems or look.same_person)
    return not show or look.status.value == show


def _result(request: StaffRequest, found: Any) -> dict[str, Any]:
    counts = queries.row_counts(request.actor, [found.pk])[found.pk]
    show = request.GET.get("show", "")
    rows = queries.rows_of(found).select_related("settled_by")
    if show in set(RowStatus):
        rows = rows.filter(status=show)
    elif show == "said":
        rows = rows.exclude(problems=[])
    rows = rows.filter(number__gt=_place(request))
    page = list(rows[: queries.PAGE + 1])
    shown = page[: queries.PAGE]
    return {
        "lines": [row_line(found, row) for row in shown],
        "titles": titles(found),
        "counts": count_lines(counts),
        "show": show,
        "next": f"?show={show}&after={shown[-1].number}" if len(page) > len(shown) else "",
        "problems": problem_lines(found.problem_counts),
        "waiting": counts[RowStatus.TO_SORT_OUT],
        "unread": counts[RowStatus.WAITING],
        "pairs": queries.open_proposals(request.actor, batch_id=found.pk).count(),
    }


@contextmanager
def _telling(request: StaffRequest) -> Iterator[None]:
    """A rule's no is told on the page that follows."""
    try:
        yield
    except Refused as refused:
        messages.warning(request, say(refused.refusal))


def _back(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    address = reverse("web:import_batch", args=[batch_id])
    if request.htmx:
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = address
        return answer
    return redirect(address)


@require_POST
@requires(Permission.IMPORT_MANAGE)
def begin(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    with _telling(request):
        actions.begin_batch(batch_id, by=request.actor, at=timezone.now())
    return _back(request, batch_id)


@require_POST
@requires(Permission.IMPORT_MANAGE)
def step(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    """The next rows. The page asks for it by itself; without script a button does."""
    done = actions.import_step(batch_id, by=request.actor, at=timezone.now())
    if done.done or not request.htmx:
        return _back(request, batch_id)
    found = queries.batches_visible_to(request.actor).get(pk=batch_id)
    if found.status != BatchStatus.RUNNING:
        return _back(request, batch_id)
    context = {"batch": found, "read": done.read}
    return render(request, "web/imports/_progress.html", context)


@require_POST
@requires(Permission.IMPORT_MANAGE)
def stop(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    with _telling(request):
        actions.stop_batch(batch_id, by=request.actor, at=timezone.now())
    return _back(request, batch_id)


@require_POST
@requires(Permission.IMPORT_MANAGE)
def put_away(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    with _telling(request):
        actions.put_away(batch_id, by=request.actor, at=timezone.now())
        _told_put_away(request, batch_id)
        return redirect("web:imports")
    return _back(request, batch_id)


def _told_put_away(request: StaffRequest, batch_id: UUID) -> None:
    undo = reverse("web:import_take_out", args=[batch_id])
    messages.success(request, _("The sheet was put away."), extra_tags=undo)


@require_POST
@requires(Permission.IMPORT_MANAGE)
def take_out(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    with _telling(request):
        actions.take_out(batch_id, by=request.actor, at=timezone.now())
    return _back(request, batch_id)


@require_POST
@requires(Permission.IMPORT_MANAGE)
def undo(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    """Take the whole sheet back, in one click; one more brings it again."""
    with _telling(request):
        _told_undone(request, batch_id)
    return _back(request, batch_id)


def _told_undone(request: StaffRequest, batch_id: UUID) -> None:
    undone = actions.undo_batch(batch_id, by=request.actor, at=timezone.now())
    text = ngettext("{n} row was taken back.", "{n} rows were taken back.", undone.rows)
    told = text.format(n=undone.rows)
    if undone.stayed:
        stay = ngettext(
            "{n} stays: someone has worked on it since.",
            "{n} stay: someone has worked on them since.",
            undone.stayed,
        )
        told = f"{told} {stay.format(n=undone.stayed)}"
    messages.success(request, told, extra_tags=reverse("web:import_redo", args=[batch_id]))


@require_POST
@requires(Permission.IMPORT_MANAGE)
def redo(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    with _telling(request):
        count = actions.redo_batch(batch_id, by=request.actor, at=timezone.now())
        text = ngettext("{n} row is back.", "{n} rows are back.", count)
        messages.success(request, text.format(n=count))
    return _back(request, batch_id)
