"""Files of an agency. Who may open one follows from the thing it belongs to, on a floor above:
call these with files that your own query has found."""

import hashlib
from dataclasses import dataclass

from django.db.models import QuerySet

from alongside.core.actor import Actor
from alongside.core.refusal import Refused
from alongside.files import disk
from alongside.files.codes import CONTENT_TYPES, FileKind
from alongside.files.models import StoredFile
from alongside.files.rules import GONE


@dataclass(frozen=True)
class Content:
    """What is handed out. ``name`` is neutral: what a person called it stays in the row."""

    name: str
    content_type: str
    content: bytes


def files_of(viewer: Actor) -> QuerySet[StoredFile]:
    return StoredFile.objects.filter(agency_id=viewer.agency_id)


def open_file(viewer: Actor, *, file: StoredFile, called: str = "certificate") -> Content:
    """The bytes of a file that is there and as it was kept; else raises ``Refused``. ``called`` is
    the neutral word for what it is."""
    kept = files_of(viewer).get(pk=file.pk, removed_at=None)
    content = disk.read(kept.pk)
    if content is None or hashlib.sha256(content).hexdigest() != kept.sha256:
        raise Refused(GONE)
    kind = FileKind(kept.kind)
    return Content(f"{called}.{kind.value}", CONTENT_TYPES[kind], content)
