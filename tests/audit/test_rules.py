"""Chains as lists in memory, tampered with in every way hypothesis can think of."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.audit.rules import (
    GENESIS,
    EventFacts,
    Finding,
    Head,
    Homes,
    Link,
    Row,
    StoredEvent,
    Walk,
    follow,
)

AGENCY = UUID(int=7)
BEGIN = datetime(2026, 11, 19, 16, 30, tzinfo=UTC)


def chain(length: int, *, at_once: bool = False) -> list[StoredEvent]:
    rows: list[StoredEvent] = []
    previous = GENESIS
    for seq in range(1, length + 1):
        at = BEGIN if at_once else BEGIN + timedelta(seconds=seq)
        facts = EventFacts(AGENCY, seq, at, UUID(int=seq % 5), "note.signed", f"Note/{seq}", {})
        rows.append(StoredEvent(facts, previous, facts.hash_after(previous)))
        previous = rows[-1].hash
    return rows


def verdict(rows: list[StoredEvent], head: Head | None) -> list[tuple[str, int]]:
    rows = sorted(rows, key=lambda row: row.seq)
    walk = Walk(head).over(rows)
    followers = {row.hash: row.seq + 1 for row in rows if row.seq not in walk.broken}
    followers |= {row.previous: row.seq for row in rows if row.seq not in walk.broken}
    if head:
        followers[head.hash] = head.seq + 1
    found = walk.findings | set(Homes(walk.broken, followers).findings())
    return [(finding.kind, finding.seq) for finding in sorted(found)]


def head_of(rows: list[StoredEvent]) -> Head:
    return Head(rows[-1].seq, rows[-1].hash)


LENGTH = st.integers(3, 12)


@given(LENGTH)
def test_a_whole_chain_has_no_findings(length):
    rows = chain(length)
    assert verdict(rows, head_of(rows)) == []


@pytest.mark.asvs("11.4.3")
@given(LENGTH, st.data())
def test_whatever_is_changed_in_a_row_is_told_of_that_row(length, data):
    rows = chain(length)
    head = head_of(rows)
    place = data.draw(st.integers(0, length - 1))
    row = rows[place]
    changed = data.draw(
        st.sampled_from(
            [
                replace(row, facts=replace(row.facts, verb="note.voided")),
                replace(row, facts=replace(row.facts, target="Note/999")),
                replace(row, facts=replace(row.facts, actor_id=None)),
                replace(row, facts=replace(row.facts, at=row.facts.at - timedelta(microseconds=1))),
                replace(row, facts=replace(row.facts, detail={"words": "other"})),
                replace(row, previous="f" * 64),
                replace(row, hash="e" * 64),
            ]
        )
    )
    rows[place] = changed
    assert verdict(rows, head) == [("changed", place + 1)]


@given(LENGTH, st.data())
def test_a_row_that_was_rewritten_with_a_fitting_hash_is_told(length, data):
    rows = chain(length)
    head = head_of(rows)
    place = data.draw(st.integers(0, length - 1))
    facts = replace(rows[place].facts, verb="note.voided")
    rows[place] = StoredEvent(facts, rows[place].previous, facts.hash_after(rows[place].previous))
    assert verdict(rows, head) == [("changed", place + 1)]


@given(LENGTH, st.data())
def test_a_row_that_was_taken_out_is_missing(length, data):
    rows = chain(length)
    head = head_of(rows)
    place = data.draw(st.integers(0, length - 1))
    del rows[place]
    assert verdict(rows, head) == [("missing", place + 1)]


@given(LENGTH, st.integers(1, 5))
def test_rows_past_the_end_were_added(length, more):
    rows = chain(length + more)
    head = head_of(rows[:length])
    assert verdict(rows, head) == [("added", seq) for seq in range(length + 1, length + more + 1)]


@given(LENGTH)
def test_a_row_before_the_beginning_was_added(length):
    rows = chain(length)
    head = head_of(rows)
    facts = replace(rows[0].facts, seq=0)
    rows.append(StoredEvent(facts, GENESIS, facts.hash_after(GENESIS)))
    assert verdict(rows, head) == [("added", 0)]


def swap_rows(rows: list[StoredEvent], a: int, b: int) -> None:
    """What an exchange of the column ``seq`` leaves: whole rows in each other's places."""
    first, second = rows[a], rows[b]
    rows[a] = replace(second, facts=replace(second.facts, seq=first.seq))
    rows[b] = replace(first, facts=replace(first.facts, seq=second.seq))


def swap_words(rows: list[StoredEvent], a: int, b: int) -> None:
    """Who, what and when exchanged; places, links and hashes left as they were."""
    first, second = rows[a], rows[b]
    rows[a] = replace(first, facts=replace(second.facts, seq=first.seq))
    rows[b] = replace(second, facts=replace(first.facts, seq=second.seq))


def swap_words_and_hashes(rows: list[StoredEvent], a: int, b: int) -> None:
    first, second = rows[a], rows[b]
    swap_words(rows, a, b)
    rows[a], rows[b] = replace(rows[a], hash=second.hash), replace(rows[b], hash=first.hash)


SWAPS = [
    pytest.param(swap_rows, id="whole rows exchanged"),
    pytest.param(swap_words, id="what they say exchanged"),
    pytest.param(swap_words_and_hashes, id="what they say and their hashes exchanged"),
]


@pytest.mark.parametrize("swap", SWAPS)
@given(length=LENGTH, data=st.data())
def test_swapped_rows_are_told_both(swap, length, data):
    rows = chain(length)
    head = head_of(rows)
    a = data.draw(st.integers(0, length - 2))
    b = data.draw(st.integers(a + 1, length - 1))
    swap(rows, a, b)
    assert verdict(rows, head) == [("swapped", a + 1), ("swapped", b + 1)]


@pytest.mark.parametrize("swap", SWAPS)
def test_many_swaps_are_told_without_comparing_all_with_all(swap):
    rows = chain(3000)
    head = head_of(rows)
    for a in range(0, 2990, 10):
        swap(rows, a, a + 7)
    found = verdict(rows, head)
    assert found == [("swapped", seq) for a in range(0, 2990, 10) for seq in (a + 1, a + 8)]


def test_a_gap_at_the_end_is_one_sentence():
    rows = chain(9)
    walk = Walk(head_of(rows)).over(rows[:4])
    assert walk.findings == {Finding(5, "missing", "Events 5 to 9 are missing.")}


def test_a_kept_end_that_was_changed_is_told():
    rows = chain(4)
    assert verdict(rows, Head(4, "a" * 64)) == [("changed", 4)]


def test_events_whose_end_was_taken_away_count_as_added():
    assert verdict(chain(2), None) == [("added", 1), ("added", 2)]


def test_several_things_at_once_are_each_told():
    rows = chain(20)
    head = head_of(rows)
    swap_rows(rows, 2, 15)
    rows[8] = replace(rows[8], facts=replace(rows[8].facts, verb="note.voided"))
    del rows[11]
    assert verdict(rows, head) == [
        ("swapped", 3),
        ("changed", 9),
        ("missing", 12),
        ("swapped", 16),
    ]


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
SAID = st.dictionaries(TEXT, st.none() | st.booleans() | st.integers() | TEXT | st.floats(0, 1e9))


def as_texts(row: StoredEvent) -> Row:
    at = row.facts.at.isoformat(timespec="microseconds")
    actor = str(row.facts.actor_id) if row.facts.actor_id else None
    detail = json.dumps(dict(row.facts.detail), ensure_ascii=False, indent=1)
    who = (actor, row.facts.verb, row.facts.target, detail)
    return (row.seq, at, *who, row.previous, row.hash)


@given(st.lists(st.tuples(TEXT, TEXT, SAID, st.none() | st.uuids()), min_size=1, max_size=4))
def test_the_quick_way_says_what_the_slow_one_says(said):
    rows, previous = [], GENESIS
    for seq, (verb, target, detail, who) in enumerate(said, start=1):
        facts = EventFacts(AGENCY, seq, BEGIN, who, verb, target, detail)
        rows.append(StoredEvent(facts, previous, facts.hash_after(previous)))
        previous = rows[-1].hash
    texts = [as_texts(row) for row in rows]
    end = Link(len(rows), previous)
    assert follow(texts, agency_id=AGENCY, link=Link()) == end
    assert follow(texts[1:], agency_id=AGENCY, link=Link(1, rows[0].hash)) == end


@pytest.mark.parametrize(
    ("place", "value"),
    [
        pytest.param(0, 2, id="place"),
        pytest.param(1, "no moment", id="moment"),
        pytest.param(2, "nobody", id="who"),
        pytest.param(3, "x", id="verb"),
        pytest.param(4, None, id="target"),
        pytest.param(5, "{half", id="detail"),
        pytest.param(6, "0", id="the one before"),
        pytest.param(7, "0", id="hash"),
    ],
)
def test_the_quick_way_stops_at_whatever_is_off(place, value):
    row = list(as_texts(chain(1)[0]))
    row[place] = value
    assert follow([tuple(row)], agency_id=AGENCY, link=Link()) is None
