"""The keys of this installation: made once, kept beside the database, for its owner's eyes."""

import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import overload

from alongside.core import sealing

try:
    import fcntl
except ImportError:  # Windows has no such lock: there one rotation at a time is up to its owner
    fcntl = None  # type: ignore[assignment]


def secret_key(folder: Path) -> str:
    """Read the key kept in ``folder``, or make one (64 URL-safe characters)."""
    return _kept(folder / "secret-key", lambda: secrets.token_urlsafe(48))


def sealing_keys(folder: Path, written: list[str]) -> Sequence[bytes]:
    """The keys that seal fields and wrap each colleague's own: ``written`` ones, the first for what
    is sealed from now on; else those kept in ``folder``. Whoever loses them loses what is sealed.
    """
    if written:
        return tuple(sealing.read_key(key) for key in written)
    path = folder / "sealing-key"
    _kept(path, sealing.new_written_key)
    return KeyFile(path)


class KeyFile(Sequence[bytes]):
    """The keys as their file says now, one a line, the current one first.

    A file that was replaced is read again at the next use, so every process that serves learns of a
    new key before it meets a row sealed with it. A file that is gone or spoilt changes nothing for
    a process that runs.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._known = (_mark(path), _read(path))

    def now(self) -> tuple[bytes, ...]:
        with suppress(OSError, ValueError):
            mark = _mark(self.path)
            if mark != self._known[0]:
                self._known = (mark, _read(self.path))
        return self._known[1]

    @overload
    def __getitem__(self, index: int) -> bytes: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[bytes, ...]: ...
    def __getitem__(self, index: int | slice) -> bytes | tuple[bytes, ...]:
        return self.now()[index]

    def __len__(self) -> int:
        return len(self.now())

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.now())

    def add_first(self, *, when: Callable[[tuple[bytes, ...]], bool]) -> bool:
        """A new key for what is sealed from now on. ``when`` looks at the keys under the lock: of
        two who rotate at one moment only one makes a key."""
        with _alone(self.path):
            keys = self.now()
            if not when(keys):
                return False
            written = [sealing.new_written_key(), *map(sealing.write_key, keys)]
            _replace(self.path, written)
        return True

    def put_away(self, names: frozenset[str]) -> Path:
        """Move keys by fingerprint to a file beside this one, for what lies in old backups."""
        away = self.path.with_name(f"{self.path.name}-put-away")
        with _alone(self.path):
            keys = self.now()
            gone = [sealing.write_key(key) for key in keys if sealing.fingerprint(key) in names]
            kept = [sealing.write_key(key) for key in keys if sealing.fingerprint(key) not in names]
            before = away.read_text().split() if away.exists() else []
            _replace(away, list(dict.fromkeys([*before, *gone])))
            _replace(self.path, kept)
        return away

    @property
    def age(self) -> float:
        """When the file was last replaced (seconds since 1970)."""
        return self.path.stat().st_mtime


def _mark(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_ino, found.st_mtime_ns, found.st_size


def _read(path: Path) -> tuple[bytes, ...]:
    keys = tuple(sealing.read_key(line) for line in path.read_text().split())
    if not keys:
        raise ValueError(f"{path.name} holds no key.")
    return keys


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One at a time, also across processes; whoever is killed lets go."""
    lock = os.open(path.with_name(f".{path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if fcntl is not None:
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _replace(path: Path, lines: list[str]) -> None:
    """The whole file or the one before it, and on the disk when this returns."""
    half = _half(path, "\n".join(lines))
    os.replace(half, path)
    with suppress(OSError):  # not every system lets a folder be opened
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _half(path: Path, text: str) -> Path:
    half = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return half


def _kept(path: Path, make: Callable[[], str]) -> str:
    if path.exists():
        return path.read_text().strip()
    path.parent.mkdir(parents=True, exist_ok=True)
    # Whole or not at all: of two that start at once, one key is kept, and no empty file is left.
    half = _half(path, make())
    try:
        os.link(half, path)
    except FileExistsError:
        pass
    finally:
        half.unlink()
    return path.read_text().strip()
