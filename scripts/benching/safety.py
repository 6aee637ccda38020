"""What safety costs: the event of a note, the gate, the proof of the log, a change of keys."""

import json
import statistics
import threading
from typing import Any

from scripts.benching.asking import Visitor

Figure = dict[str, Any]


def event(visiting: list[Visitor], day: str, times: int) -> Figure:
    """The median of saving a note over that of saving it without its event, in turns."""
    whole, without = [], []
    for turn in range(times):
        visitor = visiting[turn % len(visiting)]
        order = ((whole, True), (without, False))
        for took, recorded in order if turn % 2 else reversed(order):
            took.append(visitor.sign(day, recorded=recorded))
    above, below = statistics.median(whole) * 1000, statistics.median(without) * 1000
    return {"value": round(above / below, 2), "told": f"{above:.1f} ms to {below:.1f} ms"}


def gate(place: Any, times: int) -> Figure:
    told = json.loads(place.run("scripts.benching.gate", place.facts, times))
    return {"value": round(told["milliseconds"], 2)}


def proof(place: Any) -> Figure:
    told = json.loads(place.run("scripts.benching.proof"))
    return {"value": round(told["events"] / told["seconds"])}


def rotation(place: Any, asking: Visitor, rows: int) -> Figure:
    """Rows a second that ``alongside rotate-keys`` seals anew, while numbers are asked for all the
    time; each of them must be shown."""
    place.run("scripts.benching.numbers", place.facts, rows)
    numbers, stop, shown = place.known()["numbers"], threading.Event(), []

    def ask_on() -> None:
        while not stop.is_set():
            shown.append(asking.show_number(numbers[len(shown) % len(numbers)]))

    reader = threading.Thread(target=ask_on)
    reader.start()
    try:
        told = json.loads(place.run("alongside.config.command", "rotate-keys", "--json"))
    finally:
        reading = reader.is_alive()
        stop.set()
        reader.join()
    if not reading or told["left"] or told["rows"] < rows:
        raise RuntimeError(f"Not everything was sealed anew, or a number was not shown: {told}")
    return {"value": round(told["rows"] / told["seconds"]), "told": f"{len(shown)} read meanwhile"}
