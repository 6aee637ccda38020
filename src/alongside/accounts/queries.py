"""Reading agencies, users and roles."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import (
    FilteredRelation,
    Max,
    Prefetch,
    Q,
    QuerySet,
    Value,
    prefetch_related_objects,
)

from alongside import tenancy
from alongside.accounts.codes import LetterStatus, Permission, Role
from alongside.accounts.models import (
    Agency,
    Contract,
    HelpLines,
    Invitation,
    Letter,
    PublicAddress,
    PublicPage,
    RoleGrant,
    TimeAway,
    User,
)
from alongside.accounts.rules import ColleagueFacts, HelpLine, permissions_of
from alongside.accounts.rules.away import Gap, gaps
from alongside.audit.asking import Asked
from alongside.core.actor import OUTSIDE, Actor
from alongside.core.clock import local_date

DEMO_ADDRESS = "@demo.example"
# Whoever comes by the public page without being known. No user has this id.
NOBODY = UUID(int=0)


def actor_for(user: User, *, at: datetime | None = None) -> Actor | None:
    """The actor a user is at that moment, or ``None`` for someone shut out. Two queries. Without a
    moment nobody stands in for anybody."""
    found = User.objects.filter(pk=user.pk).first()
    return actor_of(found, at=at) if found is not None else None


def _held(user: UUID, on: date, _shape: object) -> QuerySet[RoleGrant, tuple[str, UUID | None]]:
    """The roles of a user, each beside every supervisor the user stands in for on that day."""
    away = Q(
        user__stands_in__taken_back_at=None,
        user__stands_in__starts_on__lte=on,
        user__stands_in__ends_on__gte=on,
    )
    return (
        RoleGrant.objects.filter(user_id=user)
        .annotate(away=FilteredRelation("user__stands_in", condition=away))
        .values_list("role", "away__supervisor_id")
    )


_HELD = Asked(_held)


def actor_of(found: User, *, at: datetime | None = None) -> Actor | None:
    """The actor of a user just read from the database, as a request's own is. One query."""
    if found.agency is None or not found.is_active:
        return None
    on = local_date(at, found.agency.time_zone) if at is not None else date.min
    rows = _HELD.rows(found.pk, on)
    held = {Role(role) for role, _away in rows}
    return Actor(
        id=found.id,
        agency_id=found.agency.id,
        permissions=permissions_of(held),
        roles=frozenset(str(role) for role in held),
        name=found.name,
        time_zone=found.agency.time_zone,
        agency_name=found.agency.name,
        stands_in_for=frozenset(away for _role, away in rows if away is not None),
    )


@tenancy.at_the_door()
def installation_is_empty() -> bool:
    """Whether nobody can sign in yet. Sheets may have come in before, by the command line."""
    return not User.objects.filter(agency__isnull=False).exists()


@tenancy.at_the_door()
def agency_without_people() -> Agency | None:
    """The agency that the command line began for sheets, while nobody has begun."""
    return Agency.objects.order_by("id").first() if installation_is_empty() else None


@tenancy.at_the_door()
def address_is_taken(email: str) -> bool:
    return User.objects.filter(email=email).exists()


@tenancy.at_the_door()
def user_at_the_door(said: str) -> User | None:
    """Whose sign-in was tried, by address or user name, for the log of that user's agency."""
    said = said.strip().lower()
    return User.objects.filter(Q(email=said) | Q(user_name=said)).first() if said else None


def address_is_invited(email: str) -> bool:
    return Invitation.objects.filter(email=email, accepted_at=None, taken_back_at=None).exists()


def link_hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@tenancy.at_the_door()
def invitation_by_secret(secret: str) -> Invitation | None:
    """The invitation a link belongs to. Whoever holds the link is the viewer."""
    found = Invitation.objects.select_related("agency", "invited_by")
    return found.filter(link_hash=link_hash(secret)).first()


@tenancy.at_the_door()
def demo_users() -> list[User]:
    """The invented people whom one click signs in; the demo page alone asks. Never a real account,
    even where demo mode was switched on over real data by mistake."""
    found = list(
        User.objects.filter(is_active=True, agency__isnull=False, email__endswith=DEMO_ADDRESS)
        .select_related("agency")
        .order_by("name", "id")
    )
    for agency_id in {user.agency_id for user in found}:
        with tenancy.working_for(agency_id):
            theirs = [user for user in found if user.agency_id == agency_id]
            prefetch_related_objects(
                theirs, Prefetch("role_grants", RoleGrant.objects.order_by("role"))
            )
    return found


@tenancy.at_the_door()
def every_agency() -> list[Agency]:
    """For those who run the machine: what is to be done for each, one after the other."""
    return list(Agency.objects.order_by("id"))


def agency_of(viewer: Actor) -> Agency:
    return Agency.objects.select_related("array_lead").get(pk=viewer.agency_id)


def users_visible_to(viewer: Actor) -> QuerySet[User]:
    """The colleagues of the viewer. Whoever comes in from outside is none, and sees none."""
    if not viewer.is_staff:
        return User.objects.none()
    return everyone_who_signs_in(viewer).exclude(role_grants__role__in=OUTSIDE)


def everyone_who_signs_in(viewer: Actor) -> QuerySet[User]:
    """Colleagues, and those who come in from outside: to name who did what, to no other end."""
    return User.objects.filter(agency_id=viewer.agency_id).order_by("name", "id")


def who_signs_in(viewer: Actor) -> QuerySet[User, tuple[UUID, str, str]]:
    """Id, name, and the role from outside: empty for colleagues."""
    outside = Q(role_grants__role__in=sorted(OUTSIDE))
    theirs = Max("role_grants__role", filter=outside, default=Value(""))
    found = everyone_who_signs_in(viewer).annotate(outside=theirs)
    return found.values_list("id", "name", "outside")


def colleagues(viewer: Actor) -> QuerySet[User]:
    """Everyone of the agency with roles and supervisor, those who sign in first, by name."""
    grants = Prefetch("role_grants", RoleGrant.objects.order_by("role"))
    return (
        users_visible_to(viewer)
        .select_related("supervisor")
        .prefetch_related(grants)
        .order_by("-is_active", "name", "id")
    )


def administrators(viewer: Actor) -> QuerySet[User]:
    return users_visible_to(viewer).filter(
        is_active=True, role_grants__role=Role.ADMINISTRATOR.value
    )


def possible_supervisors(viewer: Actor) -> QuerySet[User]:
    return users_visible_to(viewer).filter(is_active=True, role_grants__role=Role.SUPERVISOR.value)


def supervisors(viewer: Actor) -> Mapping[UUID, UUID | None]:
    """Who supervises whom, for everyone in the agency."""
    return dict(users_visible_to(viewer).values_list("id", "supervisor_id"))


def colleague_facts(viewer: Actor, *, user_id: UUID) -> ColleagueFacts:
    """A colleague as the rules see one. Raises ``User.DoesNotExist`` for another agency's."""
    user = users_visible_to(viewer).get(pk=user_id)
    held = RoleGrant.objects.filter(user=user).values_list("role", flat=True)
    return ColleagueFacts(
        id=user.id,
        name=user.name,
        roles=frozenset(Role(role) for role in held),
        active=user.is_active,
        is_array_lead=Agency.objects.filter(array_lead=user).exists(),
        other_administrators=administrators(viewer).exclude(pk=user.id).count(),
    )


def times_away_visible_to(viewer: Actor) -> QuerySet[TimeAway]:
    """Who is away when, and who stands in: one's own for a supervisor and for whoever stands in,
    the agency's for whoever keeps colleagues. What was taken back is among them."""
    rows = TimeAway.objects.filter(agency_id=viewer.agency_id)
    if not viewer.may(Permission.USER_MANAGE):
        rows = rows.filter(Q(supervisor_id=viewer.id) | Q(stand_in_id=viewer.id))
    return rows.select_related("supervisor", "stand_in").order_by("starts_on", "id")


def times_away(viewer: Actor, *, supervisor_id: UUID, on: date) -> QuerySet[TimeAway]:
    """Of one supervisor: what stands and is not over."""
    return times_away_visible_to(viewer).filter(
        supervisor_id=supervisor_id, taken_back_at=None, ends_on__gte=on
    )


def standing_in(viewer: Actor, *, on: date) -> QuerySet[TimeAway]:
    """When the viewer looks out for other teams, today and on days to come."""
    rows = TimeAway.objects.filter(stand_in_id=viewer.id, taken_back_at=None, ends_on__gte=on)
    return rows.select_related("supervisor").order_by("starts_on", "id")


def standing_in_for(viewer: Actor, *, supervisors: Iterable[UUID], on: date) -> list[UUID]:
    """Who stands in that day for any of these."""
    rows = TimeAway.objects.filter(
        agency_id=viewer.agency_id,
        supervisor_id__in=list(supervisors),
        taken_back_at=None,
        starts_on__lte=on,
        ends_on__gte=on,
        stand_in__is_active=True,
    )
    return list(rows.order_by("stand_in_id").values_list("stand_in_id", flat=True).distinct())


def away_in_agency(viewer: Actor, *, on: date) -> QuerySet[TimeAway]:
    """Every time away that stands and is not over: for rules, which tell who is free when."""
    return TimeAway.objects.filter(
        agency_id=viewer.agency_id, taken_back_at=None, ends_on__gte=on
    ).order_by("starts_on", "id")


def team(viewer: Actor) -> QuerySet[User]:
    """The active colleagues the viewer looks out for today, by name."""
    found = users_visible_to(viewer).filter(supervisor_id__in=viewer.teams, is_active=True)
    return found if viewer.may(Permission.TEAM_READ) else found.none()


def nobody_looks_out(viewer: Actor, *, on: date) -> tuple[Gap, ...]:
    """Supporters whom nobody looks out for, today or on days to come: for those who keep the list
    of supporters, and for each supervisor of their own team. Three queries."""
    may_see_all = viewer.may(Permission.SUPPORTER_WRITE)
    if not may_see_all and not viewer.may(Permission.TEAM_READ):
        return ()
    grants = Prefetch("role_grants", RoleGrant.objects.all())
    users = list(users_visible_to(viewer).prefetch_related(grants))
    colleagues = {
        user.pk: ColleagueFacts(
            user.pk,
            user.name,
            frozenset(Role(grant.role) for grant in user.role_grants.all()),
            user.is_active,
        )
        for user in users
    }
    leads = {user.pk: user.supervisor_id for user in users}
    away = [row.facts() for row in away_in_agency(viewer, on=on)]
    found = gaps(colleagues, leads, away, on)
    if may_see_all:
        return found
    return tuple(gap for gap in found if gap.supervisor and gap.supervisor.id in viewer.teams)


def alone(colleague: ColleagueFacts) -> ColleagueFacts:
    return replace(colleague, other_administrators=0)


def invitations_visible_to(viewer: Actor) -> QuerySet[Invitation]:
    """The agency's invitations, newest first."""
    return (
        Invitation.objects.filter(agency_id=viewer.agency_id)
        .select_related("supervisor", "invited_by")
        .order_by("-id")
    )


def open_invitations(viewer: Actor) -> QuerySet[Invitation]:
    return invitations_visible_to(viewer).filter(accepted_at=None, taken_back_at=None)


def letters_visible_to(viewer: Actor) -> QuerySet[Letter]:
    """The agency's letters, newest first, for whoever keeps the agency."""
    letters = Letter.objects.filter(agency_id=viewer.agency_id).order_by("-id")
    return letters if viewer.may(Permission.AGENCY_MANAGE) else letters.none()


def letters_in_trouble(viewer: Actor) -> QuerySet[Letter]:
    """Those that could not be sent so far: given up, or tried in vain and to be tried again."""
    over = [LetterStatus.SENT.value, LetterStatus.PUT_AWAY.value]
    return letters_visible_to(viewer).exclude(status__in=over).exclude(trouble="")


def contracts_visible_to(viewer: Actor) -> QuerySet[Contract]:
    return Contract.objects.filter(agency_id=viewer.agency_id).order_by("name", "id")


def help_lines(viewer: Actor) -> HelpLines | None:
    """Whom to call in a hard moment, as the agency says it now; ``None`` before it did."""
    return help_lines_before(viewer).first()


def help_lines_for_all(viewer: Actor) -> list[HelpLine]:
    """Those of them that the agency shows to participants, in its order."""
    now = help_lines(viewer)
    return [HelpLine(**line) for line in now.lines if line.get("for_all")] if now else []


def help_lines_before(viewer: Actor) -> QuerySet[HelpLines]:
    """All that the agency ever said about it, the newest first."""
    return (
        HelpLines.objects.filter(agency_id=viewer.agency_id)
        .select_related("set_by")
        .order_by("-number")
    )


def stranger(agency: Agency) -> Actor:
    """Anyone at the public page: sees what stands open there, and may ask for support."""
    return Actor(
        id=NOBODY,
        agency_id=agency.pk,
        permissions=frozenset({str(Permission.SUPPORT_ASK)}),
        time_zone=agency.time_zone,
        agency_name=agency.name,
    )


@tenancy.at_the_door()
def public_address(slug: str) -> PublicAddress | None:
    """Whose public page an address leads to, whether it stands open or not."""
    return PublicAddress.objects.select_related("agency").filter(slug=slug).first()


@tenancy.at_the_door()
def only_public_address() -> PublicAddress | None:
    """The one page that stands open here; nothing where there are several, or none."""
    found = list(PublicAddress.objects.exclude(page=None).order_by("id")[:2])
    return found[0] if len(found) == 1 else None


def address_of(viewer: Actor) -> PublicAddress | None:
    """Where the agency's own page stands, with the words that stand open, if they do."""
    rows = PublicAddress.objects.filter(agency_id=viewer.agency_id)
    return rows.select_related("page", "agency").first()


def public_pages(viewer: Actor) -> QuerySet[PublicPage]:
    """All that was ever written for it, the newest first, for whoever keeps the agency."""
    rows = PublicPage.objects.filter(agency_id=viewer.agency_id).order_by("-number")
    return rows.select_related("set_by") if viewer.may(Permission.AGENCY_MANAGE) else rows.none()
