"""Measures for the program: one page, the same as a sheet and as a paper (MPR-5)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.accounts.codes import Permission
from alongside.core.clock import local, local_date
from alongside.core.leaving import Leaving, leaves
from alongside.papers import pdf
from alongside.reporting import actions, queries
from alongside.reporting.codes import Way
from alongside.reporting.rules.page import Page
from alongside.web import measuring
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.measures import MeasuresForm
from alongside.web.sheets import sheet

NAME = "measures"


def _form(request: StaffRequest, data: Any, today: date) -> MeasuresForm:
    return MeasuresForm(
        data,
        today=today,
        contracts=queries.contracts(request.actor),
        counties=queries.agency_counties(request.actor),
    )


@require_GET
@requires(Permission.MEASURES_READ)
def measures(request: StaffRequest) -> HttpResponse:
    now = timezone.now()
    today = local_date(now, request.actor.time_zone)
    form = _form(request, request.GET.dict(), today)
    wanted = form.wanted()
    page: dict[str, Any] = {"nav": "more", "form": form, "printed_at": now}
    if wanted is not None:
        found = queries.measures(request.actor, wanted, today=today)
        page |= {
            "blocks": measuring.blocks(found),
            "few": found.few,
            "hidden": measuring.not_shown(),
            "asked": form.asked(),
        }
    return render(request, "web/measures/measures.html", page, status=200 if wanted else 422)


@require_POST
@requires(Permission.MEASURES_READ, fresh=True)
@leaves(Leaving.NOBODY)
def measures_sheet(request: StaffRequest) -> HttpResponseBase:
    """The same figures as CSV, below what was asked for and when."""
    return _taken_out(request, Way.SHEET)


@require_POST
@requires(Permission.MEASURES_READ, fresh=True)
@leaves(Leaving.NOBODY)
def measures_paper(request: StaffRequest) -> HttpResponseBase:
    """The same figures as a tagged PDF."""
    return _taken_out(request, Way.PAPER)


def _taken_out(request: StaffRequest, way: Way) -> HttpResponseBase:
    now = timezone.now()
    today = local_date(now, request.actor.time_zone)
    form = _form(request, request.POST.dict(), today)
    wanted = form.wanted()
    if wanted is None:
        page = {"nav": "more", "form": form}
        return render(request, "web/measures/measures.html", page, status=422)
    found = queries.measures(request.actor, wanted, today=today)
    actions.export_measures(wanted, way, by=request.actor, at=now)
    lines = _about(request, form)
    if way is Way.SHEET:
        return sheet(NAME, _head(), _lines(lines, found))
    headers = {"Content-Disposition": f'attachment; filename="{NAME}.pdf"'}
    data = _paper(request, lines, found)
    return HttpResponse(pdf("record", data), content_type="application/pdf", headers=headers)


def _head() -> tuple[str, ...]:
    return ("table", "figure", "count", "of", "value", "unit", "what it means")


def _about(request: StaffRequest, form: MeasuresForm) -> list[tuple[str, str]]:
    actor = request.actor
    made = local(timezone.now(), actor.time_zone).isoformat(timespec="minutes")
    return [
        (_("Agency"), actor.agency_name),
        *[(name, chosen) for name, chosen in form.told() if chosen],
        (_("Made"), made),
        (_("Not shown"), not_shown_means()),
    ]


def not_shown_means() -> str:
    return _(
        "A count of people from 1 to 10 is not shown, nor is a number by which it could be worked "
        "out."
    )


def few_means() -> str:
    return _(
        "So few people fit this choice, or all others, that nothing is shown. Choose a longer time "
        "or fewer filters."
    )


def _lines(about: list[tuple[str, str]], page: Page) -> Iterator[tuple[str, ...]]:
    for name, words in about:
        yield ("", name, "", "", "", "", words)
    if page.few:
        yield ("", "", "", "", "", "", few_means())
    yield from measuring.sheet_lines(page)


def _paper(request: StaffRequest, about: list[tuple[str, str]], page: Page) -> dict[str, object]:
    head = [_("What"), _("How many"), _("Of"), _("That is")]
    first: list[dict[str, object]] = [{"kind": "rows", "rows": [list(line) for line in about]}]
    if page.few:
        first.append({"kind": "text", "text": few_means()})
    sections: list[dict[str, object]] = [{"title": _("What this shows"), "parts": first}]
    for block in measuring.blocks(page):
        rows = [
            [f"{one.label}\n{one.means}".strip(), one.count, one.whole, one.value]
            for one in block.lines
        ]
        parts: list[dict[str, object]] = [{"kind": "text", "text": " ".join(block.means)}]
        parts.append({"kind": "table", "head": head, "rows": rows, "widths": [52, 16, 16, 16]})
        sections.append({"title": block.title, "parts": parts})
    return {
        "title": _("Measures for the program"),
        "agency": request.actor.agency_name,
        "sections": sections,
        "foot": _("Sums of many people. Small groups are not shown."),
        "page": _("Page {n} of {m}"),
    }
