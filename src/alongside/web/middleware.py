"""Who is acting, how long a session lives, and what a browser may keep."""

from collections.abc import Callable, Iterable, Sequence

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone

from alongside import tenancy
from alongside.accounts import devices, queries
from alongside.web import glass

Answer = Callable[[HttpRequest], HttpResponse]
NOTED_EVERY_SECONDS = 30
METHODS = ("GET", "HEAD", "POST", "OPTIONS")


class SoundInputMiddleware:
    """A NUL is in nothing that people type, and PostgreSQL keeps none: such a request ends here,
    as does one too long for any sheet, before its body is read, and one by a method that no page
    has: TRACE would give back what was sent."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > settings.MOST_UPLOADED:
            raise BadRequest
        if _has_nul(request.GET.lists()) or _has_nul(
            [(k, [v]) for k, v in request.COOKIES.items()]
        ):
            raise BadRequest
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: object) -> None:
        if request.method == "POST" and _has_nul(request.POST.lists()):
            raise BadRequest


def _has_nul(said: Iterable[tuple[str, Sequence[object]]]) -> bool:
    return any("\x00" in name or any("\x00" in str(v) for v in values) for name, values in said)


class SessionLifeMiddleware:
    """Ends a session after idle time, and after its whole life whatever happens in it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        came_in = request.user.is_authenticated
        shared = came_in and is_shared(request)
        left = settings.EXIT_COOKIE_NAME in request.COOKIES
        if came_in:
            self._live(request, left=left)
        response = self.get_response(request)
        if came_in and not request.user.is_authenticated:
            # Storage too only where others use the phone: else words that were typed and not yet
            # saved wait there for their writer.
            clear = '"cache", "storage"' if shared or left else '"cache"'
            response.headers.setdefault("Clear-Site-Data", clear)
        if left:
            response.delete_cookie(settings.EXIT_COOKIE_NAME)
        return response

    def _live(self, request: HttpRequest, *, left: bool) -> None:
        """``left``: whoever was here left in a hurry, and the line was gone."""
        now = timezone.now().timestamp()
        begun = request.session.setdefault("begun", now)
        seen = request.session.get("seen", now)
        idle = now - seen
        most = settings.SHARED_IDLE_SECONDS if is_shared(request) else settings.SESSION_IDLE_SECONDS
        if left or idle > most or now - begun > settings.SESSION_LIFE_SECONDS:
            logout(request)
        elif idle > NOTED_EVERY_SECONDS or "seen" not in request.session:
            # Half a minute is exact enough, and saves a write on most requests.
            request.session["seen"] = now
            devices.seen(request, now)


def is_shared(request: HttpRequest) -> bool:
    """Whether others use this phone too, as was said at the sign-in or in one's settings."""
    return bool(request.session.get("shared"))


class ActorMiddleware:
    """Sets ``request.actor`` for someone signed in and active, anew at each request. From here to
    its end the request sees rows of their agency alone."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = None  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            now = timezone.now()
            tenancy.work_for(request.user.agency_id)
            actor = queries.actor_of(request.user, at=now)
            if actor is not None:
                actor = glass.with_sight(request, actor, now)
            request.actor = actor  # type: ignore[attr-defined]
        return self.get_response(request)


class PrivacyMiddleware:
    """Nothing of a record stays in a browser's or a proxy's memory, and no other site gets at it.
    ``settings.ANSWER_HEADERS``, said where an answer does not say otherwise."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in settings.ANSWER_HEADERS.items():
            response.headers.setdefault(name, value)
        return response
