"""What the pages about a supporter's growth share."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from alongside.accounts.codes import Permission
from alongside.core.refusal import Refused, ensure
from alongside.files.actions import Checked, Sent, check_file
from alongside.files.queries import open_file
from alongside.files.rules import MOST_BYTES, why_not_take
from alongside.web import drafts
from alongside.web.access import StaffRequest
from alongside.web.views.referrals import today
from alongside.workforce import queries
from alongside.workforce.rules.growth import Relation

SEES_GROWTH = (Permission.PROFILE_WRITE, Permission.SUPERVISION_WRITE, Permission.SUPPORTER_WRITE)
THE_TWO = (Permission.PROFILE_WRITE, Permission.SUPERVISION_WRITE)


@dataclass(frozen=True)
class Grower:
    """Whose growth the page is about, and what the viewer is to them."""

    row: Any
    relation: Relation
    on: date

    def page(self, **more: Any) -> dict[str, Any]:
        return {
            "nav": "more",
            "supporter": self.row,
            "relation": self.relation,
            "on": self.on,
            **more,
        }


def grower(request: StaffRequest, supporter_id: UUID) -> Grower:
    row = queries.growing(request.actor).get(pk=supporter_id)
    return Grower(row, queries.relation_to(request.actor, row), today(request))


def home(name: str, supporter_id: UUID) -> str:
    return reverse(f"web:{name}", args=[supporter_id])


def checked_file(request: StaffRequest) -> Checked | None:
    """The file that came with a form, opened and written anew before anything is kept. Raises
    ``Refused``; a file that is too large is not even read."""
    sent = request.FILES.get("file")
    if sent is None:
        return None
    if (sent.size or 0) > MOST_BYTES:
        ensure(why_not_take(sent.name or "", b"", sent.size or 0))
    return check_file(Sent(sent.name or "", sent.read()))


def hand_out(
    request: StaffRequest, file: Any, *, back: str, called: str = "certificate"
) -> HttpResponse:
    """A file as something to keep, never as a page of ours: it cannot run and is not sniffed."""
    try:
        found = open_file(request.actor, file=file, called=called)
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=back)
    return HttpResponse(
        found.content,
        content_type=found.content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{found.name}"',
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store, private",
            "Cross-Origin-Resource-Policy": "same-origin",
        },
    )
