"""Two people who both take part: nothing on either record before both said yes, nor after one took
it back (MPR-3)."""

from uuid import uuid4

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse

from alongside.accounts.codes import Role
from alongside.accounts.queries import actor_for
from alongside.audit.models import AuditEvent
from alongside.consents.actions import links as actions
from alongside.consents.models import RecordLink, RecordLinkSide
from alongside.consents.queries import links as queries
from alongside.core.refusal import Refused
from alongside.people.models import CareTeamMember
from tests.factories import NOW, ParticipantFactory, UserFactory, walk_alongside

pytestmark = pytest.mark.django_db
NAME = "Wilhelmina Zaunkoenig"


@pytest.fixture
def mother(pair):
    """Someone affected by Gia's use, who takes part in her own right."""
    person = ParticipantFactory(agency=pair.participant.agency, name=NAME)
    walk_alongside(pair.supporter, person)
    return person


def proposed(pair, mother) -> list[RecordLinkSide]:
    link_id = actions.propose_link(pair.participant.pk, mother.pk, by=pair.actor, at=NOW)
    return queries.sides_of(pair.actor, link_id=link_id)


def yes(pair, side, other_is: str) -> None:
    actions.say_yes_to_link(
        side.pk,
        link_id=side.link_id,
        name=side.participant.name,
        other_is=other_is,
        by=pair.actor,
        at=NOW,
    )


def on_record(pair, person) -> list[tuple[str, str]]:
    found = queries.links_of(pair.actor, participant_id=person.pk)
    return [(side.other.name, side.other_is) for side in found]


@pytest.mark.practice("MPR-3")
def test_it_stands_on_both_records_once_both_said_yes_and_never_before(pair, mother):
    gia, other = proposed(pair, mother)
    assert (on_record(pair, pair.participant), on_record(pair, mother)) == ([], [])
    yes(pair, gia, "my mother")
    assert (on_record(pair, pair.participant), on_record(pair, mother)) == ([], [])
    yes(pair, other, "my daughter")
    assert on_record(pair, pair.participant) == [(NAME, "my mother")]
    assert on_record(pair, mother) == [("Gia Rivera", "my daughter")]
    assert RecordLinkSide.objects.get(pk=gia.pk).text.startswith("I take part here in my own")


@pytest.mark.practice("MPR-3")
def test_taken_back_by_one_it_stands_on_neither(pair, mother):
    gia, other = proposed(pair, mother)
    yes(pair, gia, "my mother")
    yes(pair, other, "my daughter")
    actions.take_link_back(other.pk, participant_id=mother.pk, by=pair.actor, at=NOW)
    assert (on_record(pair, pair.participant), on_record(pair, mother)) == ([], [])
    with pytest.raises(ObjectDoesNotExist):
        queries.sides_of(pair.actor, link_id=gia.link_id)
    with pytest.raises(ObjectDoesNotExist):
        actions.take_link_back(other.pk, participant_id=mother.pk, by=pair.actor, at=NOW)
    again = proposed(pair, mother)
    assert again[0].link_id != gia.link_id


@pytest.mark.practice("MPR-3")
def test_no_page_of_either_record_betrays_the_other_before_the_yes(pair, mother, signed_in):
    gia, _other = proposed(pair, mother)
    yes(pair, gia, "my mother")
    client = signed_in(pair.supporter.user)
    for person, betrayed in ((pair.participant, NAME), (mother, "Gia Rivera")):
        for route in ("participant", "participant_print", "consents", "care_team"):
            page = client.get(reverse(f"web:{route}", args=[person.pk]))
            assert page.status_code == 200
            assert betrayed not in page.content.decode(), route
    assert NAME in client.get(reverse("web:record_link", args=[gia.link_id])).content.decode()
    events = AuditEvent.objects.filter(target__in=[f"Participant/{p.pk}" for p in (mother,)])
    assert {event.verb for event in events} == {"participant.opened", "participant.printed"}


@pytest.mark.practice("MPR-3")
def test_who_sees_one_of_the_two_sees_no_link_that_waits(pair, mother, signed_in):
    gia, _other = proposed(pair, mother)
    colleague = UserFactory(agency=mother.agency, roles=[Role.SUPPORTER])
    CareTeamMember.objects.create(
        agency=mother.agency,
        participant=mother,
        user=colleague,
        name=colleague.name,
        role="supporter",
    )
    actor = actor_for(colleague)
    assert list(queries.open_sides(actor)) == []
    with pytest.raises(ObjectDoesNotExist):
        queries.sides_of(actor, link_id=gia.link_id)
    with pytest.raises(ObjectDoesNotExist):
        actions.propose_link(mother.pk, pair.participant.pk, by=actor, at=NOW)
    client = signed_in(colleague)
    assert client.get(reverse("web:record_link", args=[gia.link_id])).status_code == 404


def test_once_both_said_yes_who_sees_one_reads_the_name_of_the_other(pair, mother):
    gia, other = proposed(pair, mother)
    yes(pair, gia, "my mother")
    yes(pair, other, "my daughter")
    colleague = actor_for(UserFactory(agency=mother.agency, roles=[Role.COORDINATOR]))
    found = queries.links_of(colleague, participant_id=mother.pk)
    assert [side.other.name for side in found] == ["Gia Rivera"]


@pytest.mark.parametrize(
    ("name", "other_is", "code"),
    [
        pytest.param(" ", "my mother", "no-name", id="no name"),
        pytest.param("Gia", " ", "no-words", id="no word on who it is"),
    ],
)
def test_a_yes_is_said_with_a_name_and_a_word(pair, mother, name, other_is, code):
    gia, _other = proposed(pair, mother)
    with pytest.raises(Refused) as found:
        actions.say_yes_to_link(
            gia.pk, link_id=gia.link_id, name=name, other_is=other_is, by=pair.actor, at=NOW
        )
    assert found.value.refusal.code == code


def test_nobody_is_linked_with_themselves_and_a_pair_once(pair, mother):
    with pytest.raises(Refused):
        actions.propose_link(
            pair.participant.pk, pair.participant.pk, by=pair.actor, at=NOW, link_id=uuid4()
        )
    first = proposed(pair, mother)[0].link_id
    back = actions.propose_link(mother.pk, pair.participant.pk, by=pair.actor, at=NOW)
    assert (back, RecordLink.objects.count()) == (first, 1)


def test_a_proposal_is_dropped(pair, mother):
    gia, _other = proposed(pair, mother)
    actions.drop_link_proposal(gia.link_id, by=pair.actor, at=NOW)
    assert list(queries.open_sides(pair.actor)) == []
    with pytest.raises(ObjectDoesNotExist):
        actions.drop_link_proposal(gia.link_id, by=pair.actor, at=NOW)


@pytest.mark.practice("MPR-3")
def test_the_whole_loop_on_the_screen(pair, mother, signed_in):
    client = signed_in(pair.supporter.user)
    new = reverse("web:record_link_new", args=[pair.participant.pk])
    found = client.post(new, {"words": "wilhelmina"})
    assert f'value="{mother.pk}"' in found.content.decode()
    answer = client.post(new, {"other": str(mother.pk), "link_id": str(uuid4())})
    link = answer.url
    sides = client.get(link).context["sides"]
    for side in sides:
        key = side["row"].pk
        bare = client.post(link, {"side": str(key)})
        assert bare.status_code == 422
        said = {"side": str(key), f"{key}-other_is": "mine", f"{key}-name": "G"}
        assert client.post(link, said).status_code == 302
    consents = reverse("web:consents", args=[pair.participant.pk])
    assert NAME in client.get(consents).content.decode()
    mine = RecordLinkSide.objects.get(participant=pair.participant)
    client.post(reverse("web:record_link_back", args=[pair.participant.pk, mine.pk]))
    assert NAME not in client.get(consents).content.decode()
    assert client.get(reverse("web:record_links")).status_code == 200
