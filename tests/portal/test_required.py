"""What is asked of me, what mattered, and that I used again: the participant's own pages."""

import io
from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import ObjectDoesNotExist
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from alongside.accounts.codes import Role
from alongside.core.clock import local_date
from alongside.core.refusal import Refused
from alongside.outcomes.actions.milestones import open_milestone
from alongside.outcomes.actions.returns import tell_return
from alongside.outcomes.codes import Seen
from alongside.outcomes.models import Milestone, ReturnToUse
from alongside.outcomes.queries import milestones as outcomes
from alongside.outcomes.rules.milestones import NewReturn
from alongside.people.models import CareTeamMember
from alongside.plans.actions.requirements import add_requirement
from alongside.plans.models import Requirement
from alongside.plans.queries.requirements import listed
from alongside.plans.rules.requirements import NewRequirement
from alongside.practice.codes import CareTeamRole
from tests.factories import NOW, a_pair
from tests.web.test_agency import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def today(agency):
    return local_date(NOW, agency.time_zone)


def page(name, *more):
    return reverse(f"portal:{name}", args=more)


def text(answer):
    return answer.content.decode()


def photo():
    out = io.BytesIO()
    Image.new("RGB", (20, 20)).save(out, "PNG")
    return SimpleUploadedFile("sheet.png", out.getvalue(), "image/png")


def asked_by_court(pair, **more):
    new = NewRequirement(
        "Go to the parenting class", set_by="court", set_by_name="Judge Lind", **more
    )
    return add_requirement(pair.participant.pk, new, by=pair.actor, at=NOW)


@pytest.mark.practice("PSP-7")
def test_the_two_see_one_list_and_the_participant_says_i_did_this(mine, pair, participant, today):
    row = asked_by_court(pair, due_on=today + timedelta(days=9), how_many=2)
    body = text(mine.get(page("mine_required")))
    assert "Go to the parenting class" in body
    assert "0 of 2 done." in body
    assert "They do not check on you." in body
    told = {"on": str(today), "words": "First evening", "times": "1"}
    answer = mine.post(
        page("mine_requirement_did", row.pk),
        {**told, "evidence_id": str(uuid4()), "file": photo()},
        follow=True,
    )
    assert "Good. Your supporter sees it too." in text(answer)
    evidence = row.evidence.get()
    assert (evidence.theirs, evidence.words) == (True, "First evening")
    handed = mine.get(page("mine_evidence_file", row.pk, evidence.pk))
    assert handed["Content-Disposition"] == 'attachment; filename="paper.png"'
    both = [
        [(one.row.pk, one.facts.done, one.state_name) for one in found]
        for found in (
            listed(pair.actor, participant_id=pair.participant.pk, today=today),
            listed(participant, participant_id=pair.participant.pk, today=today),
        )
    ]
    assert both == [[(row.pk, 1, "Under way")]] * 2
    mine.post(page("mine_evidence_away", row.pk, evidence.pk))
    row.refresh_from_db()
    assert row.evidence.filter(voided_at=None).count() == 0
    mine.post(page("mine_evidence_again", row.pk, evidence.pk))
    assert row.evidence.filter(voided_at=None).count() == 1


@pytest.mark.practice("PSP-7", "PEER-8")
def test_in_their_own_words_and_only_their_own_words_to_change(mine, pair, today):
    theirs = asked_by_court(pair)
    told = {"words": "See my agent", "set_by": "probation", "rhythm": "week"}
    for _click in range(5):
        mine.post(page("mine_required_new"), {**told, "requirement_id": str(pair.participant.pk)})
    row = Requirement.objects.get(words="See my agent")
    assert row.theirs
    wrong = mine.post(page("mine_required_new"), {**told, "words": " "})
    assert (wrong.status_code, "Write what they ask of you." in text(wrong)) == (422, True)
    changed = {**told, "words": "Call my agent", "why": "By phone now", "revision": "0"}
    mine.post(page("mine_requirement_change", row.pk), changed)
    row.refresh_from_db()
    assert row.words == "Call my agent"
    more = {"set_by_name": "Ms. Roy", "official": "Shall report.", "how_many": "8"}
    more |= {"ask_words": "The front desk"}
    mine.post(page("mine_requirement_change", row.pk), {**changed, **more, "revision": "1"})
    row.refresh_from_db()
    assert {name: str(getattr(row, name)) for name in more} == more
    folded = text(mine.get(page("mine_required_new")))
    opened = text(mine.get(page("mine_requirement_change", row.pk)))
    fold = '<details class="fold" open>'
    assert (fold in folded, fold in opened, "Shall report." in opened) == (False, True, True)
    off = mine.post(
        page("mine_requirement_change", row.pk), {**changed, "how_many": "0", "revision": "2"}
    )
    assert (off.status_code, fold in text(off)) == (422, True)
    no = mine.post(page("mine_requirement_change", theirs.pk), changed)
    assert "Ask them to change it with you." in text(no)
    mine.post(page("mine_requirement_away", row.pk))
    row.refresh_from_db()
    assert row.voided_at is not None
    mine.post(page("mine_requirement_again", row.pk))
    mine.post(page("mine_requirement_state", row.pk), {"to": "under-way"})
    mine.post(page("mine_requirement_state", row.pk), {"to": "accepted"})
    row.refresh_from_db()
    assert (row.voided_at, row.state) == (None, "under-way")


@pytest.mark.practice("PSP-7")
def test_people_around_oneself_are_ticked_wait_while_one_types_and_stay_when_they_left(mine, pair):
    ana, bo, cy = (
        CareTeamMember.objects.create(
            agency=pair.participant.agency,
            participant=pair.participant,
            role=CareTeamRole.FAMILY,
            name=name,
        )
        for name in ("Aunt Ana", "Uncle Bo", "Cousin Cy")
    )
    told = {"words": "See my agent", "set_by": "probation", "rhythm": "week"}
    told |= {"requirement_id": str(uuid4()), "people": [ana.pk, bo.pk]}
    blank = text(mine.get(page("mine_required_new")))
    assert [name in blank for name in ("Aunt Ana", "Uncle Bo", pair.supporter.name)] == [
        *(True, True, False)
    ]
    mine.post(reverse("portal:own_typed", args=["mine_required_new"]), told)
    assert text(mine.get(page("mine_required_new"))).count(" checked") == 4
    mine.post(page("mine_required_new"), told)
    row = Requirement.objects.get()
    CareTeamMember.objects.filter(pk=bo.pk).update(until=NOW.date())
    change = page("mine_requirement_change", row.pk)
    assert [(name in text(mine.get(change))) for name in ("Aunt Ana", "Uncle Bo", "Cousin Cy")] == [
        *(True, True, True)
    ]
    mine.post(change, {**told, "people": [bo.pk, cy.pk], "why": "New", "revision": "0"})
    assert set(row.people.values_list("member__name", flat=True)) == {"Uncle Bo", "Cousin Cy"}
    elsewhere = mine.post(change, {**told, "people": [str(uuid4())], "why": "New", "revision": "1"})
    assert (elsewhere.status_code, row.people.count()) == (422, 2)


@pytest.mark.practice("PSP-7")
def test_a_question_is_asked_and_taken_back(mine, pair):
    row = asked_by_court(pair)
    ask = {"words": "Does online count?", "question_id": str(uuid4())}
    for _click in range(3):
        mine.post(page("mine_requirement_ask", row.pk), ask)
    question = row.questions.get()
    away, again = (page(f"mine_question_{name}", row.pk, question.pk) for name in ("away", "again"))
    assert again in text(mine.post(away, follow=True))
    assert "Does online count?" not in text(mine.get(page("mine_requirement", row.pk)))
    for _click in range(2):
        assert "Your question is back." in text(mine.post(again, follow=True))
    assert "“Does online count?”" in text(mine.get(page("mine_requirement", row.pk)))
    mine.post(away)
    empty = mine.post(page("mine_requirement_ask", row.pk), {"words": ""})
    assert "Write what you want to know." in text(empty)


def test_nobody_else_s(mine, agency, signed_in):
    other = a_pair(agency)
    row = asked_by_court(other)
    assert mine.get(page("mine_requirement", row.pk)).status_code == 404
    assert mine.post(page("mine_requirement_did", row.pk), {}).status_code == 404
    assert "Go to the parenting class" not in text(mine.get(page("mine_required")))


@pytest.mark.practice("PSP-7")
def test_the_days_of_what_is_asked_stand_with_the_times_that_come(mine, pair, today):
    row = asked_by_court(pair, due_on=today + timedelta(days=9))
    body = text(mine.get(page("own_times")))
    asked = body.split("Also asked by then")[1]
    assert (row.words in asked, page("mine_requirement", row.pk) in asked) == (True, True)
    Requirement.objects.update(due_on=None, rhythm="once")
    assert "Also asked by then" not in text(mine.get(page("own_times")))


def test_as_many_queries_for_three_as_for_one(mine, pair, today):
    names, day = ("mine_required", "mine", "own_times"), {"due_on": today + timedelta(days=9)}
    asked_by_court(pair, **day)
    one = [queries_of(mine, page(name)) for name in names]
    asked_by_court(pair, **day)
    asked_by_court(pair, **day)
    assert [queries_of(mine, page(name)) for name in names] == one


@pytest.mark.practice("SVC-2", "MPR-6")
def test_a_milestone_stays_between_the_two_until_the_participant_opens_it(
    mine, pair, participant, actor, today
):
    told = {"words": "My own key", "on": str(today), "milestone_id": str(uuid4())}
    mine.post(page("mine_milestone_new"), told)
    row = Milestone.objects.get()
    desk = actor(Role.COORDINATOR, name="Mim Kowalski")

    def who_sees():
        return [
            outcomes.of(viewer, participant_id=pair.participant.pk).count()
            for viewer in (participant, pair.actor, desk)
        ]

    assert (row.written_by_them, who_sees()) == (True, [1, 1, 0])
    with pytest.raises(Refused):
        open_milestone(row.pk, Seen.TEAM, revision=0, by=pair.actor, at=NOW)
    mine.post(page("mine_milestone_seen", row.pk), {"seen": "team"})
    assert who_sees() == [1, 1, 1]
    mine.post(page("mine_milestone_away", row.pk))
    assert who_sees() == [0, 0, 0]
    mine.post(page("mine_milestone_again", row.pk))
    mine.post(page("mine_milestone_seen", row.pk), {"seen": "us"})
    assert who_sees() == [1, 1, 0]


@pytest.mark.practice("MPR-5", "MPR-6", "SVC-2")
def test_i_used_again_help_first_and_back_the_same_day(mine, pair, today):
    body = text(mine.get(page("mine_return_new")))
    assert body.index("Help first") < body.index('name="known_on"')
    mine.post(
        page("mine_return_new"), {"known_on": str(today), "return_id": str(uuid4()), "words": ""}
    )
    row = ReturnToUse.objects.get()
    mine.post(
        page("mine_return_back", row.pk),
        {"back_on": str(today), "words": "I called Rosa", "revision": row.revision},
    )
    body = text(mine.get(page("mine_milestones")))
    assert "Back with support the same day." in body
    assert "I called Rosa" in body
    early = {"known_on": "1960-01-01", "revision": row.revision + 1}
    assert mine.post(page("mine_return_change", row.pk), early).status_code == 422
    for name in ("mine_return_not_yet", "mine_return_away", "mine_return_again"):
        mine.post(page(name, row.pk))
    row.refresh_from_db()
    assert (row.back_on, row.voided_at) == (None, None)


@pytest.mark.practice("MPR-5")
def test_returns_are_read_by_who_sees_the_person_and_by_days(pair, agency, actor):
    desk = actor(Role.COORDINATOR, name="Mim Kowalski")
    other = a_pair(agency)
    day = date(2026, 11, 2)
    mine = tell_return(pair.participant.pk, NewReturn(day), by=pair.actor, at=NOW)
    theirs = tell_return(other.participant.pk, NewReturn(day), by=other.actor, at=NOW)
    seen = [
        set(outcomes.returns(viewer).values_list("pk", flat=True))
        for viewer in (pair.actor, other.actor, desk)
    ]
    assert seen == [{mine.pk}, {theirs.pk}, {mine.pk, theirs.pk}]
    assert outcomes.returns(desk, since=day, until=day).count() == 0
    assert outcomes.returns(desk, since=day, until=day + timedelta(days=1)).count() == 2
    with pytest.raises(ObjectDoesNotExist):
        tell_return(other.participant.pk, NewReturn(day), by=pair.actor, at=NOW)


def test_the_list_as_a_pdf_and_to_print(mine, pair):
    asked_by_court(pair)
    assert mine.post(page("mine_required_paper")).content[:5] == b"%PDF-"
    assert "Judge Lind" in text(mine.get(page("mine_required_print")))
