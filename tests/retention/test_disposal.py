"""A record goes whole, by two persons, and nothing of anybody else with it."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.accounts.codes import Role
from alongside.accounts.queries import actor_for
from alongside.audit.queries import verify
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.encounters.models import Encounter
from alongside.exchange.models import ImportBatch, ImportFile, ImportRow
from alongside.files import disk
from alongside.files.models import StoredFile
from alongside.people.models import Participant, SamePersonProposal
from alongside.practice.retention import Kept
from alongside.referrals.models import Episode
from alongside.retention import actions, queries
from alongside.retention.models import Disposal
from alongside.retention.queries import reach
from tests.factories import (
    NOW,
    TODAY,
    AgencyFactory,
    EncounterFactory,
    EpisodeFactory,
    ParticipantFactory,
)
from tests.retention.full import (
    LONG_AFTER,
    WORD,
    every_cell,
    fill,
    holding,
    label_of,
    said_in_sheets,
)
from tests.security.world import a_side

pytestmark = pytest.mark.django_db
# What a disposal writes itself.
WRITTEN = {"retention_disposal", "audit_auditevent", "audit_chainhead"}
# A participant's own account is emptied, and stays for what points to it.
CHANGED = {"exchange_importrow", "exchange_importfile", "accounts_user"}


def test_every_model_is_part_of_a_record_or_says_why_not():
    """A new model with a participant is part of it by itself; any other needs a reason."""
    known = set(reach.STAYS) | reach.CARRIED
    out = {model._meta.label for model in reach.ours() if model not in reach.reach().keys}
    assert (out - known, known - out) == (set(), set())


def test_what_is_between_two_points_to_two():
    two = {
        model._meta.label
        for model in reach.reach().keys
        if sum(key.related_model is Participant for key in reach.keys_of(model)) > 1
    }
    assert two == reach.BETWEEN_TWO


def ended(agency, *, on=TODAY - timedelta(days=366 * 12), **more):
    """Someone whose support ended long ago."""
    person = ParticipantFactory(agency=agency, **more)
    EpisodeFactory(participant=person, status="concluded", ended_on=on, begun_on=on)
    return person


def propose(person, by, at=NOW):
    return actions.propose_disposal(person.pk, disposal_id=new_id(), by=by, at=at)


@pytest.fixture
def officer(actor):
    return actor(Role.PRIVACY_OFFICER)


@pytest.fixture
def second(actor):
    return actor(Role.ADMINISTRATOR)


@pytest.mark.asvs("14.2.4", "14.2.7")
def test_nothing_is_left_of_a_person_and_nothing_of_others_is_touched(
    django_capture_on_commit_callbacks,
):
    side = a_side("Zaunkoenig")
    officer = actor_for(side.users["privacy-officer"])
    second = actor_for(side.users["administrator"])
    person = fill(side, officer)
    found = reach.rows_about(officer, ids=[person.pk])
    paper = StoredFile.objects.get(name=f"{WORD}.pdf")
    papers = reach.carried_by(found)[StoredFile]
    assert paper.pk in papers
    before, in_sheets = every_cell(), said_in_sheets(WORD)
    assert len(in_sheets) == 3 * 4  # three rows and the file, each id in three forms
    wanted = {model._meta.label: len(pks) for model, pks in found.items()}
    assert [label for label, count in wanted.items() if not count] == []
    assert len(holding(before, WORD)) > 25

    proposed = propose(person, officer, LONG_AFTER)
    with django_capture_on_commit_callbacks(execute=True):
        done = actions.confirm_disposal(proposed.pk, by=second, at=LONG_AFTER)

    after = every_cell()
    assert holding(after, WORD) == {}
    assert [pk for pk in papers if disk.read(pk) is not None] == []
    for table, rows in before.items():
        left = set(after[table]) - set(rows)
        assert table in WRITTEN | CHANGED or not left, table
        if table not in WRITTEN | CHANGED:
            gone = len(rows) - len(after[table])
            assert gone == done.rows.get(label_of(table), 0), table
    assert len(set(before["accounts_user"]) - set(after["accounts_user"])) == 1
    others = [
        row
        for row in before["exchange_importrow"]
        if WORD not in str(row) and not in_sheets & set(row)
    ]
    assert len(others) > 0
    assert set(others) <= set(after["exchange_importrow"])
    assert said_in_sheets(WORD) == set()
    assert {label: done.rows[label] for label in wanted} == wanted
    assert (done.files, Disposal.objects.get(pk=done.pk).files_left) == (len(papers), [])
    assert verify(officer.agency_id) == []


def test_rows_of_a_sheet_stay_in_the_count_without_their_cells():
    side = a_side("Zaunkoenig")
    officer = actor_for(side.users["privacy-officer"])
    person = fill(side, officer)
    proposed = propose(person, officer, LONG_AFTER)
    actions.confirm_disposal(proposed.pk, by=actor_for(side.users["administrator"]), at=LONG_AFTER)
    rows = ImportRow.objects.filter(batch__filename="old.csv").order_by("number")
    assert [(row.cells, row.status) for row in rows] == [
        (["", ""], "imported"),
        (["", ""], "already_there"),
        (["", ""], "skipped"),
        (["Bo", "Polk"], "imported"),
    ]
    assert bytes(ImportFile.objects.get(batch__filename="old.csv").content) == b""


def test_a_name_that_someone_else_has_too_empties_no_row(agency, officer, second):
    one = ended(agency, name="Ana Lee")
    ParticipantFactory(agency=agency, name="Ana Lee")
    batch = ImportBatch.objects.create(
        agency=agency, kind="contacts", filename="c.csv", header_row=1, day=TODAY, status="done",
        row_count=1, chosen_at=NOW,
    )  # fmt: skip
    ImportRow.objects.create(
        agency=agency, batch=batch, number=1, cells=["Ana Lee"], fingerprint="f",
        status="to_sort_out", who_key="ana lee",
    )  # fmt: skip
    actions.confirm_disposal(propose(one, officer).pk, by=second, at=NOW)
    assert ImportRow.objects.get().cells == ["Ana Lee"]


def test_something_goes_wrong_in_between_and_nothing_is_half_done(
    agency, officer, second, settings
):
    person = ended(agency)
    proposed = propose(person, officer)
    settings.FORGETTING = ["tests.retention.test_disposal.breaks"]
    before = every_cell()
    with pytest.raises(RuntimeError):
        actions.confirm_disposal(proposed.pk, by=second, at=NOW)
    assert every_cell() == before


def breaks(by, *, made, people):
    raise RuntimeError


def test_bytes_that_a_stopped_machine_left_are_erased_later(agency, officer, second):
    person = ended(agency)
    proposed = propose(person, officer)
    left = new_id()
    disk.write(left, b"x")
    done = actions.confirm_disposal(proposed.pk, by=second, at=NOW)
    Disposal.objects.filter(pk=done.pk).update(files_left=[str(left)])
    again = actions.finish_files(done.pk, by=officer, at=NOW)
    assert (disk.read(left), again.files_left) == (None, [])


def test_a_row_of_two_records_stops_it(agency, officer, second, monkeypatch):
    one, two = ended(agency), ended(agency)
    SamePersonProposal.objects.create(agency=agency, kept=one, other=two, reason="Same name.")
    monkeypatch.setattr(reach, "BETWEEN_TWO", frozenset())
    proposed = propose(one, officer)
    with pytest.raises(Refused) as told:
        actions.confirm_disposal(proposed.pk, by=second, at=NOW)
    assert told.value.refusal.code == "entangled"
    assert Participant.objects.count() == 2


def test_rows_found_to_be_the_same_person_go_along(agency, officer, second):
    one = ended(agency)
    also = ParticipantFactory(agency=agency, same_as=one)
    EncounterFactory(participant=also, on=TODAY - timedelta(days=366 * 11))
    done = actions.confirm_disposal(propose(one, officer).pk, by=second, at=NOW)
    assert (Participant.objects.count(), done.also_ids) == (0, [str(also.pk)])
    assert done.rows["people.Participant"] == 2


def test_what_someone_lived_under_the_other_row_keeps_the_record(agency, officer):
    one = ended(agency)
    EncounterFactory(participant=ParticipantFactory(agency=agency, same_as=one), on=TODAY)
    found = queries.standing_of(officer, participant_id=one.pk, on=TODAY)
    assert (found.due, found.reasons[0].counted_on) == (False, TODAY)


@pytest.mark.asvs("2.3.5")
@pytest.mark.parametrize(
    ("change", "code"),
    [
        pytest.param("oneself", "oneself", id="who proposed it cannot confirm it"),
        pytest.param("hold", "not-due", id="a hold that came in between"),
        pytest.param("note", "not-due", id="the person came back in between"),
        pytest.param("taken back", "taken-back", id="taken back before"),
        pytest.param("done", "done", id="done already"),
    ],
)
def test_why_not_confirm(agency, officer, second, change, code):
    person, by = ended(agency), second
    proposed = propose(person, officer)
    if change == "oneself":
        by = officer
    elif change == "hold":
        actions.place_hold(person.pk, "A letter came", hold_id=new_id(), by=officer, at=NOW)
    elif change == "note":
        EncounterFactory(participant=person, on=TODAY)
    elif change == "taken back":
        actions.take_disposal_back(proposed.pk, by=second, at=NOW)
    else:
        actions.confirm_disposal(proposed.pk, by=second, at=NOW)
    with pytest.raises(Refused) as told:
        actions.confirm_disposal(proposed.pk, by=by, at=NOW)
    assert told.value.refusal.code == code
    assert Participant.objects.exists() is (change != "done")


def test_five_clicks_propose_once_and_others_wait(agency, officer, actor):
    person, one = ended(agency), new_id()
    for _click in range(5):
        actions.propose_disposal(person.pk, disposal_id=one, by=officer, at=NOW)
    assert Disposal.objects.count() == 1
    with pytest.raises(Refused) as told:
        propose(person, actor(Role.PRIVACY_OFFICER))
    assert told.value.refusal.code == "proposed"


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.PRIVACY_OFFICER}])
def test_only_the_privacy_officer_sees_what_is_due(agency, actor, role):
    ended(agency)
    viewer = actor(role)
    assert queries.due_records(viewer, on=TODAY) == ([], None)


def test_another_agency_is_not_in_the_list(agency, officer):
    ended(AgencyFactory(name="Elsewhere"))
    assert queries.due_records(officer, on=TODAY) == ([], None)


def test_what_is_due_comes_by_key_and_costs_the_same(agency, officer, monkeypatch):
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            queries.due_records(officer, on=TODAY)
        return len(seen)

    people = [ended(agency)]
    one = asked()
    people += [ended(agency), ended(agency)]
    ParticipantFactory(agency=agency)
    EpisodeFactory(participant=ended(agency, on=TODAY - timedelta(days=366 * 3)), status="open")
    assert asked() == one
    monkeypatch.setattr("alongside.retention.queries.standing.PAGE", 2)
    first, then = queries.due_records(officer, on=TODAY)
    rest, end = queries.due_records(officer, on=TODAY, after=then)
    found = [row.person.pk for row in first + rest]
    assert (found, end) == (sorted(person.pk for person in people), None)


def test_candidates_leave_nobody_out_who_is_due(agency, officer):
    """The database narrows, the rule decides: to the day, the two agree."""
    for days in range(-2, 3):
        day = TODAY.replace(year=TODAY.year - 7) + timedelta(days=days)
        ended(agency, on=day)
    found, _then = queries.due_records(officer, on=TODAY)
    rule = [
        queries.standing_of(officer, participant_id=person.pk, on=TODAY).due
        for person in Participant.objects.order_by("pk")
    ]
    assert (len(found), rule) == (2, [True, True, False, False, False])


def test_keeping_longer_is_kept_to_and_never_shorter(agency, officer):
    ended(agency, on=TODAY - timedelta(days=366 * 8))
    with pytest.raises(Refused) as told:
        actions.keep_longer({Kept.RECORD: 5}, "Room", by=officer, at=NOW)
    assert (told.value.refusal.code, told.value.refusal.field) == ("shorter", "record")
    assert len(queries.due_records(officer, on=TODAY)[0]) == 1
    for _click in range(2):
        actions.keep_longer({Kept.RECORD: 10}, "Our funder asks", by=officer, at=NOW)
    assert [row.number for row in queries.keeping_longer(officer)] == [1]
    assert queries.due_records(officer, on=TODAY)[0] == []


def test_a_hold_keeps_the_record_until_it_is_lifted(agency, officer):
    person, one = ended(agency), new_id()
    for _click in range(5):
        hold = actions.place_hold(person.pk, "A letter came", hold_id=one, by=officer, at=NOW)
    assert queries.due_records(officer, on=TODAY)[0] == []
    assert queries.standing_of(officer, participant_id=person.pk, on=TODAY).due is False
    with pytest.raises(Refused) as told:
        actions.lift_hold(hold.pk, " ", by=officer, at=NOW)
    assert told.value.refusal.code == "no-reason"
    actions.lift_hold(hold.pk, "The court is done", by=officer, at=NOW)
    assert len(queries.due_records(officer, on=TODAY)[0]) == 1


def test_a_record_that_comes_back_to_life_is_not_due(agency, officer):
    person = ended(agency)
    Episode.objects.filter(participant=person).update(status="open", ended_on=None)
    assert queries.due_records(officer, on=TODAY)[0] == []


def test_the_disposal_says_why_and_by_whom_and_names_nobody(agency, officer, second):
    person = ended(agency, name="Gia Rivera")
    Encounter.objects.all().delete()
    done = actions.confirm_disposal(propose(person, officer).pk, by=second, at=NOW)
    assert (done.participant_id, done.proposed_by_id, done.done_by_id) == (
        person.pk,
        officer.id,
        second.id,
    )
    assert {one["rule"] for one in done.why} == {"treatment-record", "medicaid-record"}
    assert local_date(done.done_at, officer.time_zone) == TODAY
    assert "Rivera" not in str(vars(done))
    assert isinstance(done.pk, UUID)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_nobody_is_held_while_the_record_goes(agency, officer, second):
    """The row of the person is locked before it is asked whether a hold is there."""
    proposed = propose(ended(agency), officer)
    with CaptureQueriesContext(connection) as asked:
        actions.confirm_disposal(proposed.pk, by=second, at=NOW)
    said = [one["sql"] for one in asked]
    locked = next(n for n, sql in enumerate(said) if sql.endswith("FOR UPDATE"))
    held = next(n for n, sql in enumerate(said) if '"retention_legalhold"' in sql)
    assert '"people_participant"' in said[locked]
    assert locked < held
