"""A mail server on loopback that behaves as badly as told, and keeps what it took."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.policy import default
from typing import Any
from unittest.mock import patch

from aiosmtpd.controller import Controller
from django.db import connection
from django_tasks_db.management.commands import db_worker

from alongside.config.command import free_port
from alongside.config.worker import new_worker

TAKES = "250 OK"


@dataclass
class PostOffice:
    """``rcpt`` and ``data`` are what it answers; ``drops`` closes the line instead of an answer,
    before or after it kept the letter."""

    port: int = 0
    rcpt: str = TAKES
    data: str = TAKES
    drops: str = ""
    letters: list[Message] = field(default_factory=list)
    tries: int = 0

    async def handle_RCPT(  # noqa: N802  (the library's name)
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        self.tries += 1
        if self.rcpt == TAKES:
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.data == TAKES and self.drops != "before":
            self.letters.append(message_from_bytes(envelope.content, policy=default))
        if self.drops:
            server.transport.abort()
        return self.data

    @contextmanager
    def closed(self) -> Iterator[None]:
        """Nobody listens for a while."""
        self._controller.stop()
        try:
            yield
        finally:
            self.open()

    def open(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def close(self) -> None:
        self._controller.stop()


@contextmanager
def post_office(settings: Any) -> Iterator[PostOffice]:
    """One that listens, and settings that send letters to it."""
    office = PostOffice(free_port(18300))
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", office.port, 5
    settings.DEFAULT_FROM_EMAIL = "office@two-rivers.example"
    settings.ADDRESS = "https://two-rivers.example/"
    office.open()
    try:
        yield office
    finally:
        office.close()


def work() -> None:
    """What the worker does when it looks: every task that is due, until there is none. As Django's
    own test client does, the connection of a test that is one transaction stays open."""
    if connection.in_atomic_block:
        with patch.object(db_worker, "close_old_connections"):
            new_worker().run()
    else:
        new_worker().run()
