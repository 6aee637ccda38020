"""A participant's own page, seen from the other side: a link, who comes in, closing; and how they
want to be reached."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import qrcode
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from qrcode.image.svg import SvgPathImage

from alongside.accounts.actions import queue_letter
from alongside.accounts.codes import LetterKind, Permission
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.people import queries
from alongside.people.actions import doors as actions
from alongside.people.actions.reaching import say_how_to_reach
from alongside.people.codes import LinkWay
from alongside.people.forms import ReachForm
from alongside.people.queries.doors import contact_wish, contact_wishes, own_account, own_links
from alongside.people.rules.doors import Door, door
from alongside.people.rules.reaching import Reaching
from alongside.web import drafts
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.doors import OwnLinkForm
from alongside.web.reaching import joined_words, lines
from alongside.web.templatetags.words import say
from alongside.web.views.shared import refuse

SIGHT = (Permission.SIGHT_OWN, Permission.SIGHT_TEAM, Permission.SIGHT_AGENCY)
WRITES = Permission.PARTICIPANT_WRITE


@require_GET
@requires(*SIGHT)
def own_door(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    now = timezone.now()
    person = drafts.the_person(request, participant_id)
    links = list(own_links(request.actor, participant_id=participant_id)[:10])
    account = own_account(request.actor, participant_id=participant_id)
    where = door(
        links[0].facts() if links else None,
        active=account.is_active if account is not None else None,
        at=now,
    )
    page = {
        "nav": "people",
        "person": person,
        "links": links,
        "account": account,
        "door": where.value,
        "open_link": links[0] if where is Door.LINK_OPEN else None,
        "now": now,
    }
    return render(request, "web/doors/own_door.html", page)


@require_http_methods(["GET", "POST"])
@requires(WRITES, fresh=True)
def link(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    """A first link, or another for a lost way in: the one before works no more."""
    person = drafts.the_person(request, participant_id)
    start = {"link_id": new_id(), "way": LinkWay.SHOWN.value}
    form = OwnLinkForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            given, address = _with_letter(request, participant_id, form)
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            return _hand_over(request, person, given, address)
    page = {
        "nav": "people",
        "person": person,
        "form": form,
        "account": own_account(request.actor, participant_id=participant_id),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "web/doors/link.html", page, status=status)


@transaction.atomic
def _with_letter(request: StaffRequest, participant_id: UUID, form: OwnLinkForm) -> tuple[Any, str]:
    """The link and the letter with it stand together, or not at all."""
    now, new = timezone.now(), form.new_link()
    link_id = form.cleaned_data["link_id"]
    given, secret = actions.give_own_link(
        participant_id, new, link_id=link_id, by=request.actor, at=now
    )
    address = request.build_absolute_uri(reverse("portal:own_link", args=[secret]))
    if new.way is LinkWay.MAIL:
        queue_letter(
            LetterKind.OWN, to=new.email, by=request.actor, at=now, link=address, about=given.pk
        )
    return given, address


def _hand_over(request: StaffRequest, person: Any, given: Any, address: str) -> HttpResponse:
    """Shown this once: it is kept nowhere but in the sealed letter, until that is sent."""
    shown = given.way == LinkWay.SHOWN.value
    page = {"nav": "people", "person": person, "link": given, "address": address if shown else ""}
    if shown:
        picture = qrcode.make(address, image_factory=SvgPathImage, border=2)
        drawn = picture.get_image()
        page["picture"] = {"box": drawn.get("viewBox"), "path": drawn.find("path").get("d")}
    return render(request, "web/doors/given.html", page)


@require_POST
@requires(WRITES)
def link_back(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    def take_back() -> None:
        latest = own_links(request.actor, participant_id=participant_id)[:1].get()
        actions.take_back_own_link(participant_id, latest.pk, by=request.actor, at=timezone.now())

    return _do(request, participant_id, take_back, _("The link is taken back. It works no more."))


@require_POST
@requires(WRITES, fresh=True)
def close(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    wish = request.POST.get("why") == "wish"
    return _do(
        request,
        participant_id,
        lambda: actions.close_own_sign_in(
            participant_id, wish=wish, by=request.actor, at=timezone.now()
        ),
        _("Their page is closed, at once. The record stays as it is."),
        reverse("web:own_door_open", args=[participant_id]),
    )


@require_POST
@requires(WRITES, fresh=True)
def open_again(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    return _do(
        request,
        participant_id,
        lambda: actions.open_own_sign_in(participant_id, by=request.actor, at=timezone.now()),
        _("They can sign in again, as before."),
    )


def _do(
    request: StaffRequest,
    participant_id: UUID,
    act: Callable[[], None],
    done: str,
    undo: str = "",
) -> HttpResponse:
    queries.participants_visible_to(request.actor).get(pk=participant_id)
    try:
        act()
        messages.success(request, done, extra_tags=undo)
    except Refused as refused:
        messages.warning(request, say(refused.refusal))
    return redirect("web:own_door", participant_id)


@require_http_methods(["GET", "POST"])
@requires(*SIGHT)
def reach(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    """How they want to be reached, and what they said before. Whoever writes the record may write
    down what they said."""
    person = drafts.the_person(request, participant_id)
    row = contact_wish(request.actor, participant_id=participant_id)
    wish, number = (row.reaching(), row.number) if row else (Reaching(), 0)
    may_write = request.actor.may(WRITES)
    form = ReachForm(request.POST or None, wish=wish, number=number)
    if request.method == "POST" and form.is_valid():
        try:
            say_how_to_reach(
                participant_id,
                form.reaching(),
                seen=form.cleaned_data["seen"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            messages.success(request, _("Saved. What they said before is kept."))
            return redirect("web:participant", participant_id)
    before = list(contact_wishes(request.actor, participant_id=participant_id)[:20])
    page = {
        "nav": "people",
        "person": person,
        "form": form if may_write else None,
        "rows": [(one, _said(one)) for one in before],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "web/doors/reach.html", page, status=status)


def _said(row: Any) -> list[str]:
    return lines(row.reaching()) + [joined_words()] * row.joined
