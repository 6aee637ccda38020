"""What the demo does with a database before it makes anything."""

import click
import pytest
from django.db import transaction

from alongside.accounts.models import Agency
from alongside.demo import build, neighbor, stamp
from alongside.demo.chance import Clock
from alongside.demo.stamp import AGENCY_ID, SECOND_ID, Found
from alongside.encounters.models import Encounter
from tests.demo.conftest import NOON


def test_the_same_day_gives_the_same_agency(db):
    def told() -> list[tuple[object, ...]]:
        with transaction.atomic():
            neighbor.move_in(Clock(NOON))
            notes = Encounter.objects.filter(agency_id=SECOND_ID).order_by("pk")
            found = list(notes.values_list("pk", "on", "started_at", "what_we_did", "array"))
            transaction.set_rollback(True)
        return found

    first = told()
    assert len(first) > 5
    assert told() == first


def test_a_database_with_another_agency_is_left_alone(db):
    Agency.objects.create(name="A real one")
    assert stamp.look() is Found.SOMEONE_ELSE
    with pytest.raises(click.ClickException, match="Nothing was changed"):
        build.build_demo(say=print, now=NOON)
    assert Agency.objects.count() == 1


def test_half_an_agency_counts_as_older(db):
    Agency.objects.create(pk=AGENCY_ID, name="Burr Oak Bench")
    assert stamp.look() is Found.OLDER
