"""The figures of the page are what a count of the raw rows gives, whatever is asked for."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.accounts.codes import Role
from alongside.accounts.models import Agency
from alongside.core.actor import Actor
from alongside.practice.codes import Pathway
from alongside.practice.measures import Quarter
from alongside.reporting import queries
from alongside.reporting.queries import people as whose
from alongside.reporting.queries.figures import counts
from alongside.reporting.rules import standing
from alongside.reporting.rules.asking import Wanted
from alongside.reporting.rules.hiding import seen
from tests.factories import AgencyFactory
from tests.reporting.people import TODAY, a_contract, people
from tests.reporting.recount import Recount

YEAR = Wanted(Quarter(2025, 4), Quarter(2026, 4))


def counted(viewer: Actor, wanted: Wanted) -> dict[str, int]:
    """Every cell of the page, before anything is hidden."""
    rows = whose.rows(viewer, wanted, until=wanted.until(TODAY))
    found = counts(viewer, wanted, standing.people(rows, wanted), today=TODAY)
    cells = seen(found, standing.by_way_and_county(rows), 0, wanted).cells
    plain = {
        name: cell.count
        for name, cell in cells.items()
        if cell.shown and not name.startswith(("way.", "county."))
    }
    return {name: n for name, n in plain.items() if n}


def wholes(n: dict[str, int]) -> dict[str, int]:
    """Sums that the page shows beside their parts."""
    return {
        **n,
        "asked": sum(n.get(f"asked.{one}", 0) for one in ("done", "waiting", "closed", "unknown")),
        "returns": n.get("returns.done", 0) + n.get("returns.waiting", 0),
        "months.quiet": n.get("months", 0) - n.get("months.touched", 0),
    }


@pytest.mark.practice("MPR-5", "SVC-2", "SVC-5", "PSP-10", "SVC-10", "SVC-12")
@pytest.mark.parametrize("seed", [1, 2])
def test_the_figures_are_a_recount_of_raw_rows(agency: Agency, actor, seed: int) -> None:
    people(agency, 60, seed)
    neighbor = AgencyFactory(name="Neighbor")
    people(neighbor, 15, seed + 100)
    viewer = actor(Role.COORDINATOR)
    contract = a_contract(agency)
    asked = [
        YEAR,
        replace(YEAR, last=Quarter(2025, 4)),
        replace(YEAR, first=Quarter(2026, 2), last=Quarter(2026, 3)),
        replace(YEAR, pathway=Pathway.CHIPS),
        replace(YEAR, pathway=Pathway.NOT_SAID, county="not-known"),
        replace(YEAR, county="dunn"),
        replace(YEAR, county="elsewhere", first=Quarter(2026, 1)),
        replace(YEAR, contract_id=contract.pk, contract=queries.limits(contract)),
        replace(YEAR, contract=queries.limits(contract), county="dunn", pathway=Pathway.CCS),
    ]
    for wanted in asked:
        again = Recount(agency, wanted, TODAY)
        assert counted(viewer, wanted) == {k: n for k, n in wholes(again.n).items() if n}, wanted


def test_shown_figures_are_the_counted_ones_or_hidden(agency: Agency, actor) -> None:
    people(agency, 90, 5)
    page = queries.measures(actor(Role.ADMINISTRATOR), YEAR, today=TODAY)
    again = Recount(agency, YEAR, TODAY)
    tables = {table.key: table.figures for table in page.tables}
    assert tables["people"][0].part == again.n["people"]
    assert tables["first"][0].value == again.middle("asked")
    shown = [f for figures in tables.values() for f in figures]
    assert all(f.part is None or f.part == 0 or f.part >= 11 for f in shown)
    assert any(f.hidden for f in shown)


def test_as_many_queries_for_one_person_as_for_many(agency: Agency, actor) -> None:
    viewer = actor(Role.BILLING)
    sizes = []
    for seed in (1, 2, 3):
        people(agency, seed * 4 - 3, seed)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            queries.measures(viewer, replace(YEAR, county="dunn"), today=TODAY)
        sizes.append(len(caught))
    assert len(set(sizes)) == 1


@pytest.mark.parametrize("role", [Role.SUPPORTER, Role.SUPERVISOR, Role.PRIVACY_OFFICER])
def test_without_the_permission_nobody_is_counted(agency: Agency, actor, role: Role) -> None:
    people(agency, 30, 1)
    a_contract(agency)
    viewer = actor(role)
    assert counted(viewer, YEAR) == {}
    assert list(queries.contracts(viewer)) == []
