"""The tools of the work: what there is, whose each is, and a blank one to print."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from alongside.accounts.codes import Permission
from alongside.core.leaving import Leaving, leaves
from alongside.people.queries import own_caseload
from alongside.plans.queries import tools as queries
from alongside.practice import catalog
from alongside.practice.worksheets import Definition, paper
from alongside.web.access import StaffRequest, requires

MOST_PEOPLE = 60


@require_GET
@requires()
def tools(request: StaffRequest) -> HttpResponse:
    page = {"nav": "more", "groups": groups(queries.definitions(request.actor))}
    return render(request, "web/tools/tools.html", page)


def groups(definitions: list[Definition]) -> list[dict[str, Any]]:
    """Each tool under the first process it belongs to; the agency's own at the end."""
    ours = [one for one in definitions if is_agencys(one)]
    fields = [one for one in definitions if not is_agencys(one)]
    found: list[dict[str, Any]] = [
        {"process": term, "tools": [d for d in fields if d.processes[:1] == (term.code,)]}
        for term in catalog.processes()
    ]
    if ours:
        found.append({"process": None, "tools": ours})
    return [group for group in found if group["tools"]]


def is_agencys(definition: Definition) -> bool:
    return definition.key == definition.address


@require_GET
@requires()
def tool(request: StaffRequest, tool: str) -> HttpResponse:
    definition = queries.definition_at(request.actor, address=tool)
    writes = request.actor.may(Permission.PLAN_WRITE) and not definition.private
    page = {
        "nav": "more",
        "tool": definition,
        "agencys": is_agencys(definition),
        "withdrawn": queries.is_withdrawn(request.actor, key=definition.key),
        "people": list(own_caseload(request.actor)[:MOST_PEOPLE]) if writes else [],
        "processes": [t for t in catalog.processes() if t.code in definition.processes],
    }
    return render(request, "web/tools/tool.html", page)


@require_GET
@requires()
@leaves(Leaving.NOBODY)
def tool_print(request: StaffRequest, tool: str) -> HttpResponse:
    """An empty one, to fill in by hand."""
    definition = queries.definition_at(request.actor, address=tool)
    page = {"nav": "more", "tool": definition, "paper": paper.blank(definition)}
    return render(request, "web/tools/print.html", page)
