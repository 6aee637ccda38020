"""Where a referrer comes in: a way to refer someone, what they began, and what they sent."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from alongside.accounts.codes import Permission
from alongside.core.ids import new_id
from alongside.core.leaving import Leaving, leaves
from alongside.portal.access import PortalRequest, requires
from alongside.portal.forms.referral import PAGES
from alongside.referrals.queries import referrers as queries

SHOWN = 20


@require_GET
@requires(Permission.REFERRAL_SEND)
@leaves(Leaving.OWN_WORDS)
def home(request: PortalRequest) -> HttpResponse:
    before = _key(request.GET.get("before", ""))
    rows = list(queries.sent_referrals(request.actor, before=before)[: SHOWN + 1])
    begun = [(draft, _first_open(draft)) for draft in queries.open_drafts(request.actor)[:SHOWN]]
    page = {
        "begun": [] if before else begun,
        "sent": [(row, _who(queries.typed(row))) for row in rows[:SHOWN]],
        "next": rows[SHOWN - 1].pk.hex if len(rows) > SHOWN else "",
        "pages": len(PAGES),
        "new_id": new_id(),
        "first": before is None,
    }
    return render(request, "portal/home.html", page)


def _first_open(draft: Any) -> tuple[str, int]:
    """The first page without an answer, and how many pages have one."""
    typed = queries.typed(draft)
    done = [any(typed.get(name) for name in page.base_fields) for page in PAGES.values()]
    place = next((key for key, filled in zip(PAGES, done, strict=True) if not filled), "you")
    return place, sum(done)


def _who(typed: Mapping[str, str]) -> str:
    """Whom they wrote down, by first letters: enough to find someone again, and a list that may be
    seen over a shoulder says no name."""
    return " ".join(f"{part[0].upper()}." for part in typed.get("name", "").split() if part)


def _key(text: str) -> UUID | None:
    try:
        return UUID(hex=text)
    except ValueError:
        return None
