"""What runs beside the pages: tasks of the database, in a thread of the process that answers.

A larger installation runs ``alongside manage db_worker`` as often as it likes; all of them share
the work, and each task is claimed by one.
"""

import logging
from datetime import timedelta
from multiprocessing.util import Finalize
from threading import Event, Thread

from django.core.management import call_command
from django.db import close_old_connections, connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

LOOKS_EVERY_SECONDS = 2.0
ENDS_WITHIN_SECONDS = 8.0  # below what the server grants the process
TIDIES_EVERY = timedelta(days=1)

log = logging.getLogger(__name__)


class Beside(Thread):
    """Does what is due until told to stop. A database that is away for a while ends nothing."""

    def __init__(self, pause: float = LOOKS_EVERY_SECONDS) -> None:
        super().__init__(name="tasks", daemon=True)
        self._pause = pause
        self._stopping = Event()
        self._worker: Worker | None = None
        self._tidied_at = timezone.now() - TIDIES_EVERY

    def run(self) -> None:
        while not self._stopping.wait(self._pause):
            try:
                self._once()
            except Exception:
                # The next look finds what this one left.
                log.exception("Tasks wait, and are looked at again.")
                connections.close_all()
        connections.close_all()

    def stop(self) -> None:
        """End after the task that runs now. What is not done yet is done at the next start."""
        self._stopping.set()
        if self._worker is not None:
            self._worker.running = False
        self.join(ENDS_WITHIN_SECONDS)

    def _once(self) -> None:
        close_old_connections()
        # A look costs no lock: the library's own takes the whole of SQLite for a moment.
        if DBTaskResult.objects.ready().exists():
            self._worker = new_worker()
            if not self._stopping.is_set():
                self._worker.run()
        if timezone.now() - self._tidied_at >= TIDIES_EVERY:
            self._tidied_at = timezone.now()
            call_command("prune_db_task_results", min_age_days=1, verbosity=0)


def new_worker() -> Worker:
    """One that ends when nothing is due any more."""
    return Worker(
        queue_names=["default"],
        interval=LOOKS_EVERY_SECONDS,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"beside-{timezone.now():%Y%m%d%H%M%S%f}",
        excluded_queue_names=[],
    )


def run_beside() -> None:
    """Begin in the process that answers, and end in order with it."""
    thread = Beside()
    thread.start()
    Finalize(None, thread.stop, exitpriority=10)
