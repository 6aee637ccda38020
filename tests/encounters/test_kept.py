"""What is kept apart from the participant's pages, and what the participant says to a note."""

from datetime import timedelta
from uuid import uuid4

import pytest

from alongside.accounts.codes import Role
from alongside.accounts.queries import actor_for
from alongside.core.refusal import Refused
from alongside.encounters import actions
from alongside.encounters.actions import own as own_actions
from alongside.encounters.codes import KeptStatus
from alongside.encounters.queries import answers, kept, own, timeline
from alongside.encounters.rules.kept import (
    KEPT_MOVES,
    NewKept,
    told_in_place_of,
    why_not_these,
)
from alongside.practice.kept import KeptReason
from tests.encounters.notes import a_note
from tests.factories import NOW, own_account

S = KeptStatus
SECRET = "Her sister drinks again"
NEW = NewKept(SECRET, "about_another", "The sister did not agree to this.")


def test_every_status_has_its_moves():
    assert set(KEPT_MOVES) == set(S)


@pytest.mark.parametrize(
    ("new", "field"),
    [
        pytest.param(NewKept("", "safety", "why"), "kept_text", id="no text"),
        pytest.param(NewKept("x", "", "why"), "kept_reason", id="no reason"),
        pytest.param(NewKept("x", "because", "why"), "kept_reason", id="a reason nobody knows"),
        pytest.param(NewKept("x", "law", " "), "kept_why", id="no words on why"),
        pytest.param(NewKept("x", "law", "y" * 1001), "kept_why", id="too long"),
    ],
)
def test_a_part_says_what_and_why(new, field):
    refusal = why_not_these(new)
    assert refusal is not None
    assert refusal.field == field


@pytest.mark.practice("PEER-8")
def test_who_could_be_harmed_by_knowing_is_not_told():
    told = {reason: bool(told_in_place_of(reason)) for reason in KeptReason}
    assert told == {KeptReason.ABOUT_ANOTHER: True, KeptReason.SAFETY: False, KeptReason.LAW: True}


@pytest.fixture
def rosa(pair):
    return pair.actor


@pytest.fixture
def gia(pair):
    found = actor_for(own_account(pair.participant))
    assert found is not None
    return found


def signed(pair, *, kept_part=None, **changes):
    by = pair.actor
    return actions.sign_note(
        uuid4(), pair.participant.pk, a_note(**changes), by=by, at=NOW, kept=kept_part
    )


@pytest.mark.practice("PEER-8")
def test_a_part_is_kept_apart_looked_at_opened_and_closed_again(pair, rosa, gia, actor):
    note = signed(pair, kept_part=NEW)
    (part,) = kept.kept_of(rosa, encounter_id=note.pk)
    officer = actor(Role.PRIVACY_OFFICER)
    seen = own.own_note(gia, encounter_id=note.pk)
    assert (seen.opened_parts, own.told_apart(seen)) == (
        [],
        ["One part is about another person. We keep it apart for them."],
    )
    assert list(kept.kept_of(gia, encounter_id=note.pk)) == []
    assert kept.kept_counts(officer) == 1

    actions.look_at_kept(part.pk, S.ASKED, words="Is it her story?", by=officer, at=NOW)
    with pytest.raises(Refused):
        actions.look_at_kept(part.pk, S.AGREED, by=rosa, at=NOW)
    actions.answer_kept(part.pk, "No, only the sister's.", by=rosa, at=NOW)
    actions.look_at_kept(part.pk, S.OPENED, words="She told it herself.", by=officer, at=NOW)
    seen = own.own_note(gia, encounter_id=note.pk)
    assert ([p.text for p in seen.opened_parts], own.told_apart(seen)) == ([SECRET], [])
    actions.look_at_kept(part.pk, S.WAITING, by=officer, at=NOW)
    actions.look_at_kept(part.pk, S.AGREED, by=officer, at=NOW)
    assert own.own_note(gia, encounter_id=note.pk).opened_parts == []
    changed = NewKept("Her brother", "safety", "He looks at her phone.")
    part.refresh_from_db()
    with pytest.raises(Refused):
        actions.change_kept(part.pk, changed, seen=0, by=rosa, at=NOW)
    actions.change_kept(part.pk, changed, seen=part.revision, by=rosa, at=NOW)
    assert own.told_apart(own.own_note(gia, encounter_id=note.pk)) == []
    actions.withdraw_kept(part.pk, by=rosa, at=NOW)
    actions.restore_kept(part.pk, by=rosa, at=NOW)
    (part,) = kept.kept_of(rosa, encounter_id=note.pk)
    kinds = [step.kind for step in part.steps.all()]
    assert (part.status, kinds) == (
        "waiting",
        [
            "written",
            "asked",
            "answered",
            "opened",
            "back",
            "agreed",
            "changed",
            "withdrawn",
            "restored",
        ],
    )


def test_earlier_texts_are_kept_apart_with_it(pair, rosa, gia):
    note = signed(pair, what_we_did=SECRET)
    at = NOW + timedelta(minutes=1)
    now = a_note(what_we_did="We talked about family.")
    older = NewKept(SECRET, "about_another", "It stood in the note.", older=True)
    actions.correct_note(note.pk, now, reason="Her story", seen=0, by=rosa, at=at, kept=older)
    seen = own.own_note(gia, encounter_id=note.pk)
    assert (seen.what_we_did, own.said_before(seen)) == ("We talked about family.", [])
    actions.correct_note(note.pk, a_note(what_we_did="More."), reason="-", seen=1, by=rosa, at=at)
    seen = own.own_note(gia, encounter_id=note.pk)
    before = [dict(one.texts) for one in own.said_before(seen)]
    assert before == [{"what_we_did": "We talked about family."}]


def test_nothing_kept_back_costs_nothing(pair, django_assert_max_num_queries):
    """Signing asks the database as often as before there was such a part."""
    with django_assert_max_num_queries(50) as without:
        signed(pair)
    assert "kept" not in " ".join(query["sql"] for query in without.captured_queries)


@pytest.mark.practice("PEER-8")
def test_a_participant_answers_changes_and_takes_back(pair, rosa, gia):
    note = signed(pair)
    words_id = uuid4()
    for _click in range(2):
        own_actions.answer_note(
            words_id, note.pk, words="It was a hard day.", signed_name="", by=gia, at=NOW
        )
    (found,) = answers.answers(rosa)
    assert (found.words, found.from_outside) == ("It was a hard day.", True)
    actions.see_answer(words_id, by=rosa, at=NOW)
    assert list(answers.answers(rosa)) == []
    with pytest.raises(Refused):
        own_actions.change_own_words(words_id, words="-", signed_name="", seen=1, by=gia, at=NOW)
    own_actions.change_own_words(
        words_id, words="A hard, good day.", signed_name="Gia", seen=0, by=gia, at=NOW
    )
    (again,) = answers.answers(rosa)
    assert (again.words, again.signed_name) == ("A hard, good day.", "Gia")
    before = [v.words for v in own.own_words_before(gia, words_id=words_id)]
    assert before == ["It was a hard day."]
    own_actions.take_own_words_back(words_id, by=gia, at=NOW)
    (shown,) = timeline(rosa, participant_id=pair.participant.pk)
    assert (list(answers.answers(rosa)), list(shown.added_words.all())) == ([], [])
    own_actions.bring_own_words_back(words_id, by=gia, at=NOW)
    assert [a.pk for a in answers.answers(rosa)] == [words_id]


def test_a_participant_reads_only_signed_notes_of_their_own(pair, gia, rosa):
    note = signed(pair)
    gone = signed(pair)
    actions.void_note(gone.pk, reason="Wrong person", by=rosa, at=NOW)
    assert [n.pk for n in own.own_notes(gia)] == [note.pk]
    assert list(own.own_notes(rosa)) == []
