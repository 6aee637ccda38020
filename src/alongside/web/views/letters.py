"""E-mail that could not be sent: seen by whoever keeps the agency, sent again or put away."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.accounts import actions, queries
from alongside.accounts.codes import LetterKind, LetterStatus, LetterTrouble, Permission
from alongside.accounts.rules.letters import KIND_WORDS, TROUBLE_WORDS
from alongside.core.refusal import Refused
from alongside.web.access import StaffRequest, requires
from alongside.web.templatetags.words import say

MANAGE = Permission.AGENCY_MANAGE
MOST_SHOWN = 100


@require_GET
@requires(MANAGE)
def letters(request: StaffRequest) -> HttpResponse:
    rows = [_row(letter) for letter in queries.letters_in_trouble(request.actor)[:MOST_SHOWN]]
    page = {
        "given_up": [row for row in rows if row["given_up"]],
        "tried_again": [row for row in rows if not row["given_up"]],
        "nav": "more",
    }
    return render(request, "web/letters/letters.html", page)


@require_POST
@requires(MANAGE)
def letter_again(request: StaffRequest, letter_id: UUID) -> HttpResponse:
    return _answer(request, actions.send_letter_again, letter_id, _("It is tried once more."))


@require_POST
@requires(MANAGE)
def letter_away(request: StaffRequest, letter_id: UUID) -> HttpResponse:
    return _answer(request, actions.put_letter_away, letter_id, _("Put away. It is not sent."))


def _answer(
    request: StaffRequest, act: Callable[..., None], letter_id: UUID, done: str
) -> HttpResponse:
    try:
        act(letter_id, by=request.actor, at=timezone.now())
        messages.success(request, done)
    except Refused as refused:
        messages.warning(request, say(refused.refusal))
    return redirect("web:letters")


def _row(letter: Any) -> dict[str, Any]:
    trouble = LetterTrouble(letter.trouble)
    return {
        "letter": letter,
        "to": letter.to or _("a participant"),
        "kind": _(KIND_WORDS[LetterKind(letter.kind)]),
        "trouble": _(TROUBLE_WORDS[trouble]),
        "given_up": letter.status == LetterStatus.GIVEN_UP,
        "lost": trouble == LetterTrouble.LINK_LOST,
    }
