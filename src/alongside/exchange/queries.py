"""Every read of what was brought in, viewer first, and the names that are in use."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from alongside.core.actor import Actor
from alongside.encounters.codes import EncounterKind, NoteStatus
from alongside.encounters.models import Encounter
from alongside.exchange.codes import BatchStatus, RowStatus, SheetKind
from alongside.exchange.models import ColumnMapping, ImportBatch, ImportFile, ImportRow
from alongside.exchange.rules.batches import COUNTS_AS_THERE, why_not_import
from alongside.exchange.rules.layout import Layout, layout_again
from alongside.exchange.rules.same_person import PeopleIndex, PersonKey
from alongside.exchange.rules.values import phone_key
from alongside.exchange.rules.who import NamesInUse, StaffInUse
from alongside.exchange.rules.words import plain
from alongside.people.codes import SamePersonAnswer
from alongside.people.models import Participant, SamePersonProposal
from alongside.referrals.models import Referral, Referrer
from alongside.referrals.queries.desk import near
from alongside.workforce.models import Supporter

PAGE = 50

ReferrerKey = tuple[str, str, str]
# Participant, supporter and start of a contact.
ContactMark = tuple[UUID, UUID, datetime]


def batches_visible_to(viewer: Actor) -> QuerySet[ImportBatch]:
    if why_not_import(viewer):
        return ImportBatch.objects.none()
    return ImportBatch.objects.filter(agency_id=viewer.agency_id)


def history(viewer: Actor, *, before: UUID | None = None) -> list[ImportBatch]:
    """Sheets brought in, newest first, a page at a time; what was put away is left out."""
    batches = batches_visible_to(viewer).exclude(status=BatchStatus.PUT_AWAY)
    if before is not None:
        batches = batches.filter(pk__lt=before)
    return list(batches.select_related("chosen_by").order_by("-id")[: PAGE + 1])


def rows_visible_to(viewer: Actor) -> QuerySet[ImportRow]:
    return ImportRow.objects.filter(batch__in=batches_visible_to(viewer))


def rows_of(batch: ImportBatch) -> QuerySet[ImportRow]:
    return ImportRow.objects.filter(batch=batch).order_by("number")


def row_counts(viewer: Actor, batch_ids: Collection[UUID]) -> dict[UUID, Counter[RowStatus]]:
    """How many rows of each batch stand where. One query for all."""
    rows = (
        rows_visible_to(viewer)
        .filter(batch_id__in=list(batch_ids))
        .order_by()
        .values_list("batch_id", "status")
        .annotate(n=Count("pk"))
    )
    found: dict[UUID, Counter[RowStatus]] = {batch_id: Counter() for batch_id in batch_ids}
    for batch_id, status, n in rows:
        found[batch_id][RowStatus(status)] = n
    return found


def to_sort_out(
    viewer: Actor, *, batch_id: UUID | None = None, why: str = ""
) -> QuerySet[ImportRow]:
    """Rows that wait for a person, in the order of their sheets."""
    rows = rows_visible_to(viewer).filter(status=RowStatus.TO_SORT_OUT)
    if batch_id is not None:
        rows = rows.filter(batch_id=batch_id)
    if why:
        rows = rows.filter(why=why)
    return rows.select_related("batch").order_by("batch_id", "number")


def reasons(viewer: Actor, *, batch_id: UUID | None = None) -> dict[str, int]:
    """Why rows wait, most frequent first."""
    rows = to_sort_out(viewer, batch_id=batch_id).order_by().values_list("why")
    found = dict(rows.annotate(n=Count("pk")))
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def same_name(viewer: Actor, row: ImportRow) -> QuerySet[ImportRow]:
    """Other waiting rows of this kind of sheet with the same written name."""
    rows = to_sort_out(viewer).filter(batch__kind=row.batch.kind, who_key=row.who_key)
    return rows.exclude(pk=row.pk) if row.who_key else rows.none()


def same_supporter(viewer: Actor, row: ImportRow) -> QuerySet[ImportRow]:
    """Other waiting rows with the same written supporter."""
    rows = to_sort_out(viewer).filter(batch__kind=row.batch.kind, supporter_key=row.supporter_key)
    return rows.exclude(pk=row.pk) if row.supporter_key else rows.none()


def layout_of_batch(batch: ImportBatch) -> Layout:
    return layout_again(
        SheetKind(batch.kind),
        batch.columns,
        batch.evidence,
        today=batch.day,
        header=batch.header,
    )


def kept_columns(viewer: Actor, *, kind: SheetKind, header_key: str) -> Mapping[str, int] | None:
    """The mapping someone kept for sheets with this header, or nothing."""
    kept = ColumnMapping.objects.filter(
        agency_id=viewer.agency_id, kind=kind, header_key=header_key
    ).first()
    return kept.columns if kept else None


def same_file_before(viewer: Actor, batch: ImportBatch) -> ImportBatch | None:
    """The latest other batch of the very same file that is in the record."""
    mine = ImportFile.objects.filter(batch=batch).values("sha256")
    return (
        batches_visible_to(viewer)
        .filter(file__sha256__in=mine, status__in=[BatchStatus.DONE, BatchStatus.STOPPED])
        .exclude(pk=batch.pk)
        .order_by("-id")
        .first()
    )


def rows_there(agency_id: UUID, fingerprints: Collection[str]) -> dict[str, ImportRow]:
    """Rows of any batch that count as there, by fingerprint."""
    rows = ImportRow.objects.filter(
        agency_id=agency_id, fingerprint__in=list(fingerprints), status__in=COUNTS_AS_THERE
    )
    return {row.fingerprint: row for row in rows.only("id", "fingerprint", "number", "batch_id")}


def names_in_use(agency_id: UUID) -> NamesInUse:
    """Every participant by name. Who is the same as another stands for that one."""
    rows = list(
        Participant.objects.filter(agency_id=agency_id, voided_at=None).values_list(
            "id", "same_as_id", "name"
        )
    )
    same = {who: other for who, other, _name in rows if other is not None}

    def kept(who: UUID) -> UUID:
        while who in same:
            who = same[who]
        return who

    own_names_first = sorted(rows, key=lambda row: row[1] is not None)
    return NamesInUse((kept(who), name) for who, _other, name in own_names_first)


def people_alike(agency_id: UUID) -> PeopleIndex[UUID]:
    index: PeopleIndex[UUID] = PeopleIndex()
    people = Participant.objects.filter(agency_id=agency_id, voided_at=None, same_as=None)
    for who, name, born_on, phone in people.values_list("id", "name", "born_on", "phone"):
        index.add(who, PersonKey(name, born_on, phone_key(phone)))
    return index


def people_near(agency_id: UUID, key: PersonKey) -> list[tuple[UUID, PersonKey]]:
    """Who might be this person, to be looked at: for a referral that comes in by itself."""
    alike = near(name=key.name, born_on=key.born_on, phone=key.phone)
    people = Participant.objects.filter(alike, agency_id=agency_id, voided_at=None, same_as=None)
    rows = people.order_by("id").values_list("id", "name", "born_on", "phone")
    return [(who, PersonKey(name, born, phone_key(phone))) for who, name, born, phone in rows]


def staff_in_use(agency_id: UUID) -> StaffInUse:
    rows = Supporter.objects.filter(agency_id=agency_id, voided_at=None)
    return StaffInUse(rows.values_list("id", "name", "initials"))


def referrers_in_use(agency_id: UUID) -> dict[ReferrerKey, UUID]:
    rows = Referrer.objects.filter(agency_id=agency_id, voided_at=None).order_by("-id")
    return {
        (name.casefold(), role.casefold(), email.casefold()): pk
        for pk, name, role, email in rows.values_list("id", "name", "role", "email")
    }


def contact_days_of(agency_id: UUID, people: Collection[UUID]) -> dict[UUID, list[date]]:
    """Every day of contact that stands, of each of these people. One query."""
    rows = (
        Encounter.objects.filter(
            agency_id=agency_id,
            participant_id__in=list(people),
            kind=EncounterKind.CONTACT,
            voided_at=None,
        )
        .exclude(status=NoteStatus.ENTERED_IN_ERROR)
        .order_by()
        .values_list("participant_id", "on")
        .distinct()
    )
    found: dict[UUID, list[date]] = {who: [] for who in people}
    for who, on in rows:
        found[who].append(on)
    return found


def contacts_with(agency_id: UUID, *, people: Collection[UUID]) -> set[ContactMark]:
    """Everything logged with these people that has a start."""
    rows = Encounter.objects.filter(
        agency_id=agency_id,
        participant_id__in=list(people),
        voided_at=None,
        started_at__isnull=False,
    ).order_by()
    return {
        (participant_id, supporter_id, started_at)
        for participant_id, supporter_id, started_at in rows.values_list(
            "participant_id", "supporter_id", "started_at"
        )
        if started_at is not None
    }


def proposals_visible_to(viewer: Actor) -> QuerySet[SamePersonProposal]:
    if why_not_import(viewer):
        return SamePersonProposal.objects.none()
    return SamePersonProposal.objects.filter(
        agency_id=viewer.agency_id, voided_at=None
    ).select_related("kept", "other", "answered_by")


def open_proposals(viewer: Actor, *, batch_id: UUID | None = None) -> QuerySet[SamePersonProposal]:
    """Pairs nobody has decided on yet, where both records still stand for themselves."""
    rows = proposals_visible_to(viewer).filter(
        answer=SamePersonAnswer.OPEN,
        kept__voided_at=None,
        other__voided_at=None,
        kept__same_as=None,
        other__same_as=None,
    )
    if batch_id is not None:
        rows = rows.filter(batch_id=batch_id)
    return rows.order_by("id")


def decided_proposals(viewer: Actor) -> QuerySet[SamePersonProposal]:
    rows = proposals_visible_to(viewer).exclude(answer=SamePersonAnswer.OPEN)
    return rows.order_by("-answered_at", "-id")


def referrals_of_pairs(
    viewer: Actor, proposals: Collection[SamePersonProposal]
) -> dict[UUID, list[Referral]]:
    """Referrals of both sides of each pair, by participant. One query."""
    ids = {pk for pair in proposals for pk in (pair.kept_id, pair.other_id)}
    rows = Referral.objects.filter(
        agency_id=viewer.agency_id, participant_id__in=ids, voided_at=None
    ).order_by("received_on", "id")
    found: dict[UUID, list[Referral]] = {pk: [] for pk in ids}
    for row in rows:
        found[row.participant_id].append(row)
    return found


def staff_to_choose(viewer: Actor) -> list[tuple[UUID, str, str]]:
    if why_not_import(viewer):
        return []
    staff = Supporter.objects.filter(agency_id=viewer.agency_id, voided_at=None)
    return list(staff.order_by("name", "id").values_list("id", "name", "initials"))


def still_waiting(viewer: Actor) -> int:
    return rows_visible_to(viewer).filter(Q(status=RowStatus.TO_SORT_OUT)).count()


def people_named(viewer: Actor, *, words: str) -> list[Participant]:
    """Participants whose name holds every typed word, for saying who it was; at most a page."""
    if why_not_import(viewer) or not plain(words):
        return []
    people = Participant.objects.filter(agency_id=viewer.agency_id, voided_at=None, same_as=None)
    for word in plain(words).split():
        people = people.filter(name_key__contains=word)
    return list(people.order_by("name_key", "id")[:PAGE])


def people_by_id(viewer: Actor, ids: Collection[UUID]) -> list[Participant]:
    if why_not_import(viewer):
        return []
    people = Participant.objects.filter(agency_id=viewer.agency_id, pk__in=list(ids))
    return list(people.order_by("name_key", "id"))


def open_pairs_of(viewer: Actor, *, participant_id: UUID) -> list[SamePersonProposal]:
    """Who else this person may be, and nobody has decided yet."""
    either = Q(kept_id=participant_id) | Q(other_id=participant_id)
    return list(open_proposals(viewer).filter(either)[:PAGE])


def any_open_proposal(viewer: Actor, *, among: Collection[UUID]) -> bool:
    """Whether two of these people may be one, and nobody has decided yet."""
    return open_proposals(viewer).filter(kept_id__in=among, other_id__in=among).exists()
