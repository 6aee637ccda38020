from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone


def page(request: HttpRequest) -> dict[str, Any]:
    """What every page shows: who is signed in, where, and how long the session waits."""
    actor = getattr(request, "actor", None)
    shared = bool(actor and request.session.get("shared"))
    return {
        "actor": actor,
        "agency_name": actor.agency_name if actor else "",
        "demo": settings.DEMO,
        "shared_phone": shared,
        "idle_seconds": settings.SHARED_IDLE_SECONDS if shared else settings.SESSION_IDLE_SECONDS,
        "idle_warn_seconds": (
            settings.SHARED_WARN_SECONDS if shared else settings.SESSION_WARN_SECONDS
        ),
        "session_seconds": _left(request) if actor else 0,
    }


def _left(request: HttpRequest) -> int:
    """Seconds until this sign-in ends, whatever happens in it; at least one."""
    now = timezone.now().timestamp()
    begun = float(request.session.get("begun", now))
    return max(1, int(begun + settings.SESSION_LIFE_SECONDS - now))
