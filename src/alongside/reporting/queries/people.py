"""Whose records are counted. Numbers only: no query here gives anybody's name or id to a face."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import (
    BooleanField,
    Count,
    DateField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from alongside.accounts.codes import Permission
from alongside.accounts.models import Agency, Contract
from alongside.core.actor import Actor
from alongside.people.models import Participant
from alongside.practice.codes import Pathway, Population
from alongside.practice.funding import ContractFacts
from alongside.referrals.models import Episode, Referral
from alongside.reporting.models import PersonMonth
from alongside.reporting.rules.asking import Wanted, county_of, fits
from alongside.reporting.rules.standing import Row


class NextMonth(Func):
    """The first day of the month after the one that ``month`` is the first day of."""

    output_field = DateField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template="date(%(expressions)s, '+1 month')")

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        template = "((%(expressions)s + interval '1 month')::date)"
        return self.as_sql(compiler, connection, template=template)


class MonthStart(Func):
    """The first day of the month in which a day lies."""

    output_field = DateField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template="date(%(expressions)s, 'start of month')")

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        template = "(date_trunc('month', %(expressions)s)::date)"
        return self.as_sql(compiler, connection, template=template)


class Among(Func):
    """Whether an id is one of very many. They go along as one text: a place for each would take
    longer to read than to look up."""

    output_field = BooleanField()

    def __init__(self, name: str, ids: Iterable[UUID]) -> None:
        found = [pk.hex for pk in ids]
        array = "{" + ",".join(found) + "}"
        text = array if connection.vendor == "postgresql" else json.dumps(found)
        super().__init__(F(name), Value(text))

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        template, joiner = "(%(expressions)s)))", " IN (SELECT value FROM json_each("
        return self.as_sql(compiler, connection, template=template, arg_joiner=joiner)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        template = "(%(expressions)s::uuid[]))"
        return self.as_sql(compiler, connection, template=template, arg_joiner=" = ANY(")


def agency_counties(viewer: Actor) -> list[str]:
    """The counties that the agency names as its own."""
    return list(Agency.objects.values_list("counties", flat=True).get(pk=viewer.agency_id))


def contracts(viewer: Actor) -> QuerySet[Contract]:
    if not viewer.may(Permission.MEASURES_READ):
        return Contract.objects.none()
    return Contract.objects.filter(agency_id=viewer.agency_id).order_by("name", "starts_on", "id")


def limits(contract: Contract) -> ContractFacts:
    return ContractFacts(
        frozenset(contract.counties),
        frozenset(contract.pathways),
        frozenset(contract.populations),
    )


def everyone(viewer: Actor) -> QuerySet[Any]:
    """The whole agency, whoever is asked about; nobody without the permission. ``way``: by which
    pathway the newest request came."""
    people = Participant.objects.filter(agency_id=viewer.agency_id, voided_at=None, same_as=None)
    if not viewer.may(Permission.MEASURES_READ):
        people = people.none()
    newest = Referral.objects.filter(participant=OuterRef("pk"), voided_at=None).order_by(
        F("received_on").desc(nulls_last=True), "-id"
    )
    way = Coalesce(Subquery(newest.values("pathway")[:1]), Value(Pathway.NOT_SAID.value))
    return people.annotate(way=way).order_by()


def chosen(viewer: Actor, wanted: Wanted) -> QuerySet[Any]:
    """Those whom all chosen filters fit. Whose newest request is of which way is asked once: each
    count would look for it again, and with a filter that fits nearly everybody that is long."""
    people = _under(_of_contract(everyone(viewer), viewer, wanted), viewer, wanted)
    if wanted.pathway is None and wanted.contract is None:
        return people
    ids = people.values_list("pk", flat=True)
    return Participant.objects.filter(Among("pk", ids), agency_id=viewer.agency_id).order_by()


def _under(people: QuerySet[Any], viewer: Actor, wanted: Wanted) -> QuerySet[Any]:
    if wanted.pathway is not None:
        people = people.filter(way=wanted.pathway.value)
    if wanted.county:
        own = agency_counties(viewer)
        written = [one for one in _written(viewer) if county_of(one, own) == wanted.county]
        people = people.filter(county__in=written)
    return people


def _of_contract(people: QuerySet[Any], viewer: Actor, wanted: Wanted) -> QuerySet[Any]:
    """A contract limits by county, pathway and group: each is asked by itself."""
    limit = wanted.contract
    if limit is None:
        return people
    ways = [
        way.value
        for way in Pathway
        if fits(ContractFacts(pathways=limit.pathways), county="", pathway=way, population="")
    ]
    groups = [
        group
        for group in ("", *(one.value for one in Population))
        if fits(
            ContractFacts(populations=limit.populations),
            county="",
            pathway=Pathway.NOT_SAID,
            population=group,
        )
    ]
    written = [
        one
        for one in _written(viewer)
        if fits(
            ContractFacts(counties=limit.counties),
            county=one,
            pathway=Pathway.NOT_SAID,
            population="",
        )
    ]
    return people.filter(way__in=ways, population__in=groups, county__in=written)


def _written(viewer: Actor) -> list[str]:
    """Each way in which a county is written in some record."""
    rows = Participant.objects.filter(agency_id=viewer.agency_id).order_by()
    return list(rows.values_list("county", flat=True).distinct())


def _in_support(wanted: Wanted, **more: Any) -> Exists:
    """Whether a time of support touches the time that is asked about."""
    rows = Episode.objects.filter(
        Q(ended_on=None) | Q(ended_on__gte=wanted.first_day),
        participant=OuterRef("pk"),
        voided_at=None,
        begun_on__lte=wanted.last_day,
        **more,
    )
    return Exists(rows)


def _in_touch(wanted: Wanted) -> Exists:
    rows = PersonMonth.objects.filter(
        agency_id=OuterRef("agency_id"),
        participant=OuterRef("pk"),
        month__range=(wanted.first_day, wanted.last_day),
        contacts__gt=0,
    )
    return Exists(rows)


def with_us(people: QuerySet[Any], wanted: Wanted) -> QuerySet[Any]:
    """In support on a day of that time, or in touch in it."""
    return people.filter(Q(_in_support(wanted)) | Q(_in_touch(wanted)))


def _counted(people: QuerySet[Participant], wanted: Wanted) -> QuerySet[Any]:
    """Each with whether they were in support or in touch in that time: to be grouped by both, since
    a condition on them would ask the same question twice."""
    return people.annotate(supported=_in_support(wanted), touched=_in_touch(wanted))


def rows(viewer: Actor, wanted: Wanted, *, until: date) -> list[Row]:
    """Everyone whom the contract fits, whatever pathway and county were chosen, and who was with us
    in that time. ``until``: the last day of it that has come."""
    last = Episode.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=until),
        participant=OuterRef("pk"),
        voided_at=None,
        begun_on__lte=until,
    )
    begins = _in_support(wanted, begun_on__gte=wanted.first_day)
    found = (
        _counted(_of_contract(everyone(viewer), viewer, wanted), wanted)
        .annotate(stands=Exists(last), begins=begins)
        .values_list("way", "county", "supported", "touched", "stands", "begins")
        .annotate(n=Count("pk"))
    )
    own = agency_counties(viewer)
    return [
        Row(Pathway(way), county_of(county, own), n, *map(bool, flags))
        for way, county, *flags, n in found
        if flags[0] or flags[1]
    ]


def whatever_contract(viewer: Actor, wanted: Wanted) -> int:
    """How many people, with pathway and county as chosen, and no contract."""
    found = (
        _counted(_under(everyone(viewer), viewer, wanted), wanted)
        .values_list("supported", "touched")
        .annotate(n=Count("pk"))
    )
    return sum(n for supported, touched, n in found if supported or touched)
