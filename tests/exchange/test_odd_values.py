"""Whatever a person types or sends about a row: it comes in, or one sentence says why not."""

from datetime import datetime
from itertools import cycle

import pytest

from alongside.core.actor import Actor
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.encounters.models import Encounter
from alongside.exchange import actions, queries
from alongside.exchange.actions import Answer
from alongside.exchange.codes import FIELDS_OF, RowStatus, SheetKind
from alongside.exchange.models import ImportRow
from alongside.exchange.rules.batches import ROW_BY_HAND, ROW_MOVES, why_not_move_row
from alongside.people.models import Participant
from alongside.people.rules import name_key
from alongside.referrals.models import Referral
from alongside.workforce.models import Supporter
from tests.exchange.test_batches import CONTACTS, REFERRALS, STAFF, at, by, run
from tests.factories import ParticipantFactory, SupporterFactory

__all__ = ["at", "by"]

LOG_HEAD = b"Date,Start,End,Min,Who,PS,Notes\n"
SHEETS: dict[SheetKind, bytes] = {
    REFERRALS: b"Name,DOB\nGia Rivera,1/1/90\n",
    STAFF: b"Name,Initials\nKai Lor,KL5\n",
    CONTACTS: LOG_HEAD + b"6/1/26,,,30,Gia Rivera,KL5,walk\n",
}
WAITS: dict[SheetKind, bytes] = {
    REFERRALS: b"Name,DOB\n** %d **,1/1/90\n",
    STAFF: b"Name,Initials\n** %d **,ZZ9\n",
    CONTACTS: LOG_HEAD + b"someday %d,,,30,Gia Rivera,KL5,walk\n",
}
# Any of them may stand in any field.
ODD = (
    "", " ", "x" * 5_000, "\ufdfa" * 110, "\u0130" * 110, "\u00df" * 110, "0", "-1", "-99999",
    "65536", "99999999", "9" * 60, "0." + "0" * 50 + "1", "1e400", "NaN", "\u0661\u0662",
    "0001-01-01", "9999-12-31", "3/8/2026", "11/1/2026", "2:30", "1:30 am", "23:59", "0:00-0:00",
    "\u0130" * 245 + "@example.org", "<script>", "' OR 1=1 --", "{0}{x}%s%(x)s", "\U0001f64f",
    "2-2", "\u202e", ",",
    "Jr.", "Jr., II", '"', "a, b, c, d, e, f, g, h", "=1+1", "\ud7ff\uffff", "ﬀ" * 120,
)  # fmt: skip
GOOD: dict[SheetKind, dict[str, str]] = {
    REFERRALS: {"name": "Ann Bell", "born_on": "1/1/90"},
    STAFF: {"name": "Ann Bell", "credential": "CPS", "certified_on": "1/1/2020"},
    CONTACTS: {"on": "3/8/2026", "started": "1:30", "ended": "1:30"},
}
STATES = [(status, to) for status in RowStatus for to in RowStatus]


def waiting(kind: SheetKind, by: Actor, at: datetime) -> ImportRow:
    """A row that waits, unlike all before it."""
    data = WAITS[kind] % ImportRow.objects.count()
    return queries.rows_of(run(data, kind, by=by, at=at)).get()


@pytest.mark.parametrize(("status", "to"), STATES, ids=lambda value: value.value)
def test_a_person_moves_one_row_only_out_of_what_waits_and_back(status, to) -> None:
    allowed = (status, to) in ROW_BY_HAND
    assert (why_not_move_row(status, to) is None) is allowed
    assert not allowed or to in ROW_MOVES[status]


@pytest.mark.django_db
def test_a_row_of_a_sheet_taken_back_never_comes_in_alone(by: Actor, at) -> None:
    for kind, data in SHEETS.items():
        batch = run(data, kind, by=by, at=at)
        row = queries.rows_of(batch).get()
        assert row.status == RowStatus.IMPORTED
        actions.undo_batch(batch.pk, by=by, at=at)
        for move in (
            lambda pk: actions.settle_row(pk, Answer({}, again=True), by=by, at=at),
            lambda pk: actions.skip_row(pk, reason="not now", by=by, at=at),
            lambda pk: actions.take_up_row(pk, by=by, at=at),
        ):
            with pytest.raises(Refused, match="The sheet of this row was undone"):
                move(row.pk)
        assert actions.redo_batch(batch.pk, by=by, at=at) == 1
        row.refresh_from_db()
        assert row.status == RowStatus.IMPORTED


@pytest.mark.django_db
def test_a_row_that_has_not_come_in_yet_waits_for_its_sheet(by: Actor, at) -> None:
    batch = actions.choose_file(SHEETS[REFERRALS], "x.csv", REFERRALS, by=by, at=at)
    row = queries.rows_of(batch).get()
    for move in (
        lambda: actions.settle_row(row.pk, Answer({}), by=by, at=at),
        lambda: actions.skip_row(row.pk, reason="not now", by=by, at=at),
        lambda: actions.take_up_row(row.pk, by=by, at=at),
    ):
        with pytest.raises(Refused, match="has not come in yet"):
            move()
    assert not Participant.objects.exists()


@pytest.mark.django_db
def test_a_row_whose_id_something_else_took_is_left_alone(by: Actor, at, agency) -> None:
    ParticipantFactory(agency=agency, name="Gia Rivera")
    SupporterFactory(agency=agency, initials="KL5")
    for kind, made in ((REFERRALS, ParticipantFactory), (STAFF, SupporterFactory)):
        row = waiting(kind, by, at)
        made(agency=agency, pk=row.pk)
        with pytest.raises(Refused, match="has the number of this row"):
            actions.settle_row(row.pk, Answer({"name": "Lena Isaac"}), by=by, at=at)
        assert actions.try_again(batch_id=row.batch_id, by=by, at=at) == 0
        row.refresh_from_db()
        assert (row.status, row.corrected) == (RowStatus.TO_SORT_OUT, {})


@pytest.mark.django_db
def test_no_value_of_any_field_stops_the_page(by: Actor, at) -> None:
    for kind in (REFERRALS, STAFF, CONTACTS):
        run(SHEETS[kind], kind, by=by, at=at)
    came_in = dict.fromkeys(WAITS, 0)
    for kind in WAITS:
        row = waiting(kind, by, at)
        everywhere = [dict.fromkeys(FIELDS_OF[kind], odd) for odd in ODD]
        alone = [{field: odd} for field, odd in zip(cycle(FIELDS_OF[kind]), ODD, strict=False)]
        for said in (*everywhere, *alone):
            before = _made()
            try:
                answer = Answer({**GOOD[kind], **said}, again=True)
                actions.settle_row(row.pk, answer, by=by, at=at)
            except Refused:
                assert _made() == before
            else:
                came_in[kind] += 1
                row = waiting(kind, by, at)
    assert min(came_in.values()) > len(ODD) // 2


def _made() -> list[int]:
    tables = (Participant, Referral, Supporter, Encounter)
    return [model.objects.count() for model in tables]


@pytest.mark.django_db
def test_a_choice_of_somebody_who_is_not_there_changes_nothing(by: Actor, at) -> None:
    for kind in (REFERRALS, STAFF):
        run(SHEETS[kind], kind, by=by, at=at)
    row = waiting(CONTACTS, by, at)
    mended = {"on": "6/1/26"}
    kai, gia = Supporter.objects.get(), Participant.objects.get()
    for answer, missing in (
        (Answer(mended, participant_id=kai.pk), Participant),
        (Answer(mended, participant_id=row.pk), Participant),
        (Answer(mended, participant_id=ParticipantFactory().pk), Participant),
        (Answer(mended, supporter_id=gia.pk), Supporter),
        (Answer(mended, supporter_id=new_id()), Supporter),
    ):
        with pytest.raises(missing.DoesNotExist):
            actions.settle_row(row.pk, answer, by=by, at=at)
    again = ImportRow.objects.get(pk=row.pk)
    assert (again.status, again.corrected, again.chosen) == (RowStatus.TO_SORT_OUT, {}, {})


@pytest.mark.django_db
def test_letters_that_grow_still_fit_the_column_that_is_searched(by: Actor, at) -> None:
    grows = "\ufdfa" * 110  # eighteen letters each
    run(b"Name\n" + grows.encode() + b"\n", REFERRALS, by=by, at=at)
    person = Participant.objects.get()
    assert (person.name, person.name_key) == (grows, name_key(grows))
