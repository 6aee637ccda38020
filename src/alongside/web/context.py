from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """What every page shows: who is signed in, and how long the session waits."""
    return {
        "actor": getattr(request, "actor", None),
        "demo": settings.DEMO,
        "idle_seconds": settings.SESSION_IDLE_SECONDS,
        "idle_warn_seconds": settings.SESSION_WARN_SECONDS,
    }
