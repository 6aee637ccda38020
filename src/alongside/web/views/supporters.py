"""Supporters: the list, one profile, the supporter's own story, and the certificates."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.codes import Permission
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.encounters.queries import mode_shares
from alongside.practice.codes import LivedExperience
from alongside.referrals.actions.matching import open_sight
from alongside.referrals.queries.matching import caseloads
from alongside.web import drafts
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.supporters import (
    CredentialForm,
    LinkForm,
    ProfileForm,
    SupporterForm,
    own_words,
)
from alongside.web.views.referrals import posted, today
from alongside.workforce import actions, queries
from alongside.workforce.rules import NewCredential, NewSupporter

SHARES_OF_DAYS = 90


@requires(Permission.SUPPORTER_READ)
def supporters(request: StaffRequest) -> HttpResponse:
    loads = caseloads(request.actor)
    rows = [
        {"profile": profile, "load": load, "room": max(profile.caseload_size - load, 0)}
        for profile in queries.profiles(request.actor, on=today(request))
        for load in [loads.get(profile.id, 0)]
    ]
    page = {"nav": "more", "rows": rows, "may_write": _may_write(request)}
    return render(request, "web/supporters/list.html", page)


def _may_write(request: StaffRequest) -> bool:
    return request.actor.may(Permission.SUPPORTER_WRITE)


@requires(Permission.SUPPORTER_READ)
def supporter(request: StaffRequest, supporter_id: UUID) -> HttpResponse:
    profile = queries.profile(request.actor, supporter_id=supporter_id, on=today(request))
    load = caseloads(request.actor).get(supporter_id, 0)
    page: dict[str, Any] = {
        "nav": "more",
        "profile": profile,
        "load": load,
        "room": max(profile.caseload_size - load, 0),
        "credentials": queries.credentials_of(request.actor, supporter_id=supporter_id),
        "may_write": _may_write(request),
        "sees_growth": queries.growing(request.actor).filter(pk=supporter_id).exists(),
        "shares": mode_shares(
            request.actor,
            supporter_id=supporter_id,
            since=today(request) - timedelta(days=SHARES_OF_DAYS),
        ),
    }
    if page["may_write"]:
        page["voided"] = queries.voided_credentials_of(request.actor, supporter_id=supporter_id)
        if profile.user_id is None:
            page["link"] = LinkForm(users=queries.users_without_profile(request.actor))
    return render(request, "web/supporters/supporter.html", page)


@requires(Permission.SUPPORTER_WRITE)
def new(request: StaffRequest) -> HttpResponse:
    form = SupporterForm(posted(request), initial={"made_id": new_id()})
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            added = actions.add_supporter(
                form.supporter(),
                by=request.actor,
                at=timezone.now(),
                supporter_id=form.cleaned_data["made_id"],
            )
            messages.success(request, _("Added. They tell their own story once they sign in."))
            return redirect("web:supporter", supporter_id=added.pk)
    page = {"nav": "more", "form": form, "home": reverse("web:supporters")}
    return drafts.show(request, "web/supporters/frame.html", page)


@requires(Permission.SUPPORTER_WRITE)
def change(request: StaffRequest, supporter_id: UUID) -> HttpResponse:
    row = queries.supporters_visible_to(request.actor).get(pk=supporter_id)
    known = {name: getattr(row, name) for name in NewSupporter.__dataclass_fields__}
    form = SupporterForm(posted(request), initial=known)
    home = reverse("web:supporter", args=[supporter_id])
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            actions.change_supporter(
                supporter_id, form.supporter(), by=request.actor, at=timezone.now()
            )
            messages.success(request, _("Saved."))
            return redirect(home)
    page = {"nav": "more", "form": form, "home": home, "known": True, "own": row.user_id}
    return drafts.show(request, "web/supporters/frame.html", page)


@require_POST
@requires(Permission.SUPPORTER_WRITE)
def link(request: StaffRequest, supporter_id: UUID) -> HttpResponse:
    home = reverse("web:supporter", args=[supporter_id])
    queries.supporters_visible_to(request.actor).get(pk=supporter_id)
    form = LinkForm(request.POST, users=queries.users_without_profile(request.actor))
    if not form.is_valid():
        return drafts.care(request, _("Choose who signs in."), to=home)
    try:
        actions.link_user(
            supporter_id,
            user_id=UUID(form.cleaned_data["user"]),
            by=request.actor,
            at=timezone.now(),
        )
        if request.actor.may(Permission.MATCH_WRITE):
            open_sight(supporter_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=home)
    messages.success(request, _("From now on the story is theirs to tell."))
    return redirect(home)


@requires(Permission.PROFILE_WRITE)
def my_profile(request: StaffRequest) -> HttpResponse:
    mine = queries.own_supporter(request.actor)
    form = ProfileForm(posted(request), initial=own_words(mine))
    if request.method == "POST" and form.is_valid():
        told = {LivedExperience(part.kind): part for part in mine.experiences.all()}
        with drafts.refusals_in(form):
            actions.change_profile(
                mine.pk,
                form.profile(),
                story=form.story(told),
                by=request.actor,
                at=timezone.now(),
            )
            messages.success(request, _("Saved. Only you decide who sees which part."))
            return redirect("web:supporter", supporter_id=mine.pk)
    page = {"nav": "more", "form": form, "mine": mine, "parts": form.parts()}
    return drafts.show(request, "web/supporters/mine.html", page)


@requires(Permission.SUPPORTER_WRITE)
def credential_new(request: StaffRequest, supporter_id: UUID) -> HttpResponse:
    profile = queries.profile(request.actor, supporter_id=supporter_id, on=today(request))
    form = CredentialForm(posted(request), initial={"made_id": new_id()})
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            kept = actions.add_credential(
                supporter_id,
                form.credential(),
                by=request.actor,
                at=timezone.now(),
                credential_id=form.cleaned_data["made_id"],
            )
            undo = reverse("web:credential_void", args=[supporter_id, kept.pk])
            messages.success(request, _("The certificate is kept."), extra_tags=undo)
            return redirect("web:supporter", supporter_id=supporter_id)
    page = {"nav": "more", "form": form, "profile": profile}
    return drafts.show(request, "web/supporters/credential.html", page)


@requires(Permission.SUPPORTER_WRITE)
def credential_correct(
    request: StaffRequest, supporter_id: UUID, credential_id: UUID
) -> HttpResponse:
    profile = queries.profile(request.actor, supporter_id=supporter_id, on=today(request))
    row = queries.credentials_of(request.actor, supporter_id=supporter_id).get(pk=credential_id)
    known = {name: getattr(row, name) for name in NewCredential.__dataclass_fields__}
    form = CredentialForm(posted(request), initial=known)
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            actions.correct_credential(
                credential_id, form.credential(), by=request.actor, at=timezone.now()
            )
            messages.success(request, _("Corrected. What stood there before stays readable."))
            return redirect("web:supporter", supporter_id=supporter_id)
    page = {"nav": "more", "form": form, "profile": profile, "known": row}
    return drafts.show(request, "web/supporters/credential.html", page)


@require_POST
@requires(Permission.SUPPORTER_WRITE)
def credential_void(request: StaffRequest, supporter_id: UUID, credential_id: UUID) -> HttpResponse:
    home = reverse("web:supporter", args=[supporter_id])
    queries.credentials_of(request.actor, supporter_id=supporter_id).get(pk=credential_id)
    try:
        actions.void_credential(credential_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=home)
    undo = reverse("web:credential_restore", args=[supporter_id, credential_id])
    messages.success(request, _("Taken out. It counts on no day."), extra_tags=undo)
    return redirect(home)


@require_POST
@requires(Permission.SUPPORTER_WRITE)
def credential_restore(
    request: StaffRequest, supporter_id: UUID, credential_id: UUID
) -> HttpResponse:
    home = reverse("web:supporter", args=[supporter_id])
    queries.voided_credentials_of(request.actor, supporter_id=supporter_id).get(pk=credential_id)
    try:
        actions.restore_credential(credential_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=home)
    messages.success(request, _("It stands again."))
    return redirect(home)
