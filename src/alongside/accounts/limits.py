"""How often something may be tried, per person and per network, kept in the database cache."""

from typing import Any

from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest


def within(request: HttpRequest, action: str, *, key: str = "") -> bool:
    """Whether one more try is open; it counts. ``settings.LIMITS`` says how many, each as
    ``tries/time/per``: per ``user``, per ``ip`` (the network) or per ``key``."""
    return bool(take(request, action, key=key))


def take(request: HttpRequest, action: str, *, key: str = "") -> Any:
    """As ``within``; what it answers can be given back by ``rollback()``. Nothing: wait."""
    return ratelimit.consume(
        request,
        app="alongside",
        action=action,
        config=settings.LIMITS,
        key=key or None,
        limit_get=True,
    )
