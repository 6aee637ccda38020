"""A plan, any of its versions and every worksheet as tagged PDF: theirs to keep."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone, translation
from django.views.decorators.http import require_GET

from alongside.core.clock import local_date
from alongside.core.leaving import Leaving, leaves
from alongside.papers import pdf
from alongside.people.codes import Printed
from alongside.plans.queries import papers as queries
from alongside.plans.queries import tools, versions, worksheets
from alongside.plans.rules import papers
from alongside.practice.worksheets import parts
from alongside.web.access import StaffRequest, requires
from alongside.web.languages import theirs
from alongside.web.own_copies import on_paper, with_foot
from alongside.web.templatetags.words import day, say
from alongside.web.views.participants import SIGHT

TONGUE = papers.Tongue(say, day)


def _who(request: StaffRequest, person: Any) -> dict[str, Any]:
    """The name stands once, or nowhere: a copy to keep where others may see it."""
    name = "" if request.GET.get("name") == "off" else person.name
    return {"name": name, "on": local_date(timezone.now(), request.actor.time_zone)}


def _answer(paper: str, data: dict[str, object]) -> HttpResponse:
    data = {**data, "foot": with_foot(data["foot"])}
    made = pdf(paper, data, language=translation.get_language() or "en")
    headers = {"Content-Disposition": f'inline; filename="{paper}.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


@require_GET
@requires(*SIGHT)
@leaves(Leaving.OWN_COPY)
def plan_paper(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    """The plan as it stands now."""
    person = on_paper(request, participant_id, Printed.PLAN)
    about = _who(request, person)
    sheet = queries.sheet_now(request.actor, participant_id=participant_id, **about)
    with theirs(person):
        return _answer("plan", papers.plan_paper(sheet, TONGUE))


@require_GET
@requires(*SIGHT)
@leaves(Leaving.OWN_COPY)
def version_paper(request: StaffRequest, participant_id: UUID, version_id: UUID) -> HttpResponse:
    person = on_paper(request, participant_id, Printed.PLAN)
    reading = versions.reading(request.actor, participant_id=participant_id, version_id=version_id)
    sheet = queries.sheet_of(request.actor, reading, **_who(request, person))
    with theirs(person):
        return _answer("plan", papers.plan_paper(sheet, TONGUE))


@require_GET
@requires(*SIGHT)
@leaves(Leaving.OWN_COPY)
def worksheet_paper(
    request: StaffRequest, participant_id: UUID, worksheet_id: UUID
) -> HttpResponse:
    """Any worksheet, the crisis plan too: their words and the questions, no remark of ours."""
    person = on_paper(request, participant_id, Printed.WORKSHEET)
    row = worksheets.worksheet_of(
        request.actor, participant_id=participant_id, worksheet_id=worksheet_id
    )
    tool = tools.definition_of(request.actor, key=row.tool, version=row.tool_version)
    with theirs(person):
        data = papers.sheet_paper(
            say(tool.name),
            parts(tool, row.answers, theirs_only=True),
            TONGUE,
            agency=request.actor.agency_name,
            name=_who(request, person)["name"],
            kept_on=row.kept_on,
        )
        return _answer("record", data)
