"""What passes between a supporter and whoever leads them, and who stands in for the supervisor."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from alongside.accounts.codes import Role
from alongside.accounts.models import TimeAway, User
from alongside.encounters.models import Affirmation, NoteQuestion, QuestionTurn
from tests.factories import NOW, UserFactory

if TYPE_CHECKING:
    from tests.security.world import Side

# When someone stands in for the supervisor: days from today, both included.
STAND_INS = {"stand-in": (-1, 1), "stood in before": (-9, -3), "stands in later": (3, 9)}


def with_the_team(side: Side) -> None:
    today = timezone.localdate()
    for name, (first, last) in STAND_INS.items():
        email = f"{name.replace(' ', '-')}@{side.canary.lower()}.example"
        words = f"{name.title()} {side.canary}"
        user = UserFactory(agency=side.agency, name=words, email=email, roles=[Role.SUPERVISOR])
        side.users[name] = user
        away = _away(side, today + timedelta(first), today + timedelta(last), user)
    side.ids["away_id"] = away.pk
    gone = _away(side, today + timedelta(20), today + timedelta(21), None)
    lead = side.users["supervisor"]
    TimeAway.objects.filter(pk=gone.pk).update(taken_back_at=NOW, taken_back_by=lead)
    side.other_ids["away_again"] = {"away_id": gone.pk}
    side.other_ids["colleague_away"] = {"user_id": lead.pk}
    _said(side)


def _said(side: Side) -> None:
    lead, writer = side.users["supervisor"], side.users["supporter"]
    said = {"agency": side.agency, "encounter_id": side.ids["encounter_id"], "to": writer}
    for route, taken_back_at in (("affirmation_again", NOW), ("affirmation", None)):
        given = Affirmation.objects.create(
            **said,
            words=f"You asked {side.person}",
            given_by=lead,
            given_at=NOW,
            taken_back_at=taken_back_at,
        )
        side.other_ids[route] = {"affirmation_id": given.pk}
    side.ids["affirmation_id"] = given.pk
    for route, status in (("note_question", "open"), ("note_question_again", "withdrawn")):
        question = NoteQuestion.objects.create(
            **said, asked_by=lead, asked_at=NOW, moved_at=NOW, status=status
        )
        QuestionTurn.objects.create(
            agency=side.agency,
            question=question,
            number=1,
            by=lead,
            words=f"What helped {side.person}?",
            said_at=NOW,
        )
        side.other_ids[route] = {"note_question_id": question.pk}
    for route in ("note_question_close", "note_question_back"):
        side.other_ids[route] = side.other_ids["note_question"]


def _away(side: Side, starts_on: date, ends_on: date, stand_in: User | None) -> TimeAway:
    lead = side.users["supervisor"]
    days = {"starts_on": starts_on, "ends_on": ends_on}
    return TimeAway.objects.create(
        agency=side.agency, supervisor=lead, stand_in=stand_in, set_by=lead, set_at=NOW, **days
    )
