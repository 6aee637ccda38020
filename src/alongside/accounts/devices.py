"""On which devices someone is signed in. Told in plain words: no address, no place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from alongside.accounts.networks import client_ip
from alongside.core.words import gettext_noop as _

SEEN = "device_seen"
NOTED_EVERY_SECONDS = 5 * 60
# The first that is found counts: many browsers call themselves by the names of others, too.
BROWSERS = (
    (re.compile("Edg"), "Edge"),
    (re.compile("OPR/"), "Opera"),
    (re.compile("SamsungBrowser"), "Samsung Internet"),
    (re.compile("Firefox|FxiOS"), "Firefox"),
    (re.compile("Chrome|CriOS"), "Chrome"),
    (re.compile("Safari"), "Safari"),
)
SYSTEMS = (
    (re.compile("iPhone"), _("an iPhone")),
    (re.compile("iPad"), _("an iPad")),
    (re.compile("Android.*Mobile"), _("an Android phone")),
    (re.compile("Android"), _("an Android tablet")),
    (re.compile("CrOS"), _("a Chromebook")),
    (re.compile("Windows"), _("a Windows computer")),
    (re.compile("Macintosh"), _("a Mac")),
    (re.compile("Linux"), _("a Linux computer")),
)


@dataclass(frozen=True)
class Device:
    id: int
    words: str
    since: datetime
    seen_at: datetime
    here: bool
    same_network: bool


def note(request: HttpRequest) -> None:
    """Someone signed in on this device."""
    UserSession.objects.create_from_request(request)
    request.session[SEEN] = timezone.now().timestamp()


def seen(request: HttpRequest, now: float) -> None:
    """Someone is still there. Written every few minutes, together with the session."""
    last = request.session.get(SEEN)
    if last is None or now - last <= NOTED_EVERY_SECONDS:
        return
    request.session[SEEN] = now
    rows = UserSession.objects.filter(session_key=request.session.session_key)
    rows.update(last_seen_at=timezone.now())


def new_key(request: HttpRequest) -> None:
    """Whoever showed once more who they are goes on under a new key: an old one that somebody took
    opens nothing grave."""
    old = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=old).update(session_key=request.session.session_key)


def devices_of(request: HttpRequest) -> list[Device]:
    """Where this person is signed in, this device first, then those used last. One query."""
    alive = timezone.now() - timedelta(seconds=settings.SESSION_IDLE_SECONDS + NOTED_EVERY_SECONDS)
    rows = UserSession.objects.filter(user_id=request.user.pk, last_seen_at__gt=alive)
    network = client_ip(request)
    found = [
        Device(
            id=row.pk,
            words=in_words(row.user_agent),
            since=row.created_at,
            seen_at=row.last_seen_at,
            here=row.session_key == request.session.session_key,
            same_network=row.ip == network,
        )
        for row in rows.order_by("-last_seen_at", "-pk")[:50]
    ]
    return sorted(found, key=lambda device: not device.here)


def sign_out_one(request: HttpRequest, device_id: int) -> bool:
    """Whether there was such a device of this person. What it opens next is the door."""
    row = UserSession.objects.filter(user_id=request.user.pk, pk=device_id).first()
    if row is None:
        return False
    row.end()
    return True


def forget_all(user_id: UUID) -> None:
    """Their sessions are no good any more; the list says so, too."""
    UserSession.objects.filter(user_id=user_id).delete()


def in_words(user_agent: str) -> str:
    """``Chrome on an Android phone``, as far as the browser tells."""
    browser = _first(BROWSERS, user_agent)
    system = _first(SYSTEMS, user_agent)
    if not browser and not system:
        return gettext("A device we do not know")
    named = {"browser": browser or gettext("A browser"), "system": gettext(system or _("a device"))}
    return gettext("%(browser)s on %(system)s") % named


def _first(names: Sequence[tuple[re.Pattern[str], str]], user_agent: str) -> str:
    return next((name for sign, name in names if sign.search(user_agent)), "")
