"""Every row of the record belongs to an agency, and the tables are as the migrations say."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

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


def test_an_empty_database_gets_the_tables_that_an_older_one_grew_into():
    """Squashed migrations make a first start quick; older data walks the steps they replace."""
    steps = MigrationLoader(None)
    steps.replace_migrations = False
    steps.build_graph()
    assert tables(steps.project_state()) == tables(MigrationLoader(None).project_state())


def tables(state):
    return {
        key: (
            {name: field.deconstruct()[1:] for name, field in model.fields.items()},
            {name: in_any_order(each) for name, each in model.options.items() if each},
        )
        for key, model in state.models.items()
    }


def in_any_order(option):
    return sorted(map(repr, option)) if isinstance(option, list) else option
