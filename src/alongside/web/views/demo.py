"""One-click sign-in, in demo mode and on this machine only."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from alongside.accounts import queries
from alongside.accounts.codes import ROLE_WORDS, Role
from alongside.web import sign_ins
from alongside.web.access import from_loopback, public


@require_http_methods(["GET", "POST"])
@public
def demo(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO or not from_loopback(request):
        raise Http404
    if request.method == "POST":
        return _sign_in(request)
    return render(request, "web/demo/demo.html", {"groups": _groups(), "actor": None})


def _sign_in(request: HttpRequest) -> HttpResponse:
    who = request.POST.get("who", "")
    user = next((user for user in queries.demo_users() if user.email == who), None)
    if user is None:
        raise Http404
    get_adapter().login(request, user)
    record_authentication(request, user, method="password")
    sign_ins.keep(user, verb="user.signed-in", how="demo")
    home = get_adapter().get_login_redirect_url(request)
    wanted = request.GET.get(REDIRECT_FIELD_NAME) or home
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()})
    return redirect(wanted if safe else home)


def _groups() -> list[dict[str, Any]]:
    """For each role who has it, the ones with that role alone first."""
    people = [
        (user, [grant.role for grant in user.role_grants.all()]) for user in queries.demo_users()
    ]
    groups = []
    for role, (name, help_text) in ROLE_WORDS.items():
        holders = sorted(
            ((len(roles), user.name, user) for user, roles in people if role.value in roles),
            key=lambda row: row[:2],
        )
        if holders:
            users = [user for _count, _name, user in holders]
            groups.append({"role": Role(role), "name": name, "help": help_text, "users": users})
    return groups
