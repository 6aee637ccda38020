"""Who may do what, in one table. No Django, no database, no clock."""

from collections.abc import Iterable

from alongside.accounts.codes import Permission, Role

P = Permission

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.SUPPORTER: frozenset(
        {
            P.SIGHT_OWN,
            P.PARTICIPANT_SEARCH,
            P.PARTICIPANT_WRITE,
            P.NOTE_READ,
            P.NOTE_WRITE,
            P.PLAN_WRITE,
            P.APPOINTMENT_WRITE,
            P.PROFILE_WRITE,
            P.SUPPORTER_READ,
        }
    ),
    Role.SUPERVISOR: frozenset(
        {P.SIGHT_TEAM, P.PARTICIPANT_SEARCH, P.NOTE_READ, P.TEAM_READ, P.SUPPORTER_READ}
    ),
    Role.COORDINATOR: frozenset(
        {
            P.SIGHT_AGENCY,
            P.PARTICIPANT_SEARCH,
            P.PARTICIPANT_WRITE,
            P.NOTE_READ,
            P.APPOINTMENT_WRITE,
            P.REFERRAL_READ,
            P.REFERRAL_WRITE,
            P.MATCH_WRITE,
            P.SUPPORTER_READ,
            P.SUPPORTER_WRITE,
            P.IMPORT_MANAGE,
        }
    ),
    Role.ARRAY_LEAD: frozenset({P.ARRAY_ANSWER, P.SUPPORTER_READ}),
    Role.BILLING: frozenset({P.BILLING_READ}),
    Role.PRIVACY_OFFICER: frozenset(
        {P.SIGHT_AGENCY, P.PARTICIPANT_SEARCH, P.NOTE_READ, P.AUDIT_READ}
    ),
    Role.ADMINISTRATOR: frozenset(
        {P.AGENCY_MANAGE, P.USER_MANAGE, P.SUPPORTER_READ, P.SUPPORTER_WRITE, P.IMPORT_MANAGE}
    ),
}


def permissions_of(roles: Iterable[Role]) -> frozenset[str]:
    """Everything that any of ``roles`` allows, as the strings an ``Actor`` carries."""
    return frozenset(str(p) for role in roles for p in ROLE_PERMISSIONS[role])
