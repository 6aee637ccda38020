"""Whether the demo agency is there, whole, and of this version of its data."""

import hashlib
from enum import StrEnum
from pathlib import Path
from uuid import UUID

import click
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection

from alongside.accounts.models import Agency
from alongside.audit.actions import record
from alongside.audit.models import AuditEvent
from alongside.core.actor import Actor
from alongside.demo.chance import Clock

VERSION = 1
AGENCY_ID = UUID("0199d3a0-0000-7000-8000-00000000b0b0")
SECOND_ID = UUID("0199d3a0-0000-7000-8000-00000000fe22")
VERB = "demo.built"
NOT_THE_DEMO = (
    "This database holds an agency that is not the demo's. Nothing was changed. "
    "Name another folder for the demo with ALONGSIDE_DATA."
)
NOT_RENEWED = (
    "This database holds an older demo. Only a demo on SQLite renews itself: "
    "make a new, empty database for it."
)


class Found(StrEnum):
    NOTHING = "nothing"
    CURRENT = "current"
    OLDER = "older"
    SOMEONE_ELSE = "someone-else"


def look() -> Found:
    """What lies in the database. Two queries."""
    try:
        agencies = set(Agency.objects.values_list("pk", flat=True))
        built = AuditEvent.objects.filter(
            agency_id=AGENCY_ID, target=f"Agency/{AGENCY_ID}", verb=VERB
        ).first()
    except DatabaseError:
        return Found.SOMEONE_ELSE
    if agencies - {AGENCY_ID, SECOND_ID}:
        return Found.SOMEONE_ELSE
    if not agencies:
        return Found.NOTHING
    return Found.CURRENT if built and built.detail == _what_is_built() else Found.OLDER


def put(by: Actor, clock: Clock) -> None:
    """Written last, in the same transaction as everything else."""
    target = f"Agency/{AGENCY_ID}"
    record(by=by, at=clock.now, verb=VERB, target=target, detail=_what_is_built())


def begin_afresh() -> None:
    """Put the old file aside, and make an empty database in its place."""
    if connection.vendor != "sqlite":
        raise click.ClickException(NOT_RENEWED)
    path = Path(settings.DATABASES["default"]["NAME"])
    connection.close()
    for tail in ("", "-wal", "-shm"):
        old = path.with_name(path.name + tail)
        if old.exists():
            old.replace(path.with_name(f"before-{path.name}{tail}"))
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def _what_is_built() -> dict[str, object]:
    return {"version": VERSION, "tables": _tables()}


def _tables() -> str:
    """One hash over the migrations: other tables, another demo."""
    digest = hashlib.sha256()
    for app in apps.get_app_configs():
        if app.name.startswith("alongside."):
            for file in sorted(Path(app.path).glob("migrations/0*.py")):
                digest.update(_without_comments(file))
    return digest.hexdigest()[:16]


def _without_comments(file: Path) -> bytes:
    """The day a migration was generated on makes no other tables."""
    lines = file.read_bytes().splitlines()
    return b"\n".join(line for line in lines if not line.startswith(b"#"))
