"""Rows of a sheet as the pages show them: verbatim cells, and a sentence for each problem."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from alongside.core.words import Say
from alongside.exchange.actions import Looked
from alongside.exchange.codes import PROBLEM_LABELS, ROW_LABELS, ProblemKind, RowStatus
from alongside.web.templatetags.words import say

STATUSES_SHOWN = (
    RowStatus.IMPORTED,
    RowStatus.TO_SORT_OUT,
    RowStatus.ALREADY_THERE,
    RowStatus.SKIPPED,
    RowStatus.UNDONE,
)


@dataclass(frozen=True)
class RowLine:
    """One row as a page shows it: verbatim cells, what is said about it, what becomes of it."""

    row: Any
    status: RowStatus
    sentences: Sequence[str]
    cells: Sequence[tuple[str, str]]
    label: str


def sentence(problem: Mapping[str, Any]) -> str:
    """A kept problem, translated, with its facts."""
    return say(Say(problem["text"], problem.get("facts", {})))


def count_lines(counts: Counter[RowStatus]) -> list[tuple[RowStatus, str, int]]:
    return [(s, ROW_LABELS[s], counts[s]) for s in STATUSES_SHOWN if counts[s]]


def preview_tabs(looked: Sequence[Looked]) -> list[tuple[str, str, int]]:
    counts = Counter(look.status for look in looked)
    said = sum(1 for look in looked if look.problems or look.same_person)
    tabs = [
        ("", _("All rows"), len(looked)),
        (RowStatus.IMPORTED.value, _("Will come in"), counts[RowStatus.IMPORTED]),
        (RowStatus.TO_SORT_OUT.value, _("Need you first"), counts[RowStatus.TO_SORT_OUT]),
        (RowStatus.ALREADY_THERE.value, _("There already"), counts[RowStatus.ALREADY_THERE]),
        ("said", _("With a remark"), said),
    ]
    return [tab for tab in tabs if tab[2] or not tab[0]]


def problem_lines(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    ordered = sorted(counts.items(), key=lambda item: -item[1])
    return [(PROBLEM_LABELS[ProblemKind(kind)], n) for kind, n in ordered]


def look_line(found: Any, look: Looked) -> RowLine:
    sentences = [say(problem.say) for problem in look.problems]
    sentences += [
        _("Looks like someone who is there: {reason}").format(reason=_(reason))
        for reason in look.same_person
    ]
    labels = {
        RowStatus.IMPORTED: _("comes in"),
        RowStatus.TO_SORT_OUT: _("waits for you"),
        RowStatus.ALREADY_THERE: _("is there already"),
    }
    return RowLine(look.row, look.status, sentences, _shown(found, look.row), labels[look.status])


def row_line(found: Any, row: Any) -> RowLine:
    sentences = [sentence(problem) for problem in row.problems]
    if row.skip_reason:
        sentences.append(_("Left out: {reason}").format(reason=row.skip_reason))
    status = RowStatus(row.status)
    return RowLine(row, status, sentences, _shown(found, row), say(Say(ROW_LABELS[status])))


def titles(found: Any) -> list[str]:
    """Names of the columns that are read, in the order of the sheet."""
    return [found.header[at] for at in _columns_shown(found)]


def _columns_shown(found: Any) -> list[int]:
    used = sorted(set(found.columns.values()))
    return [at for at in used if at < len(found.header)]


def _shown(found: Any, row: Any) -> list[tuple[str, str]]:
    """The cells that are read, each with the name of its column."""
    return [
        (found.header[at], row.cells[at] if at < len(row.cells) else "")
        for at in _columns_shown(found)
    ]
