"""The agency's public page, and asking for support there. Whoever opens it stays unknown."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from alongside import tenancy
from alongside.accounts import queries
from alongside.accounts.codes import Permission
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.exchange.actions.arriving import ask_for_support
from alongside.portal import limits
from alongside.portal.access import public
from alongside.portal.forms.about import AskForm, doors
from alongside.portal.words import said
from alongside.referrals.actions.asking import ask_apart
from alongside.workforce.queries import bios


@require_GET
@public
def only(request: HttpRequest) -> HttpResponse:
    """Where there is one page alone, a short address leads to it."""
    address = queries.only_public_address()
    if address is None:
        raise Http404
    return redirect("about:about_page", slug=address.slug)


@require_GET
@public
def page(request: HttpRequest, slug: str) -> HttpResponse:
    address = _open(slug)
    with tenancy.working_for(address.agency_id):
        own = queries.address_of(queries.stranger(address.agency))
        if own is None or own.page is None:
            raise Http404
        return _page(request, address, own.page)


@require_GET
@public
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest words, as they would stand there: for whoever keeps this agency, and absent for
    everyone else."""
    actor, address = getattr(request, "actor", None), queries.public_address(slug)
    if actor is None or address is None or not actor.may(Permission.AGENCY_MANAGE):
        raise Http404
    newest = queries.public_pages(actor).first()
    if address.agency_id != actor.agency_id or newest is None:
        raise Http404
    return _page(request, address, newest, preview=True)


def _open(slug: str) -> Any:
    address = queries.public_address(slug)
    if address is None or address.page_id is None:
        raise Http404
    return address


def _page(request: HttpRequest, address: Any, words: Any, *, preview: bool = False) -> HttpResponse:
    request.agency = address.agency  # type: ignore[attr-defined]
    shown = {
        "agency": address.agency,
        "address": address,
        "words": words,
        "bios": bios(queries.stranger(address.agency)),
        "doors": doors(),
        "preview": preview,
    }
    return render(request, "portal/about/page.html", shown)


@require_http_methods(["GET", "POST"])
@public
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """One short page. The answer to sending it stands at no address: nobody else finds it."""
    address = _open(slug)
    with tenancy.working_for(address.agency_id):
        own = queries.address_of(queries.stranger(address.agency))
        if own is None or own.page is None or not own.page.asks:
            raise Http404
        return _ask(request, address)


def _ask(request: HttpRequest, address: Any) -> HttpResponse:
    agency = request.agency = address.agency  # type: ignore[attr-defined]
    shown: dict[str, Any] = {"agency": agency, "address": address}
    form = AskForm(
        request.POST or None, counties=list(agency.counties), initial={"made_id": new_id()}
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and not limits.within(request, "ask", key=agency.pk.hex):
            form.add_error(None, _too_many(agency))
            status = 429
        elif form.is_valid() and _sent(request, form, agency):
            chosen = form.cleaned_data["way"]
            shown["theirs"] = [door for door in doors() if door.code == chosen]
            shown["many"] = form.waits_apart
            return render(request, "portal/about/asked.html", {**shown, "doors": doors()})
    return render(request, "portal/about/ask.html", {**shown, "form": form}, status=status)


def _sent(request: HttpRequest, form: AskForm, agency: Any) -> bool:
    """On a day when very many ask, nobody is turned away: what comes later waits apart."""
    form.waits_apart = not limits.within(request, "ask-straight", key=agency.pk.hex)
    made_id, stranger = form.cleaned_data["made_id"], queries.stranger(agency)
    ask = ask_apart if form.waits_apart else ask_for_support
    try:
        ask(made_id, form.words(), by=stranger, at=timezone.now())
    except Refused as refused:
        full = refused.refusal.code == "full"
        form.add_error(None, _too_many(agency) if full else said(refused.refusal))
        return False
    return True


def _too_many(agency: Any) -> str:
    if not agency.phone:
        return _("Many forms came from here just now. Please try again in an hour.")
    words = _("Many forms came from here just now. Please call {phone}, or try again in an hour.")
    return words.format(phone=agency.phone)
