from enum import StrEnum

from alongside.core.actor import OUTSIDE
from alongside.core.words import gettext_noop as _


class Role(StrEnum):
    SUPPORTER = "supporter"
    SUPERVISOR = "supervisor"
    COORDINATOR = "coordinator"
    ARRAY_LEAD = "array-lead"
    BILLING = "billing"
    PRIVACY_OFFICER = "privacy-officer"
    ADMINISTRATOR = "administrator"
    REFERRER = "referrer"
    PARTICIPANT = "participant"


# Whoever works at the agency. The others see the portal alone, and are in no list of colleagues.
STAFF_ROLES: tuple[Role, ...] = tuple(role for role in Role if role not in OUTSIDE)


class GapKind(StrEnum):
    """Why nobody looks out for someone."""

    NO_SUPERVISOR = "no-supervisor"
    SUPERVISOR_GONE = "supervisor-gone"
    NOBODY_STANDS_IN = "nobody-stands-in"
    STAND_IN_AWAY = "stand-in-away"
    STAND_IN_GONE = "stand-in-gone"


class LetterKind(StrEnum):
    """What an e-mail may say: that there is a way in, or that something is there to read."""

    INVITATION = "invitation"
    UPDATE = "update"
    LINK = "link"
    OWN = "own"


class LetterStatus(StrEnum):
    """``sending`` is claimed by one worker; ``given-up`` waits for a person; ``put-away`` is over
    without being sent."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    GIVEN_UP = "given-up"
    PUT_AWAY = "put-away"


class LetterTrouble(StrEnum):
    """Why the last try did not get through. Never the server's words: they may name someone."""

    AWAY = "away"
    NOT_NOW = "not-now"
    DROPPED = "dropped"
    SIGN_IN = "sign-in"
    ADDRESS = "address"
    REFUSED = "refused"
    LINK_LOST = "link-lost"


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
    HAND_OFF_WRITE = "handoff.write"
    HAND_OFF_ANSWER = "handoff.answer"
    REFERRAL_READ = "referral.read"
    REFERRAL_WRITE = "referral.write"
    MATCH_WRITE = "match.write"
    PROFILE_WRITE = "profile.write"
    SUPPORTER_READ = "supporter.read"
    SUPPORTER_WRITE = "supporter.write"
    TEAM_READ = "team.read"
    SUPERVISION_WRITE = "supervision.write"
    ARRAY_ANSWER = "array.answer"
    IMPORT_MANAGE = "import.manage"
    CONSENT_WRITE = "consent.write"
    DISCLOSURE_WRITE = "disclosure.write"
    GLASS_BREAK = "glass.break"
    PRIVACY_MANAGE = "privacy.manage"
    DISPOSAL_CONFIRM = "disposal.confirm"
    AUDIT_READ = "audit.read"
    BILLING_READ = "billing.read"
    MEASURES_READ = "measures.read"
    AGENCY_MANAGE = "agency.manage"
    USER_MANAGE = "user.manage"
    REFERRAL_SEND = "referral.send"
    SUPPORT_ASK = "support.ask"
    OWN_READ = "own.read"
    OWN_WRITE = "own.write"


# What a role is called on the screen, and what it opens, for the person who gives it.
ROLE_WORDS: dict[Role, tuple[str, str]] = {
    Role.SUPPORTER: (
        _("Supporter"),
        _("Walks alongside people, writes notes and plans, sees their own people only."),
    ),
    Role.SUPERVISOR: (
        _("Supervisor"),
        _("Reads the records of the supporters they supervise."),
    ),
    Role.COORDINATOR: (
        _("Coordinator"),
        _("Works the referral desk, suggests matches, brings in sheets, sees everyone."),
    ),
    Role.ARRAY_LEAD: (
        _("Array lead"),
        _("Answers which service array fits when someone is unsure."),
    ),
    Role.BILLING: (_("Billing"), _("Sees what can be billed, and no notes.")),
    Role.PRIVACY_OFFICER: (
        _("Privacy officer"),
        _("Sees who looked at which record, and can read every record."),
    ),
    Role.ADMINISTRATOR: (
        _("Administrator"),
        _("Keeps the agency, contracts and colleagues, brings in sheets. Sees no other records."),
    ),
    Role.REFERRER: (
        _("Referrer"),
        _("Works elsewhere: sends referrals, and sees of them what the person agreed to share."),
    ),
    Role.PARTICIPANT: (
        _("Participant"),
        _("Reads and writes what is their own: their plan, their words, what they agreed to."),
    ),
}
