"""A record opened in an emergency, from the search to the last word of its review."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.accounts.codes import Permission
from alongside.accounts.queries import standing_in_for
from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.core.refusal import STALE, Refused, ensure
from alongside.people.actions.identifiers import show_identifier
from alongside.people.codes import IdentifierKind, OpeningReview
from alongside.people.models import (
    EmergencyNotice,
    EmergencyOpening,
    EmergencyWord,
    Participant,
)
from alongside.people.queries import emergencies as queries
from alongside.people.queries import identifiers, participants_visible_to
from alongside.people.rules import emergencies as rules
from alongside.tenancy.hidden import free_id

DECIDED = {
    OpeningReview.ASKED: "emergency.asked-about",
    OpeningReview.RIGHT: "emergency.found-right",
    OpeningReview.NOT_RIGHT: "emergency.found-not-right",
}


@transaction.atomic
def look_for(name: str, *, by: Actor, at: datetime) -> list[Participant]:
    """Whoever has exactly this name. That one looked, and how many there were, is on record."""
    ensure(rules.why_not_look_for(by))
    found = list(queries.by_exact_name(by, name=name)[:10])
    record(
        by=by,
        at=at,
        verb="emergency.looked-for",
        target=f"Agency/{by.agency_id}",
        detail={"found": len(found)},
    )
    return found


@transaction.atomic
def open_in_emergency(
    opening_id: UUID, participant_id: UUID, *, name: str, reason: str, by: Actor, at: datetime
) -> EmergencyOpening:
    """Sight of one record for two hours, for who typed the name. Those around the person are told
    in the same moment. ``opening_id`` was made by the form: five clicks open it once."""
    person = queries.by_exact_name(by, name=name).get(pk=participant_id)
    mine = queries.own_openings(by).filter(participant=person, ended_at=None, ends_at__gt=at)
    there = mine.first()
    if there is not None:
        return there
    in_sight = participants_visible_to(by).filter(pk=participant_id).exists()
    ensure(rules.why_not_open(reason, by, in_sight=in_sight))
    opening = EmergencyOpening.objects.create(
        pk=free_id(EmergencyOpening, opening_id),
        agency_id=by.agency_id,
        participant=person,
        opened_by_id=by.id,
        opened_at=at,
        ends_at=at + rules.LASTS,
        reason=reason.strip(),
    )
    EmergencyNotice.objects.bulk_create(
        EmergencyNotice(agency_id=by.agency_id, opening=opening, user_id=user)
        for user in _told(participant_id, by, at)
    )
    record(
        by=by,
        at=at,
        verb="emergency.opened",
        target=f"Participant/{participant_id}",
        detail={"opening": str(opening.pk)},
    )
    return opening


def _told(participant_id: UUID, by: Actor, at: datetime) -> list[UUID]:
    users = list(
        queries.who_is_told(by, participant_id=participant_id).values_list("pk", flat=True)
    )
    instead = standing_in_for(by, supervisors=users, on=local_date(at, by.time_zone))
    return list(dict.fromkeys([*users, *(user for user in instead if user != by.id)]))


@transaction.atomic
def look(opening_id: UUID, *, by: Actor, at: datetime) -> EmergencyOpening:
    """The opened record for a page: each look is on record as one in an emergency. Raises
    ``DoesNotExist`` as soon as it ended."""
    here = [one.opening_id for one in by.opened]
    opening = queries.own_openings(by).get(
        pk=opening_id, pk__in=here, ended_at=None, ends_at__gt=at
    )
    record(
        by=by,
        at=at,
        verb="emergency.looked",
        target=f"Participant/{opening.participant_id}",
        detail={"opening": str(opening_id)},
    )
    return opening


@transaction.atomic
def where_they_live(opening_id: UUID, *, by: Actor, at: datetime) -> str:
    """The home address, for who is sent there; nothing where none is kept. It is on record."""
    whom = {one.opening_id: one.participant_id for one in by.opened}
    narrow = queries.in_emergency(by)
    reads = replace(narrow, permissions=narrow.permissions | {str(Permission.HAND_OFF_ANSWER)})
    home = identifiers(reads, participant_id=whom[opening_id]).filter(
        kind=IdentifierKind.HOME.value
    )
    row = home.first()
    try:
        return show_identifier(row.pk, by=reads, at=at).value if row is not None else ""
    except Refused:
        return ""  # it cannot be opened: the page has the phone and whom to call


@transaction.atomic
def take_up(opening_id: UUID, *, by: Actor, at: datetime) -> EmergencyOpening:
    """One's own opening on another device, or after signing in again, while it runs."""
    opening = queries.own_openings(by).get(pk=opening_id, ended_at=None, ends_at__gt=at)
    ensure(rules.why_not_look_for(by))
    record(
        by=by,
        at=at,
        verb="emergency.taken-up",
        target=f"Participant/{opening.participant_id}",
        detail={"opening": str(opening_id)},
    )
    return opening


@transaction.atomic
def end_opening(opening_id: UUID, *, by: Actor, at: datetime) -> EmergencyOpening:
    """It is not needed any more: sight ends with the next request."""
    opening = queries.the_opening(by, opening_id=opening_id)
    ensure(rules.why_not_end(opening.facts(), by, at=at))
    rows = EmergencyOpening.objects.filter(pk=opening_id, ended_at=None)
    if not rows.update(ended_at=at, ended_by_id=by.id):
        raise Refused(STALE)
    record(
        by=by,
        at=at,
        verb="emergency.ended",
        target=f"Participant/{opening.participant_id}",
        detail={"opening": str(opening_id)},
    )
    return opening


@transaction.atomic
def review_opening(
    word_id: UUID, opening_id: UUID, *, to: OpeningReview, words: str, by: Actor, at: datetime
) -> EmergencyOpening:
    """Right, not right, or a question. What was said before stays."""
    opening = queries.the_opening(by, opening_id=opening_id)
    if any(word.pk == word_id for word in opening.words.all()):
        return opening
    ensure(rules.why_not_review(opening.facts(), to, words, by))
    _say(word_id, opening, to, words, by=by, at=at, reviewed_by_id=by.id, reviewed_at=at)
    EmergencyNotice.objects.filter(opening=opening, user_id=by.id).update(seen_at=at)
    EmergencyNotice.objects.update_or_create(
        opening=opening,
        user_id=opening.opened_by_id,
        defaults={"seen_at": None, "agency_id": by.agency_id},
    )
    _told_of(opening, DECIDED[to], by=by, at=at)
    return queries.the_opening(by, opening_id=opening_id)


@transaction.atomic
def answer_about_opening(
    word_id: UUID, opening_id: UUID, *, words: str, by: Actor, at: datetime
) -> EmergencyOpening:
    """Whoever opened the record answers what the privacy officer asked."""
    opening = queries.the_opening(by, opening_id=opening_id)
    if any(word.pk == word_id for word in opening.words.all()):
        return opening
    ensure(rules.why_not_answer(opening.facts(), words, by))
    _say(word_id, opening, OpeningReview.ANSWERED, words, by=by, at=at)
    _told_of(opening, "emergency.answered", by=by, at=at)
    return queries.the_opening(by, opening_id=opening_id)


@transaction.atomic
def read_notice(opening_id: UUID, *, by: Actor, at: datetime) -> None:
    """It is known now, and stands no longer on the reader's day."""
    opening = queries.the_opening(by, opening_id=opening_id)
    unread = EmergencyNotice.objects.filter(opening=opening, user_id=by.id, seen_at=None)
    if unread.exists() and unread.update(seen_at=at):
        _told_of(opening, "emergency.notice-read", by=by, at=at)


def _say(
    word_id: UUID,
    opening: EmergencyOpening,
    to: OpeningReview,
    words: str,
    *,
    by: Actor,
    at: datetime,
    **changes: object,
) -> None:
    # Claim by condition: of two who decide at one moment one is asked to look again.
    won = EmergencyOpening.objects.filter(pk=opening.pk, review=opening.review).update(
        review=to.value, **changes
    )
    if not won:
        raise Refused(STALE)
    EmergencyWord.objects.create(
        pk=free_id(EmergencyWord, word_id),
        agency_id=by.agency_id,
        opening=opening,
        said_by_id=by.id,
        said_at=at,
        to=to.value,
        text=words.strip(),
    )


def _told_of(opening: EmergencyOpening, verb: str, *, by: Actor, at: datetime) -> None:
    record(by=by, at=at, verb=verb, target=f"EmergencyOpening/{opening.pk}")
