"""Everything that is held about someone, for themselves: whole, in words, and of nobody else."""

import json
from datetime import time, timedelta
from decimal import Decimal

import pytest
from django.db import models

from alongside.accounts.codes import Role
from alongside.accounts.models import User
from alongside.accounts.queries import actor_for
from alongside.core.ids import new_id
from alongside.outcomes.codes import Seen, Way
from alongside.outcomes.models import CheckIn, Milestone, MilestoneChange
from alongside.people.actions.emergencies import open_in_emergency
from alongside.people.models import Participant
from alongside.retention.queries import copying as heldpapers
from alongside.retention.queries import reach, record
from alongside.retention.rules.parts import CHAPTERS, KEPT_BETWEEN, LEFT_OUT, name_of
from tests.factories import NOW, own_account
from tests.papers.reading import words_of
from tests.retention.full import WORD, fill
from tests.security.world import a_side

WORDS = ("kingfisher", "goldfinch", "nightjar")
SHOWN = {part.model for chapter in CHAPTERS for part in chapter.parts}


def test_each_kind_of_row_is_shown_or_says_why_not():
    reached = {model._meta.label for model in reach.reach().keys}
    assert (reached - SHOWN - set(LEFT_OUT), (SHOWN | set(LEFT_OUT)) - reached) == (set(), set())
    assert set(LEFT_OUT) & SHOWN == set()


def test_each_kind_of_row_has_a_name_in_the_list_of_what_goes():
    labels = {model._meta.label for model in reach.reach().keys} | reach.CARRIED
    assert {label for label in labels if name_of(label) == label} == set()


def test_each_part_stands_by_a_column_it_has():
    models = {model._meta.label: model for model in reach.reach().keys}
    for chapter in CHAPTERS:
        for part in chapter.parts:
            columns = {field.name for field in models[part.model]._meta.concrete_fields}
            assert part.when in columns | {""}, part


SAMPLES = {
    models.BooleanField: True,
    models.IntegerField: 3,
    models.DecimalField: Decimal("1.5"),
    models.DateField: NOW,
    models.TimeField: time(21, 30),
    models.DurationField: timedelta(hours=2),
    models.UUIDField: new_id(),
    models.BinaryField: b"shut",
    models.JSONField: {"a": ["b"]},
    models.ForeignKey: new_id(),
    models.CharField: "a",
    models.TextField: "a",
}


def test_whatever_stands_in_a_row_can_be_taken_along_as_data():
    for model in reach.reach().keys:
        row = model()
        for field in model._meta.concrete_fields:
            kinds = [kind for kind in SAMPLES if isinstance(field, kind)]
            assert kinds, field
            setattr(row, field.attname, SAMPLES[kinds[-1]])
        assert json.loads(json.dumps(record.as_data(row)))["id"] == str(row.pk)


@pytest.mark.django_db
def test_a_copy_holds_every_word_of_theirs_and_none_of_others():
    side = a_side("Zaunkoenig")
    officer = actor_for(side.users["privacy-officer"])
    person = fill(side, officer)
    other = Participant.objects.get(name=f"Asked {side.person}")
    held = record.held_about(officer, participant_id=person.pk)
    data = {label: list(rows) for label, _title, rows in record.raw_rows(held)}
    assert set(data) == {label for label in SHOWN if label in set(heldpapers.labels(held))}
    said = json.dumps(data)
    assert other.name not in said
    assert not [label for label in LEFT_OUT if label in data]

    told = {
        entry.title: "\n".join(words for _label, words in entry.lines)
        for chapter in CHAPTERS
        for entry in record.entries(officer, held, chapter)
    }
    titles = {part.title for chapter in CHAPTERS for part in chapter.parts if part.model in data}
    assert set(told) == titles
    assert WORD in told["What we know about you"]
    text = words_of(heldpapers.paper(officer, held)).replace(" ", "")
    assert WORD in text
    assert other.name.replace(" ", "") not in text
    assert "Nobodyelsecanreadthem" in text


@pytest.mark.django_db
def test_nobody_out_of_sight_is_told_anything():
    side = a_side("Zaunkoenig")
    stranger = actor_for(side.users["stranger"])
    with pytest.raises(Participant.DoesNotExist):
        record.held_about(stranger, participant_id=side.ids["participant_id"])
    assert record.who_looked(stranger, participant_id=side.ids["participant_id"]) == []


@pytest.mark.practice("PSP-6")
@pytest.mark.django_db
def test_who_opened_it_in_an_emergency_is_among_those_who_looked(pair, actor, now):
    person, stranger = pair.participant, actor(Role.SUPPORTER)
    asked = {"name": person.name, "reason": "She called and hung up.", "by": stranger, "at": now}
    open_in_emergency(new_id(), person.pk, **asked)
    found = record.who_looked(actor(Role.PRIVACY_OFFICER), participant_id=person.pk)
    there = User.objects.get(pk=stranger.id)
    assert [(one.who, one.days) for one in found] == [(there.name, 1)]


@pytest.mark.django_db
def test_an_answered_check_in_that_is_not_shared_is_in_no_copy_of_ours(pair, actor, now):
    rows = {
        (way, shared): CheckIn.objects.create(
            agency=pair.participant.agency,
            participant=pair.participant,
            instrument="check-in",
            instrument_version=1,
            way=way,
            begun_at=now,
            begun_by=pair.supporter.user,
            saved_at=now,
            number=1,
            on=now.date(),
            finished_at=now,
            finished_by=pair.supporter.user,
            shared_at=now if shared else None,
        )
        for way in (Way.OWN, Way.TOGETHER)
        for shared in (True, False)
    }
    officer = actor(Role.PRIVACY_OFFICER)
    held = record.held_about(officer, participant_id=pair.participant.pk)
    data = {label: list(found) for label, _title, found in record.raw_rows(held)}
    seen = {row["id"] for row in data["outcomes.CheckIn"]}
    kept = {str(row.pk) for (_way, shared), row in rows.items() if shared}
    assert {str(pk) for pk in seen} == kept


@pytest.mark.django_db
def test_a_milestone_between_the_two_is_theirs_to_take_along_and_in_no_copy_of_the_officers(
    pair, actor, now
):
    who = {"agency": pair.participant.agency, "at": now, "by": pair.supporter.user}
    for word, seen, gone in (
        ("kingfisher", Seen.US, None),
        ("goldfinch", Seen.TEAM, None),
        ("nightjar", Seen.TEAM, now),
    ):
        kept = {"words": f"Saw a {word}", "on": now.date(), "seen": seen.value, "voided_at": gone}
        row = Milestone.objects.create(participant=pair.participant, **kept, **who)
        MilestoneChange.objects.create(milestone=row, text={"words": f"The old {word}"}, **who)

    def told_to(viewer):
        held = record.held_about(viewer, participant_id=pair.participant.pk)
        chapters = "".join(str(list(record.entries(viewer, held, chapter))) for chapter in CHAPTERS)
        data = json.dumps([list(rows) for _label, _title, rows in record.raw_rows(held)])
        assert [chapters.count(word) for word in WORDS] == [data.count(word) for word in WORDS]
        said = KEPT_BETWEEN in heldpapers.left_out(viewer, held)
        return [chapters.count(word) for word in WORDS], held.counts["change"], said

    officer, gia = actor(Role.PRIVACY_OFFICER), actor_for(own_account(pair.participant))
    assert told_to(officer) == ([0, 2, 0], 2, True)
    assert told_to(gia) == ([2, 2, 0], 4, False)
    assert told_to(pair.actor) == ([2, 2, 2], 6, True)
