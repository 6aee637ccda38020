"""What is asked of the participant, what mattered to them, and that they used again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alongside.files.models import StoredFile
from alongside.outcomes.models import Milestone, ReturnToUse
from alongside.plans.models import Requirement, RequirementEvidence, RequirementQuestion
from tests.factories import NOW, TODAY

if TYPE_CHECKING:
    from datetime import datetime

    from tests.security.world import Side


def with_requirements(side: Side, paper: StoredFile) -> None:
    """One that stands and one that was taken back, each written by the participant."""
    rows = {gone: _requirement(side, voided_at=NOW if gone else None) for gone in (False, True)}
    row = rows[False]
    shown = {"agency": side.agency, "requirement": row, "on": TODAY, "at": NOW, "theirs": True}
    shown |= {"by": side.users["participant"], "words": f"Went {side.person}"}
    evidence = RequirementEvidence.objects.create(**shown, file=paper)
    before = RequirementEvidence.objects.create(**shown, voided_at=NOW)
    side.ids |= {"requirement_id": row.pk, "evidence_id": evidence.pk}
    gone, back = {"requirement_id": rows[True].pk}, {"evidence_id": before.pk}
    asked = {who: {"question_id": _question(side, row, who).pk} for who in ASKERS}
    side.other_ids |= {
        "requirement_put_back": gone,
        "evidence_put_back": back,
        "requirement_answer": asked["participant"],
        "question_take_back": asked["supporter"],
        "question_put_back": {"question_id": _question(side, row, "supporter", NOW).pk},
        "mine_requirement_again": gone,
        "mine_evidence_again": back,
        "mine_question_away": asked["participant"],
        "mine_question_again": {"question_id": _question(side, row, "participant", NOW).pk},
    }
    _along_the_way(side)


ASKERS = ("participant", "supporter")


def _requirement(side: Side, **more: Any) -> Requirement:
    return Requirement.objects.create(
        agency=side.agency,
        participant=side.ids["person"],
        words=f"Class {side.person}",
        set_by="court",
        due_on=TODAY,
        theirs=True,
        at=NOW,
        by=side.users["participant"],
        **more,
    )


def _question(
    side: Side, row: Requirement, who: str, gone: datetime | None = None
) -> RequirementQuestion:
    return RequirementQuestion.objects.create(
        agency=side.agency,
        requirement=row,
        words=f"Does it count? {side.person}",
        asked_at=NOW,
        asked_by=side.users[who],
        voided_at=gone,
    )


def _along_the_way(side: Side) -> None:
    base = {"agency": side.agency, "participant": side.ids["person"], "at": NOW}
    base |= {"by": side.users["supporter"]}
    mark = {**base, "words": f"A key {side.person}", "on": TODAY}
    again = {**base, "words": f"A bad week {side.person}", "known_on": TODAY}
    marks = [Milestone.objects.create(**mark, voided_at=gone).pk for gone in (None, NOW)]
    told = [ReturnToUse.objects.create(**again, voided_at=gone).pk for gone in (None, NOW)]
    back = ReturnToUse.objects.create(**again, back_on=TODAY).pk
    side.ids |= {"milestone_id": marks[0], "return_id": told[0]}
    for prefix, put_back in (("", "put_back"), ("mine_", "again")):
        side.other_ids |= {
            f"{prefix}milestone_{put_back}": {"milestone_id": marks[1]},
            f"{prefix}return_{put_back}": {"return_id": told[1]},
            f"{prefix}return_not_yet": {"return_id": back},
        }


def _names(text: str) -> set[str]:
    return set(text.split())


ROUTES = _names(
    "required required_new required_paper required_print required_sheet requirement "
    "requirement_answer requirement_ask requirement_correct requirement_put_back "
    "requirement_show requirement_state requirement_take_back evidence_file evidence_put_back "
    "evidence_take_back question_put_back question_take_back milestones milestone_new "
    "milestone_correct milestone_put_back milestone_take_back return_new return_correct "
    "return_back return_not_yet return_put_back return_take_back"
)
OWN_ROUTES = _names(
    "mine_required mine_required_new mine_required_paper mine_required_print mine_requirement "
    "mine_requirement_again mine_requirement_ask mine_requirement_away mine_requirement_change "
    "mine_requirement_did mine_requirement_state mine_evidence_again mine_evidence_away "
    "mine_evidence_file mine_question_again mine_question_away mine_milestones mine_milestone_new "
    "mine_milestone_again mine_milestone_away mine_milestone_change mine_milestone_seen "
    "mine_return_new mine_return_again mine_return_away mine_return_back mine_return_change "
    "mine_return_not_yet"
)
DAY = TODAY.isoformat()
ASKED = {"words": "See my agent", "set_by": "probation", "rhythm": "week"}
KEY = {"words": "A door", "on": DAY, "kind": "home"}
SAME = {"why": "It moved", "revision": "0"}
BODIES = {
    "required_new": ASKED,
    "requirement_correct": {**ASKED, **SAME},
    "requirement_state": {"to": "under-way", "revision": "0"},
    "requirement_show": {"on": DAY, "words": "Went", "times": "1"},
    "requirement_ask": {"words": "And online?"},
    "requirement_answer": {"answer": "Yes"},
    "milestone_new": KEY,
    "milestone_correct": {**KEY, "revision": "0"},
    "return_new": {"known_on": DAY},
    "return_correct": {"known_on": DAY, "words": "Said anew", "revision": "0"},
    "return_back": {"back_on": DAY, "words": "A ride", "revision": "0"},
}
OWN_BODIES = {
    "mine_required_new": ASKED,
    "mine_requirement_change": {**ASKED, **SAME},
    "mine_requirement_state": {"to": "under-way"},
    "mine_requirement_did": {"on": DAY, "words": "Went"},
    "mine_requirement_ask": {"words": "And online?"},
    "mine_milestone_new": KEY,
    "mine_milestone_change": {**KEY, "revision": "0"},
    "mine_milestone_seen": {"seen": "team"},
    "mine_return_new": {"known_on": DAY},
    "mine_return_change": {"known_on": DAY, "words": "Said anew", "revision": "0"},
    "mine_return_back": {"back_on": DAY, "words": "A ride", "revision": "0"},
}
