"""A hand-off is recorded, corrected forward, answered, opened again, taken back (PROC-7)."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.refusal import STALE, Refusal, Refused, ensure
from alongside.core.words import gettext_noop as _
from alongside.encounters.codes import HandOffStatus
from alongside.encounters.models import HandOff, HandOffAnswer, HandOffDraft, HandOffVersion
from alongside.encounters.queries import hand_offs as queries
from alongside.encounters.rules import hand_offs as rules
from alongside.encounters.rules.hand_offs import NewAnswer, NewHandOff
from alongside.people.queries import participants_visible_to
from alongside.tenancy.hidden import free_id, where_taken

S = HandOffStatus
TAKEN = Refusal("taken", _("This page was used for another hand-off. Open a new one."))
_CONTENT = (
    "participant_id",
    "encounter_id",
    "happened_at",
    "about",
    "handed_to",
    "who",
    "wanted",
    "done",
    "permission_words",
    "still_open",
    "next_step",
)


def open_hand_off(hand_off_id: UUID, *, by: Actor, at: datetime) -> HandOff:
    """The row for a page about it. Whoever reads of someone leaves a trace of it in the log."""
    found = queries.the_hand_off(by, hand_off_id=hand_off_id)
    if found.participant_id is not None:
        target = f"Participant/{found.participant_id}"
        record(by=by, at=at, verb="participant.opened", target=target)
    return found


def record_hand_off(hand_off_id: UUID, new: NewHandOff, *, by: Actor, at: datetime) -> HandOff:
    """Record it once: the id was made when the form opened. From now on it waits for an answer."""
    try:
        return _record(hand_off_id, new, by=by, at=at)
    except IntegrityError as failed:
        made = queries.hand_offs_visible_to(by).filter(pk=hand_off_id, author_id=by.id).first()
        if made is not None:
            return made
        if where_taken(failed) == HandOff._meta.db_table:
            raise Refused(TAKEN) from None
        raise


@transaction.atomic
def _record(hand_off_id: UUID, new: NewHandOff, *, by: Actor, at: datetime) -> HandOff:
    ensure(rules.why_not_record(new, by, at))
    hand_off = HandOff.objects.create(
        pk=hand_off_id,
        agency_id=by.agency_id,
        author_id=by.id,
        status=S.WAITING.value,
        recorded_at=at,
        waits_since=at,
        **_content(new, by),
    )
    _drop(hand_off_id, by)
    record(by=by, at=at, verb="hand-off.recorded", target=_target(hand_off_id))
    return hand_off


@transaction.atomic
def correct_hand_off(
    hand_off_id: UUID, new: NewHandOff, *, reason: str, seen: int, by: Actor, at: datetime
) -> HandOff:
    """Put ``new`` in place of what it said. It waits again: whoever answered reads it anew."""
    found = queries.the_hand_off(by, hand_off_id=hand_off_id)
    versions = len(found.versions.all())
    ensure(rules.why_not_correct(found.facts(versions=versions), by, reason=reason, seen=seen))
    ensure(rules.why_not_record(new, by, at))
    try:
        with transaction.atomic():
            HandOffVersion.objects.create(
                agency_id=by.agency_id,
                hand_off=found,
                number=versions + 1,
                text=_as_it_stands(found),
                reason=reason.strip(),
                replaced_at=at,
                replaced_by_id=by.id,
            )
    except IntegrityError as someone_was_faster:
        raise Refused(STALE) from someone_was_faster
    _claim(found, S.WAITING, waits_since=at, **_content(new, by))
    _drop(hand_off_id, by)
    record(by=by, at=at, verb="hand-off.corrected", target=_target(hand_off_id))
    return queries.the_hand_off(by, hand_off_id=hand_off_id)


@transaction.atomic
def take_back_hand_off(hand_off_id: UUID, *, reason: str, by: Actor, at: datetime) -> HandOff:
    """It was a mistake. It stays readable, with the reason, and waits for nobody."""
    found = queries.hand_offs_visible_to(by).get(pk=hand_off_id)
    ensure(rules.why_not_take_back(found.facts(), by, reason=reason))
    _claim(found, S.TAKEN_BACK, taken_back_at=at, taken_back_reason=reason.strip())
    record(by=by, at=at, verb="hand-off.taken-back", target=_target(hand_off_id))
    return queries.the_hand_off(by, hand_off_id=hand_off_id)


@transaction.atomic
def answer_hand_off(
    answer_id: UUID, hand_off_id: UUID, answer: NewAnswer, *, by: Actor, at: datetime
) -> HandOff:
    """Whoever looks after the writer has seen it and keeps it open with them, or followed it up."""
    found = queries.hand_offs_visible_to(by).get(pk=hand_off_id)
    if HandOffAnswer.objects.filter(pk=answer_id, hand_off=found, answered_by_id=by.id).exists():
        return queries.the_hand_off(by, hand_off_id=hand_off_id)
    ensure(rules.why_not_answer(found.facts(), by, answer))
    over = answer.to is S.FOLLOWED_UP
    _say(answer_id, found, answer.to, answer.words, not over, by=by, at=at)
    _claim(found, answer.to, **({"still_open": False} if over else {}))
    verb = "hand-off.followed-up" if over else "hand-off.seen"
    record(by=by, at=at, verb=verb, target=_target(hand_off_id))
    return queries.the_hand_off(by, hand_off_id=hand_off_id)


@transaction.atomic
def add_to_hand_off(
    answer_id: UUID, hand_off_id: UUID, *, words: str, still_open: bool, by: Actor, at: datetime
) -> HandOff:
    """The writer tells what happened since. What was followed up waits again if it is open."""
    found = queries.hand_offs_visible_to(by).get(pk=hand_off_id)
    if HandOffAnswer.objects.filter(pk=answer_id, hand_off=found, answered_by_id=by.id).exists():
        return queries.the_hand_off(by, hand_off_id=hand_off_id)
    ensure(rules.why_not_add(found.facts(), by, words=words))
    status = S(found.status)
    again = status is S.FOLLOWED_UP and still_open
    to = S.WAITING if again else status
    _say(answer_id, found, to, words, still_open, by=by, at=at)
    waits = {"waits_since": at} if again else {}
    _claim(found, to, still_open=still_open, next_step=found.next_step or words.strip(), **waits)
    record(by=by, at=at, verb="hand-off.added-to", target=_target(hand_off_id))
    return queries.the_hand_off(by, hand_off_id=hand_off_id)


@transaction.atomic
def open_hand_off_again(
    answer_id: UUID, hand_off_id: UUID, *, words: str, by: Actor, at: datetime
) -> HandOff:
    """It was followed up and is not over after all: it waits again."""
    found = queries.hand_offs_visible_to(by).get(pk=hand_off_id)
    if HandOffAnswer.objects.filter(pk=answer_id, hand_off=found, answered_by_id=by.id).exists():
        return queries.the_hand_off(by, hand_off_id=hand_off_id)
    ensure(rules.why_not_open_again(found.facts(), by, words=words))
    _say(answer_id, found, S.WAITING, words, still_open=True, by=by, at=at)
    next_step = found.next_step or words.strip()
    _claim(found, S.WAITING, waits_since=at, still_open=True, next_step=next_step)
    record(by=by, at=at, verb="hand-off.opened-again", target=_target(hand_off_id))
    return queries.the_hand_off(by, hand_off_id=hand_off_id)


@transaction.atomic
def keep_hand_off_draft(
    hand_off_id: UUID,
    fields: Mapping[str, object],
    *,
    participant_id: UUID | None,
    by: Actor,
    at: datetime,
) -> HandOffDraft:
    """Keep what is typed. It is not the record yet: only its author reads it."""
    ensure(rules.why_not_begin(by))
    if participant_id is not None:
        participants_visible_to(by).only("pk").get(pk=participant_id)
    others = HandOff.objects.filter(pk=hand_off_id).exclude(author_id=by.id)
    if others.exists():
        raise Refused(TAKEN)
    draft, _new = HandOffDraft.objects.update_or_create(
        author_id=by.id,
        hand_off_id=hand_off_id,
        defaults={
            "fields": dict(fields),
            "saved_at": at,
            "agency_id": by.agency_id,
            "participant_id": participant_id,
        },
    )
    return draft


@transaction.atomic
def drop_hand_off_draft(hand_off_id: UUID, *, by: Actor) -> None:
    """The author lets go of what was typed and not recorded."""
    draft = queries.hand_off_drafts(by).get(hand_off_id=hand_off_id)
    HandOffDraft.objects.filter(pk=draft.pk).delete()


def _drop(hand_off_id: UUID, by: Actor) -> None:
    HandOffDraft.objects.filter(author_id=by.id, hand_off_id=hand_off_id).delete()


def _content(new: NewHandOff, by: Actor) -> dict[str, object]:
    """The columns of its content. A person or note out of sight is as absent."""
    if new.participant_id is not None:
        participants_visible_to(by).only("pk").get(pk=new.participant_id)
    note_id = new.encounter_id if new.participant_id is not None else None
    if note_id is not None and new.participant_id is not None:
        queries.notes_to_link(by, participant_id=new.participant_id).get(pk=note_id)
    return {
        "participant_id": new.participant_id,
        "encounter_id": note_id,
        "happened_at": new.happened_at,
        "about": list(new.about),
        "handed_to": list(new.handed_to),
        "who": new.who.strip(),
        "wanted": new.wanted.strip(),
        "done": new.done.strip(),
        "permission_words": new.permission_words.strip(),
        "still_open": new.still_open,
        "next_step": new.next_step.strip(),
    }


def _as_it_stands(found: HandOff) -> dict[str, object]:
    text = {name: getattr(found, name) for name in _CONTENT}
    ids = {name: str(text[name]) for name in ("participant_id", "encounter_id") if text[name]}
    return {**text, **ids, "happened_at": found.happened_at.isoformat()}


def _say(
    answer_id: UUID,
    found: HandOff,
    to: HandOffStatus,
    words: str,
    still_open: bool | None,
    *,
    by: Actor,
    at: datetime,
) -> None:
    HandOffAnswer.objects.create(
        pk=free_id(HandOffAnswer, answer_id),
        agency_id=by.agency_id,
        hand_off=found,
        status=to.value,
        words=words.strip(),
        still_open=still_open,
        answered_at=at,
        answered_by_id=by.id,
    )


def _claim(found: HandOff, to: HandOffStatus, **changes: object) -> None:
    # Claim by condition: one writer wins on SQLite and PostgreSQL alike.
    won = HandOff.objects.filter(
        pk=found.pk, status=found.status, waits_since=found.waits_since
    ).update(status=to.value, **changes)
    if not won:
        raise Refused(STALE)


def _target(hand_off_id: UUID) -> str:
    return f"HandOff/{hand_off_id}"
