"""The gate. Every word that leaves the agency about someone goes through ``disclose``."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from alongside.audit.actions import Event, record, record_many
from alongside.consents.models import ConsentRecipient, Disclosure
from alongside.consents.queries import disclosures as told
from alongside.consents.queries import gate
from alongside.consents.rules.disclosures import (
    TOLD_OTHERWISE,
    Recipient,
    Wanted,
    fold_of,
    why_not_tell,
    why_not_withdraw,
)
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.core.refusal import STALE, Refusal, Refused, ensure
from alongside.people.models import Participant
from alongside.practice.consents import Category, RecipientKind
from alongside.practice.disclosure import (
    Basis,
    Leave,
    Way,
    decide,
    ground,
    notice_on,
    scope_of,
    why_not_despite,
    why_not_ground,
)
from alongside.tenancy.hidden import free_id

Found = tuple[ConsentRecipient, Leave] | None


def disclose(wanted: Wanted, *, by: Actor, at: datetime) -> Disclosure:
    """Tell it, or raise ``Refused`` with the reason. What must go along is in ``travels()`` of the
    row that comes back: print it, read it out, send it with it."""
    return disclose_many([wanted], by=by, at=at)[0]


@transaction.atomic
def disclose_many(wanted: Sequence[Wanted], *, by: Actor, at: datetime) -> list[Disclosure]:
    """Several at once, for a page with a list: all of them or none, the same few queries however
    many. A colleague must see the person; someone from outside tells nobody, they open their own
    page, and the consent alone decides."""
    people = sorted({one.participant_id for one in wanted})
    standing = gate.at_the_gate(by, ids=_sent_twice(wanted, by), people=people)
    there = {row.pk: row for row in _there(wanted, by)} if standing.told else {}
    for one in wanted:
        ensure(_why_not_once_more(one, there.get(one.id)))
    new = [one for one in wanted if one.id not in there]
    if not new:
        return [there[one.id] for one in wanted]
    seen = gate.whose(by, wanted=new)
    if {one.participant_id for one in new} - seen:
        raise Participant.DoesNotExist
    named = gate.leaves(
        by, wanted=[(w.participant_id, w.recipient) for w in new if w.basis is Basis.CONSENT]
    )
    part_two = standing.protected(seen, on=local_date(at, by.time_zone))
    held = standing.held_back(seen)
    rows = []
    for one in new:
        protected = part_two[one.participant_id]
        asked = one.asked(by=by, at=at, protected=protected)
        ensure(why_not_tell(one, by=by, at=at) or why_not_ground(asked))
        found = named.get((one.participant_id, one.recipient), ())
        refusal, leave = decide(asked, [leave for _row, leave in found])
        ensure(refusal)
        ours = next((pair for pair in found if pair[1] is leave), None)
        also = (ours[0].name, ours[0].organization) if ours else ()
        ensure(why_not_despite(asked, held.get(one.participant_id, ()), *also))
        rows.append(_row(one, ours, protected=protected, by=by, at=at))
    kept = _keep_together(rows)
    record_many(
        [Event("disclosure.made", f"Disclosure/{row.pk}", _detail(row)) for row in kept],
        by=by,
        at=at,
    )
    told_now = {one.id: row for one, row in zip(new, kept, strict=True)}
    return [there.get(one.id) or told_now[one.id] for one in wanted]


def _sent_twice(wanted: Sequence[Wanted], by: Actor) -> list[UUID]:
    """What could be: only what a person fills in."""
    fills_in = by.is_staff or any(one.basis is Basis.PARTICIPANT for one in wanted)
    return [one.id for one in wanted] if fills_in else []


def _there(wanted: Sequence[Wanted], by: Actor) -> list[Disclosure]:
    """What the same form has told already."""
    return list(told.disclosures_visible_to(by).filter(pk__in=_sent_twice(wanted, by)))


def _why_not_once_more(one: Wanted, row: Disclosure | None) -> Refusal | None:
    """The id of a form tells once what that form says; it opens the gate for nothing else."""
    if row is None:
        return None
    if (row.participant_id, row.basis) != (one.participant_id, one.basis):
        raise Disclosure.DoesNotExist
    if one.basis is Basis.PARTICIPANT:
        return None  # a page gives the same copy as a paper and as a sheet
    same = (
        row.withdrawn_at is None
        and (row.way, row.what) == (one.way, one.what.strip())
        and {Category(code) for code in row.categories} == one.categories
        and _is_to(row, one.recipient)
    )
    return None if same else TOLD_OTHERWISE


def _is_to(row: Disclosure, who: Recipient) -> bool:
    if row.recipient_id is None:
        return row.name == who.name.strip()[:200]
    return who.recipient_id in (None, row.recipient_id) and (
        who.referrer_id in (None, row.referrer_id)
    )


def _row(one: Wanted, found: Found, *, protected: bool, by: Actor, at: datetime) -> Disclosure:
    moment = one.told_at or at
    asked = one.asked(by=by, at=at, protected=protected)
    recipient, leave = found if found is not None else (None, None)
    along = protected and ground(one.basis).notice
    purpose = one.purpose or (leave.consent.purpose if leave else None)
    return Disclosure(
        id=free_id(Disclosure, one.id),
        agency_id=by.agency_id,
        participant_id=one.participant_id,
        basis=one.basis.value,
        consent_id=recipient.consent_id if recipient else None,
        recipient=recipient,
        referrer_id=one.recipient.referrer_id or (recipient.referrer_id if recipient else None),
        **_who(one, recipient),
        address=one.recipient.address.strip(),
        categories=[category.value for category in Category if category in one.categories],
        what=one.what.strip(),
        purpose=purpose.value if purpose else "",
        purpose_words=(one.purpose_words or (leave.consent.purpose_words if leave else "")).strip(),
        way=one.way.value,
        facts={key: value.strip() for key, value in one.facts.items() if value.strip()},
        protected=protected,
        notice=notice_on(asked.on).code if along else "",
        scope=scope_of(leave) if leave is not None else {},
        told_at=moment,
        last_at=moment,
        fold=fold_of(one, recipient_id=recipient.pk if recipient else None, on=asked.on),
        recorded_at=at,
        by_id=by.id,
    )


def _who(one: Wanted, recipient: ConsentRecipient | None) -> dict[str, str]:
    """Whoever a consent names is named as it does; of a class, the one who got it."""
    name, organization = one.recipient.name.strip(), one.recipient.organization.strip()
    if recipient is not None and recipient.kind == RecipientKind.PERSON:
        name, organization = recipient.name, recipient.organization
    return {"name": name[:200], "organization": organization[:200]}


def _keep_together(rows: list[Disclosure]) -> list[Disclosure]:
    if not any(row.fold for row in rows):
        return _keep(rows)
    try:
        with transaction.atomic():
            return _keep(rows)
    except IntegrityError:
        # Two looks at one moment: the second finds what the first of them made.
        return _keep(rows)


def _keep(rows: list[Disclosure]) -> list[Disclosure]:
    """New lines, and one more look for those that stand there today already."""
    folds = [row.fold for row in rows if row.fold]
    before: dict[str, Disclosure] = {}
    if folds:
        same = Disclosure.objects.filter(
            agency_id=rows[0].agency_id, fold__in=folds, withdrawn_at=None
        )
        before = {row.fold: row for row in same}
    Disclosure.objects.bulk_create(row for row in rows if row.fold not in before)
    again = [row for row in rows if row.fold in before]
    if again:
        Disclosure.objects.filter(pk__in=[before[row.fold].pk for row in again]).update(
            times=F("times") + 1, last_at=again[0].last_at
        )
    return [before.get(row.fold, row) for row in rows]


def _detail(row: Disclosure) -> dict[str, object]:
    return {"participant": str(row.participant_id), "basis": row.basis, "way": row.way}


@transaction.atomic
def withdraw_disclosure(disclosure_id: UUID, *, reason: str, by: Actor, at: datetime) -> Disclosure:
    """It was written down wrongly: it stays, says so, and leaves the accounting."""
    row = told.disclosure(by, disclosure_id=disclosure_id)
    gone = row.withdrawn_at is not None
    ensure(why_not_withdraw(reason, withdrawn=gone, by=by, way=Way(row.way)))
    won = Disclosure.objects.filter(pk=disclosure_id, withdrawn_at=None).update(
        withdrawn_at=at, withdrawn_by=by.id, withdrawn_reason=reason.strip()
    )
    if not won:
        raise Refused(STALE)
    record(by=by, at=at, verb="disclosure.withdrawn", target=f"Disclosure/{disclosure_id}")
    row.refresh_from_db()
    return row


@transaction.atomic
def restore_disclosure(disclosure_id: UUID, *, by: Actor, at: datetime) -> Disclosure:
    """It was right after all."""
    row = told.disclosure(by, disclosure_id=disclosure_id)
    ensure(why_not_withdraw("-", withdrawn=False, by=by))
    won = (
        Disclosure.objects.filter(pk=disclosure_id)
        .exclude(withdrawn_at=None)
        .update(withdrawn_at=None, withdrawn_by=None, withdrawn_reason="", fold="")
    )
    if not won:
        raise Refused(STALE)
    record(by=by, at=at, verb="disclosure.restored", target=f"Disclosure/{disclosure_id}")
    row.refresh_from_db()
    return row
