"""Cookies of ours under a name that a browser takes from this very host alone."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class _Cookie(CookieStorage):
    cookie_name = f"{settings.COOKIE_PREFIX}messages"


class Messages(FallbackStorage):
    """A short sentence for the next page waits in a cookie, a long one in the session."""

    storage_classes = (_Cookie, SessionStorage)
