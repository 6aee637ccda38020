"""Reading agencies, users and roles."""

from django.db.models import QuerySet

from alongside.accounts.codes import Role
from alongside.accounts.models import Agency, Contract, RoleGrant, User
from alongside.accounts.rules import permissions_of
from alongside.core.actor import Actor


def actor_for(user: User) -> Actor | None:
    """The actor a user is right now, or ``None`` for someone shut out. Two queries."""
    found = User.objects.select_related("agency").filter(pk=user.pk, is_active=True).first()
    if found is None or found.agency is None:
        return None
    roles = RoleGrant.objects.filter(user=found).values_list("role", flat=True)
    held = [Role(role) for role in roles]
    return Actor(
        id=found.id,
        agency_id=found.agency.id,
        permissions=permissions_of(held),
        roles=frozenset(str(role) for role in held),
        name=found.name,
        time_zone=found.agency.time_zone,
    )


def agency_of(viewer: Actor) -> Agency:
    return Agency.objects.get(pk=viewer.agency_id)


def users_visible_to(viewer: Actor) -> QuerySet[User]:
    return User.objects.filter(agency_id=viewer.agency_id).order_by("name", "id")


def contracts_visible_to(viewer: Actor) -> QuerySet[Contract]:
    return Contract.objects.filter(agency_id=viewer.agency_id).order_by("name", "id")
