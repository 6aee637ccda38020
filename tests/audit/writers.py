"""What one of many processes does that write to one log at the same moment."""

import os
from datetime import datetime
from typing import Any
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
django.setup()  # once, in the process that all others are made from


def write(database: str, agency: UUID, n: int, events: int, at: datetime, ready: Any) -> None:
    from django.db import connections  # noqa: PLC0415

    from alongside import tenancy  # noqa: PLC0415
    from alongside.audit.actions import record  # noqa: PLC0415
    from alongside.core.actor import Actor  # noqa: PLC0415

    connection = connections["default"]
    connection.settings_dict["NAME"] = database
    connection.settings_dict["OPTIONS"].pop("pool", None)  # one writer, one connection
    by = Actor(id=UUID(int=n), agency_id=agency)
    with tenancy.working_for(agency):
        connection.ensure_connection()
        ready.wait(timeout=120)
        for m in range(events):
            record(by=by, at=at, verb="note.signed", target=f"Encounter/{n}-{m}")
    connection.close()
