"""The referral form: one thing per page, each kept on Continue, read over once, then sent."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.accounts.codes import Permission
from alongside.accounts.queries import agency_of
from alongside.core.clock import local_date
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refused
from alongside.exchange.actions.arriving import send_referral
from alongside.portal.access import PortalRequest, requires
from alongside.portal.forms import referral as forms
from alongside.portal.words import said
from alongside.referrals.actions import sending as actions
from alongside.referrals.queries import referrers as queries
from alongside.referrals.rules.sending import LONGEST_WORDS

ORDER = tuple(forms.PAGES)


@require_POST
@requires(Permission.REFERRAL_SEND)
@leaves(Leaving.OWN_WORDS)
def begin(request: PortalRequest) -> HttpResponse:
    try:
        draft_id = UUID(request.POST.get("draft_id", ""))
    except ValueError as none:
        raise Http404 from none
    draft = actions.begin_draft(draft_id, by=request.actor, at=timezone.now())
    if draft.sent_at is not None:
        return redirect("portal:sent", referral_id=draft.referral_id)
    return redirect("portal:refer", draft_id=draft.pk, page=ORDER[0])


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_SEND)
@leaves(Leaving.OWN_WORDS)
def page(request: PortalRequest, draft_id: UUID, page: str) -> HttpResponse:
    if page not in forms.PAGES:
        raise Http404
    draft = queries.drafts_visible_to(request.actor).filter(put_away_at=None).get(pk=draft_id)
    if draft.sent_at is not None:
        return redirect("portal:sent", referral_id=draft.referral_id)
    kind = forms.PAGES[page]
    if request.method == "POST":
        form = kind(request.POST, **_about(request))
        go = request.POST.get("go", "")
        leaves = go in ("back", "later")
        if leaves or form.is_valid():
            try:
                _keep(request, draft_id, form)
            except Refused as refused:
                form.add_error(None, said(refused.refusal))
            else:
                return redirect(_onward(draft_id, page, go, bool(request.POST.get("change"))))
    else:
        form = kind(initial=_known(request, draft), **_about(request))
    place = ORDER.index(page)
    shown = {
        "form": form,
        "draft": draft,
        "page": page,
        "number": place + 1,
        "pages": len(ORDER),
        "change": request.GET.get("change") or request.POST.get("change"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "portal/refer/page.html", shown, status=status)


def _about(request: PortalRequest) -> dict[str, Any]:
    counties = list(agency_of(request.actor).counties)
    return {"today": local_date(timezone.now(), request.actor.time_zone), "counties": counties}


def _known(request: PortalRequest, draft: Any) -> dict[str, str]:
    """What was typed; of the referrer, what is known until they say otherwise."""
    own = queries.referrer_of(request.actor)
    known = {"role": own.role, "organization": own.organization, "referrer_phone": own.phone}
    return {**known, **queries.typed(draft)}


def _keep(request: PortalRequest, draft_id: UUID, form: forms.Page) -> None:
    """As typed: a page that is left half done is half done when one comes back."""
    typed = {name: form.data.get(name, "")[:LONGEST_WORDS] for name in form.fields}
    actions.save_draft(draft_id, typed, by=request.actor, at=timezone.now())


def _onward(draft_id: UUID, page: str, go: str, change: bool) -> str:
    place = ORDER.index(page)
    if go == "later" or (go == "back" and place == 0):
        return reverse("portal:home")
    if go == "back" and not change:
        return reverse("portal:refer", args=[draft_id, ORDER[place - 1]])
    if change or place + 1 == len(ORDER):
        return reverse("portal:check", args=[draft_id])
    return reverse("portal:refer", args=[draft_id, ORDER[place + 1]])


@require_GET
@requires(Permission.REFERRAL_SEND)
@leaves(Leaving.OWN_WORDS)
def check(request: PortalRequest, draft_id: UUID) -> HttpResponse:
    draft = queries.drafts_visible_to(request.actor).filter(put_away_at=None).get(pk=draft_id)
    if draft.sent_at is not None:
        return redirect("portal:sent", referral_id=draft.referral_id)
    pages = forms.read(_known(request, draft), **_about(request))
    shown = {"draft": draft, "answers": answers(pages), "mend": forms.first_to_mend(pages)}
    return render(request, "portal/refer/check.html", shown)


def answers(pages: Mapping[str, forms.Page]) -> list[dict[str, Any]]:
    """Each page with its questions and what was typed, for reading over."""
    return [
        {
            "key": key,
            "question": page.question,
            "errors": bool(page.errors),
            "rows": [(field.label, _shown(page, field), field.errors) for field in page],
        }
        for key, page in pages.items()
    ]


def _shown(page: forms.Page, field: Any) -> Any:
    if field.errors:
        return field.value() or ""
    value = page.cleaned_data.get(field.name)
    choices = dict(getattr(field.field, "choices", ()))
    return choices.get(value, value) or ""


@require_POST
@requires(Permission.REFERRAL_SEND)
@leaves(Leaving.OWN_WORDS)
def send(request: PortalRequest, draft_id: UUID) -> HttpResponse:
    """Once, however often the button is pressed."""
    draft = queries.drafts_visible_to(request.actor).filter(put_away_at=None).get(pk=draft_id)
    pages, sent = forms.read(_known(request, draft), **_about(request)), draft.referral_id
    if draft.sent_at is None and forms.first_to_mend(pages) is not None:
        messages.warning(request, _("Something is still missing. It is marked below."))
        return redirect("portal:check", draft_id=draft_id)
    if draft.sent_at is None:
        try:
            words = forms.sent_words(pages)
            sent = send_referral(draft_id, words, by=request.actor, at=timezone.now()).pk
        except Refused as refused:
            messages.warning(request, said(refused.refusal))
            return redirect("portal:check", draft_id=draft_id)
    return redirect(f"{reverse('portal:sent', args=[sent])}?new=1")


@require_POST
@requires(Permission.REFERRAL_SEND)
@leaves(Leaving.OWN_WORDS)
def put_away(request: PortalRequest, draft_id: UUID) -> HttpResponse:
    actions.put_draft_away(draft_id, by=request.actor, at=timezone.now())
    undo = reverse("portal:take_up", args=[draft_id])
    messages.success(request, _("Put away. Nothing was sent."), extra_tags=undo)
    return redirect("portal:home")


@require_POST
@requires(Permission.REFERRAL_SEND)
@leaves(Leaving.OWN_WORDS)
def take_up(request: PortalRequest, draft_id: UUID) -> HttpResponse:
    try:
        actions.take_draft_up(draft_id, by=request.actor, at=timezone.now())
    except Refused as refused:
        messages.warning(request, said(refused.refusal))
    return redirect("portal:home")
