from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from alongside.accounts.codes import Permission, Role
from alongside.accounts.models import TimeAway
from alongside.accounts.queries import actor_for
from alongside.audit.models import AuditEvent
from alongside.core.actor import Actor
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.encounters import actions, queries
from alongside.encounters.codes import EncounterKind, NoteQuestionStatus, NoteStatus
from alongside.encounters.models import (
    Affirmation,
    AffirmationVersion,
    Encounter,
    NoteQuestion,
    NoteReading,
    NoteVersion,
)
from alongside.encounters.rules import readings as rules
from alongside.encounters.rules.readings import LedNote, NoteQuestionFacts
from alongside.people.models import CareTeamMember
from alongside.practice.codes import CareTeamRole
from tests.factories import (
    NOW,
    TODAY,
    EncounterFactory,
    ParticipantFactory,
    SupporterFactory,
    UserFactory,
    walk_alongside,
)

S = NoteQuestionStatus
KIM, LEE, ROSA = (UUID(int=n) for n in range(1, 4))
READS = frozenset({str(Permission.TEAM_READ)})
LEAD = Actor(KIM, UUID(int=9), permissions=READS)
STANDING_IN = Actor(LEE, UUID(int=9), permissions=READS, stands_in_for=frozenset({KIM}))
WRITER = Actor(ROSA, UUID(int=9))
NOTE = LedNote(ROSA, KIM, NoteStatus.SIGNED)
ASKED = NoteQuestionFacts(ROSA, KIM, S.OPEN)
ANSWERED = NoteQuestionFacts(ROSA, KIM, S.ANSWERED, answered=True, turns=2)


def code(refusal):
    return refusal and refusal.code


@pytest.mark.parametrize(
    ("note", "actor", "expected"),
    [
        pytest.param(NOTE, LEAD, None, id="the writer's supervisor"),
        pytest.param(NOTE, STANDING_IN, None, id="who stands in"),
        pytest.param(NOTE, replace(LEAD, id=LEE), "not-your-team", id="another supervisor"),
        pytest.param(NOTE, replace(LEAD, permissions=frozenset()), "not-your-team", id="no role"),
        pytest.param(NOTE, WRITER, "not-your-team", id="the writer"),
        pytest.param(replace(NOTE, writer_id=KIM), LEAD, "not-your-team", id="one's own note"),
        pytest.param(replace(NOTE, led_by=None), LEAD, "not-your-team", id="led by nobody"),
        pytest.param(replace(NOTE, status=NoteStatus.AMENDED), LEAD, None, id="corrected"),
        pytest.param(
            replace(NOTE, status=NoteStatus.ENTERED_IN_ERROR), LEAD, "in-error", id="a mistake"
        ),
        pytest.param(
            replace(NOTE, status=NoteStatus.BROUGHT_OVER), LEAD, "not-signed", id="brought over"
        ),
    ],
)
def test_who_speaks_to_a_note(note, actor, expected):
    found = {
        code(rules.why_not_read(note, actor, seen=0)),
        code(rules.why_not_affirm(note, actor, words="You asked first")),
        code(rules.why_not_ask_on_note(note, actor, words="What helped?")),
    }
    assert found == {expected}


def test_what_was_corrected_meanwhile_is_not_read():
    assert code(rules.why_not_read(replace(NOTE, versions=1), LEAD, seen=0)) == "changed-meanwhile"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("x" * 1_000, None, id="as long as may be"),
        pytest.param("x" * 1_001, "too-long", id="longer"),
        pytest.param("  \n", "no-words", id="nothing"),
    ],
)
def test_words(words, expected):
    said = {
        code(rules.why_not_affirm(NOTE, LEAD, words=words)),
        code(rules.why_not_correct_affirmation(KIM, LEAD, words=words)),
        code(rules.why_not_ask_on_note(NOTE, LEAD, words=words)),
        code(rules.why_not_answer_on_note(ASKED, WRITER, words=words)),
        code(rules.why_not_ask_on(ANSWERED, LEAD, words=words)),
    }
    assert said == {expected}


def test_only_whoever_said_it_changes_an_affirmation():
    assert code(rules.why_not_correct_affirmation(KIM, STANDING_IN, words="Yes")) == "not-yours"
    assert code(rules.why_not_take_back_affirmation(KIM, STANDING_IN)) == "not-yours"
    assert rules.why_not_take_back_affirmation(KIM, LEAD) is None


def test_every_state_of_a_question_has_its_moves():
    assert set(rules.NOTE_QUESTION_MOVES) == set(S)


CLOSED = replace(ANSWERED, status=S.CLOSED)
GONE = replace(ASKED, status=S.WITHDRAWN)


@pytest.mark.parametrize(
    ("question", "answer", "again", "close", "withdraw"),
    [
        pytest.param(ASKED, None, "waits", None, None, id="open"),
        pytest.param(ANSWERED, None, None, None, "answered", id="answered"),
        pytest.param(CLOSED, None, None, "closed", "closed", id="closed"),
        pytest.param(GONE, "withdrawn", None, "withdrawn", "withdrawn", id="taken back"),
    ],
)
def test_the_life_of_a_question(question, answer, again, close, withdraw):
    assert [
        code(rules.why_not_answer_on_note(question, WRITER, words="Tea")),
        code(rules.why_not_ask_on(question, LEAD, words="And then?")),
        code(rules.why_not_move_question(question, LEAD, S.CLOSED)),
        code(rules.why_not_move_question(question, LEAD, S.WITHDRAWN)),
    ] == [answer, again, close, withdraw]


def test_each_side_of_a_question_keeps_to_its_own():
    assert code(rules.why_not_answer_on_note(ASKED, LEAD, words="Tea")) == "not-asked"
    assert code(rules.why_not_move_question(ASKED, WRITER, S.CLOSED)) == "not-your-team"
    assert code(rules.why_not_ask_on(ANSWERED, WRITER, words="Hm")) == "not-your-team"
    assert rules.why_not_move_question(ASKED, STANDING_IN, S.CLOSED) is None


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        pytest.param(CLOSED, S.ANSWERED, id="closed with an answer"),
        pytest.param(replace(CLOSED, answered=False), S.OPEN, id="closed in talking"),
        pytest.param(GONE, S.OPEN, id="taken back"),
    ],
)
def test_an_undo_leads_where_it_was(question, expected):
    assert rules.opened_again(question) is expected


# With a database


@pytest.fixture
def boss(agency):
    return UserFactory(agency=agency, name="Kim Moss", roles=[Role.SUPERVISOR])


@pytest.fixture
def rosa(agency, boss):
    return SupporterFactory(agency=agency, name="Rosa Quaas", user__supervisor=boss)


@pytest.fixture
def note(agency, rosa):
    person = ParticipantFactory(agency=agency)
    walk_alongside(rosa, person)
    return EncounterFactory(participant=person, supporter=rosa)


@pytest.fixture
def lead(boss):
    return actor_for(boss)


@pytest.fixture
def writer(rosa):
    return actor_for(rosa.user)


def walks_too(supporter, person):
    CareTeamMember.objects.create(
        agency=person.agency,
        participant=person,
        user=supporter.user,
        name=supporter.name,
        role=CareTeamRole.SUPPORTER.value,
    )


def verbs():
    return list(AuditEvent.objects.order_by("seq").values_list("verb", flat=True))


def to_read(viewer):
    return [note.pk for note in queries.notes_to_read(viewer)]


def corrected(note):
    """As ``correct_note`` leaves it, without a form to fill in."""
    NoteVersion.objects.create(
        agency=note.agency,
        encounter=note,
        number=1,
        text={},
        reason="A word",
        replaced_at=NOW,
        replaced_by=note.author,
    )
    Encounter.objects.filter(pk=note.pk).update(status=NoteStatus.AMENDED.value, read_at=None)


@pytest.mark.django_db
def test_a_note_is_read_once_and_again_when_corrected(note, lead):
    assert to_read(lead) == [note.pk]
    for _tap in range(3):
        actions.read_note(note.pk, seen=0, by=lead, at=NOW)
    assert (to_read(lead), NoteReading.objects.count()) == ([], 1)
    corrected(note)
    assert to_read(lead) == [note.pk]
    with pytest.raises(Refused) as caught:
        actions.read_note(note.pk, seen=0, by=lead, at=NOW)
    assert caught.value.refusal.code == "changed-meanwhile"
    actions.read_note(note.pk, seen=1, by=lead, at=NOW)
    assert list(NoteReading.objects.order_by("id").values_list("version", flat=True)) == [0, 1]
    assert (to_read(lead), verbs()) == ([], ["note.read", "note.read"])


@pytest.mark.django_db
def test_a_tap_too_many_is_undone(note, lead):
    actions.read_note(note.pk, seen=0, by=lead, at=NOW)
    for _tap in range(2):
        actions.unread_note(note.pk, by=lead, at=NOW)
    assert (to_read(lead), verbs()) == ([note.pk], ["note.read", "note.to-read-again"])
    actions.read_note(note.pk, seen=0, by=lead, at=NOW)
    assert to_read(lead) == []


@pytest.mark.django_db
def test_only_what_the_team_signed_is_to_be_read(agency, note, rosa, boss, lead):
    person = note.participant
    EncounterFactory(
        participant=person,
        supporter=rosa,
        status="brought-over",
        signed_at=None,
        signed_by=None,
        author=None,
    )
    EncounterFactory(participant=person, supporter=rosa, status="entered-in-error")
    EncounterFactory(
        participant=person, supporter=rosa, kind=EncounterKind.ATTEMPT.value, ending="no_answer"
    )
    other = SupporterFactory(agency=agency)
    walks_too(other, person)
    EncounterFactory(participant=person, supporter=other)
    own = SupporterFactory(agency=agency, user=boss)
    EncounterFactory(participant=person, supporter=own)
    later = EncounterFactory(participant=person, supporter=rosa, signed_at=NOW + timedelta(hours=1))
    assert to_read(lead) == [note.pk, later.pk]
    assert queries.next_to_read(lead, after=note) == later.pk
    assert queries.next_to_read(lead, after=later) == note.pk
    assert to_read(lead) == [n.pk for n in queries.notes_to_read(lead)]
    assert [n.pk for n in queries.notes_to_read(lead, after=(NOW, note.pk))] == [later.pk]


@pytest.mark.django_db
def test_whoever_stands_in_reads_for_the_team(agency, note, boss, lead):
    other = UserFactory(agency=agency, roles=[Role.SUPERVISOR])
    TimeAway.objects.create(
        agency=agency,
        supervisor=boss,
        stand_in=other,
        starts_on=TODAY,
        ends_on=TODAY,
        set_by=boss,
        set_at=NOW,
    )
    assert to_read(actor_for(other)) == []
    stands_in = actor_for(other, at=NOW)
    assert to_read(stands_in) == [note.pk]
    actions.read_note(note.pk, seen=0, by=stands_in, at=NOW)
    assert to_read(lead) == []
    given = actions.give_affirmation(
        new_id(), note.pk, words="You asked first", by=stands_in, at=NOW
    )
    assert list(queries.affirmations_visible_to(lead)) == [given]
    assert list(queries.affirmations_visible_to(actor_for(other))) == []


@pytest.mark.django_db
def test_an_affirmation_is_given_once_corrected_and_taken_back(note, lead, writer):
    key = new_id()
    for _click in range(3):
        given = actions.give_affirmation(key, note.pk, words=" You asked. ", by=lead, at=NOW)
    assert [a.words for a in queries.new_affirmations(writer)] == ["You asked."]
    for _tap in range(2):
        actions.see_affirmation(key, by=writer, at=NOW)
    assert list(queries.new_affirmations(writer)) == []
    actions.correct_affirmation(key, words="You asked before you told.", by=lead, at=NOW)
    actions.correct_affirmation(key, words="You asked before you told.", by=lead, at=NOW)
    assert [a.words for a in queries.new_affirmations(writer)] == ["You asked before you told."]
    before = AffirmationVersion.objects.get()
    assert (before.words, before.number, before.replaced_at) == ("You asked.", 1, NOW)
    actions.take_back_affirmation(key, by=lead, at=NOW)
    assert list(queries.affirmations_on(writer, encounter_id=note.pk)) == []
    actions.restore_affirmation(key, by=lead, at=NOW)
    assert list(queries.affirmations_on(writer, encounter_id=note.pk)) == [given]
    assert verbs() == [
        "affirmation.given",
        "affirmation.seen",
        "affirmation.corrected",
        "affirmation.taken-back",
        "affirmation.restored",
    ]


@pytest.mark.django_db
def test_a_question_is_answered_asked_again_and_closed(note, lead, writer):
    key = new_id()
    for _click in range(3):
        actions.ask_on_note(key, note.pk, words="What helped?", by=lead, at=NOW)
    assert [q.pk for q in queries.questions_to_me(writer)] == [key]
    for _click in range(3):
        actions.answer_note_question(key, words="The walk.", seen=1, by=writer, at=NOW)
    assert list(queries.questions_to_me(writer)) == []
    assert [q.status for q in queries.team_questions(lead)] == ["answered"]
    for _click in range(2):
        actions.ask_on(key, words="And her sister?", seen=2, by=lead, at=NOW)
    actions.answer_note_question(key, words="She came along.", seen=3, by=writer, at=NOW)
    actions.close_note_question(key, by=lead, at=NOW)
    assert list(queries.team_questions(lead)) == []
    actions.reopen_note_question(key, by=lead, at=NOW)
    assert [q.status for q in queries.team_questions(lead)] == ["answered"]
    question = queries.questions_on(writer, encounter_id=note.pk).get()
    assert [turn.words for turn in question.turns.all()] == [
        "What helped?",
        "The walk.",
        "And her sister?",
        "She came along.",
    ]
    assert verbs() == [
        "note-question.asked",
        "note-question.answered",
        "note-question.asked-again",
        "note-question.answered",
        "note-question.closed",
        "note-question.reopened",
    ]


@pytest.mark.django_db
def test_a_question_is_taken_back_while_nobody_answered(note, lead, writer):
    question = actions.ask_on_note(new_id(), note.pk, words="What helped?", by=lead, at=NOW)
    actions.withdraw_note_question(question.pk, by=lead, at=NOW)
    assert list(queries.questions_to_me(writer)) == []
    assert list(queries.questions_on(writer, encounter_id=note.pk)) == []
    actions.reopen_note_question(question.pk, by=lead, at=NOW)
    assert list(queries.questions_to_me(writer)) == [question]


@pytest.mark.django_db
def test_nobody_else_sees_what_passes_between_the_two(agency, note, lead, actor):
    """Those who may read the very note among them: the canary stands where it could leak."""
    actions.give_affirmation(new_id(), note.pk, words="You asked first", by=lead, at=NOW)
    question = actions.ask_on_note(new_id(), note.pk, words="What helped?", by=lead, at=NOW)
    actions.read_note(note.pk, seen=0, by=lead, at=NOW)
    second = SupporterFactory(agency=agency)
    walks_too(second, note.participant)
    others = {
        "another supporter of the same person": actor_for(second.user),
        "another supervisor": actor(Role.SUPERVISOR),
        "a coordinator": actor(Role.COORDINATOR),
        "a privacy officer": actor(Role.PRIVACY_OFFICER),
        "an administrator": actor(Role.ADMINISTRATOR),
    }
    reads = {name: queries.encounters_visible_to(v).exists() for name, v in others.items()}
    assert sum(reads.values()) == 3
    for viewer in others.values():
        assert list(queries.affirmations_visible_to(viewer)) == []
        assert list(queries.questions_visible_to(viewer)) == []
        assert list(queries.readings(viewer, encounter_id=note.pk)) == []
        for write in (actions.close_note_question, actions.withdraw_note_question):
            with pytest.raises(NoteQuestion.DoesNotExist):
                write(question.pk, by=viewer, at=NOW)
        with pytest.raises(Encounter.DoesNotExist):
            actions.give_affirmation(new_id(), note.pk, words="Me too", by=viewer, at=NOW)
    assert (Affirmation.objects.count(), len(verbs())) == (1, 3)


@pytest.mark.django_db
def test_with_the_note_out_of_sight_its_words_are_too(note, lead, writer):
    actions.give_affirmation(new_id(), note.pk, words="You asked first", by=lead, at=NOW)
    note.participant.care_team.update(until=TODAY)
    assert [list(queries.affirmations_visible_to(v)) for v in (lead, writer)] == [[], []]


@pytest.mark.django_db
@pytest.mark.parametrize("many", [1, 3])
def test_lists_cost_the_same_for_few_and_for_many(
    agency, rosa, lead, writer, many, django_assert_num_queries
):
    for _n in range(many):
        person = ParticipantFactory(agency=agency)
        walk_alongside(rosa, person)
        note = EncounterFactory(participant=person, supporter=rosa)
        actions.give_affirmation(new_id(), note.pk, words="Yes", by=lead, at=NOW)
        actions.ask_on_note(new_id(), note.pk, words="How?", by=lead, at=NOW)
    with django_assert_num_queries(1):
        assert {n.participant.name and n.supporter.name for n in queries.notes_to_read(lead)}
    for viewer, found in ((lead, queries.team_questions), (writer, queries.questions_to_me)):
        with django_assert_num_queries(2):
            said = [
                (q.to.name, q.encounter.participant.name, q.turns.all()[0].by.name)
                for q in found(viewer)
            ]
            assert len(said) == many
    with django_assert_num_queries(1):
        said = [
            (a.given_by.name, a.encounter.participant.name)
            for a in queries.new_affirmations(writer)
        ]
        assert len(said) == many


@pytest.mark.django_db
def test_questions_page_by_key(agency, note, lead, writer):
    keys = [new_id() for _n in range(3)]
    for n, key in enumerate(keys):
        at = NOW + timedelta(minutes=n)
        actions.ask_on_note(key, note.pk, words="How?", by=lead, at=at)
    actions.answer_note_question(keys[1], words="So.", seen=1, by=writer, at=NOW)
    in_order = [q.pk for q in queries.team_questions(lead)]
    assert in_order == [keys[1], keys[0], keys[2]]
    assert [q.pk for q in queries.team_questions(lead, after=in_order[0])] == in_order[1:]
    assert [q.pk for q in queries.team_questions(lead, after=in_order[1])] == in_order[2:]
