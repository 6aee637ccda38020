"""Signing a consent, on this screen or on paper; taking it back; ending it; its copies."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.accounts.codes import Permission
from alongside.consents import actions
from alongside.consents.codes import ConsentStatus, SignedHow
from alongside.core.ids import new_id
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refused
from alongside.papers import pdf
from alongside.people.codes import Printed
from alongside.practice.consents import code_of, version_on
from alongside.referrals.actions.telling import sign_consent_and_tell
from alongside.web import consenting, drafts
from alongside.web.access import StaffRequest, requires
from alongside.web.consenting import today
from alongside.web.forms.consents_signed import (
    EndForm,
    MistakeBackForm,
    MistakeForm,
    PaperForm,
    RevokeForm,
    SignForm,
)
from alongside.web.own_copies import on_paper
from alongside.web.views.consents import find, home, page, page_of, show
from alongside.web.views.growing.shared import checked_file, hand_out
from alongside.web.views.participants import SIGHT
from alongside.web.views.referrals import posted

WRITE = Permission.CONSENT_WRITE


def _shown(request: StaffRequest, participant_id: UUID, consent_id: UUID) -> consenting.Shown:
    return consenting.shown(find(request, participant_id, consent_id), on=today(request))


@require_POST
@requires(WRITE, fresh=True)
def consent_sign(request: StaffRequest, participant_id: UUID, consent_id: UUID) -> HttpResponse:
    """The participant's name, written by themselves on the phone that was handed over."""
    person = drafts.the_person(request, participant_id)
    form = SignForm(request.POST)
    language = find(request, participant_id, consent_id).language
    with translation.override(language):
        signed = form.is_valid() and _signs(request, form, consent_id)
        thanks = format_html('<span lang="{}">{}</span>', language, form.thanks)
    if signed:
        # The phone is still in the hand of who signed.
        messages.success(request, thanks)
        return redirect(page_of(participant_id, consent_id))
    found = page(request, person, consent_id, form=form)
    if found["one"].is_draft:
        # What is on the screen now is what they read when they look again.
        form.data = {**dict(form.data.items()), "seen": found["one"].text.hash}
    return show(request, found)


def _signs(request: StaffRequest, form: SignForm, consent_id: UUID) -> bool:
    """Whether it is signed; else the form says why, in the language it was asked in."""
    with drafts.refusals_in(form):
        sign_consent_and_tell(consent_id, form.signing(), by=request.actor, at=timezone.now())
        return True
    return False


@requires(WRITE, fresh=True)
def consent_paper(request: StaffRequest, participant_id: UUID, consent_id: UUID) -> HttpResponse:
    """A paper that was signed by hand, and its photo or scan."""
    person = drafts.the_person(request, participant_id)
    one = _shown(request, participant_id, consent_id)
    if not one.is_draft:
        return redirect(page_of(participant_id, consent_id))
    ours = one.row.how != SignedHow.ELSEWHERE
    form = PaperForm(
        posted(request),
        request.FILES or None,
        initial={"signer": "participant", "on": today(request) if ours else None},
        ours=ours,
        kind=one.kind,
        version=version_on(today(request)),
    )
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            paper = checked_file(request)
            sign_consent_and_tell(
                consent_id, form.signing(), by=request.actor, at=timezone.now(), paper=paper
            )
            messages.success(request, _("The signed paper is kept. It holds from now on."))
            return redirect(page_of(participant_id, consent_id))
    found = {"person": person, "one": one, "row": one.row, "form": form, "ours": ours}
    return drafts.show(request, "web/consents/paper.html", {**found, "again": bool(request.FILES)})


@require_GET
@requires(*SIGHT)
@leaves(Leaving.OWN_COPY)
def consent_print(request: StaffRequest, participant_id: UUID, consent_id: UUID) -> HttpResponse:
    """To be signed by hand, or the copy that the participant takes along."""
    person = on_paper(request, participant_id, Printed.CONSENT)
    one = _shown(request, participant_id, consent_id)
    text_hash = one.text.hash if one.is_draft else one.row.text_hash
    found = {"nav": "people", "person": person, "one": one, "row": one.row}
    more = {"foot": code_of(text_hash), "printed_at": timezone.now()}
    with translation.override(one.text.language):
        return render(request, "web/consents/print.html", {**found, **more})


@require_GET
@requires(*SIGHT)
@leaves(Leaving.OWN_COPY)
def consent_pdf(request: StaffRequest, participant_id: UUID, consent_id: UUID) -> HttpResponse:
    """The same as a tagged PDF, for whoever reads it with a device or keeps it on a phone."""
    on_paper(request, participant_id, Printed.CONSENT)
    one = _shown(request, participant_id, consent_id)
    foot = code_of(one.text.hash if one.is_draft else one.row.text_hash)
    language = one.text.language
    with translation.override(language):
        data = consenting.as_paper(one, foot=foot, agency=request.actor.agency_name)
    headers = {"Content-Disposition": 'attachment; filename="consent.pdf"'}
    made = pdf("record", data, language=language)
    return HttpResponse(made, content_type="application/pdf", headers=headers)


@require_GET
@requires(*SIGHT)
@leaves(Leaving.INSIDE)
def consent_scan(request: StaffRequest, participant_id: UUID, consent_id: UUID) -> HttpResponse:
    drafts.the_person(request, participant_id)
    row = find(request, participant_id, consent_id)
    if row.paper is None:
        raise Http404
    return hand_out(request, row.paper, back=page_of(participant_id, consent_id), called="consent")


@requires(WRITE, fresh=True)
def consent_revoke(request: StaffRequest, participant_id: UUID, consent_id: UUID) -> HttpResponse:
    person = drafts.the_person(request, participant_id)
    one = _shown(request, participant_id, consent_id)
    left = [(who.pk, who.name) for who in one.people if who.revoked_at is None]
    initial = {"on": today(request), "how": "aloud", "whom": ""}
    form = RevokeForm(posted(request), initial=initial, left=left)
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            actions.revoke_consent(
                consent_id,
                form.revoking(),
                by=request.actor,
                at=timezone.now(),
                recipient_id=form.recipient_id(),
            )
            messages.success(request, _("Taken back. It counts from this moment on."))
            return redirect(page_of(participant_id, consent_id))
    holds = (ConsentStatus.SIGNED, ConsentStatus.ENDED)
    if request.method == "GET" and one.row.status not in holds:
        return redirect(page_of(participant_id, consent_id))
    found = {"person": person, "one": one, "row": one.row, "form": form}
    return drafts.show(request, "web/consents/revoke.html", found)


@requires(WRITE, fresh=True)
def consent_end(request: StaffRequest, participant_id: UUID, consent_id: UUID) -> HttpResponse:
    person = drafts.the_person(request, participant_id)
    one = _shown(request, participant_id, consent_id)
    form = EndForm(posted(request), initial={"on": today(request)})
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            actions.end_consent(
                consent_id, form.cleaned_data["on"], by=request.actor, at=timezone.now()
            )
            undo = reverse("web:consent_end_back", args=[participant_id, consent_id])
            messages.success(request, _("Noted. Nothing is told by it now."), extra_tags=undo)
            return redirect(page_of(participant_id, consent_id))
    found = {"person": person, "one": one, "row": one.row, "form": form}
    return drafts.show(request, "web/consents/end.html", found)


@require_POST
@requires(WRITE, fresh=True)
def consent_end_back(request: StaffRequest, participant_id: UUID, consent_id: UUID) -> HttpResponse:
    find(request, participant_id, consent_id)
    to = page_of(participant_id, consent_id)
    try:
        actions.take_consent_end_back(consent_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=to)
    messages.success(request, _("It holds again, as it was signed."))
    return redirect(to)


@requires(WRITE, fresh=True)
def consent_mistake(request: StaffRequest, participant_id: UUID, consent_id: UUID) -> HttpResponse:
    person = drafts.the_person(request, participant_id)
    one = _shown(request, participant_id, consent_id)
    form = MistakeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            reason = form.cleaned_data["reason"]
            actions.call_consent_mistaken(
                consent_id, reason=reason, by=request.actor, at=timezone.now()
            )
            messages.success(request, _("It counts for nothing now. It stays readable."))
            return redirect(home(participant_id))
    found = {"person": person, "one": one, "row": one.row, "form": form}
    return drafts.show(request, "web/consents/mistake.html", found)


@requires(WRITE, fresh=True)
def consent_mistake_back(
    request: StaffRequest, participant_id: UUID, consent_id: UUID
) -> HttpResponse:
    """It was no mistake after all: for who said so, that day, and for the privacy officer."""
    person = drafts.the_person(request, participant_id)
    one = _shown(request, participant_id, consent_id)
    form = MistakeBackForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            reason = form.cleaned_data["reason"]
            actions.take_mistake_back(
                consent_id, reason=reason, by=request.actor, at=timezone.now()
            )
            messages.success(request, _("It counts again, as it did before."))
            return redirect(page_of(participant_id, consent_id))
    if request.method == "GET" and one.row.status != ConsentStatus.MISTAKEN:
        return redirect(page_of(participant_id, consent_id))
    found = {"person": person, "one": one, "row": one.row, "form": form}
    return drafts.show(request, "web/consents/mistake_back.html", found)


@require_POST
@requires(WRITE)
def consent_again(request: StaffRequest, participant_id: UUID, consent_id: UUID) -> HttpResponse:
    """A new draft that says what this one said."""
    find(request, participant_id, consent_id)
    try:
        row: Any = actions.draft_again(
            consent_id, new_id=_made_id(request), by=request.actor, at=timezone.now()
        )
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=page_of(participant_id, consent_id))
    new = find(request, participant_id, row.pk)
    return redirect(consenting.next_page(new, on=today(request)))


def _made_id(request: StaffRequest) -> UUID:
    try:
        return UUID(request.POST.get("consent_id", ""))
    except ValueError:
        return new_id()
