"""An update for court or county: composed from the record, with the participant beside. Pure.

Only days and what people wrote for it go in: no text of a note, nothing clinical. What is there to
choose from is the least that the consent and its purpose allow; each part can be left out.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from alongside.core.clock import spoken
from alongside.core.refusal import Refusal
from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.encounters.codes import UpdatePart, UpdateStatus
from alongside.practice import catalog
from alongside.practice.codes import GoingAlong
from alongside.practice.consents import Category

S, P = UpdateStatus, UpdatePart
UPDATE_MOVES: dict[UpdateStatus, frozenset[UpdateStatus]] = {
    S.DRAFT: frozenset({S.SENT, S.PUT_AWAY}),
    S.SENT: frozenset(),
    S.PUT_AWAY: frozenset({S.DRAFT}),
}

# Which consent each part needs. What the supporter adds is read and agreed to like the rest.
NEEDS: dict[UpdatePart, Category] = {
    P.SUPPORT: Category.ONGOING,
    P.ALONG: Category.REQUIRED,
    P.ASKED: Category.REQUIRED,
    P.DAYS: Category.ATTENDANCE,
    P.WORDS: Category.WORDS,
    P.ADDED: Category.WORDS,
}
# What a court or a county may ask of someone. An appointment may be a doctor's: it stays out.
REQUIRED = frozenset({GoingAlong.COURT, GoingAlong.PARENTING_CLASS, GoingAlong.SELF_HELP_GROUP})
LONGEST_WORDS = 2000
LONGEST_SPAN = 366  # days


@dataclass(frozen=True)
class DayFacts:
    """A day on which the two met, and what they went to together, if to something."""

    encounter_id: UUID
    on: date
    along: GoingAlong | None = None


@dataclass(frozen=True)
class AskedFacts:
    """Something that was asked of the participant, and how far it is (``plans``)."""

    requirement_id: UUID
    what: str
    state: str
    how_far: Say | None = None


@dataclass(frozen=True)
class UpdateFacts:
    """All that an update can be made of. ``left_out`` holds parts and keys of single days."""

    since: date
    until: date
    categories: frozenset[Category]
    days: tuple[DayFacts, ...] = ()
    asked: tuple[AskedFacts, ...] = ()
    left_out: frozenset[str] = frozenset()
    words: str = ""
    added: str = ""
    person: str = ""
    writer: str = ""
    agency: str = ""
    walks_since: date | None = None
    walked_until: date | None = None
    corrects_on: date | None = None


@dataclass(frozen=True)
class Line:
    """One line of a part. ``key`` leaves it out; a part that is one text has lines without."""

    text: Say
    key: str = ""


@dataclass(frozen=True)
class Section:
    part: UpdatePart
    title: Say
    lines: tuple[Line, ...]
    quoted: bool = False


def day_key(part: UpdatePart, day: DayFacts) -> str:
    return f"{part}:{day.encounter_id}"


def everything(facts: UpdateFacts) -> tuple[Section, ...]:
    """What there is to choose from, nothing left out: the parts that the consent covers."""
    return tuple(section for section in _sections(facts) if section.lines)


def compose(facts: UpdateFacts) -> tuple[Section, ...]:
    """What is read and sent: each part without what was left out; empty parts are not there."""
    kept = []
    for section in _sections(facts):
        lines = tuple(line for line in section.lines if line.key not in facts.left_out)
        if lines and section.part not in facts.left_out:
            kept.append(Section(section.part, section.title, lines, section.quoted))
    return tuple(kept)


def categories_of(sections: Iterable[Section]) -> frozenset[Category]:
    """What is told, as a consent names it."""
    return frozenset(NEEDS[section.part] for section in sections if section.part in NEEDS)


def offered(categories: Iterable[Category]) -> frozenset[Category]:
    """Of what may be told, that which an update knows how to say."""
    return frozenset(NEEDS.values()) & frozenset(categories)


def _sections(facts: UpdateFacts) -> Iterator[Section]:
    if facts.corrects_on is not None:
        text = Say(
            _("It takes the place of the update of {day}."), {"day": said(facts.corrects_on)}
        )
        yield Section(P.CORRECTS, Say(_("A corrected update")), (Line(text),))
    whole = (
        Section(P.SUPPORT, Say(_("Support")), _support(facts)),
        Section(P.ALONG, Say(_("Went to together")), tuple(_along(facts))),
        Section(P.ASKED, Say(_("What was asked, and how far it is")), tuple(_asked(facts))),
        Section(P.DAYS, Say(_("Days we met")), tuple(_days(facts))),
        Section(
            P.WORDS,
            Say(_("{name} says"), {"name": facts.person}),
            _text(facts.words),
            quoted=True,
        ),
        Section(
            P.ADDED,
            Say(_("Added by {name}, {agency}"), {"name": facts.writer, "agency": facts.agency}),
            _text(facts.added),
            quoted=True,
        ),
    )
    yield from (section for section in whole if NEEDS[section.part] in facts.categories)


def _support(facts: UpdateFacts) -> tuple[Line, ...]:
    if facts.walks_since is None:
        return ()
    days = {"since": said(facts.walks_since)}
    if facts.walked_until is not None:
        days["until"] = said(facts.walked_until)
        return (Line(Say(_("Support from {since} to {until}."), days)),)
    return (Line(Say(_("Support since {since}. It goes on."), days)),)


def _along(facts: UpdateFacts) -> Iterator[Line]:
    for day in facts.days:
        if day.along in REQUIRED:
            name = catalog.term("going_along", day.along).name
            text = Say(_("{day}: {what}"), {"day": said(day.on), "what": Say(name)})
            yield Line(text, day_key(P.ALONG, day))


def _asked(facts: UpdateFacts) -> Iterator[Line]:
    for one in facts.asked:
        far = {"what": one.what, "state": Say(one.state)}
        text = Say(_("{what}: {state}"), far)
        if one.how_far is not None:
            text = Say(_("{what}: {state}. {how_far}"), {**far, "how_far": one.how_far})
        yield Line(text, f"{P.ASKED}:{one.requirement_id}")


def _days(facts: UpdateFacts) -> Iterator[Line]:
    """Each day once, however often one met on it."""
    seen: set[date] = set()
    for day in facts.days:
        if day.on not in seen:
            seen.add(day.on)
            yield Line(Say("{day}", {"day": said(day.on)}), day_key(P.DAYS, day))


def _text(words: str) -> tuple[Line, ...]:
    plain = words.strip()
    return (Line(Say("{words}", {"words": plain})),) if plain else ()


said = spoken


def as_kept(
    sections: Iterable[Section],
    *,
    to: Iterable[str],
    sender: Iterable[str],
    about: str,
    period: str,
) -> dict[str, object]:
    """What is kept for good of an update: every word as it was read and agreed to."""
    return {
        "to": [line for line in to if line],
        "from": [line for line in sender if line],
        "about": about,
        "period": period,
        "sections": [
            {
                "part": section.part.value,
                "title": str(section.title),
                "lines": [str(line.text) for line in section.lines],
                "quoted": section.quoted,
            }
            for section in sections
        ],
    }


def code_of(text: Mapping[str, object]) -> str:
    """The same for the same words: what was read is what is agreed to."""
    plain = json.dumps(text, sort_keys=True, ensure_ascii=False)
    return sha256(plain.encode()).hexdigest()


def why_not_period(since: date, until: date, *, today: date) -> Refusal | None:
    if until < since:
        return Refusal(
            "dates-reversed",
            _("The last day is before the first. Change one of them."),
            field="until",
        )
    if until > today:
        return Refusal(
            "still-to-come", _("This day is still to come. Choose today or before."), field="until"
        )
    if (until - since).days > LONGEST_SPAN:
        return Refusal(
            "too-long-ago", _("That is more than a year. Choose a shorter time."), field="since"
        )
    return None


def why_not_words(words: str, added: str) -> Refusal | None:
    for field, text in (("words", words), ("added", added)):
        if len(text) > LONGEST_WORDS:
            return Refusal(
                "too-long",
                _("This is {much} letters too long. Say it a little shorter."),
                {"much": len(text) - LONGEST_WORDS},
                field=field,
            )
    return None


def why_not_change(status: UpdateStatus) -> Refusal | None:
    if status == S.SENT:
        return SENT
    if status == S.PUT_AWAY:
        return Refusal("put-away", _("This update was put away. Take it up again first."))
    return None


def why_not_move_update(status: UpdateStatus, to: UpdateStatus) -> Refusal | None:
    if to in UPDATE_MOVES[status]:
        return None
    if status == S.SENT:
        return SENT
    return Refusal("moved", _("This was done already."))


def why_not_agree(sections: Iterable[Section], *, name: str, read: str, now: str) -> Refusal | None:
    """``read`` is the code of what stood on the screen, ``now`` of what would be sent."""
    if categories_of(sections) == frozenset():
        return EMPTY
    if read != now:
        return Refusal(
            "moved-on",
            _("Something in it changed meanwhile. Read it once more, then agree."),
            field="signed_name",
        )
    if not name.strip():
        return Refusal(
            "no-name",
            _("Type your name, if this may go out as you read it."),
            field="signed_name",
        )
    return None


# As the list of what was told keeps it; a page reads it back (``core.words.read_back``).
UPDATE_KEPT = _("Update {number}: {since} to {until}")


def number_words(number: int, since: date, until: date) -> str:
    """What stands in the list of what was told. Two updates never say the same."""
    return UPDATE_KEPT.format(number=number, since=said(since), until=said(until))


def why_not_correct(status: UpdateStatus, *, corrected: bool) -> Refusal | None:
    if status != S.SENT:
        return Refusal("not-sent", _("This one was not sent yet. Change it as it is."))
    if corrected:
        return Refusal("corrected", _("A newer update takes its place. Correct that one."))
    return None


NOBODY_NAMED = Refusal(
    "nobody-named",
    _("No consent names anyone who may get an update. Write a consent together first."),
)
NOT_ANY_MORE = Refusal(
    "not-any-more",
    _("The consent for this does not hold any more. Nothing is sent. Talk it over together."),
)
SENT = Refusal("sent", _("This update was sent, and stays as it is. A newer one can correct it."))
EMPTY = Refusal("empty", _("There is nothing in it yet. Leave something in, or write a few words."))
