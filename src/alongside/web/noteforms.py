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
from alongside.encounters.rules import NO_SERVICE, default_times, times_on_wall
from alongside.plans.queries import open_goal_words
from alongside.practice.codes import GoingAlong, Mode, Place, Process, Service
from alongside.practice.role import Hint, review
from alongside.web.access import StaffRequest
from alongside.web.forms.encounters import SHORT, CorrectionForm, NoteForm

NOT_TYPED = frozenset(
    {"csrfmiddlewaretoken", "draft_key", "draft_actor", "draft_edit", "act"}
    | {"hint", "hints_of", "precedent"}
)
ASKING = frozenset({"ask_words", "ask_proposed"})
# The writer's own words. What the participant said is theirs, and nobody reviews it.
WRITERS = ("what_we_did", "what_next", "done_for")
NOT_PROPOSED = "-"
HINTS_AT_ONCE = 2  # at one field
DOING_FOR = "doing_for"  # the kind of hint
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
    """What was typed, as it was typed, for a draft. Words for a question that were only proposed
    were not typed."""
    asked, proposed = post.get("ask_words", ""), post.get("ask_proposed", "")
    only_proposed = ASKING if asked.split() == proposed.split() else frozenset()
    return {name: post.getlist(name) for name in post if name not in NOT_TYPED | only_proposed}


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
        "array": _own_choice(note),
        **{f"{SHORT}{code}": said for code, said in note.array_answers.items()},
        "seen": len(note.versions.all()),
        "minutes": note.minutes if started is None else None,
        "proposed_place": NOT_PROPOSED,
    }


def _own_choice(note: Any) -> str:
    """What the writer chose over the advice; nothing where they took it."""
    return "" if note.array == note.array_advised else note.array or NO_SERVICE


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


def day(form: NoteForm, request: StaffRequest) -> date:
    """The day of the note as it stands; today where it cannot be read."""
    on: date | None = form.so_far("on")
    return on or local_date(timezone.now(), request.actor.time_zone)


@dataclass(frozen=True)
class FieldHints:
    """Hints at the words of one field. ``put_away`` counts those answered for this note."""

    field: Any
    shown: list[Hint]
    put_away: int = 0

    @property
    def name(self) -> str:
        return str(self.field.name)


def hints(form: NoteForm, request: StaffRequest) -> list[FieldHints]:
    """For each field of the writer's the first hints on its words, without those answered."""
    found = {name: found_in(form, name) for name in WRITERS}
    encounter_id = form.so_far("encounter_id")
    answered: frozenset[tuple[str, str]] = frozenset()
    if encounter_id and any(found.values()):
        answered = queries.answered_hints(request.actor, encounter_id=encounter_id)
    return [
        FieldHints(
            form[name],
            [hint for hint in each if (hint.kind.value, hint.phrase) not in answered][
                :HINTS_AT_ONCE
            ],
            sum((hint.kind.value, hint.phrase) in answered for hint in each),
        )
        for name, each in found.items()
    ]


def found_in(form: NoteForm, name: str) -> tuple[Hint, ...]:
    """What the review finds in one field of the writer's.

    Where the form itself asks for the yes to a task, or has it, that task is no finding.
    """
    found = review(form.so_far(name) or "")
    permitted = name == "done_for" or (form.so_far("done_for") and form.so_far("permission_words"))
    return tuple(hint for hint in found if not (permitted and hint.kind.value == DOING_FOR))


def said(refusal: Refusal) -> str:
    """Why a rule said no, in the reader's language."""
    return gettext(refusal.sentence).format(**refusal.facts)


def uuid_or_none(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
