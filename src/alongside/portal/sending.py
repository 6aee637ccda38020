"""What the portal's own pages share: files in and out, a rule's no beside its field, words told."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.core.refusal import Refusal, Refused, ensure
from alongside.files.actions import Checked, Sent, check_file
from alongside.files.queries import open_file
from alongside.files.rules import MOST_BYTES, why_not_take
from alongside.portal.access import PortalRequest
from alongside.portal.words import said


def refuse(form: forms.Form, refusal: Refusal) -> None:
    """A rule's no stands beside the field it is about, and nothing typed is lost."""
    form.add_error(refusal.field if refusal.field in form.fields else None, said(refusal))


def sent_file(request: PortalRequest) -> Checked | None:
    """The file that came with a form, opened and written anew before anything is kept. Raises
    ``Refused``; a file that is too large is not even read."""
    sent = request.FILES.get("file")
    if sent is None:
        return None
    if (sent.size or 0) > MOST_BYTES:
        ensure(why_not_take(sent.name or "", b"", sent.size or 0))
    return check_file(Sent(sent.name or "", sent.read()))


def hand_out(request: PortalRequest, file: Any, *, back: str) -> HttpResponse:
    """A file as something to keep, never as a page of ours: it cannot run and is not sniffed."""
    try:
        found = open_file(request.actor, file=file, called="paper")
    except Refused as refused:
        messages.warning(request, said(refused.refusal))
        return redirect(back)
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
