"""Which tables stand behind a wall: every one with an agency. What has none is said here, with why.

``policies`` asks the models; nothing is listed that a model can tell. A table in neither fails a
test and, on PostgreSQL, the start.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db.models import Model

AGENCY = "accounts.Agency"

# Tables of which a row can be read, and never written, before it is known who asks.
AT_THE_DOOR = {
    "accounts.Agency": "the agency of whoever signs in or was invited, by name",
    "accounts.User": "whose e-mail address, session or passkey it is",
    "accounts.Invitation": "whose link it is",
    "referrals.ReferrerLink": "whose link it is",
    "people.OwnLink": "whose link it is",
    "accounts.PublicAddress": "which agency has its public page at an address anyone may open",
    "audit.ChainHead": "how long each agency's log is: the command that looks it over finds all",
}

# Tables without an agency. Each reason says what the table holds of a person, and who reads it.
WITHOUT_AGENCY = {
    "accounts_cache": "counts of attempts by account and network, for a while; no record",
    "accounts_user_groups": "always empty: roles are in accounts_rolegrant",
    "accounts_user_user_permissions": "always empty: permissions are in the code",
    "account_emailaddress": "an address beside its user, read while nobody is known yet",
    "account_emailconfirmation": "always empty: an administrator vouches for the address",
    "auth_group": "always empty: roles are in accounts_rolegrant",
    "auth_group_permissions": "always empty: roles are in accounts_rolegrant",
    "auth_permission": "names of models, the same for all",
    "django_content_type": "names of models, the same for all",
    "django_migrations": "names of migrations, the same for all",
    "django_tasks_database_dbtaskresult": "what is to be done later: ids, never words of a record",
    "django_session": "found by its secret key alone, before anyone is known; holds ids and times",
    "usersessions_usersession": "devices one is signed in on, found by session or by their user",
    "mfa_authenticator": "second factors, sealed, read between password and second step",
}

# What the serving role may do with tables that it need not change; with every other, all four.
NARROWER = {
    "audit_auditevent": ("SELECT", "INSERT"),
    "audit_chainhead": ("SELECT", "INSERT", "UPDATE"),
    "accounts_agency": ("SELECT", "INSERT", "UPDATE"),
    "auth_group": ("SELECT",),
    "auth_group_permissions": ("SELECT",),
    "auth_permission": ("SELECT",),
    "accounts_user_groups": ("SELECT",),
    "accounts_user_user_permissions": ("SELECT",),
    "django_content_type": ("SELECT",),
    "django_migrations": ("SELECT",),
}
ALL_FOUR = ("SELECT", "INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True)
class Walled:
    """A table whose rows belong to the agency that ``column`` names."""

    table: str
    column: str
    door: bool


def walled() -> list[Walled]:
    """Every table with an agency, by name."""
    found = ((model, _column(model)) for model in _models())
    return sorted(
        (
            Walled(model._meta.db_table, column, model._meta.label in AT_THE_DOOR)
            for model, column in found
            if column
        ),
        key=lambda each: each.table,
    )


def served() -> dict[str, tuple[str, ...]]:
    """Every table that the app uses, with what it may do there."""
    names = {model._meta.db_table for model in _models()} | {"django_migrations"}
    names |= {str(cache["LOCATION"]) for cache in settings.CACHES.values() if "LOCATION" in cache}
    return {name: NARROWER.get(name, ALL_FOUR) for name in sorted(names)}


def _models() -> Iterator[type[Model]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            yield model


def _column(model: type[Model]) -> str:
    if model._meta.label == AGENCY:
        return str(model._meta.pk.column)
    for field in model._meta.concrete_fields:
        if field.attname == "agency_id":
            return str(field.column)
    return ""
