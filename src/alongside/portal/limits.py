"""How often something may be tried at a page that anyone may open (``settings.LIMITS``)."""

from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest


def within(request: HttpRequest, action: str, *, key: str) -> bool:
    """Whether one more try is open, of this network and for this ``key``; it counts."""
    return bool(
        ratelimit.consume(
            request, app="alongside", action=action, config=settings.LIMITS, key=key, limit_get=True
        )
    )
