"""What a participant gets when they ask for everything we hold: each kind of row in plain words, or
why it is left out. No Django. A test holds this list against the models."""

from collections.abc import Mapping
from dataclasses import dataclass

from alongside.core.words import gettext_noop as _

# Whom such words are for: the participant. Grade 6.
_TALK = _("What a colleague and their supervisor say to each other about the work.")
_TYPED = _("Words that someone typed and did not keep.")
LEFT_OUT: Mapping[str, str] = {
    "encounters.NoteReading": _TALK,
    "encounters.Affirmation": _TALK,
    "encounters.AffirmationVersion": _TALK,
    "encounters.NoteQuestion": _TALK,
    "encounters.QuestionTurn": _TALK,
    "encounters.HintAnswer": _TALK,
    "people.EmergencyWord": _TALK,
    "people.EmergencyNotice": _TALK,
    "people.FormDraft": _TYPED,
    "encounters.NoteDraft": _TYPED,
    "encounters.KeptStep": _("What colleagues said about a part that is kept apart."),
    "encounters.HandOffDraft": _TYPED,
    "plans.WorksheetDraft": _TYPED,
    "referrals.ReferralDraft": _TYPED,
    "people.SamePersonProposal": _("Whether two rows of a list are the same person."),
    "consents.RecordLinkSide": _("A link to another record. It is theirs, too: ask us."),
    "retention.LegalHold": _("Papers for a legal matter. The law lets us hold them back."),
    "encounters.EncounterGoal": _("Which note belongs to which goal. Both are in here."),
    "reporting.PersonMonth": _("How often you met in a month. It is counted from your notes."),
}
# Also left out, and no row of the record at all.
NOT_YOURS: tuple[str, ...] = (
    _("Notes that a supporter makes to get ready for a talk. Nobody else can read them."),
    _("The inner workings of the log that shows if someone changed it."),
)


# Always said, whether there is such a part or not: so it tells nobody that there is one.
KEPT_APART = _(
    "Parts of a note that we must keep apart: when they are about another person, when someone"
    " could get hurt, or when a law says so. You can ask us about it at any time."
)
# Said in each copy that the agency hands over, for the same reason.
KEPT_BETWEEN = _(
    "Check-ins that you do not share, and what mattered to you, as long as only you and your"
    " supporter read it. It is on your own pages. If you have none, ask your supporter to go"
    " through it with you."
)
# What one does not take along by oneself: someone of the agency goes through it with them.
WITH_US: Mapping[str, str] = {
    **dict.fromkeys(
        ("encounters.HandOff", "encounters.HandOffAnswer", "encounters.HandOffVersion"),
        _("What we wrote after a hard talk. Ask us, and we go through it with you."),
    ),
    **dict.fromkeys(
        ("encounters.ArrayQuestion", "encounters.ArrayAnswerVersion"),
        _("Questions between colleagues on how a note is filed."),
    ),
    "": _("What was taken out again, and notes from old lists that nobody signed here."),
}


@dataclass(frozen=True)
class Part:
    """Rows of one model. ``when``: the day or moment by which they stand, newest first."""

    model: str
    title: str
    when: str


@dataclass(frozen=True)
class Chapter:
    key: str
    title: str
    parts: tuple[Part, ...]


CHAPTERS: tuple[Chapter, ...] = (
    Chapter(
        "you",
        _("Who you are"),
        (
            Part("people.Participant", _("What we know about you"), ""),
            Part("people.Identifier", _("Numbers and addresses"), "kept_at"),
            Part("people.ParticipantChange", _("What it said before"), "at"),
            Part("people.ContactWish", _("How you want to be reached"), "set_at"),
            Part("people.OwnLink", _("Links to your own page"), "made_at"),
            Part("people.CareTeamMember", _("People around you"), "since"),
        ),
    ),
    Chapter(
        "way",
        _("How you came to us"),
        (
            Part("referrals.Referral", _("Asked for support"), "received_on"),
            Part("referrals.ReferralAddition", _("Added later"), ""),
            Part("referrals.ReferralMove", _("What came of it"), "at"),
            Part("referrals.ReferralCorrection", _("What it said before"), "at"),
            Part("referrals.Match", _("Your match"), "proposed_on"),
            Part("referrals.Episode", _("A time of support"), "begun_on"),
            Part("referrals.JourneyStep", _("Where you said you are"), "set_on"),
        ),
    ),
    Chapter(
        "plan",
        _("Your plan"),
        (
            Part("plans.Plan", _("Plan"), "begun_on"),
            Part("plans.Goal", _("Goal"), "begun_on"),
            Part("plans.GoalChange", _("What happened to a goal"), "on"),
            Part("plans.PlanPart", _("What stands in your plan"), "begun_on"),
            Part("plans.PlanPartChange", _("What happened to it"), "on"),
            Part("plans.CoreWords", _("What carries you"), "at"),
            Part("plans.PlanVersion", _("A plan that was agreed"), "agreed_on"),
            Part("plans.SigningStep", _("What was done about signing it"), "at"),
        ),
    ),
    Chapter(
        "together",
        _("Our time together"),
        (
            Part("encounters.Encounter", _("Note"), "on"),
            Part("encounters.AddedWords", _("Your words on a note"), "added_at"),
            Part("encounters.AddedWordsVersion", _("What you said before"), "replaced_at"),
            Part("encounters.KeptApart", _("A part of a note, opened for you"), "written_at"),
            Part("encounters.NoteVersion", _("What a note said before"), "replaced_at"),
            Part("encounters.Appointment", _("A time we planned"), "starts_at"),
            Part("encounters.ArrayQuestion", _("A question on how a note is filed"), "asked_at"),
            Part("encounters.ArrayAnswerVersion", _("An answer before it changed"), "answered_at"),
        ),
    ),
    Chapter(
        "asked",
        _("What others ask of you"),
        (
            Part("plans.Requirement", _("Something that was asked"), "at"),
            Part("plans.RequirementPerson", _("Whom you can ask about it"), ""),
            Part("plans.RequirementEvidence", _("What shows that you did it"), "on"),
            Part("plans.RequirementQuestion", _("What you wanted to know"), "asked_at"),
            Part("plans.RequirementChange", _("What happened to it"), "at"),
        ),
    ),
    Chapter(
        "change",
        _("What changed over time"),
        (
            Part("outcomes.CheckIn", _("A check-in: what you said"), "on"),
            Part("outcomes.CheckInVersion", _("What it said before"), "finished_at"),
            Part("outcomes.Milestone", _("Something that mattered"), "on"),
            Part("outcomes.MilestoneChange", _("What it said before"), "at"),
            Part("outcomes.ReturnToUse", _("A return to use, and back with us"), "known_on"),
            Part("outcomes.ReturnChange", _("What it said before"), "at"),
        ),
    ),
    Chapter(
        "papers",
        _("Worksheets"),
        (
            Part("plans.Worksheet", _("Worksheet"), "kept_on"),
            Part("plans.WorksheetVersion", _("What it said before"), "kept_on"),
        ),
    ),
    Chapter(
        "hard",
        _("After hard talks"),
        (
            Part("encounters.HandOff", _("What was done, and who was told"), "happened_at"),
            Part("encounters.HandOffAnswer", _("What was said to it"), "answered_at"),
            Part("encounters.HandOffVersion", _("What it said before"), "replaced_at"),
        ),
    ),
    Chapter(
        "told",
        _("What you agreed to, and what we told others"),
        (
            Part("consents.Consent", _("Your consent"), "signed_on"),
            Part("consents.ConsentRecipient", _("Who may hear it"), ""),
            Part("consents.ConsentStep", _("What became of it"), "at"),
            Part("consents.Disclosure", _("What we told someone"), "told_at"),
            Part("encounters.Update", _("An update we wrote with you"), ""),
            Part("encounters.ReferrerQuestion", _("What a referrer asked"), ""),
            Part("encounters.ReferrerAnswer", _("What we answered"), ""),
        ),
    ),
    Chapter(
        "rights",
        _("What you asked of your record"),
        (
            Part("retention.RecordRequest", _("What you asked"), "asked_on"),
            Part("retention.RequestStep", _("What was said to it"), "at"),
            Part("people.EmergencyOpening", _("Opened in an emergency"), "opened_at"),
        ),
    ),
)

_NAMES = {part.model: part.title for chapter in CHAPTERS for part in chapter.parts}
_KINDS: Mapping[str, str] = {
    **dict.fromkeys(LEFT_OUT, _("Drafts, and talk between colleagues")),
    "people.SamePersonProposal": _("Questions whether two rows are one person"),
    "consents.RecordLinkSide": _("Links to another record"),
    "consents.RecordLink": _("Links to another record"),
    "retention.LegalHold": _("Holds, lifted"),
    "encounters.EncounterGoal": _("Which note belongs to which goal"),
    "files.StoredFile": _("Files"),
    "exchange.ImportRow": _("Rows of old sheets, emptied"),
    "exchange.ImportFile": _("Files of old sheets, emptied"),
}


def name_of(label: str) -> str:
    """A kind of row in words, for a list of what goes."""
    return _NAMES.get(label) or _KINDS.get(label) or label


# Columns that are not for the person even where the row is.
NOT_FOR_THEM: Mapping[str, frozenset[str]] = {
    "encounters.KeptApart": frozenset({"why", "reason", "older", "status", "revision"}),
}
# Columns that say nothing to a person, whatever model they stand in.
INNER = frozenset(
    {
        "id",
        "agency",
        "participant",
        "batch_id",
        "revision",
        "name_key",
        "encounter_id",
        "back_encounter_id",
        "entry",
        "fold",
        "text_hash",
        "link_hash",
        "same_as",
        "number",
        "tool_version",
        "instrument_version",
        "draft_way",
        "read_at",
        "certified",
        "advised_reasons",
        "array_reasons",
        "contact_due_on",
        "look_together_on",
        "digest",
        "page",
        "waits_since",
        "saved_at",
        "entered_at",
        "recorded_at",
        "referrer_id",
        "notice",
        "protected",
        "put_away_at",
        "taken_over_at",
        "batch",
        "from_outside",
        "seen_at",
        "wish_settled_at",
    }
)
# What a column is called where its own name would not be plain.
WORDS: Mapping[str, str] = {
    "answers": _("What you chose"),
    "draft": _("What you chose and did not finish"),
    "instrument": _("Which questions"),
    "shared_at": _("You shared it"),
    "finished_at": _("Finished"),
    "finished_by": _("Who held the phone"),
    "begun_at": _("Begun"),
    "begun_by": _("Who began it"),
    "at": _("When"),
    "on": _("Day"),
    "by": _("Who wrote it"),
    "born_on": _("Born on"),
    "born_on_as_written": _("Born on, as the old sheet said"),
    "reach_by": _("How you like to be reached"),
    "own_words": _("In your own words"),
    "population": _("How you describe yourself"),
    "last_contact_on": _("Last in touch"),
    "voided_at": _("Taken out on"),
    "voided_by": _("Taken out by"),
    "voided_reason": _("Why it was taken out"),
    "participant_words": _("Your words"),
    "participant_said": _("What you said"),
    "participant_name": _("Your name, as you signed"),
    "participant_agreed_at": _("You agreed"),
    "supporter_agreed_at": _("Your supporter agreed"),
    "what_we_did": _("What we did"),
    "what_next": _("What comes next"),
    "done_for": _("What we did for you"),
    "permission_words": _("That you said yes to it"),
    "error_reason": _("Why it was a mistake"),
    "told_person": _("What you were told"),
    "asked_for": _("What you asked for"),
    "status": _("How it stands"),
    "set_on": _("Day"),
    "kept_by": _("Who kept it"),
    "text": _("What it said"),
    "user": _("Who"),
    "author": _("Who wrote it"),
    "supporter": _("Your supporter"),
    "array": _("How it is filed"),
    "array_advised": _("How it was to be filed"),
    "array_own_reason": _("Why it is filed so"),
    "array_answers": _("How it is filed: short answers"),
    "array_as_written": _("How the old sheet filed it"),
    "follows": _("Came back after"),
    "how": _("How"),
    "words": _("Words"),
    "wanted": _("What you wanted"),
    "changed_at": _("You changed it"),
    "taken_back_at": _("You took it back"),
    "wish": _("What you said about it"),
    "wish_words": _("In your words"),
    "wished_at": _("You said so"),
    "said": _("What was said"),
    "sample": _("The idea it began from"),
    "service_array": _("How it is filed"),
    "who": _("Who does it"),
    "who_name": _("Who that is"),
    "day": _("Day"),
    "on_behalf": _("Done for you"),
    "permission_at": _("When you said yes"),
    "obstacle": _("Where it is"),
    "how_close": _("How close"),
    "next_step": _("What comes next"),
    "asked_of": _("Whom to ask"),
    "begun_on": _("Since"),
    "settled_on": _("Done or set aside on"),
    "settled_words": _("Your words on it"),
    "voice": _("Whose hand it was"),
    "written_by": _("Who wrote it"),
    "before": _("What it said before"),
    "about": _("What it is about"),
    "filled_in": _("How it was filled in"),
    "signed_name": _("Signed with the name"),
    "phone_of": _("On the phone of"),
    "categories": _("What may be told"),
    "basis": _("Why we may"),
    "way": _("How it was told"),
    "outcome": _("Answer"),
    "asked": _("Asked for"),
    "due_on": _("To answer by"),
    "official": _("As the paper says it"),
    "set_by": _("Who asks it"),
    "set_by_name": _("Name"),
    "rhythm": _("How often"),
    "how_many": _("How many times"),
    "times": _("Counts for this many times"),
    "what_counts": _("What counts as done"),
    "ask_words": _("Whom to ask"),
    "theirs": _("You wrote it yourself"),
    "state": _("How far it is"),
    "now_state": _("How far it was then"),
    "known_on": _("When we knew"),
    "happened_on": _("When it was"),
    "back_on": _("Back with support on"),
    "back_words": _("What helped"),
    "seen": _("Who may read it"),
    "written_by_them": _("You wrote it yourself"),
    "why": _("Why it changed"),
    "label": _("What it is called"),
    "value": _("What it says"),
}
