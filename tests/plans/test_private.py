"""Private means private: nobody's query returns it, and the database holds no plain text of it."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.test import Client
from django.urls import reverse

from alongside.accounts.actions.resealing import Step
from alongside.accounts.codes import STAFF_ROLES, Role
from alongside.accounts.models import RoleGrant
from alongside.accounts.queries import actor_for
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.core.sealing import fingerprint
from alongside.plans.actions import private as actions
from alongside.plans.models import PrivateKey, PrivateWorksheet
from alongside.plans.queries import private
from tests.factories import SupporterFactory, UserFactory

pytestmark = pytest.mark.django_db
CANARY = "Zaunkoenig"
ROUTES = ["private_worksheet", "private_worksheet_print"]
POSTS = ["private_worksheet", "private_worksheet_save", "private_worksheet_remove"]


@pytest.fixture
def user(agency):
    lead = UserFactory(agency=agency, roles=[Role.SUPERVISOR])
    return SupporterFactory(agency=agency, user__supervisor=lead).user


@pytest.fixture
def by(user):
    return actor_for(user)


def save(by, now, words=CANARY, private_id=None, seen=None):
    return actions.save_private_worksheet(
        private_id or new_id(), {"asked": words}, tool="gentle-refusal", seen=seen, by=by, at=now
    )


def everything() -> str:
    """Every cell of every table, as the database itself holds it."""
    told = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  # names of our own tables
            for row in cursor.fetchall():
                cells = (bytes(c) if isinstance(c, memoryview) else c for c in row)
                told += [c.decode("latin-1") if isinstance(c, bytes) else str(c) for c in cells]
    return "\n".join(told)


@pytest.mark.practice("PROC-3")
def test_the_database_holds_no_plain_text_of_it(by, now, client):
    one = save(by, now)
    save(by, now + timedelta(minutes=1), f"{CANARY} anew", private_id=one.row.pk)
    save(by, now + timedelta(minutes=2), "Other words", private_id=one.row.pk)
    client.force_login(one.row.owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.post(
        reverse("web:private_worksheet_save", args=[new_id()]),
        {"tool": "gentle-refusal", "f-asked": f"{CANARY} by page"},
    )
    told = everything()
    assert (CANARY in told, one.row.pk.hex in told.replace("-", "")) == (False, True)
    mine = private.opened(by, list(private.private_worksheets(by).order_by("begun_at", "id")))
    assert sorted(str(answers["asked"]) for answers, _other in mine) == [
        "Other words",
        f"{CANARY} by page",
    ]
    assert f"{CANARY} anew" in str(mine)


def test_the_search_for_it_finds_what_is_in_plain_sight(person_named):
    assert CANARY in everything()


@pytest.fixture
def person_named(agency):
    return SupporterFactory(agency=agency, name=CANARY)


@pytest.fixture
def others(agency, user, by, now):
    """One of each role, the owner's own supervisor, and one who holds every role."""
    found = {role.value: UserFactory(agency=agency, roles=[role]) for role in STAFF_ROLES}
    found["their supervisor"] = user.supervisor
    found["all roles at once"] = UserFactory(agency=agency, roles=list(STAFF_ROLES))
    return found


WHO = [*(role.value for role in STAFF_ROLES), "their supervisor", "all roles at once"]


@pytest.mark.practice("PROC-3")
@pytest.mark.parametrize("who", WHO)
def test_no_query_and_no_page_gives_it_to_anybody_else(others, by, now, who):
    row = save(by, now).row
    viewer = actor_for(others[who])
    assert list(private.private_worksheets(viewer)) == []
    assert private.opened(viewer, [row]) == [({}, {})]
    save(viewer, now, "Their own")
    assert private.opened(viewer, [row]) == [({}, {})]
    client = Client()
    client.force_login(others[who], backend="allauth.account.auth_backends.AuthenticationBackend")
    sent = {"tool": "gentle-refusal", "f-asked": "Theirs"}
    answers = [client.get(reverse(f"web:{r}", args=[row.pk])).status_code for r in ROUTES]
    assert set(answers) == {404}
    # To whoever sends its id it is free: what they write is one of their own.
    kept = [client.post(reverse(f"web:{r}", args=[row.pk]), sent) for r in POSTS]
    assert not [each for each in kept if CANARY in f"{each.headers}{each.content.decode()}"]
    assert PrivateWorksheet.objects.filter(pk=row.pk, owner_id=by.id).count() == 1
    mine = client.get(reverse("web:private_worksheets")).content.decode()
    assert ("Their own" in mine, CANARY in mine) == (True, False)
    assert private.opened(by, [PrivateWorksheet.objects.get(pk=row.pk)])[0][0] == {"asked": CANARY}


def test_nothing_else_in_the_program_reads_the_tables():
    """No relation leads to it: no report, search or page can come upon it by the way."""
    leads = [
        f"{model._meta.label}.{relation.name}"
        for model in apps.get_models()
        for relation in model._meta.get_fields(include_hidden=False)
        if relation.is_relation
        and relation.related_model in (PrivateWorksheet, PrivateKey)
        and relation.auto_created
    ]
    assert leads == []


def test_gone_when_removed_and_what_comes_late_does_not_bring_it_back(by, now):
    row = save(by, now).row
    save(by, now + timedelta(minutes=1), "Over it", private_id=row.pk)
    actions.remove_private_worksheet(row.pk, by=by, at=now)
    assert PrivateWorksheet.objects.count() == 0
    with pytest.raises(ObjectDoesNotExist):
        save(by, now, private_id=row.pk, seen=now)
    with pytest.raises(ObjectDoesNotExist):
        actions.remove_private_worksheet(row.pk, by=by, at=now)


def test_all_of_it_goes_with_its_key(by, now):
    save(by, now)
    save(by, now)
    actions.remove_all_private_worksheets(by=by, at=now)
    assert (PrivateWorksheet.objects.count(), PrivateKey.objects.count()) == (0, 0)
    assert save(by, now).row.pk


def test_the_key_of_someone_who_left_is_destroyed_and_only_then(agency, user, by, now):
    admin = actor_for(UserFactory(agency=agency, roles=[Role.ADMINISTRATOR]))
    save(by, now)
    with pytest.raises(Refused) as no:
        actions.destroy_private_worksheets(user.pk, by=admin, at=now)
    assert no.value.refusal.code == "still-here"
    with pytest.raises(Refused) as no:
        actions.destroy_private_worksheets(user.pk, by=by, at=now)
    assert no.value.refusal.code == "not-yours"
    user.is_active = False
    user.save()
    actions.destroy_private_worksheets(user.pk, by=admin, at=now)
    assert (PrivateWorksheet.objects.count(), PrivateKey.objects.count()) == (0, 0)


def test_another_roles_loss_takes_nothing_away(user, by, now):
    """What one kept stays one's own, whatever roles one holds."""
    save(by, now)
    RoleGrant.objects.filter(user=user).delete()
    assert private.private_worksheets(actor_for(user)).count() == 1


def test_keys_are_wrapped_anew_and_the_sheets_stay(user, by, now, settings):
    row = save(by, now).row
    old, sealed = settings.SEALING_KEYS, bytes(PrivateWorksheet.objects.get().sealed)
    settings.SEALING_KEYS = (b"n" * 32, *old)
    place, of = actions.PrivateKeys(), {"after": None, "limit": 10}
    assert place.keys(user.agency_id) == {fingerprint(old[0]): 1}
    steps = [place.step(user.agency_id, **of) for _turn in range(2)]
    assert steps == [Step(1, 0, None), Step(0, 0, None)]
    settings.SEALING_KEYS = (b"n" * 32,)
    assert PrivateKey.objects.get().wrapped_by == fingerprint(b"n" * 32)
    again = PrivateWorksheet.objects.get(pk=row.pk)
    assert (private.opened(by, [again])[0][0], bytes(again.sealed)) == ({"asked": CANARY}, sealed)


def test_without_the_key_of_the_installation_nothing_opens_and_nothing_is_written_over(
    by, now, settings
):
    row = save(by, now).row
    settings.SEALING_KEYS = (b"x" * 32,)
    assert private.opened(by, [row]) == [({}, {})]
    with pytest.raises(Refused) as no:
        save(by, now, "Anew", private_id=row.pk)
    assert no.value.refusal.code == "no-key"


def test_taken_to_another_row_it_does_not_open(by, now):
    one, two = save(by, now).row, save(by, now, "Other").row
    PrivateWorksheet.objects.filter(pk=two.pk).update(sealed=one.sealed)
    assert private.opened(by, [PrivateWorksheet.objects.get(pk=two.pk)]) == [({}, {})]
