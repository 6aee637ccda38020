"""Waiting for a process that serves, without a fixed time."""

import time
import urllib.request


def first_answer(address: str) -> str:
    """The page at this address, once there is one; within two minutes."""
    deadline = time.monotonic() + 120
    while True:
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310
                return str(answer.read().decode())
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
