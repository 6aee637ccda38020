"""Plans of the invented agency on their way to the next version: one signed by both with all that
is in it, one that waits for a name, one that is due, with words that got ready for it."""

from collections.abc import Sequence
from datetime import datetime

from alongside.accounts.queries import actor_for
from alongside.core.actor import Actor
from alongside.demo.chance import Clock
from alongside.demo.life import Life
from alongside.demo.team import Walker
from alongside.people.models import Participant
from alongside.plans import actions
from alongside.plans.queries import versions
from alongside.plans.queries.plans import plan_of_episode

HERS = "I moved the class to mornings. Evenings belong to my kids now, and nobody argues with me."
OURS = "You asked for the change yourself. In spring you would have let it slide."
WAITING = "Less about court, more about work. I want to try the bakery."
READY = "I sleep in my own bed again. What I want next: see my brother, and not only on the phone."


def sign(lives: Sequence[Life], clock: Clock, first: Walker) -> None:
    """For three of the first supporter's people."""
    mine = [life for life in lives if life.who is first and life.walk and life.walk.goes_on]
    due = next(life for life in mine if life.walk and life.walk.plan_waits)
    signed, waiting = [life for life in mine if life is not due][:2]
    by = first.actor
    _say(signed, HERS, OURS, by=by, at=clock.ago(1, 10))
    actions.agree_plan(
        signed.episode_id, participant_name=signed.person.name, by=by, at=clock.ago(1, 10.5)
    )
    _say(waiting, WAITING, "", by=by, at=clock.ago(1, 15))
    plan = plan_of_episode(by, episode_id=waiting.episode_id)
    if plan is None:
        raise LookupError("The demo lost a plan.")
    read = versions.open_version(by, plan_id=plan.pk).digest
    at = clock.ago(1, 15.2)
    actions.offer_plan(waiting.episode_id, name=by.name, read=read, by=by, at=at)
    _say(due, READY, None, by=_own(due) or by, at=clock.ago(0, 8))


def _say(life: Life, theirs: str, ours: str | None, *, by: Actor, at: datetime) -> None:
    actions.keep_plan_draft(life.episode_id, what_changed=theirs, supporter_said=ours, by=by, at=at)


def _own(life: Life) -> Actor | None:
    """The participant's own hand, where they come in by themselves."""
    person = Participant.objects.select_related("user").get(pk=life.participant_id)
    return actor_for(person.user) if person.user is not None else None
