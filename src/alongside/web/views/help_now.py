"""Hard talks: the page with help, kept in the browser for when there is no line; the agency's own
lines; and the key concepts of the five processes.

Help stands behind no door: the page holds nothing of a record, so anyone may open it. Who is signed
in also sees the lines of their agency.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from alongside.accounts import actions, queries
from alongside.accounts.codes import Permission
from alongside.accounts.rules import number_to_dial
from alongside.core.refusal import Refused
from alongside.practice import catalog, talks
from alongside.web.access import StaffRequest, public, requires
from alongside.web.forms.help_lines import HelpStepsForm, LineForms, lines_said
from alongside.web.templatetags.words import asset
from alongside.web.views.shared import refuse

ASSETS = ("app.css", "icons.svg", "favicon.svg")


@require_GET
@public
def help_now(request: HttpRequest) -> HttpResponse:
    return render(request, "web/help/help_now.html", {**_help(request), "nav": "help"})


@require_GET
@public
def kept(request: HttpRequest) -> HttpResponse:
    """The page as the browser keeps it: without who is signed in, without any way to write."""
    return HttpResponse(_kept(request))


@require_GET
@public
def worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps the page. Its version is what the page says: a new word, a new copy."""
    page = _kept(request)
    facts = {
        "version": hashlib.sha256(page.encode()).hexdigest()[:16],
        "page": reverse("web:help_now"),
        "kept": reverse("web:help_now_kept"),
        "assets": [asset(name) for name in ASSETS],
    }
    built = finders.find("web/dist/help-worker.js")
    if not isinstance(built, str):
        raise Http404
    script = f"const FACTS = {json.dumps(facts)};\n{Path(built).read_text(encoding='utf-8')}"
    return HttpResponse(script, content_type="text/javascript")


def _kept(request: HttpRequest) -> str:
    return render_to_string("web/help/kept.html", _help(request))


def _help(request: HttpRequest) -> dict[str, Any]:
    actor = getattr(request, "actor", None)
    own = queries.help_lines(actor) if actor is not None else None
    lines = [{**line, "dial": number_to_dial(line["number"])} for line in own.lines] if own else []
    return {
        "help": talks.page(),
        "own_lines": lines,
        "own_steps": own.steps if own else [],
        "agency_said": own is not None,
        "agency": actor.agency_name if actor is not None else "",
    }


@require_http_methods(["GET", "POST"])
@requires(Permission.AGENCY_MANAGE)
def help_lines(request: StaffRequest) -> HttpResponse:
    """Whom to call in a hard moment, and the agency's own steps; earlier words stay readable."""
    before = list(queries.help_lines_before(request.actor)[:20])
    now = before[0] if before else None
    first = {"steps": "\n".join(now.steps) if now else "", "seen": now.number if now else 0}
    form = HelpStepsForm(request.POST or None, initial=first)
    lines = LineForms(request.POST or None, initial=now.lines if now else [], prefix="line")
    if request.method == "POST" and form.is_valid() and lines.is_valid():
        try:
            actions.set_help_lines(
                lines_said(lines),
                form.cleaned_data["steps"],
                seen=form.cleaned_data["seen"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            messages.success(request, _("Saved. It stands on the page for hard talks now."))
            return redirect("web:help_lines")
    page = {"form": form, "lines": lines, "before": before[1:], "nav": "more"}
    status = 422 if request.method == "POST" else 200
    return render(request, "web/help/help_lines.html", page, status=status)


@require_GET
@requires()
def processes(request: StaffRequest) -> HttpResponse:
    page = {"processes": catalog.processes(), "nav": "more"}
    return render(request, "web/help/processes.html", page)
