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
from alongside.exchange.actions.memory import Memory

__all__ = [
    "Memory",
    "Step",
    "begin_batch",
    "choose_file",
    "import_step",
    "put_away",
    "set_columns",
    "stop_batch",
    "take_out",
]
