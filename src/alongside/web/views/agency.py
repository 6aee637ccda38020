"""What the administrator keeps: the agency and its contracts."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.accounts import actions, queries
from alongside.accounts.actions import ContractTerms
from alongside.accounts.codes import Permission
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.agency import AgencyForm, ContractForm, EndForm, References
from alongside.web.templatetags.words import say
from alongside.web.views.shared import refuse


@require_http_methods(["GET", "POST"])
@requires(Permission.AGENCY_MANAGE, fresh=True)
def agency(request: StaffRequest) -> HttpResponse:
    found = queries.agency_of(request.actor)
    users = queries.users_visible_to(request.actor).filter(is_active=True)
    choices = [(str(user.id), user.name) for user in users]
    said = request.POST or None
    form = AgencyForm(said, colleagues=choices, initial=_said_so_far(found))
    links = References(said, initial=found.references, prefix="links")
    if request.method == "POST" and form.is_valid() and links.is_valid():
        try:
            _change(request, form, links)
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("web:checklist" if "first" in request.GET else "web:agency")
    page = {"form": form, "links": links, "nav": "more"}
    return render(request, "web/agency/agency.html", page, status=_status(request))


def _said_so_far(found: Any) -> dict[str, Any]:
    return {
        "name": found.name,
        "phone": found.phone,
        "time_zone": found.time_zone,
        "counties": "\n".join(found.counties),
        "array_lead": found.array_lead_id,
        "languages": found.languages,
        "exit_to": found.exit_to,
    }


def _change(request: StaffRequest, form: AgencyForm, links: Any) -> None:
    references = [
        {"title": row["title"], "url": row["url"]} for row in links.cleaned_data if row.get("url")
    ]
    said = form.cleaned_data
    actions.change_agency(
        name=said["name"],
        time_zone=said["time_zone"],
        phone=said["phone"],
        counties=said["counties"],
        references=references,
        array_lead_id=said["array_lead"],
        languages=said["languages"],
        exit_to=said["exit_to"],
        by=request.actor,
        at=timezone.now(),
    )


@require_GET
@requires(Permission.AGENCY_MANAGE)
def contracts(request: StaffRequest) -> HttpResponse:
    today = local_date(timezone.now(), request.actor.time_zone)
    rows = list(queries.contracts_visible_to(request.actor))
    page = {
        "running": [row for row in rows if row.ends_on is None or row.ends_on >= today],
        "ended": [row for row in rows if row.ends_on is not None and row.ends_on < today],
        "nav": "more",
    }
    return render(request, "web/agency/contracts.html", page)


@require_http_methods(["GET", "POST"])
@requires(Permission.AGENCY_MANAGE)
def contract_new(request: StaffRequest) -> HttpResponse:
    counties = queries.agency_of(request.actor).counties
    today = local_date(timezone.now(), request.actor.time_zone)
    first = {"starts_on": today, "made_id": new_id()}
    form = ContractForm(request.POST or None, counties=counties, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_contract(
                form.terms(),
                by=request.actor,
                at=timezone.now(),
                contract_id=form.cleaned_data["made_id"],
            )
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            messages.success(request, _("The contract is in."))
            return redirect("web:contracts")
    page = {"form": form, "counties": counties, "nav": "more"}
    return render(request, "web/agency/contract.html", page, status=_status(request))


@require_http_methods(["GET", "POST"])
@requires(Permission.AGENCY_MANAGE)
def contract(request: StaffRequest, contract_id: UUID) -> HttpResponse:
    found = queries.contracts_visible_to(request.actor).get(pk=contract_id)
    served = queries.agency_of(request.actor).counties
    counties = list(dict.fromkeys([*served, *found.counties]))
    initial = {name: getattr(found, name) for name in ContractTerms.__dataclass_fields__}
    form = ContractForm(request.POST or None, counties=counties, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_contract(contract_id, form.terms(), by=request.actor, at=timezone.now())
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("web:contracts")
    today = local_date(timezone.now(), request.actor.time_zone)
    page = {
        "form": form,
        "contract": found,
        "counties": counties,
        "end": EndForm(initial={"on": today}),
        "nav": "more",
    }
    return render(request, "web/agency/contract.html", page, status=_status(request))


@require_POST
@requires(Permission.AGENCY_MANAGE)
def contract_end(request: StaffRequest, contract_id: UUID) -> HttpResponse:
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Choose the last day of the contract."))
        return redirect("web:contract", contract_id)
    try:
        actions.end_contract(
            contract_id, on=form.cleaned_data["on"], by=request.actor, at=timezone.now()
        )
    except Refused as refused:
        messages.warning(request, say(refused.refusal))
        return redirect("web:contract", contract_id)
    messages.success(request, _("The contract has its last day."))
    return redirect("web:contracts")


def _status(request: StaffRequest) -> int:
    return 422 if request.method == "POST" else 200
