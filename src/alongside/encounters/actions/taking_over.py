"""An answer on its way into a note: a draft is filled in, a signed note corrected."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.core.actor import Actor
from alongside.core.refusal import Refusal, Refused, ensure
from alongside.core.words import gettext_noop as _
from alongside.encounters import queries, rules
from alongside.encounters.actions.corrections import correct_note
from alongside.encounters.actions.questions import facts_of, settle
from alongside.encounters.models import ArrayQuestion, Encounter, NoteDraft
from alongside.encounters.rules import NO_SERVICE, NewNote, Times

NO_NOTE = Refusal(
    "no-note", _("There is no note or draft any more that this answer could go into.")
)


@transaction.atomic
def take_over_answer(question_id: UUID, *, correction: str, by: Actor, at: datetime) -> bool:
    """Put the answer into the note it was asked for; true where that note was signed before.

    ``correction`` is what the version of a signed note says it was corrected for.
    """
    question = queries.own_questions(by).get(pk=question_id)
    ensure(rules.why_not_take_over(facts_of(question), by))
    note = queries.encounters_visible_to(by).filter(pk=question.encounter_id).first()
    draft = queries.drafts_of(by).filter(encounter_id=question.encounter_id).first()
    if draft is not None:
        _fill_in(draft, question, at=at)
    elif note is not None:
        found = queries.the_note(by, encounter_id=note.pk)
        _correct(found, question, correction=correction, by=by, at=at)
    else:
        raise Refused(NO_NOTE)
    settle(question, by=by, at=at)
    return draft is None


@transaction.atomic
def use_precedent(encounter_id: UUID, precedent_id: UUID, *, by: Actor, at: datetime) -> None:
    """Fill the array of an example, with its reason, into an unfinished note of one's own."""
    precedent = queries.precedents(by).get(pk=precedent_id)
    _fill_in(queries.drafts_of(by).get(encounter_id=encounter_id), precedent, at=at)


def choice_of(question: ArrayQuestion) -> str:
    return NO_SERVICE if question.no_service else question.array


def own_reason(question: ArrayQuestion) -> str:
    """Why a note parts from the advice: who said so, and their reason."""
    who = question.answered_by.name if question.answered_by else ""
    return f"{who}: {question.reason}"


def _fill_in(draft: NoteDraft, question: ArrayQuestion, *, at: datetime) -> None:
    draft.fields |= {"array": [choice_of(question)], "array_own_reason": [own_reason(question)]}
    draft.saved_at = at
    draft.save(update_fields=["fields", "saved_at"])


def _correct(
    note: Encounter, question: ArrayQuestion, *, correction: str, by: Actor, at: datetime
) -> None:
    said = note_as_written(note, array=choice_of(question), array_own_reason=own_reason(question))
    seen = len(note.versions.all())
    correct_note(note.pk, said, reason=correction, seen=seen, by=by, at=at)


def note_as_written(note: Encounter, *, array: str, array_own_reason: str) -> NewNote:
    """A signed note as it stands, but for its array."""
    return NewNote(
        times=Times(note.on, note.started_at, note.ended_at, note.minutes),
        mode=note.mode,
        place=note.place,
        place_words=note.place_words,
        going_along=note.going_along,
        service=note.service,
        processes=tuple(note.processes),
        activities=tuple(note.activities),
        goal_ids=tuple(link.goal_id for link in note.goal_links.all()),
        what_we_did=note.what_we_did,
        participant_words=note.participant_words,
        what_next=note.what_next,
        done_for=note.done_for,
        permission_words=note.permission_words,
        array=array,
        array_answers=note.array_answers,
        array_own_reason=array_own_reason,
        miles=note.miles,
    )
