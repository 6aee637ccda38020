"""What one row becomes. Nothing is written here; nothing is merged by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from alongside.core.words import gettext_noop as _
from alongside.encounters.codes import EncounterKind, NoteStatus
from alongside.encounters.models import Encounter
from alongside.encounters.rules import Times, times_on_wall
from alongside.exchange.actions.blank import blank
from alongside.exchange.actions.memory import Made, Memory
from alongside.exchange.codes import ContactField, ProblemKind, SheetKind
from alongside.exchange.rules.contacts import ContactRow, name_in, read_contact
from alongside.exchange.rules.layout import Layout, Reading
from alongside.exchange.rules.names import PersonName
from alongside.exchange.rules.problems import Problem, said
from alongside.exchange.rules.referrals import ReferralRow, ReferrerCells, read_referral
from alongside.exchange.rules.same_person import PersonKey
from alongside.exchange.rules.staff import StaffRow, read_staff
from alongside.exchange.rules.values import phone_key
from alongside.exchange.rules.who import Found, who_was_it
from alongside.exchange.rules.words import plain
from alongside.people.models import Participant, SamePersonProposal
from alongside.people.rules import name_key
from alongside.practice.codes import ContactKind, Service
from alongside.referrals.codes import ReferralStatus, Source
from alongside.referrals.models import Referral, Referrer
from alongside.workforce.models import Credential, SharedExperience, Supporter

MOST_MILES = Decimal(9999)


@dataclass(frozen=True)
class Outcome:
    """``sort_out`` is why the row waits. The keys say who was meant, to find like rows by."""

    problems: tuple[Problem, ...] = ()
    sort_out: Problem | None = None
    who_key: str = ""
    supporter_key: str = ""


@dataclass(frozen=True)
class SourceRow:
    """A row as it is read: with what a person corrected in it and said about it."""

    id: UUID
    cells: Sequence[str]
    layout: Layout
    chosen: Mapping[str, Any]

    @cached_property
    def contact(self) -> Reading[ContactRow]:
        return read_contact(self.cells, self.layout)


@dataclass(frozen=True)
class Context:
    memory: Memory
    made: Made
    time_zone: str


def bring_in_row(row: SourceRow, context: Context) -> Outcome:
    """Read a row and add what it becomes to ``context.made``, or say why it waits."""
    if row.layout.kind is SheetKind.REFERRALS:
        return _referral(row, context)
    if row.layout.kind is SheetKind.STAFF:
        return _staff(row, context)
    return _contact(row, context)


def _referral(source: SourceRow, context: Context) -> Outcome:
    reading = read_referral(source.cells, source.layout)
    row, made = reading.row, context.made
    if row is None:
        return Outcome(reading.problems, reading.sort_out)
    person = _participant(source.id, row, made)
    referral = blank(
        Referral,
        id=source.id,
        agency_id=made.by.agency_id,
        participant_id=person.pk,
        referrer_id=_referrer(row.referrer, context),
        pathway=row.pathway.value,
        pathway_as_written=row.pathway_as_written[:120],
        received_on=row.received_on,
        entered_at=made.at,
        county=row.county[:60],
        reason=row.reason,
        asked_for=row.asked_for,
        next_court_on=row.court_on,
        source=Source.SHEET.value,
        status=ReferralStatus.RECEIVED.value,
        status_on=row.received_on,
        batch_id=made.batch_id,
    )
    made.add(person)
    made.add(referral)
    _propose(person, context)
    context.memory.people.add(person.pk, person.name)
    return Outcome(reading.problems)


def _participant(row_id: UUID, row: ReferralRow, made: Made) -> Participant:
    name = _with_nickname(row.name)[:200]
    return blank(
        Participant,
        id=row_id,
        agency_id=made.by.agency_id,
        name=name,
        name_key=name_key(name),
        born_on=row.born_on,
        born_on_as_written=row.born_on_as_written[:60],
        phone=row.phone.written[:60],
        phone_note=row.phone.note[:200],
        county=row.county[:60],
        language=row.language[:60],
        batch_id=made.batch_id,
    )


def _with_nickname(name: PersonName) -> str:
    if name.also and len(name.also.split()) == 1:
        return f'{name.given} "{name.also}" {name.family}'.strip()
    return name.said


def _propose(person: Participant, context: Context) -> None:
    """Propose everyone the new person may be; the one who was there first would be kept."""
    key = PersonKey(person.name, person.born_on, phone_key(person.phone))
    for other, say in context.memory.alike.like(key):
        context.made.add(
            blank(
                SamePersonProposal,
                agency_id=person.agency_id,
                kept_id=other,
                other_id=person.pk,
                reason=str(say)[:300],
                batch_id=context.made.batch_id,
            )
        )
    context.memory.alike.add(person.pk, key)


def _referrer(cells: ReferrerCells | None, context: Context) -> UUID | None:
    if cells is None:
        return None
    name, role, email = cells.name[:200], cells.role_as_written[:100], cells.email
    key = (name.casefold(), role.casefold(), email.casefold())
    known = context.memory.referrers.get(key)
    if known is None:
        referrer = blank(
            Referrer,
            agency_id=context.made.by.agency_id,
            name=name,
            role=role,
            email=email,
            phone=cells.phone[:60],
            batch_id=context.made.batch_id,
        )
        context.made.add(referrer)
        known = context.memory.referrers[key] = referrer.pk
    return known


def _staff(source: SourceRow, context: Context) -> Outcome:
    reading = read_staff(source.cells, source.layout)
    row, made = reading.row, context.made
    if row is None:
        return Outcome(reading.problems, reading.sort_out)
    who_key = plain(row.name.said)
    if context.memory.staff.with_these(row.name, row.initials) and not source.chosen.get("again"):
        text = _(
            "Somebody on staff has this name or these initials: “{cell}”. Nothing was changed."
        )
        why = said(ProblemKind.ALREADY_ON_STAFF, text, cell=row.name.said)
        return Outcome((*reading.problems, why), why, who_key=who_key)
    supporter = blank(
        Supporter,
        id=source.id,
        agency_id=made.by.agency_id,
        name=row.name.said[:200],
        initials=row.initials[:12],
        counties=list(row.counties),
        languages=list(row.languages),
        other_license=row.other_license[:200],
        batch_id=made.batch_id,
    )
    made.add(supporter)
    _told(row, supporter, made)
    context.memory.staff.add(supporter.pk, supporter.name, supporter.initials)
    return Outcome(reading.problems)


def _told(row: StaffRow, supporter: Supporter, made: Made) -> None:
    for kind in row.experiences:
        made.add(
            blank(
                SharedExperience,
                agency_id=supporter.agency_id,
                supporter_id=supporter.pk,
                kind=kind.value,
                audience=row.audience.value,
            )
        )
    if row.credential is not None:
        made.add(
            blank(
                Credential,
                agency_id=supporter.agency_id,
                supporter_id=supporter.pk,
                kind=row.credential.kind.value,
                certified_on=row.credential.certified_on,
                expires_on=row.credential.expires_on,
                continuing_hours=_tenth(row.credential.continuing_hours),
                in_training=row.credential.in_training,
                batch_id=made.batch_id,
            )
        )


def _tenth(number: Decimal | None) -> Decimal | None:
    if number is None or number > MOST_MILES:
        return None
    return number.quantize(Decimal("0.1"))


def _contact(source: SourceRow, context: Context) -> Outcome:
    reading = source.contact
    name, _no_name = name_in(source.cells, source.layout)
    written = source.layout.cell(source.cells, ContactField.SUPPORTER)
    who = _chosen(source.chosen, "participant") or _who(name, context)
    staff = _chosen(source.chosen, "supporter") or _staff_member(written, context)
    problems = [*reading.problems, *(f.problem for f in (who, staff) if f.problem)]
    keys = (plain(name.said) if name else "", plain(written))
    sort_out = reading.sort_out or _stop(who) or _stop(staff)
    if reading.row is None or who.id is None or staff.id is None or sort_out is not None:
        return Outcome(tuple(problems), sort_out or problems[-1], *keys)
    times = _times(reading.row, context.time_zone)
    mark = (who.id, staff.id, times.started_at) if times.started_at else None
    if source.chosen.get("participant"):
        context.memory.look_up_contacts([who.id])
    if mark in context.memory.logged and not source.chosen.get("again"):
        text = _("A contact with the same person, supporter, day and start is in the record.")
        why = said(ProblemKind.ALREADY_LOGGED, text)
        return Outcome((*problems, why), why, *keys)
    if mark is not None:
        context.memory.logged.add(mark)
    _encounter(source.id, reading.row, times, who.id, staff.id, context.made)
    return Outcome(tuple(problems))


def _chosen(chosen: Mapping[str, Any], which: str) -> Found | None:
    return Found(UUID(chosen[which])) if chosen.get(which) else None


def _who(name: PersonName | None, context: Context) -> Found:
    return who_was_it(name, context.memory.people) if name else Found(None)


def _staff_member(written: str, context: Context) -> Found:
    """Who is not said at all is a problem of the row already, told there."""
    return context.memory.staff.find(written) if plain(written) else Found(None)


def _stop(found: Found) -> Problem | None:
    return found.problem if found.id is None else None


def _times(row: ContactRow, time_zone: str) -> Times:
    """Moments of the wall-clock times. An hour that the clocks jumped over has none."""
    if row.started is None or row.ended is None:
        return Times(row.on, minutes=row.minutes)
    times = times_on_wall(row.on, row.started, row.ended, time_zone)
    if times.started_at and times.ended_at and times.started_at < times.ended_at:
        return times
    return Times(row.on, minutes=row.minutes)


def _encounter(
    row_id: UUID,
    row: ContactRow,
    times: Times,
    participant_id: UUID,
    supporter_id: UUID,
    made: Made,
) -> None:
    attempt = row.kind is ContactKind.ATTEMPT
    encounter = blank(
        Encounter,
        id=row_id,
        agency_id=made.by.agency_id,
        participant_id=participant_id,
        supporter_id=supporter_id,
        kind=(EncounterKind.ATTEMPT if attempt else EncounterKind.CONTACT).value,
        status=NoteStatus.BROUGHT_OVER.value,
        ending=row.ending.value if row.ending else "",
        on=row.on,
        started_at=times.started_at and times.started_at.astimezone(UTC),
        ended_at=times.ended_at and times.ended_at.astimezone(UTC),
        minutes=times.minutes,
        mode=row.mode.value if row.mode else "",
        place=row.place.value if row.place else "",
        place_words=row.place_as_written[:120],
        service=Service.GROUP_FACILITATION.value if row.kind is ContactKind.GROUP else "",
        what_we_did=row.note,
        array=row.array.value if row.array else "",
        array_as_written=row.array_as_written[:60],
        miles=_tenth(row.miles),
        batch_id=made.batch_id,
    )
    made.add(encounter)
    if not attempt:
        made.days.setdefault(participant_id, []).append(row.on)
