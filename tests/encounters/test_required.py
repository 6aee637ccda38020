"""What is asked, in an update by consent alone; and meetings that show that it was done."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist

from alongside.core.refusal import Refused
from alongside.encounters.actions.evidence import back_by_meeting, show_by_meeting
from alongside.encounters.codes import UpdatePart
from alongside.encounters.models import Update
from alongside.encounters.queries import composing
from alongside.encounters.rules.updates import AskedFacts, compose
from alongside.outcomes.actions.returns import tell_return
from alongside.outcomes.rules.milestones import NewReturn
from alongside.plans.actions.evidence import take_back_evidence
from alongside.plans.actions.requirements import add_requirement, move_requirement
from alongside.plans.codes import RequirementState
from alongside.plans.rules.requirements import (
    NewEvidence,
    NewRequirement,
    RequirementFacts,
    how_far,
)
from alongside.practice.codes import GoingAlong
from alongside.practice.consents import Category
from tests.encounters.test_updates import FACTS, ONE, TWO
from tests.encounters.updates import begun, met, outside, sent, written
from tests.factories import NOW, TODAY

FAR = how_far(RequirementFacts(RequirementState.UNDER_WAY, how_many=12, done=4))
ASKED = (
    AskedFacts(ONE, "Go to the parenting class", "Under way", FAR),
    AskedFacts(TWO, "Call my agent", "Ahead"),
)


@pytest.mark.practice("PSP-7", "PSP-6")
@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        pytest.param(
            {},
            ["Go to the parenting class: Under way. 4 of 12 done.", "Call my agent: Ahead"],
            id="by the consent for what was asked",
        ),
        pytest.param({"left_out": frozenset({f"asked:{TWO}"})}, None, id="one left out"),
        pytest.param({"categories": frozenset({Category.WORDS})}, [], id="not by another consent"),
    ],
)
def test_what_is_asked_goes_into_an_update(changes, lines):
    facts = replace(FACTS, asked=ASKED, **changes)
    found = {one.part: [str(line.text) for line in one.lines] for one in compose(facts)}
    expected = ["Go to the parenting class: Under way. 4 of 12 done."] if lines is None else lines
    assert found.get(UpdatePart.ASKED, []) == expected


def asked(there, words="Go to the parenting class", **more):
    new = NewRequirement(words, set_by="court", **more)
    return add_requirement(there.pair.participant.pk, new, by=there.by, at=NOW)


def said(there):
    update = Update.objects.select_related("participant", "recipient", "corrects").get()
    sections = composing.composed(there.by, update, at=NOW).sections
    return [str(line.text) for one in sections if one.part == "asked" for line in one.lines]


@pytest.mark.django_db
@pytest.mark.practice("PSP-7", "PSP-6")
def test_an_update_takes_it_from_the_list_and_keeps_it_as_it_was_read():
    there = outside()
    row = asked(there, how_many=2)
    other = asked(there, "A fee")
    update = written(there, begun(there))
    assert said(there) == ["Go to the parenting class: Ahead. 0 of 2 done.", "A fee: Ahead"]
    move_requirement(other.pk, RequirementState.NOT_ASKED, revision=0, by=there.by, at=NOW)
    assert said(there) == ["Go to the parenting class: Ahead. 0 of 2 done."]
    kept = sent(there, update).text
    show_by_meeting(
        row.pk,
        met(there, 2, GoingAlong.PARENTING_CLASS).pk,
        NewEvidence(TODAY),
        by=there.by,
        at=NOW,
    )
    lines = [line for one in kept["sections"] if one["part"] == "asked" for line in one["lines"]]
    assert lines == ["Go to the parenting class: Ahead. 0 of 2 done."]


@pytest.mark.django_db
@pytest.mark.practice("PSP-7", "PSP-8")
def test_a_meeting_shows_it_once_on_its_own_day():
    there = outside()
    row = asked(there)
    along = met(there, 4, GoingAlong.COURT)
    shown = show_by_meeting(row.pk, along.pk, NewEvidence(TODAY), by=there.by, at=NOW)
    row.refresh_from_db()
    assert (shown.on, row.state) == (TODAY - timedelta(days=4), "handed-in")
    with pytest.raises(Refused):
        show_by_meeting(row.pk, along.pk, NewEvidence(TODAY), by=there.by, at=NOW)
    take_back_evidence(shown.pk, by=there.by, at=NOW)
    row.refresh_from_db()
    assert row.state == "ahead"
    other = outside()
    with pytest.raises(ObjectDoesNotExist):
        show_by_meeting(row.pk, met(other, 1).pk, NewEvidence(TODAY), by=there.by, at=NOW)


@pytest.mark.django_db
@pytest.mark.practice("MPR-5")
def test_back_with_support_in_a_meeting():
    there = outside()
    known = NewReturn(TODAY - timedelta(days=2))
    row = tell_return(there.pair.participant.pk, known, by=there.by, at=NOW)
    meeting = met(there, 0)
    back = back_by_meeting(row.pk, meeting.pk, words="", revision=0, by=there.by, at=NOW)
    assert (back.back_on, back.back_encounter_id) == (TODAY, meeting.pk)
    other = met(outside(), 0)
    with pytest.raises(ObjectDoesNotExist):
        back_by_meeting(row.pk, other.pk, words="", revision=1, by=there.by, at=NOW)
