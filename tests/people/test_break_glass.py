"""A record opened in an emergency: one person, two hours, told at once, reviewed by another."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from alongside.accounts.codes import Role
from alongside.audit.models import AuditEvent
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.people import queries
from alongside.people.actions import emergencies as actions
from alongside.people.codes import OpeningReview as R
from alongside.people.models import EmergencyNotice, EmergencyOpening
from alongside.people.queries import emergencies
from alongside.people.rules.emergencies import (
    OPENING_MOVES,
    OpeningFacts,
    keys_of,
    runs,
    why_not_review,
)
from tests.factories import AgencyFactory, ParticipantFactory

REASON = "She called and hung up. Nobody answers."
AT = datetime(2026, 11, 19, 16, 30, tzinfo=UTC)
HOURS = timedelta(hours=2)


def test_every_state_of_the_review_has_its_moves():
    assert set(OPENING_MOVES) == set(R)


@pytest.mark.parametrize(
    ("after", "ended", "runs_"),
    [
        pytest.param(timedelta(0), None, True, id="at once"),
        pytest.param(HOURS - timedelta(seconds=1), None, True, id="the last second"),
        pytest.param(HOURS, None, False, id="two hours"),
        pytest.param(timedelta(minutes=1), AT, False, id="ended early"),
        pytest.param(-timedelta(seconds=1), None, False, id="before it began"),
    ],
)
def test_it_runs_two_hours(after, ended, runs_):
    facts = OpeningFacts(new_id(), R.WAITING, AT, AT + HOURS, ended)
    assert runs(facts, AT + after) is runs_


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("gia rivera", ("gia rivera", "rivera gia")),
        ("rivera gia maria", ("rivera gia maria", "gia maria rivera", "maria rivera gia")),
        ("cher", ("cher",)),
        ("", ()),
    ],
)
def test_a_name_may_be_typed_last_name_first(typed, keys):
    assert keys_of(typed) == keys


@pytest.fixture
def stranger(actor):
    """A supporter who does not walk with Gia."""
    return actor(Role.SUPPORTER)


@pytest.fixture
def officer(actor):
    return actor(Role.PRIVACY_OFFICER)


def open_(by, pair, *, at=AT, name="Gia Rivera", reason=REASON, opening_id=None):
    person = pair.participant
    return actions.open_in_emergency(
        opening_id or new_id(), person.pk, name=name, reason=reason, by=by, at=at
    )


def knowing(by, *openings, at=AT):
    """The actor as the middleware makes it for a session that knows these openings."""
    among = [opening.pk for opening in openings]
    return replace(by, opened=emergencies.openings_running(by, among=among, at=at))


def code_of(call, *args, **more) -> str:
    with pytest.raises(Refused) as no:
        call(*args, **more)
    return no.value.refusal.code


@pytest.mark.django_db
class TestOpening:
    def test_only_an_exact_name_finds_someone(self, stranger, pair):
        ParticipantFactory(agency=AgencyFactory(), name="Gia Rivera")
        found = {
            typed: [person.pk for person in actions.look_for(typed, by=stranger, at=AT)]
            for typed in ("gia RIVÉRA", "Rivera, Gia", "Gia", "Rivera", "Gia Riv", "")
        }
        gia = [pair.participant.pk]
        assert list(found.values()) == [gia, gia, [], [], [], []]
        events = AuditEvent.objects.order_by("seq").values_list("verb", "detail")
        assert list(events)[:3] == [
            ("emergency.looked-for", {"found": 1}),
            ("emergency.looked-for", {"found": 1}),
            ("emergency.looked-for", {"found": 0}),
        ]

    @pytest.mark.parametrize(
        "role", [Role.COORDINATOR, Role.PRIVACY_OFFICER, Role.BILLING, Role.ADMINISTRATOR]
    )
    def test_other_roles_open_nothing(self, actor, pair, role):
        by = actor(role)
        assert code_of(actions.look_for, "Gia Rivera", by=by, at=AT) == "not-yours"
        with pytest.raises(pair.participant.DoesNotExist):
            open_(by, pair)

    def test_the_id_alone_opens_nothing(self, stranger, pair):
        with pytest.raises(pair.participant.DoesNotExist):
            open_(stranger, pair, name="Gia")

    @pytest.mark.parametrize("reason", ["", "   ", "urgent"])
    def test_a_reason_is_said_in_words(self, stranger, pair, reason):
        assert code_of(open_, stranger, pair, reason=reason) == "no-reason"
        assert not EmergencyOpening.objects.exists()

    def test_ones_own_people_are_opened_as_always(self, pair):
        assert code_of(open_, pair.actor, pair) == "in-sight"

    def test_five_clicks_open_it_once(self, stranger, pair):
        key = new_id()
        opened = {open_(stranger, pair, opening_id=key).pk for _ in range(5)}
        assert (opened, EmergencyOpening.objects.count()) == ({key}, 1)

    def test_it_is_on_record_whose_and_which(self, stranger, pair):
        opening = open_(stranger, pair)
        event = AuditEvent.objects.get(verb="emergency.opened")
        assert (event.actor_id, event.target, event.detail) == (
            stranger.id,
            f"Participant/{pair.participant.pk}",
            {"opening": str(opening.pk)},
        )

    def test_those_around_the_person_are_told_at_once(self, stranger, officer, actor, pair):
        lead, other = actor(Role.SUPERVISOR), actor(Role.SUPERVISOR)
        user = pair.supporter.user
        user.supervisor_id = lead.id
        user.save()
        open_(stranger, pair)
        told = set(EmergencyNotice.objects.values_list("user_id", flat=True))
        assert told == {user.pk, lead.id, officer.id}
        unread = [emergencies.openings_unread(who).count() for who in (pair.actor, lead, other)]
        assert unread == [1, 1, 0]

    def test_where_nobody_walks_with_them_the_coordinator_is_told(self, stranger, actor, agency):
        desk = actor(Role.COORDINATOR)
        person = ParticipantFactory(agency=agency, name="Bo Field")
        actions.open_in_emergency(
            new_id(), person.pk, name="Bo Field", reason=REASON, by=stranger, at=AT
        )
        assert list(EmergencyNotice.objects.values_list("user_id", flat=True)) == [desk.id]

    def test_a_notice_is_read_once_and_then_gone_from_the_day(self, stranger, pair):
        opening = open_(stranger, pair)
        for _ in range(2):
            actions.read_notice(opening.pk, by=pair.actor, at=AT)
        assert emergencies.openings_unread(pair.actor).count() == 0
        assert AuditEvent.objects.filter(verb="emergency.notice-read").count() == 1


@pytest.mark.django_db
class TestSight:
    def test_it_opens_one_person_to_the_narrow_actor_alone(self, stranger, pair, agency):
        ParticipantFactory(agency=agency, name="Bo Field")
        viewer = knowing(stranger, open_(stranger, pair))
        narrow = emergencies.in_emergency(viewer)
        assert list(queries.participants_visible_to(viewer)) == []
        assert list(queries.participants_visible_to(narrow)) == [pair.participant]

    def test_it_gives_no_right_to_write_but_a_hand_off(self, stranger, pair):
        narrow = emergencies.in_emergency(knowing(stranger, open_(stranger, pair)))
        assert narrow.permissions == {"note.read", "handoff.write"}

    @pytest.mark.parametrize(
        ("after", "seen"),
        [
            pytest.param(HOURS - timedelta(seconds=1), 1, id="the last second"),
            pytest.param(HOURS, 0, id="two hours"),
        ],
    )
    def test_it_ends_by_itself(self, stranger, pair, after, seen):
        viewer = knowing(stranger, open_(stranger, pair), at=AT + after)
        narrow = emergencies.in_emergency(viewer)
        assert queries.participants_visible_to(narrow).count() == seen

    @pytest.mark.parametrize("who", ["opener", "officer"])
    def test_it_ends_when_someone_ends_it(self, stranger, officer, pair, who):
        opening = open_(stranger, pair)
        by = stranger if who == "opener" else officer
        actions.end_opening(opening.pk, by=by, at=AT)
        assert knowing(stranger, opening).opened == ()
        assert code_of(actions.end_opening, opening.pk, by=by, at=AT) == "over"

    def test_another_session_of_another_person_gets_nothing(self, stranger, actor, pair):
        opening = open_(stranger, pair)
        assert knowing(actor(Role.SUPPORTER), opening).opened == ()

    def test_a_role_taken_meanwhile_ends_it(self, stranger, pair):
        opening = open_(stranger, pair)
        assert knowing(replace(stranger, permissions=frozenset()), opening).opened == ()

    def test_every_look_is_on_record(self, stranger, pair):
        opening = open_(stranger, pair)
        viewer = knowing(stranger, opening)
        for _ in range(3):
            actions.look(opening.pk, by=viewer, at=AT)
        assert AuditEvent.objects.filter(verb="emergency.looked").count() == 3
        with pytest.raises(EmergencyOpening.DoesNotExist):
            actions.look(opening.pk, by=viewer, at=AT + HOURS)
        with pytest.raises(EmergencyOpening.DoesNotExist):
            actions.look(opening.pk, by=stranger, at=AT)


def review(opening, to, *, by, words="A few words."):
    return actions.review_opening(new_id(), opening.pk, to=to, words=words, by=by, at=AT)


@pytest.mark.django_db
class TestReview:
    def test_question_answer_decision_all_stay(self, stranger, officer, pair):
        opening = open_(stranger, pair)
        assert list(emergencies.openings_to_review(officer)) == [opening]
        review(opening, R.ASKED, by=officer, words="Whom did you call?")
        assert [notice.opening for notice in emergencies.openings_unread(stranger)] == [opening]
        actions.answer_about_opening(new_id(), opening.pk, words="Her sister.", by=stranger, at=AT)
        decided = review(opening, R.RIGHT, by=officer, words="It helped.")
        said = [(word.to, word.text) for word in decided.words.all()]
        assert said == [
            ("asked", "Whom did you call?"),
            ("answered", "Her sister."),
            ("right", "It helped."),
        ]
        assert (decided.review, decided.reviewed_by_id) == ("right", officer.id)
        assert list(emergencies.openings_to_review(officer)) == []
        assert list(emergencies.openings_decided(officer)) == [opening]

    def test_a_decision_may_be_looked_at_once_more(self, stranger, officer, pair):
        opening = open_(stranger, pair)
        for to in (R.RIGHT, R.NOT_RIGHT, R.ASKED):
            review(opening, to, by=officer)
        opening.refresh_from_db()
        assert (opening.review, opening.words.count()) == ("asked", 3)

    def test_nobody_reviews_their_own(self, actor, pair):
        both = actor(Role.SUPPORTER, Role.PRIVACY_OFFICER)
        person = ParticipantFactory(agency=pair.participant.agency, name="Bo Field")
        # A privacy officer sees everyone already: sight is taken away to get as far as here.
        mine = replace(both, permissions=both.permissions - {"sight.agency"})
        opening = actions.open_in_emergency(
            new_id(), person.pk, name="Bo Field", reason=REASON, by=mine, at=AT
        )
        assert list(emergencies.openings_to_review(both)) == []
        assert code_of(review, opening, R.RIGHT, by=both) == "own"

    @pytest.mark.parametrize(
        ("words", "to", "code"),
        [
            pytest.param("", R.RIGHT, "no-words", id="without a word"),
            pytest.param("x" * 2001, R.RIGHT, "too-long", id="a book"),
            pytest.param("Yes", R.ANSWERED, "moved-on", id="an answer is the opener's"),
            pytest.param("Yes", R.WAITING, "moved-on", id="not back to the beginning"),
        ],
    )
    def test_what_is_no_decision(self, officer, words, to, code):
        facts = OpeningFacts(new_id(), R.WAITING, AT, AT + HOURS)
        no = why_not_review(facts, to, words, officer)
        assert no is not None
        assert no.code == code

    def test_only_the_privacy_officer_decides(self, stranger, pair):
        opening = open_(stranger, pair)
        assert code_of(review, opening, R.RIGHT, by=pair.actor) == "not-yours"

    def test_only_the_opener_answers_and_only_when_asked(self, stranger, officer, pair):
        opening = open_(stranger, pair)
        answer = actions.answer_about_opening
        more = {"words": "Yes", "at": AT}
        assert code_of(answer, new_id(), opening.pk, by=stranger, **more) == "not-asked"
        review(opening, R.ASKED, by=officer)
        assert code_of(answer, new_id(), opening.pk, by=pair.actor, **more) == "not-yours"

    def test_another_agency_knows_nothing_of_it(self, stranger, pair):
        opening = open_(stranger, pair)
        elsewhere = replace(stranger, agency_id=AgencyFactory().pk, permissions=frozenset())
        with pytest.raises(EmergencyOpening.DoesNotExist):
            emergencies.the_opening(elsewhere, opening_id=opening.pk)
