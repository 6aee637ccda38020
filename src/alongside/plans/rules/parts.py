"""What may happen to the parts of a plan, and who may do it. Pure. Nothing here asks for one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alongside.core.actor import Actor
from alongside.core.refusal import Refusal
from alongside.core.words import gettext_noop as _
from alongside.plans.codes import (
    ObstacleKind,
    PartChangeKind,
    PartKind,
    PartStatus,
    Side,
    WhoDoes,
)
from alongside.practice.codes import Objective, ServiceArray

K = PartKind
S = PartStatus
C = PartChangeKind

PART_MOVES: Mapping[PartStatus, frozenset[PartStatus]] = {
    S.OPEN: frozenset({S.DONE, S.SET_ASIDE}),
    S.DONE: frozenset({S.OPEN}),
    S.SET_ASIDE: frozenset({S.OPEN}),
}

# Where each kind can come to rest. An obstacle is followed until it is out of the way (PSP-2).
RESTS: Mapping[PartKind, frozenset[PartStatus]] = {
    K.STRENGTH: frozenset({S.SET_ASIDE}),
    K.VALUE: frozenset({S.SET_ASIDE}),
    K.OBJECTIVE: frozenset({S.DONE, S.SET_ASIDE}),
    K.STEP: frozenset({S.DONE, S.SET_ASIDE}),
    K.SUPPORT: frozenset({S.SET_ASIDE}),
    K.OBSTACLE: frozenset({S.DONE}),
    K.TRY: frozenset(),
    K.QUESTION: frozenset({S.DONE, S.SET_ASIDE}),
}

PART_STATUS_NAMES: Mapping[PartStatus, str] = {
    S.OPEN: _("Open"),
    S.DONE: _("Done"),
    S.SET_ASIDE: _("Set aside for now"),
}
IN_ITS_WORD: Mapping[tuple[PartKind, PartStatus], str] = {
    (K.OBJECTIVE, S.DONE): _("Reached"),
    (K.OBSTACLE, S.OPEN): _("In the way"),
    (K.OBSTACLE, S.DONE): _("Out of the way"),
    (K.QUESTION, S.OPEN): _("To ask"),
    (K.QUESTION, S.DONE): _("Asked"),
}
PART_CHANGE_NAMES: Mapping[PartChangeKind, str] = {
    C.ADDED: _("written down"),
    C.REWORDED: _("changed"),
    C.DONE: _("done"),
    C.SET_ASIDE: _("set aside"),
    C.REOPENED: _("open again"),
    C.TAKEN_BACK: _("taken back"),
    C.BROUGHT_BACK: _("brought back"),
}
CHANGE_OF_PART: Mapping[PartStatus, PartChangeKind] = {
    S.OPEN: C.REOPENED,
    S.DONE: C.DONE,
    S.SET_ASIDE: C.SET_ASIDE,
}
LONGEST_NAME = 200  # characters


@dataclass(frozen=True)
class PartFacts:
    kind: PartKind
    status: PartStatus = PartStatus.OPEN
    taken_back: bool = False


@dataclass(frozen=True)
class NewPart:
    """What a form says about one part. Only its kind's own fields count; the others stay empty."""

    kind: PartKind
    words: str
    goal_id: UUID | None = None
    parent_id: UUID | None = None
    sample: str = ""
    service_array: str = ""
    who: str = ""
    who_name: str = ""
    day: date | None = None
    on_behalf: bool = False
    permission_words: str = ""
    obstacle: str = ""
    how_close: str = ""
    next_step: str = ""
    asked_of: str = ""


# What can be said about a kind, beside its words and where it belongs.
SAID_OF: Mapping[PartKind, tuple[str, ...]] = {
    K.STRENGTH: (),
    K.VALUE: (),
    K.OBJECTIVE: ("sample", "service_array"),
    K.STEP: ("who", "who_name", "day", "on_behalf", "permission_words"),
    K.SUPPORT: ("how_close", "next_step"),
    K.OBSTACLE: ("obstacle", "goal_id"),
    K.TRY: ("who", "who_name", "day"),
    K.QUESTION: ("asked_of",),
}


def status_name(kind: PartKind, status: PartStatus) -> str:
    return IN_ITS_WORD.get((kind, status), PART_STATUS_NAMES[status])


def side_of(by: Actor) -> Side:
    return Side.SUPPORTER if by.is_staff else Side.PARTICIPANT


def why_not_keep_part(new: NewPart, *, on: date, born_on: date | None = None) -> Refusal | None:
    """Words are what a part needs; most else may stay empty. ``on`` is the day it is written."""
    if not new.words.strip():
        return Refusal(
            "no-words", _("Write it in your own words. A few are enough."), field="words"
        )
    if new.kind in (K.OBJECTIVE, K.STEP) and new.goal_id is None:
        return Refusal("no-goal", _("It belongs to a goal. Open the goal, then add it there."))
    if new.kind is K.OBJECTIVE:
        return _why_not_sample(new)
    if new.kind in (K.STEP, K.TRY):
        return _why_not_who(new) or _why_not_day(new, on, born_on) or _why_not_for_them(new)
    if new.kind is K.OBSTACLE and new.obstacle not in set(ObstacleKind):
        return Refusal("no-side", _("Choose where it stands."), field="obstacle")
    return None


def _why_not_sample(new: NewPart) -> Refusal | None:
    if new.sample and new.sample not in set(Objective):
        return Refusal("no-sample", _("Choose one of the samples, or none."), field="sample")
    if new.service_array and new.service_array not in set(ServiceArray):
        return Refusal("no-array", _("Choose one of the arrays, or none."), field="service_array")
    return None


def _why_not_who(new: NewPart) -> Refusal | None:
    if new.who not in set(WhoDoes):
        return Refusal("no-who", _("Choose who does it."), field="who")
    if new.who == WhoDoes.SOMEONE and not new.who_name.strip():
        return Refusal("no-name", _("Write who that is."), field="who_name")
    if len(new.who_name.strip()) > LONGEST_NAME:
        return Refusal("long-name", _("Make the name shorter, please."), field="who_name")
    return None


def _why_not_day(new: NewPart, on: date, born_on: date | None) -> Refusal | None:
    if new.day is None:
        return None
    if new.kind is K.TRY and new.day > on:
        return Refusal(
            "not-yet", _("That day has not come yet. Choose an earlier one."), field="day"
        )
    if born_on is not None and new.day < born_on:
        return Refusal(
            "before-birth",
            _("This day is before the day of birth. Look at the year."),
            field="day",
        )
    return None


def _why_not_for_them(new: NewPart) -> Refusal | None:
    """In the participant's place only with their yes to this one task (SVC-6)."""
    if not new.on_behalf:
        return None
    if new.who != WhoDoes.SUPPORTER:
        return Refusal(
            "not-the-supporter",
            _("Only a step of the supporter is done for them."),
            field="on_behalf",
        )
    if not new.permission_words.strip():
        return Refusal(
            "no-permission",
            _("Ask first. Then write how they said yes to this one task."),
            field="permission_words",
        )
    return None


def why_not_carry_permission(old_words: str, permission: str, new: NewPart) -> Refusal | None:
    """A yes is for one task: other words are another task, and ask again (SVC-6)."""
    same_yes = permission and permission == new.permission_words.strip()
    if not new.on_behalf or not same_yes or old_words == new.words.strip():
        return None
    return Refusal(
        "ask-again",
        _("This is another task now. Ask again, and write how they said yes to it."),
        field="permission_words",
    )


def why_not_array(array: str, *, opens_peer_support: bool) -> Refusal | None:
    """Peer Support belongs to a supporter certified on that day (PEER-2, PEER-3)."""
    if array != ServiceArray.PEER_SUPPORT or opens_peer_support:
        return None
    return Refusal(
        "not-certified",
        _("Peer Support needs a certificate that holds today. Choose another array, or none."),
        field="service_array",
    )


def why_not_change_part(part: PartFacts) -> Refusal | None:
    if part.taken_back:
        return Refusal("taken-back", _("This was taken back. Bring it back first."))
    if part.status is not S.OPEN:
        return Refusal("settled", _("Open it again first, then change it."))
    return None


def why_not_move_part(part: PartFacts, to: PartStatus) -> Refusal | None:
    if part.taken_back:
        return Refusal("taken-back", _("This was taken back. Bring it back first."))
    if to not in PART_MOVES[part.status]:
        now = status_name(part.kind, part.status)
        return Refusal("no-such-move", _("It is already: {now}."), {"now": now})
    if to is not S.OPEN and to not in RESTS[part.kind]:
        return Refusal("not-so", _("This cannot be done with it. Take it back instead."))
    return None


def why_not_take_back_part(part: PartFacts) -> Refusal | None:
    if part.taken_back:
        return Refusal("taken-back", _("This was taken back already."))
    return None


def why_not_bring_back_part(part: PartFacts) -> Refusal | None:
    if not part.taken_back:
        return Refusal("there", _("It is there. Nothing was taken back."))
    return None
