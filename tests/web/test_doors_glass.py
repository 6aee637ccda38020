"""Pages of a record opened in an emergency: from the exact name to the last word of the review."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from alongside.accounts.codes import Role
from alongside.accounts.models import RoleGrant
from alongside.accounts.queries import actor_for
from alongside.audit.models import AuditEvent
from alongside.core.ids import new_id
from alongside.encounters.models import HandOff
from alongside.people.models import CareTeamMember, EmergencyOpening
from tests.factories import EncounterFactory, ParticipantFactory, UserFactory
from tests.sessions import come_in

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 11, 19, 23, 5, tzinfo=UTC)
REASON = "She called and hung up. Nobody answers."


@pytest.fixture
def clock():
    with time_machine.travel(NIGHT, tick=False) as clock:
        yield clock


@pytest.fixture
def lou(agency, clock):
    """A supporter who does not walk with Gia."""
    return UserFactory(agency=agency, name="Lou Beck", roles=[Role.SUPPORTER])


@pytest.fixture
def client(lou):
    return come_in(Client(), lou)


def open_(client: Client, name: str = "Gia Rivera", reason: str = REASON, **more: str):
    typed = {"opening_id": str(new_id()), "name": name, "reason": reason, **more}
    return client.post(reverse("web:emergency"), typed)


def at(opening: EmergencyOpening, route: str = "emergency_record") -> str:
    return reverse(f"web:{route}", args=[opening.pk])


@pytest.fixture
def opening(client, pair):
    answer = open_(client)
    found = EmergencyOpening.objects.get()
    assert answer["Location"] == at(found)
    return found


@pytest.mark.asvs("8.2.2", "8.2.3")
def test_it_opens_what_helps_and_not_the_record(client, opening, pair, agency):
    person = pair.participant
    CareTeamMember.objects.create(
        agency=agency, participant=person, name="Aunt Vi", role="other", phone="(715) 555-0100"
    )
    EncounterFactory(supporter=pair.supporter, participant=person, what_we_did="Tea at noon")
    page = client.get(at(opening)).content.decode()
    assert ["Aunt Vi" in page, 'href="tel:7155550100"' in page, "Tea at noon" in page] == [True] * 3
    assert "You opened a record in an emergency. It ends at 7:05 p.m." in " ".join(page.split())
    for route in ("participant", "plan", "care_team", "worksheets", "participant_facts"):
        answer = client.get(reverse(f"web:{route}", args=[person.pk]))
        assert answer.status_code == 404, route


def test_it_stands_on_every_page_until_it_ends(client, opening):
    said = "You opened a record in an emergency"
    assert said in client.get(reverse("web:more")).content.decode()
    client.post(at(opening, "emergency_end"))
    assert said not in client.get(reverse("web:more")).content.decode()


@pytest.mark.asvs("8.3.2")
@pytest.mark.parametrize("how", ["ended", "two hours", "role taken", "ended by the officer"])
def test_ended_means_absent_on_the_very_next_request(client, opening, lou, agency, clock, how):
    assert client.get(at(opening)).status_code == 200
    if how == "ended":
        client.post(at(opening, "emergency_end"))
    elif how == "two hours":
        for _ in range(5):
            clock.shift(timedelta(minutes=24))
            client.get(reverse("web:ping"))
    elif how == "role taken":
        RoleGrant.objects.filter(user=lou).delete()
        RoleGrant.objects.create(user=lou, agency=agency, role=Role.COORDINATOR.value)
    else:
        officer = UserFactory(agency=agency, roles=[Role.PRIVACY_OFFICER])
        come_in(Client(), officer).post(at(opening, "emergency_end"))
    assert client.get(at(opening)).status_code == 404
    assert client.get(at(opening, "emergency_hand_off")).status_code == 404


@pytest.mark.asvs("7.5.3")
def test_it_asks_who_it_is_first(client, opening, clock):
    clock.shift(timedelta(minutes=11))
    assert client.get(reverse("web:emergency"))["Location"].startswith("/its-you/")
    assert open_(client)["Location"].startswith("/its-you/")
    assert client.get(at(opening)).status_code == 200, "what is open stays open"


def test_another_session_of_the_same_person_takes_it_up_by_hand(client, opening, lou):
    other = come_in(Client(), lou)
    assert other.get(at(opening)).status_code == 404
    assert "Go on here" in other.get(reverse("web:emergency")).content.decode()
    assert other.post(at(opening, "emergency_go_on"))["Location"] == at(opening)
    assert other.get(at(opening)).status_code == 200
    stale = come_in(Client(), lou, proof_at=0)
    assert stale.post(at(opening, "emergency_go_on"))["Location"].startswith("/its-you/")


@pytest.mark.parametrize(
    ("name", "reason", "words"),
    [
        pytest.param("Gia Riv", REASON, "Nobody is written down by exactly this", id="half"),
        pytest.param("Gia Rivera", "", "Say in a few words what is happening", id="no reason"),
        pytest.param("Gia Rivera", "urgent", "One sentence is enough", id="one word"),
        pytest.param("", REASON, "Type the first and the last name", id="no name"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(client, pair, name, reason, words):
    answer = open_(client, name, reason)
    page = answer.content.decode()
    assert (answer.status_code, words in page, f'value="{name}"' in page or not name) == (
        422,
        True,
        True,
    )
    assert reason in page
    assert not EmergencyOpening.objects.exists()


def test_of_two_with_one_name_one_is_chosen(client, pair, agency):
    other = ParticipantFactory(agency=agency, name="Gia Rivera", county="Pepin")
    page = open_(client).content.decode()
    assert ("Pepin" in page, EmergencyOpening.objects.count()) == (True, 0)
    open_(client, person=str(other.pk))
    assert EmergencyOpening.objects.get().participant_id == other.pk


def test_ones_own_people_are_not_opened_this_way(pair, clock):
    page = open_(come_in(Client(), pair.supporter.user)).content.decode()
    assert "You see this person already" in page


@pytest.mark.asvs("2.4.1")
def test_names_are_not_tried_without_end(client, pair):
    for _ in range(10):
        open_(client, "No Body")
    answer = open_(client)
    assert answer["Location"] == reverse("web:emergency")
    assert "That was often" in client.get(answer["Location"]).content.decode()
    assert not EmergencyOpening.objects.exists()


def test_every_look_is_in_the_log(client, opening, lou):
    client.get(at(opening))
    client.get(at(opening))
    looks = AuditEvent.objects.filter(verb="emergency.looked", actor_id=lou.pk)
    assert looks.count() == 2


def test_a_hand_off_is_written_about_them(client, opening, pair):
    address = at(opening, "emergency_hand_off")
    page = client.get(address).content.decode()
    assert ("Gia Rivera" in page, "data-autosave=" in page) == (True, False)
    typed = {
        "hand_off_id": str(new_id()),
        "person": str(pair.participant.pk),
        "on": "2026-11-19",
        "clock": "17:00",
        "about": ["suicide"],
        "handed_to": ["nobody"],
        "done": "Called her sister",
        "wanted": "To be left alone",
    }
    answer = client.post(address, typed)
    if answer.status_code != 302:
        raise AssertionError(answer.content.decode())
    assert answer["Location"] == at(opening)
    made = HandOff.objects.get()
    assert made.participant_id == pair.participant.pk
    assert "Called her sister" in client.get(at(opening)).content.decode()


def test_those_around_them_see_it_on_their_day(opening, pair):
    theirs = come_in(Client(), pair.supporter.user)
    assert "Lou Beck opened the record of Gia R." in theirs.get("/").content.decode()
    page = theirs.get(at(opening, "opening")).content.decode()
    assert (REASON in page, "I have read it" in page, "What do you find?" in page) == (
        True,
        True,
        False,
    )
    theirs.post(at(opening, "opening_read"))
    assert "Lou Beck opened" not in theirs.get("/").content.decode()


def test_a_colleague_who_was_not_told_sees_nothing_of_it(opening, agency):
    other = come_in(Client(), UserFactory(agency=agency, roles=[Role.SUPPORTER]))
    assert other.get(at(opening, "opening")).status_code == 404


def test_the_privacy_officer_asks_and_decides(client, opening, agency, lou):
    officer = come_in(Client(), UserFactory(agency=agency, roles=[Role.PRIVACY_OFFICER]))
    assert "1 to look at" in officer.get("/").content.decode()
    assert "Lou Beck opened" in officer.get(reverse("web:openings")).content.decode()
    review = at(opening, "opening_review")
    refused = officer.post(review, {"word_id": str(new_id()), "to": "asked", "words": ""})
    assert (refused.status_code, "Write a few words" in refused.content.decode()) == (422, True)
    officer.post(review, {"word_id": str(new_id()), "to": "asked", "words": "Whom did you call?"})
    assert "asks you something" in client.get("/").content.decode()
    page = client.get(at(opening, "opening")).content.decode()
    assert "Whom did you call?" in page
    client.post(at(opening, "opening_answer"), {"word_id": str(new_id()), "words": "Her sister."})
    officer.post(review, {"word_id": str(new_id()), "to": "right", "words": "It helped."})
    done = officer.get(reverse("web:openings")).content.decode()
    assert ("Nothing waits" in done, "found right" in done) == (True, True)
    opening.refresh_from_db()
    assert opening.review == "right"


def test_a_session_that_opened_nothing_asks_nothing_more(
    lou, client, pair, django_assert_num_queries
):
    page = reverse("web:emergency")
    client.get(page)
    assert actor_for(lou).opened == ()
    with django_assert_num_queries(4):
        client.get(page)
