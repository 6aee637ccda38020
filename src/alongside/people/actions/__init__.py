"""Every write to the people of the record."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from alongside.accounts.models import User
from alongside.audit.actions import Event, record, record_many
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.refusal import STALE, Refused, ensure
from alongside.people import queries, rules
from alongside.people.codes import Printed
from alongside.people.models import CareTeamMember, FormDraft, Participant, ParticipantChange
from alongside.people.rules import FACTS, Difference, NewParticipant
from alongside.practice.codes import CareTeamRole
from alongside.tenancy.hidden import free_id


@transaction.atomic
def add_participant(new: NewParticipant, *, by: Actor, at: datetime) -> Participant:
    ensure(rules.why_not_add(by))
    ensure(rules.why_not_keep(new, on=local_date(at, by.time_zone)))
    person = Participant.objects.create(agency_id=by.agency_id, **asdict(new))
    record(by=by, at=at, verb="participant.added", target=f"Participant/{person.pk}")
    return person


@transaction.atomic
def change_participant(
    participant_id: UUID, new: NewParticipant, *, revision: int, by: Actor, at: datetime
) -> Participant:
    """Correct the facts forward. ``revision`` is the one that was on the screen: if someone else
    was faster nothing is written, and ``STALE`` asks a person to decide."""
    person = queries.participants_visible_to(by).get(pk=participant_id)
    ensure(rules.why_not_write(by))
    return change_facts(person, person.facts(), new, revision=revision, by=by, at=at)


def change_facts(
    person: Participant,
    before: NewParticipant,
    new: NewParticipant,
    *,
    revision: int,
    by: Actor,
    at: datetime,
) -> Participant:
    """Part of the caller's action, which has asked whether ``by`` may."""
    ensure(rules.why_not_keep(new, on=local_date(at, by.time_zone)))
    changed, participant_id = rules.differences(before, new), person.pk
    if not changed:
        return person
    won = Participant.objects.filter(pk=participant_id, revision=revision).update(
        **{name: getattr(new, name) for name in FACTS},
        name_key=rules.name_key(new.name),
        revision=F("revision") + 1,
    )
    if not won:
        raise Refused(STALE)
    keep_old_words(participant_id, changed, by=by, at=at)
    record(
        by=by,
        at=at,
        verb="participant.changed",
        target=f"Participant/{participant_id}",
        detail={"fields": [change.field for change in changed]},
    )
    person.refresh_from_db()
    return person


def keep_old_words(
    participant_id: UUID, changed: Iterable[Difference], *, by: Actor, at: datetime
) -> None:
    """Keep what stood there before. Called inside the transaction that writes the new words."""
    ParticipantChange.objects.bulk_create(
        ParticipantChange(
            agency_id=by.agency_id,
            participant_id=participant_id,
            by_id=by.id,
            at=at,
            **asdict(change),
        )
        for change in changed
    )


@transaction.atomic
def open_record(participant_id: UUID, *, by: Actor, at: datetime) -> Participant:
    """The person's row for a page about them. The one read that leaves an event in the log."""
    person = queries.participants_visible_to(by).get(pk=participant_id)
    record(by=by, at=at, verb="participant.opened", target=f"Participant/{participant_id}")
    return person


def shown_again(participant_id: UUID, *, by: Actor, at: datetime) -> None:
    """A form that was refused stands on its page again, for someone whom the page let in."""
    record(by=by, at=at, verb="participant.opened", target=f"Participant/{participant_id}")


@transaction.atomic
def print_record(participant_id: UUID, what: Printed, *, by: Actor, at: datetime) -> Participant:
    """``open_record`` for what can be carried away: one event that says which paper it was."""
    person = queries.participants_visible_to(by).get(pk=participant_id)
    record(by=by, at=at, verb=what.value, target=f"Participant/{participant_id}")
    return person


def note_contact(participant_id: UUID, *, on: date) -> None:
    """Keep the last day of contact, in whatever order notes arrive. The note itself is audited."""
    Participant.objects.filter(
        Q(last_contact_on=None) | Q(last_contact_on__lt=on), pk=participant_id
    ).update(last_contact_on=on)


@transaction.atomic
def join_care_team(
    participant_id: UUID,
    *,
    user_id: UUID | None,
    name: str,
    role: CareTeamRole | str,
    since: date | None,
    by: Actor,
    at: datetime,
    member_id: UUID | None = None,
    **more: str,
) -> CareTeamMember:
    """``more``: organization, phone, email, words. A ``user_id`` gains sight of the record.

    A ``member_id`` made by the form makes five clicks one member.
    """
    person = queries.participants_visible_to(by).get(pk=participant_id)
    ensure(rules.why_not_write(by))
    members = queries.care_team_visible_to(by).filter(participant=person)
    there = members.filter(pk=member_id or new_id()).first()
    if there is not None:
        return there
    ensure(rules.why_not_join(name, user_id=user_id, by=by))
    if user_id is not None:
        User.objects.get(pk=user_id, agency_id=by.agency_id)
    member = CareTeamMember.objects.create(
        pk=free_id(CareTeamMember, member_id),
        agency_id=by.agency_id,
        participant=person,
        user_id=user_id,
        name=name.strip(),
        role=CareTeamRole(role).value,
        since=since,
        **more,
    )
    record(by=by, at=at, verb="care-team.joined", target=f"CareTeamMember/{member.pk}")
    return member


@transaction.atomic
def change_care_team_member(
    member_id: UUID, *, revision: int, name: str, role: str, by: Actor, at: datetime, **more: str
) -> CareTeamMember:
    """Correct who someone is and how to reach them. Someone with an account keeps that account."""
    member = queries.care_team_visible_to(by).get(pk=member_id)
    ensure(rules.why_not_write(by))
    ensure(rules.why_not_join(name, user_id=None, by=by))
    wanted = {"name": name.strip(), "role": CareTeamRole(role).value, **more}
    changed = {key: [getattr(member, key), to] for key, to in wanted.items()}
    changed = {key: pair for key, pair in changed.items() if pair[0] != pair[1]}
    if not changed:
        return member
    won = CareTeamMember.objects.filter(pk=member_id, revision=revision).update(
        **wanted, revision=F("revision") + 1
    )
    if not won:
        raise Refused(STALE)
    old_words = [Difference(f"care_team.{key}", *pair) for key, pair in changed.items()]
    keep_old_words(member.participant_id, old_words, by=by, at=at)
    record(
        by=by,
        at=at,
        verb="care-team.changed",
        target=f"CareTeamMember/{member_id}",
        detail={"fields": sorted(changed)},
    )
    member.refresh_from_db()
    return member


@transaction.atomic
def leave_care_team(member_id: UUID, *, until: date, by: Actor, at: datetime) -> CareTeamMember:
    member = queries.care_team_visible_to(by).get(pk=member_id)
    ensure(rules.why_not_write(by))
    ensure(rules.why_not_leave(user_id=member.user_id, by=by))
    ensure(rules.why_not_until(member.since, until, on=local_date(at, by.time_zone)))
    if not CareTeamMember.objects.filter(pk=member_id, until=None).update(until=until):
        raise Refused(STALE)
    record(by=by, at=at, verb="care-team.left", target=f"CareTeamMember/{member_id}")
    member.refresh_from_db()
    return member


@transaction.atomic
def rejoin_care_team(member_id: UUID, *, by: Actor, at: datetime) -> CareTeamMember:
    """Take back that someone left. Whoever has an account comes back through a match."""
    member = queries.care_team_visible_to(by).get(pk=member_id)
    ensure(rules.why_not_write(by))
    ensure(rules.why_not_join(member.name, user_id=member.user_id, by=by))
    if not CareTeamMember.objects.filter(pk=member_id).exclude(until=None).update(until=None):
        raise Refused(STALE)
    record(by=by, at=at, verb="care-team.came-back", target=f"CareTeamMember/{member_id}")
    member.refresh_from_db()
    return member


@transaction.atomic
def end_support(participant_id: UUID, *, until: date, by: Actor, at: datetime) -> int:
    """Everyone with an account leaves, and their sight of the record ends. How many that were."""
    person = queries.participants_visible_to(by).get(pk=participant_id)
    mine = CareTeamMember.objects.filter(participant=person, until=None, user__isnull=False)
    left = list(mine.order_by("id").values_list("pk", flat=True))
    CareTeamMember.objects.filter(pk__in=left, until=None).update(until=until)
    record_many([Event("care-team.left", f"CareTeamMember/{pk}") for pk in left], by=by, at=at)
    return len(left)


@transaction.atomic
def keep_draft(
    participant_id: UUID, *, form: str, fields: Mapping[str, object], by: Actor, at: datetime
) -> FormDraft:
    """Keep what is typed. It is not the record yet: only its author reads it."""
    person = queries.participants_visible_to(by).get(pk=participant_id)
    draft, _new = FormDraft.objects.update_or_create(
        author_id=by.id,
        participant=person,
        form=form[:80],
        defaults={"fields": dict(fields), "saved_at": at, "agency_id": by.agency_id},
    )
    return draft


def drop_draft(participant_id: UUID, *, form: str, by: Actor) -> None:
    """What was typed is in the record now, or was given up by its author."""
    FormDraft.objects.filter(author_id=by.id, participant_id=participant_id, form=form).delete()
