"""The life of a note, and what it must hold. No Django, no database, no clock."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as default
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.core.refusal import Refusal
from alongside.core.words import gettext_noop as _
from alongside.encounters.codes import NoteStatus
from alongside.encounters.rules.times import Times, why_not_times
from alongside.practice.codes import Activity

S = NoteStatus
# What a writer or the array lead chooses when it is no service to be recorded under an array.
NO_SERVICE = "none"
NOTE_MOVES: dict[NoteStatus, frozenset[NoteStatus]] = {
    S.BROUGHT_OVER: frozenset({S.SIGNED, S.ENTERED_IN_ERROR}),
    S.SIGNED: frozenset({S.AMENDED, S.ENTERED_IN_ERROR}),
    S.AMENDED: frozenset({S.AMENDED, S.ENTERED_IN_ERROR}),
    S.ENTERED_IN_ERROR: frozenset(),
}


@dataclass(frozen=True)
class NoteFacts:
    """A note that exists. A note from an old sheet has no author; its supporter answers for it."""

    author_id: UUID | None
    supporter_user_id: UUID | None
    status: NoteStatus
    versions: int = 0


@dataclass(frozen=True, kw_only=True)
class NewNote:
    """What someone is about to sign. ``array`` is empty when the proposed one is right, and
    ``NO_SERVICE`` when none is. ``array_answers`` are what was said to the short questions."""

    times: Times
    mode: str = ""
    place: str = ""
    place_words: str = ""
    going_along: str = ""
    service: str = ""
    processes: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    goal_ids: tuple[UUID, ...] = ()
    what_we_did: str = ""
    participant_words: str = ""
    what_next: str = ""
    done_for: str = ""
    permission_words: str = ""
    array: str = ""
    array_answers: Mapping[str, str] = default(default_factory=dict)
    array_own_reason: str = ""
    miles: Decimal | None = None


def why_not_write(actor: Actor, *, has_profile: bool) -> Refusal | None:
    if not actor.may(Permission.NOTE_WRITE):
        return Refusal("not-a-supporter", _("Notes are written by peer supporters."))
    if not has_profile:
        return Refusal(
            "no-profile",
            _("Your supporter profile is missing. Ask your administrator to make one."),
        )
    return None


def faults(note: NewNote, *, advised: str, now: datetime) -> Iterator[Refusal]:
    """Everything that keeps a note from being signed, each with the field that mends it."""
    not_these_times = why_not_times(note.times, now)
    if not_these_times is not None:
        yield not_these_times
    if not note.mode:
        yield Refusal("no-mode", _("Say how you were in touch."), field="mode")
    if not note.processes:
        yield Refusal("no-process", _("Choose at least one: what did we do?"), field="processes")
    if Activity.DOING_FOR in note.activities and not note.done_for.strip():
        yield Refusal("no-done-for", _("Write what you did for the person."), field="done_for")
    if note.done_for.strip() and not note.permission_words.strip():
        yield Refusal(
            "no-permission",
            _("You did something for the person. Write how they said yes to this one task."),
            field="permission_words",
        )
    if chose_otherwise(note.array, advised) and not note.array_own_reason.strip():
        yield Refusal(
            "no-array-reason",
            _("You chose another service array than proposed. Say why in a few words."),
            field="array_own_reason",
        )


def chose_otherwise(choice: str, advised: str) -> bool:
    """Whether a choice parts from the advice; ``advised`` is empty where no array was."""
    return bool(choice) and ("" if choice == NO_SERVICE else choice) != advised


def why_not_sign(note: NewNote, *, advised: str, now: datetime) -> Refusal | None:
    return next(faults(note, advised=advised, now=now), None)


def why_not_correct(note: NoteFacts, actor: Actor, *, reason: str, seen: int) -> Refusal | None:
    """``seen`` is how many versions there were when the form was opened."""
    if S.AMENDED not in NOTE_MOVES[note.status]:
        return _not_open(note.status)
    if actor.id != note.author_id:
        return Refusal("not-author", _("Only the person who wrote this note can correct it."))
    if seen != note.versions:
        return Refusal(
            "changed-meanwhile",
            _("This note was corrected in another window meanwhile. Your text is kept below."),
        )
    if not reason.strip():
        return Refusal("no-reason", _("Say in a few words what you corrected."), field="reason")
    return None


def why_not_void(note: NoteFacts, actor: Actor, *, reason: str) -> Refusal | None:
    if S.ENTERED_IN_ERROR not in NOTE_MOVES[note.status]:
        return _not_open(note.status)
    if actor.id != (note.author_id or note.supporter_user_id):
        return Refusal(
            "not-author", _("Only the person who wrote this note can say that it was a mistake.")
        )
    if not reason.strip():
        return Refusal("no-reason", _("Say in a few words what the mistake was."), field="reason")
    return None


def why_not_sign_brought_over(note: NoteFacts, actor: Actor) -> Refusal | None:
    if S.SIGNED not in NOTE_MOVES[note.status]:
        return Refusal("not-brought-over", _("This note was signed before."))
    if actor.id != note.supporter_user_id:
        return Refusal("not-author", _("Only the supporter who was there can sign this."))
    return None


def why_not_add_words(note: NoteFacts, *, words: str, signed_name: str) -> Refusal | None:
    if note.status is S.ENTERED_IN_ERROR:
        return _not_open(note.status)
    if not words.strip() and not signed_name.strip():
        return Refusal("nothing-said", _("Write a few words, or sign with a name."), field="words")
    return None


def why_not_see_answer(actor: Actor) -> Refusal | None:
    """Who walks with the participant, or looks out for who does."""
    if actor.may(Permission.NOTE_WRITE) or actor.may(Permission.TEAM_READ):
        return None
    return Refusal("not-walking", _("This is for who walks alongside."))


def _not_open(status: NoteStatus) -> Refusal:
    if status is S.ENTERED_IN_ERROR:
        return Refusal("in-error", _("This note was marked as a mistake. It stays as it is."))
    return Refusal("not-signed", _("Sign this note from the old sheet first."))
