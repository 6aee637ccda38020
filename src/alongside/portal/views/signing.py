"""A participant signs their plan on their own device, or says what should be different; they get
ready for an update, and read earlier versions. Nobody has to sign anything."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.accounts.codes import Permission
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refused
from alongside.people.queries import own_record
from alongside.plans import actions
from alongside.plans.codes import OPEN_VERSION, Side
from alongside.plans.queries import versions as queries
from alongside.plans.rules.content import PlanContent
from alongside.plans.rules.signing import mark
from alongside.portal import unsent
from alongside.portal.access import PortalRequest, requires
from alongside.portal.forms.signing import OtherwiseForm, ReadyForm, SignForm
from alongside.portal.views.plan import base

NOTHING_YET = queries.Open(None, PlanContent(), (), None)


def _open(request: PortalRequest) -> queries.Open:
    plan, _episode, _goes_on = base.latest(request.actor)
    return queries.open_version(request.actor, plan_id=plan.pk) if plan else NOTHING_YET


@require_http_methods(["GET", "POST"])
@requires(Permission.OWN_WRITE)
@leaves(Leaving.OWN_COPY)
def own_sign(request: PortalRequest) -> HttpResponse:
    """The text that is signed, word for word, and room for a name. What was laid before them, or
    the plan as it stands, which they sign first."""
    episode, now = base.going_on(request.actor), _open(request)
    offered = now.offered
    ours = offered is not None and Side.SUPPORTER in queries.facts_of(offered).signed
    # What moved on is read anew as it stands now; then they sign first, and the supporter again.
    waits = ours and not now.moved_on
    form = SignForm(request.POST or None, initial={"read": now.digest})
    if request.method == "POST" and form.is_valid():
        with base.refusals_in(form):
            return _sign(request, episode, now, form.cleaned_data, second=waits)
    if form.is_bound and form.errors:
        # What is on the screen now is what they read when they look again.
        form.data = {**dict(form.data.items()), "read": now.digest}
    page = {
        "form": form,
        "otherwise": unsent.picked_up(
            request,
            OtherwiseForm(initial={"version_id": offered.pk if offered else None}),
            key=_otherwise(offered),
        ),
        "now": now,
        "answered": queries.asked_otherwise(request.actor, version=now.version),
        "offered": offered,
        "waits": waits,
        "ours": ours,
        "signed_by_me": offered is not None and not ours and not now.moved_on,
        "said": now.said,
        "content": now.content,
        "mine": True,
    }
    return base.show(request, "portal/mine/signing/sign.html", page)


def _otherwise(version: Any) -> str:
    return unsent.key_of("own_sign_answer", *([version.pk] if version else []))


def _sign(
    request: PortalRequest, episode: Any, now: queries.Open, said: dict[str, Any], *, second: bool
) -> HttpResponse:
    done: dict[str, Any] = {"by": request.actor, "at": timezone.now()}
    if second and now.offered is not None:
        version = actions.sign_plan(now.offered.pk, name=said["name"], read=said["read"], **done)
        text = _("You both signed. This is your plan now.")
        return base.done(request, text, to=reverse("portal:own_version", args=[version.pk]))
    actions.offer_plan(episode.pk, name=said["name"], read=said["read"], **done)
    text = _("You signed. Your supporter can read it and sign too.")
    return base.done(request, text, to=reverse("portal:own_sign"))


@require_POST
@requires(Permission.OWN_WRITE)
@leaves(Leaving.OWN_COPY)
def own_sign_answer(request: PortalRequest) -> HttpResponse:
    """Not like this, or not now. Nothing else happens."""
    return _move(request, actions.answer_plan, _("Kept. Your supporter will read it."), words=True)


@require_POST
@requires(Permission.OWN_WRITE)
@leaves(Leaving.OWN_COPY)
def own_sign_back(request: PortalRequest) -> HttpResponse:
    return _move(request, actions.take_offer_back, _("You took your name back."))


def _move(request: PortalRequest, act: Any, text: str, *, words: bool = False) -> HttpResponse:
    form = OtherwiseForm(request.POST)
    here = reverse("portal:own_sign")
    version = _open(request).version
    if version is None or not form.is_valid() or version.pk != form.cleaned_data["version_id"]:
        return base.done(request, _("The plan is not up for signing right now."), to=here)
    more = {"words": form.cleaned_data["words"]} if words else {}
    try:
        act(version.pk, by=request.actor, at=timezone.now(), **more)
    except Refused as refused:
        return base.care(request, refused.refusal, to=here)
    return base.done(request, text, to=here, key=_otherwise(version))


@require_http_methods(["GET", "POST"])
@requires(Permission.OWN_WRITE)
@leaves(Leaving.OWN_COPY)
def own_ready(request: PortalRequest) -> HttpResponse:
    """Their words for the next update: they wait on the supporter's page."""
    episode, now = base.going_on(request.actor), _open(request)
    theirs = now.said.participant
    known = {"what_changed": theirs, "seen": mark(theirs)}
    form = unsent.picked_up(request, ReadyForm(request.POST or None, initial=known))
    if request.method == "POST" and form.is_valid():
        with base.refusals_in(form):
            said = form.cleaned_data
            actions.keep_plan_draft(
                episode.pk,
                what_changed=said["what_changed"],
                seen={Side.PARTICIPANT: said["seen"]},
                by=request.actor,
                at=timezone.now(),
            )
            text = _("Kept. Your words are there when you two look at the plan.")
            return base.done(request, text, to=reverse("portal:own_plan"))
    stale = form.is_bound and form.data.get("seen") != mark(theirs)
    if form.is_bound and form.errors:
        form.data = {**dict(form.data.items()), "seen": mark(theirs)}
    page = {"form": form, "now": now, "stale": stale, "mine": True}
    page["since"] = base.in_own_words(now.since)
    return base.show(request, "portal/mine/signing/ready.html", page)


@require_GET
@requires(Permission.OWN_READ)
@leaves(Leaving.OWN_COPY)
def own_versions(request: PortalRequest) -> HttpResponse:
    person = own_record(request.actor)
    rows = queries.versions_of(request.actor, participant_id=person.pk)
    agreed = [one for one in rows if one.status not in OPEN_VERSION]
    return base.show(request, "portal/mine/signing/versions.html", {"agreed": agreed})


@require_GET
@requires(Permission.OWN_READ)
@leaves(Leaving.OWN_COPY)
def own_version(request: PortalRequest, version_id: UUID) -> HttpResponse:
    person = own_record(request.actor)
    reading = queries.reading(request.actor, participant_id=person.pk, version_id=version_id)
    page = {
        "reading": reading,
        "version": reading.version,
        "since": base.in_own_words(reading.since),
        "said": queries.said_in(reading.version),
        "mine": True,
    }
    return base.show(request, "portal/mine/signing/version.html", page)
