"""Serve Alongside as ``alongside serve`` does, with the floor beside it: a bare Django view.

``python -m scripts.benching.serving PORT``
"""

import os
import sys
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path, set_urlconf

FLOOR = "/floor/"
THREADS = 8  # as ``alongside serve`` has them
real = get_wsgi_application()


def save(request: HttpRequest) -> HttpResponse:
    from scripts.benching.floor import save_note  # noqa: PLC0415

    save_note({key: str(request.POST[key]) for key in request.POST})
    return HttpResponse(status=204)


class Bare(WSGIHandler):
    """Django with one view and nothing around it."""

    urlconf = type("bare", (), {"urlpatterns": [path(FLOOR[1:], save)]})

    def load_middleware(self, is_async: bool = False) -> None:
        kept, settings.MIDDLEWARE = settings.MIDDLEWARE, []
        try:
            super().load_middleware(is_async)
        finally:
            settings.MIDDLEWARE = kept

    def get_response(self, request: HttpRequest) -> Any:
        request.urlconf = self.urlconf  # type: ignore[attr-defined]
        try:
            return super().get_response(request)
        finally:
            set_urlconf(None)


bare = Bare()
_silent: ContextVar[bool] = ContextVar("silent", default=False)


def record_unless_silent() -> None:
    """To see what the audit event costs, a note can be saved without it; here and nowhere else."""
    from alongside.audit import actions  # noqa: PLC0415

    record = actions.record_lines

    def record_lines(lines: Any, *, agency_id: Any) -> None:
        if not _silent.get():
            record(lines, agency_id=agency_id)

    actions.record_lines = record_lines


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    chosen = bare if environ["PATH_INFO"] == FLOOR else real
    before = _silent.set("HTTP_X_WITHOUT_EVENT" in environ)
    try:
        answer: Iterable[bytes] = chosen(environ, start)
    finally:
        _silent.reset(before)
    return answer


record_unless_silent()


def main() -> None:
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415
    from granian.server import Server  # noqa: PLC0415

    from alongside.config.command import let_go_of_the_database, prepare  # noqa: PLC0415

    prepare()
    let_go_of_the_database()
    Server(
        "scripts.benching.serving:application",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        log_access=False,
        log_level=LogLevels.warning,
        websockets=False,
    ).serve()


if __name__ == "__main__":
    main()
