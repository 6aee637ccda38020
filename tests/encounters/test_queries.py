from datetime import date, timedelta

import pytest

from alongside.accounts.codes import Role
from alongside.accounts.queries import actor_for
from alongside.core.ids import new_id
from alongside.encounters import actions, queries
from alongside.encounters.models import Encounter
from alongside.people.models import CareTeamMember
from alongside.practice.codes import Mode
from tests.factories import (
    TODAY,
    AgencyFactory,
    EncounterFactory,
    GoalFactory,
    ParticipantFactory,
    PlanFactory,
    SupporterFactory,
    UserFactory,
    walk_alongside,
)

pytestmark = pytest.mark.django_db


def note_of(pair, **fields):
    return EncounterFactory(participant=pair.participant, supporter=pair.supporter, **fields)


def test_sight_of_a_note_is_sight_of_its_person_now(agency, pair, actor):
    note = note_of(pair)
    boss = UserFactory(agency=agency, roles=[Role.SUPERVISOR])
    pair.supporter.user.supervisor = boss
    pair.supporter.user.save()
    see = (pair.actor, actor_for(boss), actor(Role.COORDINATOR), actor(Role.PRIVACY_OFFICER))
    blind = (actor(Role.BILLING), actor(Role.SUPERVISOR), actor(Role.ARRAY_LEAD))
    elsewhere = actor_for(UserFactory(agency=AgencyFactory(), roles=[Role.COORDINATOR]))
    assert [list(queries.encounters_visible_to(viewer)) for viewer in see] == [[note]] * 4
    for viewer in (*blind, elsewhere):
        assert list(queries.encounters_visible_to(viewer)) == []
        with pytest.raises(Encounter.DoesNotExist):
            queries.the_note(viewer, encounter_id=note.pk)
    CareTeamMember.objects.update(until=date(2026, 11, 18))
    assert list(queries.encounters_visible_to(pair.actor)) == []


@pytest.mark.parametrize("count", [1, 3, 50])
def test_the_timeline_pages_by_key_in_three_queries(pair, now, count, django_assert_num_queries):
    goal = GoalFactory(plan=PlanFactory(episode=pair.episode))
    made = []
    for n in range(count):
        note = note_of(pair, on=TODAY - timedelta(days=n // 2))
        note.goal_links.create(agency_id=note.agency_id, goal=goal)
        actions.add_words(new_id(), note.pk, words="Yes.", signed_name="", by=pair.actor, at=now)
        made.append(note)
    expected = sorted(made, key=lambda n: (n.on, n.pk), reverse=True)
    seen, before = [], None
    while True:
        with django_assert_num_queries(3):
            page = queries.timeline(
                pair.actor, participant_id=pair.participant.pk, before=before, limit=20
            )
            said = [
                (link.goal.words, words.words, note.supporter.name)
                for note in page
                for link in note.goal_links.all()
                for words in note.added_words.all()
            ]
        assert said == [(goal.words, "Yes.", "Rosa Quaas")] * len(page)
        seen += page
        if len(page) < 20:
            break
        before = (page[-1].on, page[-1].pk)
    assert seen == expected


@pytest.mark.practice("SVC-5")
def test_shares_of_how_contact_took_place(pair, now):
    for mode in ("face_to_face", "face_to_face", "telephone", ""):
        note_of(pair, mode=mode)
    note_of(pair, mode="video", status="entered-in-error")
    note_of(pair, mode="video", kind="attempt", ending="no_answer")
    shares = queries.mode_shares(pair.actor, participant_id=pair.participant.pk)
    assert [(s.mode, s.count, s.percent) for s in shares if s.count] == [
        (Mode.FACE_TO_FACE, 2, 67),
        (Mode.TELEPHONE, 1, 33),
    ]
    theirs = queries.mode_shares(pair.actor, supporter_id=pair.supporter.pk, since=TODAY)
    assert sum(share.count for share in theirs) == 0


def test_the_place_of_the_last_meeting_is_proposed(pair):
    note_of(pair, place="jail", on=TODAY - timedelta(days=9))
    note_of(pair, place="community", on=TODAY - timedelta(days=2))
    note_of(pair, place="electronic", mode="telephone", on=TODAY)
    last = queries.last_place(pair.actor, participant_id=pair.participant.pk)
    assert last == "community"


@pytest.mark.parametrize("count", [1, 3])
def test_a_team_is_read_in_four_queries(agency, count, django_assert_num_queries):
    boss = UserFactory(agency=agency, roles=[Role.SUPERVISOR])
    for _ in range(count):
        supporter = SupporterFactory(agency=agency, user__supervisor=boss)
        for days in (40, 25, 2):
            last = TODAY - timedelta(days=days)
            walk_alongside(
                supporter,
                ParticipantFactory(agency=agency),
                begun_on=TODAY - timedelta(days=90),
                last_contact_on=last,
                contact_due_on=last + timedelta(days=30),
            )
    viewer = actor_for(boss)
    with django_assert_num_queries(4):
        lines = queries.team_overview(viewer, on=TODAY)
    assert [(line.people, line.due, line.soon, line.drafts) for line in lines] == [
        (3, 1, 1, 0)
    ] * count
    assert queries.team_overview(actor_for(supporter.user), on=TODAY) == []


def test_due_and_team_agree(agency, pair):
    """One rule: what a supporter is shown as due is what the supervisor counts."""
    pair.episode.last_contact_on, pair.episode.contact_due_on = TODAY, TODAY + timedelta(days=30)
    pair.episode.save()
    boss = UserFactory(agency=agency, roles=[Role.SUPERVISOR])
    pair.supporter.user.supervisor = boss
    pair.supporter.user.save()
    for days in range(0, 60, 3):
        last = TODAY - timedelta(days=days)
        every = 7 if days % 2 else None
        walk_alongside(
            pair.supporter,
            ParticipantFactory(agency=agency),
            begun_on=TODAY - timedelta(days=90),
            last_contact_on=last,
            agreed_every_days=every,
            contact_due_on=last + timedelta(days=every or 30),
        )
    states = [one.due.state for one in queries.due_people(pair.actor, on=TODAY)]
    line = queries.team_overview(actor_for(boss), on=TODAY)[0]
    assert (line.due, line.soon) == (states.count("due"), states.count("soon"))
