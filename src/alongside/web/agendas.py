"""What is open between a supporter and whoever leads them, on its way to the next agenda."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.core.actor import Actor
from alongside.core.clock import local
from alongside.encounters import queries
from alongside.web.templatetags.words import day
from alongside.workforce import actions
from alongside.workforce import queries as workforce

MOST = 20


@dataclass(frozen=True)
class Open:
    """Something that is open. ``about`` names its row; ``words`` carry nobody's name."""

    about: str
    words: str
    url: str


def open_between(viewer: Actor, *, supporter_id: UUID) -> list[Open]:
    """Open questions and hand-offs of this supporter that are not on the agenda yet; nothing where
    the agenda is not the viewer's. A constant number of queries."""
    supporter = workforce.growing(viewer).get(pk=supporter_id)
    if not workforce.relation_to(viewer, supporter).reads_words:
        return []
    lines = workforce.agenda_of(viewer, supporter_id=supporter_id).filter(done_at=None)
    listed = set(lines.exclude(about="").values_list("about", flat=True))
    if supporter.user_id is None:
        return []
    questions = queries.questions_between(viewer, user_id=supporter.user_id)[:MOST]
    handed = queries.hand_offs_between(viewer, user_id=supporter.user_id)[:MOST]
    zone = viewer.time_zone
    found = [
        Open(
            f"NoteQuestion/{row.pk}",
            _("Question about the note of %(day)s") % {"day": day(row.encounter.on)},
            reverse("web:note_question", args=[row.pk]),
        )
        for row in questions
    ]
    found += [
        Open(
            f"HandOff/{row.pk}",
            _("Hand-off of %(day)s") % {"day": day(local(row.happened_at, zone).date())},
            reverse("web:hand_off", args=[row.pk]),
        )
        for row in handed
    ]
    return [one for one in found if one.about not in listed]


def url_of(about: str) -> str:
    """Where the row that an agenda line is about is shown; nothing for a line of one's own."""
    kind, _slash, key = about.partition("/")
    route = {"NoteQuestion": "web:note_question", "HandOff": "web:hand_off"}.get(kind)
    return reverse(route, args=[key]) if route else ""


@transaction.atomic
def compose(viewer: Actor, *, supporter_id: UUID, at: datetime) -> int:
    """Put all of it on the list for next time. How many lines that made."""
    found = open_between(viewer, supporter_id=supporter_id)
    for one in found:
        actions.add_line(supporter_id, one.words, about=one.about, by=viewer, at=at)
    return len(found)
