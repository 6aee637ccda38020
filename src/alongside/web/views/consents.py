"""Consents of a participant: the list, and one being written, a question a page."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.accounts.codes import Permission
from alongside.accounts.queries import agency_of
from alongside.consents import actions, queries
from alongside.consents.codes import ConsentStatus, SignedHow
from alongside.consents.queries.links import links_of
from alongside.consents.rules import steps
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.people import actions as people
from alongside.practice.consents import (
    ConsentKind,
    Ending,
    Version,
    book,
    code_of,
    kind_of,
    tongue,
    version_on,
)
from alongside.practice.rules import rules_on
from alongside.web import consenting, drafts
from alongside.web.access import StaffRequest, requires
from alongside.web.consenting import today
from alongside.web.forms.consents import (
    CLASS,
    KindForm,
    PeopleForm,
    UntilForm,
    WhatForm,
    WhyForm,
)
from alongside.web.forms.consents_signed import SignForm
from alongside.web.languages import of_the_record
from alongside.web.templatetags.words import say
from alongside.web.views.participants import SIGHT

WRITE = Permission.CONSENT_WRITE
A_YEAR = timedelta(days=365)
LONGEST = 10


def home(participant_id: UUID) -> str:
    return reverse("web:consents", args=[participant_id])


def page_of(participant_id: UUID, consent_id: UUID) -> str:
    return reverse("web:consent", args=[participant_id, consent_id])


def find(request: StaffRequest, participant_id: UUID, consent_id: UUID) -> Any:
    return queries.consent_visible_to(
        request.actor, participant_id=participant_id, consent_id=consent_id
    )


@require_GET
@requires(*SIGHT)
def consents(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    person, on = drafts.the_person(request, participant_id), today(request)
    rows = queries.consents_of(request.actor, participant_id=participant_id)
    found = [consenting.shown(row, on=on, with_text=False) for row in rows]
    page = {
        "nav": "people",
        "person": person,
        "in_force": [one for one in found if one.state == "in-force"],
        "drafts": [one for one in found if one.state == "draft"],
        "over": [one for one in found if one.state == "over"],
        "links": list(links_of(request.actor, participant_id=participant_id)),
    }
    return render(request, "web/consents/consents.html", page)


@requires(WRITE)
def consent_new(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    person, on = drafts.the_person(request, participant_id), today(request)
    theirs = of_the_record(person.language)
    initial = {"consent_id": new_id(), "language": tongue(theirs).code}
    form = KindForm(
        request.POST if request.method == "POST" else None, initial=initial, version=version_on(on)
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.draft_consent(
                participant_id,
                form.begin(),
                by=request.actor,
                at=timezone.now(),
                consent_id=form.cleaned_data["consent_id"],
            )
            return redirect(consenting.next_page(row, on=on))
        except Refused as refused:
            field = form.answer_field() if refused.refusal.field == "answer" else "kind"
            form.add_error(field, say(refused.refusal))
    page = {"person": person, "form": form, **_instead(form, version_on(on))}
    return drafts.show(request, "web/consents/new.html", page)


def _instead(form: KindForm, version: Version) -> dict[str, Any]:
    """Whoever picked a kind that does not fit is offered the one that does, in one tap."""
    chosen = form.data.get("kind") if form.is_bound else None
    kind = version.kinds[ConsentKind(chosen)] if chosen in set(ConsentKind) else None
    answer = kind.answer(form.data.get(f"answer_{kind.code}", "")) if kind else None
    if answer is None or answer.fits:
        return {}
    return {"instead": version.kinds[ConsentKind(answer.instead)]}


@require_GET
@requires(*SIGHT)
def consent(request: StaffRequest, participant_id: UUID, consent_id: UUID) -> HttpResponse:
    """A draft as it would be signed, or what was signed, word for word."""
    person = drafts.the_person(request, participant_id)
    return show(request, page(request, person, consent_id))


def show(request: StaffRequest, found: dict[str, Any]) -> HttpResponse:
    """Ready to be signed, the phone is handed over: the page speaks the language of the text."""
    if not found["handed"]:
        return drafts.show(request, "web/consents/consent.html", found)
    with translation.override(found["one"].text.language):
        return drafts.show(request, "web/consents/sign.html", found)


def page(
    request: StaffRequest, person: Any, consent_id: UUID, *, form: SignForm | None = None
) -> dict[str, Any]:
    on = today(request)
    row = find(request, person.pk, consent_id)
    one = consenting.shown(row, on=on)
    ready = one.is_draft and not one.left
    signer = {"signer": "participant", "seen": one.text.hash}
    adult = rules_on(on, agency_of(request.actor).jurisdiction).adult_from
    return {
        "nav": "people",
        "person": person,
        "one": one,
        "row": row,
        "form": form or (SignForm(initial=signer) if ready else None),
        "ready": ready,
        "handed": ready and row.how != SignedHow.ELSEWHERE,
        "elsewhere": row.how == SignedHow.ELSEWHERE,
        "tongue": tongue(row.language),
        "tongues": [one for one in book().tongues.values() if one.code != row.language],
        "next": consenting.next_page(row, on=on) if one.is_draft else "",
        "foot": code_of(one.text.hash if one.is_draft else row.text_hash),
        "about_age": steps.about_age(person.born_on, on, adult_from=adult)
        if one.is_draft
        else None,
        "again_id": new_id(),
        "steps": [] if one.is_draft else list(queries.steps_of(request.actor, consent_id=row.pk)),
        "no_mistake": queries.why_not_take_mistake_back(
            request.actor, consent=row, at=timezone.now()
        )
        is None,
        "may_end": one.state == "in-force" and row.ends == Ending.EVENT,
    }


def _step(
    request: StaffRequest,
    participant_id: UUID,
    consent_id: UUID,
    *,
    name: str,
    make: Callable[[Any, Any], tuple[type[forms.Form], dict[str, Any], dict[str, Any]]],
    keep: Callable[[Any, Any, date], Any],
) -> HttpResponse:
    """One question of a draft. What is typed is kept within a second, and the answer with the
    button; the page after it is the next thing that is left to say."""
    person, on = drafts.the_person(request, participant_id), today(request)
    row = find(request, participant_id, consent_id)
    if row.status != ConsentStatus.DRAFT:
        return redirect(page_of(participant_id, consent_id))
    kind = kind_of(version_on(on).code, ConsentKind(row.kind))
    cls, initial, more = make(row, kind)
    key = f"consent-{name}-{consent_id}"
    form = drafts.paper(
        request,
        cls,
        key=key,
        participant_id=participant_id,
        initial={"revision": row.revision, **initial},
        **more,
    )
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            keep(row, form, on)
            people.drop_draft(participant_id, form=key, by=request.actor)
            kept = find(request, participant_id, consent_id)
            return redirect(consenting.next_page(kept, on=on))
    if form.is_bound:
        row.refresh_from_db()
    stale = drafts.stale(form, row.revision)
    page = {"person": person, "row": row, "kind": kind, "form": form, "key": key, "stale": stale}
    page["tongue"] = tongue(row.language)
    return drafts.show(request, f"web/consents/{name}.html", page)


@requires(WRITE)
def consent_people(request: StaffRequest, participant_id: UUID, consent_id: UUID) -> HttpResponse:
    def make(row: Any, kind: Any) -> Any:
        known = consenting.known_people(request, row, kind)
        ticked = [consenting.key_of(one) for one in row.recipients.all()]
        ticked = ticked or ([CLASS] if kind.class_words else [])
        return PeopleForm, {"people": ticked}, {"kind": kind, "known": known}

    def keep(row: Any, form: Any, on: date) -> Any:
        return actions.name_recipients(
            row.pk,
            form.recipients(),
            revision=form.cleaned_data["revision"],
            by=request.actor,
            at=timezone.now(),
        )

    return _step(request, participant_id, consent_id, name="people", make=make, keep=keep)


@requires(WRITE)
def consent_what(request: StaffRequest, participant_id: UUID, consent_id: UUID) -> HttpResponse:
    def make(row: Any, kind: Any) -> Any:
        known = {"categories": row.categories, "information": row.information}
        return WhatForm, known, {"kind": kind}

    def keep(row: Any, form: Any, on: date) -> Any:
        revision = form.cleaned_data["revision"]
        return actions.say_what(
            row.pk, form.what(), revision=revision, by=request.actor, at=timezone.now()
        )

    return _step(request, participant_id, consent_id, name="what", make=make, keep=keep)


@requires(WRITE)
def consent_why(request: StaffRequest, participant_id: UUID, consent_id: UUID) -> HttpResponse:
    def make(row: Any, kind: Any) -> Any:
        return WhyForm, {"purpose": row.purpose, "words": row.purpose_words}, {"kind": kind}

    def keep(row: Any, form: Any, on: date) -> Any:
        revision = form.cleaned_data["revision"]
        return actions.say_why(
            row.pk, form.why(), revision=revision, by=request.actor, at=timezone.now()
        )

    return _step(request, participant_id, consent_id, name="why", make=make, keep=keep)


@requires(WRITE)
def consent_until(request: StaffRequest, participant_id: UUID, consent_id: UUID) -> HttpResponse:
    def make(row: Any, kind: Any) -> Any:
        usual = kind.ends[0] if kind.code is ConsentKind.TPO else Ending.DATE
        known = {
            "ends": row.ends or usual.value,
            "ends_on": row.ends_on or today(request) + A_YEAR,
            "ends_event": row.ends_event,
            "firm": row.firm,
        }
        return UntilForm, known, {"kind": kind}

    def keep(row: Any, form: Any, on: date) -> Any:
        revision = form.cleaned_data["revision"]
        return actions.say_until(
            row.pk, form.until(), revision=revision, by=request.actor, at=timezone.now()
        )

    return _step(request, participant_id, consent_id, name="until", make=make, keep=keep)


@require_POST
@requires(WRITE)
def consent_language(request: StaffRequest, participant_id: UUID, consent_id: UUID) -> HttpResponse:
    """In which language a draft is read and signed."""
    find(request, participant_id, consent_id)
    sent, to = request.POST, page_of(participant_id, consent_id)
    try:
        actions.say_language(
            consent_id,
            sent.get("language", ""),
            revision=_number(sent.get("revision", "")),
            by=request.actor,
            at=timezone.now(),
        )
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=to)
    return redirect(to)


def _number(typed: str) -> int:
    """No draft is at -1: it is asked to be looked at again."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < LONGEST else -1


@require_POST
@requires(WRITE)
def consent_put_away(request: StaffRequest, participant_id: UUID, consent_id: UUID) -> HttpResponse:
    find(request, participant_id, consent_id)
    try:
        actions.put_consent_away(consent_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=page_of(participant_id, consent_id))
    undo = reverse("web:consent_take_up", args=[participant_id, consent_id])
    messages.success(request, _("The draft is put away."), extra_tags=undo)
    return redirect(home(participant_id))


@require_POST
@requires(WRITE)
def consent_take_up(request: StaffRequest, participant_id: UUID, consent_id: UUID) -> HttpResponse:
    find(request, participant_id, consent_id)
    try:
        actions.take_consent_up(consent_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=page_of(participant_id, consent_id))
    messages.success(request, _("The draft is back."))
    return redirect(page_of(participant_id, consent_id))
