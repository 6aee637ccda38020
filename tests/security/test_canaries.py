"""Words that only one record holds are looked for in every output there is: pages, sheets, PDFs,
archives, letters. Beside test_matrix, which does so for roles and agencies, here for two people of
one agency, and for what goes out by mail."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from alongside.accounts.codes import STAFF_ROLES, Role
from alongside.accounts.models import RoleGrant
from tests.security.reading import all_words, body_of
from tests.security.test_matrix import BODIES, cells, in_session_of
from tests.security.the_check_ins import UNSHARED
from tests.security.world import a_side, kwargs_of

HERE, BESIDE = "Zaunkoenig", "Zilpzalp"
# What an address, a subject or a letter never says, in any of its forms.
SAYS_TOO_MUCH = re.compile(
    r"recover|sober|sobriety|substance|addict|alcohol|drug|treatment|mental|peer|participant|"
    r"diagnos|relapse|court|probation|medicaid",
    re.IGNORECASE,
)


@pytest.fixture
def two_in_one_agency(db):
    here = a_side(HERE)
    return here, a_side(BESIDE, agency=here.agency)


@pytest.mark.asvs("8.2.2", "14.2.4")
@pytest.mark.parametrize("who", ["supporter", "supervisor", "stand-in"])
def test_no_output_tells_of_another_person_or_of_what_one_does_not_share(two_in_one_agency, who):
    here, beside = two_in_one_agency
    client, told, own = in_session_of(here.users[who]), [], 0
    for route, _requires, ids in cells():
        address = reverse(f"web:{route}", kwargs=kwargs_of(here, route, ids))
        for answer in (client.get(address), client.post(address, BODIES.get(route, {}))):
            words = f"{answer.headers}\n{all_words(body_of(answer))}"
            told += [route] * (beside.person in words or UNSHARED in words)
            own += here.person in words
    assert (told, own > 20) == ([], True)


@pytest.mark.asvs("14.2.1", "14.2.3")
def test_no_letter_says_a_name_or_what_the_agency_does(two_in_one_agency):
    """Whatever can be sent is sent, by someone who may do everything; then the letters are read."""
    here, _beside = two_in_one_agency
    user = here.users["supporter"]
    for role in set(STAFF_ROLES) - {Role.SUPPORTER}:
        RoleGrant.objects.get_or_create(agency=here.agency, user=user, role=role.value)
    client = in_session_of(user)
    for route, _requires, ids in cells():
        client.post(reverse(f"web:{route}", kwargs=kwargs_of(here, route, ids)), BODIES.get(route))
    client.logout()
    client.post(reverse("account_reset_password"), {"email": user.email})
    said = [f"{letter.subject}\n{letter.body}" for letter in mail.outbox]
    loud = [words for words in said if SAYS_TOO_MUCH.search(words) or here.canary in words]
    assert (loud, len(said) > 0) == ([], True)
