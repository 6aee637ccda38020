"""The agency's public page as its administrator keeps it: write, look, publish, take back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.accounts import actions, queries
from alongside.accounts.codes import Permission
from alongside.accounts.rules.public_page import slug_of
from alongside.core.refusal import Refused
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.public_page import PublicPageForm
from alongside.web.templatetags.words import say
from alongside.web.views.shared import refuse

SHOWN = 20


@require_http_methods(["GET", "POST"])
@requires(Permission.AGENCY_MANAGE)
def public_page(request: StaffRequest) -> HttpResponse:
    address = queries.address_of(request.actor)
    before = list(queries.public_pages(request.actor)[:SHOWN])
    newest = before[0] if before else None
    first = _first(request, address, newest)
    form = PublicPageForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.write_public_page(
                form.words(),
                slug=said["slug"],
                found=said["found"],
                seen=said["seen"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            messages.success(request, _("Kept. Look at it, then publish it."))
            return redirect("web:public_page")
    page = {
        "form": form,
        "address": address,
        "newest": newest,
        "before": before[1:],
        "link": request.build_absolute_uri(reverse("about:about_page", args=[address.slug]))
        if address
        else "",
        "nav": "more",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "web/public_page/public_page.html", page, status=status)


def _first(request: StaffRequest, address: Any, newest: Any) -> dict[str, Any]:
    """What the form begins with: the newest words, or an address made from the agency's name."""
    first = {
        "slug": address.slug if address else slug_of(request.actor.agency_name),
        "found": address.found if address else False,
        "seen": newest.number if newest else 0,
        "asks": newest.asks if newest else True,
    }
    if newest:
        first |= {name: getattr(newest, name) for name in ("peer_run", "welcome", "what_we_do")}
    return first


@require_POST
@requires(Permission.AGENCY_MANAGE, fresh=True)
def publish(request: StaffRequest) -> HttpResponse:
    try:
        number = int(request.POST.get("number", ""))
    except ValueError as none:
        raise Http404 from none
    try:
        actions.publish_public_page(number, by=request.actor, at=timezone.now())
    except Refused as refused:
        messages.warning(request, say(refused.refusal))
    else:
        messages.success(request, _("The page is open to anyone now."))
    return redirect("web:public_page")


@require_POST
@requires(Permission.AGENCY_MANAGE)
def take_back(request: StaffRequest) -> HttpResponse:
    try:
        actions.take_public_page_back(by=request.actor, at=timezone.now())
    except Refused as refused:
        messages.warning(request, say(refused.refusal))
    else:
        messages.success(request, _("Taken back. Nobody finds the page any more."))
    return redirect("web:public_page")
