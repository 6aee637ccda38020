from enum import StrEnum


class ReferralStatus(StrEnum):
    RECEIVED = "received"
    ACCEPTED = "accepted"
    WAITLISTED = "waitlisted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    MATCHED = "matched"
    ENDED = "ended"


class MatchStatus(StrEnum):
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ENDED = "ended"
    TAKEN_BACK = "taken-back"


class EpisodeStatus(StrEnum):
    OPEN = "open"
    CONCLUDING = "concluding"
    CONCLUDED = "concluded"


class Source(StrEnum):
    FORM = "form"
    SHEET = "sheet"
    REFERRER = "referrer"
    THEMSELVES = "self"


class Knows(StrEnum):
    """Whether the person knows of the referral and wants it, as the referrer says."""

    AGREED = "agreed"
    WANTS_TO_HEAR_MORE = "wants-to-hear"
    NOT_YET = "not-yet"


class AdditionKind(StrEnum):
    """What a referrer sent after the referral."""

    WORDS = "words"
    WITHDRAWAL = "withdrawal"
