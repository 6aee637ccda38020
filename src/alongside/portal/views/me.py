"""About me: what stands about a participant, how they are reached, what their supporter is for."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from alongside.accounts.codes import Permission
from alongside.accounts.queries import agency_of
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refused
from alongside.people.actions import reaching as actions
from alongside.people.codes import (
    IDENTIFIER_WORDS,
    MAY_WORDS,
    SAYS_WORDS,
    WAY_WORDS,
    IdentifierKind,
    May,
)
from alongside.people.forms import ReachForm
from alongside.people.queries import own_record
from alongside.people.queries.doors import contact_wish, own_places
from alongside.people.rules.reaching import Reaching
from alongside.portal import unsent
from alongside.portal.access import PortalRequest, requires
from alongside.portal.forms.me import KINDS, MeForm, PlacesForm
from alongside.portal.views.door import refuse


@require_GET
@requires(Permission.OWN_READ)
@leaves(Leaving.OWN_COPY)
def me(request: PortalRequest) -> HttpResponse:
    person = own_record(request.actor)
    row = contact_wish(request.actor, participant_id=person.pk)
    page = {
        "nav": "more",
        "person": person,
        "places": _named(own_places(request.actor)),
        **_reach(row.reaching() if row else None),
        "joined": row is not None and row.joined,
    }
    return render(request, "portal/mine/me/me.html", page)


@require_http_methods(["GET", "POST"])
@requires(Permission.OWN_WRITE)
@leaves(Leaving.OWN_COPY)
def facts(request: PortalRequest) -> HttpResponse:
    person = own_record(request.actor)
    fields = ("name", "pronouns", "phone", "language", "revision")
    known = {name: getattr(person, name) for name in fields}
    form = unsent.picked_up(request, MeForm(request.POST or None, initial=known))
    if request.method == "POST" and form.is_valid():
        told: dict[str, Any] = dict(form.cleaned_data)
        try:
            actions.correct_my_facts(
                told, revision=told.pop("revision"), by=request.actor, at=timezone.now()
            )
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            return _saved(request)
    return _form(request, "facts", form)


@require_http_methods(["GET", "POST"])
@requires(Permission.OWN_WRITE)
@leaves(Leaving.OWN_COPY)
def places(request: PortalRequest) -> HttpResponse:
    """Sealed texts, opened for whose they are."""
    own_record(request.actor)
    if request.method == "POST":
        form = PlacesForm(request.POST)
        if form.is_valid():
            try:
                actions.keep_my_places(form.said(), by=request.actor, at=timezone.now())
            except Refused as refused:
                refuse(form, refused.refusal)
            else:
                return _saved(request)
    else:
        kept = own_places(request.actor)
        form = PlacesForm(initial={name: kept.get(kind) for name, kind in KINDS.items()})
    return _form(request, "places", form)


@require_http_methods(["GET", "POST"])
@requires(Permission.OWN_WRITE)
@leaves(Leaving.OWN_COPY)
def reach(request: PortalRequest) -> HttpResponse:
    person = own_record(request.actor)
    row = contact_wish(request.actor, participant_id=person.pk)
    wish, number = (row.reaching(), row.number) if row else (Reaching(), 0)
    form = unsent.picked_up(request, ReachForm(request.POST or None, wish=wish, number=number))
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            actions.say_how_to_reach(
                person.pk, form.reaching(), seen=seen, by=request.actor, at=timezone.now()
            )
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            return _saved(request)
    return _form(request, "reach", form)


@require_GET
@requires(Permission.OWN_READ)
@leaves(Leaving.NOBODY)
def about_support(request: PortalRequest) -> HttpResponse:
    """What a supporter may and may not do, and the agency's own papers on it (PEER-10)."""
    page = {
        "nav": "more",
        "person": own_record(request.actor),
        "agency": agency_of(request.actor),
    }
    return render(request, "portal/mine/me/about_support.html", page)


def _named(kept: dict[IdentifierKind, str]) -> list[tuple[str, str]]:
    return [(IDENTIFIER_WORDS[kind][0], text) for kind, text in kept.items()]


def _reach(wish: Reaching | None) -> dict[str, Any]:
    if wish is None:
        return {"wish": None}
    lines = [
        {"may": MAY_WORDS[may], "ways": ", ".join(_(WAY_WORDS[way]) for way in wish.those(may))}
        for may in May
        if wish.those(may)
    ]
    return {"wish": wish, "wish_lines": lines, "says": SAYS_WORDS[wish.says]}


def _saved(request: PortalRequest) -> HttpResponse:
    unsent.over(request)
    messages.success(request, _("Saved."))
    return redirect("portal:mine_me")


def _form(request: PortalRequest, name: str, form: Any) -> HttpResponse:
    page = {"nav": "more", "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, f"portal/mine/me/{name}.html", page, status=status)
