"""What participants say by themselves about notes and times, and parts that are kept apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.core.ids import new_id
from alongside.encounters.codes import KeptStatus, KeptStepKind
from alongside.encounters.models import (
    AddedWords,
    AddedWordsVersion,
    Appointment,
    Encounter,
    KeptApart,
    KeptStep,
)
from alongside.plans.models import WorksheetDraft
from alongside.retention.codes import AskedBy
from alongside.retention.models import RecordRequest
from tests.consents.made import a_consent
from tests.factories import NOW, TODAY

if TYPE_CHECKING:
    from tests.security.world import Side

# Stands in all that is kept from the participant, and in nothing that they may read.
KEPT = "Kuckuck"


def _names(text: str) -> set[str]:
    return set(text.split())


def with_own_record(side: Side) -> None:
    _kept(side)
    _said(side)
    _asked(side)


def _kept(side: Side) -> None:
    """One that waits, beside the note that everybody reads; the writer's own."""
    own, note = side.users["supporter"], side.ids["encounter_id"]
    Encounter.objects.filter(pk=note).update(author=own)
    part = KeptApart.objects.create(
        agency=side.agency,
        encounter_id=note,
        text=f"Her sister {KEPT} {side.person}",
        reason="about_another",
        why=f"Not hers to tell {KEPT} {side.person}",
        status=KeptStatus.WAITING.value,
        written_at=NOW,
        written_by=own,
    )
    KeptStep.objects.create(
        agency=side.agency,
        part=part,
        kind=KeptStepKind.WRITTEN.value,
        words=f"Why {KEPT} {side.person}",
        at=NOW,
        by=own,
    )
    side.ids["kept_id"] = part.pk


def _said(side: Side) -> None:
    note, user = side.ids["encounter_id"], side.users["participant"]
    for name, gone, seen in (
        ("words_id", None, None),
        ("own_words_again", NOW, None),
        ("own_answer_unread", None, NOW),
    ):
        added = AddedWords.objects.create(
            agency=side.agency,
            encounter_id=note,
            words=f"It was hard {side.person}",
            added_at=NOW,
            phone_of=user,
            from_outside=True,
            taken_back_at=gone,
            seen_at=seen,
        )
        AddedWordsVersion.objects.create(
            agency=side.agency,
            added=added,
            number=1,
            words=f"Before {side.person}",
            replaced_at=NOW,
        )
        side.other_ids[name] = {"words_id": added.pk}
    side.ids |= side.other_ids.pop("words_id")
    planned = Appointment.objects.get(pk=side.ids["appointment_id"])
    asked = Appointment.objects.create(
        agency=side.agency,
        participant=planned.participant,
        supporter=planned.supporter,
        starts_at=planned.starts_at,
        wish="other-time",
        wish_words=f"Friday {side.person}",
        wished_at=NOW,
    )
    for route in ("own_time_back", "wish_seen_to"):
        side.other_ids[route] = {"appointment_id": asked.pk}


def _asked(side: Side) -> None:
    person, user = side.ids["person"], side.users["participant"]
    request = RecordRequest.objects.create(
        agency=side.agency,
        participant=person,
        asked="correct",
        words=f"My aunt moved {side.person}",
        how=AskedBy.OWN_PAGES.value,
        asked_on=TODAY,
        due_on=TODAY,
        entered_at=NOW,
        entered_by=user,
    )
    for route in ("own_wrong_back", "own_right_back"):
        side.other_ids[route] = {"request_id": request.pk}
    signed = a_consent(person).consent_id
    for route in ("own_consent", "own_consent_back", "own_consent_print", "own_consent_paper"):
        side.other_ids[route] = {"consent_id": signed}
    for route, dropped in (("own_sheet_away", None), ("own_sheet_up", NOW)):
        draft = WorksheetDraft.objects.create(
            agency=side.agency,
            author=user,
            participant=person,
            worksheet_id=new_id(),
            tool="initial-meeting",
            tool_version=1,
            answers={"support_means": f"Typed {side.person}"},
            saved_at=NOW,
            dropped_at=dropped,
        )
        side.other_ids[route] = {"worksheet_id": draft.worksheet_id}


_NEW = {"kept_text": "A", "kept_reason": "law", "kept_why": "B", "seen": "0"}
BODIES = {
    "kept_new": {**_NEW, "part_id": "b3a8e1f0-0000-7000-8000-0000000000d1"},
    "kept_change": {**_NEW, "part_id": "b3a8e1f0-0000-7000-8000-0000000000d1"},
    "kept_say": {"act": "look", "to": "agreed"},
}
OWN_BODIES = {
    "own_note": {"words_id": "b3a8e1f0-0000-7000-8000-0000000000d2", "words": "It was good"},
    "own_words": {
        "words_id": "b3a8e1f0-0000-7000-8000-0000000000d3",
        "words": "It was better",
        "seen": "1",
    },
    "own_time": {"wish": "other-time", "words": "Friday"},
    "own_sheet_write": {"f-support_means": "Tea", "number": "1", "keep": "1"},
    "own_sheet_save": {"f-support_means": "Tea", "number": "1"},
    "own_people_wrong": {
        "request_id": "b3a8e1f0-0000-7000-8000-0000000000d4",
        "words": "My name",
    },
    "own_consent_back": {"who": "all"},
    "own_rights": {
        "request_id": "b3a8e1f0-0000-7000-8000-0000000000d7",
        "words": "My address",
    },
    "own_told_paper": {"years": "3", "told_id": "b3a8e1f0-0000-7000-8000-0000000000d6"},
    "own_copy_take": {"form": "data", "copy_id": "b3a8e1f0-0000-7000-8000-0000000000d5"},
}
OWN_ROUTES = _names(
    "own_notes own_note own_words own_words_back own_words_again own_times own_time "
    "own_time_back own_sheets own_sheet own_sheet_write own_sheet_save own_sheet_away "
    "own_sheet_up own_people own_people_wrong own_wrong_back own_rights own_right_back "
    "own_consents own_consent "
    "own_consent_back own_consent_print own_consent_paper own_told own_told_paper own_updates "
    "own_update own_looked own_copy own_copy_take"
)
