"""A consent while it is written: every step is kept on the server, since phones lock."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from alongside.audit.actions import record
from alongside.consents import queries
from alongside.consents.codes import ConsentStatus
from alongside.consents.models import Consent, ConsentRecipient
from alongside.consents.rules import Begin, NewRecipient, Until, What, Why, steps, why_not_write
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.core.refusal import STALE, Refused, ensure
from alongside.people.queries import care_team, participants_visible_to
from alongside.practice.consents import Category, ConsentKind, Kind, kind_of, mixed, version_on
from alongside.tenancy.hidden import free_id

S = ConsentStatus


@transaction.atomic
def draft_consent(
    participant_id: UUID,
    begin: Begin,
    *,
    by: Actor,
    at: datetime,
    consent_id: UUID | None = None,
) -> Consent:
    """Begin to write one. A ``consent_id`` made by the form makes five clicks one draft."""
    person = participants_visible_to(by).only("pk").get(pk=participant_id)
    ensure(why_not_write(by))
    mine = queries.consents_visible_to(by).filter(participant_id=person.pk)
    there = mine.filter(pk=consent_id).first() if consent_id else None
    if there is not None:
        return there
    version = version_on(local_date(at, by.time_zone))
    kind = version.kinds.get(begin.kind)
    ensure(steps.why_not_begin(kind, begin.answer))
    ensure(steps.why_not_speak(begin.language))
    only_purpose = kind.purposes[0] if kind and len(kind.purposes) == 1 else ""
    only_thing = kind.categories if kind and len(kind.categories) == 1 else ()
    consent = Consent.objects.create(
        pk=free_id(Consent, consent_id),
        agency_id=by.agency_id,
        participant_id=person.pk,
        kind=begin.kind.value,
        version=version.code,
        language=begin.language,
        discloser=by.agency_name,
        purpose=only_purpose,
        categories=list(only_thing),
        answer=begin.answer if kind and kind.ask else "",
        how=begin.how.value,
        begun_at=at,
        begun_by_id=by.id,
        saved_at=at,
    )
    record(by=by, at=at, verb="consent.begun", target=f"Consent/{consent.pk}")
    return consent


@transaction.atomic
def draft_again(consent_id: UUID, *, new_id: UUID, by: Actor, at: datetime) -> Consent:
    """A new draft that says what an earlier consent said, its end and its signature left open."""
    old = queries.consents_visible_to(by).get(pk=consent_id)
    begin = Begin(ConsentKind(old.kind), old.answer, language=old.language)
    new = draft_consent(old.participant_id, begin, by=by, at=at, consent_id=new_id)
    if new.recipients.exists() or new.status != S.DRAFT:
        return new
    kind = kind_of(new.version, begin.kind)
    kept = [code for code in old.categories if kind and Category(code) in kind.categories]
    Consent.objects.filter(pk=new.pk).update(
        categories=kept,
        information=old.information,
        purpose=old.purpose,
        purpose_words=old.purpose_words,
    )
    ConsentRecipient.objects.bulk_create(
        ConsentRecipient(
            agency_id=by.agency_id,
            consent_id=new.pk,
            kind=row.kind,
            name=row.name,
            organization=row.organization,
            participants=row.participants,
            covered=row.covered,
            member_id=row.member_id,
            referrer_id=row.referrer_id,
        )
        for row in old.recipients.all()
        if row.revoked_at is None or old.status == S.REVOKED
    )
    new.refresh_from_db()
    return new


@transaction.atomic
def name_recipients(
    consent_id: UUID, people: Collection[NewRecipient], *, revision: int, by: Actor, at: datetime
) -> Consent:
    """Who may hear it, all of them anew. Someone of a care team must be of this participant's."""
    consent, kind = _draft(consent_id, by)
    ensure(steps.why_not_name(kind, people))
    around = care_team(by, participant_id=consent.participant_id)
    known = set(around.values_list("pk", flat=True))
    ensure(
        steps.UNKNOWN_MEMBER
        if any(one.member_id is not None and one.member_id not in known for one in people)
        else None
    )
    _claim(consent, revision, at=at)
    consent.recipients.all().delete()
    ConsentRecipient.objects.bulk_create(
        ConsentRecipient(
            agency_id=by.agency_id,
            consent_id=consent.pk,
            kind=one.kind.value,
            name=one.name.strip(),
            organization=one.organization.strip(),
            participants=one.participants.strip(),
            covered=one.covered,
            member_id=one.member_id,
            referrer_id=one.referrer_id,
        )
        for one in people
    )
    return _kept(consent, by=by, at=at)


@transaction.atomic
def say_language(
    consent_id: UUID, language: str, *, revision: int, by: Actor, at: datetime
) -> Consent:
    """In which language it is read and signed; what was typed by hand stays as it is."""
    consent, _kind = _draft(consent_id, by)
    ensure(steps.why_not_speak(language))
    if consent.language == language:
        return consent
    _claim(consent, revision, at=at, language=language)
    return _kept(consent, by=by, at=at)


@transaction.atomic
def say_what(consent_id: UUID, what: What, *, revision: int, by: Actor, at: datetime) -> Consent:
    consent, _kind = _draft(consent_id, by)
    _claim(
        consent,
        revision,
        at=at,
        categories=[code.value for code in Category if code in what.categories],
        information=what.information.strip(),
    )
    return _kept(consent, by=by, at=at)


@transaction.atomic
def say_why(consent_id: UUID, why: Why, *, revision: int, by: Actor, at: datetime) -> Consent:
    consent, _kind = _draft(consent_id, by)
    # The table keeps a legal case apart; a sentence says so before the table has to.
    said = consent.facts((), participant="")
    ensure(mixed(replace(said, purpose=why.purpose, categories=frozenset())))
    words = why.words.strip()
    _claim(consent, revision, at=at, purpose=why.purpose.value, purpose_words=words)
    return _kept(consent, by=by, at=at)


@transaction.atomic
def say_until(consent_id: UUID, until: Until, *, revision: int, by: Actor, at: datetime) -> Consent:
    consent, kind = _draft(consent_id, by)
    ensure(steps.why_not_until(kind, until, on=local_date(at, by.time_zone)))
    _claim(
        consent,
        revision,
        at=at,
        ends=until.ends.value,
        ends_on=until.on if until.ends == "date" else None,
        ends_event=until.event.strip() if until.ends == "event" else "",
        firm=until.firm,
    )
    return _kept(consent, by=by, at=at)


@transaction.atomic
def put_consent_away(consent_id: UUID, *, by: Actor, at: datetime) -> None:
    """Not now: out of the way, and there again with one tap."""
    _move(consent_id, S.DRAFT, S.PUT_AWAY, by=by)
    record(by=by, at=at, verb="consent.put-away", target=f"Consent/{consent_id}")


@transaction.atomic
def take_consent_up(consent_id: UUID, *, by: Actor, at: datetime) -> None:
    _move(consent_id, S.PUT_AWAY, S.DRAFT, by=by)
    record(by=by, at=at, verb="consent.taken-up", target=f"Consent/{consent_id}")


def _draft(consent_id: UUID, by: Actor) -> tuple[Consent, Kind]:
    consent = queries.consents_visible_to(by).get(pk=consent_id)
    ensure(why_not_write(by))
    ensure(steps.why_not_change(S(consent.status)))
    kind = kind_of(consent.version, ConsentKind(consent.kind))
    if kind is None:
        raise Refused(steps.NOT_A_DRAFT)
    return consent, kind


def _claim(consent: Consent, revision: int, *, at: datetime, **fields: object) -> None:
    # Of two people who write the same draft, one is asked to look again.
    won = Consent.objects.filter(pk=consent.pk, status=S.DRAFT, revision=revision).update(
        **fields, saved_at=at, revision=F("revision") + 1
    )
    if not won:
        raise Refused(STALE)


def _kept(consent: Consent, *, by: Actor, at: datetime) -> Consent:
    record(by=by, at=at, verb="consent.written", target=f"Consent/{consent.pk}")
    consent.refresh_from_db()
    return consent


def _move(consent_id: UUID, old: ConsentStatus, new: ConsentStatus, *, by: Actor) -> None:
    queries.consents_visible_to(by).get(pk=consent_id)
    ensure(why_not_write(by))
    if not Consent.objects.filter(pk=consent_id, status=old).update(status=new.value):
        raise Refused(STALE)
