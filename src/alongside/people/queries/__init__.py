"""Every read of people, viewer first: agency, role, and the relation that holds now."""

from typing import NamedTuple
from uuid import UUID

from django.db.models import F, Q, QuerySet

from alongside.accounts.codes import Permission
from alongside.audit.asking import Asked, as_asked, asking
from alongside.core.actor import Actor
from alongside.core.sealing import CannotOpen
from alongside.people.codes import IdentifierEnding
from alongside.people.models import (
    CareTeamMember,
    FormDraft,
    Identifier,
    Participant,
    ParticipantChange,
)
from alongside.people.rules import first_name, kinds_read_by, name_key


def participants_visible_to(viewer: Actor) -> QuerySet[Participant]:
    """Own caseload, supervised team or whole agency, as the viewer's roles allow; for a participant
    their own record.

    Sight of the record follows the current match: an ended membership of the care team gives none.
    A record opened in an emergency is seen only by the narrow actor that ``in_emergency`` makes.
    """
    people = Participant.objects.filter(agency_id=viewer.agency_id, voided_at=None, same_as=None)
    if viewer.in_emergency:
        return people.filter(pk__in=[one.participant_id for one in viewer.opened])
    if viewer.may(Permission.SIGHT_AGENCY):
        return people
    if viewer.may(Permission.OWN_READ):
        return people.filter(user_id=viewer.id)
    relation = Q(pk__in=[])
    if viewer.may(Permission.SIGHT_OWN):
        relation |= Q(user_id=viewer.id)
    if viewer.may(Permission.SIGHT_TEAM):
        relation |= Q(user__supervisor_id__in=viewer.teams)
    # Begins with the few who walk with the viewer, not with everyone in the agency.
    walking = CareTeamMember.objects.filter(relation, until=None)
    return people.filter(pk__in=walking.values("participant_id"))


_SEEN = Asked(
    lambda person, *viewer: (
        participants_visible_to(as_asked(*viewer)).filter(pk=person).values_list("pk", "name")
    )
)


class Seen(NamedTuple):
    """Someone the viewer may see: no more of them than a form needs to speak of them."""

    pk: UUID
    name: str

    @property
    def first_name(self) -> str:
        return first_name(self.name)


def seen_by(viewer: Actor, *, participant_id: UUID) -> Seen:
    """Of ``participants_visible_to``, asked on every note; raises ``Participant.DoesNotExist``."""
    rows = _SEEN.rows(participant_id, *asking(viewer), shape=viewer.permissions)
    if not rows:
        raise Participant.DoesNotExist
    return Seen(*rows[0])


def own_record(viewer: Actor) -> Participant:
    """Who the viewer is, as a participant; raises ``Participant.DoesNotExist`` for anyone else."""
    if not viewer.may(Permission.OWN_READ):
        raise Participant.DoesNotExist
    return participants_visible_to(viewer).get()


def own_caseload(viewer: Actor) -> QuerySet[Participant]:
    """The people the viewer supports now, by name."""
    mine = CareTeamMember.objects.filter(user_id=viewer.id, until=None)
    return (
        participants_visible_to(viewer)
        .filter(pk__in=mine.values("participant_id"))
        .order_by("name_key", "id")
    )


def team_caseload(viewer: Actor) -> QuerySet[Participant]:
    """The people whom the viewer's team supports now, by name."""
    team = CareTeamMember.objects.filter(user__supervisor_id__in=viewer.teams, until=None)
    return (
        participants_visible_to(viewer)
        .filter(pk__in=team.values("participant_id"))
        .order_by("name_key", "id")
    )


def everyone(viewer: Actor) -> QuerySet[Participant]:
    return participants_visible_to(viewer).order_by("name_key", "id")


def after(people: QuerySet[Participant], last: UUID | None) -> QuerySet[Participant]:
    """The rest of a list by name, after the row ``last``: an id, since a name is in no address."""
    if last is None:
        return people
    row = people.values("name_key").get(pk=last)
    return people.filter(Q(name_key__gt=row["name_key"]) | Q(name_key=row["name_key"], id__gt=last))


def search(viewer: Actor, *, words: str) -> QuerySet[Participant]:
    """People whose name holds every typed word, in any order, accents or not."""
    found = participants_visible_to(viewer).order_by("name_key", "id")
    for word in name_key(words).split():
        found = found.filter(name_key__contains=word)
    return found


def care_team_visible_to(viewer: Actor) -> QuerySet[CareTeamMember]:
    people = participants_visible_to(viewer)
    return CareTeamMember.objects.filter(participant__in=people).select_related("participant")


def care_team(viewer: Actor, *, participant_id: UUID) -> QuerySet[CareTeamMember]:
    """Everyone around the person, those who are there now first."""
    return (
        care_team_visible_to(viewer)
        .filter(participant_id=participant_id)
        .select_related("user")
        .order_by(F("until").desc(nulls_first=True), "role", "name", "id")
    )


def changes(viewer: Actor, *, participant_id: UUID) -> QuerySet[ParticipantChange]:
    """What facts said before, newest first."""
    people = participants_visible_to(viewer).filter(pk=participant_id)
    return (
        ParticipantChange.objects.filter(participant__in=people)
        .select_related("by")
        .order_by("-id")
    )


def draft_of(viewer: Actor, *, participant_id: UUID, form: str) -> FormDraft | None:
    """What the viewer typed in this form and has not sent; nobody else's."""
    return FormDraft.objects.filter(
        author_id=viewer.id,
        form=form,
        participant_id=participant_id,
        participant__in=participants_visible_to(viewer),
    ).first()


def identifiers_visible_to(viewer: Actor) -> QuerySet[Identifier]:
    """Numbers and addresses, and what they were before: of people the viewer sees, and of the kinds
    the viewer's roles need. Sealed; opening one is ``actions.show_identifier``."""
    return Identifier.objects.filter(
        participant__in=participants_visible_to(viewer), kind__in=kinds_read_by(viewer)
    ).select_related("participant", "kept_by")


def identifiers(viewer: Actor, *, participant_id: UUID) -> QuerySet[Identifier]:
    """What stands now."""
    return (
        identifiers_visible_to(viewer)
        .filter(participant_id=participant_id, ended_at=None)
        .order_by("entry")
    )


def removed_identifiers(viewer: Actor, *, participant_id: UUID) -> QuerySet[Identifier]:
    return (
        identifiers_visible_to(viewer)
        .filter(participant_id=participant_id, ending=IdentifierEnding.REMOVED.value)
        .select_related("ended_by")
        .order_by("-ended_at", "id")
    )


def what_stands(viewer: Actor, *, identifier_id: UUID) -> UUID:
    """The row that took this one's place, or itself."""
    row = identifiers_visible_to(viewer).get(pk=identifier_id)
    now = identifiers_visible_to(viewer).filter(entry=row.entry, ended_at=None)
    return now.values_list("pk", flat=True).first() or row.pk


def label_of(viewer: Actor, row: Identifier) -> str:
    """What an other number is called; nothing where it does not open."""
    if row.agency_id != viewer.agency_id:
        raise Identifier.DoesNotExist
    try:
        return str(row.label)
    except CannotOpen:
        return ""
