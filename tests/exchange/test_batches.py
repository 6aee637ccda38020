"""Sheets come in row by row: every source row is accounted for, and nothing comes in twice."""

import os
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest

from alongside.accounts.actions.resealing import sealed_tables
from alongside.accounts.codes import Role
from alongside.audit.models import AuditEvent
from alongside.core.actor import Actor
from alongside.core.refusal import Refused
from alongside.encounters.codes import EncounterKind, NoteStatus
from alongside.encounters.models import Encounter
from alongside.exchange import actions, queries
from alongside.exchange.codes import BatchStatus, RowStatus, SheetKind
from alongside.exchange.models import ImportBatch, ImportFile, ImportRow
from alongside.people.models import Participant, SamePersonProposal
from alongside.practice.codes import Audience
from alongside.referrals.actions.rhythm import (
    contact_happened,
    many_contacts_happened,
    recount_contacts,
    recount_many,
)
from alongside.referrals.codes import ReferralStatus, Source
from alongside.referrals.models import Referral, Referrer
from alongside.workforce.models import Credential, SharedExperience, Supporter
from tests.factories import AgencyFactory, EpisodeFactory, ReferralFactory, UserFactory

pytestmark = pytest.mark.django_db

DATA = Path(__file__).parent.parent / "data"
STAFF, REFERRALS, CONTACTS = SheetKind.STAFF, SheetKind.REFERRALS, SheetKind.CONTACTS


@pytest.fixture
def by(actor) -> Actor:
    return actor(Role.COORDINATOR)


@pytest.fixture
def at() -> datetime:
    return datetime.fromisoformat("2026-11-22T16:30:00+00:00")


def run(
    data: bytes, kind: SheetKind, *, by: Actor, at: datetime, name: str = "x.csv"
) -> ImportBatch:
    batch = actions.choose_file(data, name, kind, by=by, at=at)
    actions.begin_batch(batch.pk, by=by, at=at)
    memory = actions.Memory(by.agency_id)
    while not actions.import_step(batch.pk, by=by, at=at, memory=memory).done:
        pass
    batch.refresh_from_db()
    return batch


def bring(name: str, kind: SheetKind, *, by: Actor, at: datetime) -> ImportBatch:
    return run((DATA / name).read_bytes(), kind, by=by, at=at, name=name)


def counts(batch: ImportBatch, by: Actor) -> dict[RowStatus, int]:
    return dict(queries.row_counts(by, [batch.pk])[batch.pk])


@pytest.mark.practice("PSP-5")
def test_the_referral_sheet_comes_in_and_a_second_time_adds_nothing(by, at) -> None:
    batch = bring("referrals.csv", REFERRALS, by=by, at=at)
    assert counts(batch, by) == {RowStatus.IMPORTED: 117, RowStatus.TO_SORT_OUT: 1}
    assert (Participant.objects.count(), Referral.objects.count(), Referrer.objects.count()) == (
        117,
        117,
        4,
    )
    assert SamePersonProposal.objects.count() == 7
    lena = Participant.objects.filter(name="Lena Dahl").get()
    assert (lena.name_key, lena.born_on, lena.county) == ("lena dahl", date(1967, 12, 3), "Rusk")
    referral = lena.referrals.get()
    assert (referral.received_on, referral.source, referral.status) == (
        date(2026, 7, 10),
        Source.SHEET,
        ReferralStatus.RECEIVED,
    )
    again = bring("referrals.csv", REFERRALS, by=by, at=at)
    assert counts(again, by) == {RowStatus.ALREADY_THERE: 118}
    assert (Participant.objects.count(), SamePersonProposal.objects.count()) == (117, 7)


def test_every_source_row_is_kept_verbatim_with_its_file(by, at) -> None:
    batch = bring("referrals.csv", REFERRALS, by=by, at=at)
    rows = {row.number: row.cells for row in ImportRow.objects.filter(batch=batch)}
    assert rows[4][:4] == ["14 June 2026", "Nkauj Núñez", "9/7/02", ""]
    assert rows[8][11] == "wants to meet at library\nNOT at home"
    file = ImportFile.objects.get(batch=batch)
    assert bytes(file.content) == (DATA / "referrals.csv").read_bytes()


def test_a_sheet_lies_sealed_and_a_change_of_keys_seals_it_anew(by, at, settings) -> None:
    bring("referrals_old.csv", REFERRALS, by=by, at=at)
    data, opened = (DATA / "referrals_old.csv").read_bytes(), ImportRow.objects.order_by("number")
    before = [row.cells for row in opened]
    tables = {table.model: table for table in sealed_tables()}
    kept = {
        ImportRow: bytes(ImportRow.objects.values_list("cells", flat=True)[0]),
        ImportFile: bytes(ImportFile.objects.values_list("content", flat=True)[0]),
        ImportBatch: bytes(ImportBatch.objects.values_list("left_out", flat=True)[0]),
    }
    said = {cell.encode() for row in before for cell in row if len(cell) > 3}
    assert [word for word in said if any(word in closed for closed in kept.values())] == []
    settings.SEALING_KEYS = (os.urandom(32), *settings.SEALING_KEYS)
    for model, closed in kept.items():
        done = tables[model].step(by.agency_id, after=None, limit=1000).done
        field = {ImportRow: "cells", ImportFile: "content", ImportBatch: "left_out"}[model]
        now = {bytes(one) for one in model.objects.values_list(field, flat=True)}
        assert (done, closed in now) == (model.objects.count(), False)
    assert [row.cells for row in opened.all()] == before
    assert ImportFile.objects.get().content == data


def test_what_is_unknown_stays_unknown_and_is_told(by, at) -> None:
    batch = bring("referrals.csv", REFERRALS, by=by, at=at)
    blake = Participant.objects.get(name="Blake Gunderson")
    assert (blake.born_on, blake.born_on_as_written, blake.phone) == (None, "??", "347-0262")
    row = ImportRow.objects.get(pk=blake.pk)
    assert [p["kind"] for p in row.problems] == ["birth_date_unreadable", "phone_incomplete"]
    assert batch.problem_counts == {
        "birth_date_impossible": 5,
        "birth_date_missing": 5,
        "birth_date_unreadable": 3,
        "not_a_person": 1,
        "phone_incomplete": 12,
    }


@pytest.mark.practice("PEER-1", "PSP-3")
def test_the_staff_sheet_opens_lived_experience_no_further_than_it_says(by, at) -> None:
    batch = bring("staff.csv", STAFF, by=by, at=at)
    assert counts(batch, by) == {RowStatus.IMPORTED: 14}
    assert (Supporter.objects.count(), Credential.objects.count()) == (14, 10)
    assert set(SharedExperience.objects.values_list("audience", flat=True)) == {Audience.STAFF}
    plain = (DATA / "staff.csv").read_bytes().replace(b" (ok to share inside)", b"")
    other = plain.replace(b"Mai Her,MH0", b"Nou Her,NH9")
    run(other, STAFF, by=by, at=at)
    nou = Supporter.objects.get(name="Nou Her")
    audiences = set(nou.experiences.values_list("audience", flat=True))
    assert audiences == {Audience.NOBODY}


def test_a_supporter_who_is_there_waits_for_a_person(by, at) -> None:
    bring("staff.csv", STAFF, by=by, at=at)
    batch = run(b"Name,Initials,Credential\nMai Her,MH,CPS\nOtto New,DD3,\n", STAFF, by=by, at=at)
    assert counts(batch, by) == {RowStatus.TO_SORT_OUT: 2}
    assert queries.reasons(by, batch_id=batch.pk) == {"already_on_staff": 2}


@pytest.mark.practice("PEER-1")
def test_who_is_in_training_comes_in_as_that(by, at) -> None:
    run(b"Name,Initials,Credential\nMai Her,MH,in training\nEli Lor,EL,CPS\n", STAFF, by=by, at=at)
    kept = Credential.objects.order_by("supporter__name").values_list("kind", "in_training")
    assert list(kept) == [("cps", False), ("cps", True)]


@pytest.mark.practice("SVC-5", "SVC-9", "SVC-10")
def test_the_contact_log_finds_its_people(by, at) -> None:
    for name, kind in (
        ("staff.csv", STAFF),
        ("referrals.csv", REFERRALS),
        ("referrals_old.csv", REFERRALS),
    ):
        bring(name, kind, by=by, at=at)
    batch = bring("contact_log.xlsx", CONTACTS, by=by, at=at)
    assert counts(batch, by) == {RowStatus.IMPORTED: 2649, RowStatus.TO_SORT_OUT: 351}
    assert queries.reasons(by, batch_id=batch.pk) == {
        "who_ambiguous": 159,
        "supporter_unknown": 85,
        "end_before_start": 59,
        "date_in_the_future": 33,
        "no_duration": 15,
    }
    kinds = Counter(Encounter.objects.values_list("kind", flat=True))
    assert kinds == {EncounterKind.CONTACT: 2468, EncounterKind.ATTEMPT: 181}
    assert set(Encounter.objects.values_list("status", flat=True)) == {NoteStatus.BROUGHT_OVER}
    first = Encounter.objects.get(pk=ImportRow.objects.get(batch=batch, number=4).pk)
    assert (first.participant.name, first.supporter.initials, first.minutes) == (
        "Otis Becker",
        "KL5",
        90,
    )
    assert first.started_at == datetime.fromisoformat("2026-06-26T23:15:00+00:00")
    assert first.place_words == "court"
    last = first.participant.encounters.filter(kind="contact").order_by("-on")[0]
    first.participant.refresh_from_db()
    assert first.participant.last_contact_on == last.on
    again = bring("contact_log.xlsx", CONTACTS, by=by, at=at)
    assert counts(again, by) == {RowStatus.ALREADY_THERE: 3000}
    assert Encounter.objects.count() == 2649


@pytest.mark.practice("SVC-10")
def test_the_first_contact_after_a_referral_is_counted(by, at, agency) -> None:
    referral = ReferralFactory(participant__agency=agency, participant__name="Gia Rivera")
    run(b"Name,Initials\nKai Lor,KL5\n", STAFF, by=by, at=at)
    log = b"Date,Min,Who,PS,What we did\n11/5/26,30,Gia R.,KL5,\n11/12/26,30,Gia R.,KL5,\n"
    log += b"11/20/26,30,Gia R.,KL5,walk\n11/10/26,5,Gia R.,KL5,no show\n"
    run(log, CONTACTS, by=by, at=at)
    referral.refresh_from_db()
    referral.participant.refresh_from_db()
    assert referral.first_contact_on == date(2026, 11, 12)
    assert referral.participant.last_contact_on == date(2026, 11, 20)


@pytest.mark.practice("SVC-10")
@pytest.mark.parametrize("days", [["2026-11-02"], ["2026-11-12", "2026-10-01", "2026-11-05"], []])
def test_days_that_come_together_count_like_days_that_come_one_by_one(by, at, agency, days) -> None:
    def pair():
        referral = ReferralFactory(participant__agency=agency, received_on=date(2026, 11, 1))
        begun_on = date(2026, 11, 3)
        return referral, EpisodeFactory(participant=referral.participant, begun_on=begun_on)

    def counted(referral, episode):
        for row in (referral, referral.participant, episode):
            row.refresh_from_db()
        return (
            referral.first_contact_on,
            referral.participant.last_contact_on,
            episode.last_contact_on,
            days and episode.contact_due_on,
        )

    together, one_by_one = pair(), pair()
    on = [date.fromisoformat(day) for day in days]
    many_contacts_happened({together[0].participant_id: on}, by=by)
    for day in on:
        contact_happened(one_by_one[0].participant_id, on=day, by=by, at=at)
    assert counted(*together) == counted(*one_by_one)
    recount_many({together[0].participant_id: on[:1]}, by=by)
    recount_contacts(one_by_one[0].participant_id, days=on[:1])
    assert counted(*together) == counted(*one_by_one)


@pytest.mark.asvs("15.2.2")
def test_a_batch_stops_and_goes_on_at_any_row(by, at) -> None:
    data = (DATA / "referrals.csv").read_bytes()
    batch = actions.choose_file(data, "r.csv", REFERRALS, by=by, at=at)
    actions.begin_batch(batch.pk, by=by, at=at)
    step = actions.import_step(batch.pk, by=by, at=at, limit=50)
    assert (step.read, step.rows, step.done) == (50, 118, False)
    actions.stop_batch(batch.pk, by=by, at=at)
    assert actions.import_step(batch.pk, by=by, at=at).read == 50
    actions.begin_batch(batch.pk, by=by, at=at)
    step = actions.import_step(batch.pk, by=by, at=at)
    assert (step.read, step.done) == (118, True)
    assert Participant.objects.count() == 117
    assert SamePersonProposal.objects.count() == 7


def test_a_row_that_stands_twice_in_a_sheet_comes_in_once(by, at) -> None:
    batch = run(b"Name,County\nGia Rivera,Polk\nGia Rivera, Polk\n", REFERRALS, by=by, at=at)
    assert counts(batch, by) == {RowStatus.IMPORTED: 1, RowStatus.ALREADY_THERE: 1}


def test_a_contact_that_is_logged_already_waits_though_its_row_reads_otherwise(by, at) -> None:
    run(b"Name\nGia Rivera\n", REFERRALS, by=by, at=at)
    run(b"Name,Initials\nKai Lor,KL5\n", STAFF, by=by, at=at)
    head = b"Date,Start,End,Who,PS,Notes\n"
    run(head + b"6/1/26,10:30 am,11:00 am,Gia Rivera,KL5,walk\n", CONTACTS, by=by, at=at)
    row = b"6/1/26,10:30 am,11:00 am,Gia R.,KL5,a long walk\n"
    batch = run(head + row, CONTACTS, by=by, at=at)
    assert queries.reasons(by, batch_id=batch.pk) == {"already_logged": 1}
    waits = queries.to_sort_out(by, batch_id=batch.pk).get()
    actions.settle_row(waits.pk, actions.Answer({}, again=True), by=by, at=at)
    assert Encounter.objects.count() == 2


def test_columns_are_kept_for_the_next_sheet_with_this_header(by, at) -> None:
    data = b"When,Whom,Staffer,Took\n6/1/26,Gia R.,KL5,30\n"
    batch = actions.choose_file(data, "a.csv", CONTACTS, by=by, at=at)
    columns = {"on": 0, "name": 1, "supporter": 2, "minutes": 3}
    assert batch.columns != columns
    actions.set_columns(batch.pk, columns, keep=True, by=by, at=at)
    later = actions.choose_file(data, "b.csv", CONTACTS, by=by, at=at)
    assert later.columns == columns
    actions.begin_batch(later.pk, by=by, at=at)
    with pytest.raises(Refused, match="Rows of this sheet are in the record"):
        actions.set_columns(later.pk, columns, keep=False, by=by, at=at)


def test_a_sheet_without_a_needed_column_does_not_begin(by, at) -> None:
    data = b"When,Took,Miles\n6/1/26,30,4\n"
    batch = actions.choose_file(data, "a.csv", CONTACTS, by=by, at=at)
    with pytest.raises(Refused, match="We did not find the column “Who”"):
        actions.begin_batch(batch.pk, by=by, at=at)


def test_looking_writes_nothing(by, at) -> None:
    data = (DATA / "referrals.csv").read_bytes()
    batch = actions.choose_file(data, "r.csv", REFERRALS, by=by, at=at)
    rows = list(queries.rows_of(batch))
    looked = actions.look_at(batch, rows, by=by, at=at)
    assert Counter(look.status for look in looked) == {
        RowStatus.IMPORTED: 117,
        RowStatus.TO_SORT_OUT: 1,
    }
    assert sum(bool(look.same_person) for look in looked) == 7
    assert (Participant.objects.count(), Referral.objects.count()) == (0, 0)


def test_a_file_put_away_can_be_taken_out_again(by, at) -> None:
    batch = actions.choose_file(b"Name\nGia\n", "r.csv", REFERRALS, by=by, at=at)
    actions.put_away(batch.pk, by=by, at=at)
    assert queries.history(by) == []
    with pytest.raises(Refused, match="moved on"):
        actions.begin_batch(batch.pk, by=by, at=at)
    actions.take_out(batch.pk, by=by, at=at)
    assert [found.status for found in queries.history(by)] == [BatchStatus.CHOSEN]


def test_only_those_who_manage_imports_may(actor, by, at) -> None:
    batch = actions.choose_file(b"Name\nGia\n", "r.csv", REFERRALS, by=by, at=at)
    supporter = actor(Role.SUPPORTER)
    with pytest.raises(Refused, match="coordinator"):
        actions.choose_file(b"Name\nGia\n", "r.csv", REFERRALS, by=supporter, at=at)
    with pytest.raises(Refused, match="coordinator"):
        actions.begin_batch(batch.pk, by=supporter, at=at)
    assert queries.history(supporter) == []
    assert queries.people_named(supporter, words="Gia") == []


def test_another_agency_sees_and_meets_nothing_of_it(by, at) -> None:
    bring("referrals_old.csv", REFERRALS, by=by, at=at)
    other = Actor(
        id=UserFactory(agency=AgencyFactory(name="Other")).pk,
        agency_id=AgencyFactory(name="Third").pk,
        permissions=by.permissions,
    )
    assert (queries.history(other), queries.people_named(other, words="Xee")) == ([], [])
    batch = bring("referrals_old.csv", REFERRALS, by=other, at=at)
    assert counts(batch, other)[RowStatus.IMPORTED] == 30
    assert queries.open_proposals(other).count() == 0
    with pytest.raises(ImportBatch.DoesNotExist):
        actions.undo_batch(batch.pk, by=by, at=at)


def test_everything_brought_in_is_an_event_without_a_name(by, at) -> None:
    bring("referrals_old.csv", REFERRALS, by=by, at=at)
    verbs = Counter(AuditEvent.objects.values_list("verb", flat=True))
    assert verbs == {
        "sheet.chosen": 1,
        "sheet.running": 1,
        "sheet.done": 1,
        "participant.imported": 30,
        "referral.imported": 30,
        "referrer.imported": 4,
    }
    assert "Frank" not in str(list(AuditEvent.objects.values_list("target", "detail")))
