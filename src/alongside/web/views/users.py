"""Colleagues: who they are, what they may do, and how they come in."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside import tenancy
from alongside.accounts import actions, queries
from alongside.accounts.codes import ROLE_WORDS, LetterKind, Permission, Role
from alongside.accounts.rules import why_not_accept
from alongside.core.actor import Actor
from alongside.core.refusal import Refused
from alongside.encounters.queries.leaving import people_of
from alongside.web import limits
from alongside.web.access import StaffRequest, public, requires
from alongside.web.forms.users import AcceptForm, ColleagueForm, InviteForm, role_words
from alongside.web.templatetags.words import say
from alongside.web.views.first_run import come_in
from alongside.web.views.referrals import today
from alongside.web.views.shared import refuse
from alongside.workforce import actions as workforce
from alongside.workforce import queries as workforce_queries
from alongside.workforce.rules import NewSupporter

MANAGE = Permission.USER_MANAGE
Invites = Callable[..., tuple[Any, str]]


@require_GET
@requires(MANAGE)
def colleagues(request: StaffRequest) -> HttpResponse:
    rows = list(queries.colleagues(request.actor))
    page = {
        "rows": [(user, _role_names(user)) for user in rows if user.is_active],
        "outside": [(user, _role_names(user)) for user in rows if not user.is_active],
        "invitations": list(queries.open_invitations(request.actor)),
        "now": timezone.now(),
        "nav": "more",
        "gaps": queries.nobody_looks_out(request.actor, on=today(request)),
    }
    return render(request, "web/users/colleagues.html", page)


@require_http_methods(["GET", "POST"])
@requires(MANAGE, fresh=True)
def invite(request: StaffRequest) -> HttpResponse:
    form = InviteForm(
        request.POST or None,
        supervisors=_supervisors(request.actor),
        supporters=_without_user(request.actor),
    )
    if request.method == "POST" and form.is_valid():
        try:
            invited, link = _with_letter(
                request, partial(actions.invite_colleague, form.new_colleague())
            )
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            return _hand_over(request, invited, link)
    page = {"form": form, "role_words": role_words(), "nav": "more"}
    status = 422 if request.method == "POST" else 200
    return render(request, "web/users/invite.html", page, status=status)


@require_POST
@requires(MANAGE, fresh=True)
def invitation_again(request: StaffRequest, invitation_id: UUID) -> HttpResponse:
    try:
        invited, link = _with_letter(request, partial(actions.send_again, invitation_id))
    except Refused as refused:
        messages.warning(request, say(refused.refusal))
        return redirect("web:colleagues")
    return _hand_over(request, invited, link)


@require_POST
@requires(MANAGE, fresh=True)
def invitation_back(request: StaffRequest, invitation_id: UUID) -> HttpResponse:
    try:
        actions.take_back(invitation_id, by=request.actor, at=timezone.now())
        messages.success(request, _("The invitation is taken back. Its link works no more."))
    except Refused as refused:
        messages.warning(request, say(refused.refusal))
    return redirect("web:colleagues")


@require_http_methods(["GET", "POST"])
@requires(MANAGE, fresh=True)
def colleague(request: StaffRequest, user_id: UUID) -> HttpResponse:
    facts = queries.colleague_facts(request.actor, user_id=user_id)
    user = queries.users_visible_to(request.actor).get(pk=user_id)
    form = ColleagueForm(
        request.POST or None,
        supervisors=[row for row in _supervisors(request.actor) if row[0] != str(user_id)],
        initial={"roles": [role.value for role in facts.roles], "supervisor": user.supervisor_id},
    )
    if request.method == "POST" and form.is_valid():
        try:
            _change(request, user, form.cleaned_data)
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            messages.success(request, _("Saved. It holds from their next click."))
            return redirect("web:colleagues")
    page = {"form": form, "user_shown": user, "role_words": role_words(), "nav": "more"}
    page["leads"] = Role.SUPERVISOR in facts.roles
    page["walking"] = people_of(request.actor, user_id=user_id)
    status = 422 if request.method == "POST" else 200
    return render(request, "web/users/colleague.html", page, status=status)


@transaction.atomic
def _change(request: StaffRequest, user: Any, said: dict[str, Any]) -> None:
    now = timezone.now()
    given = actions.change_roles(user.id, roles=said["roles"], by=request.actor, at=now)
    actions.set_supervisor(user.id, supervisor_id=said["supervisor"], by=request.actor, at=now)
    if Role.SUPPORTER in given:
        _be_a_supporter(request.actor, user, supporter_id=None)


@require_POST
@requires(MANAGE, fresh=True)
def shut_out(request: StaffRequest, user_id: UUID) -> HttpResponse:
    try:
        actions.shut_out(user_id, by=request.actor, at=timezone.now())
        messages.success(
            request,
            _("Signed out everywhere, from now on."),
            extra_tags=reverse("web:colleague_in", args=[user_id]),
        )
    except Refused as refused:
        messages.warning(request, say(refused.refusal))
    return redirect("web:colleagues")


@require_POST
@requires(MANAGE, fresh=True)
def let_in(request: StaffRequest, user_id: UUID) -> HttpResponse:
    try:
        actions.let_in(user_id, by=request.actor, at=timezone.now())
        messages.success(request, _("They may sign in again."))
    except Refused as refused:
        messages.warning(request, say(refused.refusal))
    return redirect("web:colleagues")


@require_http_methods(["GET", "POST"])
@public
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """The invited person's own first page. A link that is over says so, and nothing else."""
    if not limits.within(request, "invitation"):
        return limits.wait(request)
    found = queries.invitation_by_secret(secret)
    if found is None or why_not_accept(found.facts(), timezone.now()):
        return render(request, "web/users/invitation_over.html", status=404)
    form = AcceptForm(request.POST or None, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        try:
            come_in(request, _accept(secret, found, form.cleaned_data))
        except Refused:
            return render(request, "web/users/invitation_over.html", status=404)
        return redirect("web:second_factor")
    page = {"form": form, "invitation": found, "actor": None}
    status = 422 if request.method == "POST" else 200
    return render(request, "web/users/invitation.html", page, status=status)


def _accept(secret: str, found: Any, said: dict[str, Any]) -> Any:
    with tenancy.working_for(found.agency_id):
        return _make_user(secret, found, said)


@transaction.atomic
def _make_user(secret: str, found: Any, said: dict[str, Any]) -> Any:
    user = actions.accept_invitation(
        secret, name=said["name"], password=said["password"], at=timezone.now()
    )
    actor = queries.actor_for(user)
    if actor is not None and (Role.SUPPORTER in actor.roles or found.supporter_id):
        _be_a_supporter(actor, user, supporter_id=found.supporter_id)
    return user


def _be_a_supporter(by: Actor, user: Any, *, supporter_id: UUID | None) -> None:
    """Whoever supports has a profile of their own: the row of the staff sheet, or a new one."""
    # An invitation carries the administrator's word for this one act.
    by = replace(
        by, permissions=by.permissions | {Permission.SUPPORTER_READ, Permission.SUPPORTER_WRITE}
    )
    if workforce_queries.supporters_visible_to(by).filter(user_id=user.id).exists():
        return
    now = timezone.now()
    free = workforce_queries.supporters_visible_to(by).filter(user=None)
    if supporter_id is None or not free.filter(pk=supporter_id).exists():
        supporter_id = workforce.add_supporter(NewSupporter(name=user.name), by=by, at=now).id
    workforce.link_user(supporter_id, user_id=user.id, by=by, at=now)


@transaction.atomic
def _with_letter(request: StaffRequest, invites: Invites) -> tuple[Any, str]:
    """The invitation and the letter with its link stand together, or not at all."""
    now = timezone.now()
    invited, secret = invites(by=request.actor, at=now)
    link = request.build_absolute_uri(reverse("web:invitation", args=[secret]))
    actions.queue_letter(
        LetterKind.INVITATION,
        to=invited.email,
        by=request.actor,
        at=now,
        link=link,
        about=invited.id,
    )
    return invited, link


def _hand_over(request: StaffRequest, invited: Any, link: str) -> HttpResponse:
    """Show the link this once: it is kept nowhere but in the sealed letter, until that is sent."""
    page = {"invitation": invited, "link": link, "nav": "more"}
    return render(request, "web/users/invited.html", page)


def _supervisors(viewer: Actor) -> list[tuple[str, str]]:
    return [(str(user.id), user.name) for user in queries.possible_supervisors(viewer)]


def _without_user(viewer: Actor) -> list[tuple[str, str]]:
    """Rows of the staff sheet that are nobody's yet."""
    rows = workforce_queries.supporters_visible_to(viewer).filter(user=None).order_by("name")
    return [
        (str(row.id), _("%(name)s (from the staff sheet)") % {"name": row.name}) for row in rows
    ]


def _role_names(user: Any) -> str:
    names = [_(ROLE_WORDS[Role(grant.role)][0]) for grant in user.role_grants.all()]
    return ", ".join(names)
