from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.codes import Permission
from alongside.accounts.queries import agency_of
from alongside.core.clock import local, local_date
from alongside.core.leaving import Leaving, leaves
from alongside.encounters.queries import appointments_visible_to, due_now, mode_shares, walking_with
from alongside.encounters.queries.came_in import came_in_from
from alongside.people import actions, queries
from alongside.people.codes import Printed
from alongside.plans import queries as plans
from alongside.plans.queries import requirements
from alongside.practice.rules import rules_on
from alongside.referrals.queries import episodes
from alongside.referrals.queries.desk import referrals_of
from alongside.referrals.rules.episodes import rhythm_words
from alongside.retention.queries import statements_of
from alongside.web import drafts, moments, planlists, reaching, worksheetlists
from alongside.web.access import StaffRequest, requires
from alongside.web.consenting import quiet_line
from alongside.web.forms.participants import FactsForm, SearchForm
from alongside.web.own_copies import on_paper
from alongside.web.standing import due_of, standings
from alongside.web.views.identifiers import listed

SIGHT = (Permission.SIGHT_OWN, Permission.SIGHT_TEAM, Permission.SIGHT_AGENCY)
WRITES = (
    Permission.PARTICIPANT_WRITE,
    Permission.PLAN_WRITE,
    Permission.MATCH_WRITE,
    Permission.CONSENT_WRITE,
)
LISTS = {
    "mine": (Permission.SIGHT_OWN, queries.own_caseload),
    "team": (Permission.SIGHT_TEAM, queries.team_caseload),
    "all": (Permission.SIGHT_AGENCY, queries.everyone),
}
PAGE = 50
PRINTED = 300


@requires(*SIGHT)
def participants(request: StaffRequest) -> HttpResponse:
    """Lists by address, a search by POST: a name is in no address and no log."""
    actor = request.actor
    asked = SearchForm(request.POST if request.method == "POST" else request.GET)
    asked.is_valid()
    words, last = asked.cleaned_data.get("words", ""), asked.cleaned_data.get("after")
    open_lists = [name for name, (right, _people) in LISTS.items() if actor.may(right)]
    whose = request.GET.get("whose", open_lists[0])
    if whose not in open_lists:
        raise Http404
    searched = bool(words) and request.method == "POST"
    if searched and not actor.may(Permission.PARTICIPANT_SEARCH):
        raise Http404
    on = local_date(timezone.now(), actor.time_zone)
    narrow = {} if searched else _narrow(request)
    if searched:
        found = queries.search(actor, words=words)
    else:
        found = _narrowed(request, LISTS[whose][1](actor), narrow, on=on)
    rows = list(queries.after(found, last)[: PAGE + 1])
    page = {
        "nav": "people",
        "rows": standings(
            actor,
            rows[:PAGE],
            on=on,
            rules=rules_on(on, agency_of(actor).jurisdiction),
            short=not searched and whose != "all",
        ),
        "next": rows[PAGE - 1].pk if len(rows) > PAGE else None,
        "lists": open_lists,
        "whose": whose,
        "narrow": narrow,
        "kept": urlencode({"whose": whose, **narrow}),
        "searched": searched,
        "words": words if searched else "",
        "first": last is None,
    }
    part = "_more" if request.htmx and last else "participants"
    return render(request, f"web/participants/{part}.html", page)


def _narrow(request: StaffRequest) -> dict[str, str]:
    """Only those whom nobody was in touch with for a while; only those one colleague walks with."""
    asked = {name: request.GET[name] for name in ("due", "with") if request.GET.get(name)}
    try:
        return asked | {"with": str(UUID(asked["with"]))} if "with" in asked else asked
    except ValueError:
        raise Http404 from None


def _narrowed(request: StaffRequest, people: Any, narrow: dict[str, str], *, on: date) -> Any:
    if "due" in narrow:
        people = people.filter(pk__in=due_now(request.actor, on=on).values("participant_id"))
    if "with" in narrow:
        walks = walking_with(request.actor, user_id=UUID(narrow["with"]))
        people = people.filter(pk__in=walks.values("participant_id"))
    return people


@requires(*SIGHT)
def participant(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    now = timezone.now()
    person = actions.open_record(participant_id, by=request.actor, at=now)
    before = moments.read_cursor(request.GET.get("before", ""))
    page = {
        "nav": "people",
        "person": person,
        "timeline": moments.timeline(
            request.actor, participant_id=participant_id, now=now, before=before
        ),
        "earlier": before is not None,
    }
    if request.htmx and before:
        return render(request, "web/participants/_more_moments.html", page)
    return render(
        request,
        "web/participants/participant.html",
        {**page, **_around(request, participant_id, now)},
    )


def _around(request: StaffRequest, participant_id: UUID, now: Any) -> dict[str, Any]:
    """What stands beside the timeline."""
    actor = request.actor
    on = local_date(now, actor.time_zone)
    rules = rules_on(on, agency_of(actor).jurisdiction)
    latest = episodes.standing_of(actor, [participant_id]).get(participant_id)
    due = due_of(latest, on=on, rules=rules)
    goes_on = latest if due else None
    team = queries.care_team(actor, participant_id=participant_id)
    return {
        **worksheetlists.beside(actor, participant_id),
        **planlists.still_open(actor, participant_id),
        "may_be_told": quiet_line(actor, participant_id, on=on),
        "episode": goes_on,
        "last_episode": latest,
        "due": due,
        "due_tone": {"due": "now", "soon": "soon"}.get(due.state, "ok") if due else "",
        "rhythm": rhythm_words(
            latest.agreed_every_days if latest else None, at_least_every=rules.contact_every_days
        ),
        "plan": plans.current_plan(actor, participant_id=participant_id),
        "goals": list(plans.open_goals(actor, participant_id=participant_id)),
        "team": [member for member in team if member.until is None],
        "referral": referrals_of(actor, participant_id=participant_id).first()
        if actor.may(Permission.REFERRAL_READ)
        else None,
        "shares": mode_shares(actor, participant_id=participant_id),
        "reach": reaching.shown(actor, participant_id=participant_id, at=now),
        "came": came_in_from(actor, participant_id=participant_id, at=now),
        "asked": requirements.coming(actor, participant_id=participant_id, today=on),
        "coming": appointments_visible_to(actor)
        .filter(participant_id=participant_id, starts_at__gte=now, status="planned")
        .order_by("starts_at", "id")[:3],
    }


@requires(*SIGHT)
@leaves(Leaving.OWN_COPY)
def participant_print(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    now = timezone.now()
    person = on_paper(request, participant_id, Printed.RECORD)
    timeline = moments.timeline(
        request.actor, participant_id=participant_id, now=now, before=None, limit=PRINTED
    )
    page = {"nav": "people", "person": person, "timeline": timeline, "printed_at": now}
    page["statements"] = statements_of(request.actor, participant_id=participant_id)
    return render(request, "web/participants/print.html", page)


@requires(*SIGHT)
def participant_facts(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    now = timezone.now()
    person = drafts.the_person(request, participant_id)
    known = {**vars(person.facts()), "revision": person.revision}
    form = drafts.paper(
        request, FactsForm, key="facts", participant_id=participant_id, initial=known
    )
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            actions.change_participant(
                participant_id,
                form.facts(person.facts()),
                revision=form.cleaned_data["revision"],
                by=request.actor,
                at=now,
            )
            return drafts.done(
                request,
                participant_id,
                key="facts",
                said=_("Saved. What it said before is kept."),
                to=reverse("web:participant", args=[participant_id]),
            )
    if form.is_bound:
        person.refresh_from_db()
    page = {
        "person": person,
        "form": form,
        "key": "facts",
        "stale": drafts.stale(form, person.revision),
        "changes": list(queries.changes(request.actor, participant_id=participant_id)[:50]),
        **listed(request, participant_id),
    }
    return drafts.show(request, "web/participants/facts.html", page)


@require_POST
@requires(*WRITES)
def draft_keep(request: StaffRequest, participant_id: UUID, key: str) -> HttpResponse:
    """Autosave. Words typed while someone else was signed in never land under this name."""
    typed = drafts.typed_fields(request.POST)
    if request.POST.get("draft_actor", str(request.actor.id)) != str(request.actor.id):
        return JsonResponse({}, status=403)
    if len(str(typed)) > drafts.MOST_TYPED:
        return JsonResponse({}, status=413)
    draft = actions.keep_draft(
        participant_id, form=key, fields=typed, by=request.actor, at=timezone.now()
    )
    at = formats.time_format(local(draft.saved_at, request.actor.time_zone))
    return JsonResponse({"saved_at": at})


@require_POST
@requires(*WRITES)
def draft_drop(request: StaffRequest, participant_id: UUID, key: str) -> HttpResponse:
    """Begin anew: what was typed and not sent is let go by its author."""
    queries.participants_visible_to(request.actor).get(pk=participant_id)
    actions.drop_draft(participant_id, form=key, by=request.actor)
    return redirect(drafts.inside(request.POST.get("next", ""), participant_id))
