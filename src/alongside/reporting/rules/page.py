"""The one page of measures: tables of figures with their meaning, in plain words. Pure.

Page, sheet and paper are made from the same ``Page``: what is hidden here is hidden in all three.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice import catalog
from alongside.practice.codes import Mode, Pathway, Process
from alongside.practice.counties import county_key
from alongside.practice.instruments import Level
from alongside.practice.measures import spread
from alongside.reporting.rules.asking import ELSEWHERE, NOT_KNOWN, Wanted
from alongside.reporting.rules.counts import HORIZONS, Counts, Waits
from alongside.reporting.rules.hiding import Groups, Seen, seen


class Unit(StrEnum):
    PERCENT = "percent"
    DAYS = "days"
    EACH = "each"


@dataclass(frozen=True)
class Figure:
    """One line. ``part`` of ``whole``; ``value`` is what follows from them, in ``unit``. What is
    hidden is ``None``; a line without a whole or a value has none, and is not hidden for it."""

    label: Say
    part: int | None = None
    whole: int | None = None
    value: float | None = None
    unit: Unit | None = None
    hidden: bool = False
    means: Say | None = None


@dataclass(frozen=True)
class Table:
    """``means``: what is counted, of whom, and what is not."""

    key: str
    title: Say
    means: Sequence[Say]
    figures: Sequence[Figure]


@dataclass(frozen=True)
class Page:
    """``few``: nothing is shown, since so few people fit what was asked."""

    tables: Sequence[Table]
    few: bool = False


def page(
    counts: Counts,
    groups: Groups,
    without_contract: int,
    wanted: Wanted,
    *,
    counties: Iterable[str] = (),
) -> Page:
    shown = seen(counts, groups, without_contract, wanted)
    if shown.few:
        return Page((), few=True)
    tables = (
        _people(shown),
        _groups(shown, "way", _("People by way in"), _WAY, _way),
        _groups(shown, "county", _("People by county"), _COUNTY, _county_names(counties)),
        _staying(shown),
        _engaged(shown),
        _first_contact(shown, counts.asked),
        _returns(shown, counts.returns),
        _modes(shown),
        _processes(shown),
        _together(shown),
        _plans(shown),
        _changes(shown, counts, "level", _("Recovery capital: first and last check-in")),
        _changes(shown, counts, "outcome", _("Outcomes: first and last check-in")),
    )
    return Page(tuple(table for table in tables if table is not None))


def _share(shown: Seen, part: str, whole: str, label: Say, means: Say | None = None) -> Figure:
    """A line of a whole, with its percent."""
    count, of = shown.count(part), shown.count(whole)
    gone = count is None
    value = None if gone or not of else round(100 * (count or 0) / of)
    return Figure(label, count, of, value, Unit.PERCENT, gone, means)


def _alone(shown: Seen, name: str, label: Say, means: Say | None = None) -> Figure:
    count = shown.count(name)
    return Figure(label, count, hidden=count is None, means=means)


_ALL_PEOPLE = Say(
    _(
        "Everyone who was in support on at least one day of this time, or in touch with us at "
        "least once. Each person counts once."
    )
)
_WAY = Say(
    _("The same people, by how they came to us. Whoever asked again counts by the newest time.")
)
_COUNTY = Say(_("The same people, by the county in their record."))


def _people(shown: Seen) -> Table:
    def line(name: str, label: str, means: str = "") -> Figure:
        return _share(shown, name, "people", Say(label), Say(means) if means else None)

    figures = (
        _alone(shown, "people", Say(_("People"))),
        line("touched", _("In touch at least once")),
        line("quiet", _("In support, and not in touch")),
        line("began", _("Began in this time")),
        line("before", _("Had begun before")),
        line("standing", _("In support on the last day"), _("Or today, if this time still runs.")),
        line("ended", _("Not in support any more on that day")),
        line(
            "none",
            _("In touch, without a time of support"),
            _("For example from an old sheet. When support began is not known, and not guessed."),
        ),
    )
    return Table("people", Say(_("People")), (_ALL_PEOPLE,), figures)


def _groups(
    shown: Seen, prefix: str, title: str, means: Say, name: Callable[[str], Say]
) -> Table | None:
    cells = shown.names(f"{prefix}.")
    if not cells:
        return None
    lines = [(name(cell.partition(".")[2]), cell) for cell in cells]
    lines.sort(
        key=lambda line: (line[1].endswith((ELSEWHERE, NOT_KNOWN, "not_said")), str(line[0]))
    )
    figures = tuple(_share(shown, cell, "people", label) for label, cell in lines)
    return Table(prefix, Say(title), (means,), figures)


def _way(code: str) -> Say:
    return Say(catalog.term("pathway", Pathway(code)).short)


def _county_names(counties: Iterable[str]) -> Callable[[str], Say]:
    names = county_names(counties)
    return lambda key: Say(names.get(key, key))


def _staying(shown: Seen) -> Table:
    figures = []
    for days in HORIZONS:
        still, ended = shown.count(f"still.{days}"), shown.count(f"ended.{days}")
        whole = None if still is None or ended is None else still + ended
        share = round(100 * still / whole) if still is not None and whole else None
        label = Say(_("Still with us after {days} days"), {"days": days})
        figures.append(Figure(label, still, whole, share, Unit.PERCENT, whole is None))
        early = Say(_("Too early to say for {days} days"), {"days": days})
        figures.append(_alone(shown, f"early.{days}", early))
    means = (
        Say(
            _(
                "Of those who began in this time, and so many days ago or more: how many had not "
                "ended by that day. Seen from today, also where the day lies after this time."
            )
        ),
        Say(
            _(
                "Whose support goes on counts here, also when it has been quiet. Being in touch is "
                "counted below."
            )
        ),
    )
    return Table("staying", Say(_("Still with us")), means, tuple(figures))


_MONTHS = Say(
    _(
        "Of all months of support: those with at least one contact. Two people in support for "
        "three months are six months."
    )
)
_EACH = Say(_("Contacts in months of support, divided by these months."))
_TRIES = Say(_("Calls and visits that did not reach the person. They are no contacts."))
_A_MONTH = Say(
    _(
        "A month of support is a month of the calendar in which someone was in support on at "
        "least one day. Notes that were entered in error count nowhere."
    )
)


def _engaged(shown: Seen) -> Table:
    contacts, months = shown.count("contacts.in"), shown.count("months")
    each = round(contacts / months, 1) if contacts is not None and months else None
    gone = contacts is None or months is None
    rate = Say(_("Contacts for each month of support"))
    outside = Say(_("Of these, outside a month of support"))
    figures = (
        _share(shown, "months.touched", "months", Say(_("Months with contact")), _MONTHS),
        _share(shown, "months.quiet", "months", Say(_("Months without contact"))),
        Figure(rate, contacts, months, each, Unit.EACH, gone, _EACH),
        _alone(shown, "contacts", Say(_("Contacts, all together"))),
        _alone(shown, "contacts.out", outside, Say(_("For example from an old sheet."))),
        _alone(shown, "attempts", Say(_("Tries to reach someone")), _TRIES),
    )
    return Table("engaged", Say(_("In touch")), (_A_MONTH,), figures)


def _days(shown: Seen, cell: str, waits: Waits, labels: tuple[str, str, str]) -> list[Figure]:
    """The middle and the quarters, where the people they come from may be shown."""
    whole = shown.count(cell)
    found = spread(waits.days) if whole else None
    values = (found.middle, found.lower, found.upper) if found else (None, None, None)
    return [
        Figure(Say(label), None, whole, value, Unit.DAYS, whole is None)
        for label, value in zip(labels, values, strict=True)
    ]


def _first_contact(shown: Seen, waits: Waits) -> Table:
    figures = [
        *_days(
            shown,
            "asked.done",
            waits,
            (
                _("Half were in touch within"),
                _("A quarter were in touch within"),
                _("Three quarters were in touch within"),
            ),
        ),
        _share(shown, "asked.done", "asked", Say(_("Were in touch"))),
        _share(shown, "asked.waiting", "asked", Say(_("Not in touch yet"))),
        _share(shown, "asked.closed", "asked", Say(_("Ended before a first contact"))),
        _share(shown, "asked.unknown", "asked", Say(_("Day of asking not known"))),
        _alone(shown, "asked", Say(_("Asked for support, all together"))),
    ]
    means = Say(
        _(
            "Requests that came in this time: days from the day of asking to the first contact. "
            "The same day is 0. Whoever is not in touch yet has no number of days."
        )
    )
    return Table("first", Say(_("Time to first contact")), (means,), tuple(figures))


def _returns(shown: Seen, waits: Waits) -> Table:
    figures = [
        *_days(
            shown,
            "returns.done",
            waits,
            (
                _("Half were back within"),
                _("A quarter were back within"),
                _("Three quarters were back within"),
            ),
        ),
        _share(shown, "returns.done", "returns", Say(_("Back with support"))),
        _share(shown, "returns.waiting", "returns", Say(_("Not back yet"))),
        _alone(shown, "returns", Say(_("Times that someone told us of using again"))),
    ]
    means = Say(
        _(
            "Where someone told us in this time that they used again: days from then until they "
            "were with support again. It shows how fast we are there, and judges nobody."
        )
    )
    return Table("returns", Say(_("Back with support")), (means,), tuple(figures))


def _modes(shown: Seen) -> Table:
    lines = [(f"mode.{mode.value}", Say(catalog.name("mode", mode))) for mode in Mode]
    lines.append(("mode.none", Say(_("Not written down"))))
    figures = tuple(_share(shown, cell, "contacts", label) for cell, label in lines)
    means = Say(_("How contacts took place, of all contacts in this time."))
    return Table("modes", Say(_("Ways to be in touch")), (means,), figures)


def _processes(shown: Seen) -> Table:
    lines = [(f"process.{one.value}", Say(catalog.name("process", one))) for one in Process]
    lines.append(("process.none", Say(_("None written down"))))
    figures = tuple(_share(shown, cell, "contacts", label) for cell, label in lines)
    means = Say(
        _("In how many contacts each process was part of it. One contact can have several.")
    )
    return Table("processes", Say(_("Processes used")), (means,), figures)


def _together(shown: Seen) -> Table:
    figures = (
        _share(shown, "together", "contacts", Say(_("Written together"))),
        _share(shown, "alone", "contacts", Say(_("Written by the supporter alone"))),
        _share(
            shown,
            "sheet",
            "contacts",
            Say(_("Not known")),
            Say(_("Brought over from an old sheet, which does not say.")),
        ),
    )
    means = Say(
        _(
            "A note is written together when the participant's own words or name stand in it, from "
            "the meeting itself. What they answer later from their own pages is not counted here."
        )
    )
    return Table("together", Say(_("Notes written together")), (means,), figures)


def _plans(shown: Seen) -> Table:
    figures = (
        _share(shown, "plans.fresh", "standing", Say(_("Agreed within the quarter"))),
        _share(
            shown, "plans.due", "standing", Say(_("A quarter has passed: time to look together"))
        ),
        _share(
            shown,
            "plans.none",
            "standing",
            Say(_("No plan agreed on yet")),
            Say(_("That is fine: a plan comes when the person is ready. It is never late.")),
        ),
    )
    means = Say(
        _(
            "Of those in support on the last day (or today): whether the two agreed on the plan "
            "less than a quarter before. The rule is the one that My day goes by."
        )
    )
    return Table("plans", Say(_("Plans kept fresh")), (means,), figures)


_CHANGES = (
    Say(
        _(
            "People with two or more check-ins in this time that they agreed to share, and who "
            "answered this in the first and in the last one. A check-in that someone keeps to "
            "themselves counts nowhere."
        )
    ),
    Say(
        _(
            "“Up” and “down” only say which answer was higher. Whether that is good is for the "
            "person to say: a new job or an honest look can bring an answer down."
        )
    ),
)
_MOVED = {
    "up": _("{what}: up"),
    "same": _("{what}: the same"),
    "down": _("{what}: down"),
}
_LEVELS = {
    Level.INDIVIDUAL: _("Themselves"),
    Level.FAMILY: _("Their people"),
    Level.COMMUNITY: _("Where they live"),
}


def _changes(shown: Seen, counts: Counts, prefix: str, title: str) -> Table | None:
    keys = [key for key in counts.changes if key.startswith(f"{prefix}.")]
    figures: list[Figure] = []
    for key in keys:
        code = key.partition(".")[2]
        name = _LEVELS[Level(code)] if prefix == "level" else catalog.name("outcome", code)
        what = {"what": Say(name)}
        lines = [
            _share(shown, f"{key}.{way}", key, Say(words, what)) for way, words in _MOVED.items()
        ]
        if not any(line.part for line in lines):
            lines = [_alone(shown, key, Say(_("{what}: answered twice"), what))]
        figures += lines
    return Table(f"{prefix}s", Say(title), _CHANGES, tuple(figures)) if figures else None


def county_names(counties: Iterable[str]) -> dict[str, str]:
    """What each choice of a county is called, by its key."""
    found = {county_key(name): name for name in counties}
    return found | {ELSEWHERE: _("Another county"), NOT_KNOWN: _("Not known")}
