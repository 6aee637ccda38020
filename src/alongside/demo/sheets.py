"""Two sheets as agencies have them, brought in with the importer that everyone uses."""

from datetime import datetime
from importlib.resources import files

from alongside.core.actor import Actor
from alongside.demo.chance import Clock
from alongside.exchange import actions
from alongside.exchange.codes import SheetKind


def bring_in(clock: Clock, names: list[str], *, by: Actor) -> None:
    """A referral sheet three weeks ago, and a contact log of the time before Alongside."""
    days = {f"d{n}": f"{clock.day(n):%-m/%-d/%y}" for n in range(20, 410)}
    days |= {f"c{n}": f"{clock.day(-n):%-m/%-d/%Y}" for n in (9, 20, 30)}
    days["f200"] = f"{clock.day(-200):%-m/%-d/%Y}"
    people = {f"p{n}": name for n, name in enumerate(names)}
    asked = _words("referrals").format(**days)
    _one(asked, "referrals fall.csv", SheetKind.REFERRALS, clock.ago(4, 14), by)
    # One that waits: the columns were looked at, and nothing is brought in yet.
    few = "".join(asked.splitlines(keepends=True)[:4])
    data, at = few.encode("utf-8-sig"), clock.ago(0, 8)
    actions.choose_file(data, "referrals winter.csv", SheetKind.REFERRALS, by=by, at=at)
    log = _words("contacts").format(**days, **people)
    _one(log, "contact log before Alongside.csv", SheetKind.CONTACTS, clock.ago(3, 15), by)


def _one(text: str, filename: str, kind: SheetKind, at: datetime, by: Actor) -> None:
    batch = actions.choose_file(text.encode("utf-8-sig"), filename, kind, by=by, at=at)
    actions.begin_batch(batch.pk, by=by, at=at)
    memory = actions.Memory(by.agency_id)
    while not actions.import_step(batch.pk, by=by, at=at, limit=500, memory=memory).done:
        pass


def _words(name: str) -> str:
    """A sheet with gaps for days before today and for names."""
    sheet = files("alongside.demo").joinpath("words", f"{name}.csv")
    return sheet.read_text(encoding="utf-8")
