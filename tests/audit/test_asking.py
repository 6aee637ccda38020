"""SQL kept for questions that are asked again and again answers as the queryset itself would."""

from datetime import date
from uuid import uuid4

import pytest
from django.test.utils import CaptureQueriesContext

from alongside.accounts.models import Contract
from alongside.audit.asking import Asked, Told
from tests.factories import AgencyFactory

pytestmark = pytest.mark.django_db

IN_FORCE = Asked(
    lambda agency, on, _shape: Contract.objects.filter(
        agency_id=agency, starts_on__lte=on
    ).values_list("pk", "name", "starts_on", "counties")
)
RENAME = Told(lambda agency, name: (Contract.objects.filter(agency_id=agency), {"name": name}))


@pytest.fixture
def contract():
    return Contract.objects.create(
        agency=AgencyFactory(),
        funder="County",
        name="CCS",
        starts_on=date(2026, 1, 1),
        counties=["Dunn"],
    )


def test_each_call_is_filled_with_its_own_arguments(contract):
    row = (contract.pk, "CCS", date(2026, 1, 1), ["Dunn"])
    assert IN_FORCE.rows(contract.agency_id, date(2026, 1, 1)) == [row]
    assert IN_FORCE.rows(contract.agency_id, date(2025, 12, 31)) == []
    assert IN_FORCE.rows(uuid4(), date(2026, 1, 1)) == []


def test_an_update_says_how_many_rows_it_changed(contract):
    assert RENAME.rows(contract.agency_id, "County CCS") == 1
    assert RENAME.rows(uuid4(), "Nothing") == 0
    contract.refresh_from_db()
    assert contract.name == "County CCS"


def test_what_decides_the_shape_of_the_sql_is_kept_apart(contract):
    asked = Asked(
        lambda agency, shape: Contract.objects.filter(
            agency_id=agency, **({"name": "CCS"} if shape else {"name": "Other"})
        ).values_list("pk")
    )
    assert asked.rows(contract.agency_id, shape=True) == [(contract.pk,)]
    assert asked.rows(contract.agency_id, shape=False) == []
    assert asked.rows(contract.agency_id, shape=True) == [(contract.pk,)]


def test_an_argument_that_a_shape_does_not_need_is_left_out(contract):
    asked = Asked(
        lambda _unused, agency, _shape: Contract.objects.filter(agency_id=agency).values_list("pk")
    )
    assert asked.rows(uuid4(), contract.agency_id) == [(contract.pk,)]


def test_it_is_one_query(contract, django_assert_num_queries):
    IN_FORCE.rows(contract.agency_id, date(2026, 1, 1))
    with django_assert_num_queries(1) as seen:
        IN_FORCE.rows(contract.agency_id, date(2026, 1, 1))
    assert isinstance(seen, CaptureQueriesContext)
