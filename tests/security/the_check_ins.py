"""Check-ins of the world: one finished, one begun, one taken back; and what the agency loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.outcomes.models import CheckIn, CheckInRhythm, Instrument, InstrumentVersion
from alongside.practice.instruments.fhir import text_of
from tests.factories import NOW, TODAY
from tests.practice.instruments.made import made

if TYPE_CHECKING:
    from tests.security.world import Side


def _names(text: str) -> set[str]:
    return set(text.split())


ROUTES = _names(
    "outcomes outcomes_file check_in check_in_again check_in_away check_in_back check_in_end "
    "check_in_file check_in_new check_in_save check_in_write"
)
AGENCY_ROUTES = _names(
    "check_ins_offered instrument instrument_load instrument_restore instrument_take "
    "instrument_withdraw instruments rhythm_again rhythm_back rhythm_set"
)
OWN_ROUTES = {
    f"own_{name}"
    for name in _names(
        "change change_file check_in check_in_again check_in_away check_in_back check_in_end "
        "check_in_new check_in_save check_in_share check_in_unshare check_in_write check_ins"
    )
}
BODIES = {
    "check_in_new": {"check_in_id": "b3a8e1f0-0000-7000-8000-0000000000e1"},
    "check_in_back": {"reason": "Wrong person"},
    "rhythm_set": {"instrument": "check-in", "every_days": "60", "starts_on": TODAY.isoformat()}
    | {"rhythm_id": "b3a8e1f0-0000-7000-8000-0000000000e2"},
}
# Stands in what a participant answered and shows nobody, and nowhere else.
UNSHARED = "Rohrsaenger"
OWN_BODIES = {"own_check_in_new": {"check_in_id": "b3a8e1f0-0000-7000-8000-0000000000e3"}}


def with_check_ins(side: Side) -> None:
    own = side.users["supporter"]
    base = {
        "agency": side.agency,
        "participant": side.ids["person"],
        "instrument": "check-in",
        "instrument_version": 1,
        "way": "together",
        "begun_at": NOW,
        "begun_by": own,
        "saved_at": NOW,
    }
    answers = {"purpose": "4", "own_words": f"Mornings {side.person}"}
    done = {"number": 1, "answers": answers, "on": TODAY, "finished_at": NOW, "finished_by": own}
    done |= {"shared_at": NOW}
    row = CheckIn.objects.create(**base, **done)
    begun = CheckIn.objects.create(**base, draft=answers, draft_way="together")
    gone = {"voided_at": NOW, "voided_by": own, "voided_reason": f"Not {side.person}"}
    back = CheckIn.objects.create(**base, **done, **gone)
    theirs = {**base, **done, "way": "own"}
    unseen = {**done, "answers": {**answers, "own_words": UNSHARED}, "shared_at": None}
    shared, unshared = [CheckIn.objects.create(**one) for one in (theirs, {**theirs, **unseen})]
    CheckIn.objects.create(**base, **unseen, draft={"own_words": UNSHARED}, draft_way="together")
    side.ids |= {"check_in_id": row.pk, "number": 1}
    side.other_ids |= {
        "own_check_in_share": {"check_in_id": unshared.pk},
        "own_check_in_unshare": {"check_in_id": shared.pk},
        "check_in_end": {"check_in_id": begun.pk},
        "check_in_again": {"check_in_id": back.pk},
        "own_check_in_end": {"check_in_id": begun.pk},
        "own_check_in_again": {"check_in_id": back.pk},
    }
    _of_the_agency(side)


def _of_the_agency(side: Side) -> None:
    own = side.users["administrator"]
    text = text_of(made()).replace("Made up", f"Made up {side.canary}")
    said = {"agency": side.agency, "number": 1, "text": text, "may_use": "Ours"}
    rhythm = {"agency": side.agency, "instrument": "check-in", "every_days": 90}
    rhythm |= {"starts_on": TODAY, "set_at": NOW, "set_by": own}
    found = []
    for gone in (None, NOW):
        row = Instrument.objects.create(agency=side.agency, begun_at=NOW, withdrawn_at=gone)
        InstrumentVersion.objects.create(instrument=row, at=NOW, by=own, **said)
        found.append((row.pk, CheckInRhythm.objects.create(taken_back_at=gone, **rhythm).pk))
    side.ids |= {"instrument_id": found[0][0], "rhythm_id": found[0][1]}
    side.other_ids |= {
        "instrument_restore": {"instrument_id": found[1][0]},
        "rhythm_again": {"rhythm_id": found[1][1]},
    }
