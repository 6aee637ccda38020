"""The life of a batch and of its rows, and why not. No Django, no database, no clock."""

from collections.abc import Sequence
from hashlib import sha256

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.core.refusal import Refusal
from alongside.core.words import gettext_noop as _
from alongside.exchange.codes import BatchStatus, RowStatus, SheetKind
from alongside.exchange.rules.layout import Layout

B, R = BatchStatus, RowStatus

BATCH_MOVES: dict[BatchStatus, frozenset[BatchStatus]] = {
    B.CHOSEN: frozenset({B.RUNNING, B.PUT_AWAY}),
    B.RUNNING: frozenset({B.STOPPED, B.DONE}),
    B.STOPPED: frozenset({B.RUNNING, B.UNDONE}),
    B.DONE: frozenset({B.UNDONE}),
    B.UNDONE: frozenset({B.DONE, B.STOPPED}),
    B.PUT_AWAY: frozenset({B.CHOSEN}),
}
ROW_MOVES: dict[RowStatus, frozenset[RowStatus]] = {
    R.WAITING: frozenset({R.IMPORTED, R.TO_SORT_OUT, R.ALREADY_THERE, R.UNDONE}),
    R.TO_SORT_OUT: frozenset({R.IMPORTED, R.SKIPPED, R.UNDONE}),
    R.SKIPPED: frozenset({R.TO_SORT_OUT, R.UNDONE}),
    R.IMPORTED: frozenset({R.UNDONE}),
    R.ALREADY_THERE: frozenset({R.UNDONE}),
    R.UNDONE: frozenset({R.WAITING, R.IMPORTED, R.TO_SORT_OUT, R.ALREADY_THERE, R.SKIPPED}),
}
# What a person does with one row. All other moves a row makes with its whole sheet.
ROW_BY_HAND = frozenset(
    [(R.TO_SORT_OUT, R.IMPORTED), (R.TO_SORT_OUT, R.SKIPPED), (R.SKIPPED, R.TO_SORT_OUT)]
)
# A row with one of these is in the record, or waits for a person: the same row adds nothing.
COUNTS_AS_THERE = (R.IMPORTED, R.TO_SORT_OUT, R.SKIPPED)


def why_not_import(actor: Actor) -> Refusal | None:
    if actor.may(Permission.IMPORT_MANAGE):
        return None
    return Refusal("not-yours", _("Sheets are brought in by a coordinator or an administrator."))


def why_not_set_columns(status: BatchStatus) -> Refusal | None:
    if status is B.CHOSEN:
        return None
    return Refusal(
        "rows-are-in",
        _("Rows of this sheet are in the record. Undo it first, then choose it again."),
    )


def why_not_move_batch(status: BatchStatus, to: BatchStatus) -> Refusal | None:
    if to in BATCH_MOVES[status]:
        return None
    return Refusal("batch-moved-on", _("This sheet has moved on meanwhile. Look at it again."))


def why_not_move_row(status: RowStatus, to: RowStatus) -> Refusal | None:
    """Why a person cannot move one row. What it became before its sheet was undone lies hidden
    under the row's own id: alone it cannot come in a second time."""
    if (status, to) in ROW_BY_HAND:
        return None
    if status is R.UNDONE:
        return Refusal(
            "sheet-undone", _("The sheet of this row was undone. Bring the sheet back first.")
        )
    if status is R.WAITING:
        return Refusal(
            "not-read-yet", _("This row has not come in yet. Let the sheet go on first.")
        )
    return Refusal("row-moved-on", _("This row was settled meanwhile. Look at it again."))


def why_not_under_its_id(*, taken: bool) -> Refusal | None:
    """What comes of a row has the row's own id, so that the sheet can be undone."""
    if not taken:
        return None
    return Refusal(
        "id-taken",
        _("Something else has the number of this row. Leave it out, and write it in by hand."),
    )


def why_not_redo(*, came_again: int) -> Refusal | None:
    if not came_again:
        return None
    return Refusal(
        "came-again",
        _("{rows} of these rows came in again with another sheet. Undo that one first."),
        {"rows": came_again},
    )


def why_not_skip(status: RowStatus, *, reason: str) -> Refusal | None:
    if not reason.strip():
        return Refusal("no-reason", _("Say in a few words why this row stays out."), field="reason")
    return why_not_move_row(status, R.SKIPPED)


def fingerprint(kind: SheetKind, cells: Sequence[str], layout: Layout) -> str:
    """The same for a row that says the same, wherever its columns stand and whatever is beside."""
    said = [
        f"{field}\x1f{' '.join(words)}"
        for field, at in sorted(layout.columns.items())
        if at < len(cells) and (words := cells[at].split())
    ]
    if not said:
        said = [f"\x1f{cell}" for cell in cells if cell.strip()]
    text = "\x1e".join(said)
    return sha256(f"{kind.value}\x1e{text}".encode()).hexdigest()
