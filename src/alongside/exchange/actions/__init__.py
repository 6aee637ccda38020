"""Every write of bringing sheets in."""

from alongside.exchange.actions.batches import (
    Step,
    begin_batch,
    choose_file,
    import_step,
    put_away,
    set_columns,
    stop_batch,
    take_out,
)
from alongside.exchange.actions.looking import Looked, look_at, look_at_one, people_meant
from alongside.exchange.actions.memory import Memory
from alongside.exchange.actions.rows import (
    Answer,
    accept_offers,
    settle_row,
    skip_row,
    take_up_row,
    try_again,
)
from alongside.exchange.actions.same_person import (
    decide_different,
    decide_same,
    open_pairs,
    reopen_proposal,
)
from alongside.exchange.actions.undo import Undone, redo_batch, undo_batch

__all__ = [
    "Answer",
    "Looked",
    "Memory",
    "Step",
    "Undone",
    "accept_offers",
    "begin_batch",
    "choose_file",
    "decide_different",
    "decide_same",
    "import_step",
    "look_at",
    "look_at_one",
    "open_pairs",
    "people_meant",
    "put_away",
    "redo_batch",
    "reopen_proposal",
    "set_columns",
    "settle_row",
    "skip_row",
    "stop_batch",
    "take_out",
    "take_up_row",
    "try_again",
    "undo_batch",
]
