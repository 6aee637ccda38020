"""What the pages around a note share: its form, its line of times, its proposed array."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext

from alongside.core.clock import local, local_date
from alongside.core.ids import new_id
from alongside.core.refusal import Refusal
from alongside.encounters import queries
from alongside.encounters.rules import default_times, times_on_wall
from alongside.plans.queries import open_goal_words
from alongside.practice.arrays import ArrayAdvice
from alongside.practice.codes import GoingAlong, Mode, Place, Process, Service
from alongside.practice.role import Hint, review
from alongside.web.access import StaffRequest
from alongside.web.forms.encounters import CorrectionForm, NoteForm

NOT_TYPED = frozenset(
    {"csrfmiddlewaretoken", "draft_key", "draft_actor", "draft_edit", "act", "hint"}
)
NOT_PROPOSED = "-"
HINTS_AT_ONCE = 2
Fields = dict[str, list[str]]


@dataclass(frozen=True)
class WhenLine:
    """The short line that stands for the times until someone opens them."""

    on: date
    days_ago: int
    start: time
    end: time
    minutes: int
    mode: str
    place: str
    place_words: str
    going_along: str


def typed_fields(post: QueryDict) -> Fields:
    """What was typed, as it was typed, for a draft."""
    return {name: post.getlist(name) for name in post if name not in NOT_TYPED}


def as_initial(fields: Fields) -> dict[str, Any]:
    """A draft's fields as a form shows them again."""
    many = ("processes", "activities", "goals")
    return {
        name: values if name in many else (values[0] if values else "")
        for name, values in fields.items()
    }


def note_form(
    request: StaffRequest,
    person: Any,
    *,
    data: QueryDict | None = None,
    initial: dict[str, Any] | None = None,
    correction: bool = False,
) -> NoteForm:
    """The form of a note with one person, their open goals as chips."""
    goals = open_goal_words(request.actor, participant_id=person.pk)
    kind = CorrectionForm if correction else NoteForm
    return kind(
        data,
        initial=initial,
        goals=goals,
        first_name=person.first_name,
        time_zone=request.actor.time_zone,
        now=timezone.now(),
    )


def new_note(request: StaffRequest, person: Any, appointment: Any, now: datetime) -> dict[str, Any]:
    """What a new note proposes, from the appointment it came from or from the time of day."""
    planned = {}
    along = ""
    if appointment is not None:
        planned = {"planned_start": appointment.starts_at, "planned_end": appointment.ends_at}
        along = appointment.going_along
    times = default_times(now, request.actor.time_zone, **planned)
    last = queries.last_place(request.actor, participant_id=person.pk)
    place = Place.OTHER_COMMUNITY.value if along == GoingAlong.COURT else last
    return {
        "encounter_id": new_id(),
        "appointment": appointment.pk if appointment else None,
        "on": times.on,
        "start": times.start,
        "end": times.end,
        "mode": Mode.FACE_TO_FACE.value,
        "place": place,
        "proposed_place": place,
        "place_words": appointment.place_words if appointment else "",
        "going_along": along,
        "processes": [Process.CONNECTING.value],
        "service": Service.MENTORING.value,
        "array": "",
    }


def as_it_stands(note: Any, time_zone: str) -> dict[str, Any]:
    """A signed note in the fields of its form, to be corrected."""
    started = local(note.started_at, time_zone) if note.started_at else None
    ended = local(note.ended_at, time_zone) if note.ended_at else None
    plain = (
        "on mode place place_words going_along service processes activities what_we_did"
        " participant_words what_next done_for permission_words array_own_reason miles"
    )
    return {
        **{name: getattr(note, name) for name in plain.split()},
        "encounter_id": note.pk,
        "start": started.time() if started else None,
        "end": ended.time() if ended else None,
        "goals": [str(link.goal_id) for link in note.goal_links.all()],
        "array": note.array if note.array != note.array_advised else "",
        "seen": len(note.versions.all()),
        "minutes": note.minutes if started is None else None,
        "proposed_place": NOT_PROPOSED,
    }


def when_line(form: NoteForm, request: StaffRequest) -> WhenLine | None:
    """The times as they stand in the form; ``None`` while they cannot be read."""
    on, start, end = (form.so_far(name) for name in ("on", "start", "end"))
    if on is None or start is None or end is None:
        return None
    times = times_on_wall(on, start, end, request.actor.time_zone)
    today = local_date(timezone.now(), request.actor.time_zone)
    return WhenLine(
        on=on,
        days_ago=(today - on) // timedelta(days=1),
        start=start,
        end=end,
        minutes=times.minutes or 0,
        mode=form.so_far("mode") or "",
        place=form.where(*(form.so_far(name) for name in ("mode", "place", "proposed_place"))),
        place_words=form.so_far("place_words") or "",
        going_along=form.so_far("going_along") or "",
    )


def advice(form: NoteForm, request: StaffRequest) -> ArrayAdvice | None:
    """The proposed array for the form as it stands; ``None`` for those without a profile."""
    writer = queries.writer(request.actor)
    if writer is None:
        return None
    along = form.so_far("going_along") or ""
    activities = form.so_far("activities") or []
    return writer.advice(
        form.so_far("on") or local_date(timezone.now(), request.actor.time_zone),
        processes=tuple(form.so_far("processes") or ()),
        activities=tuple(activities),
        going_along=along,
        words=form.so_far("what_we_did") or "",
    )


def hints(form: NoteForm, request: StaffRequest) -> list[Hint]:
    """The first hints on the words as they stand, without those answered for this note."""
    found = review(form.so_far("what_we_did") or "")
    encounter_id = form.so_far("encounter_id")
    if not found or not encounter_id:
        return list(found[:HINTS_AT_ONCE])
    answered = queries.answered_hints(request.actor, encounter_id=encounter_id)
    return [hint for hint in found if (hint.kind.value, hint.phrase) not in answered][
        :HINTS_AT_ONCE
    ]


def said(refusal: Refusal) -> str:
    """Why a rule said no, in the reader's language."""
    return gettext(refusal.sentence).format(**refusal.facts)


def uuid_or_none(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
