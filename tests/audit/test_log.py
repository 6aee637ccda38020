"""The log in the database: kept by triggers, and found out by ``verify`` where they were off."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import timedelta
from io import StringIO
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.accounts.codes import Role
from alongside.audit import queries, reading, triggers
from alongside.audit.actions import Event, record, record_many
from alongside.audit.models import AuditEvent, ChainHead
from alongside.core.actor import Actor


@pytest.fixture
def by() -> Actor:
    return Actor(id=uuid4(), agency_id=uuid4())


def write(by: Actor, now, count: int = 6) -> None:
    events = [Event("note.signed", f"Encounter/{n}", {"n": n}) for n in range(1, count + 1)]
    record_many(events, by=by, at=now)


def raw(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [v.hex if _plain_uuid(v) else v for v in values])


def _plain_uuid(value: object) -> bool:
    return isinstance(value, UUID) and connection.vendor == "sqlite"


@contextmanager
def without_triggers() -> Iterator[None]:
    """What someone with the keys to the database could do."""
    triggers.drop(connection)
    try:
        yield
    finally:
        triggers.create(connection)


def found(by: Actor) -> list[tuple[str, int]]:
    return [(finding.kind, finding.seq) for finding in queries.verify(by.agency_id)]


REFUSED = [
    pytest.param("UPDATE audit_auditevent SET verb = 'note.voided'", id="changed"),
    pytest.param("DELETE FROM audit_auditevent", id="deleted"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("statement", REFUSED)
def test_the_database_refuses(by, now, statement):
    write(by, now)
    with pytest.raises(DatabaseError, match="audit events are never"), transaction.atomic():
        raw(statement)
    assert (found(by), AuditEvent.objects.count()) == ([], 6)


@pytest.mark.django_db
def test_the_database_refuses_to_put_one_in_the_place_of_another(by, now):
    write(by, now)
    if connection.vendor == "sqlite":
        statement = (
            "INSERT OR REPLACE INTO audit_auditevent "
            "(id, agency_id, seq, at, verb, target, detail, previous, hash) "
            "SELECT id, agency_id, seq, at, 'x', target, detail, previous, hash "
            "FROM audit_auditevent WHERE seq = 3"
        )
    else:
        statement = "TRUNCATE audit_auditevent"
    with pytest.raises(DatabaseError, match="audit events are never"), transaction.atomic():
        raw(statement)
    assert (found(by), AuditEvent.objects.count()) == ([], 6)


def exchange(by: Actor, a: int, b: int, columns: str) -> None:
    names = [name.strip() for name in columns.split(",")]
    rows = dict(
        AuditEvent.objects.filter(agency_id=by.agency_id, seq__in=(a, b))
        .values_list("seq", "id")
        .all()
    )
    first, second = (AuditEvent.objects.get(pk=rows[seq]) for seq in (a, b))
    mine, theirs = [[getattr(row, name) for name in names] for row in (first, second)]
    if "seq" in names:  # the place is taken until the other has left it
        AuditEvent.objects.filter(pk=first.pk).update(seq=10_000)
    AuditEvent.objects.filter(pk=second.pk).update(**dict(zip(names, mine, strict=True)))
    AuditEvent.objects.filter(pk=first.pk).update(**dict(zip(names, theirs, strict=True)))


TAMPERING = [
    pytest.param(
        lambda by: raw("UPDATE audit_auditevent SET verb = 'note.voided' WHERE seq = 3"),
        [("changed", 3)],
        id="verb",
    ),
    pytest.param(
        lambda by: raw("UPDATE audit_auditevent SET actor_id = NULL WHERE seq = 1"),
        [("changed", 1)],
        id="who",
    ),
    pytest.param(
        lambda by: raw("UPDATE audit_auditevent SET detail = '{\"n\": 0}' WHERE seq = 6"),
        [("changed", 6)],
        id="detail of the last one",
    ),
    pytest.param(
        lambda by: raw("DELETE FROM audit_auditevent WHERE seq = 2"),
        [("missing", 2)],
        id="one taken out",
    ),
    pytest.param(
        lambda by: raw("DELETE FROM audit_auditevent WHERE seq > 4"),
        [("missing", 5)],
        id="end cut off",
    ),
    pytest.param(
        lambda by: raw("UPDATE audit_chainhead SET seq = 4"),
        [("added", 5), ("added", 6)],
        id="end set back",
    ),
    pytest.param(
        lambda by: raw("DELETE FROM audit_chainhead"),
        [("added", seq) for seq in range(1, 7)],
        id="end taken away",
    ),
    pytest.param(
        lambda by: exchange(by, 2, 5, "seq"),
        [("swapped", 2), ("swapped", 5)],
        id="whole rows swapped",
    ),
    pytest.param(
        lambda by: exchange(by, 3, 4, "seq"),
        [("swapped", 3), ("swapped", 4)],
        id="neighbours swapped",
    ),
    pytest.param(
        lambda by: exchange(by, 1, 6, "at, actor_id, verb, target, detail"),
        [("swapped", 1), ("swapped", 6)],
        id="first and last said each other's",
    ),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("tamper", "findings"), TAMPERING)
def test_tampering_by_raw_sql_is_found_and_told(by, now, tamper, findings):
    write(by, now)
    other = Actor(id=by.id, agency_id=uuid4())
    record(by=other, at=now, verb="note.signed", target="Encounter/9")
    with without_triggers():
        tamper(by)
    assert found(by) == findings
    assert by.agency_id in queries.agencies_with_events()


@pytest.mark.django_db
def test_an_added_row_is_told(by, now):
    write(by, now)
    last = AuditEvent.objects.get(seq=6)
    AuditEvent.objects.create(
        agency_id=by.agency_id, seq=7, at=now, verb="x", target="y", previous=last.hash, hash="0"
    )
    assert found(by) == [("added", 7), ("changed", 7)]


simple = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(st.characters(codec="ascii")),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=5),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
).filter(lambda value: "\\u0000" not in json.dumps(value))


@pytest.mark.asvs("16.2.1", "16.2.2")
@pytest.mark.django_db(transaction=True)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    detail=st.dictionaries(st.text("abc", min_size=1), simple, max_size=3),
    micros=st.integers(0, 10**7),
)
def test_whatever_is_recorded_reads_back_whole(now, detail, micros):
    by = Actor(id=uuid4(), agency_id=uuid4())
    at = now + timedelta(microseconds=micros)
    record(by=by, at=at, verb="note.signed", target="Encounter/1", detail=detail)
    record(by=by, at=at, verb="note.signed", target="Encounter/2")
    assert found(by) == []


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_make_one_chain(by, now):
    def work(n: int) -> None:
        try:
            for m in range(5):
                record(by=by, at=now, verb="note.signed", target=f"Encounter/{n}-{m}")
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=8) as pool:
        list(pool.map(work, range(12)))
    seqs = list(AuditEvent.objects.filter(agency_id=by.agency_id).values_list("seq", flat=True))
    assert (sorted(seqs), found(by)) == (list(range(1, 61)), [])
    assert ChainHead.objects.get(pk=by.agency_id).seq == 60


@pytest.mark.asvs("2.3.3")
@pytest.mark.django_db
def test_an_event_goes_with_the_write_it_tells_of(by, now):
    with suppress(ZeroDivisionError), transaction.atomic():
        record(by=by, at=now, verb="note.signed", target="Encounter/1")
        raise ZeroDivisionError
    assert AuditEvent.objects.count() == 0


def verify(*options: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("verify_audit", *options, stdout=out)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue()
    return 0, out.getvalue()


@pytest.mark.django_db
def test_the_command_says_whole_and_exits_with_0(by, now):
    write(by, now)
    head = ChainHead.objects.get(pk=by.agency_id).hash
    assert verify() == (0, f"{by.agency_id}: 6 events, all whole. {head}\n")


@pytest.mark.django_db
def test_the_command_names_each_row_and_exits_with_1(by, now):
    write(by, now)
    with without_triggers():
        raw("UPDATE audit_auditevent SET verb = 'x' WHERE seq = 3")
        raw("DELETE FROM audit_auditevent WHERE seq = 5")
    code, said = verify()
    assert (code, said.splitlines()) == (
        1,
        [
            f"{by.agency_id}: Event 3 was changed after it was written.",
            f"{by.agency_id}: Event 5 is missing.",
        ],
    )
    code, said = verify("--json")
    kinds = [
        finding["kind"] for finding in json.loads(said)["agencies"][str(by.agency_id)]["findings"]
    ]
    assert (code, kinds) == (1, ["changed", "missing"])


@pytest.mark.django_db
def test_a_chain_written_anew_is_told_by_the_head_kept_elsewhere(by, now, tmp_path):
    write(by, now)
    kept = tmp_path / "heads.json"
    kept.write_text(verify("--json")[1])
    assert verify("--against", str(kept))[0] == 0
    with without_triggers():
        raw("DELETE FROM audit_auditevent")
        raw("DELETE FROM audit_chainhead")
    record_many([Event("note.signed", "Encounter/other")] * 7, by=by, at=now)
    assert verify()[0] == 0
    code, said = verify("--against", str(kept))
    assert (code, said) == (
        1,
        f"{by.agency_id}: Event 6 is not the one that was written down earlier.\n",
    )


@pytest.mark.django_db
@pytest.mark.asvs("16.4.3")
def test_heads_kept_elsewhere_tell_of_an_end_that_was_cut_off(by, now, tmp_path):
    write(by, now)
    out, kept = StringIO(), tmp_path / "heads.jsonl"
    call_command("audit_heads", stdout=out)
    kept.write_text(out.getvalue())
    write(by, now, 2)
    assert verify("--against", str(kept))[0] == 0
    with without_triggers():
        raw("DELETE FROM audit_auditevent WHERE seq > 5")
        last = AuditEvent.objects.get(seq=5)
        ChainHead.objects.update(seq=5, hash=last.hash)
    assert verify()[0] == 0
    code, said = verify("--against", str(kept))
    assert (code, "Event 6 is not the one that was written down earlier." in said) == (1, True)


@pytest.mark.django_db
def test_what_is_added_while_the_log_is_looked_over_is_no_finding(by, now, monkeypatch):
    write(by, now)
    rows = reading.rows

    def late(*where, **more):
        yield from rows(*where, **more)
        record(by=by, at=now, verb="note.signed", target="Encounter/late")

    monkeypatch.setattr(reading, "rows", late)
    assert found(by) == []
    assert AuditEvent.objects.filter(agency_id=by.agency_id).count() == 7


@pytest.mark.django_db
def test_a_column_that_no_event_was_written_with_is_a_change(by, now):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps nothing in a column that is not of its type")
    write(by, now)
    with without_triggers():
        raw("UPDATE audit_auditevent SET at = 'no moment' WHERE seq = 2")
        raw("UPDATE audit_auditevent SET actor_id = 'nobody' WHERE seq = 4")
    assert found(by) == [("changed", 2), ("changed", 4)]


@pytest.mark.django_db
def test_the_log_is_read_by_those_who_may(actor, now):
    officer, supporter = actor(Role.PRIVACY_OFFICER), actor(Role.SUPPORTER)
    record(by=supporter, at=now, verb="participant.opened", target="Participant/1")
    record(by=Actor(uuid4(), uuid4()), at=now, verb="participant.opened", target="Participant/2")
    read = [
        list(queries.events_visible_to(who).values_list("target", flat=True))
        for who in (officer, supporter)
    ]
    assert read == [["Participant/1"], []]


@pytest.mark.django_db
def test_the_log_is_paged_by_key_and_filtered(actor, now):
    officer = actor(Role.PRIVACY_OFFICER)
    for n in range(5):
        record(by=officer, at=now + timedelta(days=n), verb="note.signed", target=f"Note/{n % 2}")
    first, below = queries.page(officer, wanted=queries.Wanted(), below=None, limit=3)
    then, end = queries.page(officer, wanted=queries.Wanted(), below=below, limit=3)
    assert ([row.seq for row in first], [row.seq for row in then], end) == ([5, 4, 3], [2, 1], None)
    wanted = queries.Wanted(
        actor_id=officer.id,
        verb="note.signed",
        targets=frozenset({"Note/0"}),
        since=now + timedelta(days=1),
    )
    assert [row.seq for row in queries.events(officer, wanted=wanted)] == [5, 3]
