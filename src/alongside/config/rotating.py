"""``alongside rotate-keys``: a new key for what is sealed, while the app serves.

The new key stands in the key file before the first row bears its name, and every process reads the
file again once it was replaced. Rows are then sealed anew, and only writing them is a transaction;
what is interrupted goes on with the next call. The old key opens what it sealed until
``--put-away``.
"""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import click
from django.conf import settings

from alongside import tenancy
from alongside.accounts.actions import resealing
from alongside.accounts.actions.resealing import Place
from alongside.accounts.actions.second_factors import SecondFactors
from alongside.accounts.sealed import ring
from alongside.config.keys import KeyFile
from alongside.plans.actions.private import PrivateKeys

BATCH = 1000
SETTLED = 60  # seconds in which every request that began under the old key has ended
SHOWN_EVERY = 1.0

NOT_OURS = (
    "The keys come from ALONGSIDE_SEALING_KEYS, so this command cannot make one. Put a new key "
    "there (alongside rotate-keys --new-key prints one), first behind the old one, and start every "
    "process again; then before the old one, and start them again. Then run this."
)
MAY_GO = "Put it away with: alongside rotate-keys --put-away"


@dataclass
class Standing:
    """How many rows bear the name of each key."""

    rows: Counter[str] = field(default_factory=Counter)

    @property
    def older(self) -> int:
        return sum(n for key, n in self.rows.items() if key != ring().current)

    @property
    def missing(self) -> dict[str, int]:
        return {key: n for key, n in sorted(self.rows.items()) if key not in ring().names}

    @property
    def unused(self) -> list[str]:
        return [key for key in ring().names[1:] if not self.rows[key]]


def places() -> list[Place]:
    return [*resealing.sealed_tables(), PrivateKeys(), SecondFactors()]


def standing() -> Standing:
    found = Standing()
    for agency_id in resealing.agencies():
        with tenancy.working_for(agency_id):
            for place in places():
                found.rows.update(place.keys(agency_id))
    return found


def begin() -> bool:
    """A new key, unless a rotation is on its way already. Whether one was made."""
    keys = settings.SEALING_KEYS
    if isinstance(keys, KeyFile):
        return keys.add_first(when=lambda known: len(known) == 1)
    if len(keys) < 2:
        raise click.ClickException(NOT_OURS)
    return False


def reseal(tell: Callable[[int, int], None]) -> tuple[int, int]:
    """Everything, batch by batch: how many rows were sealed anew, and how many do not open."""
    done = closed = 0
    for step in _steps():
        done, closed = done + step.done, closed + step.closed
        tell(done, closed)
    return done, closed


def _steps() -> Iterator[resealing.Step]:
    for agency_id in resealing.agencies():
        for place in places():
            after = None
            while True:
                with tenancy.working_for(agency_id):
                    step = place.step(agency_id, after=after, limit=BATCH)
                yield step
                if step.last is None:
                    break
                after = step.last


def rotate(*, as_json: bool) -> None:
    made = begin()
    before, begun = standing(), time.monotonic()
    say = click.echo if not as_json else (lambda _text: None)
    say(
        f"Key {ring().current} seals what is written from now on." + (" It is new." if made else "")
    )
    total, shown = before.older - sum(before.missing.values()), [begun]

    def tell(done: int, _closed: int) -> None:
        if time.monotonic() - shown[0] >= SHOWN_EVERY:
            shown[0] = time.monotonic()
            say(f"{done:,} of {total:,} sealed anew ({done * 100 // max(total, 1)} %).")

    try:
        done, closed = reseal(tell)
    except KeyboardInterrupt:
        say("Stopped. Nothing is lost: call it again to go on.")
        raise SystemExit(130) from None
    seconds = time.monotonic() - begun
    after = standing()
    if as_json:
        told = {"rows": done, "seconds": round(seconds, 3), "left": after.older, "closed": closed}
        click.echo(json.dumps(told | {"unused": after.unused}))
        return
    say(f"{done:,} sealed anew in {seconds:.1f} s.")
    describe(after)


def describe(now: Standing) -> None:
    """Fingerprints and numbers, never a key."""
    current = ring().current
    click.echo(f"Key {current} seals what is written now: {now.rows[current]:,} rows.")
    for key in ring().names[1:]:
        if now.rows[key]:
            click.echo(f"Key {key} is still needed for {now.rows[key]:,} rows.")
        else:
            click.echo(f"Key {key} is not used any more. {MAY_GO}")
    say_what_is_missing(now)


def say_what_is_missing(now: Standing) -> None:
    for key, rows in now.missing.items():
        click.echo(
            f"Key {key} is missing: {rows:,} rows do not open until it is back. They are kept.",
            err=True,
        )


def put_away() -> None:
    """Old keys go beside the key file, for what lies in old backups; never one that is needed."""
    keys = settings.SEALING_KEYS
    if not isinstance(keys, KeyFile):
        raise click.ClickException(
            "The keys come from ALONGSIDE_SEALING_KEYS. Take the old ones out there, once "
            "alongside rotate-keys --status says that they are not used any more."
        )
    unused = standing().unused
    if not unused:
        raise click.ClickException("There is no key to put away: each one is in use.")
    if time.time() - keys.age < SETTLED:
        raise click.ClickException(
            "The key is only just new. Wait a minute, then put the old away."
        )
    away = keys.put_away(frozenset(unused))
    click.echo(
        f"Put away: {', '.join(unused)}. They lie in {away.name}, beside the key file. Backups made"
        " before today open with them alone; destroy that file when those backups are gone."
    )
