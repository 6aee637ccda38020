"""Counting for the measures: sums in SQL, the same number of queries whoever asks for what."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any

from django.db.models import (
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)

from alongside.accounts.models import Agency
from alongside.core.actor import Actor
from alongside.core.clock import at_wall
from alongside.outcomes.models import ReturnToUse
from alongside.people.models import Participant
from alongside.plans.models import PlanVersion
from alongside.practice.codes import Mode, Process
from alongside.practice.returning import Return, days_until_back
from alongside.practice.rules import rules_on
from alongside.referrals.codes import ReferralStatus
from alongside.referrals.models import Episode, Referral
from alongside.reporting.models import PersonMonth
from alongside.reporting.queries.changes import changes
from alongside.reporting.queries.people import (
    MonthStart,
    NextMonth,
    chosen,
    with_us,
)
from alongside.reporting.rules import counts as plain
from alongside.reporting.rules.asking import Wanted
from alongside.reporting.rules.counts import Contacts, Counts, People, Spell, Times, Waits

# A request that is over without anybody in touch.
CLOSED = (ReferralStatus.DECLINED, ReferralStatus.WITHDRAWN, ReferralStatus.ENDED)
Group = QuerySet[Participant]


def counts(viewer: Actor, wanted: Wanted, standing: People, *, today: date) -> Counts:
    """Everything that is counted about the people whom the filters fit."""
    people = chosen(viewer, wanted)
    supported, touched = _months(people, wanted)
    return Counts(
        people=standing,
        contacts=_contacts(people, wanted),
        in_support=supported,
        months_touched=touched,
        months=_all_months(people, wanted, today),
        began=_began(people, wanted),
        asked=_asked(people, viewer, wanted),
        plans=_plans(people, viewer, wanted, today),
        returns=_returns(people, wanted),
        changes=changes(viewer, with_us(people, wanted), wanted),
        today=today,
    )


def _in_time(people: Group, wanted: Wanted) -> QuerySet[PersonMonth]:
    return PersonMonth.objects.filter(
        participant__in=people.values("pk"),
        month__range=(wanted.first_day, wanted.last_day),
    ).order_by()


def _contacts(people: Group, wanted: Wanted) -> Contacts:
    """One row per person first, so that the people behind each number can be counted."""
    modes, processes = [mode.value for mode in Mode], [one.value for one in Process]
    sums = ("contacts", "attempts", *modes, *processes, "no_process", "here", "together")
    each = (
        _in_time(people, wanted)
        .values("participant")
        .annotate(**{f"n_{name}": Sum(name) for name in sums})
        .annotate(
            n_no_mode=F("n_contacts")
            - sum((F(f"n_{mode}") for mode in modes[1:]), F(f"n_{modes[0]}")),
            n_alone=F("n_here") - F("n_together"),
            n_sheet=F("n_contacts") - F("n_here"),
            **{f"n_not_{one}": F("n_contacts") - F(f"n_{one}") for one in processes},
        )
    )
    wholes = [*sums, "no_mode", "alone", "sheet", *(f"not_{one}" for one in processes)]
    asked: dict[str, Any] = {f"sum_{name}": Sum(f"n_{name}") for name in wholes}
    asked |= {
        f"of_{name}": Count("participant", filter=Q(**{f"n_{name}__gt": 0})) for name in wholes
    }
    found = each.aggregate(**asked)

    def times(name: str) -> Times:
        return Times(found[f"sum_{name}"] or 0, found[f"of_{name}"])

    return Contacts(
        all=times("contacts"),
        attempts=times("attempts"),
        modes={mode: times(mode.value) for mode in Mode},
        no_mode=times("no_mode"),
        processes={one: times(one.value) for one in Process},
        without={one: times(f"not_{one.value}") for one in Process},
        no_process=times("no_process"),
        together=times("together"),
        alone=times("alone"),
        sheet=times("sheet"),
    )


def _spells(people: Group) -> QuerySet[Episode]:
    return Episode.objects.filter(participant__in=people.values("pk"), voided_at=None).order_by()


def _earlier(**more: Any) -> QuerySet[Episode]:
    """Another time of support of the same person that began before."""
    return Episode.objects.filter(
        Q(begun_on__lt=OuterRef("begun_on"))
        | Q(begun_on=OuterRef("begun_on"), id__lt=OuterRef("pk")),
        participant=OuterRef("participant"),
        voided_at=None,
        **more,
    )


def _months(people: Group, wanted: Wanted) -> tuple[Times, Times]:
    """Contacts in months of support, and those months."""
    open_then = Episode.objects.filter(
        Q(ended_on=None) | Q(ended_on__gte=OuterRef("month")),
        participant=OuterRef("participant"),
        voided_at=None,
        begun_on__lt=NextMonth(OuterRef("month")),
    )
    touched = _in_time(people, wanted).filter(Exists(open_then), contacts__gt=0)
    each = touched.values("participant").annotate(n=Count("pk"), met=Sum("contacts"))
    found = each.aggregate(months=Sum("n"), contacts=Sum("met"), people=Count("participant"))
    people_of = found["people"]
    return Times(found["contacts"] or 0, people_of), Times(found["months"] or 0, people_of)


def _all_months(people: Group, wanted: Wanted, today: date) -> int:
    reaches = _earlier().filter(
        Q(ended_on=None) | Q(ended_on__gte=MonthStart(OuterRef("begun_on")))
    )
    rows = (
        _spells(people)
        .filter(
            Q(ended_on=None) | Q(ended_on__gte=wanted.first_day), begun_on__lte=wanted.until(today)
        )
        .annotate(shares=Exists(reaches))
        .values_list("begun_on", "ended_on", "shares")
        .annotate(n=Count("pk"))
    )
    spells = {Spell(begun, ended, bool(shares)): n for begun, ended, shares, n in rows}
    return plain.months_in_support(spells, wanted.first_day, wanted.until(today))


def _began(people: Group, wanted: Wanted) -> Mapping[Spell, int]:
    """The first time of support of each person that began in the time."""
    rows = (
        _spells(people)
        .filter(
            ~Exists(_earlier(begun_on__gte=wanted.first_day)),
            begun_on__range=(wanted.first_day, wanted.last_day),
        )
        .values_list("begun_on", "ended_on")
        .annotate(n=Count("pk"))
    )
    return {Spell(begun, ended): n for begun, ended, n in rows}


def _asked(people: Group, viewer: Actor, wanted: Wanted) -> Waits:
    zone = viewer.time_zone
    entered = (
        at_wall(wanted.first_day, time(0), zone),
        at_wall(wanted.last_day + timedelta(days=1), time(0), zone),
    )
    no_day = Q(received_on=None, entered_at__gte=entered[0], entered_at__lt=entered[1])
    in_time = Q(received_on__range=(wanted.first_day, wanted.last_day))
    rows = (
        Referral.objects.filter(
            in_time | no_day, participant__in=people.values("pk"), voided_at=None
        )
        .order_by()
        .annotate(closed=Q(status__in=CLOSED))
        .values_list("received_on", "first_contact_on", "closed")
        .annotate(n=Count("pk"))
    )
    return _waits(rows)


def _waits(rows: Any) -> Waits:
    days, rest = Counter[int](), Counter[str]()
    for received, first, closed, n in rows:
        if received is None:
            rest["unknown"] += n
        elif first is not None:
            days[(first - received).days] += n
        else:
            rest["closed" if closed else "waiting"] += n
    return Waits(dict(days), rest["waiting"], rest["closed"], rest["unknown"])


def _plans(people: Group, viewer: Actor, wanted: Wanted, today: date) -> plain.Plans:
    """Of the newest time of support that goes on, on the last day."""
    until = wanted.until(today)
    goes_on = Q(ended_on=None) | Q(ended_on__gt=until)
    later = Episode.objects.filter(
        goes_on,
        Q(begun_on__gt=OuterRef("begun_on"))
        | Q(begun_on=OuterRef("begun_on"), id__gt=OuterRef("pk")),
        participant=OuterRef("participant"),
        voided_at=None,
        begun_on__lte=until,
    )
    agreed = PlanVersion.objects.filter(
        plan__episode=OuterRef("pk"), plan__voided_at=None, agreed_on__lte=until
    ).order_by("-agreed_on")
    rows = (
        _spells(people)
        .filter(goes_on, ~Exists(later), begun_on__lte=until)
        .annotate(last=Subquery(agreed.values("agreed_on")[:1]))
        .values_list("last")
        .annotate(n=Count("pk"))
    )
    law = Agency.objects.values_list("jurisdiction", flat=True).get(pk=viewer.agency_id)
    return plain.plans(dict(rows), on=until, rules=rules_on(until, law))


def _returns(people: Group, wanted: Wanted) -> Waits:
    """From the day someone used again, or we came to know, until they were with support again."""
    rows = (
        ReturnToUse.objects.filter(
            participant__in=people.values("pk"),
            voided_at=None,
            known_on__range=(wanted.first_day, wanted.last_day),
        )
        .order_by()
        .values_list("known_on", "happened_on", "back_on")
        .annotate(n=Count("pk"))
    )
    days, waiting = Counter[int](), 0
    for known, happened, back, n in rows:
        until_back = days_until_back(Return(known, happened, back))
        if until_back is None:
            waiting += n
        else:
            days[until_back] += n
    return Waits(dict(days), waiting)
