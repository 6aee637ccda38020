"""The words of sheets, batches and rows. Labels are for people and marked for translation."""

from collections.abc import Mapping
from enum import StrEnum

from alongside.core.words import gettext_noop as _


class SheetKind(StrEnum):
    STAFF = "staff"
    REFERRALS = "referrals"
    CONTACTS = "contacts"


class RowStatus(StrEnum):
    WAITING = "waiting"
    IMPORTED = "imported"
    TO_SORT_OUT = "to_sort_out"
    ALREADY_THERE = "already_there"
    SKIPPED = "skipped"
    UNDONE = "undone"


class BatchStatus(StrEnum):
    """``chosen``: looked at, nothing of it is in the record yet."""

    CHOSEN = "chosen"
    RUNNING = "running"
    STOPPED = "stopped"
    PUT_AWAY = "put_away"
    DONE = "done"
    UNDONE = "undone"


class DateOrder(StrEnum):
    """How a column writes 3/4/26: decided by the whole column, never by one cell."""

    MONTH_FIRST = "month_first"
    DAY_FIRST = "day_first"
    MIXED = "mixed"


class ClockStyle(StrEnum):
    """Whether a column of times uses the 24-hour clock, says am and pm, or leaves it open."""

    H24 = "24h"
    AM_PM = "am_pm"
    OPEN = "open"


class ReferralField(StrEnum):
    REFERRED_ON = "referred_on"
    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    BORN_ON = "born_on"
    PHONE = "phone"
    COUNTY = "county"
    LANGUAGE = "language"
    PATHWAY = "pathway"
    REFERRER_NAME = "referrer_name"
    REFERRER_ROLE = "referrer_role"
    REFERRER_EMAIL = "referrer_email"
    REFERRER_PHONE = "referrer_phone"
    REASON = "reason"
    COURT_ON = "court_on"
    ASKED_FOR = "asked_for"


class ContactField(StrEnum):
    ON = "on"
    STARTED = "started"
    ENDED = "ended"
    MINUTES = "minutes"
    HOURS = "hours"
    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    SUPPORTER = "supporter"
    MODE = "mode"
    PLACE = "place"
    ARRAY = "array"
    NOTE = "note"
    OUTCOME = "outcome"
    MILES = "miles"


class StaffField(StrEnum):
    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    INITIALS = "initials"
    CREDENTIAL = "credential"
    CERTIFIED_ON = "certified_on"
    EXPIRES_ON = "expires_on"
    CE_HOURS = "ce_hours"
    LIVED_EXPERIENCE = "lived_experience"
    LANGUAGES = "languages"
    COUNTIES = "counties"
    OTHER_LICENSE = "other_license"


FIELDS_OF: Mapping[SheetKind, type[StrEnum]] = {
    SheetKind.STAFF: StaffField,
    SheetKind.REFERRALS: ReferralField,
    SheetKind.CONTACTS: ContactField,
}


KIND_LABELS: Mapping[SheetKind, str] = {
    SheetKind.STAFF: _("Staff"),
    SheetKind.REFERRALS: _("Referrals"),
    SheetKind.CONTACTS: _("Contact log"),
}


FIELD_LABELS: Mapping[SheetKind, Mapping[StrEnum, str]] = {
    SheetKind.REFERRALS: {
        ReferralField.REFERRED_ON: _("Day of the referral"),
        ReferralField.NAME: _("Name"),
        ReferralField.FIRST_NAME: _("First name"),
        ReferralField.LAST_NAME: _("Last name"),
        ReferralField.BORN_ON: _("Birth date"),
        ReferralField.PHONE: _("Phone"),
        ReferralField.COUNTY: _("County"),
        ReferralField.LANGUAGE: _("Language"),
        ReferralField.PATHWAY: _("Program or pathway"),
        ReferralField.REFERRER_NAME: _("Referred by"),
        ReferralField.REFERRER_ROLE: _("Role of the one who referred"),
        ReferralField.REFERRER_EMAIL: _("E-mail of the one who referred"),
        ReferralField.REFERRER_PHONE: _("Phone of the one who referred"),
        ReferralField.REASON: _("Why they come"),
        ReferralField.COURT_ON: _("Next court date"),
        ReferralField.ASKED_FOR: _("What they asked for"),
    },
    SheetKind.CONTACTS: {
        ContactField.ON: _("Day"),
        ContactField.STARTED: _("Start"),
        ContactField.ENDED: _("End"),
        ContactField.MINUTES: _("Minutes"),
        ContactField.HOURS: _("Hours"),
        ContactField.NAME: _("Who"),
        ContactField.FIRST_NAME: _("First name"),
        ContactField.LAST_NAME: _("Last name"),
        ContactField.SUPPORTER: _("Supporter"),
        ContactField.MODE: _("How"),
        ContactField.PLACE: _("Where"),
        ContactField.ARRAY: _("Service array"),
        ContactField.NOTE: _("What you did"),
        ContactField.OUTCOME: _("Met or missed"),
        ContactField.MILES: _("Miles"),
    },
    SheetKind.STAFF: {
        StaffField.NAME: _("Name"),
        StaffField.FIRST_NAME: _("First name"),
        StaffField.LAST_NAME: _("Last name"),
        StaffField.INITIALS: _("Initials"),
        StaffField.CREDENTIAL: _("Certificate"),
        StaffField.CERTIFIED_ON: _("Certified on"),
        StaffField.EXPIRES_ON: _("Runs out on"),
        StaffField.CE_HOURS: _("Hours of continuing education"),
        StaffField.LIVED_EXPERIENCE: _("Lived experience"),
        StaffField.LANGUAGES: _("Languages"),
        StaffField.COUNTIES: _("Counties"),
        StaffField.OTHER_LICENSE: _("Other license"),
    },
}


class ProblemKind(StrEnum):
    """What is the matter with a row, for counting."""

    NO_NAME = "no_name"
    NOT_A_PERSON = "not_a_person"
    DATE_MISSING = "date_missing"
    DATE_UNREADABLE = "date_unreadable"
    DATE_IN_THE_FUTURE = "date_in_the_future"
    DATE_LONG_AGO = "date_long_ago"
    BIRTH_DATE_MISSING = "birth_date_missing"
    BIRTH_DATE_UNREADABLE = "birth_date_unreadable"
    BIRTH_DATE_IMPOSSIBLE = "birth_date_impossible"
    COURT_DATE_UNREADABLE = "court_date_unreadable"
    COUNTY_MISSING = "county_missing"
    PATHWAY_MISSING = "pathway_missing"
    PATHWAY_UNKNOWN = "pathway_unknown"
    PHONE_INCOMPLETE = "phone_incomplete"
    EMAIL_UNREADABLE = "email_unreadable"
    WHO_UNKNOWN = "who_unknown"
    WHO_AMBIGUOUS = "who_ambiguous"
    WHO_BY_SHORT_NAME = "who_by_short_name"
    SUPPORTER_UNKNOWN = "supporter_unknown"
    SUPPORTER_AMBIGUOUS = "supporter_ambiguous"
    TIME_UNREADABLE = "time_unreadable"
    TIME_UNSURE = "time_unsure"
    TIMES_UNKNOWN = "times_unknown"
    MINUTES_UNREADABLE = "minutes_unreadable"
    NO_DURATION = "no_duration"
    TOO_LONG = "too_long"
    END_BEFORE_START = "end_before_start"
    TIMES_AND_MINUTES_DISAGREE = "times_and_minutes_disagree"
    MODE_UNKNOWN = "mode_unknown"
    PLACE_UNKNOWN = "place_unknown"
    ARRAY_UNKNOWN = "array_unknown"
    MILES_UNREADABLE = "miles_unreadable"
    CREDENTIAL_UNKNOWN = "credential_unknown"
    CREDENTIAL_DATE_UNREADABLE = "credential_date_unreadable"
    EXPIRES_BEFORE_CERTIFIED = "expires_before_certified"
    HOURS_UNKNOWN = "hours_unknown"
    EXPERIENCE_UNKNOWN = "experience_unknown"
    ALREADY_ON_STAFF = "already_on_staff"
    ALREADY_LOGGED = "already_logged"


K = ProblemKind
PROBLEM_LABELS: Mapping[ProblemKind, str] = {
    K.NO_NAME: _("No name"),
    K.NOT_A_PERSON: _("A remark, not a person"),
    K.DATE_MISSING: _("No day"),
    K.DATE_UNREADABLE: _("A day we cannot read"),
    K.DATE_IN_THE_FUTURE: _("A day to come"),
    K.DATE_LONG_AGO: _("A day very long ago"),
    K.BIRTH_DATE_MISSING: _("No birth date"),
    K.BIRTH_DATE_UNREADABLE: _("A birth date we cannot read"),
    K.BIRTH_DATE_IMPOSSIBLE: _("A birth date that cannot be"),
    K.COURT_DATE_UNREADABLE: _("A court date we cannot read"),
    K.COUNTY_MISSING: _("No county"),
    K.PATHWAY_MISSING: _("No pathway"),
    K.PATHWAY_UNKNOWN: _("A pathway we do not know"),
    K.PHONE_INCOMPLETE: _("A phone number that is not whole"),
    K.EMAIL_UNREADABLE: _("An e-mail address we cannot read"),
    K.WHO_UNKNOWN: _("Someone who is not in the record"),
    K.WHO_AMBIGUOUS: _("A name that may be several people"),
    K.WHO_BY_SHORT_NAME: _("Found by a short name"),
    K.SUPPORTER_UNKNOWN: _("Supporter not said or not known"),
    K.SUPPORTER_AMBIGUOUS: _("May be several supporters"),
    K.TIME_UNREADABLE: _("A time we cannot read"),
    K.TIME_UNSURE: _("Morning or afternoon is open"),
    K.TIMES_UNKNOWN: _("Minutes, but no times"),
    K.MINUTES_UNREADABLE: _("Minutes we cannot read"),
    K.NO_DURATION: _("No times and no minutes"),
    K.TOO_LONG: _("Longer than 16 hours"),
    K.END_BEFORE_START: _("The end is before the start"),
    K.TIMES_AND_MINUTES_DISAGREE: _("Times and minutes do not agree"),
    K.MODE_UNKNOWN: _("A way to be in touch we do not know"),
    K.PLACE_UNKNOWN: _("A kind of place we do not know"),
    K.ARRAY_UNKNOWN: _("Service array not clear"),
    K.MILES_UNREADABLE: _("Miles we cannot read"),
    K.CREDENTIAL_UNKNOWN: _("A certificate we do not know"),
    K.CREDENTIAL_DATE_UNREADABLE: _("A day of a certificate we cannot read"),
    K.EXPIRES_BEFORE_CERTIFIED: _("A certificate that ends before it begins"),
    K.HOURS_UNKNOWN: _("Hours of education not known"),
    K.EXPERIENCE_UNKNOWN: _("An experience we have no word for"),
    K.ALREADY_ON_STAFF: _("On staff already"),
    K.ALREADY_LOGGED: _("Logged already"),
}
ROW_LABELS: Mapping[RowStatus, str] = {
    RowStatus.WAITING: _("Not read yet"),
    RowStatus.IMPORTED: _("In the record"),
    RowStatus.TO_SORT_OUT: _("To sort out"),
    RowStatus.ALREADY_THERE: _("Was there already"),
    RowStatus.SKIPPED: _("Left out"),
    RowStatus.UNDONE: _("Taken back"),
}
BATCH_LABELS: Mapping[BatchStatus, str] = {
    BatchStatus.CHOSEN: _("Not brought in yet"),
    BatchStatus.RUNNING: _("Coming in"),
    BatchStatus.STOPPED: _("Stopped on the way"),
    BatchStatus.PUT_AWAY: _("Put away"),
    BatchStatus.DONE: _("Brought in"),
    BatchStatus.UNDONE: _("Taken back"),
}
