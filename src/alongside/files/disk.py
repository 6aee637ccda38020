"""Bytes on disk, under an id. Written whole or not at all, and there for good once it returns."""

import os
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from django.conf import settings


def path_of(file_id: UUID) -> Path:
    """Two letters of the end, which differ most, so that no folder grows large."""
    name = file_id.hex
    return Path(settings.FILES) / name[-2:] / name


def write(file_id: UUID, content: bytes) -> None:
    path = path_of(file_id)
    made = not path.parent.exists()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = path.with_suffix(".part")
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    half.replace(path)
    _keep(path.parent)
    if made:
        _keep(path.parent.parent)


def read(file_id: UUID) -> bytes | None:
    """The bytes, or ``None`` where the disk has them no more."""
    try:
        return path_of(file_id).read_bytes()
    except OSError:
        return None


def erase(file_id: UUID) -> None:
    with suppress(FileNotFoundError):
        path_of(file_id).unlink()


def _keep(folder: Path) -> None:
    """A name in a folder is safe once the folder itself is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
