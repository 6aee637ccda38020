"""An older demo is put aside, not lost. In a process of its own: it exchanges the database file."""

import os
import shutil
import subprocess
import sys

import pytest

# The new database is a copy of the tests' own.
pytestmark = pytest.mark.django_db

RENEW = """
import django
django.setup()
from alongside.accounts.models import Agency
from alongside.demo import stamp
Agency.objects.create(pk=stamp.AGENCY_ID, name="Burr Oak Bench")
assert stamp.look() is stamp.Found.OLDER
stamp.begin_afresh()
print(stamp.look())
"""


def test_an_older_demo_is_put_aside(tmp_path, empty_installation):
    shutil.copytree(empty_installation, tmp_path, dirs_exist_ok=True)
    environment = {
        **os.environ,
        "ALONGSIDE_DATA": str(tmp_path),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
        "PYTHONPATH": "src",
    }
    ran = subprocess.run(
        [sys.executable, "-c", RENEW], env=environment, capture_output=True, text=True, check=True
    )
    assert ran.stdout == "nothing\n"
    assert (tmp_path / "before-alongside.sqlite3").exists()
