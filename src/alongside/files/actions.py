"""Keeping, removing and putting back files. The event is recorded by the thing they belong to."""

import hashlib
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import ParamSpec, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction

from alongside.core.actor import Actor
from alongside.core.ids import new_id
from alongside.core.refusal import STALE, Refused, ensure
from alongside.files import disk, rules
from alongside.files.cleaning import cleaned
from alongside.files.codes import FileKind
from alongside.files.models import StoredFile
from alongside.files.queries import files_of

BEGINNING = 16
ERASED_AT_ONCE = 20
P = ParamSpec("P")
R = TypeVar("R")
_written: ContextVar[list[UUID]] = ContextVar("files written by the action that runs")


@dataclass(frozen=True)
class Sent:
    """A file as it came in."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Checked:
    """A file that was opened and written anew: ready to be kept."""

    name: str
    kind: FileKind
    content: bytes


def check_file(sent: Sent) -> Checked:
    """Opens the file apart from this process. Raises ``Refused`` with one sentence. Call it before
    a transaction: it may take seconds."""
    size = len(sent.content)
    ensure(rules.why_not_take(sent.name, sent.content[:BEGINNING], size))
    kind = rules.kind_of(sent.content[:BEGINNING])
    if kind is None:
        raise Refused(rules.NOT_ONE_OF_OURS)
    return Checked(rules.plain_name(sent.name), kind, cleaned(sent.content, kind))


def keeps_files(action: Callable[P, R]) -> Callable[P, R]:
    """For an action, around its transaction: what it wrote to disk before it came to nothing is
    erased. Where nobody knows whether it came to something, the bytes stay."""

    @wraps(action)
    def kept(*args: P.args, **kwargs: P.kwargs) -> R:
        token = _written.set([])
        try:
            return action(*args, **kwargs)
        except (Refused, IntegrityError):
            for file_id in _written.get():
                disk.erase(file_id)
            raise
        finally:
            _written.reset(token)

    return kept


@transaction.atomic
def keep_file(checked: Checked, *, by: Actor, at: datetime) -> StoredFile:
    """On disk before the row, and so before anything is acknowledged."""
    file_id = new_id()
    _written.get([]).append(file_id)
    disk.write(file_id, checked.content)
    _erase_what_is_over(by, at)
    return StoredFile.objects.create(
        pk=file_id,
        agency_id=by.agency_id,
        name=checked.name,
        kind=checked.kind.value,
        size=len(checked.content),
        sha256=hashlib.sha256(checked.content).hexdigest(),
        kept_at=at,
        kept_by_id=by.id,
    )


@transaction.atomic
def remove_file(file: StoredFile, *, by: Actor, at: datetime) -> None:
    """On no page from now on. For a while it can be put back; then the bytes are erased."""
    found = files_of(by).filter(pk=file.pk, removed_at=None)
    if not found.update(removed_at=at, removed_by_id=by.id):
        raise Refused(STALE)


@transaction.atomic
def put_back_file(file: StoredFile, *, by: Actor, at: datetime) -> None:
    if file.removed_at is None:
        raise Refused(STALE)
    ensure(rules.why_not_put_back(file.removed_at, at))
    found = files_of(by).filter(pk=file.pk, removed_at=file.removed_at, erased_at=None)
    if not found.update(removed_at=None, removed_by=None):
        raise Refused(STALE)


def _erase_what_is_over(by: Actor, at: datetime) -> None:
    """Bytes removed long ago go when the next file comes: no clockwork to set up."""
    over = files_of(by).filter(removed_at__lt=at - rules.PUT_BACK_FOR, erased_at=None)
    for file in over.order_by("removed_at")[:ERASED_AT_ONCE]:
        StoredFile.objects.filter(pk=file.pk, erased_at=None).update(erased_at=at)
        transaction.on_commit(lambda file_id=file.pk: disk.erase(file_id))  # type: ignore[misc]
