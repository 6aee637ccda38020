"""Whether two records can become one by moving what hangs on the other, and what moves. Pure.

Every key that points to a participant stands here, by model and field; a test asks for new ones."""

from collections.abc import Mapping
from dataclasses import dataclass

from alongside.core.refusal import STALE, Refusal
from alongside.core.words import gettext_noop as _

# Facts the kept record learns from the other where it knows nothing itself.
FILLED = ("born_on", "phone", "phone_note", "county", "language", "pronouns", "reach_by")


# What goes along, and comes back when the two are parted. What was taken back goes along, too: a
# slip stays readable. Consents and what was told keep their words, names and codes as they are.
ALONG: tuple[str, ...] = (
    "referrals.Referral.participant",
    "referrals.Episode.participant",  # of a sheet that was taken back; see ``walks``
    "referrals.Match.participant",
    "people.CareTeamMember.participant",
    "people.Identifier.participant",
    "people.EmergencyOpening.participant",
    "people.FormDraft.participant",
    "people.SamePersonProposal.kept",
    "people.SamePersonProposal.other",
    "consents.Consent.participant",
    "consents.Disclosure.participant",
    "consents.RecordLinkSide.participant",
    "consents.RecordLinkSide.other",
    "plans.Requirement.participant",
    "plans.Worksheet.participant",
    "plans.WorksheetDraft.participant",
    "outcomes.CheckIn.participant",
    "outcomes.Milestone.participant",
    "outcomes.ReturnToUse.participant",
    "encounters.Encounter.participant",
    "encounters.NoteDraft.participant",
    "encounters.HintAnswer.participant",
    "encounters.Appointment.participant",
    "encounters.HandOff.participant",
    "encounters.HandOffDraft.participant",
    "encounters.ArrayQuestion.participant",
    "encounters.Update.participant",
    "retention.LegalHold.participant",
    "retention.RecordRequest.participant",
)
# Rules of their own: ``people.actions.joining``.
BY_THE_DOORS: tuple[str, ...] = ("people.OwnLink.participant", "people.ContactWish.participant")
STAYS: Mapping[str, str] = {
    "people.Participant.same_as": "a row that became the other one before stays so; reads ask for"
    " rows of rows",
    "people.ParticipantChange.participant": "what facts of that very row said before; it stands in"
    " the person's copy, which asks for both rows",
    "reporting.PersonMonth.participant": "the database counts it from the encounters, wherever"
    " they go",
}
# Made since on the kept record, and resting on what goes back: it goes along (model, key, parent).
# What was told by somebody's consent was told about them; the note of a meeting is theirs.
FOLLOWS: tuple[tuple[str, str, str], ...] = (
    ("encounters.Encounter.participant", "appointment", "encounters.Appointment.participant"),
    ("encounters.Appointment.participant", "encounter", "encounters.Encounter.participant"),
    ("encounters.HandOff.participant", "encounter", "encounters.Encounter.participant"),
    ("encounters.HandOffDraft.participant", "hand_off_id", "encounters.HandOff.participant"),
    ("encounters.NoteDraft.participant", "encounter_id", "encounters.Encounter.participant"),
    ("encounters.HintAnswer.participant", "encounter_id", "encounters.Encounter.participant"),
    ("encounters.ArrayQuestion.participant", "encounter_id", "encounters.Encounter.participant"),
    ("plans.WorksheetDraft.participant", "worksheet_id", "plans.Worksheet.participant"),
    ("consents.Disclosure.participant", "consent", "consents.Consent.participant"),
    ("encounters.Update.participant", "recipient__consent", "consents.Consent.participant"),
)


@dataclass(frozen=True)
class MergeFacts:
    """``stands``: neither taken back nor the same as another one already.
    ``walks``: there is or was a time of support, or someone was proposed to them."""

    stands: bool
    walks: bool


def why_not_same(kept: MergeFacts, other: MergeFacts) -> Refusal | None:
    """The other record may hold requests and contacts, but no time of support of its own."""
    if not kept.stands or not other.stands:
        return STALE
    if other.walks and kept.walks:
        return Refusal(
            "both-walk",
            _("Both records have a supporter. End one of the two times of support first."),
        )
    if other.walks:
        return Refusal(
            "other-walks", _("The other record has the supporter. Keep that record instead.")
        )
    return None


def why_not_part(*, kept_stands: bool) -> Refusal | None:
    """Decisions are taken back in their order: what came along has gone on since."""
    if not kept_stands:
        return Refusal(
            "joined-since",
            _("The record that was kept became part of another one since. Take that back first."),
        )
    return None
