"""Fifty processes write to one agency's log at once, each through a connection of its own."""

import multiprocessing
import os
import sys
from uuid import uuid4

import pytest
from django.db import connection

from alongside.audit import queries
from alongside.audit.models import AuditEvent, ChainHead
from tests.audit.writers import write

WRITERS, EVENTS = 50, 10


@pytest.fixture
def made_from_one(monkeypatch):
    """Processes that are made from one that has Django loaded, and not pytest."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    monkeypatch.setattr(sys.modules["__main__"], "__spec__", None)
    monkeypatch.delattr(sys.modules["__main__"], "__file__", raising=False)
    many = multiprocessing.get_context("forkserver")
    many.set_forkserver_preload(["tests.audit.writers"])
    return many


@pytest.mark.django_db(transaction=True)
@pytest.mark.asvs("16.4.2")
def test_fifty_writers_at_once_fork_nothing_and_lose_nothing(now, made_from_one):
    agency, database = uuid4(), str(connection.settings_dict["NAME"])
    many = made_from_one
    ready = many.Barrier(WRITERS)
    writers = [
        many.Process(target=write, args=(database, agency, n, EVENTS, now, ready))
        for n in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=120)
    assert [writer.exitcode for writer in writers] == [0] * WRITERS
    for writer in writers:
        writer.close()
    rows = AuditEvent.objects.filter(agency_id=agency).order_by("seq")
    targets = list(rows.values_list("target", flat=True))
    assert list(rows.values_list("seq", flat=True)) == list(range(1, WRITERS * EVENTS + 1))
    for n in range(WRITERS):
        mine = [target for target in targets if target.startswith(f"Encounter/{n}-")]
        assert mine == [f"Encounter/{n}-{m}" for m in range(EVENTS)]
    assert (queries.verify(agency), ChainHead.objects.get(pk=agency).seq) == ([], WRITERS * EVENTS)
