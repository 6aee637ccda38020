"""Who may do what, in one table. No Django, no database, no clock."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import available_timezones

from alongside.accounts.codes import STAFF_ROLES, Permission, Role
from alongside.core.refusal import Refusal
from alongside.core.words import gettext_noop as _

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
            P.HAND_OFF_WRITE,
            P.PROFILE_WRITE,
            P.SUPPORTER_READ,
            P.CONSENT_WRITE,
            P.DISCLOSURE_WRITE,
            P.GLASS_BREAK,
        }
    ),
    Role.SUPERVISOR: frozenset(
        {
            P.SIGHT_TEAM,
            P.PARTICIPANT_SEARCH,
            P.NOTE_READ,
            P.TEAM_READ,
            P.SUPERVISION_WRITE,
            P.HAND_OFF_WRITE,
            P.HAND_OFF_ANSWER,
            P.SUPPORTER_READ,
            P.GLASS_BREAK,
        }
    ),
    Role.COORDINATOR: frozenset(
        {
            P.SIGHT_AGENCY,
            P.PARTICIPANT_SEARCH,
            P.PARTICIPANT_WRITE,
            P.NOTE_READ,
            P.APPOINTMENT_WRITE,
            P.HAND_OFF_WRITE,
            P.HAND_OFF_ANSWER,
            P.REFERRAL_READ,
            P.REFERRAL_WRITE,
            P.MATCH_WRITE,
            P.MEASURES_READ,
            P.SUPPORTER_READ,
            P.SUPPORTER_WRITE,
            P.IMPORT_MANAGE,
            P.CONSENT_WRITE,
            P.DISCLOSURE_WRITE,
        }
    ),
    Role.ARRAY_LEAD: frozenset({P.ARRAY_ANSWER, P.SUPPORTER_READ}),
    Role.BILLING: frozenset({P.BILLING_READ, P.MEASURES_READ}),
    Role.PRIVACY_OFFICER: frozenset(
        {
            P.SIGHT_AGENCY,
            P.PARTICIPANT_SEARCH,
            P.NOTE_READ,
            P.AUDIT_READ,
            P.CONSENT_WRITE,
            P.DISCLOSURE_WRITE,
            P.PRIVACY_MANAGE,
            P.DISPOSAL_CONFIRM,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            P.AGENCY_MANAGE,
            P.USER_MANAGE,
            P.MEASURES_READ,
            P.SUPPORTER_READ,
            P.SUPPORTER_WRITE,
            P.IMPORT_MANAGE,
            P.DISPOSAL_CONFIRM,
        }
    ),
    Role.REFERRER: frozenset({P.REFERRAL_SEND}),
    Role.PARTICIPANT: frozenset({P.OWN_READ, P.OWN_WRITE}),
}


def permissions_of(roles: Iterable[Role]) -> frozenset[str]:
    """Everything that any of ``roles`` allows, as the strings an ``Actor`` carries."""
    return frozenset(str(p) for role in roles for p in ROLE_PERMISSIONS[role])


INVITATION_LIFE = timedelta(days=7)
PASSWORD_LENGTH = 12


@dataclass(frozen=True)
class InvitationFacts:
    """Where a way in stands: open until accepted, taken back, or past ``expires_at``."""

    expires_at: datetime
    accepted: bool = False
    taken_back: bool = False


@dataclass(frozen=True)
class ColleagueFacts:
    """A user as the rules about colleagues see one. ``others`` counts further administrators."""

    id: UUID
    name: str
    roles: frozenset[Role] = frozenset()
    active: bool = True
    is_array_lead: bool = False
    other_administrators: int = 0


def why_not_invite(roles: Iterable[Role], *, address_taken: bool, invited: bool) -> Refusal | None:
    if not set(roles):
        return Refusal("no-role", _("Choose at least one role."), field="roles")
    if not set(roles) <= set(STAFF_ROLES):
        return NOT_A_COLLEAGUE
    if address_taken:
        return Refusal(
            "address-taken",
            _("Someone already signs in with this e-mail address. Use another one."),
            field="email",
        )
    if invited:
        return Refusal(
            "already-invited",
            _("This address has an open invitation. Send that one again, or take it back first."),
            field="email",
        )
    return None


def why_not_accept(invitation: InvitationFacts, at: datetime) -> Refusal | None:
    """One sentence whatever is wrong, so that a stranger learns nothing from a guessed link."""
    if invitation.accepted or invitation.taken_back or at >= invitation.expires_at:
        return LINK_IS_OVER
    return None


def why_not_send_again(invitation: InvitationFacts) -> Refusal | None:
    if invitation.accepted:
        return Refusal("accepted", _("This invitation was accepted already."))
    if invitation.taken_back:
        return Refusal("taken-back", _("This invitation was taken back. Invite the person again."))
    return None


def why_not_change_roles(colleague: ColleagueFacts, wanted: frozenset[Role]) -> Refusal | None:
    if not wanted:
        return Refusal(
            "no-role",
            _("Choose at least one role. If they no longer work here, close their access instead."),
            field="roles",
        )
    if not wanted | colleague.roles <= set(STAFF_ROLES):
        return NOT_A_COLLEAGUE
    gives_up = colleague.roles - wanted
    if Role.ADMINISTRATOR in gives_up and colleague.active and not colleague.other_administrators:
        return Refusal("last-administrator", _LAST, {"name": colleague.name}, field="roles")
    if Role.ARRAY_LEAD in gives_up and colleague.is_array_lead:
        return Refusal(
            "is-array-lead",
            _("{name} is the array lead. Name someone else on the agency page first."),
            {"name": colleague.name},
            field="roles",
        )
    return None


def why_not_shut_out(colleague: ColleagueFacts, *, by: UUID) -> Refusal | None:
    if colleague.id == by:
        return Refusal("oneself", _("You cannot close your own access. Ask a colleague."))
    if Role.ADMINISTRATOR in colleague.roles and not colleague.other_administrators:
        return Refusal("last-administrator", _LAST, {"name": colleague.name})
    return None


def why_not_supervise(
    colleague_id: UUID, supervisor: ColleagueFacts, supervisors: Mapping[UUID, UUID | None]
) -> Refusal | None:
    """``supervisors`` says who supervises whom now, for everyone in the agency."""
    name = {"name": supervisor.name}
    if supervisor.id == colleague_id:
        return _supervisor("oneself", _("Nobody supervises themselves. Choose a colleague."), name)
    if not supervisor.active:
        return _supervisor("shut-out", _("{name} does not sign in any more."), name)
    if Role.SUPERVISOR not in supervisor.roles:
        return _supervisor("no-supervisor", _("{name} does not have the supervisor role."), name)
    above, seen = supervisors.get(supervisor.id), {supervisor.id}
    while above is not None and above not in seen:
        if above == colleague_id:
            return _supervisor(
                "circle", _("That would go round in a circle: {name} is further down."), name
            )
        seen.add(above)
        above = supervisors.get(above)
    return None


def why_not_lead_arrays(colleague: ColleagueFacts) -> Refusal | None:
    if not colleague.active:
        return Refusal(
            "shut-out",
            _("{name} does not sign in any more."),
            {"name": colleague.name},
            field="array_lead",
        )
    return None


def why_not_time_zone(time_zone: str) -> Refusal | None:
    if time_zone not in available_timezones():
        return Refusal(
            "time-zone", _("This time zone is not known. Choose one."), field="time_zone"
        )
    return None


def why_not_contract(starts_on: date, ends_on: date | None) -> Refusal | None:
    if ends_on is not None and ends_on < starts_on:
        return Refusal("ends-first", _("The contract would end before it starts."), field="ends_on")
    return None


def _supervisor(code: str, sentence: str, facts: Mapping[str, object]) -> Refusal:
    return Refusal(code, sentence, facts, field="supervisor")


NOT_A_COLLEAGUE = Refusal(
    "not-a-colleague",
    _("A referrer is no colleague. Referrers get their link at the referral desk."),
    field="roles",
)
_LAST = _("{name} is the only administrator. Make someone else administrator first.")
LINK_IS_OVER = Refusal(
    "link-is-over",
    _("This link does not work any more. Ask the person who gave it to you for a new one."),
)

MOST_LINES, MOST_STEPS = 12, 12
LONGEST_NAME, LONGEST_NUMBER, LONGEST_HOURS, LONGEST_WORDS = 80, 40, 80, 300


@dataclass(frozen=True)
class HelpLine:
    """Someone to call in a hard moment, as the agency writes it. ``for_all``: participants find it
    on their own help page, too; all other lines are for colleagues."""

    name: str
    number: str
    hours: str = ""
    words: str = ""
    for_all: bool = False


def number_to_dial(number: str) -> str:
    """What a phone dials for a number as people write it: ``"(715) 555-0134 ext. 2"`` →
    ``"7155550134,2"``. Nothing where there is no number in it."""
    main, _word, extension = re.split(r"(?i)(\s*(?:ext\.?|x|#|,)\s*)", f"{number} x", maxsplit=1)
    digits = re.sub(r"\D", "", main)
    plus = "+" if main.strip().startswith("+") else ""
    more = re.sub(r"\D", "", extension)
    return f"{plus}{digits}{',' if more and digits else ''}{more if digits else ''}"


def why_not_help_lines(lines: Sequence[HelpLine], steps: Sequence[str]) -> Refusal | None:
    if len(lines) > MOST_LINES or len(steps) > MOST_STEPS:
        return Refusal(
            "too-many",
            _("In a hard moment a short list helps most: at most {lines} lines and {steps} steps."),
            {"lines": MOST_LINES, "steps": MOST_STEPS},
        )
    for line in lines:
        if not line.name:
            return Refusal("no-name", _("Say whom one reaches under {number}."), vars(line))
        if not 3 <= len(number_to_dial(line.number).split(",")[0].lstrip("+")) <= 15:
            return Refusal(
                "no-number", _("“{name}” needs a number that a phone can dial."), vars(line)
            )
    bounds = ((LONGEST_NAME, "name"), (LONGEST_NUMBER, "number"), (LONGEST_HOURS, "hours"))
    texts = [(most, getattr(line, name)) for line in lines for most, name in bounds]
    texts += [(LONGEST_WORDS, text) for text in [*steps, *(line.words for line in lines)]]
    for most, text in texts:
        if len(text) > most:
            return Refusal(
                "too-long",
                _("“{text}” … is too long to read in a hurry. Use at most {most} letters."),
                {"text": text[:20], "most": most},
            )
    return None
