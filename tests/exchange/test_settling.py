"""Working off what waits, deciding who is the same, and taking a whole sheet back."""

from datetime import date

import pytest

from alongside.core.actor import Actor
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.encounters.models import Encounter
from alongside.exchange import actions, queries
from alongside.exchange.actions import Answer
from alongside.exchange.codes import BatchStatus, RowStatus
from alongside.exchange.models import ImportBatch, ImportRow
from alongside.outcomes.models import Milestone, ReturnToUse
from alongside.people.models import Identifier, Participant, SamePersonProposal
from alongside.plans.models import Requirement, Worksheet
from alongside.referrals.models import Referral, Referrer
from alongside.workforce.models import Credential, Supporter
from tests.exchange.test_batches import (
    CONTACTS,
    REFERRALS,
    STAFF,
    at,
    bring,
    by,
    counts,
    run,
)
from tests.factories import EncounterFactory, EpisodeFactory, SupporterFactory

__all__ = ["at", "by"]
pytestmark = pytest.mark.django_db

HEAD = b"Date,Start,End,Min,Who,PS,Notes\n"


@pytest.fixture
def people(by: Actor, at) -> None:
    names = b"Name,DOB\nGia Rivera,1/1/90\nLena Iverson,1/1/91\nLena Isaac,1/1/92\n"
    run(names, REFERRALS, by=by, at=at)
    run(b"Name,Initials\nKai Lor,KL5\nZoe Iverson,ZI1\n", STAFF, by=by, at=at)


def log(*rows: bytes, by: Actor, at) -> ImportBatch:
    return run(HEAD + b"\n".join(rows), CONTACTS, by=by, at=at)


@pytest.mark.usefixtures("people")
def test_a_swapped_row_comes_in_once_a_person_says_so(by, at) -> None:
    batch = log(b"6/1/26,16:45,16:15,30,Gia Rivera,KL5,walk", by=by, at=at)
    row = queries.to_sort_out(by, batch_id=batch.pk).get()
    assert row.why == "end_before_start"
    with pytest.raises(Refused, match="is before the start"):
        actions.settle_row(row.pk, Answer({}), by=by, at=at)
    mended = {"started": "16:15", "ended": "16:45", "nonsense": "x"}
    actions.settle_row(row.pk, Answer(mended), by=by, at=at)
    row.refresh_from_db()
    assert (row.status, row.settled_by_id) == (RowStatus.IMPORTED, by.id)
    assert row.cells[1:3] == ["16:45", "16:15"]
    assert row.corrected == {"started": "16:15", "ended": "16:45"}
    assert Encounter.objects.get(pk=row.pk).minutes == 30
    with pytest.raises(Refused, match="settled meanwhile"):
        actions.settle_row(row.pk, Answer({}), by=by, at=at)


@pytest.mark.usefixtures("people")
def test_offers_are_taken_for_all_rows_at_once_by_a_person(by, at) -> None:
    batch = log(
        b"6/1/26,16:45,16:15,30,Gia Rivera,KL5,",
        b"6/2/26,12:00,11:00,60,Gia Rivera,KL5,",
        b"6/2/26,12:00,11:00,60,Gia Rivera,??,",
        b"6/2/2036,11:00,12:00,60,Gia Rivera,KL5,",
        by=by,
        at=at,
    )
    took = actions.accept_offers(batch_id=batch.pk, why="end_before_start", by=by, at=at)
    assert took == 2
    assert queries.reasons(by, batch_id=batch.pk) == {
        "date_in_the_future": 1,
        "supporter_unknown": 1,
    }
    batch.refresh_from_db()
    assert batch.problem_counts == {
        "date_in_the_future": 1,
        "supporter_unknown": 1,
        "end_before_start": 1,
    }


@pytest.mark.usefixtures("people")
def test_who_it_was_is_said_once_for_all_rows_so_written(by, at) -> None:
    batch = log(
        b"6/1/26,,,30,Lena I.,KL5,a",
        b"6/2/26,,,30,lena i,KL5,b",
        b"6/3/26,,,30,Lena I.,??,c",
        b"6/4/26,,,30,Gia,KL5,d",
        by=by,
        at=at,
    )
    row = queries.to_sort_out(by, batch_id=batch.pk)[0]
    lena = Participant.objects.get(name="Lena Isaac")
    assert set(actions.people_meant("Lena I.", by=by)) >= {lena.pk}
    also = actions.settle_row(
        row.pk, Answer({}, participant_id=lena.pk, for_name=True), by=by, at=at
    )
    assert also == 1
    assert lena.encounters.count() == 2
    assert queries.reasons(by, batch_id=batch.pk) == {"supporter_unknown": 1, "who_unknown": 1}
    third = queries.to_sort_out(by, batch_id=batch.pk)[0]
    assert third.chosen == {"participant": str(lena.pk)}
    kai = Supporter.objects.get(initials="KL5")
    actions.settle_row(third.pk, Answer({}, supporter_id=kai.pk), by=by, at=at)
    assert lena.encounters.count() == 3


@pytest.mark.usefixtures("people")
def test_a_person_or_supporter_of_another_agency_cannot_be_chosen(by, at) -> None:
    batch = log(b"6/1/26,,,30,Lena I.,KL5,a", by=by, at=at)
    row = queries.to_sort_out(by, batch_id=batch.pk).get()
    stranger = SupporterFactory()
    with pytest.raises(Supporter.DoesNotExist):
        actions.settle_row(row.pk, Answer({}, supporter_id=stranger.pk), by=by, at=at)


@pytest.mark.usefixtures("people")
def test_what_was_missing_is_found_on_a_second_look(by, at) -> None:
    batch = log(b"6/1/26,,,30,Tou Vang,KL5,a", b"6/2/26,,,30,Tou Vang,QQ,b", by=by, at=at)
    assert queries.reasons(by, batch_id=batch.pk) == {"who_unknown": 2}
    run(b"Name\nTou Vang\n", REFERRALS, by=by, at=at)
    assert actions.try_again(by=by, at=at) == 1
    assert queries.reasons(by, batch_id=batch.pk) == {"supporter_unknown": 1}


@pytest.mark.usefixtures("people")
def test_a_row_is_left_out_with_a_reason_and_taken_up_again(by, at) -> None:
    batch = log(b",,,,*** by Jo ***,,", by=by, at=at)
    row = queries.to_sort_out(by, batch_id=batch.pk).get()
    with pytest.raises(Refused, match="Say in a few words"):
        actions.skip_row(row.pk, reason=" ", by=by, at=at)
    row = actions.skip_row(row.pk, reason="a remark", by=by, at=at)
    assert (row.status, row.skip_reason) == (RowStatus.SKIPPED, "a remark")
    row = actions.take_up_row(row.pk, by=by, at=at)
    assert (row.status, row.skip_reason) == (RowStatus.TO_SORT_OUT, "")


def test_one_click_takes_a_sheet_back_and_one_brings_it_again(by, at) -> None:
    batch = bring("referrals.csv", REFERRALS, by=by, at=at)
    undone = actions.undo_batch(batch.pk, by=by, at=at)
    assert (undone.rows, undone.stayed) == (118, 0)
    assert Participant.objects.filter(voided_at=None).count() == 0
    assert Referral.objects.filter(voided_at=None).count() == 0
    assert Referrer.objects.filter(voided_at=None).count() == 0
    assert queries.open_proposals(by).count() == 0
    assert counts(batch, by) == {RowStatus.UNDONE: 118}
    assert actions.redo_batch(batch.pk, by=by, at=at) == 118
    assert counts(batch, by) == {RowStatus.IMPORTED: 117, RowStatus.TO_SORT_OUT: 1}
    assert Participant.objects.filter(voided_at=None).count() == 117
    assert Referrer.objects.filter(voided_at=None).count() == 4
    assert queries.open_proposals(by).count() == 7
    batch.refresh_from_db()
    assert (batch.status, batch.undone_at) == (BatchStatus.DONE, None)


def test_rows_of_a_sheet_taken_back_may_come_in_again_but_not_twice(by, at) -> None:
    first = bring("referrals_old.csv", REFERRALS, by=by, at=at)
    actions.undo_batch(first.pk, by=by, at=at)
    second = bring("referrals_old.csv", REFERRALS, by=by, at=at)
    assert counts(second, by) == {RowStatus.IMPORTED: 30}
    with pytest.raises(Refused, match="30 of these rows came in again"):
        actions.redo_batch(first.pk, by=by, at=at)
    actions.undo_batch(second.pk, by=by, at=at)
    assert actions.redo_batch(first.pk, by=by, at=at) == 30


def test_what_was_worked_on_stays_and_the_answer_says_so(by, at, agency) -> None:
    batch = bring("referrals_old.csv", REFERRALS, by=by, at=at)
    noted, walking, moved, changed = Participant.objects.order_by("name")[:4]
    EncounterFactory(participant=noted)
    EpisodeFactory(participant=walking)
    Referral.objects.filter(participant=moved).update(status="accepted")
    Participant.objects.filter(pk=changed.pk).update(revision=1)
    undone = actions.undo_batch(batch.pk, by=by, at=at)
    assert (undone.rows, undone.stayed) == (26, 4)
    left = set(Participant.objects.filter(voided_at=None).values_list("pk", flat=True))
    assert left == {noted.pk, walking.pk, moved.pk, changed.pk}
    assert counts(batch, by) == {RowStatus.IMPORTED: 4, RowStatus.UNDONE: 26}
    again = bring("referrals_old.csv", REFERRALS, by=by, at=at)
    assert counts(again, by) == {RowStatus.ALREADY_THERE: 4, RowStatus.IMPORTED: 26}


@pytest.mark.usefixtures("people")
def test_taking_a_log_back_counts_the_contacts_anew(by, at) -> None:
    gia = Participant.objects.get(name="Gia Rivera")
    log(b"6/1/26,,,30,Gia Rivera,KL5,", by=by, at=at)
    batch = log(b"6/9/26,,,30,Gia Rivera,KL5,", by=by, at=at)
    gia.refresh_from_db()
    assert gia.last_contact_on == date(2026, 6, 9)
    actions.undo_batch(batch.pk, by=by, at=at)
    gia.refresh_from_db()
    assert gia.last_contact_on == date(2026, 6, 1)
    actions.redo_batch(batch.pk, by=by, at=at)
    gia.refresh_from_db()
    assert gia.last_contact_on == date(2026, 6, 9)


def test_a_staff_sheet_is_taken_back_with_its_certificates(by, at) -> None:
    batch = bring("staff.csv", STAFF, by=by, at=at)
    linked = Supporter.objects.get(name="Dale Dahl")
    Supporter.objects.filter(pk=linked.pk).update(user_id=by.id)
    undone = actions.undo_batch(batch.pk, by=by, at=at)
    assert (undone.rows, undone.stayed) == (13, 1)
    assert [s.name for s in Supporter.objects.filter(voided_at=None)] == ["Dale Dahl"]
    assert Credential.objects.filter(voided_at=None).count() == 1
    actions.redo_batch(batch.pk, by=by, at=at)
    assert Credential.objects.filter(voided_at=None).count() == 10


@pytest.mark.usefixtures("people")
def test_a_batch_stopped_in_the_middle_is_taken_back_and_gone_on_with(by, at) -> None:
    data = HEAD + b"6/1/26,,,30,Gia Rivera,KL5,a\n6/2/26,,,30,Gia Rivera,KL5,b\n"
    batch = actions.choose_file(data, "x.csv", CONTACTS, by=by, at=at)
    actions.begin_batch(batch.pk, by=by, at=at)
    actions.import_step(batch.pk, by=by, at=at, limit=1)
    actions.stop_batch(batch.pk, by=by, at=at)
    actions.undo_batch(batch.pk, by=by, at=at)
    assert Encounter.objects.filter(voided_at=None).count() == 0
    actions.redo_batch(batch.pk, by=by, at=at)
    batch.refresh_from_db()
    assert batch.status == BatchStatus.STOPPED
    actions.begin_batch(batch.pk, by=by, at=at)
    assert actions.import_step(batch.pk, by=by, at=at).done
    assert Encounter.objects.filter(voided_at=None).count() == 2


@pytest.fixture
def pair(by, at) -> SamePersonProposal:
    run(b"Name,DOB,Phone\nLena Iverson,3/2/02,\n", REFERRALS, by=by, at=at)
    run(b"Name,DOB,Phone\nIVERSON Lena,3/2/02,715-673-6498\n", REFERRALS, by=by, at=at)
    return SamePersonProposal.objects.get()


def test_the_same_person_keeps_one_record_and_can_be_parted_again(by, at, pair) -> None:
    assert pair.reason == "Same birth date and the same name, written the other way round."
    EncounterFactory(participant=pair.other, on=date(2026, 11, 1))
    actions.decide_same(pair.pk, keep=pair.kept_id, by=by, at=at)
    kept, other = Participant.objects.order_by("id")
    assert (kept.referrals.count(), other.referrals.count()) == (2, 0)
    assert (kept.phone, kept.last_contact_on, kept.revision) == (
        "715-673-6498",
        date(2026, 11, 1),
        1,
    )
    assert (other.same_as_id, other.last_contact_on) == (kept.pk, None)
    assert queries.open_proposals(by).count() == 0
    with pytest.raises(Refused, match="a moment ago"):
        actions.decide_different(pair.pk, by=by, at=at)
    actions.reopen_proposal(pair.pk, by=by, at=at)
    kept, other = Participant.objects.order_by("id")
    assert (kept.referrals.count(), other.referrals.count()) == (1, 1)
    assert (kept.phone, kept.last_contact_on, other.same_as_id) == ("", None, None)
    assert other.last_contact_on == date(2026, 11, 1)
    assert queries.open_proposals(by).count() == 1


def test_worksheets_go_along_and_come_back(by, at, pair) -> None:
    sheet = Worksheet.objects.create(
        agency_id=by.agency_id,
        participant=pair.other,
        tool="crisis-plan",
        tool_version=1,
        answers={"well": "I cook"},
        filled_in="together",
        begun_on=date(2026, 11, 1),
        kept_on=date(2026, 11, 1),
        kept_at=at,
        kept_by_id=by.id,
    )
    actions.decide_same(pair.pk, keep=pair.kept_id, by=by, at=at)
    sheet.refresh_from_db()
    assert sheet.participant_id == pair.kept_id
    actions.reopen_proposal(pair.pk, by=by, at=at)
    sheet.refresh_from_db()
    assert sheet.participant_id == pair.other_id


def test_what_is_asked_and_what_mattered_go_along_and_come_back(by, at, pair) -> None:
    base = {"agency_id": by.agency_id, "participant": pair.other, "at": at, "by_id": by.id}
    rows = [
        Requirement.objects.create(**base, words="Class", set_by="court"),
        Milestone.objects.create(**base, words="A key", on=date(2026, 11, 1)),
        ReturnToUse.objects.create(**base, known_on=date(2026, 11, 1), voided_at=at),
    ]
    for action, now in (
        (lambda: actions.decide_same(pair.pk, keep=pair.kept_id, by=by, at=at), pair.kept_id),
        (lambda: actions.reopen_proposal(pair.pk, by=by, at=at), pair.other_id),
    ):
        action()
        for row in rows:
            row.refresh_from_db()
        assert {row.participant_id for row in rows} == {now}


def test_numbers_go_along_and_open_where_they_went(by, at, pair) -> None:
    number = Identifier.objects.create(
        agency_id=by.agency_id,
        participant=pair.other,
        entry=new_id(),
        kind="medicaid",
        value="8812345670",
        kept_at=at,
        kept_by_id=by.id,
    )
    actions.decide_same(pair.pk, keep=pair.kept_id, by=by, at=at)
    found = Identifier.objects.get(pk=number.pk)
    assert (found.participant_id, found.value) == (pair.kept_id, "8812345670")
    actions.reopen_proposal(pair.pk, by=by, at=at)
    assert Identifier.objects.get(pk=number.pk).participant_id == pair.other_id


def test_two_people_are_not_proposed_again(by, at, pair) -> None:
    actions.decide_different(pair.pk, by=by, at=at)
    assert queries.open_proposals(by).count() == 0
    assert [p.answer for p in queries.decided_proposals(by)] == ["different"]


def test_the_record_with_the_supporter_is_the_one_to_keep(by, at, pair) -> None:
    EpisodeFactory(participant=pair.other)
    with pytest.raises(Refused, match="Keep that record instead"):
        actions.decide_same(pair.pk, keep=pair.kept_id, by=by, at=at)
    actions.decide_same(pair.pk, keep=pair.other_id, by=by, at=at)
    assert Participant.objects.get(pk=pair.kept_id).same_as_id == pair.other_id
    EpisodeFactory(participant=pair.kept)
    actions.reopen_proposal(pair.pk, by=by, at=at)
    pair.refresh_from_db()
    with pytest.raises(Refused, match="Both records have a supporter"):
        actions.decide_same(pair.pk, keep=pair.other_id, by=by, at=at)


def test_a_log_finds_the_one_record_of_two_that_are_the_same(by, at, pair) -> None:
    run(b"Name,Initials\nKai Lor,KL5\n", STAFF, by=by, at=at)
    batch = log(b"6/1/26,,,30,Lena Iverson,KL5,a", by=by, at=at)
    assert queries.reasons(by, batch_id=batch.pk) == {"who_ambiguous": 1}
    actions.decide_same(pair.pk, keep=pair.kept_id, by=by, at=at)
    assert actions.try_again(by=by, at=at) == 1
    row = ImportRow.objects.get(batch=batch)
    assert Encounter.objects.get(pk=row.pk).participant_id == pair.kept_id
