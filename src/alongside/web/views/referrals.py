"""The referral desk: who asks for support, how long they have waited, and what comes next."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import zip_longest
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.codes import Permission
from alongside.accounts.queries import agency_of
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.exchange.queries import rows_visible_to
from alongside.exchange.rules.same_person import PersonKey, looks_like
from alongside.people import actions as people_actions
from alongside.people import queries as people_queries
from alongside.people.rules import name_key
from alongside.practice import catalog
from alongside.practice.rules import rules_on
from alongside.referrals.actions import desk as actions
from alongside.referrals.codes import ReferralStatus, Source
from alongside.referrals.queries import desk as queries
from alongside.referrals.queries import referrers as queries_of_referrers
from alongside.referrals.queries.asking import waiting_apart
from alongside.referrals.queries.desk import DeskFilter, Key
from alongside.referrals.queries.matching import matches_of
from alongside.referrals.rules import desk as rules
from alongside.web import arriving, drafts
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.referrals import (
    CorrectForm,
    MoveForm,
    NewReferralForm,
    PopulationForm,
    as_it_stands,
)

MOST_SEARCHED = 100
# What a button at the desk says, by where it leads.
STEPS: Mapping[ReferralStatus, str] = {
    ReferralStatus.ACCEPTED: "accept",
    ReferralStatus.WAITLISTED: "waitlist",
    ReferralStatus.DECLINED: "decline",
    ReferralStatus.WITHDRAWN: "withdraw",
    ReferralStatus.RECEIVED: "reopen",
}


def today(request: StaffRequest) -> date:
    return local_date(timezone.now(), request.actor.time_zone)


def posted(request: StaffRequest) -> QueryDict | None:
    """What was sent, an empty form too; ``None`` when the page is only opened."""
    return request.POST if request.method == "POST" else None


@requires(Permission.REFERRAL_READ)
def desk(request: StaffRequest) -> HttpResponse:
    chosen = _chosen(request)
    page = queries.desk(request.actor, chosen, after=_key(request.GET.get("after", "")))
    counts = queries.counts(request.actor, chosen)
    narrowed = {"pathway": chosen.pathway, "county": chosen.county}
    kept = {name: value for name, value in narrowed.items() if value}
    context = {
        "nav": "desk",
        "rows": [_row(request, row) for row in page.rows],
        "chosen": chosen,
        "narrowed": bool(kept),
        "tabs": [
            {
                "status": status,
                "name": name,
                "count": counts[status],
                "url": "?" + urlencode({"status": status.value, **kept}),
            }
            for status, name in rules.STATUS_NAMES.items()
        ],
        "pathways": catalog.pathways(),
        "counties": queries.counties(request.actor),
        "next": page.next and _next(chosen, kept, page.next),
        "waits": chosen.status in rules.OPEN,
        "apart": waiting_apart(request.actor).count(),
        "added_to": queries_of_referrers.unread_additions(request.actor)[:20],
    }
    return render(request, "web/referrals/desk.html", context)


def _chosen(request: StaffRequest) -> DeskFilter:
    try:
        status = ReferralStatus(request.GET.get("status", ReferralStatus.RECEIVED.value))
    except ValueError:
        status = ReferralStatus.RECEIVED
    return DeskFilter(status, request.GET.get("pathway", ""), request.GET.get("county", ""))


def _key(text: str) -> Key | None:
    """The key in an address, or ``None`` for one that is not ours: then the list begins anew."""
    try:
        on, row = text.split(".")
        return Key(date.fromisoformat(on) if on else None, UUID(hex=row))
    except ValueError:
        return None


def _next(chosen: DeskFilter, kept: Mapping[str, str], key: Key) -> str:
    on = key.received_on.isoformat() if key.received_on else ""
    return "?" + urlencode({"status": chosen.status, **kept, "after": f"{on}.{key.id.hex}"})


def _row(request: StaffRequest, row: Any) -> dict[str, Any]:
    return {
        "referral": row,
        "status": rules.STATUS_NAMES[ReferralStatus(row.status)],
        "waiting": rules.waiting(row.received_on, on=today(request)),
        "pathway": catalog.term("pathway", row.pathway).short,
    }


@require_POST
@requires(Permission.REFERRAL_READ)
def search(request: StaffRequest) -> HttpResponse:
    """By POST, so that no name stands in an address."""
    words = request.POST.get("words", "").strip()[:MOST_SEARCHED]
    if not words:
        return redirect("web:referrals")
    rows = queries.search(request.actor, words=words)
    context = {"nav": "desk", "words": words, "rows": [_row(request, row) for row in rows]}
    return render(request, "web/referrals/search.html", context)


@requires(Permission.REFERRAL_WRITE)
def new(request: StaffRequest) -> HttpResponse:
    known = {"received_on": today(request), "pathway": "not_said", "referral_id": new_id()}
    form = NewReferralForm(posted(request), initial=known)
    alike: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        made = queries.referrals_visible_to(request.actor)
        if made.filter(pk=form.cleaned_data["referral_id"]).exists():
            return redirect("web:referral", referral_id=form.cleaned_data["referral_id"])
        alike = _alike(request, form)
        who = request.POST.get("choice", "")
        if alike and not who:
            again = bool(request.POST.get("asked"))
            page = {"nav": "desk", "form": form, "alike": alike, "ask_who": True}
            page["unanswered"] = again
            return render(request, "web/referrals/new.html", page, status=422 if again else 200)
        with drafts.refusals_in(form):
            referral = _receive(request, form, who)
            messages.success(request, _("The request is at the desk."))
            return redirect("web:referral", referral_id=referral.pk)
    page = {"nav": "desk", "form": form, "alike": alike}
    return render(request, "web/referrals/new.html", page, status=422 if form.errors else 200)


@transaction.atomic
def _receive(request: StaffRequest, form: NewReferralForm, who: str) -> Any:
    """For someone known, once a person said so; else for someone new."""
    now = timezone.now()
    if who and who != "new":
        try:
            known = people_queries.participants_visible_to(request.actor).get(pk=UUID(who))
        except ValueError as unreadable:
            raise Http404 from unreadable
    else:
        known = people_actions.add_participant(form.participant(), by=request.actor, at=now)
    return actions.receive_referral(
        known.pk,
        form.request_words(),
        referrer=form.referrer(),
        by=request.actor,
        at=now,
        referral_id=form.cleaned_data["referral_id"],
    )


def _alike(request: StaffRequest, form: NewReferralForm) -> list[dict[str, Any]]:
    """People who may be the same person, each with the reason; at most six."""
    said = form.cleaned_data
    wanted = PersonKey(said["name"], said["born_on"], _digits(said["phone"]))
    words = sorted(name_key(said["name"]).split())
    found = []
    for person in queries.might_be(
        request.actor, name=said["name"], born_on=said["born_on"], phone=said["phone"]
    ):
        why = looks_like(wanted, PersonKey(person.name, person.born_on, _digits(person.phone)))
        if why or sorted(person.name_key.split()) == words:
            found.append({"person": person, "why": why or _("Same name.")})
    return found[:6]


def _digits(phone: str) -> str:
    digits = "".join(c for c in phone if c.isdigit())
    return digits[-10:] if len(digits) >= 10 else ""


@requires(Permission.REFERRAL_READ)
def referral(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    return _page(request, referral_id)


def _page(
    request: StaffRequest, referral_id: UUID, *, sent: MoveForm | None = None, to: str = ""
) -> HttpResponse:
    row = queries.referrals_visible_to(request.actor).get(pk=referral_id)
    people_actions.open_record(row.participant_id, by=request.actor, at=timezone.now())
    on = today(request)
    in_force = rules_on(on, agency_of(request.actor).jurisdiction)
    others = queries.referrals_of(request.actor, participant_id=row.participant_id)
    context = {
        "nav": "desk",
        **_row(request, row),
        "open": ReferralStatus(row.status) in rules.OPEN,
        "found": queries.eligibility(request.actor, row, on=on, rules=in_force),
        "funding": queries.funding(request.actor, row, on=on),
        "took": rules.first_contact_took(actions.facts(row)),
        "moves": [
            {"move": m, "to": rules.STATUS_NAMES[ReferralStatus(m.to_status)]}
            for m in queries.moves(request.actor, referral_id=referral_id)
        ],
        "corrections": queries.corrections(request.actor, referral_id=referral_id),
        "matches": matches_of(request.actor, participant_id=row.participant_id),
        "others": [_row(request, other) for other in others if other.pk != row.pk],
        "steps": _steps(row, sent, to),
        "sheet": _sheet(request, row),
        **arriving.from_referrer(request.actor, row),
        "population_form": PopulationForm(initial={"population": row.participant.population}),
    }
    status = 422 if sent is not None else 200
    return render(request, "web/referrals/referral.html", context, status=status)


def _sheet(request: StaffRequest, row: Any) -> list[tuple[str, str]]:
    """The row of the sheet it came with, word for word: what comes of a row has the row's id."""
    if row.source != Source.SHEET:
        return []
    found = rows_visible_to(request.actor).select_related("batch").filter(pk=row.pk).first()
    if found is None:
        return []
    cells = zip_longest(found.batch.header, found.cells, fillvalue="")
    return [(str(head), str(cell)) for head, cell in cells if str(cell).strip()]


def _steps(row: Any, sent: MoveForm | None, to: str) -> dict[str, MoveForm]:
    """A form for each step that the table allows from here."""
    moves = rules.REFERRAL_MOVES[ReferralStatus(row.status)] - rules.BY_MATCHING
    if row.status == ReferralStatus.MATCHED:
        moves = frozenset()  # the match is ended on its own page, with a hand-off
    return {
        STEPS[step]: sent
        if sent is not None and step == to
        else MoveForm(to=step, auto_id=f"{step}_%s")
        for step in STEPS
        if step in moves
    }


@require_POST
@requires(Permission.REFERRAL_WRITE)
def move(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    try:
        to = ReferralStatus(request.POST.get("to", ""))
    except ValueError as unknown:
        raise Http404 from unknown
    form = MoveForm(request.POST, to=to, auto_id=f"{to}_%s")
    if not form.is_valid():
        return _page(request, referral_id, sent=form, to=to)
    home = reverse("web:referral", args=[referral_id])
    try:
        actions.move_referral(
            referral_id, to=to, **form.cleaned_data, by=request.actor, at=timezone.now()
        )
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=home)
    if to is ReferralStatus.ACCEPTED:
        return redirect("web:match", referral_id=referral_id)
    messages.success(request, _("Kept. The way back stays open."))
    return redirect(home)


@requires(Permission.REFERRAL_WRITE)
def correct(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    row = queries.referrals_visible_to(request.actor).get(pk=referral_id)
    people_actions.open_record(row.participant_id, by=request.actor, at=timezone.now())
    form = CorrectForm(posted(request), initial=dict(as_it_stands(row)))
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            actions.correct_referral(
                referral_id,
                form.request_words(),
                referrer=form.referrer(),
                why=form.cleaned_data["why"],
                by=request.actor,
                at=timezone.now(),
            )
            messages.success(request, _("Corrected. What stood there before stays readable."))
            return redirect("web:referral", referral_id=referral_id)
    page = {"nav": "desk", "referral": row, "form": form}
    return drafts.show(request, "web/referrals/correct.html", page)


@require_POST
@requires(Permission.REFERRAL_WRITE)
def population(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """How the participant describes themselves. Their word, and nothing to prove it by."""
    row = queries.referrals_visible_to(request.actor).get(pk=referral_id)
    home = reverse("web:referral", args=[referral_id])
    form = PopulationForm(request.POST)
    if not form.is_valid():
        return redirect(home)
    person = people_queries.participants_visible_to(request.actor).get(pk=row.participant_id)
    try:
        people_actions.change_participant(
            person.pk,
            replace(person.facts(), population=form.cleaned_data["population"]),
            revision=person.revision,
            by=request.actor,
            at=timezone.now(),
        )
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=home)
    messages.success(request, _("Kept. Their own word is enough."))
    return redirect(home)
