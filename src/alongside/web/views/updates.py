"""An update for court or county: begun, written together, read on the phone, agreed to, sent."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.accounts.codes import Permission
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refusal, Refused
from alongside.encounters import actions
from alongside.encounters.actions import NewUpdate
from alongside.encounters.codes import UpdateStatus
from alongside.encounters.queries import composing
from alongside.encounters.queries import updates as queries
from alongside.papers import pdf
from alongside.people import actions as people_actions
from alongside.people import queries as people
from alongside.people.codes import Printed
from alongside.practice import role
from alongside.retention.queries import held_back
from alongside.web import drafts, tellings
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.updates import AgreeForm, NewUpdateForm, WriteForm
from alongside.web.languages import theirs
from alongside.web.own_copies import on_paper
from alongside.web.templatetags.words import say
from alongside.web.views.participants import SIGHT

WRITES = Permission.DISCLOSURE_WRITE
FIRST_REACH = timedelta(days=90)
S = UpdateStatus


@require_GET
@requires(*SIGHT)
def updates(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    """All that went to court or county about a person, and what referrers asked."""
    person = drafts.the_person(request, participant_id)
    rows = list(queries.updates_of(request.actor, participant_id=participant_id)[:100])
    named = queries.who_may_hear(request.actor, participant_id=participant_id, on=_today(request))
    page = {
        "nav": "people",
        "person": person,
        "begun": [row for row in rows if row.status == S.DRAFT],
        "sent": [row for row in rows if row.status == S.SENT],
        "put_away": [row for row in rows if row.status == S.PUT_AWAY],
        "named": named,
        "questions": list(
            queries.referrer_questions(request.actor, participant_id=participant_id)[:50]
        ),
        "may_write": request.actor.may(WRITES),
    }
    return render(request, "web/updates/updates.html", page)


@require_http_methods(["GET", "POST"])
@requires(WRITES)
def update_new(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    person = drafts.the_person(request, participant_id)
    today = _today(request)
    named = queries.who_may_hear(request.actor, participant_id=participant_id, on=today)
    initial: dict[str, Any] = {"update_id": new_id(), "until": today}
    initial["since"] = _since(request, participant_id, today)
    if len(named) == 1:
        initial["recipient"] = str(named[0].recipient.pk)
    form = NewUpdateForm(request.POST or None, initial=initial, named=named)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        new = NewUpdate(said["update_id"], UUID(said["recipient"]), said["since"], said["until"])
        with drafts.refusals_in(form):
            begun = actions.begin_update(participant_id, new, by=request.actor, at=timezone.now())
            return redirect("web:update_write", participant_id, begun.pk)
    kept = held_back(request.actor, participant_id=participant_id)
    page = {"person": person, "form": form, "named": named, "held_back": kept}
    return drafts.show(request, "web/updates/new.html", page)


@require_http_methods(["GET", "POST"])
@requires(WRITES)
def update_write(request: StaffRequest, participant_id: UUID, update_id: UUID) -> HttpResponse:
    """What goes in, with the participant beside."""
    person = drafts.the_person(request, participant_id)
    found = _the_update(request, participant_id, update_id)
    if found.status != S.DRAFT:
        return redirect("web:update", participant_id, update_id)
    draft = composing.composed(request.actor, found, at=timezone.now())
    key = f"update-{update_id}"
    form = _write_form(request, found, draft, key=key)
    hints: tuple[Any, ...] = ()
    if request.method == "POST" and form.is_valid():
        hints = role.review(form.cleaned_data["added"])
        if not _asks_to_look(form, hints):
            with drafts.refusals_in(form):
                _write(request, update_id, form)
                _let_go(request, participant_id, key)
                return redirect("web:update_read", participant_id, update_id)
    page = {"person": person, "update": found, "draft": draft, "form": form, "key": key}
    page |= {"hints": hints, "looked": _phrases(hints), "parts": _parts(form)}
    if form.is_bound and form.errors:
        found.refresh_from_db()
    page["stale"] = drafts.stale(form, found.revision)
    return drafts.show(request, "web/updates/write.html", page)


def _write_form(
    request: StaffRequest, found: Any, draft: composing.Composed, *, key: str
) -> WriteForm:
    known = {name: getattr(found, name) for name in ("since", "until", "words", "added")}
    form = drafts.paper(
        request,
        WriteForm,
        key=key,
        participant_id=found.participant_id,
        initial={**known, "revision": found.revision},
        parts=draft.all_there_is,
        left_out=found.left_out,
    )
    if getattr(form, "left_at", None):
        form.was_left(form.initial)
    return form


def _write(request: StaffRequest, update_id: UUID, form: WriteForm) -> None:
    said = form.cleaned_data
    actions.write_update(
        update_id,
        left_out=form.left_out(),
        words=said["words"],
        added=said["added"],
        since=said["since"],
        until=said["until"],
        revision=said["revision"],
        by=request.actor,
        at=timezone.now(),
    )


def _let_go(request: StaffRequest, participant_id: UUID, key: str) -> None:
    people_actions.drop_draft(participant_id, form=key, by=request.actor)


def _phrases(hints: tuple[Any, ...]) -> str:
    return "|".join(hint.phrase for hint in hints)


def _asks_to_look(form: WriteForm, hints: tuple[Any, ...]) -> bool:
    """A hint is shown once; pressing the button again goes on. It never blocks."""
    return bool(hints) and form.cleaned_data["looked"] != _phrases(hints)


def _parts(form: WriteForm) -> list[dict[str, Any]]:
    """Each part with its boxes, as the page shows them."""
    found = []
    for section in form.parts:
        if not section.quoted and section.part != "corrects":
            days = [form[f"keep-{line.key}"] for line in section.lines if line.key]
            text = "" if days else say(section.lines[0].text)
            whole = form[f"keep-{section.part}"]
            title = say(section.title)
            asked = section.part == "asked"
            found.append(
                {"title": title, "whole": whole, "days": days, "text": text, "asked": asked}
            )
    return found


@require_http_methods(["GET", "POST"])
@requires(WRITES, fresh=True)
def update_read(request: StaffRequest, participant_id: UUID, update_id: UUID) -> HttpResponse:
    """The phone is in the participant's hands: the whole update, and their yes or not now."""
    person = drafts.the_person(request, participant_id)
    with theirs(person):
        return _read(request, person, update_id)


def _read(request: StaffRequest, person: Any, update_id: UUID) -> HttpResponse:
    participant_id = person.pk
    found = _the_update(request, participant_id, update_id)
    if found.status == S.PUT_AWAY:
        return redirect("web:update", participant_id, update_id)
    now = timezone.now()
    form = AgreeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with drafts.refusals_in(form):
            actions.send_update(update_id, **said, by=request.actor, at=now)
            return redirect("web:update", participant_id, update_id)
    if found.status == S.SENT:
        return redirect("web:update", participant_id, update_id)
    draft = composing.composed(request.actor, found, at=now)
    if form.is_bound:
        form.data = {**form.data.dict(), "read": draft.code}  # type: ignore[attr-defined]
    else:
        form = AgreeForm(initial={"read": draft.code})
    page = {"person": person, "update": found, "draft": draft, "form": form, "text": draft.text}
    return drafts.show(request, "web/updates/read.html", page)


@require_GET
@requires(*SIGHT)
def update(request: StaffRequest, participant_id: UUID, update_id: UUID) -> HttpResponse:
    """What was sent, word for word; a draft leads to where it goes on."""
    person = drafts.the_person(request, participant_id)
    found = _the_update(request, participant_id, update_id)
    if found.status == S.DRAFT and request.actor.may(WRITES):
        return redirect("web:update_write", participant_id, update_id)
    page = {
        "nav": "people",
        "person": person,
        "update": found,
        "text": found.text,
        "along": found.disclosure.travels() if found.disclosure else None,
        "newer": found.corrections.filter(status=S.SENT).first(),
        "over": _why_over(request, found),
        "opened": found.disclosure.times - 1 if found.disclosure else 0,
        "may_write": request.actor.may(WRITES),
    }
    return render(request, "web/updates/update.html", page)


@require_GET
@requires(*SIGHT)
@leaves(Leaving.OWN_COPY)
def update_paper(request: StaffRequest, participant_id: UUID, update_id: UUID) -> HttpResponse:
    """What the gate let through, on paper with its notice: to hand over, or to keep. With the
    consent it goes; the page itself stays, as their own copy."""
    on_paper(request, participant_id, Printed.UPDATE)
    found = _the_update(request, participant_id, update_id)
    if found.disclosure is None or _why_over(request, found):
        raise Http404
    made = pdf("update", _paper(found, request.actor.time_zone))
    answer = HttpResponse(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = 'inline; filename="update.pdf"'
    return answer


def _why_over(request: StaffRequest, found: Any) -> Refusal | None:
    """What let it go must hold today, too: a paper is handed over anew each time."""
    return queries.why_not_hand_over(found, on=_today(request)) if found.disclosure else None


def _paper(found: Any, zone: str) -> dict[str, object]:
    text = found.text
    sections = [
        {"title": _("About"), "parts": [{"kind": "text", "text": text["about"]}]},
        {"title": _("For the days"), "parts": [{"kind": "text", "text": text["period"]}]},
    ]
    for one in text["sections"]:
        joined = "\n".join(one["lines"])
        quote = {"kind": "quote", "text": joined}
        listed = {"kind": "list", "items": one["lines"]}
        sections.append({"title": one["title"], "parts": [quote if one["quoted"] else listed]})
    agreed = _("Read and agreed to by %(name)s, %(day)s") % {
        "name": found.signed_name,
        "day": formats.date_format(local_date(found.sent_at, zone), "F j, Y"),
    }
    sections.append({"title": _("Agreed"), "parts": [{"kind": "text", "text": agreed}]})
    return {
        "title": _("Update"),
        "agency": text["from"][0],
        "to": text["to"],
        "from": text["from"],
        "sections": sections,
        "notice": tellings.notice_of(found.disclosure),
        "page": _("Page {n} of {m}"),
    }


@require_POST
@requires(WRITES)
def update_put_away(request: StaffRequest, participant_id: UUID, update_id: UUID) -> HttpResponse:
    undo = reverse("web:update_take_up", args=[participant_id, update_id])
    return _move(request, participant_id, update_id, actions.put_update_away, _("Put away."), undo)


@require_POST
@requires(WRITES)
def update_take_up(request: StaffRequest, participant_id: UUID, update_id: UUID) -> HttpResponse:
    said = _("It is here again.")
    return _move(request, participant_id, update_id, actions.take_update_up, said)


@require_POST
@requires(WRITES)
def update_correct(request: StaffRequest, participant_id: UUID, update_id: UUID) -> HttpResponse:
    """A newer one that takes the place of this one."""
    _the_update(request, participant_id, update_id)
    try:
        newer = actions.correct_update(update_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        here = reverse("web:update", args=[participant_id, update_id])
        return drafts.care(request, refused.refusal, to=here)
    return redirect("web:update_write", participant_id, newer.pk)


def _move(
    request: StaffRequest,
    participant_id: UUID,
    update_id: UUID,
    act: Any,
    said: str,
    undo: str = "",
) -> HttpResponse:
    home = reverse("web:updates", args=[participant_id])
    _the_update(request, participant_id, update_id)
    try:
        act(update_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=home)
    return drafts.done(request, participant_id, said=said, to=home, undo=undo)


def _the_update(request: StaffRequest, participant_id: UUID, update_id: UUID) -> Any:
    return queries.updates_of(request.actor, participant_id=participant_id).get(pk=update_id)


def _today(request: StaffRequest) -> date:
    return local_date(timezone.now(), request.actor.time_zone)


def _since(request: StaffRequest, participant_id: UUID, today: date) -> date:
    """The day after the last update ended, else three months back."""
    people.participants_visible_to(request.actor).only("pk").get(pk=participant_id)
    last = (
        queries.updates_of(request.actor, participant_id=participant_id)
        .filter(status=S.SENT)
        .values_list("until", flat=True)
        .first()
    )
    return min(last + timedelta(days=1), today) if last else today - FIRST_REACH
