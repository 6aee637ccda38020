"""Measures as lines of text: the same for the page, the sheet and the paper."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext

from alongside.reporting.rules.page import Figure, Page, Table, Unit
from alongside.web.templatetags.words import say


@dataclass(frozen=True)
class Line:
    """A figure as it is read. ``count`` and ``whole`` are numbers as text, or that they are not
    shown; ``value`` is what follows from them."""

    label: str
    means: str
    count: str
    whole: str
    value: str
    unit: str
    hidden: bool


@dataclass(frozen=True)
class Block:
    key: str
    title: str
    means: tuple[str, ...]
    lines: tuple[Line, ...]


def blocks(page: Page) -> list[Block]:
    return [_block(table) for table in page.tables]


def not_shown() -> str:
    return gettext("not shown")


def _block(table: Table) -> Block:
    return Block(
        table.key,
        say(table.title),
        tuple(say(one) for one in table.means),
        tuple(_line(figure) for figure in table.figures),
    )


def _line(figure: Figure) -> Line:
    days = figure.unit is Unit.DAYS
    return Line(
        label=say(figure.label),
        means=say(figure.means) if figure.means else "",
        # A middle has no count of its own: it comes from the whole.
        count="" if days else _number(figure.part, hidden=figure.hidden),
        whole=_number(figure.whole, hidden=figure.hidden) if figure.unit else "",
        value=_value(figure),
        unit=figure.unit.value if figure.unit else "",
        hidden=figure.hidden,
    )


def _number(count: int | None, *, hidden: bool) -> str:
    if count is None:
        return not_shown() if hidden else ""
    return str(number_format(count, use_l10n=True, force_grouping=True))


def _value(figure: Figure) -> str:
    if figure.hidden:
        return not_shown() if figure.unit else ""
    if figure.unit is None:
        return ""
    if figure.value is None:
        return gettext("nobody yet") if figure.unit is Unit.DAYS else ""
    if figure.unit is Unit.PERCENT:
        return f"{figure.value:.0f} %"
    if figure.unit is Unit.EACH:
        return str(number_format(figure.value, decimal_pos=1))
    return _days(int(figure.value))


def _days(days: int) -> str:
    if days == 0:
        return gettext("the same day")
    return gettext("1 day") if days == 1 else gettext("%(n)d days") % {"n": days}


def sheet_lines(page: Page) -> Iterator[tuple[str, ...]]:
    """Numbers as they are, without thousands, so that a spreadsheet can count with them."""
    for table in page.tables:
        means = " ".join(say(one) for one in table.means)
        for figure in table.figures:
            more = f" {say(figure.means)}" if figure.means else ""
            yield (
                say(table.title),
                say(figure.label),
                "" if figure.unit is Unit.DAYS else _plain(figure.part, figure),
                _plain(figure.whole, figure) if figure.unit else "",
                _plain(figure.value, figure) if figure.unit else "",
                figure.unit.value if figure.unit else "",
                means + more,
            )


def _plain(number: float | None, figure: Figure) -> str:
    if number is None:
        return not_shown() if figure.hidden else ""
    return str(number)
