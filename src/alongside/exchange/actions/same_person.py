"""Two records that may be one person. A person decides, and can take the decision back."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Required, TypedDict
from uuid import UUID

from django.db import transaction
from django.db.models import F

from alongside.audit.actions import Event, record, record_many
from alongside.core.actor import Actor
from alongside.core.refusal import STALE, Refused, ensure
from alongside.exchange import queries
from alongside.exchange.actions.batches import user_id_of
from alongside.exchange.actions.moving import Ids, move, rows_to_move, rows_to_part
from alongside.exchange.rules import batches as rules
from alongside.exchange.rules.merging import FILLED, MergeFacts, why_not_part, why_not_same
from alongside.people.actions import keep_old_words
from alongside.people.actions.joining import Joined, join_doors, part_doors
from alongside.people.codes import SamePersonAnswer
from alongside.people.models import Participant, SamePersonProposal
from alongside.people.rules import Difference
from alongside.referrals.actions.rhythm import recount_many
from alongside.referrals.models import Episode, Match


class Moved(TypedDict, total=False):
    """What a decision moved, so that it can be taken back. ``rows``: ids by model and field; what
    was decided earlier has them by other names (``BEFORE``)."""

    kept: Required[str]
    other: Required[str]
    rows: Ids
    along: Ids
    doors: Joined
    filled: Required[list[str]]


BEFORE: Mapping[str, str] = {
    "referrals": "referrals.Referral.participant",
    "encounters": "encounters.Encounter.participant",
    "appointments": "encounters.Appointment.participant",
    "hand_offs": "encounters.HandOff.participant",
    "worksheets": "plans.Worksheet.participant",
    "identifiers": "people.Identifier.participant",
    "requirements": "plans.Requirement.participant",
    "milestones": "outcomes.Milestone.participant",
    "returns": "outcomes.ReturnToUse.participant",
}


@transaction.atomic
def open_pairs(proposals: Collection[SamePersonProposal], *, by: Actor, at: datetime) -> None:
    """Both sides of each pair are shown with birth date, phone and requests: a look at each."""
    ensure(rules.why_not_import(by))
    shown = dict.fromkeys(pk for pair in proposals for pk in (pair.kept_id, pair.other_id))
    if shown:
        looks = [Event("participant.opened", f"Participant/{pk}") for pk in shown]
        record_many(looks, by=by, at=at)


@transaction.atomic
def decide_same(proposal_id: UUID, *, keep: UUID, by: Actor, at: datetime) -> SamePersonProposal:
    """They are one person: what hangs on the other row moves to the record ``keep``, which also
    learns what only the other one knew. ``reopen_proposal`` takes all of it back."""
    proposal = _take(proposal_id, by)
    if proposal.answer != SamePersonAnswer.OPEN:
        raise Refused(STALE)
    kept, other = _sides(proposal, keep)
    ensure(why_not_same(_facts(kept), _facts(other)))
    moved = Moved(
        kept=str(kept.pk),
        other=str(other.pk),
        rows=rows_to_move(kept=kept.pk, other=other.pk),
        doors=join_doors(kept, other, by=by, at=at),
        filled=_fill(kept, other, by=by, at=at),
    )
    move(moved["rows"], origin=other.pk, to=kept.pk)
    Participant.objects.filter(pk=other.pk).update(same_as=kept)
    _answer(proposal, SamePersonAnswer.SAME, moved, by=by, at=at)
    _recount([kept.pk, other.pk], by=by)
    return proposal


def _sides(proposal: SamePersonProposal, keep: UUID) -> tuple[Participant, Participant]:
    if keep == proposal.other_id:
        return proposal.other, proposal.kept
    return proposal.kept, proposal.other


def _facts(person: Participant) -> MergeFacts:
    return MergeFacts(
        stands=_stands(person),
        walks=Episode.objects.filter(participant=person, voided_at=None).exists()
        or Match.objects.filter(participant=person).exists(),
    )


def _stands(person: Participant) -> bool:
    return person.voided_at is None and person.same_as_id is None


def _fill(kept: Participant, other: Participant, *, by: Actor, at: datetime) -> list[str]:
    """What is not known of the kept one and known of the other; old words stay readable."""
    filled = [f for f in FILLED if not getattr(kept, f) and getattr(other, f)]
    if filled:
        changes = [Difference(f, "", str(getattr(other, f))) for f in filled]
        keep_old_words(kept.pk, changes, by=by, at=at)
        Participant.objects.filter(pk=kept.pk).update(
            **{f: getattr(other, f) for f in filled}, revision=F("revision") + 1
        )
    return filled


@transaction.atomic
def decide_different(proposal_id: UUID, *, by: Actor, at: datetime) -> SamePersonProposal:
    """They are two people. They are not proposed again."""
    proposal = _take(proposal_id, by)
    if proposal.answer != SamePersonAnswer.OPEN:
        raise Refused(STALE)
    _answer(proposal, SamePersonAnswer.DIFFERENT, None, by=by, at=at)
    return proposal


@transaction.atomic
def reopen_proposal(proposal_id: UUID, *, by: Actor, at: datetime) -> SamePersonProposal:
    """Take a decision back: what had moved goes where it came from."""
    proposal = _take(proposal_id, by)
    moved: Moved | None = proposal.moved or None
    if proposal.answer == SamePersonAnswer.OPEN:
        raise Refused(STALE)
    if moved is not None:
        kept = Participant.objects.get(pk=moved["kept"])
        other = Participant.objects.get(pk=moved["other"])
        ensure(why_not_part(kept_stands=_stands(kept)))
        move(rows_to_part(_rows_of(moved), kept=kept.pk), origin=kept.pk, to=other.pk)
        part_doors(kept, other, moved.get("doors", {}), by=by, at=at)
        _empty_again(kept, other, moved["filled"], by=by, at=at)
        Participant.objects.filter(pk=other.pk).update(same_as=None)
        _recount([kept.pk, other.pk], by=by)
    _answer(proposal, SamePersonAnswer.OPEN, None, by=by, at=at)
    return proposal


def _rows_of(moved: Moved) -> Mapping[str, list[str]]:
    if "rows" in moved:
        return moved["rows"]
    said: Mapping[str, Any] = {**moved, **moved.get("along", {})}
    return {name: said[key] for key, name in BEFORE.items() if key in said}


def _empty_again(
    kept: Participant, other: Participant, filled: list[str], *, by: Actor, at: datetime
) -> None:
    """Facts that came from the other record go again, unless someone has changed them since."""
    same = [f for f in filled if getattr(kept, f) == getattr(other, f)]
    if not same:
        return
    changes = [Difference(f, str(getattr(kept, f)), "") for f in same]
    keep_old_words(kept.pk, changes, by=by, at=at)
    nothing = {f: None if f == "born_on" else "" for f in same}
    Participant.objects.filter(pk=kept.pk).update(**nothing, revision=F("revision") + 1)


def _take(proposal_id: UUID, by: Actor) -> SamePersonProposal:
    ensure(rules.why_not_import(by))
    return queries.proposals_visible_to(by).get(pk=proposal_id)


def _answer(
    proposal: SamePersonProposal,
    answer: SamePersonAnswer,
    moved: Moved | None,
    *,
    by: Actor,
    at: datetime,
) -> None:
    # Claim by condition: of two people who decide at once, one is told to look again.
    won = SamePersonProposal.objects.filter(pk=proposal.pk, answer=proposal.answer).update(
        answer=answer.value, moved=moved or {}, answered_by_id=user_id_of(by), answered_at=at
    )
    if not won:
        raise Refused(STALE)
    target = f"SamePersonProposal/{proposal.pk}"
    record(by=by, at=at, verb=f"same-person.{answer.value}", target=target)
    proposal.refresh_from_db()


def _recount(people: list[UUID], *, by: Actor) -> None:
    recount_many(queries.contact_days_of(by.agency_id, people), by=by)
