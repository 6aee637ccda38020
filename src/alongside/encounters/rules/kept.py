"""What is kept apart from the participant's pages: who may, for how long, who looks at it. Pure."""

from dataclasses import dataclass
from uuid import UUID

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.core.refusal import STALE, Refusal
from alongside.core.words import gettext_noop as _
from alongside.encounters.codes import KeptStatus, NoteStatus
from alongside.encounters.rules.notes import NoteFacts
from alongside.practice import catalog
from alongside.practice.kept import KeptReason

S = KeptStatus
KEPT_MOVES: dict[KeptStatus, frozenset[KeptStatus]] = {
    S.WAITING: frozenset({S.ASKED, S.AGREED, S.OPENED, S.WITHDRAWN}),
    S.ASKED: frozenset({S.WAITING, S.AGREED, S.OPENED, S.WITHDRAWN}),
    S.AGREED: frozenset({S.WAITING, S.OPENED, S.WITHDRAWN}),
    S.OPENED: frozenset({S.WAITING}),
    S.WITHDRAWN: frozenset({S.WAITING}),
}
# As long as it stands in one of these, the participant's pages and copies leave it out. A part that
# was taken back stays out as well: it is no part of the note any more.
OPEN_TO_READ = frozenset({S.OPENED})
KEEPS = frozenset({S.WAITING, S.ASKED, S.AGREED})
LONGEST_TEXT, LONGEST_WHY = 20000, 1000


@dataclass(frozen=True)
class KeptFacts:
    writer_id: UUID
    status: KeptStatus
    revision: int = 0


@dataclass(frozen=True)
class NewKept:
    """What a writer wants kept apart. ``older``: what the note said before is kept apart, too."""

    text: str
    reason: str
    why: str
    older: bool = False

    def __bool__(self) -> bool:
        return bool(self.text.strip() or self.why.strip() or self.reason)


def why_not_these(new: NewKept) -> Refusal | None:
    """Whether it says what and why, whoever writes it."""
    if not new.text.strip():
        return Refusal("no-text", _("Write the part that is kept apart."), field="kept_text")
    if new.reason not in set(KeptReason):
        return Refusal("no-reason", _("Choose why it is kept apart."), field="kept_reason")
    if not new.why.strip():
        return Refusal(
            "no-why",
            _("Say in a few words why. Your privacy officer reads it."),
            field="kept_why",
        )
    if len(new.text) > LONGEST_TEXT or len(new.why) > LONGEST_WHY:
        return Refusal("too-long", _("That is too long to keep. Say it shorter."), field="kept_why")
    return None


def why_not_keep_apart(note: NoteFacts, by: Actor) -> Refusal | None:
    """Only the note's own writer, and only in a note that stands."""
    if not by.may(Permission.NOTE_WRITE) or by.id != note.author_id:
        return NOT_WRITER
    if note.status is NoteStatus.ENTERED_IN_ERROR:
        return Refusal("in-error", _("This note was marked as a mistake. It stays as it is."))
    return None


def why_not_change_kept(part: KeptFacts, by: Actor, *, seen: int) -> Refusal | None:
    if by.id != part.writer_id or not by.may(Permission.NOTE_WRITE):
        return NOT_WRITER
    if part.status not in KEEPS:
        return SETTLED
    return None if seen == part.revision else STALE


def why_not_answer_kept(part: KeptFacts, words: str, by: Actor) -> Refusal | None:
    if by.id != part.writer_id:
        return NOT_WRITER
    if part.status is not S.ASKED:
        return SETTLED
    return None if words.strip() else NO_WORDS


def why_not_look_at_kept(
    part: KeptFacts, to: KeptStatus, by: Actor, *, words: str = ""
) -> Refusal | None:
    """What a privacy officer says to it: agree, open it, ask; or take that back."""
    if not by.may(Permission.PRIVACY_MANAGE):
        return Refusal("not-yours", _("This is for your privacy officer."))
    if by.id == part.writer_id:
        return Refusal("own", _("You wrote this part. Another privacy officer looks at it."))
    if part.status is S.WITHDRAWN or to not in KEPT_MOVES[part.status]:
        return SETTLED
    if to in (S.ASKED, S.OPENED) and not words.strip():
        return NO_WORDS
    return None


def why_not_withdraw_kept(part: KeptFacts, to: KeptStatus, by: Actor) -> Refusal | None:
    """Its writer takes it back, or takes that back."""
    if by.id != part.writer_id:
        return NOT_WRITER
    back = part.status is S.WITHDRAWN if to is S.WAITING else to is S.WITHDRAWN
    return None if back and to in KEPT_MOVES[part.status] else SETTLED


def told_in_place_of(reason: str) -> str:
    """What the participant reads where a part is kept apart; nothing where telling could harm."""
    term = catalog.term("kept_reason", reason)
    return term.ask if "told" in term.marks else ""


NOT_WRITER = Refusal("not-writer", _("Only the person who wrote this note can do that."))
SETTLED = Refusal("settled", _("This was settled already. Look again."))
NO_WORDS = Refusal("no-words", _("Say it in a few words."), field="words")
