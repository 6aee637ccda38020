"""The life of a hand-off: what was handed to whom after a hard talk, until someone looked after it
(PROC-7). Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.core.refusal import Refusal
from alongside.core.words import gettext_noop as _
from alongside.encounters.codes import HandOffStatus
from alongside.practice import catalog
from alongside.practice.codes import HandOffTo, HardTalk

S = HandOffStatus
HAND_OFF_MOVES: dict[HandOffStatus, frozenset[HandOffStatus]] = {
    S.WAITING: frozenset({S.SEEN, S.FOLLOWED_UP, S.TAKEN_BACK}),
    S.SEEN: frozenset({S.SEEN, S.FOLLOWED_UP, S.WAITING, S.TAKEN_BACK}),
    # Waits again when it is corrected, or when it turns out not to be over.
    S.FOLLOWED_UP: frozenset({S.WAITING, S.TAKEN_BACK}),
    S.TAKEN_BACK: frozenset(),
}
STANDING = (S.WAITING, S.SEEN)
AHEAD = timedelta(minutes=15)
OLDEST = timedelta(days=366)
LONGEST = 4_000  # characters of each text
# After this long without an answer, those who look after the whole agency see it too.
ALONE_AT_MOST = timedelta(hours=24)


@dataclass(frozen=True, kw_only=True)
class NewHandOff:
    """What the writer is about to record. ``about`` and ``handed_to`` are codes of the catalogs;
    ``wanted`` is the person's own voice. No participant: someone who is not in the record."""

    participant_id: UUID | None
    happened_at: datetime
    about: tuple[str, ...]
    handed_to: tuple[str, ...]
    who: str = ""
    wanted: str = ""
    done: str = ""
    permission_words: str = ""
    still_open: bool = False
    next_step: str = ""
    encounter_id: UUID | None = None


@dataclass(frozen=True)
class HandOffFacts:
    """A hand-off that exists. ``versions`` counts what it said before."""

    author_id: UUID
    status: HandOffStatus
    versions: int = 0


@dataclass(frozen=True)
class NewAnswer:
    """``to``: seen and kept open, or followed up. ``waiting`` is not an answer."""

    to: HandOffStatus
    words: str = ""


def why_not_begin(actor: Actor) -> Refusal | None:
    if actor.may(Permission.HAND_OFF_WRITE):
        return None
    return Refusal("not-yours", _("Hand-offs are written by those who walk with people."))


def faults(new: NewHandOff, now: datetime) -> Iterator[Refusal]:
    """Everything that keeps a hand-off from being recorded, each with the field that mends it."""
    if new.happened_at > now + AHEAD:
        yield Refusal("ahead", _("That is still to come. When was it?"), field="on")
    if new.happened_at < now - OLDEST:
        yield Refusal("long-ago", _("That is over a year ago. Is the year right?"), field="on")
    if not new.about or not set(new.about) <= set(HardTalk):
        yield Refusal("no-about", _("Say what it was about."), field="about")
    yield from _faults_of_whom(new)
    if not new.done.strip():
        yield Refusal("no-done", _("Write in a few words what you did."), field="done")
    if new.still_open and not new.next_step.strip():
        yield Refusal(
            "no-next", _("Something is still open. Write what comes next."), field="next_step"
        )
    for field, text in _texts(new):
        if len(text) > LONGEST:
            yield Refusal(
                "too-long",
                _("That is a lot to read. Use at most {most} letters."),
                {"most": LONGEST},
                field=field,
            )


def _faults_of_whom(new: NewHandOff) -> Iterator[Refusal]:
    if not new.handed_to or not set(new.handed_to) <= set(HandOffTo):
        yield Refusal("no-whom", _("Say who took over, or that nobody did."), field="handed_to")
        return
    if len(new.handed_to) > 1 and any(map(_goes_alone, new.handed_to)):
        yield Refusal(
            "nobody-and-someone", _("Choose “Nobody for now”, or who it was."), field="handed_to"
        )
    if HandOffTo.OTHER in new.handed_to and not new.who.strip():
        yield Refusal("no-who", _("Say who it was."), field="who")
    if any(map(needs_permission, new.handed_to)) and not new.permission_words.strip():
        yield Refusal(
            "no-permission",
            _("Write how they said yes to that, or why it could not wait."),
            field="permission_words",
        )


def needs_permission(to: str) -> bool:
    return "permission" in catalog.term("hand_off_to", to).marks


def _goes_alone(to: str) -> bool:
    return "alone" in catalog.term("hand_off_to", to).marks


def _texts(new: NewHandOff) -> tuple[tuple[str, str], ...]:
    names = ("who", "wanted", "done", "permission_words", "next_step")
    return tuple((name, getattr(new, name)) for name in names)


def why_not_record(new: NewHandOff, actor: Actor, now: datetime) -> Refusal | None:
    return why_not_begin(actor) or next(faults(new, now), None)


def why_not_correct(facts: HandOffFacts, actor: Actor, *, reason: str, seen: int) -> Refusal | None:
    """``seen`` is how many versions there were when the form was opened."""
    if facts.status is S.TAKEN_BACK:
        return TAKEN_BACK_ALREADY
    if actor.id != facts.author_id:
        return NOT_AUTHOR
    if seen != facts.versions:
        return Refusal(
            "changed-meanwhile",
            _("This was corrected in another window meanwhile. Your text is kept below."),
        )
    return _no_reason(reason, _("Say in a few words what you corrected."))


def why_not_take_back(facts: HandOffFacts, actor: Actor, *, reason: str) -> Refusal | None:
    if S.TAKEN_BACK not in HAND_OFF_MOVES[facts.status]:
        return TAKEN_BACK_ALREADY
    if actor.id != facts.author_id:
        return Refusal("not-author", _("Only the person who wrote this can take it back."))
    return _no_reason(reason, _("Say in a few words why you take it back."))


def why_not_answer(facts: HandOffFacts, actor: Actor, answer: NewAnswer) -> Refusal | None:
    """The one who wrote it does not answer: nobody is left to look after themselves alone."""
    if not actor.may(Permission.HAND_OFF_ANSWER):
        return Refusal("not-yours", _("A supervisor or coordinator answers a hand-off."))
    if actor.id == facts.author_id:
        return Refusal("own", _("You wrote this. Someone else looks at it with you."))
    if answer.to not in (S.SEEN, S.FOLLOWED_UP):
        return Refusal("no-answer", _("Choose one of the two answers."), field="to")
    if answer.to not in HAND_OFF_MOVES[facts.status]:
        return NOT_WAITING
    if answer.to is S.FOLLOWED_UP and not answer.words.strip():
        return Refusal("no-words", _("Write in a few words what was done."), field="words")
    return _too_long(answer.words)


def why_not_add(facts: HandOffFacts, actor: Actor, *, words: str) -> Refusal | None:
    """The one who wrote it tells what happened since."""
    if facts.status is S.TAKEN_BACK:
        return TAKEN_BACK_ALREADY
    if actor.id != facts.author_id:
        return Refusal("not-author", _("The person who wrote this tells what happened since."))
    if not words.strip():
        return Refusal("no-words", _("Write in a few words what happened."), field="words")
    return _too_long(words)


def why_not_open_again(facts: HandOffFacts, actor: Actor, *, words: str) -> Refusal | None:
    if facts.status is not S.FOLLOWED_UP:
        return Refusal("not-over", _("This is still open. Look again."))
    if actor.id != facts.author_id and not actor.may(Permission.HAND_OFF_ANSWER):
        return Refusal("not-yours", _("A supervisor or coordinator opens it again."))
    return _no_reason(words, _("Say in a few words why it is open again."), field="words")


def _no_reason(reason: str, sentence: str, *, field: str = "reason") -> Refusal | None:
    if not reason.strip():
        return Refusal("no-reason", sentence, field=field)
    return _too_long(reason, field=field)


def _too_long(words: str, *, field: str = "words") -> Refusal | None:
    if len(words) <= LONGEST:
        return None
    sentence = _("That is a lot to read. Use at most {most} letters.")
    return Refusal("too-long", sentence, {"most": LONGEST}, field=field)


NOT_AUTHOR = Refusal("not-author", _("Only the person who wrote this can correct it."))
TAKEN_BACK_ALREADY = Refusal("taken-back", _("This hand-off was taken back. It stays as it is."))
NOT_WAITING = Refusal("not-waiting", _("This was answered already. Look again."))
