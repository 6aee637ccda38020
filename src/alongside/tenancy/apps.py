from typing import Any

from django.apps import AppConfig
from django.core.signals import request_finished, request_started
from django.db import connections
from django.db.models.signals import post_migrate

ONCE = "audit"


class TenancyConfig(AppConfig):
    name = "alongside.tenancy"

    def ready(self) -> None:
        from alongside import tenancy  # noqa: PLC0415

        request_started.connect(tenancy.come_to_the_door, dispatch_uid="alongside.door")
        request_finished.connect(tenancy.leave, dispatch_uid="alongside.leave")
        post_migrate.connect(raise_walls, dispatch_uid="alongside.walls")


def raise_walls(sender: AppConfig, using: str, **_signal: Any) -> None:
    """Every table that a migration made stands behind its wall before anyone may read it."""
    from alongside.tenancy import policies  # noqa: PLC0415

    # The signal comes once for each app with models, after all tables are made.
    if sender.label == ONCE and connections[using].vendor == "postgresql":
        policies.raise_walls(connections[using])
