"""Signing a consent, taking it back, ending it. What was relied on before stays as it is."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from alongside.audit.actions import record
from alongside.consents import queries
from alongside.consents.codes import ConsentStatus
from alongside.consents.codes import ConsentStepKind as StepKind
from alongside.consents.models import Consent, ConsentRecipient, ConsentStep
from alongside.consents.rules import Revoking, Signing, steps, why_not_write
from alongside.consents.rules.consents import why_not_on, why_not_take_back
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.core.refusal import STALE, Refused, ensure
from alongside.files.actions import Checked, keep_file, keeps_files
from alongside.practice.consents import ConsentFacts, document

S = ConsentStatus


@keeps_files
@transaction.atomic
def sign_consent(
    consent_id: UUID,
    signing: Signing,
    *,
    by: Actor,
    at: datetime,
    paper: Checked | None = None,
) -> Consent:
    """The participant signs, or somebody who may for them; ``by`` sits beside and writes it down.
    The text that was shown is kept with it, word for word. Signing twice with the same name is
    once."""
    consent = queries.consents_visible_to(by).get(pk=consent_id)
    ensure(why_not_write(by))
    if _is_signed_so(consent, signing):
        return consent
    ensure(steps.why_not_change(S(consent.status)))
    today = local_date(at, by.time_zone)
    begun_on = local_date(consent.begun_at, by.time_zone)
    ensure(why_not_on(signing.how, signing.on, begun_on=begun_on))
    facts = steps.as_signed(queries.facts_of(consent), signing, today=today)
    ensure(steps.why_not_sign(facts, signing, today=today, has_paper=paper is not None))
    shown = document(facts)
    won = Consent.objects.filter(pk=consent_id, status=S.DRAFT, revision=consent.revision).update(
        **_as_signed(facts, signing),
        text=shown.as_data(),
        text_hash=shown.hash,
        paper=keep_file(paper, by=by, at=at) if paper is not None else None,
        recorded_at=at,
        recorded_by_id=by.id,
        saved_at=at,
        revision=F("revision") + 1,
    )
    if not won:
        raise Refused(STALE)
    record(by=by, at=at, verb="consent.signed", target=f"Consent/{consent_id}")
    consent.refresh_from_db()
    return consent


@transaction.atomic
def revoke_consent(
    consent_id: UUID,
    revoking: Revoking,
    *,
    by: Actor,
    at: datetime,
    recipient_id: UUID | None = None,
) -> Consent:
    """Taken back as a whole, or for one recipient. The next look at what may be told finds it so;
    the last recipient takes the whole consent along."""
    consent = queries.consents_visible_to(by).get(pk=consent_id)
    ensure(why_not_take_back(by))
    today = local_date(at, by.time_zone)
    facts = queries.facts_of(consent)
    ensure(steps.why_not_revoke(S(consent.status), facts, revoking, today=today))
    on = revoking.on or today
    said = {
        "revoked_on": on,
        "revoked_at": at,
        "revoked_by_id": by.id,
        "revoked_how": revoking.how.value,
        "revoked_words": steps.their_words(revoking.words),
    }
    if recipient_id is not None:
        _take_out(consent, recipient_id, said)
        left = consent.recipients.filter(revoked_at=None).exists()
    if recipient_id is None or not left:
        won = Consent.objects.filter(pk=consent_id, status__in=[S.SIGNED, S.ENDED]).update(
            **said, status=S.REVOKED.value
        )
        if not won:
            raise Refused(steps.TWICE)
    detail = {"recipient": str(recipient_id)} if recipient_id else {}
    record(by=by, at=at, verb="consent.revoked", target=f"Consent/{consent_id}", detail=detail)
    return queries.consents_visible_to(by).get(pk=consent_id)


@transaction.atomic
def end_consent(consent_id: UUID, on: date, *, by: Actor, at: datetime) -> None:
    """The event of its ending happened; from that day on nothing is told by it."""
    consent = queries.consents_visible_to(by).get(pk=consent_id)
    ensure(why_not_write(by))
    today = local_date(at, by.time_zone)
    ensure(steps.why_not_end(S(consent.status), queries.facts_of(consent), on, today=today))
    won = Consent.objects.filter(pk=consent_id, status=S.SIGNED).update(
        status=S.ENDED.value, event_on=on
    )
    if not won:
        raise Refused(STALE)
    _keep_step(consent, StepKind.ENDED, by=by, at=at, on=on)
    record(by=by, at=at, verb="consent.ended", target=f"Consent/{consent_id}")


@transaction.atomic
def take_consent_end_back(consent_id: UUID, *, by: Actor, at: datetime) -> None:
    """It had not happened after all: the consent holds as it was signed. That it had ended, and
    that this was taken back, stays readable."""
    consent = queries.consents_visible_to(by).get(pk=consent_id)
    ensure(why_not_write(by))
    won = Consent.objects.filter(pk=consent_id, status=S.ENDED).update(
        status=S.SIGNED.value, event_on=None
    )
    if not won:
        raise Refused(STALE)
    _keep_step(consent, StepKind.NOT_ENDED, by=by, at=at)
    record(by=by, at=at, verb="consent.end-taken-back", target=f"Consent/{consent_id}")


@transaction.atomic
def call_consent_mistaken(consent_id: UUID, *, reason: str, by: Actor, at: datetime) -> None:
    """It should not be here: the wrong person, the wrong paper. It covers nothing from now on and
    stays readable, with who and why."""
    consent = queries.consents_visible_to(by).get(pk=consent_id)
    ensure(why_not_write(by))
    ensure(steps.why_not_call_mistaken(S(consent.status), reason))
    won = Consent.objects.filter(pk=consent_id, status=consent.status).update(
        status=S.MISTAKEN.value,
        mistaken_at=at,
        mistaken_by_id=by.id,
        mistaken_reason=reason.strip(),
    )
    if not won:
        raise Refused(STALE)
    _keep_step(consent, StepKind.MISTAKEN, by=by, at=at, words=reason)
    record(by=by, at=at, verb="consent.called-mistaken", target=f"Consent/{consent_id}")


@transaction.atomic
def take_mistake_back(consent_id: UUID, *, reason: str, by: Actor, at: datetime) -> None:
    """It was no mistake after all: it counts again as it did before, with what was said of it
    meanwhile."""
    consent = queries.consents_visible_to(by).get(pk=consent_id)
    ensure(why_not_write(by))
    ensure(queries.why_not_take_mistake_back(by, consent=consent, reason=reason, at=at))
    before = steps.before_mistake(
        revoked=consent.revoked_at is not None, ended=consent.event_on is not None
    )
    won = Consent.objects.filter(
        pk=consent_id, status=S.MISTAKEN, mistaken_at=consent.mistaken_at
    ).update(status=before.value, mistaken_at=None, mistaken_by=None, mistaken_reason="")
    if not won:
        raise Refused(STALE)
    _keep_first(consent)
    _keep_step(consent, StepKind.NOT_MISTAKEN, by=by, at=at, words=reason)
    record(by=by, at=at, verb="consent.mistake-taken-back", target=f"Consent/{consent_id}")


def _keep_first(consent: Consent) -> None:
    """Of one called a mistake before steps were kept: its reason is lost nowhere."""
    said = {"kind": StepKind.MISTAKEN.value, "at": consent.mistaken_at}
    if consent.mistaken_by_id is not None and not consent.steps.filter(**said).exists():
        consent.steps.create(
            agency_id=consent.agency_id,
            by_id=consent.mistaken_by_id,
            words=consent.mistaken_reason,
            **said,
        )


def _keep_step(
    consent: Consent,
    kind: StepKind,
    *,
    by: Actor,
    at: datetime,
    on: date | None = None,
    words: str = "",
) -> None:
    ConsentStep.objects.create(
        agency_id=consent.agency_id,
        consent=consent,
        kind=kind.value,
        on=on,
        words=words.strip(),
        at=at,
        by_id=by.id,
    )


def _as_signed(facts: ConsentFacts, signing: Signing) -> dict[str, object]:
    return {
        "status": S.SIGNED.value,
        "version": facts.version,
        "statements": sorted(facts.statements),
        "how": signing.how.value,
        "signer": facts.signer.value,
        "signer_name": facts.signer_name,
        "signer_relationship": facts.signer_relationship,
        "signed_on": facts.signed_on,
    }


def _is_signed_so(consent: Consent, signing: Signing) -> bool:
    """What an earlier click of the same form signed."""
    return consent.status == S.SIGNED and (consent.signer_name, consent.how) == (
        signing.name.strip(),
        signing.how.value,
    )


def _take_out(consent: Consent, recipient_id: UUID, said: dict[str, object]) -> None:
    row = consent.recipients.get(pk=recipient_id)
    if not ConsentRecipient.objects.filter(pk=row.pk, revoked_at=None).update(**said):
        raise Refused(steps.TWICE_FOR_THEM)
