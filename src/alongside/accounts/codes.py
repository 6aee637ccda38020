from enum import StrEnum


class Role(StrEnum):
    SUPPORTER = "supporter"
    SUPERVISOR = "supervisor"
    COORDINATOR = "coordinator"
    ARRAY_LEAD = "array-lead"
    BILLING = "billing"
    PRIVACY_OFFICER = "privacy-officer"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """What a role may do. ``sight.*`` says whose records: one's own caseload, team, or agency."""

    SIGHT_OWN = "sight.own"
    SIGHT_TEAM = "sight.team"
    SIGHT_AGENCY = "sight.agency"
    PARTICIPANT_SEARCH = "participant.search"
    PARTICIPANT_WRITE = "participant.write"
    NOTE_READ = "note.read"
    NOTE_WRITE = "note.write"
    PLAN_WRITE = "plan.write"
    APPOINTMENT_WRITE = "appointment.write"
    REFERRAL_READ = "referral.read"
    REFERRAL_WRITE = "referral.write"
    MATCH_WRITE = "match.write"
    PROFILE_WRITE = "profile.write"
    SUPPORTER_READ = "supporter.read"
    SUPPORTER_WRITE = "supporter.write"
    TEAM_READ = "team.read"
    ARRAY_ANSWER = "array.answer"
    IMPORT_MANAGE = "import.manage"
    AUDIT_READ = "audit.read"
    BILLING_READ = "billing.read"
    AGENCY_MANAGE = "agency.manage"
    USER_MANAGE = "user.manage"
