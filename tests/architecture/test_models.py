"""Every row of the record belongs to an agency, and the tables are as the migrations say."""

import pytest
from django.apps import apps
from django.core.management import call_command

# Rows without a foreign key to an agency, and why.
EXCEPTIONS = {
    "accounts.Agency": "is the agency",
    "audit.AuditEvent": "keeps the id without a foreign key: history outlives what it describes",
    "audit.ChainHead": "keeps the id without a foreign key, like the events it ends",
}


def ours():
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("alongside.") and not model._meta.auto_created
    ]


def test_every_model_of_the_record_has_an_agency():
    without = {
        model._meta.label
        for model in ours()
        if "agency" not in {field.name for field in model._meta.get_fields()}
    }
    assert without == set(EXCEPTIONS)


def test_an_agency_that_must_be_named_is_named():
    """Only a user may stand without an agency: someone who looks after the machine."""
    optional = {
        model._meta.label
        for model in ours()
        if "agency" in {field.name for field in model._meta.fields}
        and model._meta.get_field("agency").null
    }
    assert optional == {"accounts.User"}


def test_nothing_of_the_record_is_shown_by_its_text():
    """Text of a row ends in logs and errors: it says which row, never whose."""
    shown = [
        model._meta.label
        for model in ours()
        if "name" in {field.name for field in model._meta.fields}
        and "Gia Rivera" in str(model(name="Gia Rivera"))
    ]
    assert shown == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
