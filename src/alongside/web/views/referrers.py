"""The referrers the desk knows: a link for each, where it stands, and what they added later."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.accounts.actions import queue_letter
from alongside.accounts.codes import LetterKind, Permission
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.referrals.actions import referrers as actions
from alongside.referrals.actions.sending import read_additions
from alongside.referrals.queries import referrers as queries
from alongside.referrals.rules.links import STANDING_NAMES, Standing
from alongside.web import drafts
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.referrers import ReferrerForm, as_known

DESK = Permission.REFERRAL_WRITE


@require_GET
@requires(Permission.REFERRAL_READ)
def referrers(request: StaffRequest) -> HttpResponse:
    rows = queries.referrer_rows(request.actor, at=timezone.now())
    page = {"nav": "desk", "rows": [_shown(row) for row in rows]}
    return render(request, "web/referrers/referrers.html", page)


@require_GET
@requires(Permission.REFERRAL_READ)
def referrer(request: StaffRequest, referrer_id: UUID) -> HttpResponse:
    row = queries.referrer_row(request.actor, referrer_id=referrer_id, at=timezone.now())
    page = {"nav": "desk", **_shown(row)}
    return render(request, "web/referrers/referrer.html", page)


def _shown(row: queries.ReferrerRow) -> dict[str, Any]:
    return {
        "referrer": row.referrer,
        "link": row.link if row.standing in (Standing.LINK_OPEN, Standing.LINK_OLD) else None,
        "standing": row.standing.value,
        "standing_words": STANDING_NAMES[row.standing],
        "sent": row.sent,
    }


@require_http_methods(["GET", "POST"])
@requires(DESK, fresh=True)
def new(request: StaffRequest) -> HttpResponse:
    form = ReferrerForm(request.POST or None, initial={"link_id": new_id()})
    return _give(request, form)


@require_http_methods(["GET", "POST"])
@requires(DESK, fresh=True)
def link(request: StaffRequest, referrer_id: UUID) -> HttpResponse:
    """A first link, or another: the one before works no more."""
    row = queries.referrer_row(request.actor, referrer_id=referrer_id, at=timezone.now())
    known = {**as_known(row.referrer), "link_id": new_id()}
    return _give(request, ReferrerForm(request.POST or None, initial=known), row.referrer)


def _give(request: StaffRequest, form: ReferrerForm, known: Any = None) -> HttpResponse:
    if form.is_bound and form.is_valid():
        with drafts.refusals_in(form):
            given, address = _with_letter(request, form, known.pk if known else None)
            page = {"nav": "desk", "link": given, "address": address}
            return render(request, "web/referrers/given.html", page)
    return drafts.show(
        request, "web/referrers/form.html", {"nav": "desk", "form": form, "referrer": known}
    )


@transaction.atomic
def _with_letter(
    request: StaffRequest, form: ReferrerForm, referrer_id: UUID | None
) -> tuple[Any, str]:
    """The link and the letter with it stand together, or not at all."""
    now = timezone.now()
    given, secret = actions.give_link(
        form.new_referrer(),
        referrer_id=referrer_id,
        link_id=form.cleaned_data["link_id"],
        by=request.actor,
        at=now,
    )
    address = request.build_absolute_uri(reverse("portal:link", args=[secret]))
    queue_letter(
        LetterKind.LINK, to=given.email, by=request.actor, at=now, link=address, about=given.pk
    )
    return given, address


@require_POST
@requires(DESK)
def link_back(request: StaffRequest, link_id: UUID) -> HttpResponse:
    given = queries.links_visible_to(request.actor).get(pk=link_id)
    return _do(
        request,
        given.referrer_id,
        lambda: actions.take_back_link(link_id, by=request.actor, at=timezone.now()),
        _("The link is taken back. It works no more."),
    )


@require_POST
@requires(DESK)
def close(request: StaffRequest, referrer_id: UUID) -> HttpResponse:
    undo = reverse("web:referrer_in", args=[referrer_id])
    return _do(
        request,
        referrer_id,
        lambda: actions.close_access(referrer_id, by=request.actor, at=timezone.now()),
        _("Their access is closed, at once. What they sent stays."),
        undo,
    )


@require_POST
@requires(DESK, fresh=True)
def open_again(request: StaffRequest, referrer_id: UUID) -> HttpResponse:
    return _do(
        request,
        referrer_id,
        lambda: actions.open_access(referrer_id, by=request.actor, at=timezone.now()),
        _("They can come in again."),
    )


def _do(
    request: StaffRequest,
    referrer_id: UUID,
    act: Callable[[], None],
    done: str,
    undo: str = "",
) -> HttpResponse:
    home = reverse("web:referrer", args=[referrer_id])
    try:
        act()
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=home)
    messages.success(request, done, extra_tags=undo)
    return redirect(home)


@require_POST
@requires(DESK)
def additions_read(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """The coordinator has read what the referrer added."""
    read_additions(referral_id, by=request.actor, at=timezone.now())
    messages.success(request, _("Marked as read."))
    return redirect("web:referral", referral_id=referral_id)
