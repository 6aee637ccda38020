"""Who may tell, who may correct it, and how a list of what was told is put together. Pure; whether
something may be told stands in ``practice.disclosure``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.core.clock import EARLIEST, local_date
from alongside.core.refusal import Refusal
from alongside.core.words import gettext_noop as _
from alongside.practice.consents import Category, Purpose
from alongside.practice.disclosure import BY_HAND, COUNTED, Asked, Basis, Restriction, Way

# How far an accounting reaches: of what was told by consent, and of everything (2.25, 164.528).
YEARS = (3, 6)


@dataclass(frozen=True)
class Recipient:
    """Who gets it. An id names someone a consent knows: one of its recipients (``recipient_id``), a
    referrer, or someone of the care team; without any the name and where they work are compared."""

    name: str = ""
    organization: str = ""
    address: str = ""
    recipient_id: UUID | None = None
    referrer_id: UUID | None = None
    member_id: UUID | None = None


@dataclass(frozen=True)
class Wanted:
    """What is to leave. ``id`` comes from the form, so that five clicks tell once. ``told_at`` is
    for what was said outside and is written down now."""

    id: UUID
    participant_id: UUID
    basis: Basis
    recipient: Recipient
    way: Way
    categories: frozenset[Category] = frozenset()
    what: str = ""
    purpose: Purpose | None = None
    purpose_words: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    told_at: datetime | None = None

    def asked(self, *, by: Actor, at: datetime, protected: bool) -> Asked:
        return Asked(
            basis=self.basis,
            on=local_date(self.told_at or at, by.time_zone),
            name=self.recipient.name,
            organization=self.recipient.organization,
            categories=self.categories,
            what=self.what,
            purpose=self.purpose,
            facts=self.facts,
            protected=protected,
            privacy=by.may(Permission.PRIVACY_MANAGE),
        )


def why_not_tell(wanted: Wanted, *, by: Actor, at: datetime) -> Refusal | None:
    """Before any ground is looked at: who acts, and when it was."""
    if not by.is_staff:
        return None if _own_page(wanted) or _own_copy(wanted, by) else NOT_YOURS
    if not by.may(Permission.DISCLOSURE_WRITE):
        return NOT_YOURS
    if wanted.told_at is not None and wanted.told_at > at:
        return Refusal("still-to-come", _("This is still to come. Say when it was."), field="on")
    if local_date(wanted.told_at or at, by.time_zone) < EARLIEST:
        return Refusal("too-long-ago", _("Say a day that people remember."), field="on")
    return None


def _own_page(wanted: Wanted) -> bool:
    """Someone from outside opens their own page: told by consent, to the referrer they are."""
    named = wanted.recipient.referrer_id is not None
    return wanted.basis is Basis.CONSENT and wanted.way in COUNTED and named


def _own_copy(wanted: Wanted, by: Actor) -> bool:
    """A participant takes a copy of their own record; that it is theirs, the gate looks."""
    own = wanted.basis is Basis.PARTICIPANT and wanted.way in (Way.PDF, Way.EXPORT)
    return own and by.may(Permission.OWN_READ) and wanted.told_at is None


def why_not_withdraw(
    reason: str, *, withdrawn: bool, by: Actor, way: Way | None = None
) -> Refusal | None:
    """What a person wrote down may be a slip; what the program itself showed or made is none."""
    if not by.may(Permission.DISCLOSURE_WRITE):
        return NOT_YOURS
    if withdrawn:
        return Refusal("withdrawn", _("This line was taken back already."))
    if way is not None and way not in BY_HAND:
        return Refusal("it-happened", _("It was shown or made right here, so this line stays."))
    if not reason.strip():
        return Refusal("no-reason", _("Say in a few words what was wrong."), field="reason")
    return None


def why_not_switch(reason: str, *, off_for_all: bool, by: Actor) -> Refusal | None:
    if not by.may(Permission.PRIVACY_MANAGE):
        return Refusal("not-yours", _("This is for your privacy officer."))
    if off_for_all:
        return Refusal("per-program", _("Part 2 is switched off for one program at a time."))
    if not reason.strip():
        return Refusal("no-reason", _("Say why, in words that hold in five years."), field="reason")
    return None


def for_whom(
    counties: Iterable[str],
    pathways: Iterable[str],
    populations: Iterable[str],
    begins: date,
    ends: date | None,
) -> dict[str, object]:
    """Whom a contract is for, as it is kept with the word that Part 2 does not apply to it."""
    return {
        "counties": sorted(counties),
        "pathways": sorted(pathways),
        "populations": sorted(populations),
        "starts_on": begins.isoformat(),
        "ends_on": ends.isoformat() if ends else "",
    }


def still_given(then: Mapping[str, object], now: Mapping[str, object]) -> bool:
    """Whether a word on whom a contract is for holds: it may end sooner, and is else the same."""
    sooner = not then.get("ends_on") or "" < str(now["ends_on"]) <= str(then["ends_on"])
    return sooner and {**then, "ends_on": ""} == {**now, "ends_on": ""}


def restriction(held: Mapping[str, Any]) -> Restriction:
    """As it is kept with the request that was agreed to."""
    return Restriction(frozenset(Category(code) for code in held["categories"]), held["whom"])


def fold_of(wanted: Wanted, *, recipient_id: UUID | None, on: date) -> str:
    """The same for the same look on the same day; nothing where each telling stands alone."""
    if wanted.way not in COUNTED or recipient_id is None:
        return ""
    said = (
        str(wanted.participant_id),
        str(recipient_id),
        wanted.way.value,
        on.isoformat(),
        ",".join(sorted(wanted.categories)),
        wanted.what,
        wanted.purpose.value if wanted.purpose else "",
    )
    return sha256("\n".join(said).encode()).hexdigest()


@dataclass(frozen=True)
class Told:
    """One line of what was told, as an accounting groups it."""

    key: tuple[object, ...]
    at: datetime
    last_at: datetime
    times: int
    row: object = None


@dataclass(frozen=True)
class Group:
    """The same told again and again to the same: first, last, and how often."""

    first_at: datetime
    last_at: datetime
    times: int
    rows: tuple[object, ...]

    @property
    def row(self) -> object:
        """The newest of them stands for all."""
        return self.rows[0]


def grouped(lines: Iterable[Told]) -> tuple[Group, ...]:
    """Repeats as one line each, by their newest, newest first."""
    found: dict[tuple[object, ...], list[Told]] = {}
    for line in lines:
        found.setdefault(line.key, []).append(line)
    groups = [
        Group(
            first_at=min(one.at for one in same),
            last_at=max(one.last_at for one in same),
            times=sum(one.times for one in same),
            rows=tuple(one.row for one in sorted(same, key=lambda one: one.at, reverse=True)),
        )
        for same in found.values()
    ]
    return tuple(sorted(groups, key=lambda group: group.last_at, reverse=True))


def years_before(on: date, years: int) -> date:
    """The same day, so many years ago; the last of February where there is none."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return on.replace(year=on.year - years, day=28)


NOT_YOURS = Refusal(
    "not-yours", _("Only who walks alongside, the desk and the privacy officer tell.")
)
TOLD_OTHERWISE = Refusal(
    "told-otherwise",
    _("This page was written down already, with other words. Begin a new one for what is new."),
)
