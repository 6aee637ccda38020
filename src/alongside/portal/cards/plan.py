"""What comes next in one's own plan, and what helps in a hard hour: one tap from the first page."""

from datetime import datetime

from alongside.core.actor import Actor
from alongside.people.queries import own_record
from alongside.plans.codes import PartKind
from alongside.plans.queries.content import still_open
from alongside.plans.queries.worksheets import worksheets_of
from alongside.portal.mine import Card

CRISIS, TOOLBOX = "crisis-plan", "wellness-toolbox"
FEW = 3


def card(viewer: Actor, at: datetime) -> Card | None:
    person = own_record(viewer)
    sheets = worksheets_of(viewer, participant_id=person.pk).filter(tool__in=(CRISIS, TOOLBOX))
    by_tool = {row.tool: row for row in reversed(sheets)}
    rows = still_open(viewer, participant_id=person.pk)
    words = {
        "steps": [row for row in rows if row.kind == PartKind.STEP][:FEW],
        "crisis_plan": by_tool.get(CRISIS),
        "toolbox": by_tool.get(TOOLBOX),
    }
    return Card("portal/mine/cards/plan.html", words)
