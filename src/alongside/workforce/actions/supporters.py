"""Every write to supporters: the agency keeps the frame, the supporter alone tells the story."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.accounts.models import User
from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.refusal import STALE, Refused, ensure
from alongside.practice.codes import Audience, LivedExperience
from alongside.tenancy.hidden import free_id
from alongside.workforce.models import Credential, SharedExperience, Supporter
from alongside.workforce.queries import supporters as queries
from alongside.workforce.rules import supporters as rules
from alongside.workforce.rules.supporters import NewCredential, NewSupporter, ProfileWords

Story = Mapping[LivedExperience, tuple[str, Audience]]


@transaction.atomic
def add_supporter(
    new: NewSupporter, *, by: Actor, at: datetime, supporter_id: UUID | None = None
) -> Supporter:
    """A ``supporter_id`` made by the form makes five clicks one supporter."""
    ensure(rules.why_not_add(by, new))
    pk = supporter_id or new_id()
    there = queries.supporters_visible_to(by).filter(pk=pk).first()
    if there is not None:
        return there
    supporter = Supporter.objects.create(
        pk=free_id(Supporter, pk), agency_id=by.agency_id, **_frame(new)
    )
    record(by=by, at=at, verb="supporter.added", target=f"Supporter/{supporter.pk}")
    return supporter


@transaction.atomic
def change_supporter(
    supporter_id: UUID, new: NewSupporter, *, by: Actor, at: datetime
) -> Supporter:
    """The frame the agency keeps. Languages and licenses are the supporter's once there is one."""
    ensure(rules.why_not_add(by, new))
    supporter = queries.supporters_visible_to(by).get(pk=supporter_id)
    fields = _frame(new)
    if supporter.user_id is not None:
        fields = {k: v for k, v in fields.items() if k not in ("languages", "other_license")}
    Supporter.objects.filter(pk=supporter_id).update(**fields)
    record(by=by, at=at, verb="supporter.changed", target=f"Supporter/{supporter_id}")
    supporter.refresh_from_db()
    return supporter


def _frame(new: NewSupporter) -> dict[str, object]:
    fields = asdict(new)
    return fields | {
        "name": " ".join(new.name.split()),
        "counties": list(new.counties),
        "languages": list(new.languages),
    }


@transaction.atomic
def link_user(supporter_id: UUID, *, user_id: UUID, by: Actor, at: datetime) -> Supporter:
    """The profile belongs to someone who signs in from now on, and only they tell its story."""
    supporter = queries.supporters_visible_to(by).get(pk=supporter_id)
    user = User.objects.get(pk=user_id, agency_id=by.agency_id)
    taken = Supporter.objects.filter(user=user).exists()
    ensure(rules.why_not_link(by, linked=supporter.user_id is not None, taken=taken))
    if not Supporter.objects.filter(pk=supporter_id, user=None).update(user=user):
        raise Refused(STALE)
    record(by=by, at=at, verb="supporter.linked", target=f"Supporter/{supporter_id}")
    supporter.refresh_from_db()
    return supporter


@transaction.atomic
def change_profile(
    supporter_id: UUID, words: ProfileWords, *, by: Actor, at: datetime, story: Story | None = None
) -> Supporter:
    """The supporter's own words; ``story`` sets each part told, and who may know it."""
    supporter = queries.supporters_visible_to(by).get(pk=supporter_id)
    ensure(rules.why_not_tell(by, user_id=supporter.user_id))
    fields = asdict(words) | {"languages": list(words.languages)}
    Supporter.objects.filter(pk=supporter_id).update(**fields)
    for kind, (told, audience) in (story or {}).items():
        _set_experience(supporter, kind, told, audience)
    record(by=by, at=at, verb="supporter.profile-changed", target=f"Supporter/{supporter_id}")
    supporter.refresh_from_db()
    return supporter


@transaction.atomic
def set_experience(
    supporter_id: UUID,
    kind: LivedExperience,
    *,
    words: str,
    audience: Audience,
    by: Actor,
    at: datetime,
) -> SharedExperience:
    supporter = queries.supporters_visible_to(by).get(pk=supporter_id)
    ensure(rules.why_not_tell(by, user_id=supporter.user_id))
    experience = _set_experience(supporter, kind, words, audience)
    record(by=by, at=at, verb="supporter.experience-set", target=f"Supporter/{supporter_id}")
    return experience


def _set_experience(
    supporter: Supporter, kind: LivedExperience, words: str, audience: Audience
) -> SharedExperience:
    experience, _new = SharedExperience.objects.update_or_create(
        supporter=supporter,
        kind=kind.value,
        defaults={"words": words.strip(), "audience": audience.value},
        create_defaults={
            "agency_id": supporter.agency_id,
            "words": words.strip(),
            "audience": audience.value,
        },
    )
    return experience


@transaction.atomic
def set_room(supporter_id: UUID, *, caseload_size: int, by: Actor, at: datetime) -> Supporter:
    """How many people a supporter walks with at most."""
    ensure(rules.why_not_manage(by))
    supporter = queries.supporters_visible_to(by).get(pk=supporter_id)
    Supporter.objects.filter(pk=supporter_id).update(caseload_size=caseload_size)
    record(
        by=by,
        at=at,
        verb="supporter.room-set",
        target=f"Supporter/{supporter_id}",
        detail={"people": caseload_size},
    )
    supporter.refresh_from_db()
    return supporter


@transaction.atomic
def add_credential(
    supporter_id: UUID,
    new: NewCredential,
    *,
    by: Actor,
    at: datetime,
    credential_id: UUID | None = None,
) -> Credential:
    """A ``credential_id`` made by the form makes five clicks one certificate."""
    supporter = queries.supporters_visible_to(by).get(pk=supporter_id)
    ensure(rules.why_not_keep(by, new, today=local_date(at, by.time_zone)))
    pk = credential_id or new_id()
    there = Credential.objects.filter(pk=pk, supporter=supporter).first()
    if there is not None:
        return there
    credential = _add(supporter, new, pk=pk)
    record(by=by, at=at, verb="credential.added", target=f"Credential/{credential.pk}")
    return credential


@transaction.atomic
def correct_credential(
    credential_id: UUID, new: NewCredential, *, by: Actor, at: datetime
) -> Credential:
    """Corrected forward: the old row stays readable, and a new one stands in its place."""
    old = _standing(by, credential_id)
    ensure(rules.why_not_keep(by, new, today=local_date(at, by.time_zone)))
    _void(old, at)
    credential = _add(old.supporter, new)
    record(
        by=by,
        at=at,
        verb="credential.corrected",
        target=f"Credential/{credential.pk}",
        detail={"instead_of": str(credential_id)},
    )
    return credential


@transaction.atomic
def void_credential(credential_id: UUID, *, by: Actor, at: datetime) -> None:
    """Entered by mistake. It counts on no day any more, and stays readable."""
    old = _standing(by, credential_id)
    ensure(rules.why_not_manage(by))
    _void(old, at)
    record(by=by, at=at, verb="credential.voided", target=f"Credential/{credential_id}")


@transaction.atomic
def restore_credential(credential_id: UUID, *, by: Actor, at: datetime) -> None:
    """Take back that a certificate was taken out."""
    ensure(rules.why_not_manage(by))
    seen = queries.supporters_visible_to(by).order_by()
    rows = Credential.objects.filter(pk=credential_id, supporter__in=seen)
    if not rows.exclude(voided_at=None).update(voided_at=None):
        raise Refused(STALE)
    record(by=by, at=at, verb="credential.restored", target=f"Credential/{credential_id}")


def _standing(by: Actor, credential_id: UUID) -> Credential:
    seen = queries.supporters_visible_to(by).order_by()
    rows = Credential.objects.filter(supporter__in=seen, voided_at=None)
    return rows.select_related("supporter").get(pk=credential_id)


def _void(credential: Credential, at: datetime) -> None:
    if not Credential.objects.filter(pk=credential.pk, voided_at=None).update(voided_at=at):
        raise Refused(STALE)


def _add(supporter: Supporter, new: NewCredential, *, pk: UUID | None = None) -> Credential:
    return Credential.objects.create(
        pk=free_id(Credential, pk),
        agency_id=supporter.agency_id,
        supporter=supporter,
        **asdict(new),
    )
