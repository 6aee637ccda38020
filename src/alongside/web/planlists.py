"""What the pages of a plan show beside its goals, and what helps in a hard hour."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from alongside.core.actor import Actor
from alongside.core.words import gettext_noop as _
from alongside.plans.codes import PartKind
from alongside.plans.queries import content as queries
from alongside.plans.queries import newest_core_words
from alongside.plans.queries.worksheets import worksheets_of
from alongside.plans.rules.content import PlanContent
from alongside.web.worksheetlists import AT_HAND, CRISIS, TOOLBOX

FEW = 3


def content(actor: Actor, plan: Any) -> PlanContent:
    return queries.content(actor, plan_id=plan.pk) if plan else PlanContent()


def shown(actor: Actor, *, person: Any, whole: PlanContent, goals: list[Any]) -> dict[str, Any]:
    """The parts of a plan for its page: steps wanted by a day first, goals with what hangs on them.

    ``goals`` are the rows of the open goals, each with what happened to it.
    """
    hangs = {goal.id: goal for goal in whole.open_goals}
    sheets = worksheets_of(actor, participant_id=person.pk).filter(tool__in=AT_HAND)
    at_hand = {row.tool: row for row in reversed(sheets)}
    return {
        "content": whole,
        "goals": [(goal, hangs[goal.pk]) for goal in goals if goal.pk in hangs],
        "steps": sorted(whole.open_steps, key=lambda row: row[1].by_on or date.max),
        "whole": all((whole.strengths, whole.values, whole.supports))
        and bool(whole.obstacles and whole.questions),
        "over": [one for one in whole.obstacles if not one.is_open],
        "crisis_plan": at_hand.get(CRISIS),
        "toolbox": at_hand.get(TOOLBOX),
    }


def printed(whole: PlanContent) -> dict[str, Any]:
    """The whole plan, flat, for paper."""
    lists = (
        (_("Strengths"), whole.strengths),
        (_("What matters"), whole.values),
        (_("Natural supports"), whole.supports),
        (_("Questions to ask about treatment"), whole.questions),
    )
    return {"content": whole, "lists": lists}


def still_open(actor: Actor, participant_id: Any) -> dict[str, Any]:
    """For the participant's own page, in one query: the first steps, and what is in the way."""
    rows = queries.still_open(actor, participant_id=participant_id)
    steps = [row for row in rows if row.kind == PartKind.STEP]
    obstacles = [row for row in rows if row.kind == PartKind.OBSTACLE]
    return {
        "next_steps": steps[:FEW],
        "more_steps": len(steps[FEW:]),
        "in_the_way": obstacles[:FEW],
        "more_in_the_way": len(obstacles[FEW:]),
    }


def said_meanwhile(form: forms.Form, known: Mapping[str, Any]) -> list[str]:
    """Core words that someone else wrote since the page was made; both stand on the page, and
    sending it once more is a person's decision."""
    newest = newest_core_words(known)
    seen = str(form.data.get("seen", "")) if form.is_bound else ""
    if not form.is_bound or not form.errors or seen == str(newest or ""):
        return []
    others = [row for row in known.values() if not seen or str(row.pk) > seen]
    data = dict(form.data.items())
    data["seen"] = str(newest or "")
    form.data = data
    return [row.words for row in others if row.words]
