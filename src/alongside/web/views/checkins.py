"""Check-ins on a supporter's phone: side by side, or handed over for as long as it takes."""

import json
from contextlib import nullcontext
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
from alongside.core.clock import local
from alongside.core.ids import new_id
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refused
from alongside.outcomes.actions import checkins as actions
from alongside.outcomes.codes import Way
from alongside.outcomes.queries import checkins as queries
from alongside.outcomes.queries import instruments
from alongside.outcomes.rules.checkins import WAY_WORDS
from alongside.practice.instruments import CHECK_IN, filling
from alongside.practice.instruments.responses import response
from alongside.web import drafts
from alongside.web.access import StaffRequest, requires
from alongside.web.languages import theirs
from alongside.web.templatetags.words import say
from alongside.web.views.participants import SIGHT

WRITE = Permission.PLAN_WRITE
MOST_SHOWN = 30
RESULT = "check-in-result"  # in the session: whose result is shown on the phone handed over
LAST = "check-in-page"  # in the session: which page wrote last, and when


def _next(request: StaffRequest) -> str:
    """Where to go afterwards: one of our own pages about people, or nothing."""
    wanted = request.POST.get("next", "") or request.GET.get("next", "")
    inside = wanted.startswith("/people/") and ".." not in wanted and "\\" not in wanted
    return wanted if inside and len(wanted) < 200 else ""


def _go(request: StaffRequest, name: str, *args: object) -> HttpResponse:
    """To a page of this check-in, which knows where to return to."""
    after = _next(request)
    url = reverse(f"web:{name}", args=args)
    return redirect(f"{url}?{urlencode({'next': after})}" if after else url)


def _row(request: StaffRequest, participant_id: UUID, check_in_id: UUID) -> Any:
    return queries.check_in_of(
        request.actor, participant_id=participant_id, check_in_id=check_in_id
    )


def _is_theirs(row: Any) -> bool:
    """Whether they are changing it on their own: nobody else reads that until they are done."""
    return row.draft is not None and row.draft_way == Way.OWN.value


@require_POST
@requires(WRITE)
def check_in_new(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    person = drafts.the_person(request, participant_id)
    wanted = request.POST.get("check_in_id", "")
    new = actions.New(
        check_in_id=UUID(wanted) if _is_id(wanted) else new_id(),
        participant_id=person.pk,
        instrument=request.POST.get("instrument", CHECK_IN),
    )
    handed = "handed" in request.POST
    try:
        row = actions.begin_check_in(new, handed=handed, by=request.actor, at=timezone.now())
    except Refused as refused:
        messages.warning(request, say(refused.refusal))
        return redirect("web:outcomes", participant_id)
    return _go(request, "check_in_write", participant_id, row.pk, 1)


def _is_id(words: str) -> bool:
    try:
        UUID(words)
    except ValueError:
        return False
    return True


def _page_of(request: StaffRequest, row: Any, number: int) -> filling.Page:
    instrument = instruments.instrument_of(
        request.actor, key=row.instrument, version=row.instrument_version
    )
    pages = filling.pages(instrument)
    return pages[min(max(number, 1), len(pages)) - 1]


def _save(request: StaffRequest, row: Any, typed: filling.Typed) -> actions.Saved:
    """What the page that wrote last sends now needs no comparing."""
    key = request.POST.get("page_key", "")
    last = request.session.get(LAST) == [str(row.pk), key, row.saved_at.isoformat()]
    saved = actions.save_answers(
        row.pk,
        typed.answers,
        was=None if last else typed.was,
        by=request.actor,
        at=timezone.now(),
    )
    if not saved.others:
        request.session[LAST] = [str(row.pk), key, saved.row.saved_at.isoformat()]
    return saved


@require_http_methods(["GET", "POST"])
@requires(WRITE)
def check_in_write(
    request: StaffRequest, participant_id: UUID, check_in_id: UUID, number: int
) -> HttpResponse:
    """One page of questions. Nothing has to be answered; each page is saved on the way."""
    person = drafts.the_person(request, participant_id)
    row = _row(request, participant_id, check_in_id)
    if row.voided_at or (request.method != "POST" and _is_theirs(row)):
        return redirect("web:check_in", participant_id, check_in_id)
    page = _page_of(request, row, number)
    if request.method != "POST":
        return _show(request, person, row, page)
    typed = filling.typed(page, request.POST)
    try:
        saved = _save(request, row, typed)
    except Refused as refused:
        with _reads(person, handed=row.draft_way == Way.HANDED.value):
            messages.warning(request, say(refused.refusal))
        return _show(request, person, row, page, typed=typed)
    if typed.errors or saved.others:
        return _show(request, person, saved.row, page, typed=typed, others=saved.others)
    if "later" in request.POST:
        messages.success(request, _("Kept. You two can go on at any time."))
        return redirect(_next(request) or reverse("web:outcomes", args=[participant_id]))
    if "before" in request.POST:
        before = max(page.number - 1, 1)
        return _go(request, "check_in_write", participant_id, check_in_id, before)
    if page.number == page.of:
        return _go(request, "check_in_end", participant_id, check_in_id)
    return _go(request, "check_in_write", participant_id, check_in_id, page.number + 1)


def _show(
    request: StaffRequest,
    person: Any,
    row: Any,
    page: filling.Page,
    *,
    typed: filling.Typed | None = None,
    others: Any = None,
) -> HttpResponse:
    answers = row.answers if row.draft is None or _is_theirs(row) else row.draft
    handed = row.draft_way == Way.HANDED.value
    rows = filling.rows(page, answers, typed=typed, others=others)
    context = {
        "nav": "people",
        "person": person,
        "row": row,
        "handed": handed,
        "page": page,
        "rows": rows,
        "wrong": [one for one in rows if one.error or one.other],
        "page_key": request.POST.get("page_key") or new_id(),
        "next": _next(request),
    }
    status = 422 if typed is not None else 200
    with _reads(person, handed=handed):
        return render(request, "web/checkins/write.html", context, status=status)


def _reads(person: Any, *, handed: bool) -> Any:
    """In the participant's hands a page speaks their language."""
    return theirs(person) if handed else nullcontext()


@require_POST
@requires(WRITE)
def check_in_save(
    request: StaffRequest, participant_id: UUID, check_in_id: UUID, number: int
) -> HttpResponse:
    """Autosave. 409 where someone else answered the same question meanwhile; both are kept."""
    if request.POST.get("draft_actor", str(request.actor.id)) != str(request.actor.id):
        return JsonResponse({}, status=403)
    row = _row(request, participant_id, check_in_id)
    page = _page_of(request, row, number)
    try:
        saved = _save(request, row, filling.typed(page, request.POST))
    except Refused as refused:
        return JsonResponse({"error": refused.refusal.code}, status=422)
    reply: dict[str, Any] = {
        "saved_at": local(saved.row.saved_at, request.actor.time_zone).isoformat()
    }
    if saved.others:
        args = [participant_id, check_in_id, page.number]
        reply["other"] = {"url": reverse("web:check_in_write", args=args)}
    return JsonResponse(reply, status=409 if saved.others else 200)


@require_http_methods(["GET", "POST"])
@requires(WRITE)
def check_in_end(request: StaffRequest, participant_id: UUID, check_in_id: UUID) -> HttpResponse:
    person = drafts.the_person(request, participant_id)
    row = _row(request, participant_id, check_in_id)
    if row.voided_at or row.draft is None or _is_theirs(row):
        return _go(request, "check_in", participant_id, check_in_id)
    error, handed = "", row.draft_way == Way.HANDED.value
    if request.method == "POST":
        try:
            actions.finish_check_in(check_in_id, by=request.actor, at=timezone.now())
        except Refused as refused:
            with _reads(person, handed=handed):
                error = say(refused.refusal)
        else:
            if handed:
                request.session[RESULT] = str(row.pk)
                return _go(request, "check_in", participant_id, check_in_id)
            messages.success(request, _("Done. Thank you both for taking the time."))
            after = _next(request)
            return redirect(after or reverse("web:check_in", args=[participant_id, check_in_id]))
    instrument = instruments.instrument_of(
        request.actor, key=row.instrument, version=row.instrument_version
    )
    page = {
        "nav": "people",
        "person": person,
        "row": row,
        "handed": handed,
        "last": filling.pages(instrument)[-1].number,
        "still_open": filling.open_questions(instrument, row.draft),
        "error": error,
        "next": _next(request),
    }
    with _reads(person, handed=handed):
        return render(request, "web/checkins/end.html", page, status=422 if error else 200)


@require_GET
@requires(*SIGHT)
def check_in(request: StaffRequest, participant_id: UUID, check_in_id: UUID) -> HttpResponse:
    """What the participant said on that day. On a phone handed over they see it first, once, with
    a button to hand it back."""
    person = drafts.the_person(request, participant_id)
    row = _row(request, participant_id, check_in_id)
    if not row.number:
        return redirect("web:outcomes", participant_id)
    answered = queries.one(request.actor, participant_id=participant_id, check_in_id=check_in_id)
    versions = queries.versions_of(request.actor, check_in_id=check_in_id)
    page = {
        "nav": "people",
        "person": person,
        "row": row,
        "answered": answered,
        "title": answered.instrument.title if answered.instrument else "",
        "way": WAY_WORDS[answered.way],
        "theirs": _is_theirs(row),
        "earlier": list(versions[:MOST_SHOWN]),
    }
    if request.session.get(RESULT) == str(row.pk):
        del request.session[RESULT]
        with theirs(person):
            return render(request, "web/checkins/result.html", {**page, "next": _next(request)})
    return render(request, "web/checkins/check_in.html", page)


@require_POST
@requires(WRITE)
def check_in_away(request: StaffRequest, participant_id: UUID, check_in_id: UUID) -> HttpResponse:
    row = _row(request, participant_id, check_in_id)
    try:
        actions.put_answers_away(check_in_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        messages.warning(request, say(refused.refusal))
    else:
        undo = "" if row.number else _url("check_in_again", participant_id, check_in_id)
        messages.success(request, _("Put away."), extra_tags=undo)
    return redirect("web:outcomes", participant_id)


def _url(name: str, *args: object) -> str:
    return reverse(f"web:{name}", args=args)


@require_POST
@requires(WRITE)
def check_in_back(request: StaffRequest, participant_id: UUID, check_in_id: UUID) -> HttpResponse:
    """It was a mistake: with a reason that stays with it."""
    _row(request, participant_id, check_in_id)
    reason = request.POST.get("reason", "")
    try:
        actions.take_check_in_back(check_in_id, reason=reason, by=request.actor, at=timezone.now())
    except Refused as refused:
        messages.warning(request, say(refused.refusal))
        return redirect("web:check_in", participant_id, check_in_id)
    undo = _url("check_in_again", participant_id, check_in_id)
    messages.success(request, _("Taken back. It counts no more."), extra_tags=undo)
    return redirect("web:outcomes", participant_id)


@require_POST
@requires(WRITE)
def check_in_again(request: StaffRequest, participant_id: UUID, check_in_id: UUID) -> HttpResponse:
    _row(request, participant_id, check_in_id)
    row = actions.put_check_in_back(check_in_id, by=request.actor, at=timezone.now())
    messages.success(request, _("It is back."))
    if row.number:
        return redirect("web:check_in", participant_id, check_in_id)
    return redirect("web:check_in_write", participant_id, check_in_id, 1)


@require_POST
@requires(*SIGHT, fresh=True)
@leaves(Leaving.OWN_COPY)
def check_in_file(request: StaffRequest, participant_id: UUID, check_in_id: UUID) -> HttpResponse:
    """One check-in as a FHIR R4 QuestionnaireResponse, without a name."""
    answered = queries.one(request.actor, participant_id=participant_id, check_in_id=check_in_id)
    row = _row(request, participant_id, check_in_id)
    if answered.instrument is None:
        messages.warning(request, _("The questions of this check-in cannot be read any more."))
        return redirect("web:check_in", participant_id, check_in_id)
    actions.take_check_ins_along(participant_id, by=request.actor, at=timezone.now())
    found = response(
        answered.instrument,
        answered.answers,
        at=row.finished_at,
        subject=f"Patient/{participant_id}",
    )
    headers = {"Content-Disposition": 'attachment; filename="questionnaire-response.json"'}
    text = json.dumps(found, ensure_ascii=False, indent=2)
    return HttpResponse(text, content_type="application/fhir+json", headers=headers)
