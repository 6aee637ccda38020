"""Versions of a plan: read beside the one before, and a short look at which both sign."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from alongside.accounts.codes import Permission
from alongside.core.clock import local_date
from alongside.encounters.queries.since import since
from alongside.plans import actions
from alongside.plans.codes import Side
from alongside.plans.queries import versions as queries
from alongside.plans.rules.signing import mark
from alongside.web import drafts
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.plans import LATER, LookForm
from alongside.web.views.participants import SIGHT
from alongside.web.views.plans import going_on, home, plan_page


@require_GET
@requires(*SIGHT)
def plan_version(request: StaffRequest, participant_id: UUID, version_id: UUID) -> HttpResponse:
    person = drafts.the_person(request, participant_id)
    reading = queries.reading(request.actor, participant_id=participant_id, version_id=version_id)
    page = {"nav": "people", "person": person, "version": reading.version, "reading": reading}
    page["said"] = queries.said_in(reading.version)
    return render(request, "web/plans/version.html", page)


def seen_in(said: Any) -> dict[str, str]:
    """The marks of both voices, for a form that must know what it was made from."""
    return {"seen_participant": mark(said.participant), "seen_supporter": mark(said.supporter)}


@requires(Permission.PLAN_WRITE)
def plan_look(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    """A short look together: what happened, what changed, and both sign on this phone."""
    page = plan_page(request, participant_id)
    episode = going_on(request, participant_id)
    now = page["now"]
    form = drafts.paper(
        request,
        LookForm,
        key="look",
        participant_id=participant_id,
        initial={
            "what_changed": now.said.participant,
            "supporter_said": now.said.supporter,
            "revision": len(page["agreed"]),
            "read": now.bare,
            **seen_in(now.said),
        },
    )
    # What was left typed keeps its words; what is read is the plan on the screen.
    form.initial["read"] = now.bare
    if request.method == "POST" and form.is_valid():
        with drafts.refusals_in(form):
            return _agree_or_keep(request, participant_id, episode.pk, form)
    begun = page["in_force"].agreed_on if page["in_force"] else episode.begun_on
    happened = since(request.actor, participant_id=participant_id, day=begun)
    goals = page["open_goals"] + page["settled_goals"]
    drafts.stale(form, len(page["agreed"]))
    stale = is_stale(form, now.said)
    more = {
        "stale": stale,
        "stands": now.said,
        "form": read_anew(form, now.bare, now.said),
        "key": "look",
        "begun": begun,
        "happened": happened,
        "touched": [(g, happened.touched[g.pk]) for g in goals if g.pk in happened.touched],
        "today": local_date(timezone.now(), request.actor.time_zone),
    }
    return drafts.show(request, "web/plans/look.html", {**page, **more})


def is_stale(form: Any, said: Any) -> bool:
    """Whether someone else wrote other words meanwhile: then both texts stand on the page."""
    if not form.is_bound or not form.errors or not form.data.get("seen_participant"):
        return False
    return any(form.data.get(name) != sign for name, sign in seen_in(said).items())


def read_anew(form: Any, read: str, said: Any = None) -> Any:
    """After a refusal the page shows the plan as it stands now: that is what is signed next, and a
    person who presses the button once more has decided between the words."""
    if form.is_bound and form.errors:
        data = dict(form.data.items())
        form.data = {**data, "read": read, **(seen_in(said) if said else {})}
    return form


def _agree_or_keep(
    request: StaffRequest, participant_id: UUID, episode_id: UUID, form: LookForm
) -> HttpResponse:
    typed = form.cleaned_data
    words = {"what_changed": typed["what_changed"], "supporter_said": typed["supporter_said"]}
    done: dict[str, Any] = {"by": request.actor, "at": timezone.now()}
    if LATER in request.POST:
        actions.keep_plan_draft(episode_id, **words, seen=_seen(form), **done)
        said = _("Kept as a draft. You can agree another day.")
    else:
        version = actions.agree_plan(
            episode_id,
            **words,
            seen=_seen(form),
            participant_name=typed["participant_name"],
            revision=typed["revision"],
            read=typed["read"] or None,
            **done,
        )
        said = _("Version %(number)s is in force. Both of you agreed.") % {"number": version.number}
    return drafts.done(request, participant_id, key="look", said=said, to=home(participant_id))


def _seen(form: LookForm) -> dict[Side, str] | None:
    seen = form.seen()
    return seen if any(seen.values()) else None
