"""A participant's own check-ins: a few questions at a time, saved as one goes, theirs to show."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.accounts.codes import Permission
from alongside.core.clock import local, local_date
from alongside.core.ids import new_id
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refused
from alongside.outcomes.actions import checkins as actions
from alongside.outcomes.queries import checkins as queries
from alongside.outcomes.queries import instruments, rhythm
from alongside.people.queries import own_record
from alongside.portal.access import PortalRequest, requires
from alongside.portal.words import said
from alongside.practice.cadence import DueState
from alongside.practice.instruments import CHECK_IN, filling

READ, WRITE = Permission.OWN_READ, Permission.OWN_WRITE
MOST_SHOWN = 30
LAST = "check-in-page"  # in the session: which page wrote last, and when


@require_GET
@requires(READ)
@leaves(Leaving.OWN_COPY)
def check_ins(request: PortalRequest) -> HttpResponse:
    """What is offered, what was begun, and what was said before."""
    actor = request.actor
    person = own_record(actor)
    titles = instruments.titles(actor)
    open_rows = list(queries.unfinished(actor, participant_id=person.pk)[:MOST_SHOWN])
    begun = {row.instrument for row in open_rows if not row.number}
    offers = rhythm.offers(actor, participant_id=person.pk, on=_today(request))
    offered = [one.instrument for one in offers] or [CHECK_IN]
    page = {
        "nav": "check_ins",
        "offers": [
            {"key": key, "title": titles[key], "check_in_id": new_id()}
            for key in offered
            if key in titles and key not in begun
        ],
        "due": [one.instrument for one in offers if one.state is DueState.DUE],
        "open": [{"row": row, "title": titles.get(row.instrument, "")} for row in open_rows],
        "done": [
            {"row": row, "title": titles.get(row.instrument, "")}
            for row in queries.finished(actor, participant_id=person.pk)[:MOST_SHOWN]
        ],
    }
    return render(request, "portal/mine/checkin/list.html", page)


def _today(request: PortalRequest) -> Any:
    return local_date(timezone.now(), request.actor.time_zone)


def _next(request: PortalRequest) -> str:
    """Where to go afterwards: one of our own pages for participants, or nothing."""
    wanted = request.POST.get("next", "") or request.GET.get("next", "")
    inside = wanted.startswith(reverse("portal:mine")) and ".." not in wanted
    return wanted if inside and "\\" not in wanted and len(wanted) < 200 else ""


def _go(request: PortalRequest, name: str, *args: object) -> HttpResponse:
    """To a page of this check-in, which knows where to return to."""
    after = _next(request)
    url = reverse(f"portal:{name}", args=args)
    return redirect(f"{url}?{urlencode({'next': after})}" if after else url)


@require_POST
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def check_in_new(request: PortalRequest) -> HttpResponse:
    new = actions.New(
        check_in_id=_uuid(request.POST.get("check_in_id", "")),
        participant_id=own_record(request.actor).pk,
        instrument=request.POST.get("instrument", CHECK_IN),
    )
    try:
        row = actions.begin_check_in(new, by=request.actor, at=timezone.now())
    except Refused as refused:
        messages.warning(request, said(refused.refusal))
        return redirect("portal:own_check_ins")
    return _go(request, "own_check_in_write", row.pk, 1)


def _uuid(words: str) -> UUID:
    """The id that the page made; from a page without one, a new one."""
    try:
        return UUID(words)
    except ValueError:
        return new_id()


def _row(request: PortalRequest, check_in_id: UUID) -> Any:
    person = own_record(request.actor)
    return queries.check_in_of(request.actor, participant_id=person.pk, check_in_id=check_in_id)


def _page_of(request: PortalRequest, row: Any, number: int) -> filling.Page:
    instrument = instruments.instrument_of(
        request.actor, key=row.instrument, version=row.instrument_version
    )
    pages = filling.pages(instrument)
    return pages[min(max(number, 1), len(pages)) - 1]


def _is_last_writer(request: PortalRequest, row: Any) -> bool:
    """Whether what stands there was written by the very page that now sends more."""
    key = request.POST.get("page_key", "")
    return request.session.get(LAST) == [str(row.pk), key, row.saved_at.isoformat()]


def _save(request: PortalRequest, row: Any, typed: filling.Typed) -> actions.Saved:
    was = None if _is_last_writer(request, row) else typed.was
    saved = actions.save_answers(
        row.pk, typed.answers, was=was, by=request.actor, at=timezone.now()
    )
    key = request.POST.get("page_key", "")
    if not saved.others:
        request.session[LAST] = [str(row.pk), key, saved.row.saved_at.isoformat()]
    return saved


@require_http_methods(["GET", "POST"])
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def check_in_write(request: PortalRequest, check_in_id: UUID, number: int) -> HttpResponse:
    """One page of questions. Nothing has to be answered; each page is saved on the way."""
    row = _row(request, check_in_id)
    if row.voided_at:
        return redirect("portal:own_check_in", check_in_id)
    page = _page_of(request, row, number)
    if request.method == "GET":
        return _show(request, row, page)
    typed = filling.typed(page, request.POST)
    try:
        saved = _save(request, row, typed)
    except Refused as refused:
        messages.warning(request, said(refused.refusal))
        return _show(request, row, page, typed=typed)
    if typed.errors or saved.others:
        return _show(request, saved.row, page, typed=typed, others=saved.others)
    if "later" in request.POST:
        messages.success(request, _("Kept. Go on when you like."))
        return redirect(_next(request) or "portal:own_check_ins")
    if "before" in request.POST:
        return _go(request, "own_check_in_write", check_in_id, max(page.number - 1, 1))
    if page.number == page.of:
        return _go(request, "own_check_in_end", check_in_id)
    return _go(request, "own_check_in_write", check_in_id, page.number + 1)


def _show(
    request: PortalRequest,
    row: Any,
    page: filling.Page,
    *,
    typed: filling.Typed | None = None,
    others: Any = None,
) -> HttpResponse:
    answers = row.answers if row.draft is None else row.draft
    rows = filling.rows(page, answers, typed=typed, others=others)
    context = {
        "nav": "check_ins",
        "row": row,
        "page": page,
        "rows": rows,
        "wrong": [one for one in rows if one.error or one.other],
        "page_key": request.POST.get("page_key") or new_id(),
        "next": _next(request),
    }
    status = 422 if typed is not None else 200
    return render(request, "portal/mine/checkin/write.html", context, status=status)


@require_POST
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def check_in_save(request: PortalRequest, check_in_id: UUID, number: int) -> HttpResponse:
    """Autosave. 409 where someone else answered the same question meanwhile; both are kept."""
    if request.POST.get("draft_actor", str(request.actor.id)) != str(request.actor.id):
        return JsonResponse({}, status=403)
    row = _row(request, check_in_id)
    page = _page_of(request, row, number)
    try:
        saved = _save(request, row, filling.typed(page, request.POST))
    except Refused as refused:
        return JsonResponse({"error": refused.refusal.code}, status=422)
    reply: dict[str, Any] = {
        "saved_at": local(saved.row.saved_at, request.actor.time_zone).isoformat()
    }
    if saved.others:
        url = reverse("portal:own_check_in_write", args=[check_in_id, page.number])
        reply["other"] = {"url": url}
    return JsonResponse(reply, status=409 if saved.others else 200)


@require_http_methods(["GET", "POST"])
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def check_in_end(request: PortalRequest, check_in_id: UUID) -> HttpResponse:
    """All questions were there: done, and shown to the supporter or kept for oneself."""
    row = _row(request, check_in_id)
    if row.voided_at or row.draft is None:
        return redirect("portal:own_check_in", check_in_id)
    error = ""
    if request.method == "POST":
        try:
            actions.finish_check_in(
                check_in_id, share="share" in request.POST, by=request.actor, at=timezone.now()
            )
        except Refused as refused:
            error = said(refused.refusal)
        else:
            messages.success(request, _("Done. Thank you for taking the time."))
            return redirect(_next(request) or reverse("portal:own_check_in", args=[check_in_id]))
    instrument = instruments.instrument_of(
        request.actor, key=row.instrument, version=row.instrument_version
    )
    page = {
        "nav": "check_ins",
        "row": row,
        "last": filling.pages(instrument)[-1].number,
        "still_open": filling.open_questions(instrument, row.draft),
        "error": error,
        "next": _next(request),
    }
    status = 422 if error else 200
    return render(request, "portal/mine/checkin/end.html", page, status=status)


@require_GET
@requires(READ)
@leaves(Leaving.OWN_COPY)
def check_in(request: PortalRequest, check_in_id: UUID) -> HttpResponse:
    """What one said on that day."""
    row = _row(request, check_in_id)
    if not row.number:
        return redirect("portal:own_check_ins")
    person = own_record(request.actor)
    answered = queries.one(request.actor, participant_id=person.pk, check_in_id=check_in_id)
    versions = queries.versions_of(request.actor, check_in_id=check_in_id)
    page = {
        "nav": "check_ins",
        "row": row,
        "answered": answered,
        "earlier": list(versions[:MOST_SHOWN]),
        "title": answered.instrument.title if answered.instrument else "",
    }
    return render(request, "portal/mine/checkin/result.html", page)


@require_POST
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def check_in_share(request: PortalRequest, check_in_id: UUID) -> HttpResponse:
    return _done(request, check_in_id, actions.share_check_in, _("Shared."), "own_check_in_unshare")


@require_POST
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def check_in_unshare(request: PortalRequest, check_in_id: UUID) -> HttpResponse:
    words = _("Only you see it now. Your supporter may have read it before.")
    return _done(request, check_in_id, actions.unshare_check_in, words)


@require_POST
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def check_in_back(request: PortalRequest, check_in_id: UUID) -> HttpResponse:
    words = _("Taken back. It counts no more.")
    return _done(request, check_in_id, actions.take_check_in_back, words, "own_check_in_again")


@require_POST
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def check_in_again(request: PortalRequest, check_in_id: UUID) -> HttpResponse:
    return _done(request, check_in_id, actions.put_check_in_back, _("It is back."))


@require_POST
@requires(WRITE)
@leaves(Leaving.OWN_COPY)
def check_in_away(request: PortalRequest, check_in_id: UUID) -> HttpResponse:
    words = _("Put away.")
    undo = "" if _row(request, check_in_id).number else "own_check_in_again"
    return _done(request, check_in_id, actions.put_answers_away, words, undo)


def _done(
    request: PortalRequest, check_in_id: UUID, action: Any, words: str, undo: str = ""
) -> HttpResponse:
    _row(request, check_in_id)
    try:
        action(check_in_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        messages.warning(request, said(refused.refusal))
    else:
        tag = reverse(f"portal:{undo}", args=[check_in_id]) if undo else ""
        messages.success(request, words, extra_tags=tag)
    row = _row(request, check_in_id)
    if row.number and not row.voided_at:
        return redirect("portal:own_check_in", check_in_id)
    return redirect("portal:own_check_ins")
