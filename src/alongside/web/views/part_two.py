"""To which programs Part 2 applies. To each, until someone says why it does not."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.accounts.codes import Permission
from alongside.consents import actions, queries
from alongside.core.refusal import Refused
from alongside.web import drafts
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.disclosures import PartTwoForm
from alongside.web.views.shared import refuse

SHOWN = 20


@require_http_methods(["GET", "POST"])
@requires(Permission.PRIVACY_MANAGE, fresh=True)
def part_two(request: StaffRequest) -> HttpResponse:
    """Every program and how it stands. Where the whole agency was switched off, when that could be
    done, it can be switched on again here."""
    for_all = queries.part_two_of_all(request.actor)
    if request.method == "POST" and for_all:
        messages.warning(request, _("It applies already. Switch it off for one program at a time."))
        return redirect("web:part_two")
    form = _form(request)
    if request.method == "POST" and _switched(request, form, None, applies=True):
        messages.success(request, _("Part 2 applies from now on."))
        return redirect("web:part_two")
    page = {
        "nav": "more",
        "form": form,
        "history": list(queries.part_two(request.actor)[:SHOWN]),
        "for_all": for_all,
        "programs": queries.programs(request.actor),
    }
    return drafts.show(request, "web/disclosures/part_two.html", page)


@require_http_methods(["GET", "POST"])
@requires(Permission.PRIVACY_MANAGE, fresh=True)
def part_two_program(request: StaffRequest, contract_id: UUID) -> HttpResponse:
    """One program: switched off with a reason, and on again."""
    one = queries.program(request.actor, contract_id=contract_id)
    form = _form(request)
    if request.method == "POST" and _switched(request, form, contract_id, applies=not one.applies):
        said = _("Part 2 is switched off for %(program)s.")
        said = said if one.applies else _("Part 2 applies to %(program)s from now on.")
        messages.success(request, said % {"program": one.contract.name})
        return redirect("web:part_two")
    history = queries.part_two(request.actor).filter(contract_id=contract_id)
    page = {
        "nav": "more",
        "form": form,
        "one": one,
        "history": list(history[:SHOWN]),
        "for_all": queries.part_two_of_all(request.actor),
    }
    return drafts.show(request, "web/disclosures/part_two_program.html", page)


def _form(request: StaffRequest) -> PartTwoForm:
    if request.method == "POST":
        return PartTwoForm(request.POST)
    newest = queries.part_two(request.actor).first()
    return PartTwoForm(initial={"seen": newest.number if newest else 0})


def _switched(
    request: StaffRequest, form: PartTwoForm, contract_id: UUID | None, *, applies: bool
) -> bool:
    if not form.is_valid():
        return False
    said: dict[str, Any] = form.cleaned_data
    try:
        actions.switch_part_two(
            contract_id,
            applies=applies,
            reason=said["reason"],
            seen=said["seen"],
            by=request.actor,
            at=timezone.now(),
        )
    except Refused as refused:
        refuse(form, refused.refusal)
        return False
    return True
