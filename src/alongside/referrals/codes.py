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
