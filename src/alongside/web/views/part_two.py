"""Whether Part 2 applies to the agency. It does, until someone says why it does not."""

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
    history = list(queries.part_two(request.actor)[:SHOWN])
    applies = not history or history[0].applies
    number = history[0].number if history else 0
    form = PartTwoForm(request.POST if request.method == "POST" else None, initial={"seen": number})
    if request.method == "POST" and form.is_valid():
        try:
            now_applies = actions.switch_part_two(
                applies=not applies,
                reason=form.cleaned_data["reason"],
                seen=form.cleaned_data["seen"],
                by=request.actor,
                at=timezone.now(),
            ).applies
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            said = _("Part 2 applies from now on.")
            messages.success(request, said if now_applies else _("Part 2 is switched off."))
            return redirect("web:part_two")
    page = {"nav": "more", "form": form, "history": history, "applies": applies}
    return drafts.show(request, "web/disclosures/part_two.html", page)
