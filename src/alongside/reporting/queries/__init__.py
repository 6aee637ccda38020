"""What the measures are made of, viewer first."""

from datetime import date

from django.db import connection, transaction

from alongside.core.actor import Actor
from alongside.reporting.queries import people
from alongside.reporting.queries.figures import counts
from alongside.reporting.queries.people import agency_counties, contracts, limits
from alongside.reporting.rules import standing
from alongside.reporting.rules.asking import Wanted
from alongside.reporting.rules.page import Page, page

__all__ = ["agency_counties", "contracts", "limits", "measures"]


def measures(viewer: Actor, wanted: Wanted, *, today: date) -> Page:
    """The one page, with what is too small to show left out. The same few queries for ten people
    and for ten thousand."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            # Room to group a large agency in memory, for this page alone.
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL work_mem = '48MB'")
        return _measured(viewer, wanted, today)


def _measured(viewer: Actor, wanted: Wanted, today: date) -> Page:
    found = people.rows(viewer, wanted, until=wanted.until(today))
    return page(
        counts(viewer, wanted, standing.people(found, wanted), today=today),
        standing.by_way_and_county(found),
        people.whatever_contract(viewer, wanted) if wanted.contract else 0,
        wanted,
        counties=agency_counties(viewer),
    )
