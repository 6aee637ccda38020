"""An agency's own worksheets: put together, reworded, withdrawn and used again. Never deleted."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.ids import new_id
from alongside.core.refusal import STALE, Refused, ensure
from alongside.plans.models import AgencyTool, AgencyToolVersion
from alongside.plans.queries import tools
from alongside.plans.rules import worksheets as rules
from alongside.practice.worksheets import read
from alongside.tenancy.hidden import free_id


@transaction.atomic
def keep_agency_tool(
    text: str, *, tool_id: UUID | None = None, number: int = 0, by: Actor, at: datetime
) -> AgencyTool:
    """Put ``text`` in use: a new worksheet, or the next wording of one. What was filled in keeps
    the wording it was filled in with. ``number`` is the version that the page knew (0: a new one).

    Raises ``BrokenDefinition`` for a text that is no definition.
    """
    ensure(rules.why_not_manage_tools(by))
    read(text, where=tools.WHERE, key="new")
    there = tools.agency_tools(by).filter(pk=tool_id or new_id()).first()
    if there is None:
        there = AgencyTool.objects.create(
            pk=free_id(AgencyTool, tool_id), agency_id=by.agency_id, begun_at=at
        )
        verb, next_number = "worksheet-form.added", 1
    else:
        if tools.definition_words(by, tool_id=there.pk) == text:
            return there
        verb, next_number = "worksheet-form.changed", there.number + 1
        won = AgencyTool.objects.filter(pk=there.pk, number=number).update(number=next_number)
        if not won:
            raise Refused(STALE)
    AgencyToolVersion.objects.create(
        agency_id=by.agency_id, tool=there, number=next_number, text=text, at=at, by_id=by.id
    )
    record(by=by, at=at, verb=verb, target=f"AgencyTool/{there.pk}")
    there.refresh_from_db()
    return there


@transaction.atomic
def withdraw_agency_tool(tool_id: UUID, *, by: Actor, at: datetime) -> None:
    """Nobody begins a new one. What was filled in stays."""
    _move(tool_id, withdrawn=True, by=by, at=at)


@transaction.atomic
def restore_agency_tool(tool_id: UUID, *, by: Actor, at: datetime) -> None:
    _move(tool_id, withdrawn=False, by=by, at=at)


def _move(tool_id: UUID, *, withdrawn: bool, by: Actor, at: datetime) -> None:
    ensure(rules.why_not_manage_tools(by))
    found = tools.agency_tools(by).get(pk=tool_id)
    won = AgencyTool.objects.filter(pk=found.pk, withdrawn_at__isnull=withdrawn).update(
        withdrawn_at=at if withdrawn else None
    )
    if won:
        verb = "worksheet-form.withdrawn" if withdrawn else "worksheet-form.restored"
        record(by=by, at=at, verb=verb, target=f"AgencyTool/{tool_id}")
