"""The worksheets there are to fill in: the field's own, and those of the viewer's agency."""

from dataclasses import replace
from functools import lru_cache
from uuid import UUID

from django.db.models import F, Prefetch, QuerySet

from alongside.core.actor import Actor
from alongside.core.words import gettext_noop as _
from alongside.plans.models import AgencyTool, AgencyToolVersion
from alongside.practice.worksheets import (
    BrokenDefinition,
    Definition,
    Owner,
    read,
    tool,
    tool_at,
    tools,
)

WHERE = "worksheet.toml"


def agency_tools(viewer: Actor) -> QuerySet[AgencyTool]:
    """All of them, withdrawn ones too, each with its versions, newest first."""
    versions = AgencyToolVersion.objects.select_related("by").order_by("-number")
    return (
        AgencyTool.objects.filter(agency_id=viewer.agency_id)
        .prefetch_related(Prefetch("versions", queryset=versions))
        .order_by("id")
    )


def agency_definitions(viewer: Actor) -> list[Definition]:
    """Those in use, as they are worded now."""
    rows = AgencyToolVersion.objects.filter(
        agency_id=viewer.agency_id, tool__withdrawn_at=None, number=F("tool__number")
    )
    found = rows.order_by("tool_id").values_list("tool_id", "number", "text")
    return [_definition(text, str(key), number) for key, number, text in found]


def definitions(viewer: Actor) -> list[Definition]:
    """All that one can begin now: the field's tools first, then the agency's."""
    return [*tools(), *agency_definitions(viewer)]


def definition_of(viewer: Actor, *, key: str, version: int | None = None) -> Definition:
    """One tool, as worded in ``version`` where its words are kept by version; else as it is now.

    Raises ``AgencyTool.DoesNotExist`` for one that the viewer's agency does not have.
    """
    ours = tool(key)
    if ours is not None:
        return ours
    rows = AgencyToolVersion.objects.filter(agency_id=viewer.agency_id, tool_id=_id_of(key))
    row = rows.filter(number=F("tool__number") if version is None else version).first()
    if row is None:
        raise AgencyTool.DoesNotExist
    return _definition(row.text, key, row.number)


def definition_at(viewer: Actor, *, address: str) -> Definition:
    """The tool of an address, which tells nothing about it."""
    return tool_at(address) or definition_of(viewer, key=address)


def is_withdrawn(viewer: Actor, *, key: str) -> bool:
    if tool(key) is not None:
        return False
    rows = AgencyTool.objects.filter(agency_id=viewer.agency_id, pk=_id_of(key))
    return rows.exclude(withdrawn_at=None).exists()


def definition_words(viewer: Actor, *, tool_id: UUID) -> str:
    """The text of the agency's definition in use, to take along."""
    rows = AgencyToolVersion.objects.filter(agency_id=viewer.agency_id, tool_id=tool_id)
    return rows.get(number=F("tool__number")).text


def names(viewer: Actor) -> dict[str, Definition]:
    """Every tool by key, withdrawn ones too: for lists of what was filled in."""
    found = {definition.key: definition for definition in tools()}
    rows = AgencyToolVersion.objects.filter(
        agency_id=viewer.agency_id, number=F("tool__number")
    ).values_list("tool_id", "number", "text")
    return found | {str(key): _definition(text, str(key), n) for key, n, text in rows}


def _id_of(key: str) -> UUID:
    try:
        return UUID(key)
    except ValueError:
        raise AgencyTool.DoesNotExist from None


@lru_cache(maxsize=512)
def _definition(text: str, key: str, number: int) -> Definition:
    """What is stored was checked; should a later version of the reader refuse it, answers are still
    shown, and nothing else breaks."""
    try:
        return replace(read(text, where=WHERE, key=key), version=number)
    except BrokenDefinition:
        return Definition(key, key, number, _("A worksheet from before"), Owner.PARTICIPANT, "", ())
