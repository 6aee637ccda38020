"""One's own plan, its versions and worksheets as PDF, with one's name or without."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone, translation
from django.views.decorators.http import require_GET

from alongside.accounts.codes import Permission
from alongside.core.clock import local_date
from alongside.core.leaving import Leaving, leaves
from alongside.papers import pdf
from alongside.people.queries import own_record
from alongside.plans.queries import papers as queries
from alongside.plans.queries import tools, versions, worksheets
from alongside.plans.rules import papers
from alongside.portal.access import PortalRequest, requires
from alongside.portal.words import on_day, told
from alongside.practice.worksheets import parts

TONGUE = papers.Tongue(told, on_day)


def _name(request: PortalRequest, name: str) -> str:
    return "" if request.GET.get("name") == "off" else name


def handed(paper: str, data: dict[str, object], called: str = "") -> HttpResponse:
    """The PDF, in the language of the page. Nothing of recovery stands in the name of its file."""
    made = pdf(paper, data, language=translation.get_language() or "en")
    headers = {"Content-Disposition": f'inline; filename="{called or paper}.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


@require_GET
@requires(Permission.OWN_READ)
@leaves(Leaving.OWN_COPY)
def own_plan_paper(request: PortalRequest) -> HttpResponse:
    actor = request.actor
    person = own_record(actor)
    on = local_date(timezone.now(), actor.time_zone)
    name = _name(request, person.name)
    sheet = queries.sheet_now(actor, participant_id=person.pk, name=name, on=on)
    return handed("plan", papers.plan_paper(sheet, TONGUE))


@require_GET
@requires(Permission.OWN_READ)
@leaves(Leaving.OWN_COPY)
def own_version_paper(request: PortalRequest, version_id: UUID) -> HttpResponse:
    actor = request.actor
    person = own_record(actor)
    reading = versions.reading(actor, participant_id=person.pk, version_id=version_id)
    on = local_date(timezone.now(), actor.time_zone)
    sheet = queries.sheet_of(actor, reading, name=_name(request, person.name), on=on)
    return handed("plan", papers.plan_paper(sheet, TONGUE))


@require_GET
@requires(Permission.OWN_READ)
@leaves(Leaving.OWN_COPY)
def own_sheet_paper(request: PortalRequest, worksheet_id: UUID) -> HttpResponse:
    """Any worksheet of theirs that stands, the crisis plan too."""
    actor = request.actor
    person = own_record(actor)
    rows = worksheets.worksheets_of(actor, participant_id=person.pk)
    row = rows.get(pk=worksheet_id)
    tool = tools.definition_of(actor, key=row.tool, version=row.tool_version)
    data = papers.sheet_paper(
        told(tool.name),
        parts(tool, row.answers, theirs_only=True),
        TONGUE,
        agency=actor.agency_name,
        name=_name(request, person.name),
        kept_on=row.kept_on,
    )
    return handed("record", data)
