import pytest
import time_machine
from django.urls import reverse

from alongside.accounts.codes import Role
from alongside.referrals.models import Episode, JourneyStep
from tests.factories import (
    AppointmentFactory,
    ParticipantFactory,
    SupporterFactory,
    UserFactory,
    walk_alongside,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _thursday(now):
    with time_machine.travel(now):
        yield


@pytest.fixture
def supporter(agency):
    return SupporterFactory(agency=agency, user__name="Rosa Quaas")


@pytest.fixture
def gia(agency, supporter):
    person = ParticipantFactory(agency=agency, name="Gia Rivera")
    walk_alongside(supporter, person)
    return person


@pytest.fixture
def rosa(signed_in, supporter):
    return signed_in(supporter.user)


@pytest.fixture
def kim(signed_in, agency):
    return signed_in(UserFactory(agency=agency, roles=[Role.COORDINATOR]))


def page(name, person, *more):
    return reverse(f"web:{name}", args=[person.pk, *more])


def text(response):
    return response.content.decode()


ENDING = {
    "reason": "what_they_wanted",
    "words": "I can do court alone now.",
    "continuing_supports": "Tuesday group",
    "hand_off": "Sam at the center",
    "last_meeting_on": "2026-11-18",
    "on": "2026-11-18",
}


@pytest.mark.practice("MPR-1")
def test_where_they_are_in_their_words_with_undo(rosa, gia):
    said = {"place": "contemplation", "words": "Not sure yet.", "on": "2026-11-18"}
    answer = rosa.post(page("journey", gia), said, follow=True)
    step = JourneyStep.objects.get()
    assert page("journey_take_back", gia, step.pk) in text(answer)
    assert "Not sure yet." in text(answer)
    rosa.post(page("journey_take_back", gia, step.pk))
    assert "Not sure yet." not in text(rosa.get(page("journey", gia)))


def test_nothing_chosen_comes_back_with_the_words(rosa, gia):
    response = rosa.post(page("journey", gia), {"words": "Hm.", "on": "2026-11-18"})
    assert response.status_code == 422
    assert "Hm." in text(response)


@pytest.mark.practice("PSP-1")
@pytest.mark.parametrize(
    ("said", "days", "status"),
    [
        pytest.param({"rhythm": "14"}, 14, 302, id="every two weeks"),
        pytest.param({"rhythm": "other", "days": "3"}, 3, 302, id="their own"),
        pytest.param({"rhythm": "other", "days": "60"}, None, 422, id="at least monthly"),
        pytest.param({"rhythm": "other"}, None, 422, id="how many days?"),
    ],
)
def test_a_rhythm(rosa, gia, said, days, status):
    assert rosa.post(page("rhythm", gia), said).status_code == status
    assert Episode.objects.get().agreed_every_days == days


@pytest.mark.practice("PROC-6")
def test_an_ending_is_raised_and_undone(rosa, gia):
    said = {"words": "Strange.", "last_meeting_on": "2026-12-30"}
    answer = rosa.post(page("ending", gia), said, follow=True)
    assert "coming to a close" in text(answer)
    rosa.post(page("keep_going", gia))
    assert Episode.objects.get().status == "open"
    assert "Strange." in text(rosa.get(page("ending", gia)))


@pytest.mark.practice("PROC-6")
def test_concluded_the_record_is_out_of_sight_and_the_way_back_open(rosa, kim, gia, supporter):
    answer = rosa.post(page("conclude", gia), ENDING)
    assert (answer.status_code, answer["Location"]) == (302, reverse("web:participants"))
    assert rosa.get(page("participant", gia)).status_code == 404
    assert "Gia" not in text(rosa.get(reverse("web:participants")))
    body = text(kim.get(page("participant", gia)))
    assert "The way back is open" in body
    assert "I can do court alone now." in body
    back = {"words": "I want Rosa again.", "on": "2026-11-19", "again": str(supporter.pk)}
    assert kim.post(page("come_back", gia), back).status_code == 302
    assert rosa.get(page("participant", gia)).status_code == 200
    newest = Episode.objects.order_by("-id").first()
    assert newest.follows.ending_words == ENDING["words"]


@pytest.mark.practice("PROC-6")
def test_meetings_still_planned_are_named_and_called_off_with_it(rosa, kim, gia, supporter):
    assert "still planned" not in text(rosa.get(page("conclude", gia)))
    planned = [AppointmentFactory(participant=gia, supporter=supporter) for _row in range(2)]
    assert "2 meetings are still planned" in text(rosa.get(page("conclude", gia)))
    rosa.post(page("conclude", gia), ENDING | {"reason": ""})
    assert {reload(one).status for one in planned} == {"planned"}
    rosa.post(page("conclude", gia), ENDING)
    assert {reload(one).status for one in planned} == {"cancelled"}
    body = text(kim.get(page("participant", gia)))
    assert body.count("A meeting was called off") == 2
    assert "The support came to its end." in body


def reload(row):
    row.refresh_from_db()
    return row


def test_pages_of_a_time_together_need_one(rosa, kim, gia):
    rosa.post(page("conclude", gia), ENDING)
    for name in ("rhythm", "ending", "conclude"):
        assert kim.get(page(name, gia)).status_code == 404
    for name in ("journey", "plan", "plan_print"):
        assert kim.get(page(name, gia)).status_code == 200


def test_only_a_coordinator_opens_the_door_again(rosa, gia):
    assert rosa.get(page("come_back", gia)).status_code == 404


def test_steps_of_others_are_absent(rosa, gia, agency, supporter):
    other = ParticipantFactory(agency=agency)
    episode = walk_alongside(SupporterFactory(agency=agency), other)
    step = JourneyStep.objects.create(
        agency=agency,
        episode=episode,
        place="contemplation",
        set_on="2026-11-01",
        set_by=supporter.user,
        set_at="2026-11-01T12:00:00Z",
    )
    for whom in (gia, other):
        assert rosa.post(page("journey_take_back", whom, step.pk)).status_code == 404
