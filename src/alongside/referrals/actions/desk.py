"""Every write at the referral desk."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.core.refusal import STALE, Refused, ensure
from alongside.people.queries import participants_visible_to
from alongside.practice.codes import Pathway
from alongside.referrals.codes import ReferralStatus, Source
from alongside.referrals.models import Referral, ReferralCorrection, ReferralMove, Referrer
from alongside.referrals.queries import desk as queries
from alongside.referrals.rules import desk as rules
from alongside.tenancy.hidden import free_id


@dataclass(frozen=True)
class NewReferrer:
    name: str
    role: str = ""
    organization: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class ReferralWords:
    """What a request says, and what of it can be corrected later. Empty is not known."""

    pathway: Pathway = Pathway.NOT_SAID
    received_on: date | None = None
    county: str = ""
    reason: str = ""
    asked_for: str = ""
    next_court_on: date | None = None


@transaction.atomic
def receive_referral(
    participant_id: UUID,
    words: ReferralWords,
    *,
    referrer: NewReferrer | None,
    by: Actor,
    at: datetime,
    referral_id: UUID | None = None,
) -> Referral:
    """A request for support comes in, with a professional or without one. It is kept either way.

    ``referral_id`` is made by the form, so that five clicks make one request.
    """
    person = participants_visible_to(by).get(pk=participant_id)
    today = local_date(at, by.time_zone)
    ensure(rules.why_not_receive(by, received_on=words.received_on, today=today))
    referral = Referral.objects.create(
        id=free_id(Referral, referral_id),
        agency_id=by.agency_id,
        participant=person,
        referrer=_referrer(referrer, by=by),
        entered_at=at,
        source=Source.FORM.value,
        status_on=today,
        **asdict(words),
    )
    record(by=by, at=at, verb="referral.received", target=f"Referral/{referral.pk}")
    return referral


def _referrer(new: NewReferrer | None, *, by: Actor) -> Referrer | None:
    """The referrer of that name and address, or a new one."""
    if new is None or not new.name.strip():
        return None
    fields = {key: " ".join(value.split()) for key, value in asdict(new).items()}
    known = queries.referrers_visible_to(by).filter(
        name__iexact=fields["name"], email__iexact=fields["email"], role__iexact=fields["role"]
    )
    return known.first() or Referrer.objects.create(agency_id=by.agency_id, **fields)


@transaction.atomic
def move_referral(
    referral_id: UUID,
    *,
    to: ReferralStatus,
    reason: str = "",
    told: str = "",
    by: Actor,
    at: datetime,
) -> Referral:
    referral = queries.referrals_visible_to(by).get(pk=referral_id)
    ensure(rules.why_not_move(facts(referral), to, by, reason=reason, told=told))
    step(referral, to, reason=reason, told=told, by=by, at=at)
    return referral


def step(
    referral: Referral,
    to: ReferralStatus,
    *,
    reason: str = "",
    told: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """One step of a referral's life, kept and recorded. The caller has asked the rule who may."""
    ensure(rules.why_not_step(ReferralStatus(referral.status), to))
    before = referral.status
    # Claim by condition: one writer wins on SQLite and PostgreSQL alike.
    won = Referral.objects.filter(pk=referral.pk, status=before).update(
        status=to.value,
        status_on=local_date(at, by.time_zone),
        status_reason=reason.strip(),
        told_person=told.strip(),
    )
    if not won:
        raise Refused(STALE)
    ReferralMove.objects.create(
        agency_id=by.agency_id,
        referral=referral,
        from_status=before,
        to_status=to.value,
        reason=reason.strip(),
        told_person=told.strip(),
        by_id=by.id,
        at=at,
    )
    record(by=by, at=at, verb=f"referral.{to.value}", target=f"Referral/{referral.pk}")
    referral.refresh_from_db()


@transaction.atomic
def correct_referral(
    referral_id: UUID,
    words: ReferralWords,
    *,
    referrer: NewReferrer | None,
    why: str = "",
    by: Actor,
    at: datetime,
) -> Referral:
    """Correct forward: what stood there before is kept, with who, when and why."""
    referral = queries.referrals_visible_to(by).get(pk=referral_id)
    today = local_date(at, by.time_zone)
    ensure(rules.why_not_receive(by, received_on=words.received_on, today=today))
    found = _referrer(referrer, by=by)
    wanted: dict[str, object] = {**asdict(words), "referrer_id": found.id if found else None}
    before = {name: getattr(referral, name) for name in wanted}
    changed = {name: value for name, value in wanted.items() if before[name] != value}
    ensure(rules.why_not_correct(by, changed=bool(changed)))
    same = {name: before[name] for name in changed}
    if not Referral.objects.filter(pk=referral.pk, **same).update(**changed):
        raise Refused(STALE)
    ReferralCorrection.objects.create(
        agency_id=by.agency_id,
        referral=referral,
        before={name: _shown(referral, name) for name in changed},
        why=why.strip(),
        by_id=by.id,
        at=at,
    )
    record(
        by=by,
        at=at,
        verb="referral.corrected",
        target=f"Referral/{referral_id}",
        detail={"fields": sorted(changed)},
    )
    return queries.referrals_visible_to(by).get(pk=referral_id)


def _shown(referral: Referral, name: str) -> str:
    if name == "referrer_id":
        return referral.referrer.name if referral.referrer else ""
    value = getattr(referral, name)
    return value.isoformat() if isinstance(value, date) else str(value or "")


def facts(referral: Referral) -> rules.ReferralFacts:
    return rules.ReferralFacts(
        ReferralStatus(referral.status), referral.received_on, referral.first_contact_on
    )
