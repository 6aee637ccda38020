"""A supporter's own preparation. There is one way to it: being the one who wrote it.

No role, no search, no report and no supervisor's page begins here with anybody else.
"""

import json
from typing import cast
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from alongside.core.actor import Actor
from alongside.core.sealing import CannotOpen, Ring, Wrapped, open_text
from alongside.plans.models import PrivateKey, PrivateWorksheet
from alongside.practice.worksheets import Answers


def private_worksheets(viewer: Actor) -> QuerySet[PrivateWorksheet]:
    """The viewer's own, newest first; sealed."""
    return PrivateWorksheet.objects.filter(agency_id=viewer.agency_id, owner_id=viewer.id).order_by(
        "-saved_at", "-id"
    )


def opened(viewer: Actor, rows: list[PrivateWorksheet]) -> list[tuple[Answers, Answers]]:
    """What each of the viewer's rows says, and what another window had saved over it.

    A row that does not open (its key is gone, or a byte was changed) says nothing.
    """
    key = private_key(viewer) if rows else None
    return [
        (
            _open(viewer, row, bytes(row.sealed), "answers", key),
            _open(viewer, row, bytes(row.other or b""), "other", key),
        )
        for row in rows
    ]


def private_key(viewer: Actor) -> bytes | None:
    """The viewer's own key, unwrapped; nothing where there is none, or it does not open."""
    row = PrivateKey.objects.filter(agency_id=viewer.agency_id, user_id=viewer.id).first()
    if row is None:
        return None
    wrapped = Wrapped(bytes(row.wrapped), row.wrapped_by)
    try:
        return Ring(settings.SEALING_KEYS).unwrap(wrapped, context=key_context(viewer))
    except CannotOpen:
        return None


def key_context(viewer: Actor) -> str:
    return key_context_of(viewer.id)


def key_context_of(user_id: UUID) -> str:
    """What a colleague's key is bound to."""
    return f"private key of {user_id}"


def context(viewer: Actor, row: PrivateWorksheet, field: str) -> str:
    """What a sealed text is bound to."""
    return f"private worksheet {row.pk} of {viewer.id}: {field}"


def _open(
    viewer: Actor, row: PrivateWorksheet, sealed: bytes, field: str, key: bytes | None
) -> Answers:
    if key is None or not sealed:
        return {}
    try:
        text = open_text(key, sealed, context=context(viewer, row, field))
    except CannotOpen:
        return {}
    return cast(Answers, json.loads(text))
