"""Writing worksheets that are kept with a participant. What was kept is never lost again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.core.refusal import STALE, Refused, ensure
from alongside.people.queries import participants_visible_to
from alongside.plans.codes import FilledIn
from alongside.plans.models import Worksheet, WorksheetDraft, WorksheetVersion
from alongside.plans.queries import tools, worksheets
from alongside.plans.rules import worksheets as rules
from alongside.practice.worksheets import Answers, Definition, words_lost
from alongside.tenancy.hidden import free_id

KEPT_AFTER_PUT_AWAY = timedelta(days=1)


@dataclass(frozen=True)
class Saved:
    draft: WorksheetDraft
    conflict: bool = False


@dataclass(frozen=True)
class Page:
    """Which sheet of whom a page is about, and the number of the version it was made from."""

    worksheet_id: UUID
    participant_id: UUID
    tool: str
    number: int = 0


def save_worksheet_draft(
    page: Page, answers: Answers, *, seen: datetime | None, by: Actor, at: datetime
) -> Saved:
    """Keep what is written so far. ``seen`` is when this window last knew it to be saved."""
    try:
        return _save(page, answers, seen, by=by, at=at)
    except IntegrityError:
        # Two windows began the same sheet at once; the second look finds the first one's.
        return _save(page, answers, seen, by=by, at=at)


@transaction.atomic
def _save(page: Page, answers: Answers, seen: datetime | None, *, by: Actor, at: datetime) -> Saved:
    person = participants_visible_to(by).only("pk").get(pk=page.participant_id)
    ensure(rules.why_not_write_worksheet(by))
    draft = WorksheetDraft.objects.filter(author_id=by.id, worksheet_id=page.worksheet_id).first()
    if draft is not None and draft.participant_id != person.pk:
        raise WorksheetDraft.DoesNotExist
    if draft is None:
        definition = _definition(page, by)
        # Kept a moment ago: what comes late from the page must not begin it anew.
        if _there(page, by).filter(number__gt=page.number).exists():
            raise Refused(rules.TAKEN)
        draft = WorksheetDraft.objects.create(
            agency_id=by.agency_id,
            author_id=by.id,
            participant_id=person.pk,
            worksheet_id=page.worksheet_id,
            tool=definition.key,
            tool_version=definition.version,
            number=page.number,
            answers=answers,
            saved_at=at,
        )
        record(by=by, at=at, verb="worksheet.begun", target=f"Worksheet/{page.worksheet_id}")
        return Saved(draft)
    conflict = seen != draft.saved_at and words_lost(draft.answers, answers)
    if conflict:
        draft.other = draft.answers
    draft.answers, draft.saved_at, draft.dropped_at = dict(answers), at, None
    draft.number = max(draft.number, page.number)
    draft.save(update_fields=["answers", "other", "saved_at", "dropped_at", "number"])
    return Saved(draft, conflict)


@transaction.atomic
def put_worksheet_draft_away(worksheet_id: UUID, *, by: Actor, at: datetime) -> None:
    """For a day it can be taken back; what was put away before that goes."""
    draft = worksheets.worksheet_drafts(by).get(worksheet_id=worksheet_id)
    old = WorksheetDraft.objects.filter(author_id=by.id, dropped_at__lt=at - KEPT_AFTER_PUT_AWAY)
    old.delete()
    WorksheetDraft.objects.filter(pk=draft.pk).update(dropped_at=at)
    record(by=by, at=at, verb="worksheet.put-away", target=f"Worksheet/{worksheet_id}")


@transaction.atomic
def take_worksheet_draft_up(worksheet_id: UUID, *, by: Actor, at: datetime) -> WorksheetDraft:
    draft = WorksheetDraft.objects.get(
        author_id=by.id,
        worksheet_id=worksheet_id,
        dropped_at__isnull=False,
        participant__in=participants_visible_to(by).values("pk"),
    )
    WorksheetDraft.objects.filter(pk=draft.pk).update(dropped_at=None)
    record(by=by, at=at, verb="worksheet.taken-up", target=f"Worksheet/{worksheet_id}")
    return draft


@transaction.atomic
def keep_worksheet(
    page: Page, answers: Answers, filled_in: FilledIn, *, by: Actor, at: datetime
) -> Worksheet:
    """It is in the participant's record now; what it said before stays readable.

    The id is made by the page: five clicks keep one. Refuses when it was changed meanwhile.
    """
    participants_visible_to(by).only("pk").get(pk=page.participant_id)
    ensure(rules.why_not_write_worksheet(by))
    definition = _definition(page, by)
    ensure(rules.why_not_keep_worksheet(definition, answers))
    there = _there(page, by).first()
    if there is None:
        kept = _begin(page, definition, answers, filled_in, by=by, at=at)
    else:
        kept = _change(there, page, definition, answers, filled_in, by=by, at=at)
    drafts = WorksheetDraft.objects.filter(author_id=by.id, participant_id=page.participant_id)
    drafts.filter(worksheet_id=page.worksheet_id).delete()
    return kept


def _begin(
    page: Page,
    definition: Definition,
    answers: Answers,
    filled_in: FilledIn,
    *,
    by: Actor,
    at: datetime,
) -> Worksheet:
    on = local_date(at, by.time_zone)
    kept = Worksheet.objects.create(
        pk=free_id(Worksheet, page.worksheet_id),
        agency_id=by.agency_id,
        participant_id=page.participant_id,
        tool=definition.key,
        tool_version=definition.version,
        answers=answers,
        filled_in=filled_in.value,
        begun_on=on,
        kept_on=on,
        kept_at=at,
        kept_by_id=by.id,
    )
    record(by=by, at=at, verb="worksheet.kept", target=f"Worksheet/{kept.pk}")
    return kept


def _change(
    there: Worksheet,
    page: Page,
    definition: Definition,
    answers: Answers,
    filled_in: FilledIn,
    *,
    by: Actor,
    at: datetime,
) -> Worksheet:
    ensure(rules.GONE if there.voided_at else None)
    if there.answers == answers:
        return there
    old = there.number
    won = Worksheet.objects.filter(pk=there.pk, number=page.number, voided_at=None).update(
        number=old + 1,
        tool_version=definition.version,
        answers=answers,
        filled_in=filled_in.value,
        kept_on=local_date(at, by.time_zone),
        kept_at=at,
        kept_by_id=by.id,
    )
    if not won:
        raise Refused(STALE)
    WorksheetVersion.objects.create(
        agency_id=by.agency_id,
        worksheet_id=there.pk,
        number=old,
        tool_version=there.tool_version,
        answers=there.answers,
        filled_in=there.filled_in,
        kept_on=there.kept_on,
        kept_at=there.kept_at,
        kept_by_id=there.kept_by_id,
    )
    record(by=by, at=at, verb="worksheet.changed", target=f"Worksheet/{there.pk}")
    there.refresh_from_db()
    return there


@transaction.atomic
def take_worksheet_back(worksheet_id: UUID, *, reason: str, by: Actor, at: datetime) -> None:
    """It was a mistake: out of the way, still readable, with who and why."""
    found = worksheets.worksheets_visible_to(by).get(pk=worksheet_id)
    ensure(rules.why_not_write_worksheet(by))
    gone = found.voided_at is not None
    ensure(rules.why_not_take_back_worksheet(taken_back=gone, reason=reason))
    won = Worksheet.objects.filter(pk=worksheet_id, voided_at=None).update(
        voided_at=at, voided_by_id=by.id, voided_reason=reason.strip()
    )
    if not won:
        raise Refused(STALE)
    record(by=by, at=at, verb="worksheet.taken-back", target=f"Worksheet/{worksheet_id}")


@transaction.atomic
def put_worksheet_back(worksheet_id: UUID, *, by: Actor, at: datetime) -> Worksheet:
    """Taking it back was the mistake."""
    found = worksheets.worksheets_visible_to(by).get(pk=worksheet_id)
    ensure(rules.why_not_write_worksheet(by))
    won = Worksheet.objects.filter(pk=worksheet_id, voided_at__isnull=False).update(
        voided_at=None, voided_by=None, voided_reason=""
    )
    if won:
        record(by=by, at=at, verb="worksheet.put-back", target=f"Worksheet/{worksheet_id}")
    found.refresh_from_db()
    return found


@transaction.atomic
def export_worksheets(participant_id: UUID, *, by: Actor, at: datetime) -> list[Worksheet]:
    """All that is kept with one person, to take along. That it was taken along is on record."""
    person = participants_visible_to(by).get(pk=participant_id)
    found = list(worksheets.worksheets_of(by, participant_id=person.pk))
    record(by=by, at=at, verb="worksheet.exported", target=f"Participant/{person.pk}")
    return found


def _there(page: Page, by: Actor) -> QuerySet[Worksheet]:
    """The sheet of a page as it is kept; one of somebody else's is none."""
    return worksheets.worksheets_visible_to(by).filter(
        pk=page.worksheet_id, participant_id=page.participant_id
    )


def _definition(page: Page, by: Actor) -> Definition:
    """The tool of a sheet: of one there is already, whatever the page says; else what it says."""
    there = _there(page, by).first()
    key = there.tool if there is not None else page.tool
    found = tools.definition_of(by, key=key)
    ensure(rules.NOT_SHARED if found.private else None)
    if there is None:
        ensure(rules.WITHDRAWN if tools.is_withdrawn(by, key=key) else None)
    return found
