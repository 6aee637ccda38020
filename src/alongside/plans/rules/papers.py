"""A plan and a worksheet as the words of a paper. Pure: sentences are translated by whoever asks.

The participant speaks: "My goals", "me". Their name stands once, or nowhere: a copy for the fridge
says nothing of whose it is.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.plans.codes import GoalStatus, PartStatus, WhoDoes
from alongside.plans.rules.content import (
    Difference,
    GoalContent,
    Obstacle,
    PlanContent,
    Step,
    Try,
)
from alongside.plans.rules.signing import Said
from alongside.practice import catalog
from alongside.practice.worksheets import FieldType, Line
from alongside.practice.worksheets import Part as SheetPart

Piece = dict[str, object]
WHO = {
    WhoDoes.PARTICIPANT: _("Me"),
    WhoDoes.SUPPORTER: _("My supporter"),
    WhoDoes.SOMEONE: _("Someone else"),
}
DONE = {
    PartStatus.OPEN: "",
    PartStatus.DONE: _("Done"),
    PartStatus.SET_ASIDE: _("Set aside for now"),
}


@dataclass(frozen=True)
class Tongue:
    """How words are said here: ``say`` translates, ``on`` writes a day."""

    say: Callable[[str | Say], str]
    on: Callable[[date], str]


@dataclass(frozen=True)
class Sheet:
    """What a paper is of. ``name`` stays empty for a copy without a name. ``number`` is the
    version's; 0 for the plan as it stands now, which is nobody's agreement yet."""

    agency: str
    content: PlanContent
    name: str = ""
    supporter: str = ""
    number: int = 0
    agreed_on: date | None = None
    said: Said = field(default_factory=Said)
    since: Sequence[Difference] = ()
    printed_on: date | None = None


def plan_paper(sheet: Sheet, tongue: Tongue) -> dict[str, object]:
    """The data of the paper ``plan``."""
    say, content = tongue.say, sheet.content
    sections: list[Piece] = [
        {"title": say(title), "parts": parts}
        for title, parts in _sections(content, tongue)
        if parts
    ]
    found: dict[str, object] = {
        "title": say(_("My plan")),
        "agency": sheet.agency,
        "subject": sheet.name,
        "lines": list(_lines(sheet, tongue)),
        "goals-title": say(_("My goals")),
        "goals-none": say(_("No goals right now, and that is fine.")),
        "goals": [_goal(goal, tongue) for goal in content.open_goals],
        "sections": sections,
        "foot": _foot(sheet, tongue),
        "page": say(_("Page {n} of {m}")),
    }
    if sheet.said.participant or sheet.said.supporter:
        found["voices"] = _voices(sheet, tongue)
    if sheet.since:
        items = [f"{say(one.name)}. {say(one.say)}" for one in sheet.since]
        title = say(_("What is new since the version before"))
        new = {"title": title, "parts": [{"kind": "list", "items": items}]}
        found["sections"] = [*sections, new]
    return found


def _lines(sheet: Sheet, tongue: Tongue) -> Iterator[str]:
    say = tongue.say
    if not sheet.number or sheet.agreed_on is None:
        yield say(_("As it stands now. It is a draft until both of us sign it."))
        return
    facts = {"number": sheet.number, "day": tongue.on(sheet.agreed_on)}
    if sheet.name:
        facts |= {"ours": sheet.supporter}
        yield say(Say(_("Version {number}. Signed by me and by {ours} on {day}."), facts))
    else:
        yield say(Say(_("Version {number}. Signed by both of us on {day}."), facts))


def _foot(sheet: Sheet, tongue: Tongue) -> str:
    if sheet.printed_on is None:
        return tongue.say(_("My own copy"))
    facts = {"day": tongue.on(sheet.printed_on)}
    return tongue.say(Say(_("My own copy, made on {day}"), facts))


def _voices(sheet: Sheet, tongue: Tongue) -> dict[str, str]:
    say, quiet = tongue.say, tongue.say(_("No words this time."))
    return {
        "title": say(_("What changed, and why")),
        "theirs": sheet.said.participant or quiet,
        "theirs-who": say(_("My words")),
        "ours": sheet.said.supporter or quiet,
        "ours-who": say(_("Words of my supporter")),
    }


def _goal(goal: GoalContent, tongue: Tongue) -> Piece:
    area = tongue.say(catalog.term("growth_area", goal.area).name) if goal.area else ""
    parts: list[Piece] = []
    if goal.steps:
        parts.append(_steps(goal.steps, tongue))
    for one in goal.objectives:
        state = tongue.say(DONE[one.status])
        parts.append({"kind": "text", "text": f"{one.words} ({state})" if state else one.words})
        if one.steps:
            parts.append(_steps(one.steps, tongue))
    return {"words": goal.words, "note": area, "parts": parts}


def _steps(steps: Sequence[Step], tongue: Tongue) -> Piece:
    head = [tongue.say(text) for text in (_("Step"), _("Who"), _("By when"), _("How it stands"))]
    rows = [[s.words, _who(s, tongue), _by(s.by_on, tongue), _state(s, tongue)] for s in steps]
    return {"kind": "table", "head": head, "rows": rows, "widths": [4, 2, 2, 3]}


def _who(one: Step | Try, tongue: Tongue) -> str:
    return one.who_name or (tongue.say(WHO[WhoDoes(one.who)]) if one.who else "")


def _by(on: date | None, tongue: Tongue) -> str:
    return tongue.on(on) if on else ""


def _state(one: Step, tongue: Tongue) -> str:
    state = tongue.say(DONE[one.status])
    if state and one.settled_on:
        state = f"{state}, {tongue.on(one.settled_on)}"
    return f"{state}. {one.settled_words}" if one.settled_words else state


def _sections(content: PlanContent, tongue: Tongue) -> Iterator[tuple[str, list[Piece]]]:
    yield _("What is in the way"), _obstacles(content.in_the_way, tongue)
    supports = [
        [one.words, one.how_close, one.next_step] for one in content.supports if one.is_open
    ]
    head = [tongue.say(text) for text in (_("Who or what"), _("How close"), _("Next step"))]
    yield _("Who and what is with me"), _table(head, supports)
    yield _("What I am good at"), _list(one.words for one in content.strengths if one.is_open)
    matters = [one.words for one in content.values if one.is_open]
    yield _("What matters to me"), _list(matters)
    core = [
        [tongue.say(catalog.term("core_component", one.component).name), one.words]
        for one in content.core
    ]
    yield _("What my recovery grows from"), ([{"kind": "rows", "rows": core}] if core else [])
    asks = [
        f"{one.words} ({one.asked_of})" if one.asked_of else one.words
        for one in content.questions
        if one.is_open
    ]
    yield _("What I want to ask about treatment"), _list(asks)
    yield _("Reached, done or set aside"), _settled(content, tongue)


def _obstacles(obstacles: Sequence[Obstacle], tongue: Tongue) -> list[Piece]:
    found: list[Piece] = []
    for one in obstacles:
        found.append({"kind": "text", "text": one.words})
        tried = [_tried(t, tongue) for t in one.tries]
        if tried:
            found.append({"kind": "list", "items": tried})
    return found


def _tried(one: Try, tongue: Tongue) -> str:
    more = ", ".join(filter(None, (_who(one, tongue), _by(one.tried_on, tongue))))
    return f"{one.words} ({more})" if more else one.words


def _settled(content: PlanContent, tongue: Tongue) -> list[Piece]:
    say = tongue.say
    names = {GoalStatus.REACHED: _("Reached"), GoalStatus.SET_ASIDE: _("Set aside for now")}
    rows = [
        [goal.words, say(names[goal.status]), _by(goal.settled_on, tongue), goal.settled_words]
        for goal in content.settled_goals
    ]
    rows += [
        [one.words, say(_("Out of the way")), _by(one.settled_on, tongue), one.settled_words]
        for one in content.obstacles
        if not one.is_open
    ]
    rows += [
        [one.words, say(_("Asked")), _by(one.settled_on, tongue), one.settled_words]
        for one in content.questions
        if one.status is PartStatus.DONE
    ]
    head = [say(text) for text in (_("What"), _("How it stands"), _("When"), _("In my words"))]
    return _table(head, rows)


def _table(head: list[str], rows: list[list[str]]) -> list[Piece]:
    return [{"kind": "table", "head": head, "rows": rows}] if rows else []


def _list(items: Sequence[str] | Iterator[str]) -> list[Piece]:
    found = list(items)
    return [{"kind": "list", "items": found}] if found else []


# -- Worksheets --------------------------------------------------------------------------------


def sheet_paper(
    title: str, parts: Sequence[SheetPart], tongue: Tongue, *, agency: str, name: str, kept_on: date
) -> dict[str, object]:
    """A worksheet as the data of the paper ``record``; the crisis plan is one of them."""
    facts = {"day": tongue.on(kept_on)}
    return {
        "title": title,
        "agency": agency,
        "subject": name,
        "lines": [tongue.say(Say(_("As it was kept on {day}."), facts))],
        "sections": [
            {
                "title": tongue.say(one.section.title) or title,
                "parts": [piece for line in one.lines for piece in _line(line, tongue)],
            }
            for one in parts
        ],
        "foot": tongue.say(_("My own copy")),
        "page": tongue.say(_("Page {n} of {m}")),
    }


def _line(line: Line, tongue: Tongue) -> Iterator[Piece]:
    say = tongue.say
    label = say(line.label)
    if line.rows:
        yield {"kind": "text", "text": label}
        for row in line.rows:
            yield {"kind": "rows", "rows": [[say(name), words] for name, words in row]}
    elif line.piles:
        rows = [[say(pile), "\n".join(map(say, cards))] for pile, cards in line.piles]
        yield {"kind": "text", "text": label}
        yield {"kind": "rows", "rows": rows}
    elif line.texts:
        yield {"kind": "text", "text": label}
        yield {"kind": "list", "items": [say(text) for text in line.texts]}
    else:
        yield {"kind": "text", "text": label}
        yield {"kind": "quote", "text": _answer(line, tongue)}


def _answer(line: Line, tongue: Tongue) -> str:
    if line.kind is FieldType.YES_NO:
        return tongue.say(_("Yes") if line.text == "yes" else _("No"))
    if line.kind is FieldType.CHOICE:
        return tongue.say(line.text)
    if line.kind is FieldType.SCALE:
        return tongue.say(Say(_("{n} of 10"), {"n": line.text}))
    if line.kind is FieldType.DAY and line.day is not None:
        return tongue.on(line.day)
    return line.text
