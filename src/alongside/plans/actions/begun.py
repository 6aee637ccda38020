"""What every write to a plan stands on: the plan itself, and the version that is worked on."""

from datetime import date, datetime

from alongside.core.actor import Actor
from alongside.plans.codes import OPEN_VERSION
from alongside.plans.models import Plan, PlanVersion
from alongside.practice.cadence import PlanFacts, next_plan_due_on
from alongside.practice.rules import rules_on
from alongside.referrals.codes import EpisodeStatus
from alongside.referrals.models import Episode


def goes_on(episode: Episode) -> bool:
    return episode.status != EpisodeStatus.CONCLUDED


def plan_of(episode: Episode, *, on: date, by: Actor) -> Plan:
    """The plan of a time of support; begun when there is none."""
    in_force = rules_on(on, episode.agency.jurisdiction)
    look = next_plan_due_on(PlanFacts(begun_on=on, has_plan=True), in_force)
    plan, _new = Plan.objects.get_or_create(
        episode=episode,
        defaults={"agency_id": by.agency_id, "begun_on": on, "look_together_on": look},
    )
    return plan


def draft_of(plan: Plan, *, by: Actor, at: datetime) -> PlanVersion:
    """The version that is worked on; made when there is none. One that was offered stays offered:
    whoever signs it is told that the plan moved on."""
    last = plan.versions.order_by("-number").first()
    if last is not None and last.status in OPEN_VERSION:
        return last
    return PlanVersion.objects.create(
        agency_id=by.agency_id, plan=plan, number=last.number + 1 if last else 1, saved_at=at
    )


def look_again(plan: Plan, *, agreed_on: date) -> None:
    """The day of the next look together follows from the rule (SVC-12)."""
    facts = PlanFacts(begun_on=plan.begun_on, last_agreed_on=agreed_on, has_plan=True)
    look = next_plan_due_on(facts, rules_on(agreed_on, plan.agency.jurisdiction))
    Plan.objects.filter(pk=plan.pk).update(look_together_on=look)
