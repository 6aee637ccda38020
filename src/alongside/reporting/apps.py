from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


class ReportingConfig(AppConfig):
    name = "alongside.reporting"

    def ready(self) -> None:
        pre_migrate.connect(stop_counting, sender=self, dispatch_uid="alongside.stop_counting")
        post_migrate.connect(go_on_counting, sender=self, dispatch_uid="alongside.counting")


def stop_counting(using: str, plan: Any, **_signal: Any) -> None:
    """SQLite changes no table that a trigger of another one names."""
    from alongside.reporting import counting  # noqa: PLC0415

    if plan:
        counting.drop(connections[using])


def go_on_counting(using: str, plan: Any, **_signal: Any) -> None:
    """What a migration changed while nobody counted is counted now."""
    from alongside.reporting import counting  # noqa: PLC0415

    counting.create(connections[using])
    if plan:
        counting.recount(connections[using])
