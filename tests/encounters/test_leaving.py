"""A colleague leaves: shut out at once, and everyone they walked with goes on with somebody."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.actions import let_in, shut_out
from alongside.accounts.codes import Role
from alongside.accounts.queries import actor_for
from alongside.audit.models import AuditEvent
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.encounters.actions import leaving as actions
from alongside.encounters.models import Appointment, NoteDraft
from alongside.encounters.queries import leaving as queries
from alongside.people.queries import participants_visible_to
from alongside.referrals.codes import MatchStatus, ReferralStatus
from alongside.referrals.models import Match, Referral
from alongside.referrals.queries.matching import proposals
from tests.factories import (
    AppointmentFactory,
    ParticipantFactory,
    ReferralFactory,
    SupporterFactory,
    UserFactory,
    walk_alongside,
)

pytestmark = pytest.mark.django_db
SAID = "Yes, Ana is fine with me."


@pytest.fixture
def boss(actor):
    return actor(Role.ADMINISTRATOR)


@pytest.fixture
def desk(actor):
    return actor(Role.COORDINATOR)


@pytest.fixture
def ana(agency):
    """A colleague who is still there."""
    return SupporterFactory(agency=agency, name="Ana Ek", user__name="Ana Ek", caseload_size=5)


@pytest.fixture
def match(pair):
    return Match.objects.get(participant=pair.participant)


@pytest.fixture
def gone(pair, boss):
    """Rosa's access is closed; Gia walked with her."""
    shut_out(pair.supporter.user_id, by=boss, at=timezone.now())
    return pair


def names(rows) -> list[str]:
    return [row.participant.name for row in rows]


def test_nobody_stands_on_the_list_while_everyone_is_here(pair, desk):
    assert (names(queries.with_someone_gone(desk)), queries.left_with(desk)) == ([], [])


def test_whoever_walked_with_them_stands_on_the_list_at_once(gone, desk, agency):
    assert names(queries.with_someone_gone(desk)) == ["Gia Rivera"]
    [left] = queries.left_with(desk)
    assert (left.name, left.people, left.user_id) == ("Rosa Quaas", 1, gone.supporter.user_id)


def test_the_list_is_the_coordinators_and_a_number_the_administrators(gone, boss, actor):
    assert names(queries.with_someone_gone(boss)) == []
    user_id = gone.supporter.user_id
    assert queries.people_of(boss, user_id=user_id) == 1
    assert queries.people_of(actor(Role.SUPPORTER), user_id=user_id) == 0


def test_access_opened_again_takes_them_from_the_list(gone, desk, boss):
    let_in(gone.supporter.user_id, by=boss, at=timezone.now())
    assert queries.left_with(desk) == []


def test_on_with_another_in_their_own_words(gone, match, ana, desk):
    now = timezone.now()
    ahead = AppointmentFactory(
        supporter=gone.supporter, participant=gone.participant, starts_at=now + timedelta(days=2)
    )
    made = actions.hand_on(match.pk, supporter_id=ana.pk, said=SAID, words="Tea", by=desk, at=now)
    match.refresh_from_db()
    ahead.refresh_from_db()
    assert (match.status, match.hand_off) == (MatchStatus.ENDED, "Tea")
    assert (made.status, made.supporter_id, made.participant_said) == ("accepted", ana.pk, SAID)
    assert (made.episode_id, ahead.supporter_id, ahead.status) == (
        match.episode_id,
        ana.pk,
        "planned",
    )
    seen = [
        participants_visible_to(actor_for(user)).count()
        for user in (ana.user, gone.supporter.user)
        if actor_for(user)
    ]
    assert (seen, names(queries.with_someone_gone(desk))) == ([1], [])
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert {"match.handed-on", "appointment.handed-on", "match.ended"} <= verbs


def test_back_to_the_desk_calls_off_what_was_planned(gone, match, desk):
    now = timezone.now()
    AppointmentFactory(
        supporter=gone.supporter, participant=gone.participant, starts_at=now + timedelta(days=2)
    )
    referral = actions.back_to_the_desk(match.pk, by=desk, at=now)
    assert (referral.status, referral.participant_id) == ("accepted", gone.participant.pk)
    assert list(Appointment.objects.values_list("status", flat=True)) == ["cancelled"]
    assert names(queries.with_someone_gone(desk)) == []
    assert list(queries.with_nobody(desk)) == [], "the desk looks for someone: nobody is forgotten"


def test_whoever_never_had_a_request_gets_one(gone, match, desk):
    Match.objects.filter(pk=match.pk).update(referral=None)
    Referral.objects.all().delete()
    referral = actions.back_to_the_desk(match.pk, by=desk, at=timezone.now())
    assert Referral.objects.get().pk == referral.pk
    assert referral.status == ReferralStatus.ACCEPTED


def test_someone_who_was_only_asked_goes_back_to_the_desk(agency, desk, boss, ana):
    referral = ReferralFactory(agency=agency, status="accepted")
    asked = Match.objects.create(
        agency=agency,
        participant=referral.participant,
        referral=referral,
        supporter=ana,
        proposed_on=timezone.localdate(),
        by_id=desk.id,
    )
    shut_out(ana.user_id, by=boss, at=timezone.now())
    assert names(queries.with_someone_gone(desk)) == [referral.participant.name]
    actions.back_to_the_desk(asked.pk, by=desk, at=timezone.now())
    asked.refresh_from_db()
    assert (asked.status, queries.left_with(desk)) == (MatchStatus.TAKEN_BACK, [])


@pytest.mark.parametrize(
    ("said", "by", "code"),
    [
        pytest.param("", "desk", "no-words", id="the participant decides"),
        pytest.param(SAID, "boss", "not-matching", id="not the administrator"),
    ],
)
def test_what_is_missing_changes_nothing(gone, match, ana, desk, boss, said, by, code):
    who = {"desk": desk, "boss": boss}[by]
    with pytest.raises(Refused) as no:
        actions.hand_on(match.pk, supporter_id=ana.pk, said=said, by=who, at=timezone.now())
    match.refresh_from_db()
    assert (no.value.refusal.code, match.status) == (code, MatchStatus.ACCEPTED)


def test_not_on_with_someone_else_who_left(gone, match, desk, boss, ana):
    shut_out(ana.user_id, by=boss, at=timezone.now())
    with pytest.raises(ana.DoesNotExist):
        actions.hand_on(match.pk, supporter_id=ana.pk, said=SAID, by=desk, at=timezone.now())


def test_a_match_with_someone_here_ends_on_its_own_page(pair, match, ana, desk):
    with pytest.raises(Refused) as no:
        actions.hand_on(match.pk, supporter_id=ana.pk, said=SAID, by=desk, at=timezone.now())
    assert no.value.refusal.code == "still-here"


def test_the_desk_suggests_nobody_who_left(gone, desk, ana, agency):
    referral = ReferralFactory(agency=agency, status="accepted")
    found = proposals(desk, referral, on=timezone.localdate())
    assert {one.profile.name for one in (*found.open, *found.refused)} == {"Ana Ek"}


def test_a_support_that_goes_on_with_nobody_is_seen(pair, match, desk):
    Match.objects.filter(pk=match.pk).update(status="ended", ended_on=timezone.localdate())
    Referral.objects.filter(participant=pair.participant).update(status="ended")
    assert names(queries.with_nobody(desk)) == ["Gia Rivera"]


def test_notes_begun_are_counted_and_not_told(gone, desk, agency):
    NoteDraft.objects.create(
        agency=agency,
        author=gone.supporter.user,
        participant=gone.participant,
        encounter_id=new_id(),
        fields={"what_we_did": ["Zaunkoenig"]},
        saved_at=timezone.now(),
    )
    begun = queries.begun_by(desk, user_id=gone.supporter.user_id)
    assert begun[gone.participant.pk].count == 1


class TestPages:
    @pytest.fixture
    def client(self, desk, signed_in):
        return signed_in(UserFactory._meta.model.objects.get(pk=desk.id))

    def test_the_whole_way_from_the_closed_door_to_the_last_person(
        self, client, pair, agency, signed_in, ana
    ):
        other = walk_alongside(pair.supporter, ParticipantFactory(agency=agency, name="Bo Field"))
        admin = signed_in(UserFactory(agency=agency, roles=[Role.ADMINISTRATOR]))
        page = reverse("web:colleague", args=[pair.supporter.user_id])
        assert "2 people walk with them" in admin.get(page).content.decode()
        theirs = signed_in(pair.supporter.user)
        assert theirs.get("/").status_code == 200
        admin.post(reverse("web:colleague_out", args=[pair.supporter.user_id]))
        assert theirs.get("/").status_code == 302
        assert "Gia" not in admin.get(page).content.decode()
        day = client.get("/").content.decode()
        assert ("To hand on" in day, "2 people walked with them" in day) == (True, True)
        address = reverse("web:leaving_colleague", args=[pair.supporter.user_id])
        assert "Bo Field" in client.get(address).content.decode()
        match = Match.objects.get(participant=pair.participant)
        paper = reverse("web:match_hand_on", args=[match.pk])
        refused = client.post(paper, {"to": str(ana.pk), "said": "", "words": "Tea first"})
        assert (refused.status_code, "Tea first" in refused.content.decode()) == (422, True)
        answer = client.post(paper, {"to": str(ana.pk), "said": SAID})
        assert answer["Location"] == address
        bo = Match.objects.get(episode=other)
        client.post(reverse("web:match_to_desk", args=[bo.pk]))
        assert "Everyone is handed on" in client.get(address).content.decode()
        assert "To hand on" not in client.get("/").content.decode()

    def test_a_list_of_three_asks_no_more_than_one_of_one(
        self, client, pair, agency, boss, django_assert_max_num_queries
    ):
        shut_out(pair.supporter.user_id, by=boss, at=timezone.now())
        address = reverse("web:leaving_colleague", args=[pair.supporter.user_id])
        client.get(address)
        counts = []
        for _ in range(2):
            with django_assert_max_num_queries(40) as asked:
                client.get(address)
            counts.append(len(asked))
            for name in ("Bo Field", "Al Ek"):
                walk_alongside(pair.supporter, ParticipantFactory(agency=agency, name=name))
        assert counts[0] == counts[1]
