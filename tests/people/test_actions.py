from datetime import date, timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist

from alongside.accounts.codes import Role
from alongside.accounts.queries import actor_for
from alongside.audit.models import AuditEvent
from alongside.core.refusal import Refused
from alongside.people import actions, queries
from alongside.people.models import CareTeamMember, FormDraft, Participant, ParticipantChange
from alongside.people.rules import NewParticipant
from tests.factories import AgencyFactory, ParticipantFactory, SupporterFactory, walk_alongside

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(actor):
    return actor(Role.COORDINATOR)


def verbs():
    return list(AuditEvent.objects.order_by("seq").values_list("verb", flat=True))


def test_add_participant_keeps_what_is_known_and_nothing_else(coordinator, now):
    person = actions.add_participant(NewParticipant(name="Ines Núñez"), by=coordinator, at=now)
    assert (person.agency_id, person.name_key, person.born_on) == (
        coordinator.agency_id,
        "ines nunez",
        None,
    )
    assert verbs() == ["participant.added"]


def test_facts_are_corrected_forward(coordinator, agency, now):
    person = ParticipantFactory(agency=agency, name="Gia Rivera", county="Dunn")
    new = NewParticipant(name="Gia Rivers", county="Dunn", population=person.population)
    changed = actions.change_participant(person.pk, new, revision=0, by=coordinator, at=now)
    assert (changed.name, changed.name_key, changed.revision) == ("Gia Rivers", "gia rivers", 1)
    (kept,) = ParticipantChange.objects.all()
    assert (kept.field, kept.old, kept.new, kept.by_id) == (
        "name",
        "Gia Rivera",
        "Gia Rivers",
        coordinator.id,
    )
    event = AuditEvent.objects.get(verb="participant.changed")
    assert event.detail == {"fields": ["name"]}


def test_of_two_who_change_the_same_facts_one_is_asked(coordinator, agency, now):
    person = ParticipantFactory(agency=agency, name="Gia Rivera")
    first = NewParticipant(name="Gia One", population=person.population)
    actions.change_participant(person.pk, first, revision=0, by=coordinator, at=now)
    second = NewParticipant(name="Gia Two", population=person.population)
    with pytest.raises(Refused) as no:
        actions.change_participant(person.pk, second, revision=0, by=coordinator, at=now)
    assert no.value.refusal.code == "stale"
    assert Participant.objects.get(pk=person.pk).name == "Gia One"


def test_opening_a_record_is_on_record_and_unseen_is_absent(coordinator, agency, now):
    person = ParticipantFactory(agency=agency)
    assert actions.open_record(person.pk, by=coordinator, at=now) == person
    assert list(AuditEvent.objects.values_list("verb", "target", "actor_id")) == [
        ("participant.opened", f"Participant/{person.pk}", coordinator.id)
    ]
    elsewhere = ParticipantFactory(agency=AgencyFactory())
    with pytest.raises(ObjectDoesNotExist):
        actions.open_record(elsewhere.pk, by=coordinator, at=now)


@pytest.mark.parametrize(
    ("known", "day", "kept"),
    [
        pytest.param(None, date(2026, 11, 1), date(2026, 11, 1), id="the first contact"),
        pytest.param(date(2026, 11, 5), date(2026, 11, 1), date(2026, 11, 5), id="an older note"),
        pytest.param(date(2026, 11, 5), date(2026, 11, 9), date(2026, 11, 9), id="a newer note"),
    ],
)
def test_note_contact_keeps_the_last_day(agency, known, day, kept):
    person = ParticipantFactory(agency=agency, last_contact_on=known)
    actions.note_contact(person.pk, on=day)
    person.refresh_from_db()
    assert person.last_contact_on == kept


@pytest.mark.practice("PSP-6")
def test_the_care_team_holds_professionals_and_their_own_people(agency, now):
    supporter = SupporterFactory(agency=agency)
    person = ParticipantFactory(agency=agency)
    walk_alongside(supporter, person)
    by = actor_for(supporter.user)
    worker = actions.join_care_team(
        person.pk,
        user_id=None,
        name="Pat Olsen",
        role="social_worker",
        since=None,
        by=by,
        at=now,
        organization="Dunn County",
    )
    actions.join_care_team(
        person.pk, user_id=None, name="Bea", role="friend", since=None, by=by, at=now
    )
    team = queries.care_team(by, participant_id=person.pk)
    assert {(m.name, m.role) for m in team} == {
        (supporter.name, "supporter"),
        ("Pat Olsen", "social_worker"),
        ("Bea", "friend"),
    }
    actions.leave_care_team(worker.pk, until=date(2026, 11, 18), by=by, at=now)
    worker.refresh_from_db()
    assert worker.until == date(2026, 11, 18)
    actions.rejoin_care_team(worker.pk, by=by, at=now)
    worker.refresh_from_db()
    assert worker.until is None


def test_someone_around_is_corrected_forward(coordinator, agency, now):
    person = ParticipantFactory(agency=agency)
    member = actions.join_care_team(
        person.pk, user_id=None, name="Bea", role="friend", since=None, by=coordinator, at=now
    )
    actions.change_care_team_member(
        member.pk, revision=0, name="Bea Lund", role="sponsor", by=coordinator, at=now
    )
    kept = ParticipantChange.objects.order_by("field").values_list("field", "old", "new")
    assert list(kept) == [
        ("care_team.name", "Bea", "Bea Lund"),
        ("care_team.role", "friend", "sponsor"),
    ]
    with pytest.raises(Refused) as no:
        actions.change_care_team_member(
            member.pk, revision=0, name="B", role="friend", by=coordinator, at=now
        )
    assert no.value.refusal.code == "stale"


def test_five_clicks_make_one_member(coordinator, agency, now):
    person = ParticipantFactory(agency=agency)
    key = person.pk  # any id a form could have made
    for _click in range(5):
        actions.join_care_team(
            person.pk,
            user_id=None,
            name="Bea",
            role="friend",
            since=None,
            by=coordinator,
            at=now,
            member_id=key,
        )
    assert CareTeamMember.objects.count() == 1


def test_sight_follows_the_care_team(coordinator, agency, now):
    supporter = SupporterFactory(agency=agency)
    person = ParticipantFactory(agency=agency)
    viewer = actor_for(supporter.user)
    assert not queries.participants_visible_to(viewer).exists()
    actions.join_care_team(
        person.pk,
        user_id=supporter.user_id,
        name=supporter.name,
        role="supporter",
        since=date(2026, 11, 1),
        by=coordinator,
        at=now,
    )
    assert list(queries.participants_visible_to(viewer)) == [person]
    assert actions.end_support(person.pk, until=date(2026, 11, 19), by=coordinator, at=now) == 1
    assert not queries.participants_visible_to(viewer).exists()


def test_someone_of_another_agency_never_joins(coordinator, agency, now):
    person = ParticipantFactory(agency=agency)
    stranger = SupporterFactory(agency=AgencyFactory())
    with pytest.raises(ObjectDoesNotExist):
        actions.join_care_team(
            person.pk,
            user_id=stranger.user_id,
            name="Stranger",
            role="supporter",
            since=None,
            by=coordinator,
            at=now,
        )


def test_a_draft_is_its_authors_alone(actor, agency, now):
    first, second = actor(Role.COORDINATOR), actor(Role.COORDINATOR)
    person = ParticipantFactory(agency=agency)
    for words in ("a", "ab"):
        actions.keep_draft(person.pk, form="goal", fields={"words": words}, by=first, at=now)
    assert FormDraft.objects.count() == 1
    found = queries.draft_of(first, participant_id=person.pk, form="goal")
    assert found.fields == {"words": "ab"}
    assert queries.draft_of(second, participant_id=person.pk, form="goal") is None
    actions.drop_draft(person.pk, form="goal", by=second)
    assert FormDraft.objects.count() == 1
    actions.drop_draft(person.pk, form="goal", by=first)
    assert FormDraft.objects.count() == 0


def test_a_draft_is_out_of_sight_with_the_person(agency, now):
    supporter = SupporterFactory(agency=agency)
    person = ParticipantFactory(agency=agency)
    walk_alongside(supporter, person)
    by = actor_for(supporter.user)
    actions.keep_draft(person.pk, form="goal", fields={"words": "a"}, by=by, at=now)
    CareTeamMember.objects.update(until=now.date() - timedelta(days=1))
    assert queries.draft_of(by, participant_id=person.pk, form="goal") is None
