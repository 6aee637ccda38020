"""The first page of an empty installation, and what to do next."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.utils import is_mfa_enabled
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.views.decorators.http import require_GET, require_http_methods

from alongside.accounts import actions, queries
from alongside.accounts.codes import Permission
from alongside.core.refusal import Refused
from alongside.web import sign_ins
from alongside.web.access import StaffRequest, from_loopback, public, requires
from alongside.web.forms.agency import StartForm
from alongside.web.views.shared import refuse

TOKEN_IN_SESSION = "set_up_token"  # noqa: S105  (the name of a key)


def set_up_token() -> str:
    """What opens the first page from another machine. The command prints it; nothing keeps it."""
    return salted_hmac("alongside.set-up", "first page", algorithm="sha256").hexdigest()[:24]


@require_http_methods(["GET", "POST"])
@public
def start(request: HttpRequest) -> HttpResponse:
    if not queries.installation_is_empty():
        raise Http404
    if not _may_start(request):
        return render(request, "web/agency/start_elsewhere.html", status=403)
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.start_agency(form.new_agency(), at=timezone.now())
        except Refused as refused:
            refuse(form, refused.refusal)
        else:
            come_in(request, user)
            return redirect("web:checklist")
    status = 422 if request.method == "POST" else 200
    return render(request, "web/agency/start.html", {"form": form}, status=status)


@require_GET
@requires(Permission.AGENCY_MANAGE)
def checklist(request: StaffRequest) -> HttpResponse:
    agency = queries.agency_of(request.actor)
    page = {
        "agency": agency,
        "contracts": queries.contracts_visible_to(request.actor).count(),
        "colleagues": queries.users_visible_to(request.actor).count() - 1,
        "invitations": queries.open_invitations(request.actor).count(),
        "has_factor": is_mfa_enabled(request.user),
        "nav": "more",
    }
    return render(request, "web/agency/checklist.html", page)


def _may_start(request: HttpRequest) -> bool:
    given = request.GET.get("token", "")
    if given and constant_time_compare(given, set_up_token()):
        request.session[TOKEN_IN_SESSION] = True
    return from_loopback(request) or bool(request.session.get(TOKEN_IN_SESSION))


def come_in(request: HttpRequest, user: object) -> None:
    """Sign this user in, as the sign-in page would after the password."""
    adapter = get_adapter()
    adapter.login(request, user)
    record_authentication(request, user, method="password")
    sign_ins.keep(user, verb="user.signed-in", how="invitation")
