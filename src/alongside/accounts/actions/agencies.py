"""An agency begins, and changes what it says about itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from alongside import tenancy
from alongside.accounts import queries, rules
from alongside.accounts.codes import Role
from alongside.accounts.models import Agency, RoleGrant, User
from alongside.audit.actions import Event, record_many
from alongside.core.actor import Actor
from alongside.core.refusal import STALE, Refusal, Refused, ensure
from alongside.core.words import gettext_noop as _

STARTED_ALREADY = Refusal("started", _("This installation has an agency already. Sign in."))


@dataclass(frozen=True)
class NewAgency:
    """What the first page asks: the agency, and the person who sets it up."""

    name: str
    time_zone: str
    administrator: str
    email: str
    password: str
    jurisdiction: str = "wisconsin"


@transaction.atomic
def start_agency(new: NewAgency, *, at: datetime, only_first: bool = True) -> User:
    """Begin an agency with its first administrator, who is also the one who acts.

    ``only_first`` refuses when anyone signs in here: the page at first run is open to a stranger.
    Where sheets came in before, by the command line, the agency is the one they belong to.
    """
    _one_at_a_time()
    if only_first and not queries.installation_is_empty():
        raise Refused(STARTED_ALREADY)
    email = new.email.strip().lower()
    ensure(rules.why_not_time_zone(new.time_zone))
    ensure(
        rules.why_not_invite(
            [Role.ADMINISTRATOR], address_taken=queries.address_is_taken(email), invited=False
        )
    )
    agency = queries.agency_without_people() or Agency()
    with tenancy.working_for(agency.pk):
        return _start(agency, new, email, at=at)


def _start(agency: Agency, new: NewAgency, email: str, *, at: datetime) -> User:
    agency.name, agency.time_zone, agency.jurisdiction = new.name, new.time_zone, new.jurisdiction
    agency.save()
    user = User.objects.create_user(
        email, new.password, agency=agency, name=new.administrator.strip()
    )
    RoleGrant.objects.create(agency=agency, user=user, role=Role.ADMINISTRATOR.value)
    by = Actor(id=user.id, agency_id=agency.id)
    record_many(
        [
            Event("agency.started", f"Agency/{agency.id}"),
            Event("user.joined", f"User/{user.id}", {"roles": [Role.ADMINISTRATOR.value]}),
        ],
        by=by,
        at=at,
    )
    return user


@transaction.atomic
def change_agency(
    *,
    name: str,
    time_zone: str,
    phone: str,
    counties: Sequence[str],
    references: Sequence[dict[str, str]],
    array_lead_id: UUID | None,
    languages: Sequence[str] | None = None,
    exit_to: str | None = None,
    by: Actor,
    at: datetime,
) -> Agency:
    """Change what the agency says about itself. The array lead gets the role that goes with it.
    ``languages``: those switched on that nobody looked over yet. ``None`` leaves what there is."""
    ensure(rules.why_not_time_zone(time_zone))
    agency = queries.agency_of(by)
    wanted: dict[str, object] = {
        "name": name,
        "time_zone": time_zone,
        "phone": phone,
        "counties": list(counties),
        "references": list(references),
        "array_lead_id": array_lead_id,
    }
    more = {"languages": None if languages is None else list(languages), "exit_to": exit_to}
    wanted |= {key: value for key, value in more.items() if value is not None}
    changed = sorted(key for key, value in wanted.items() if getattr(agency, key) != value)
    if not changed:
        return agency
    events = [Event("agency.changed", f"Agency/{agency.id}", {"fields": changed})]
    if array_lead_id is not None and "array_lead_id" in changed:
        events += _lead_arrays(array_lead_id, by=by)
    won = Agency.objects.filter(
        pk=agency.pk, **{key: getattr(agency, key) for key in changed}
    ).update(**{key: wanted[key] for key in changed})
    if not won:
        raise Refused(STALE)
    record_many(events, by=by, at=at)
    return queries.agency_of(by)


def _lead_arrays(user_id: UUID, *, by: Actor) -> list[Event]:
    ensure(rules.why_not_lead_arrays(queries.colleague_facts(by, user_id=user_id)))
    _grant, new = RoleGrant.objects.get_or_create(
        user_id=user_id, role=Role.ARRAY_LEAD.value, defaults={"agency_id": by.agency_id}
    )
    if not new:
        return []
    return [Event("user.roles-changed", f"User/{user_id}", {"given": [Role.ARRAY_LEAD.value]})]


def _one_at_a_time() -> None:
    # SQLite's IMMEDIATE transactions let one writer in already; PostgreSQL needs to be told.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE accounts_agency IN EXCLUSIVE MODE")
