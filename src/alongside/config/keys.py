"""The keys of this installation: made once, kept beside the database, for its owner's eyes."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from alongside.core import sealing


def secret_key(folder: Path) -> str:
    """Read the key kept in ``folder``, or make one (64 URL-safe characters)."""
    return _kept(folder / "secret-key", lambda: secrets.token_urlsafe(48))


def sealing_keys(folder: Path, written: list[str]) -> tuple[bytes, ...]:
    """The keys that wrap each supporter's own: ``written`` ones, the first for what is sealed from
    now on; else the one kept in ``folder``. Whoever loses them loses what is sealed."""
    kept = written or _kept(folder / "sealing-key", sealing.new_written_key).split()
    return tuple(sealing.read_key(key) for key in kept)


def _kept(path: Path, make: Callable[[], str]) -> str:
    if path.exists():
        return path.read_text().strip()
    path.parent.mkdir(parents=True, exist_ok=True)
    # Whole or not at all: of two that start at once, one key is kept, and no empty file is left.
    half = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(make())
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(half, path)
    except FileExistsError:
        pass
    finally:
        half.unlink()
    return path.read_text().strip()
