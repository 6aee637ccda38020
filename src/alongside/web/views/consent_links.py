"""Two people who both take part: proposed on a page that stands on neither record, shown on both
once both said yes (MPR-3)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.accounts.codes import Permission
from alongside.consents.actions import links as actions
from alongside.consents.queries import links as queries
from alongside.consents.rules.links import TEXT
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.core.words import Say
from alongside.people.queries import participants_visible_to, search
from alongside.web import drafts
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.consents_signed import LinkPersonForm, LinkYesForm
from alongside.web.views.consents import home
from alongside.web.views.referrals import posted

WRITE = Permission.CONSENT_WRITE
MOST_FOUND = 20


@require_GET
@requires(WRITE)
def links(request: StaffRequest) -> HttpResponse:
    """What waits for a yes. Only who sees both people sees it at all."""
    pairs: dict[UUID, list[Any]] = {}
    for side in queries.open_sides(request.actor):
        pairs.setdefault(side.link_id, []).append(side)
    page = {"nav": "more", "pairs": list(pairs.values())}
    return render(request, "web/consents/links.html", page)


@requires(WRITE)
def link_new(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    """Whom they mean. Nothing of it stands on either record yet."""
    person = drafts.the_person(request, participant_id)
    form = LinkPersonForm(posted(request))
    chosen = request.POST.get("other", "")
    if request.method == "POST" and chosen:
        other = participants_visible_to(request.actor).get(pk=_id(chosen))
        try:
            link_id = actions.propose_link(
                participant_id,
                other.pk,
                by=request.actor,
                at=timezone.now(),
                link_id=_id(request.POST.get("link_id", "")),
            )
            return redirect("web:record_link", link_id=link_id)
        except Refused as refused:
            to = reverse("web:record_link_new", args=[participant_id])
            return drafts.care(request, refused.refusal, to=to)
    found = None
    if request.method == "POST" and form.is_valid():
        people = search(request.actor, words=form.cleaned_data["words"])
        found = list(people.exclude(pk=participant_id)[:MOST_FOUND])
    page = {"person": person, "form": form, "found": found, "link_id": new_id()}
    return drafts.show(request, "web/consents/link_new.html", page)


@requires(WRITE, fresh=True)
def link(request: StaffRequest, link_id: UUID) -> HttpResponse:
    """Both sides of one link: each says yes with their own name, whenever they are here."""
    sides = queries.sides_of(request.actor, link_id=link_id)
    for side in sides:
        drafts.the_person(request, side.participant_id)
    sent = request.POST.get("side", "")
    forms = {side.pk: LinkYesForm(prefix=str(side.pk)) for side in sides}
    mine = next((side for side in sides if str(side.pk) == sent), None)
    if request.method == "POST" and mine is not None:
        form = forms[mine.pk] = LinkYesForm(request.POST, prefix=str(mine.pk))
        if form.is_valid():
            with drafts.refusals_in(form):
                actions.say_yes_to_link(
                    mine.pk,
                    link_id=link_id,
                    name=form.cleaned_data["name"],
                    other_is=form.cleaned_data["other_is"],
                    by=request.actor,
                    at=timezone.now(),
                )
                messages.success(request, _("Their yes is written down."))
                return redirect("web:record_link", link_id=link_id)
    page = {
        "nav": "more",
        "link": sides[0].link,
        "sides": [
            {"row": side, "form": forms[side.pk], "text": Say(TEXT, {"other": side.other.name})}
            for side in sides
        ],
        "form": forms[mine.pk] if mine is not None else None,
    }
    return drafts.show(request, "web/consents/link.html", page)


@require_POST
@requires(WRITE)
def link_drop(request: StaffRequest, link_id: UUID) -> HttpResponse:
    try:
        actions.drop_link_proposal(link_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=reverse("web:record_links"))
    messages.success(request, _("Dropped. It stands nowhere."))
    return redirect("web:record_links")


@require_POST
@requires(WRITE)
def link_back(request: StaffRequest, participant_id: UUID, side_id: UUID) -> HttpResponse:
    """One of the two takes it back; it is gone from both records."""
    try:
        actions.take_link_back(
            side_id, participant_id=participant_id, by=request.actor, at=timezone.now()
        )
    except Refused as refused:
        return drafts.care(request, refused.refusal, to=home(participant_id))
    messages.success(request, _("Taken back. It stands on neither record."))
    return redirect(home(participant_id))


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return new_id()
