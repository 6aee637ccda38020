"""Whoever is not let in, or asks for what is not theirs, leaves a trace without a word."""

import logging

import pytest
from django.urls import reverse

from alongside.accounts.codes import Role
from alongside.audit.models import AuditEvent
from tests.factories import UserFactory
from tests.security.test_matrix import in_session_of

SIGN_IN = {"login": "rosa@row.example", "password": "otter meadow lantern"}


@pytest.fixture
def user(agency):
    user = UserFactory(agency=agency, email=SIGN_IN["login"], roles=[Role.BILLING])
    user.set_password(SIGN_IN["password"])
    user.save()
    return user


def verbs(user) -> list[str]:
    found = AuditEvent.objects.filter(agency_id=user.agency_id).order_by("seq")
    return list(found.values_list("verb", flat=True))


@pytest.mark.asvs("16.3.1", "16.3.3")
def test_a_wrong_password_and_the_right_one_are_both_kept(client, user):
    client.post(reverse("account_login"), {**SIGN_IN, "password": "not this one at all"})
    client.post(reverse("account_login"), SIGN_IN)
    assert verbs(user) == ["user.sign-in-refused", "user.signed-in"]
    kept = AuditEvent.objects.order_by("seq").values_list("target", "detail").first()
    assert kept == (f"User/{user.pk}", {"how": "password"})


@pytest.mark.asvs("16.3.1")
def test_an_address_of_nobody_leaves_no_event(client, user):
    client.post(reverse("account_login"), {**SIGN_IN, "login": "nobody@row.example"})
    assert verbs(user) == []


@pytest.mark.asvs("16.3.2")
def test_what_is_not_given_is_told_by_route_and_id(caplog, user):
    client = in_session_of(user)
    with caplog.at_level(logging.WARNING, logger="alongside.refused"):
        answers = [
            client.get(reverse("web:audit")).status_code,
            client.get(reverse("web:participant", args=[user.pk])).status_code,
        ]
    told = [record.getMessage() for record in caplog.records if record.name == "alongside.refused"]
    assert answers == [404, 404]
    assert told == [
        f"Not given: web:audit to {user.pk}",
        f"Not given: web:participant to {user.pk}",
    ]
