"""Whether the person at the keys has shown a moment ago who they are; a short page asks them to."""

import base64
from urllib.parse import urlencode, urlsplit

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from alongside.core.sealing import CannotOpen, open_text, seal_text
from alongside.web.refill import refill

KEPT = "kept_words"
NEVER_KEPT = ("csrfmiddlewaretoken", "password", "credential", "code")


def is_fresh(request: HttpRequest) -> bool:
    """Whether password, code or passkey were shown within ``PROOF_SECONDS``."""
    shown = [one["at"] for one in get_authentication_records(request, request.user)]
    age = timezone.now().timestamp() - max(shown, default=0)
    return bool(abs(age) <= settings.PROOF_SECONDS)


def ask(request: HttpRequest) -> HttpResponse:
    """Off to the short page. What was typed waits, closed, and comes back with the form's page: it
    is sent again only by the person's own hand."""
    page = request.get_full_path() if request.method in ("GET", "HEAD") else _stood_on(request)
    if request.method == "POST":
        request.session[KEPT] = {
            "page": page,
            "to": request.path,
            "words": _close(request, _words(request.POST)),
            "files": bool(request.FILES),
        }
    address = f"{reverse('web:its_you')}?{urlencode({'next': page})}"
    if getattr(request, "htmx", False):
        address = f"{reverse('web:its_you')}?{urlencode({'next': _stood_on(request)})}"
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


def awaited(request: HttpRequest) -> bool:
    """Whether this is the page to which typed words come back."""
    kept = request.session.get(KEPT)
    return bool(kept and request.method == "GET" and kept["page"] == request.get_full_path())


def say_it_came_back(request: HttpRequest) -> None:
    said = _("Thank you. What you typed is here as you left it. Look once more, then go on.")
    if request.session[KEPT]["files"]:
        said += " " + _("Only a file is to be chosen again.")
    messages.info(request, said)


def bring_back(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    """The answer with the typed words in its form; where it has no such form, a page of its own
    holds them."""
    kept = request.session[KEPT]
    kind = answer.headers.get("Content-Type", "")
    if isinstance(answer, HttpResponse) and answer.status_code == 200 and "html" in kind:
        html = refill(
            answer.content.decode(),
            page=request.path,
            to=kept["to"],
            typed=dict(words_of(request).lists()),
        )
        if html is not None:
            del request.session[KEPT]
            answer.content = html.encode()
            return answer
    request.session[KEPT] = {**kept, "page": ""}
    return redirect("web:go_on")


def words_of(request: HttpRequest) -> QueryDict:
    """What waits; nothing where another one's words or keys are in its place."""
    closed = base64.b64decode(request.session[KEPT]["words"])
    for key in settings.SEALING_KEYS:
        try:
            return QueryDict(open_text(key, closed, context=_context(request)))
        except CannotOpen:
            continue
    return QueryDict()


def _words(sent: QueryDict) -> str:
    words = sent.copy()
    for name in sent:
        if any(never in name for never in NEVER_KEPT):
            del words[name]
    return words.urlencode()


def _close(request: HttpRequest, words: str) -> str:
    closed = seal_text(settings.SEALING_KEYS[0], words, context=_context(request))
    return base64.b64encode(closed).decode()


def _context(request: HttpRequest) -> str:
    return f"kept words of {request.user.pk}"


def _stood_on(request: HttpRequest) -> str:
    """The page the form stood on, as its browser says; else the form's own address."""
    came_from = request.headers.get("referer", "")
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        return request.get_full_path()
    parts = urlsplit(came_from)
    return f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
