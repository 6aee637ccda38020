"""Every read of encounters, drafts and appointments, viewer first."""

from alongside.encounters.queries.advice import Writer, writer
from alongside.encounters.queries.appointments import (
    agenda,
    appointments_on,
    appointments_visible_to,
    supporters_in_sight,
)
from alongside.encounters.queries.due import (
    DuePerson,
    DuePlan,
    TeamLine,
    due_now,
    due_people,
    people_count,
    plans_to_look_at,
    team_overview,
    walking_with,
)
from alongside.encounters.queries.notes import (
    answered_hints,
    contact_days,
    drafts_of,
    encounters_visible_to,
    last_place,
    mode_shares,
    the_note,
    timeline,
)

__all__ = [
    "DuePerson",
    "DuePlan",
    "TeamLine",
    "Writer",
    "agenda",
    "answered_hints",
    "appointments_on",
    "appointments_visible_to",
    "contact_days",
    "drafts_of",
    "due_now",
    "due_people",
    "encounters_visible_to",
    "last_place",
    "mode_shares",
    "people_count",
    "plans_to_look_at",
    "supporters_in_sight",
    "team_overview",
    "the_note",
    "timeline",
    "walking_with",
    "writer",
]
